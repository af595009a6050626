//! Error codes of PostgreSQL.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::postgres::PgDatabaseError;

use super::remedy::Remedy;

/// Judges an error of PostgreSQL. Messages repeat values; names of constraints, tables and columns contain none.
pub(super) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    let code = error.code();
    // Classes: 08 no connection, 40 rolled back, 53 the server lacks something, 57 it is going down; 55P03 a lock was not
    // free in time, after ten seconds, 25P03 the transaction lay idle for too long.
    let is_transient =
        ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class)) || matches!(code, "55P03" | "25P03");
    let remedy = match code {
        // A serialization failure or a deadlock. Not the whole class: with 40003 the outcome is unknown.
        "40001" | "40P01" => Remedy::Retry,
        _ if is_transient => Remedy::Later,
        _ => Remedy::None,
    };
    let mut reason = format!("PostgreSQL error {code}");
    for (what, name) in [("constraint", error.constraint()), ("table", error.table()), ("column", error.column())] {
        if let Some(name) = name {
            reason = format!("{reason}, {what} {name}");
        }
    }
    if code.starts_with("42") || code.starts_with("28") || code.starts_with("3D") {
        // These messages contain only names, and statements contain no values.
        reason = format!("{reason}: {}", error.message());
    }
    Some((reason, remedy))
}
