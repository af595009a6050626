//! The table of applied migrations, which was SeaORM's before it got its own name.

use sea_orm::sea_query::{Expr, Query, Table};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, ExprTrait};
use sea_orm_migration::SchemaManager;

/// The table's name.
pub(super) const TABLE: &str = "account_migrations";
/// The earlier name.
const FORMER: &str = "seaql_migrations";
/// The name of our first migration, and a table that it creates.
const FIRST: (&str, &str) = ("m0001_registrations", "outbox");
const COLUMNS: [&str; 2] = ["version", "applied_at"];

/// Moves our rows out of SeaORM's table, once, and deletes that table if it is empty then. Rows of other programs stay.
pub(super) async fn move_rows(transaction: &DatabaseTransaction, known: &[String]) -> Result<(), DbErr> {
    let manager = SchemaManager::new(transaction);
    let (step, table) = FIRST;
    let is_to_be_done = !has_rows(transaction, TABLE, None).await?
        && manager.has_table(FORMER).await?
        && manager.has_table(table).await?
        && has_rows(transaction, FORMER, Some(step)).await?;
    if !is_to_be_done {
        return Ok(());
    }
    let are_ours = || Expr::col("version").is_in(known);
    let rows = Query::select().columns(COLUMNS).from(FORMER).and_where(are_ours()).take();
    let mut copy = Query::insert().into_table(TABLE).columns(COLUMNS).take();
    copy.select_from(rows).map_err(|error| DbErr::Custom(error.to_string()))?;
    transaction.execute(&copy).await?;
    transaction.execute(&Query::delete().from_table(FORMER).and_where(are_ours()).take()).await?;
    if !has_rows(transaction, FORMER, None).await? {
        manager.drop_table(Table::drop().table(FORMER).take()).await?;
    }
    Ok(())
}

async fn has_rows(transaction: &DatabaseTransaction, table: &'static str, step: Option<&str>) -> Result<bool, DbErr> {
    let mut query = Query::select().column("version").from(table).limit(1).take();
    if let Some(step) = step {
        query.and_where(Expr::col("version").eq(step));
    }
    Ok(transaction.query_one(&query).await?.is_some())
}
