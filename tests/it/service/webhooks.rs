//! Other systems are told what happens to accounts.

use std::time::Duration;

use account_tests::service::token_of;
use account_tests::verifiers::verifies_webhook;
use account_tests::{Service, WebhookReceiver};
use serde_json::{Value, json};

const PASSWORD: &str = "velvet lantern gravel orchid";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PREVIOUS: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// A service that tells these receivers everything, by these names.
fn telling(receivers: &[(&str, &WebhookReceiver)]) -> Service {
    let settings: Vec<_> = receivers
        .iter()
        .flat_map(|(name, receiver)| {
            let of = |key: &str, value: String| (format!("WEBHOOKS__{name}__{key}"), value);
            [
                of("URL", receiver.url()),
                of("SECRET", SECRET.to_owned()),
                of("ALLOW_PRIVATE_NETWORKS", "true".to_owned()),
            ]
        })
        .collect();
    let settings: Vec<_> = settings.iter().map(|(key, value)| (&**key, &**value)).collect();
    Service::prepare(&settings)
}

/// Registers an address and proves it; returns the id of the account.
async fn complete(service: &Service, email: &str) -> String {
    let reply = service.register(email).await;
    assert_eq!(reply.status, 202, "{}", reply.body);
    let token = token_of(&service.wait_for_mail_to(email).await).unwrap();
    let body = json!({"token": token, "password": PASSWORD}).to_string();
    let verified = service.post("/account/v1/email-verifications", &body).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    reply.text("/registration_id")
}

#[tokio::test]
async fn events_are_sent_with_signatures_that_other_libraries_verify() {
    let receiver = WebhookReceiver::answering(204).await;
    let mut service = telling(&[("CRM", &receiver)]);
    service.launch().await;
    let account = complete(&service, "john@acme.com").await;
    let completed = receiver.wait_for(1).await.remove(0);
    assert_eq!(completed.part("/type"), "registration.completed");
    assert_eq!(completed.part("/data/account_id"), *account);
    assert_eq!(completed.part("/data/account/email"), "john@acme.com");
    assert_eq!(completed.part("/data/account/version"), 1);
    assert!(completed.part("/data/account/email_verified_at").is_string(), "{}", completed.body);
    assert!(!completed.body.contains("argon2"), "{}", completed.body);
    assert!(completed.headers["user-agent"].starts_with("account-http/"));
    assert!(verifies_webhook(&completed, SECRET) && !verifies_webhook(&completed, PREVIOUS));
    let mut forged = completed.clone();
    forged.body = forged.body.replace("john", "jane");
    assert!(!verifies_webhook(&forged, SECRET));

    let sign_in = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    let session = service.post("/account/v1/sessions", &sign_in).await;
    let bearer = format!("Bearer {}", session.text("/token"));
    let me = service.request("GET", "/account/v1/me", &[("Authorization", &bearer)], "").await;
    let headers = [("Authorization", &*bearer), ("Content-Type", "application/json"), ("If-Match", me.header("etag"))];
    let changed = service.request("PATCH", "/account/v1/me", &headers, r#"{"name":"John Appleseed"}"#).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    let messages = receiver.wait_for(2).await;
    assert_eq!(messages.len(), 2, "signing in is not told");
    assert_eq!(messages[1].part("/type"), "account.changed");
    assert_eq!(messages[1].part("/data/cause"), "profile_changed");
    assert_eq!(messages[1].part("/data/account/name"), "John Appleseed");
    assert!(messages[1].part("/data/account/version").as_u64() > Some(1));
    assert_ne!(messages[0].id(), messages[1].id());
    assert!(!service.output().contains("whsec_") && !service.output().contains("MfKQ"));
}

#[tokio::test]
async fn endpoints_that_fail_or_hang_delay_no_mail_and_no_other_endpoint() {
    let (failing, hanging) = (WebhookReceiver::answering(500).await, WebhookReceiver::answering(0).await);
    let working = WebhookReceiver::answering(200).await;
    let mut service = telling(&[("FAILING", &failing), ("HANGING", &hanging), ("WORKING", &working)]);
    service.launch().await;
    let begin = std::time::Instant::now();
    for number in 0..8 {
        complete(&service, &format!("john{number}@acme.com")).await;
    }
    assert_eq!(working.wait_for(8).await.len(), 8);
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(30), "{took:?}");
    failing.wait_for(8).await;
    assert!((1..=8).contains(&hanging.messages().len()), "it gets no more than it can answer");
}

