//! Requests to other servers: a small client that goes only where it may, and the webhooks that it sends.

pub mod client;
#[cfg(test)]
mod peer;
mod scope;
mod target;
pub mod webhooks;

pub use target::{Reach, Target, TargetError};
