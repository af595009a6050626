//! Requests wait in a separate queue until it is decided whether an email is due.

use sea_orm::sea_query::{Cond, Expr, Query, Table};
use sea_orm::{ConnectionTrait, ExprTrait};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use crate::outbox::{DECIDING, MAIL};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_deciding"
    }
}

/// Undecided requests: resends without a token, and resets without an account.
fn undecided() -> Cond {
    let resend = Cond::all().add(Expr::col("intent").eq("resend")).add(Expr::col("generation").is_null());
    let reset = Cond::all().add(Expr::col("intent").eq("password_reset")).add(Expr::col("account").is_null());
    Cond::any().add(resend).add(reset)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        manager.alter_table(Table::alter().table("outbox").rename_column("endpoint", "queue").take()).await?;
        // As for new requests: one without an email is deleted, unless it names a registration.
        let led_to_nothing = Query::delete()
            .from_table("outbox")
            .and_where(Expr::col("state").eq("dropped"))
            .and_where(Expr::col("registration").is_null())
            .cond_where(undecided())
            .take();
        connection.execute(&led_to_nothing).await?;
        // A reset that was sent without an account was the verification email of a registration.
        let repeated = Query::update()
            .table("outbox")
            .value("intent", "repeat_verification")
            .and_where(Expr::col("intent").eq("password_reset"))
            .and_where(Expr::col("account").is_null())
            .and_where(Expr::col("state").ne("queued"))
            .take();
        connection.execute(&repeated).await?;
        let waiting = Query::update()
            .table("outbox")
            .value("queue", DECIDING)
            .and_where(Expr::col("state").eq("queued"))
            .and_where(Expr::col("queue").eq(MAIL))
            .cond_where(undecided())
            .take();
        connection.execute(&waiting).await.map(drop)
    }
}
