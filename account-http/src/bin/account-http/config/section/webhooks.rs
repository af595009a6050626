//! Whom events are told.

use std::collections::BTreeMap;

use account_core::outbox::event::{EndpointName, EventType, Subscription};
use account_http::outbound::webhooks::{WebhookEndpoint, WebhookSecret};
use account_http::outbound::{Reach, Target};

use crate::config::reader::{ConfigReader, Noted, Parsed, Refusal};
use crate::config::values::plain;

/// Whom events are told: sections `webhooks.<name>`.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// The endpoints.
    pub(crate) endpoints: BTreeMap<EndpointName, WebhookEndpoint>,
    /// What each is told.
    pub(crate) subscriptions: Vec<Subscription>,
}

impl Webhooks {
    pub(crate) fn read(reader: &mut ConfigReader) -> Result<Self, Noted> {
        let names: Vec<_> = reader.free_names("webhooks").iter().filter_map(|name| name.parse().ok()).collect();
        // All of them, before the first that is wrong ends it.
        let read: Vec<_> = names.into_iter().map(|name| read_endpoint(reader, name)).collect();
        let read = read.into_iter().collect::<Result<Vec<_>, _>>()?;
        let (subscriptions, endpoints) = read.into_iter().map(|(to, it)| (to.clone(), (to.endpoint, it))).unzip();
        Ok(Self { endpoints, subscriptions })
    }
}

fn read_endpoint(reader: &mut ConfigReader, name: EndpointName) -> Result<(Subscription, WebhookEndpoint), Noted> {
    let full = |key: &str| format!("webhooks.{name}.{key}");
    let allows_private = reader.value(&full("allow_private_networks"), plain);
    let reach = if allows_private == Ok(false) { Reach::Public } else { Reach::Private };
    let target = reader.optional(&full("url"), |text| target(text, reach));
    let target = needed(reader, &full("url"), target);
    let secret = reader.optional(&full("secret"), plain::<WebhookSecret>);
    let secret = needed(reader, &full("secret"), secret);
    let previous_secret = reader.optional(&full("previous_secret"), plain);
    let types = reader.list(&full("types"), event_type);
    allows_private?;
    let endpoint = WebhookEndpoint { target: target?, secret: secret?, previous_secret: previous_secret? };
    let types = match types? {
        none if none.is_empty() => EventType::ALL.to_vec(),
        some => some,
    };
    Ok((Subscription { endpoint: name, types }, endpoint))
}

/// Notes that a setting is missing.
fn needed<T>(reader: &mut ConfigReader, name: &str, value: Result<Option<T>, Noted>) -> Result<T, Noted> {
    value?.ok_or_else(|| {
        reader.object(name, "required for each endpoint");
        Noted
    })
}

fn target(text: &str, reach: Reach) -> Parsed<Target> {
    Target::parse(text, reach).map_err(|error| Refusal::Because(error.to_string()))
}

fn event_type(text: &str) -> Parsed<EventType> {
    EventType::by_name(text).ok_or(Refusal::NotAllowed)
}
