//! What a message says.

use account_core::outbox::event::Event;
use account_core::timestamp::Timestamp;
use poem_openapi::types::ToJSON;
use serde::Serialize;
use serde_json::Value;

use crate::api::account::AccountBody;

/// Type of a message that is about nobody.
const TEST: &str = "webhook.test";

/// A message, as the Standard Webhooks lay it out.
#[derive(Serialize)]
struct Message<D> {
    #[serde(rename = "type")]
    kind: &'static str,
    /// When it happened; the header says when it was sent.
    timestamp: String,
    data: D,
}

/// What is told of an account.
#[derive(Serialize)]
struct AccountData {
    account_id: String,
    /// What happened, in the words of the audit trail.
    cause: &'static str,
    /// The account as administrators see it, and its version. Null once it is gone.
    account: Option<Value>,
}

#[derive(Serialize)]
struct NoData {}

/// The message of an event.
pub(super) fn of(event: &Event) -> String {
    let account = event.account.clone().and_then(|account| {
        let version = account.version;
        let mut body = AccountBody::from(account).to_json()?;
        // Messages come in no promised order: the higher number is the later account.
        body.as_object_mut()?.insert("version".to_owned(), version.into());
        Some(body)
    });
    let data = AccountData { account_id: event.account_id.to_string(), cause: event.cause.name(), account };
    written(&Message { kind: event.event_type.name(), timestamp: event.occurred_at.to_string(), data })
}

/// A message that tries whether messages arrive.
pub(super) fn of_test(now: Timestamp) -> String {
    written(&Message { kind: TEST, timestamp: now.to_string(), data: NoData {} })
}

fn written<D: Serialize>(message: &Message<D>) -> String {
    // Texts, numbers and JSON can be written as JSON.
    serde_json::to_string(message).unwrap_or_default()
}
