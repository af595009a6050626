//! Webhooks: sending events to other systems, according to Standard Webhooks (<https://www.standardwebhooks.com>).
//! `docs/webhooks.md` describes them for receivers.

mod message;
mod secret;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use account_core::id::OutboxId;
use account_core::outbox::event::{EndpointName, Event};
use account_core::ports::{Clock, DeliveryError, EventSender};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::Target;
use super::client::{Answer, ExchangeError, OutboundClient};

pub use secret::{WebhookSecret, WebhookSecretError};

const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// An endpoint for events, with the secrets for signing.
#[derive(Debug, Clone)]
pub struct WebhookEndpoint {
    /// The URL.
    pub target: Target,
    /// The secret.
    pub secret: WebhookSecret,
    /// The previous secret, while the receiver may still use it: messages then have two signatures.
    pub previous_secret: Option<WebhookSecret>,
}

/// Sends events as signed webhooks.
///
/// | what happens | verdict |
/// |---|---|
/// | 2xx | done |
/// | 410, or the request cannot be written down | permanent |
/// | any other answer, redirects too; no connection, no trust, no answer in time | transient |
/// | the URL's name leads where it must not | transient: nobody is called, and names lead elsewhere for a while |
///
/// Errors contain the status and nothing else from the receiver.
#[derive(Clone)]
pub struct Webhooks {
    client: OutboundClient,
    clock: Arc<dyn Clock>,
    endpoints: BTreeMap<EndpointName, WebhookEndpoint>,
}

/// Why an event was not accepted.
#[derive(Debug, thiserror::Error)]
enum NotTaken {
    #[error("the endpoint `{0}` is not configured in this process")]
    UnknownEndpoint(EndpointName),
    #[error("it answered {}", .0.as_u16())]
    Status(StatusCode),
}

impl Webhooks {
    /// Creates a sender for these endpoints.
    #[must_use]
    pub fn new(
        client: OutboundClient,
        clock: Arc<dyn Clock>,
        endpoints: BTreeMap<EndpointName, WebhookEndpoint>,
    ) -> Self {
        Self { client, clock, endpoints }
    }

    /// Sends a message of type `webhook.test` once, and returns the answer, whatever its status.
    ///
    /// # Errors
    /// [`ExchangeError`] if there was no answer.
    pub async fn test(&self, endpoint: &WebhookEndpoint, id: OutboxId) -> Result<Answer, ExchangeError> {
        self.post(endpoint, id, message::of_test(self.clock.now())).await
    }

    async fn post(&self, endpoint: &WebhookEndpoint, id: OutboxId, body: String) -> Result<Answer, ExchangeError> {
        let headers = endpoint.headers(id, self.clock.now(), &body);
        self.client.post(&endpoint.target, headers.map_err(ExchangeError::Unspeakable)?, body).await
    }
}

#[async_trait]
impl EventSender for Webhooks {
    async fn send(&self, event: &Event) -> Result<(), DeliveryError> {
        let Some(endpoint) = self.endpoints.get(&event.endpoint) else {
            return Err(DeliveryError::Transient(NotTaken::UnknownEndpoint(event.endpoint.clone()).into()));
        };
        match self.post(endpoint, event.id, message::of(event)).await {
            Ok(answer) if answer.status.is_success() => Ok(()),
            Ok(answer) if answer.status == StatusCode::GONE => {
                Err(DeliveryError::Permanent(NotTaken::Status(answer.status).into()))
            }
            Ok(answer) => Err(DeliveryError::Transient(NotTaken::Status(answer.status).into())),
            Err(error @ ExchangeError::Unspeakable(_)) => Err(DeliveryError::Permanent(error.into())),
            // A wrong or forged answer to the question for a name may be true again soon: it costs no event.
            Err(error) => Err(DeliveryError::Transient(error.into())),
        }
    }
}

impl WebhookEndpoint {
    /// The headers of a message that is sent at that time.
    fn headers(&self, id: OutboxId, now: Timestamp, body: &str) -> Result<HeaderMap, hyper::http::Error> {
        let (id, seconds) = (id.to_string(), now.unix_micros().div_euclid(1_000_000));
        let secrets = std::iter::once(&self.secret).chain(&self.previous_secret);
        let signatures: Vec<_> = secrets.map(|secret| secret.sign(&id, seconds, body)).collect();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [(ID, id), (TIMESTAMP, seconds.to_string()), (SIGNATURE, signatures.join(" "))] {
            headers.insert(name, HeaderValue::try_from(value)?);
        }
        Ok(headers)
    }
}
