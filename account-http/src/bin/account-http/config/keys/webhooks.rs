//! The settings of webhooks.

use account_core::outbox::event::EndpointName;

use super::key::{Key, Kind};
use super::named::NamedSections;
use super::table::{flag, text};

/// The endpoints.
pub(super) static WEBHOOKS: NamedSections = NamedSections {
    section: "webhooks",
    example: "crm",
    keys: &OF_EACH,
    check_name: |name| EndpointName::parse(name).map(drop).map_err(|error| error.to_string()),
};

const SECRET: &str = "`whsec_` and base64 of 24 to 64 bytes";

const OF_EACH: [Key; 5] = [
    text(
        "url",
        Kind::Webhook,
        "none; required",
        "an `https://` URL without a user name or fragment; `http://` only into a private network, and only if \
         `allow_private_networks` is set",
        "Where events are sent, by POST.",
    ),
    text(
        "secret",
        Kind::Hidden,
        "none; required",
        SECRET,
        "The key that signs messages. The receiver has the same one.",
    ),
    text(
        "previous_secret",
        Kind::Hidden,
        "none",
        SECRET,
        "The old secret, while the receiver changes to the new one: messages then carry both signatures.",
    ),
    text(
        "types",
        Kind::List,
        "all",
        "`registration.completed`, `account.created`, `account.changed`, `account.deleted`",
        "The events to send.",
    ),
    flag("allow_private_networks", "false", "Whether the URL may point to this machine or a private network."),
];
