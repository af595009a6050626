//! The PostgreSQL schema of the tables, if one was chosen.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};

use crate::options::SchemaName;

/// Creates the schema if it does not exist. Checks first, because creating needs a privilege on the database.
pub(super) async fn make(transaction: &DatabaseTransaction, schema: &SchemaName) -> Result<(), DbErr> {
    let find = Statement::from_sql_and_values(
        transaction.get_database_backend(),
        "SELECT 1 FROM pg_namespace WHERE nspname = $1",
        [schema.as_str().into()],
    );
    if transaction.query_one_raw(find).await?.is_none() {
        transaction.execute_unprepared(&format!("CREATE SCHEMA \"{schema}\"")).await?;
    }
    Ok(())
}
