//! Error codes of MySQL and MariaDB.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::MySqlDatabaseError;

use super::remedy::Remedy;

/// `ER_ERROR_DURING_COMMIT`.
const COMMIT_FAILED: u16 = 1180;

/// Judges an error of MySQL or MariaDB. Messages repeat values, except those about something missing or not allowed.
pub(super) fn judge(error: &dyn DatabaseError) -> Option<(String, Remedy)> {
    let error = error.try_downcast_ref::<MySqlDatabaseError>()?;
    let number = error.number();
    // 1040, 1203, 1226 too many connections; 1021, 1041, 1114 no room; 1180 no commit; 1205 a lock was not free in time,
    // after ten seconds. What condemns a connection passes with it.
    let is_transient =
        is_of_connection(number) || matches!(number, 1021 | 1040 | 1041 | 1114 | COMMIT_FAILED | 1203 | 1205 | 1226);
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

/// Returns whether the connection cannot be used after this error. `None` for another database.
pub(super) fn condemns(error: &dyn DatabaseError) -> Option<bool> {
    error.try_downcast_ref::<MySqlDatabaseError>().map(|error| is_of_connection(error.number()))
}

/// Returns whether a commit that failed so may have been done.
pub(super) fn leaves_unknown(error: &dyn DatabaseError) -> bool {
    error.try_downcast_ref::<MySqlDatabaseError>().is_some_and(|error| error.number() == COMMIT_FAILED)
}

/// Returns whether the error means that this connection, or its server, will not do.
///
/// The numbers and names are those of `mysqld_error.h` of MariaDB 10.11 (in Debian, of the package `libmariadb-dev`), or
/// of MySQL's "Server Error Message Reference" if MariaDB has no such error (3169, 4031): 1290
/// `ER_OPTION_PREVENTS_STATEMENT`, 1792 `ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION` and 1836 `ER_READ_ONLY_MODE` of a
/// server that is read-only; 1047 `ER_UNKNOWN_COM_ERROR` of a Galera node that is not part of the cluster ("WSREP has
/// not yet prepared node for application use"); 1053, 1077, 1079, 1080 a shutdown; 1152, 1184, 1927, 3169, 4031 the
/// server ended the connection; 1158 to 1161 the network failed; 3032 `ER_SERVER_OFFLINE_MODE`. And two of the client
/// library (`errmsg.h`) that proxies pass on: 2006 `CR_SERVER_GONE_ERROR`, 2013 `CR_SERVER_LOST`.
const fn is_of_connection(number: u16) -> bool {
    matches!(
        number,
        1047 | 1053 | 1077 | 1079 | 1080 | 1152 | 1158
            ..=1161 | 1184 | 1290 | 1792 | 1836 | 1927 | 2006 | 2013 | 3032 | 3169 | 4031
    )
}
