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
pub mod registration;
pub mod service;
pub mod session;
#[cfg(feature = "testing")]
pub mod testing;
pub mod timestamp;
pub mod verification_token;
pub mod violation;
