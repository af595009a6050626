//! Finding a server's programs, and creating a database for a test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};

/// Returns a name that no other database of this process has.
pub(super) fn unused_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Runs the statement on a separate connection.
pub(super) async fn run(url: &str, statement: &str) -> Result<(), sea_orm::DbErr> {
    let connection: DatabaseConnection = Database::connect(url).await?;
    let outcome = connection.execute_unprepared(statement).await;
    connection.close().await?;
    outcome.map(drop)
}

/// Returns the number that the query finds, on a separate connection.
pub(super) async fn ask(url: &str, query: &str) -> Result<i64, DbErr> {
    let connection: DatabaseConnection = Database::connect(url).await?;
    let query = Statement::from_string(connection.get_database_backend(), query.to_owned());
    let row = connection.query_one_raw(query).await;
    connection.close().await?;
    row?.ok_or_else(|| DbErr::RecordNotFound("a number".to_owned()))?.try_get_by_index(0)
}

/// Returns the path of a program: in the first directory that has it, otherwise wherever the system finds it.
pub(super) fn find_program(name: &str, directories: impl IntoIterator<Item = PathBuf>) -> PathBuf {
    let found = directories.into_iter().map(|directory| directory.join(name)).find(|path| path.exists());
    found.unwrap_or_else(|| name.into())
}
