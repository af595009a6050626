//! The Python client, which is generated when it is needed.

use account_tests::Service;
use account_tests::clients::run_python;

use super::is_known;

#[tokio::test]
async fn the_native_client_registers_verifies_and_reads_its_account_in_types() {
    let service = Service::start().await;
    let seen = run_python(&service, "native").await;
    let account = is_known(&service, &seen, "velvet lantern gravel orchid").await;
    assert_eq!((account.name.as_deref(), seen["name"].as_str()), (Some("Jane Appleseed"), Some("Jane Appleseed")));
    assert_eq!(seen["refused"], serde_json::json!(["/email", "/password"]));
}
