//! The PostgreSQL schema of the tables, if one was chosen.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

use crate::error::{OpenError, failed};
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

/// Checks that tables can be created in the schema, whose error would only name the schema.
pub(super) async fn check_writable(transaction: &DatabaseTransaction) -> Result<(), OpenError> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    // Without a schema that exists, it is unknown.
    let query = "SELECT COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false)";
    let row = transaction.query_one_raw(Statement::from_string(DbBackend::Postgres, query)).await;
    let may = row.and_then(|row| row.map_or(Ok(false), |row| row.try_get_by_index::<bool>(0)));
    let may = may.map_err(failed("read the schema's privileges")).map_err(OpenError::Database)?;
    if may { Ok(()) } else { Err(OpenError::NoPrivilege) }
}
