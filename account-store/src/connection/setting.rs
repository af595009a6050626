//! Checking the settings of borrowed connections before use.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement};

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

async fn find(connection: &DatabaseConnection, query: &str) -> Result<String, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), query.to_owned());
    let Some(row) = connection.query_one_raw(statement).await? else { return Ok(String::new()) };
    text(&row)
}

/// Returns the first column as text. Some settings are numbers.
fn text(row: &QueryResult) -> Result<String, DbErr> {
    row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string()))
}
