//! A veto on registrations.

use async_trait::async_trait;

use crate::email_address::EmailAddress;
use crate::profile::{Choices, RegistrationOrigin};
use crate::violation::Violation;

/// May refuse a registration before anything is counted, hashed or written.
///
/// It is asked together with all other rules, so that its violations are reported with theirs. It MUST NOT look at
/// accounts: the answer would tell strangers who has one.
#[async_trait]
pub trait RegistrationGuard: Send + Sync {
    /// Everything that speaks against the registration; empty to let it pass.
    async fn check(&self, applicant: &Applicant<'_>) -> Vec<Violation>;
}

/// Who wants to register, as far as it could be read.
#[derive(Debug, Clone, Copy)]
pub struct Applicant<'a> {
    /// The address.
    pub address: &'a EmailAddress,
    /// Everything else that was chosen.
    pub choices: &'a Choices,
    /// Where the request came from.
    pub origin: &'a RegistrationOrigin,
}
