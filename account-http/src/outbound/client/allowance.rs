//! How long an exchange may take, and how much is read.

use std::time::Duration;

use tokio::time::Instant;

/// Maximum time for one exchange, from name resolution to the end of the answer. Shorter than
/// [`account_core::outbox::delivery::SEND_DEADLINE`].
pub const EXCHANGE_DEADLINE: Duration = Duration::from_secs(10);
/// Maximum number of bytes that are read from a body, unless the caller allows more.
pub const MAX_ANSWER: usize = 4 * 1024;

/// What an exchange may take.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// When it has to end.
    pub deadline: Instant,
    /// Maximum number of bytes that are read from the answer's body.
    pub max_answer: usize,
}

impl Default for Allowance {
    /// [`EXCHANGE_DEADLINE`] from now, and [`MAX_ANSWER`].
    fn default() -> Self {
        Self { deadline: Instant::now() + EXCHANGE_DEADLINE, max_answer: MAX_ANSWER }
    }
}
