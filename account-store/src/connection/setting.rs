//! Checking the settings of connections before use.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement};

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::server::Server;
use crate::error::{OpenError, failed};

/// A setting, and the value that the store requires.
pub(super) struct Setting {
    /// Its name in the database.
    pub(super) name: &'static str,
    /// The query that returns it.
    pub(super) query: &'static str,
    /// The required value, in words.
    pub(super) needed: &'static str,
    /// Whether the value is acceptable.
    pub(super) suits: fn(&str) -> bool,
}

/// Checks all settings.
///
/// # Errors
/// [`OpenError::Setting`] for the first setting that is not acceptable.
pub(super) async fn check(connection: &DatabaseConnection, settings: &[Setting]) -> Result<(), OpenError> {
    for setting in settings {
        let found = find(connection, setting.query).await.map_err(failed("read the connection's settings"));
        let found = found.map_err(OpenError::Database)?;
        if !(setting.suits)(&found) {
            return Err(OpenError::Setting { name: setting.name, found, needed: setting.needed });
        }
    }
    Ok(())
}

/// Checks all settings of a connection that the store opened.
///
/// # Errors
/// [`OpenError::Setting`] for the first setting that is not acceptable.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(super) async fn check_own<D: Server>(
    connection: &mut D::Connection,
    settings: &[Setting],
) -> Result<(), OpenError> {
    for setting in settings {
        let found = D::ask(connection, setting.query).await.map_err(not_read)?;
        if !(setting.suits)(&found) {
            return Err(OpenError::Setting { name: setting.name, found, needed: setting.needed });
        }
    }
    Ok(())
}

/// The connection failed while its settings were read.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(super) fn not_read(error: sea_orm::sqlx::Error) -> OpenError {
    let error = DbErr::Query(sea_orm::RuntimeErr::SqlxError(std::sync::Arc::new(error)));
    OpenError::Database(failed("read the connection's settings")(error))
}

pub(super) async fn find(connection: &DatabaseConnection, query: &str) -> Result<String, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), query.to_owned());
    let Some(row) = connection.query_one_raw(statement).await? else { return Ok(String::new()) };
    text(&row)
}

/// Returns the first column as text. Some settings are numbers.
fn text(row: &QueryResult) -> Result<String, DbErr> {
    row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string()))
}
