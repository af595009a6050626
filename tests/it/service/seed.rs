//! The documented registration, from the request to the account.

use account_tests::Service;
use account_tests::mikrocloud::{ANSWER, REQUEST};
use account_tests::service::{mail_header, token_of};
use serde_json::json;

async fn documented_deployment() -> Service {
    Service::start_with(&[("MAIL__FROM", "MikroCloud <no-reply@mikrocloud.com>")]).await
}

#[tokio::test]
async fn the_documented_registration_ends_in_an_account() {
    let service = documented_deployment().await;
    let reply = service.post("/user", REQUEST).await;
    assert_eq!((reply.status, reply.body.as_str()), (201, ANSWER));

    let mails = service.wait_for_mails(1).await;
    assert_eq!(mail_header(&mails[0], "From").as_deref(), Some("MikroCloud <no-reply@mikrocloud.com>"));
    assert_eq!(mail_header(&mails[0], "Subject").as_deref(), Some("Verify your email address"));
    assert_eq!(mail_header(&mails[0], "To").as_deref(), Some("john@acme.com"));
    let token = token_of(&mails[0]).unwrap();
    assert!(mails[0].contains(&format!("http://127.0.0.1:{}/l/{token}", service.port())));

    let link = service.request("GET", &format!("/l/{token}"), &[], "").await;
    assert!((302..=303).contains(&link.status), "{}", link.status);
    let page = service.request("GET", link.header("location"), &[], "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<form"), "{}", page.body);

    let proof = json!({"token": token, "password": "SDf345FCe"}).to_string();
    let verified = service.post("/account/v1/email-verifications", &proof).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assert_eq!(verified.text("/account/email"), "john@acme.com");

    let again = service.post("/user", REQUEST).await;
    assert_eq!((again.status, again.body.as_str()), (201, ANSWER), "the same bytes for a taken address");
    let mails = service.wait_for_mails(2).await;
    let other = mails.iter().find(|mail| token_of(mail).is_none()).unwrap();
    assert_eq!(mail_header(other, "To").as_deref(), Some("john@acme.com"));
}

#[tokio::test]
async fn following_a_link_changes_nothing_however_often() {
    let service = documented_deployment().await;
    service.post("/user", REQUEST).await;
    let token = token_of(&service.wait_for_mails(1).await[0]).unwrap();
    for method in ["GET", "HEAD"] {
        for _ in 0..20 {
            let link = service.request(method, &format!("/l/{token}"), &[], "").await;
            let location = link.header("location").to_owned();
            assert_eq!(service.request(method, &location, &[], "").await.status, 200);
        }
    }
    let proof = json!({"token": token, "password": "SDf345FCe"}).to_string();
    assert_eq!(service.post("/account/v1/email-verifications", &proof).await.status, 200);
}

#[tokio::test]
async fn links_start_with_the_configured_url_whatever_a_request_says() {
    let service = Service::start_with(&[("HTTP__PUBLIC_URL", "https://accounts.example.com")]).await;
    let probes: [&[(&str, &str)]; 6] = [
        &[("X-Forwarded-Host", "evil.example")],
        &[("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "81"), ("X-Forwarded-Prefix", "/evil")],
        &[("Forwarded", "host=evil.example;proto=http")],
        &[("X-Original-URL", "http://evil.example/")],
        &[("Origin", "https://evil.example")],
        &[("Referer", "https://evil.example/")],
    ];
    for (n, probe) in probes.iter().enumerate() {
        let body = json!({"email": format!("p{n}@acme.com"), "password": "velvet lantern gravel orchid"}).to_string();
        let headers = [&[("Content-Type", "application/json")], *probe].concat();
        let reply = service.request("POST", "/account/v1/registrations", &headers, &body).await;
        assert_eq!(reply.status, 202, "{}", reply.body);
    }
    for mail in service.wait_for_mails(probes.len()).await {
        assert!(mail.contains("https://accounts.example.com/l/"));
        assert!(!mail.contains("evil"));
    }
}
