//! The settings of webhooks: the same for every endpoint, each under a name that the operator chooses.

use account_core::outbox::event::EndpointName;

use super::key::{BY_FILE, Key, Kind, PREFIX};
use super::table::{flag, text};

/// The section that contains the endpoints.
const SECTION: &str = "webhooks";
/// The endpoint's name in examples.
const EXAMPLE: &str = "crm";

const SECRET: &str = "`whsec_` and base64 of 24 to 64 bytes";

/// The settings of an endpoint, by their names under the endpoint's.
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

/// Returns the settings of an endpoint, by their names under the endpoint's.
pub(crate) fn of_each() -> impl Iterator<Item = &'static Key> {
    OF_EACH.iter()
}

/// Returns the section of an endpoint for the example file.
pub(crate) fn example() -> String {
    format!("{SECTION}.{EXAMPLE}")
}

/// Returns the setting of that full name: `webhooks.crm.url`.
pub(super) fn by_name(name: &str) -> Option<Key> {
    let (_, rest) = split(name)?;
    let key = OF_EACH.iter().find(|key| key.name == rest)?;
    // Leaked, because settings are read once and used as long as the process lives.
    Some(Key { name: name.to_owned().leak(), ..*key })
}

/// Returns whether the file can contain that name, including the `_file` form of a secret.
pub(super) fn is_known(name: &str) -> bool {
    split(name).is_some_and(|(endpoint, _)| names_of(endpoint.as_str()).any(|known| known == name))
}

/// Returns the name that a variable stands for: `ACCOUNT_WEBHOOKS__MY_CRM__URL` is `webhooks.my-crm.url`. Shells cannot
/// set variables with hyphens, and names of endpoints have no underscores.
pub(crate) fn of_variable(variable: &str) -> Option<String> {
    let rest = variable.strip_prefix(PREFIX)?.to_lowercase();
    let (section, rest) = rest.split_once("__")?;
    let (endpoint, key) = rest.split_once("__")?;
    let name = format!("{section}.{}.{key}", endpoint.replace('_', "-"));
    is_known(&name).then_some(name)
}

/// Returns every name that a wrong one may have been meant for.
pub(super) fn likely(wrong: &str) -> impl Iterator<Item = String> {
    let middle = wrong.split('.').nth(1).filter(|_| wrong.split('.').count() == 3);
    names_of(middle.and_then(|name| EndpointName::parse(name).ok()).as_ref().map_or(EXAMPLE, EndpointName::as_str))
}

/// Returns what is wrong with the endpoint's name in a name; `None` if nothing is, or if the name is of another
/// section.
pub(crate) fn misnamed(name: &str) -> Option<String> {
    let (endpoint, _) = name.strip_prefix(SECTION)?.strip_prefix('.')?.split_once('.')?;
    EndpointName::parse(endpoint).err().map(|error| error.to_string())
}

fn split(name: &str) -> Option<(EndpointName, &str)> {
    let (endpoint, rest) = name.strip_prefix(SECTION)?.strip_prefix('.')?.split_once('.')?;
    Some((EndpointName::parse(endpoint).ok()?, rest))
}

fn names_of(endpoint: &str) -> impl Iterator<Item = String> + use<> {
    let prefix = format!("{SECTION}.{endpoint}.");
    OF_EACH.iter().flat_map(move |key| {
        let by_file = key.is_secret().then(|| format!("{prefix}{}{BY_FILE}", key.name));
        std::iter::once(format!("{prefix}{}", key.name)).chain(by_file)
    })
}
