//! Requests to other servers: a small client that only connects to permitted addresses, webhooks, and providers with whose
//! accounts people register. And where clients are, from data of others.

pub mod client;
pub mod geo;
#[cfg(test)]
mod peer;
pub mod providers;
mod target;
pub mod webhooks;

pub use target::{Reach, Target, TargetError};
