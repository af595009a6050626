//! Where events are sent.

use std::collections::BTreeMap;

use account_core::outbox::event::{EndpointName, EventType, Subscription};
use account_http::outbound::webhooks::{WebhookEndpoint, WebhookSecret};
use account_http::outbound::{Reach, Target};

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::plain;

/// Where events are sent: sections `webhooks.<name>`.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// The endpoints.
    pub(crate) endpoints: BTreeMap<EndpointName, WebhookEndpoint>,
    /// The event types that each endpoint gets.
    pub(crate) subscriptions: Vec<Subscription>,
}

impl Webhooks {
    pub(crate) fn read(reader: &mut ConfigReader) -> Self {
        let names: Vec<_> = reader.free_names("webhooks").iter().filter_map(|name| name.parse().ok()).collect();
        let read = names.into_iter().filter_map(|name| read_endpoint(reader, name));
        let (subscriptions, endpoints) = read.map(|(to, it)| (to.clone(), (to.endpoint, it))).unzip();
        Self { endpoints, subscriptions }
    }
}

/// Returns `None` if something is missing, which is recorded.
fn read_endpoint(reader: &mut ConfigReader, name: EndpointName) -> Option<(Subscription, WebhookEndpoint)> {
    let full = |key: &str| format!("webhooks.{name}.{key}");
    let allows_private = reader.value(&full("allow_private_networks"), plain);
    let may_be_private = allows_private || !reader.is_sound(&full("allow_private_networks"));
    let reach = if may_be_private { Reach::Private } else { Reach::Public };
    let target = reader.optional(&full("url"), |text| target(text, reach));
    let secret = reader.optional(&full("secret"), plain::<WebhookSecret>);
    for (key, is_missing) in [("url", target.is_none()), ("secret", secret.is_none())] {
        if is_missing {
            reader.object(&full(key), "required for each endpoint");
        }
    }
    let previous_secret = reader.optional(&full("previous_secret"), plain);
    let types = reader.list(&full("types"), event_type);
    let types = if types.is_empty() { EventType::ALL.to_vec() } else { types };
    let endpoint = WebhookEndpoint { target: target?, secret: secret?, previous_secret };
    Some((Subscription { endpoint: name, types }, endpoint))
}

fn target(text: &str, reach: Reach) -> Parsed<Target> {
    Target::parse(text, reach).map_err(|error| Refusal::Because(error.to_string()))
}

fn event_type(text: &str) -> Parsed<EventType> {
    EventType::by_name(text).ok_or(Refusal::NotAllowed)
}
