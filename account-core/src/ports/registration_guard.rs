//! Checks that can refuse a registration.

use async_trait::async_trait;

use crate::email_address::EmailAddress;
use crate::profile::{Choices, RegistrationOrigin};
use crate::violation::Violation;

/// Can refuse a registration before anything is counted, hashed or written.
///
/// Guards run together with all other rules, so that all violations are reported at once. A guard MUST NOT read
/// accounts: its answer would reveal which addresses have one.
#[async_trait]
pub trait RegistrationGuard: Send + Sync {
    /// Returns all reasons to refuse the registration; none to accept it.
    async fn check(&self, applicant: &Applicant<'_>) -> Vec<Violation>;
}

/// The registration to check, as far as it could be parsed.
#[derive(Debug, Clone, Copy)]
pub struct Applicant<'a> {
    /// The address.
    pub address: &'a EmailAddress,
    /// All other details.
    pub choices: &'a Choices,
    /// Where the request came from.
    pub origin: &'a RegistrationOrigin,
}
