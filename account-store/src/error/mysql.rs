//! Error codes of MySQL and MariaDB.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::MySqlDatabaseError;

use super::remedy::Remedy;

/// Judges an error of MySQL or MariaDB. Messages repeat values, except those about something missing or not allowed.
pub(super) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<MySqlDatabaseError>()?;
    let number = error.number();
    // 1040, 1203, 1226 too many connections; 1053, 1077, 1079, 1927 the server or the connection is going down;
    // 1021, 1041, 1114 no room; 1180 no commit; 1205 a lock was not free in time, after ten seconds; 1290, 1836 the
    // server is read-only while another takes over.
    let is_transient = matches!(
        number,
        1021 | 1040 | 1041 | 1053 | 1077 | 1079 | 1114 | 1180 | 1203 | 1205 | 1226 | 1290 | 1836 | 1927
    );
    let remedy = match number {
        // Rolled back in favor of another transaction: a deadlock (one between servers of a cluster only shows at
        // commit), or a row that has changed since it was read.
        1213 | 1020 => Remedy::Retry,
        _ if is_transient => Remedy::Later,
        _ => Remedy::None,
    };
    // 1044, 1045, 1049, 1142, 1227 access; 1054, 1064, 1146, 1273 what is not there: names, and no values.
    let is_plain = matches!(number, 1044 | 1045 | 1049 | 1054 | 1064 | 1142 | 1146 | 1227 | 1273);
    let reason = format!("MySQL error {number}");
    Some((if is_plain { format!("{reason}: {}", error.message()) } else { reason }, remedy))
}
