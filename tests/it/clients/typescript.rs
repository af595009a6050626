//! The TypeScript clients.

use account_tests::Service;
use account_tests::clients::run_typescript;

use super::{account_of, is_known};

#[tokio::test]
async fn the_native_client_registers_verifies_and_signs_in() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "native").await;
    let account = is_known(&service, &seen, "velvet lantern gravel orchid").await;
    assert_eq!(account.name.as_deref(), Some("Jane Appleseed"));
    assert_eq!(seen["refused"], serde_json::json!(["/email", "/password"]));
}

#[tokio::test]
async fn another_generators_client_registers_verifies_and_reads_its_account() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "hey").await;
    let account = is_known(&service, &seen, "velvet lantern gravel orchid").await;
    assert_eq!(account.name.as_deref(), Some("Jane Appleseed"));
    assert_eq!(seen["refused"], serde_json::json!(["/email", "/password"]));
}

#[tokio::test]
async fn the_rpost_client_registers_confirms_and_signs_in() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "rpost").await;
    assert_eq!((&seen["email"], &seen["language"]), (&"user@company.com".into(), &"en-us".into()));
    let account = account_of(&service, "user@company.com", "Secret007").await;
    assert_eq!((account.given_name.as_deref(), account.family_name.as_deref()), (Some("John"), Some("Smith")));
    assert_eq!(seen["refused"], serde_json::json!(["ACCT-4005", "ACCT-4004"]));
    assert_eq!(seen["early"], "invalid_grant", "nobody has confirmed the address yet");
}

#[tokio::test]
async fn the_form_client_registers_signs_in_and_renews_its_tokens() {
    let service = Service::start().await;
    let seen = run_typescript(&service, "form").await;
    let account = is_known(&service, &seen, "yourpassword").await;
    assert_eq!((account.name.as_deref(), account.username.as_deref()), (Some("Test User"), Some("testuser")));
    assert_eq!(seen["same"], true, "one id on both channels");
    assert_eq!(seen["refused"], serde_json::json!(["name", "email"]));
    assert_eq!(seen["differing"], "PASSWORDS_DO_NOT_MATCH");
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
    assert_eq!(seen["same"], true, "one id on both channels");
    assert_eq!(seen["refused"], serde_json::json!(["profile.addressCountry", "initialAuth.data.password"]));
}
