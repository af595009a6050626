//! The mail adapter of `account-core`: renders its mails and hands them over.

pub mod config;
#[cfg(feature = "testing")]
pub mod testing;
