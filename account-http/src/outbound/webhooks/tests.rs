//! Webhooks, as a receiver sees them.

use account_core::account::Account;
use account_core::audit::AuditEvent;
use account_core::email_address::EmailAddress;
use account_core::id::AccountId;
use account_core::outbox::event::EventType;
use account_core::testing::FakeClock;

use poem_openapi::types::ToJSON;
use serde_json::Value;

use super::*;
use crate::outbound::Reach;
use crate::outbound::peer::Peer;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PREVIOUS: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

fn crm() -> EndpointName {
    EndpointName::parse("crm").unwrap()
}

fn webhooks(url: &str, previous_secret: Option<&str>) -> Webhooks {
    let endpoint = WebhookEndpoint {
        target: Target::parse(url, Reach::Private).unwrap(),
        secret: SECRET.parse().unwrap(),
        previous_secret: previous_secret.map(|secret| secret.parse().unwrap()),
    };
    let client = OutboundClient::trusting(Vec::new()).unwrap();
    Webhooks::new(client, Arc::new(FakeClock::default()), BTreeMap::from([(crm(), endpoint)]))
}

fn to(peer: &Peer) -> Webhooks {
    webhooks(&format!("http://127.0.0.1:{}/hook", peer.port), None)
}

fn event(account: Option<Account>) -> Event {
    Event {
        id: OutboxId::from_uuid(uuid::Uuid::from_u128(7)),
        endpoint: crm(),
        event_type: EventType::AccountChanged,
        cause: AuditEvent::ProfileChanged,
        account_id: AccountId::from_uuid(uuid::Uuid::from_u128(8)),
        occurred_at: FakeClock::default().now(),
        account,
    }
}

fn john() -> Account {
    let address = EmailAddress::parse("john@acme.com").unwrap();
    Account::new(AccountId::from_uuid(uuid::Uuid::from_u128(8)), address, FakeClock::default().now())
}

/// A header of a request, and its body.
fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let prefix = format!("{name}: ");
    request.lines().find_map(|line| line.strip_prefix(&*prefix)).unwrap()
}

fn body(request: &str) -> Value {
    serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn a_message_has_the_events_id_in_each_attempt_and_a_signature_that_verifies() {
    let peer = Peer::answering(204).await;
    for _ in 0..2 {
        to(&peer).send(&event(Some(john()))).await.unwrap();
    }
    let requests = peer.requests();
    assert_eq!(requests.len(), 2);
    let secret: WebhookSecret = SECRET.parse().unwrap();
    for request in &requests {
        let (id, seconds) = (header(request, "webhook-id"), header(request, "webhook-timestamp"));
        assert_eq!(id, "00000000-0000-0000-0000-000000000007");
        let signed = secret.sign(id, seconds.parse().unwrap(), request.split_once("\r\n\r\n").unwrap().1);
        assert_eq!(header(request, "webhook-signature"), signed);
        assert_eq!(header(request, "content-type"), "application/json");
    }
}

#[tokio::test]
async fn a_message_has_the_account_as_administrators_see_it_and_its_version() {
    let peer = Peer::answering(200).await;
    to(&peer).send(&event(Some(john()))).await.unwrap();
    to(&peer).send(&event(None)).await.unwrap();
    let requests = peer.requests();
    let told = body(&requests[0]);
    assert_eq!(told["type"], "account.changed");
    assert_eq!(told["timestamp"], FakeClock::default().now().to_string());
    assert_eq!(told["data"]["cause"], "profile_changed");
    assert_eq!(told["data"]["account_id"], "00000000-0000-0000-0000-000000000008");
    let mut account = told["data"]["account"].clone();
    assert_eq!(account.as_object_mut().unwrap().remove("version"), Some(1.into()));
    assert_eq!(Some(account), crate::api::account::AccountBody::from(john()).to_json());
    assert!(body(&requests[1])["data"]["account"].is_null());
}

#[tokio::test]
async fn during_a_rotation_there_are_two_signatures() {
    let peer = Peer::answering(204).await;
    let rotating = webhooks(&format!("http://127.0.0.1:{}/", peer.port), Some(PREVIOUS));
    rotating.send(&event(None)).await.unwrap();
    let request = peer.requests().remove(0);
    let (id, seconds) = (header(&request, "webhook-id"), header(&request, "webhook-timestamp").parse().unwrap());
    let expected = [SECRET, PREVIOUS].map(|secret| {
        secret.parse::<WebhookSecret>().unwrap().sign(id, seconds, request.split_once("\r\n\r\n").unwrap().1)
    });
    assert_eq!(header(&request, "webhook-signature"), expected.join(" "));
}

#[tokio::test]
async fn the_status_decides_whether_an_answer_is_final_and_its_body_is_not_kept() {
    for (status, is_final) in [(301, false), (400, false), (404, false), (410, true), (429, false), (500, false)] {
        let peer = Peer::answering(status).await;
        let error = to(&peer).send(&event(None)).await.unwrap_err();
        assert_eq!(matches!(error, DeliveryError::Permanent(_)), is_final, "{status}");
        let source = std::error::Error::source(&error).unwrap();
        assert_eq!(source.to_string(), format!("it answered {status}"));
    }
}

#[tokio::test]
async fn forbidden_targets_and_unknown_endpoints_are_retried() {
    let mut webhooks = webhooks("http://127.0.0.1:1/", None);
    let target = Target::parse("https://localhost:1/", Reach::Public).unwrap();
    webhooks.endpoints.get_mut(&crm()).unwrap().target = target;
    let error = webhooks.send(&event(None)).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Transient(_)), "{error:?}");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the target is not allowed");
    webhooks.endpoints.clear();
    assert!(matches!(webhooks.send(&event(None)).await, Err(DeliveryError::Transient(_))));
}

#[tokio::test]
async fn a_test_message_is_signed_and_has_no_personal_data() {
    let peer = Peer::answering(500).await;
    let webhooks = to(&peer);
    let id = OutboxId::from_uuid(uuid::Uuid::from_u128(9));
    let answer = webhooks.test(&webhooks.endpoints[&crm()], id).await.unwrap();
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let request = peer.requests().remove(0);
    assert_eq!((&body(&request)["type"], &body(&request)["data"]), (&"webhook.test".into(), &serde_json::json!({})));
    assert!(header(&request, "webhook-signature").starts_with("v1,"));
}
