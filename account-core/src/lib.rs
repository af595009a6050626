//! Account registration as a library.

pub mod account;
pub mod client;
pub mod email_address;
pub mod id;
pub mod idempotency;
pub mod input;
pub mod name;
pub mod outbox;
pub mod password;
pub mod ports;
pub mod profile;
pub mod rate;
#[cfg(feature = "reference-data")]
pub mod reference_data;
pub mod registration;
pub mod service;
pub mod session;
mod sorted_lines;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod timestamp;
pub mod verification_token;
pub mod violation;

pub use client::Client;
pub use outbox::delivery::{Delivery, Links};
pub use registration::draft::{RegistrationDraft, RegistrationRules};
pub use registration::register::RegisterRequest;
pub use registration::verify::{Proof, Spend, VerifyRequest};
pub use service::{AccountService, Ports, Settings};
