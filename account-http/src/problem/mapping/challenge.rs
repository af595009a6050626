//! Requests that need an answer to a challenge.

use account_core::challenge::ChallengeDemand;
use account_core::ports::ChallengeFailure;

use super::super::{Problem, ProblemKind};

impl From<Box<ChallengeDemand>> for Problem {
    fn from(demand: Box<ChallengeDemand>) -> Self {
        let reason = demand.failure.map(|failure| format!("{} {AGAIN}", in_words(failure)).into());
        Self { reason, challenge: Some(demand), ..Self::new(ProblemKind::ChallengeRequired) }
    }
}

/// What to do after any failure.
const AGAIN: &str = "Solve the new `challenge`, and send the request again with its solution.";

const fn in_words(failure: ChallengeFailure) -> &'static str {
    match failure {
        ChallengeFailure::Malformed => {
            "`challenge_response` cannot be read: it is the base64 of a JSON object with `algorithm`, `challenge`, \
             `number`, `salt` and `signature`."
        }
        ChallengeFailure::Wrong => "`challenge_response` is not the solution of a challenge from this service.",
        ChallengeFailure::Expired => "The challenge has expired.",
        ChallengeFailure::OtherRequest => {
            "The challenge was for another request: it counts for one operation, and one email address or username."
        }
        ChallengeFailure::Used => "The challenge was used before.",
        ChallengeFailure::Early => "The wait is not over yet.",
    }
}
