//! Error codes of PostgreSQL.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::postgres::{PgDatabaseError, PgSeverity};

use super::remedy::Remedy;

/// Judges an error of PostgreSQL. Messages repeat values; names of constraints, tables and columns contain none.
pub(super) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    let code = error.code();
    // Classes: 08 no connection, 40 rolled back, 53 the server lacks something, 57 it is going down; 55P03 a lock was not
    // free in time, after ten seconds, 25P03 the transaction lay idle for too long. What condemns a connection passes
    // with it.
    let is_transient = ["40", "53", "57"].iter().any(|class| code.starts_with(class))
        || code == "55P03"
        || is_of_connection(code)
        || is_end(error);
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

/// Returns whether the connection cannot be used after this error. `None` for another database.
pub(super) fn condemns(error: &dyn DatabaseError) -> Option<bool> {
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    Some(is_of_connection(error.code()) || is_end(error))
}

/// Returns whether a commit that failed so may have been done: `statement_completion_unknown`.
pub(super) fn leaves_unknown(error: &dyn DatabaseError) -> bool {
    error.try_downcast_ref::<PgDatabaseError>().is_some_and(|error| error.code() == "40003")
}

/// Returns whether a lock was not free in time: `lock_not_available`; or `deadlock_detected`, when the server looks for
/// that first.
pub(super) fn has_missed_lock(error: &dyn DatabaseError) -> bool {
    error.try_downcast_ref::<PgDatabaseError>().is_some_and(|error| matches!(error.code(), "55P03" | "40P01"))
}

/// Returns whether the error means that this connection, or its server, will not do.
///
/// The codes are those of `errcodes.txt` of PostgreSQL 15 (in Debian, of the package `postgresql-15`): class 08
/// connection exceptions (`PgBouncer` uses 08P01 for all of its own), 25006 `read_only_sql_transaction` on a standby,
/// 25P03 and 57P05 idle for too long, 57P01 `admin_shutdown`, 57P02 `crash_shutdown`, 57P03 `cannot_connect_now`, 57P04
/// `database_dropped`. And 26000 `invalid_sql_statement_name` and 42P05 `duplicate_prepared_statement`: a pooler put
/// another server behind it.
fn is_of_connection(code: &str) -> bool {
    code.starts_with("08")
        || matches!(code, "25006" | "25P03" | "26000" | "42P05" | "57P01" | "57P02" | "57P03" | "57P04" | "57P05")
}

/// Returns whether the server closes the connection after it.
fn is_end(error: &PgDatabaseError) -> bool {
    matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic)
}
