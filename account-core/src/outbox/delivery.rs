//! Delivering what is in the outbox.

use std::time::Duration;

/// Longest time that a mailer may take for one mail; below the lease, so that a slow one loses no claim.
pub const SEND_DEADLINE: Duration = Duration::from_secs(15);
