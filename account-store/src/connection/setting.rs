//! Settings of connections that the store did not open itself: looked at before it relies on them.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement};

use crate::error::{OpenError, failed};

/// A setting, and what the store needs of it.
pub(super) struct Setting {
    /// Its name, as the database knows it.
    pub(super) name: &'static str,
    /// The query that tells it.
    pub(super) query: &'static str,
    /// What is needed, in words.
    pub(super) needed: &'static str,
    /// Whether what was found will do.
    pub(super) suits: fn(&str) -> bool,
}

/// Looks at all of them.
///
/// # Errors
/// [`OpenError::Setting`] for the first that does not do.
pub(super) async fn check(connection: &DatabaseConnection, settings: &[Setting]) -> Result<(), OpenError> {
    for setting in settings {
        let found = find(connection, setting.query).await.map_err(failed("look at the connection's settings"));
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

/// The first column. Some settings are numbers.
fn text(row: &QueryResult) -> Result<String, DbErr> {
    row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string()))
}
