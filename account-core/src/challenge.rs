//! Challenges: what is asked of a client while something looks automated, and what counts as an answer.
//!
//! Whether to ask depends on what was requested in the last minutes (`suspicion`), never on what is known about accounts.
//! The answer is a proof ([`ChallengeVerifier`](crate::ports::ChallengeVerifier), by default [`ProofOfWork`]), or for a
//! browser without JavaScript a wait.

mod proof_of_work;
mod suspicion;
mod wait;

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use crate::named_enum;
use crate::ports::{Challenge, ChallengeFailure};

pub use proof_of_work::ProofOfWork;
pub(crate) use suspicion::{Suspects, Suspicion, Thresholds};
pub use wait::WaitTicket;
pub(crate) use wait::Waits;

named_enum! {
    /// When challenges are asked for.
    pub enum ChallengeMode {
        /// Never.
        Off = "off",
        /// While requests of the last minutes exceed a threshold.
        Adaptive = "adaptive",
        /// For each registration; for resets and sign-ins as with `Adaptive`.
        Always = "always",
    }
}

/// Settings of challenges. The thresholds are [limits](crate::service::Limits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChallengeSettings {
    /// When they are asked for.
    pub mode: ChallengeMode,
    /// The largest number of a proof of work: as many hashes at most, half as many on average.
    pub work: u32,
    /// How long a client waits that computes no proof.
    pub wait: Duration,
}

impl Default for ChallengeSettings {
    fn default() -> Self {
        Self { mode: ChallengeMode::Adaptive, work: 400_000, wait: Duration::from_secs(30) }
    }
}

/// The answer to a challenge, as received.
#[derive(Clone, PartialEq, Eq)]
pub enum ChallengeAnswer {
    /// The response to a challenge of the [`ChallengeVerifier`](crate::ports::ChallengeVerifier).
    Proof(String),
    /// The text of a [`WaitTicket`], after the wait.
    Wait(String),
}

impl fmt::Debug for ChallengeAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Proof(_) => "Proof(..)",
            Self::Wait(_) => "Wait(..)",
        })
    }
}

/// What a client is asked for. It sends the request again with one of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeDemand {
    /// The challenge; its solution is a [`ChallengeAnswer::Proof`].
    pub challenge: Challenge,
    /// The wait instead; after it, its text is a [`ChallengeAnswer::Wait`].
    pub wait: WaitTicket,
    /// Why the answer that was sent is not accepted; `None` if none was.
    pub failure: Option<ChallengeFailure>,
}
