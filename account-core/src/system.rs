//! What every program that runs the service would write alike (feature `system`): the machine's clock and generator
//! behind their ports, the file of the master key, and the [`Worker`].
//!
//! It is the only part of the core that reads a clock, a file or randomness, and starts tasks. Everything else asks a
//! port, and does without this feature.

mod clock;
mod entropy;
pub mod master_key_file;
pub mod worker;

pub use clock::SystemClock;
pub use entropy::SystemEntropy;
pub use worker::Worker;
