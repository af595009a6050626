//! How long the harness waits.

use std::time::Duration;

/// Longest wait for anything that is to happen by itself.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Between two looks at it.
pub(crate) const PAUSE: Duration = Duration::from_millis(10);
