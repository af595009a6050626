//! How many times a second a row is read by its primary key through SeaORM, and nothing else is done: the yardstick of
//! `cargo xtask bench sessions`.
//!
//! `bare_select DATABASE SECONDS TASKS` prints selects a second.

#![expect(clippy::print_stdout, reason = "printing the figure is all that it is for")]

use std::env::args;
use std::error::Error;
use std::time::{Duration, Instant};

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectOptions, Database, QuerySelect};
use tokio::task::JoinSet;

mod session {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token: Vec<u8>,
        pub(crate) account: Uuid,
        pub(crate) expires_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut given = args().skip(1);
    let mut next = || given.next().ok_or("usage: bare_select DATABASE SECONDS TASKS");
    let (path, seconds, tasks) = (next()?, next()?.parse::<u64>()?, next()?.parse::<usize>()?);
    let mut options = ConnectOptions::new(format!("sqlite://{path}?mode=ro"));
    // As many readers as the store has.
    options.max_connections(4).min_connections(4).sqlx_logging(false).test_before_acquire(false);
    let database = Database::connect(options).await?;
    let rows = session::Entity::find().limit(1_000).all(&database).await?;
    if rows.is_empty() {
        return Err("there are no sessions in the database".into());
    }
    let length = Duration::from_secs(seconds);
    let begun = Instant::now();
    let mut readers = JoinSet::new();
    for task in 0..tasks {
        let (database, rows) = (database.clone(), rows.clone());
        readers.spawn(async move {
            let mut count = 0_u32;
            for row in rows.iter().cycle().skip(task) {
                if begun.elapsed() >= length {
                    break;
                }
                let found = session::Entity::find_by_id(row.token.clone()).one(&database).await?;
                count += u32::from(found.is_some_and(|found| found.account == row.account));
            }
            Ok::<_, DbErr>(count)
        });
    }
    let mut total = 0;
    while let Some(count) = readers.join_next().await {
        total += count??;
    }
    println!("{:.1}", f64::from(total) / begun.elapsed().as_secs_f64());
    Ok(())
}
