//! Requests to other servers: a small client that only connects to permitted addresses, and webhooks. And where clients
//! are, from data of others.

pub mod client;
pub mod geo;
#[cfg(test)]
mod peer;
mod target;
pub mod webhooks;

pub use target::{Reach, Target, TargetError};
