//! What every program that runs the service needs (feature `system`): the system's clock and random generator as ports,
//! the files of secrets, and the [`Worker`].
//!
//! This is the only part of the core that reads the clock, files and randomness, and starts tasks. The rest uses ports
//! and does not depend on this feature.

mod clock;
mod entropy;
pub mod master_key_file;
pub mod secret_file;
pub mod worker;

pub use clock::SystemClock;
pub use entropy::SystemEntropy;
pub use worker::Worker;
