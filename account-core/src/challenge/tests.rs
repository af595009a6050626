//! Tests of challenges themselves; those of the use cases that ask for them are beside the use cases.

mod proving;
mod suspecting;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::client::Client;
use crate::one_time_token::master_key::{MasterKey, MasterKeys};
use crate::ports::{ChallengePurpose, ChallengeVerdict, Entropy, Occasion};
use crate::testing::SeededEntropy;
use crate::timestamp::Timestamp;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const START: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);
const NOBODY: Client = Client { address: None, is_exempt: false, is_proxy: false };

fn keys(seed: u64) -> MasterKeys {
    MasterKeys { current: MasterKey::generate(&SeededEntropy::new(seed)), retired: Vec::new() }
}

fn entropy() -> Arc<dyn Entropy> {
    Arc::new(SeededEntropy::new(7))
}

/// Registering that address at that time.
fn registering(identifier: &str, now: Timestamp) -> Occasion<'_> {
    Occasion { purpose: ChallengePurpose::Registration, identifier, client: &NOBODY, now }
}

fn failed(failure: ChallengeFailure) -> ChallengeVerdict {
    ChallengeVerdict::Failed(failure)
}
