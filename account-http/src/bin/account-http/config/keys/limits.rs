//! The limits, as the core declares them.

use account_core::service::{LimitRow, Limits};

use super::key::{Key, kept};
use super::table::rate;

/// Returns the settings of all limits, in the order of the core.
pub(super) fn keys() -> impl Iterator<Item = Key> {
    Limits::ROWS.iter().map(|LimitRow { name, default, about, protects }| {
        rate(kept(format!("limits.{name}")), default, kept(format!("{about} Protects {protects}.")))
    })
}
