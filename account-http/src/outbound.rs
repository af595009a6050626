//! Requests to other servers: a small client that only connects to permitted addresses, and webhooks.

pub mod client;
#[cfg(test)]
mod peer;
mod target;
pub mod webhooks;

pub use target::{Reach, Target, TargetError};