#[tokio::test]
async fn an_event_survives_a_restart_and_keeps_its_id() {
    let receiver = WebhookReceiver::answering(503).await;
    let mut service = telling(&[("CRM", &receiver)]);
    service.launch().await;
    complete(&service, "john@acme.com").await;
    let refused = receiver.wait_for(1).await.remove(0);
    service.kill().await;
    receiver.answer(204);
    service.launch().await;
    // The claim of the killed process lapses after 20 seconds, or the next attempt is due after 10.
    let messages = receiver.wait_for(2).await;
    let taken = messages.last().unwrap();
    assert_eq!(taken.id(), refused.id());
    assert_eq!(taken.body, refused.body);
    assert!(verifies_webhook(taken, SECRET));
}

#[tokio::test]
async fn during_a_rotation_receivers_with_either_secret_verify() {
    let receiver = WebhookReceiver::answering(200).await;
    let url = receiver.url();
    let service = Service::prepare(&[
        ("WEBHOOKS__CRM__URL", &url),
        ("WEBHOOKS__CRM__SECRET", SECRET),
        ("WEBHOOKS__CRM__PREVIOUS_SECRET", PREVIOUS),
        ("WEBHOOKS__CRM__ALLOW_PRIVATE_NETWORKS", "true"),
    ]);
    let output = service.run(&["webhooks", "test", "crm"]).await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.ends_with("Response: 200. Body: thanks\n"), "{said}");
    let message = receiver.wait_for(1).await.remove(0);
    assert!(said.contains(message.id()), "{said}");
    assert_eq!((message.part("/type"), message.part("/data")), (Value::from("webhook.test"), json!({})));
    assert!(verifies_webhook(&message, SECRET) && verifies_webhook(&message, PREVIOUS));
}

#[tokio::test]
async fn a_refused_test_message_fails_and_shows_the_response() {
    let receiver = WebhookReceiver::answering(401).await;
    let service = telling(&[("CRM", &receiver)]);
    let output = service.run(&["webhooks", "test", "crm"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Response: 401."));
    let unknown = service.run(&["webhooks", "test", "billing"]).await;
    assert_eq!(unknown.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(complaint.contains("unknown endpoint; configured endpoints: crm"), "{complaint}");
}

/// What the log says of an event that is tried again.
const RETRY: &str = "\"outcome\":\"deferred\"";

#[tokio::test]
async fn private_networks_are_refused_unless_they_are_allowed() {
    let receiver = WebhookReceiver::answering(204).await;
    let by_name = format!("https://localhost:{}/hook", receiver.port());
    let literal = Service::prepare(&[
        ("WEBHOOKS__CRM__URL", "https://169.254.169.254/latest"),
        ("WEBHOOKS__CRM__SECRET", SECRET),
        ("WEBHOOKS__PLAIN__URL", &receiver.url()),
        ("WEBHOOKS__PLAIN__SECRET", SECRET),
    ]);
    let output = literal.run(&["config", "check"]).await;
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("webhooks.crm.url (ACCOUNT_WEBHOOKS__CRM__URL): points to"), "{complaint}");
    assert!(complaint.contains("webhooks.plain.url (ACCOUNT_WEBHOOKS__PLAIN__URL): `http://`"), "{complaint}");

    let mut service = Service::prepare(&[("WEBHOOKS__CRM__URL", &by_name), ("WEBHOOKS__CRM__SECRET", SECRET)]);
    let output = service.run(&["webhooks", "test", "crm"]).await;
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("the target is not allowed: points to this machine"), "{complaint}");
    service.launch().await;
    complete(&service, "john@acme.com").await;
    for _ in 0..600 {
        if service.output().contains(RETRY) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Names lead elsewhere for a while: the event waits.
    assert!(service.output().contains(RETRY), "{}", service.output());
    assert!(!service.output().contains("\"outcome\":\"dead\""), "{}", service.output());
    assert!(receiver.messages().is_empty());
}
