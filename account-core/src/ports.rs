//! The traits through which the core reaches everything outside: storage, email, hashing, time, randomness.
//!
//! These rules apply to implementations of every port:
//! 1. Trait objects are shared by many tasks. An implementation MUST be cancel-safe: a dropped future leaves nothing
//!    half-done.
//! 2. "Not found" is `None` and a duplicate is a value. Errors are for failures that the caller can do nothing about.
//! 3. The core makes all times, ids and digests. An implementation MUST NOT make its own.
//! 4. Errors MUST NOT contain secrets, and their `Display` MUST NOT repeat their source.

pub mod audit_observer;
pub mod breached_passwords;
pub mod challenge_observer;
pub mod challenge_verifier;
pub mod clock;
pub mod delivery_error;
pub mod delivery_reports;
pub mod entropy;
pub mod event_sender;
pub mod geo_locator;
pub mod hashing_observer;
pub mod identity_provider;
pub mod limit_observer;
pub mod mail_domain_check;
pub mod mailer;
pub mod password_hasher;
pub mod rate_limiter;
pub mod reference_data;
pub mod registration_guard;
pub mod store;
pub mod use_case_observer;

pub use audit_observer::AuditObserver;
pub use breached_passwords::{BreachedPasswords, BreachedPasswordsError, BuiltInBlocklist};
pub use challenge_observer::{ChallengeEvent, ChallengeObserver};
pub use challenge_verifier::{
    Challenge, ChallengeError, ChallengeFailure, ChallengePurpose, ChallengeVerdict, ChallengeVerifier, Occasion,
    Puzzle,
};
pub use clock::Clock;
pub use delivery_error::DeliveryError;
pub use delivery_reports::{DeliveryReportReader, NoReports, NotAReport};
pub use entropy::Entropy;
pub use event_sender::EventSender;
pub use geo_locator::{GeoLocator, Location, NoLocations};
pub use hashing_observer::{HashingObserver, HashingRefusal};
pub use identity_provider::{AuthorizationRequest, AuthorizationResponse, IdentityProvider, ProviderError};
pub use limit_observer::LimitObserver;
pub use mail_domain_check::{MailDomain, MailDomainCheck};
pub use mailer::Mailer;
pub use password_hasher::{HashingError, HashingSlot, Overloaded, PasswordHasher, Urgency};
pub use rate_limiter::{Charge, Rate, RateLimiter, Verdict};
pub use reference_data::{BySyntax, ReferenceData};
pub use registration_guard::{Applicant, RegistrationGuard};
pub use store::{Store, StoreError, UnitOfWork};
pub use use_case_observer::{UseCase, UseCaseObserver};
