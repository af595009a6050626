//! Lengths that are in no row of the core's table: of parameters, and of what is only answered.

use account_core::field_limits::{self as limits, Limits};

/// No address is longer.
pub(crate) const SEARCH: Limits = upper(limits::EMAIL.core);

/// More than any cursor has.
pub(crate) const CURSOR: Limits = Limits::code_points(0, 512);
/// A number of 32 bits in quotes.
pub(crate) const IF_MATCH: Limits = Limits::code_points(0, 12);

/// The upper limit alone.
pub(crate) const fn upper(Limits { max, unit, .. }: Limits) -> Limits {
    Limits { min: 0, max, unit }
}
