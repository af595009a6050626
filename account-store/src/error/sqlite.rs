//! Error codes of SQLite.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;

use super::remedy::Remedy;

/// Judges an error of SQLite. Its messages name tables and columns and repeat no values.
pub(super) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<SqliteError>()?;
    let code: i32 = error.code()?.parse().ok()?;
    // The low byte is the primary code: 5 busy, 6 locked, 10 I/O error, 13 disk full, 14 cannot open, 15 protocol.
    let is_transient = matches!(code & 0xFF, 5 | 6 | 10 | 13 | 14 | 15);
    let remedy = match code {
        // The data read is outdated. Other kinds of "busy" have already waited five seconds.
        517 => Remedy::Retry,
        _ if is_transient => Remedy::Later,
        _ => Remedy::None,
    };
    Some((format!("SQLite error {code}: {}", error.message()), remedy))
}
