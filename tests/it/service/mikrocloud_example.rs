//! `docs/examples/mikrocloud.toml`, and what MikroCloud's page "User Registration" promises.

use std::path::Path;

use account_mail::config::DkimKey;
use account_mail::testing::{ReceivedMail, Script, SmtpSink, keys};
use account_tests::service::{mail_header, token_of};
use account_tests::verifiers::verifies_dkim;
use account_tests::{Service, mikrocloud};
use serde_json::json;

/// The documented request's address and password.
const EMAIL: &str = "john@acme.com";
const PASSWORD: &str = "SDf345FCe";

/// The service as the example configures it, but for what a machine for tests does not have.
async fn deployment(sink: &SmtpSink) -> Service {
    let url = sink.url();
    let settings = [
        ("STORE__URL", "sqlite://account-data/account.db"),
        ("MAIL__SMTP__URL", url.as_str()),
        ("MAIL__DKIM__PRIVATE_KEY_FILE", "dkim.pem"),
        ("HASHING__MEMORY_KIB", "64"),
        ("HASHING__ITERATIONS", "1"),
    ];
    let mut service = Service::prepare_as_shipped(&settings);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples/mikrocloud.toml");
    std::fs::copy(example, service.path("account.toml")).unwrap();
    std::fs::write(service.path("dkim.pem"), keys::RSA_PKCS8).unwrap();
    service.launch().await;
    service
}

/// Waits until that many emails have arrived; returns the last.
async fn mail(sink: &SmtpSink, count: usize) -> (ReceivedMail, String) {
    for _ in 0..1_000 {
        if let Some(mail) = sink.mails().get(count - 1) {
            return (mail.clone(), String::from_utf8(mail.content.clone()).unwrap());
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("only {} of {count} mails arrived", sink.mails().len());
}

/// Joins the lines of a quoted-printable body.
fn unfolded(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=3D", "=")
}

#[tokio::test]
async fn the_example_keeps_what_the_page_promises() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let service = deployment(&sink).await;

    // "New users can register for an account by visiting the registration page."
    let page = service.request("GET", "/authenticate/register", &[], "").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("MikroCloud"));
    let reply = service.post("/user", mikrocloud::REQUEST).await;
    assert_eq!(
        (reply.status, reply.text("/message")),
        (201, "Registration was successful, please verify your email address".to_owned())
    );

    // "The authentication system will not allow unverified users .. to access the MikroCloud portal."
    let credentials = json!({"email": EMAIL, "password": PASSWORD}).to_string();
    assert_eq!(service.post("/account/v1/sessions", &credentials).await.status, 401);
    assert_eq!(service.request("GET", "/account/v1/gate", &[], "").await.status, 401);

    // "The email will be sent from the following address": address, subject line, sender.
    let (received, text) = mail(&sink, 1).await;
    assert_eq!(mail_header(&text, "From").unwrap(), "MikroCloud <no-reply@mikrocloud.com>");
    assert_eq!(mail_header(&text, "Subject").unwrap(), "Verify Email Address");
    assert!(received.from.starts_with("MAIL FROM:<bounces@mailman.mikrocloud.com>"), "{}", received.from);
    assert!(sink.records().iter().any(|record| record.commands.contains(&"EHLO mailman.mikrocloud.com".to_owned())));

    // "All emails from MikroCloud are signed with a valid DKIM signature."
    let record = DkimKey::from_pem(keys::RSA_PKCS8.as_bytes()).unwrap().record();
    assert!(verifies_dkim(&received.content, "2026a._domainkey.mikrocloud.com", &record));

    // "The link in the email will be a MikroCloud Short URL that redirects to the MikroCloud portal."
    let text = unfolded(&text);
    let token = token_of(&text).unwrap();
    assert!(text.contains(&format!("https://go.mikrocloud.com/l/{token}")), "{text}");
    let followed = service.request("GET", &format!("/l/{token}"), &[], "").await;
    let page = format!("https://oauth.mikrocloud.com/authenticate/verify?token={token}");
    assert_eq!((followed.status, followed.header("location")), (303, page.as_str()));

    // "The resend verification endpoint has a rate limit of 5 requests per minute, per user."
    let resend = json!({"email": EMAIL}).to_string();
    for _ in 0..5 {
        assert_eq!(service.post("/user/verification-mail", &resend).await.status, 202);
    }
    assert_eq!(service.post("/user/verification-mail", &resend).await.status, 429);

    // "If the user does not receive the verification email, they can request a new email."
    let (_, newest) = mail(&sink, sink.mails().len().max(2)).await;
    assert_eq!(mail_header(&newest, "To").unwrap(), EMAIL);
}

#[tokio::test]
async fn a_verified_user_gets_on() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let service = deployment(&sink).await;

    // "Email verification links expire after 24 hours."
    let body = json!({"email": "jane@acme.com", "password": "velvet lantern gravel orchid"}).to_string();
    let accepted = service.post("/account/v1/registrations", &body).await;
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    let expires_at: jiff::Timestamp = accepted.text("/expires_at").parse().unwrap();
    let lasts = expires_at.duration_since(jiff::Timestamp::now()).as_secs();
    assert!((86_300..=86_400).contains(&lasts), "{lasts} s");

    // "Once registration is complete and the user has verified their email address": portal and profile.
    let (_, text) = mail(&sink, 1).await;
    let token = token_of(&unfolded(&text)).unwrap();
    let proof = json!({"token": token, "continuation": accepted.text("/continuation")}).to_string();
    let verified = service.post("/account/v1/email-verifications", &proof).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    let bearer = format!("Bearer {}", verified.text("/session/token"));
    let signed_in = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    assert_eq!(service.request("GET", "/account/v1/gate", &signed_in, "").await.status, 204);

    // "This is stored with the user's profile and can be changed later in the User Profile page."
    let changes = json!({"country": "ZA", "time_zone": "Africa/Johannesburg"}).to_string();
    let me = service.request("PATCH", "/account/v1/me", &signed_in, &changes).await;
    assert_eq!(
        (me.status, me.text("/country"), me.text("/time_zone")),
        (200, "ZA".into(), "Africa/Johannesburg".into())
    );

    // Other dialects are off.
    assert_eq!(service.post("/api/v1/auth/register", "{}").await.status, 404);
}
