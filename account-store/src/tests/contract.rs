//! Every clause of the store contract, each on a separate database.

use account_core::testing::contract::Subject;

use crate::testing::{Engine, ThrowawayDatabase};

async fn subject(engine: Engine) -> Subject {
    let database = ThrowawayDatabase::new(engine).await;
    let store = super::connect(database.url()).await;
    Subject::keeping(database, store)
}

mod sqlite {
    use super::{Engine, subject};

    account_core::store_contract!(subject(Engine::Sqlite).await);
}

mod postgres {
    use super::{Engine, subject};

    account_core::store_contract!(subject(Engine::Postgres).await);
}

mod mariadb {
    use super::{Engine, subject};

    account_core::store_contract!(subject(Engine::MariaDb).await);
}
