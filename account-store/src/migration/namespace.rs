//! The schema of PostgreSQL that the tables are in, if one was chosen.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};

use crate::options::SchemaName;

/// Makes the schema, unless it is there: making takes a right on the database that not everybody has.
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
