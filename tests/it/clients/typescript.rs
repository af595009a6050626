//! The TypeScript clients.

use account_tests::Service;
use account_tests::clients::run_typescript;

use super::is_known;

#[tokio::test]
async fn the_native_client_registers_verifies_and_signs_in() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "native").await;
    let account = is_known(&service, &seen, "correct horse battery staple").await;
    assert_eq!(account.name.as_deref(), Some("Jane Appleseed"));
    assert_eq!(seen["refused"], serde_json::json!(["/email", "/password"]));
}

#[tokio::test]
async fn the_mikrocloud_client_registers_and_the_account_is_a_native_one() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "mikrocloud").await;
    let account = is_known(&service, &seen, "SDf345FCe").await;
    assert_eq!((account.name.as_deref(), account.country.as_deref()), (Some("John Appleseed"), Some("ZA")));
    assert_eq!(seen["refused"], serde_json::json!(["email", "password"]));
}

#[tokio::test]
async fn the_waltid_client_registers_and_the_account_is_a_native_one() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "waltid").await;
    let account = is_known(&service, &seen, "password123456").await;
    assert_eq!((account.name.as_deref(), account.country.as_deref()), (Some("Max Mustermann"), Some("AT")));
    assert_eq!(seen["same"], true, "one id on both surfaces");
    assert_eq!(seen["refused"], serde_json::json!(["profile.addressCountry", "initialAuth.data.password"]));
}
