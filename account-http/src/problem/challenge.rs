//! Challenges, as problems show them.

use std::collections::BTreeMap;

use account_core::ports::{Challenge, Puzzle};
use poem_openapi::Object;

/// The only algorithm of a proof of work.
const ALGORITHM: &str = "SHA-256";

/// A challenge. A proof of work has the format of ALTCHA version 1: find the number from 0 to `maxnumber` for which the
/// SHA-256 of `salt` and the number, written in decimal, is `challenge`. The solution is the base64 of a JSON object with
/// `algorithm`, `challenge`, `number`, `salt` and `signature`.
#[derive(Debug, Object)]
#[oai(rename = "Challenge", skip_serializing_if_is_none)]
pub(crate) struct ChallengeBody {
    /// The hash function: `SHA-256`.
    algorithm: Option<String>,
    /// The hash of salt and number, in lowercase hexadecimal.
    challenge: Option<String>,
    /// The largest number that is possible.
    maxnumber: Option<u32>,
    /// What comes before the number. Send it back as it is.
    salt: Option<String>,
    /// The service's signature. Send it back as it is.
    signature: Option<String>,
    /// The service whose challenge it is, where the operator uses another one. Then `parameters` say what to do, and the
    /// other members are absent.
    provider: Option<String>,
    /// What the other service needs, such as a site key.
    parameters: Option<BTreeMap<String, String>>,
}

impl From<Challenge> for ChallengeBody {
    fn from(challenge: Challenge) -> Self {
        let empty = Self {
            algorithm: None,
            challenge: None,
            maxnumber: None,
            salt: None,
            signature: None,
            provider: None,
            parameters: None,
        };
        match challenge {
            Challenge::ProofOfWork(Puzzle { challenge, salt, max_number, signature }) => Self {
                algorithm: Some(ALGORITHM.to_owned()),
                challenge: Some(challenge),
                maxnumber: Some(max_number),
                salt: Some(salt),
                signature: Some(signature),
                ..empty
            },
            Challenge::Other { provider, parameters } => {
                Self { provider: Some(provider), parameters: Some(parameters), ..empty }
            }
        }
    }
}
