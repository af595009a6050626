//! What the service asks for challenges with.

use std::sync::Arc;

use crate::challenge::{ChallengeSettings, ProofOfWork, Suspicion, Waits};
use crate::one_time_token::master_key::MasterKeys;
use crate::ports::{ChallengeVerifier, Entropy};

/// The name of the counters of challenges that were used. No limit of the settings has it.
pub(super) const USED_CHALLENGES: &str = "used_challenges";

/// The names of the limits of waits.
pub(super) const WAITS: &str = "challenge_waits";
pub(super) const WAITS_IN_ALL: &str = "challenge_waits_in_all";

/// What the service asks for challenges with.
#[derive(Clone)]
pub(super) struct Challenges {
    pub(super) verifier: Arc<dyn ChallengeVerifier>,
    pub(super) waits: Waits,
    pub(super) suspicion: Suspicion,
}

impl Challenges {
    /// Uses that verifier; without one, proofs of work.
    pub(super) fn new(
        verifier: Option<&Arc<dyn ChallengeVerifier>>,
        settings: ChallengeSettings,
        keys: &MasterKeys,
        entropy: &Arc<dyn Entropy>,
    ) -> Self {
        let own = || Arc::new(ProofOfWork::new(keys, Arc::clone(entropy), settings.work)) as Arc<dyn ChallengeVerifier>;
        let verifier = verifier.map_or_else(own, Arc::clone);
        Self { verifier, waits: Waits::new(keys, settings.wait), suspicion: Suspicion::default() }
    }
}
