//! Clients that are generated from the committed documents, against the real binary: each registers in its dialect and
//! proves the mailbox, and the account is there for every other channel.
//!
//! A new document needs a function in `rust.rs`, another in `typescript.rs`, and a script beside those of the others in
//! `tests/clients/typescript/src`. Two generators more show that the documents suit others: openapi-python-client and
//! @hey-api/openapi-ts.

mod python;
mod rust;
mod typescript;

use account_tests::Service;
use account_tests::clients::native::{Client, types};
use account_tests::clients::{base_url, http_client};
use serde_json::{Value, from_value, json};

/// Signs in natively and reads the account by that session: what the server knows of it.
async fn account_of(service: &Service, email: &str, password: &str) -> types::Account {
    let client = Client::new_with_client(&base_url(service), http_client(None));
    let request = from_value(json!({"email": email, "password": password})).unwrap();
    let signed_in = client.sign_in(&request).await.unwrap().into_inner();
    let client = Client::new_with_client(&base_url(service), http_client(Some(&signed_in.token)));
    let account = client.get_me().await.unwrap().into_inner();
    assert_eq!(account.id, signed_in.account.id);
    account
}

/// What a TypeScript client has seen, held against what the server knows.
async fn is_known(service: &Service, seen: &Value, password: &str) -> types::Account {
    let account = account_of(service, seen["email"].as_str().unwrap(), password).await;
    assert_eq!(seen["id"], account.id.to_string());
    account
}
