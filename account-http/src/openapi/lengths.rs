//! Lengths that are in no row of the core's table: of parameters, and of what is only answered.

use account_core::field_limits::{self as limits, Limits};

/// No address is longer.
pub(crate) const SEARCH: Limits = upper(limits::EMAIL.core);

/// More than any cursor has.
pub(crate) const CURSOR: Limits = Limits::code_points(0, 512);
/// A number of 32 bits in quotes.
pub(crate) const IF_MATCH: Limits = Limits::code_points(0, 12);

/// Schemas in answers of the native API. Their members have the names of fields in the table.
const RECORDS: [&str; 9] = [
    "Account",
    "SecondaryAddress",
    "ClaimedOrigin",
    "Client",
    "EmailVerified",
    "Invitation",
    "Organization",
    "RegistrationStatus",
    "RegistrationSummary",
];

/// Returns the upper limit of a text in an answer of the native API, if it is a field in the table.
pub(crate) fn of_answer(schema: &str, member: &str) -> Option<Limits> {
    let row = match (schema, member) {
        ("ClaimedOrigin", "url") => limits::ORIGINATING_URL,
        ("ClaimedOrigin", "client_address") => limits::CLAIMED_ADDRESS,
        ("ClaimedOrigin", "client_id") => limits::CLIENT_ID,
        _ => *limits::ALL.iter().find(|row| RECORDS.contains(&schema) && row.field.name() == member)?,
    };
    Some(upper(row.core))
}

/// The upper limit alone.
pub(crate) const fn upper(Limits { max, unit, .. }: Limits) -> Limits {
    Limits { min: 0, max, unit }
}
