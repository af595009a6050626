//! The harness of the end-to-end tests.
//!
//! [`TestApp`] is the whole HTTP side in this process, over doubles that a test can look into.
#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness is part of tests: what it cannot do fails the test"
)]

pub mod app;
mod documented;
pub mod service;

pub use app::{Answer, TestApp};
pub use service::{Reply, Service};
