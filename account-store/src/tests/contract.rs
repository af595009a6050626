//! Every clause of the store contract, on a database file of its own.

use account_core::testing::contract::Subject;

async fn subject() -> Subject {
    let (directory, store) = super::fresh().await;
    Subject::keeping(directory, store)
}

account_core::store_contract!(subject().await);
