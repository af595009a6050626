//! Secrets are in no log and in no table.

use account_tests::Service;
use account_tests::service::{bytes_below, token_of};
use serde_json::json;

#[tokio::test]
async fn no_secret_is_logged_or_stored() {
    let mut service = Service::start_with(&[("LOG__LEVEL", "trace"), ("LOG__FORMAT", "json")]).await;
    let password = "an unusual sentence for a password";
    let mut secrets = vec![password.to_owned()];
    for n in 0..20 {
        let body = json!({"email": format!("p{n}@acme.com"), "password": password}).to_string();
        let key = format!("idempotency-key-{n:04}-unguessable");
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key.as_str())];
        let reply = service.request("POST", "/account/v1/registrations", &headers, &body).await;
        assert_eq!(reply.status, 202, "{}", reply.body);
        secrets.push(reply.text("/continuation"));
        secrets.push(key);
    }
    for mail in service.wait_for_mails(20).await {
        let token = token_of(&mail).unwrap();
        service.request("GET", &format!("/l/{token}"), &[], "").await;
        service.request("GET", &format!("/authenticate/verify?token={token}"), &[], "").await;
        let body = json!({"token": token, "password": password}).to_string();
        let reply = service.post("/account/v1/email-verifications", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        secrets.push(token);
    }
    let broken = service.post("/account/v1/registrations", &format!("{{\"password\":\"{password}\"}}")).await;
    assert_eq!((broken.status, broken.body.contains(password)), (422, false));
    assert!(service.stop().await.success());

    let output = service.output();
    assert!(output.contains("\"request\"") || output.contains("request_id"), "there are logs at all");
    let stored = bytes_below(&service.path("account-data"), "key");
    assert!(stored.len() > 10_000, "there is a database at all");
    for secret in &secrets {
        assert!(!output.contains(secret.as_str()), "a secret is in the log");
        let bytes = secret.as_bytes();
        assert!(!stored.windows(bytes.len()).any(|window| window == bytes), "a secret is in the database");
    }
}
