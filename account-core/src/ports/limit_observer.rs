//! Observing what limits refuse, for metrics and alerts.

use crate::client::WideNetwork;

/// Gets every request that a limit refuses.
pub trait LimitObserver: Send + Sync {
    /// Called once per refused request. `limit` is the name of the limit, from a fixed set. `network` is the client's,
    /// where it is known; it is personal data. MUST NOT block.
    fn refused(&self, limit: &'static str, network: Option<WideNetwork>);
}
