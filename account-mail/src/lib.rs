//! The mail adapter of `account-core`: renders its mails and hands them over.

pub mod config;
mod file;
mod message;
mod template;
#[cfg(feature = "testing")]
pub mod testing;
mod wire;

pub use file::{FileMailer, FileMailerError};
