//! The providers with whose accounts people can register and sign in.

use std::sync::Arc;

use account_core::provider::{ClaimNames, IssuerRule, ProviderName, TrustRow};
use account_http::outbound::providers::{ClientSecret, ProviderClientSettings, SigningKey};
use account_http::outbound::{Reach, Target};
use zeroize::Zeroizing;

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::plain;

/// Maximum length of a name that people see, in characters.
const MAX_DISPLAY_NAME: usize = 40;
/// The provider whose clients sign their secrets, and which posts its answers.
const APPLE: &str = "apple";
/// What [`ClaimNames::set`] knows.
const CLAIMS: [&str; 11] = [
    "address",
    "verified",
    "login",
    "name",
    "given_name",
    "family_name",
    "picture",
    "profile",
    "language",
    "country",
    "time_zone",
];

/// A provider: a section `providers.<name>`.
#[derive(Debug)]
pub(crate) struct ConfiguredProvider {
    /// The client.
    pub(crate) client: ProviderClientSettings,
    /// What people call the provider.
    pub(crate) title: String,
    /// Whether an address that it has verified needs no email of ours.
    pub(crate) trusts_verified_email: bool,
}

/// Reads the sections, in the order of the file.
pub(crate) fn read(reader: &mut ConfigReader) -> Vec<ConfiguredProvider> {
    let names = reader.free_names_as_written("providers");
    let names: Vec<_> = names.iter().filter_map(|name| ProviderName::parse(name).ok()).collect();
    names.into_iter().filter_map(|name| read_provider(reader, name)).collect()
}

/// Returns `None` if something is missing, which is recorded.
fn read_provider(reader: &mut ConfigReader, name: ProviderName) -> Option<ConfiguredProvider> {
    let full = |key: &str| format!("providers.{name}.{key}");
    let row = TrustRow::of(name.as_str());
    let allows_private = reader.value(&full("allow_private_networks"), plain);
    let may_be_private = allows_private || !reader.is_sound(&full("allow_private_networks"));
    let reach = if may_be_private { Reach::Private } else { Reach::Public };
    let client_id = reader.optional(&full("client_id"), word);
    let issuer = reader.optional(&full("issuer"), |text| issuer(text, reach));
    let needs_issuer = row.issuer == IssuerRule::Configured;
    for (key, is_missing) in [("client_id", client_id.is_none()), ("issuer", needs_issuer && issuer.is_none())] {
        if is_missing {
            reader.object(&full(key), "required for this provider");
        }
    }
    let secret = read_secret(reader, &full, name.as_str() == APPLE);
    let form_post = reader.optional(&full("response_mode"), response_mode).unwrap_or(name.as_str() == APPLE);
    let known_title = if needs_issuer { name.as_str() } else { row.title };
    let title = reader.optional(&full("display_name"), display_name).unwrap_or_else(|| known_title.to_owned());
    let scopes = reader.list(&full("scopes"), scope);
    if !scopes.is_empty() && !scopes.iter().any(|scope| scope == "openid") {
        reader.object(&full("scopes"), "`openid` must be one of them");
    }
    let trusts_verified_email = reader.value(&full("trust_verified_email"), plain);
    let mut claims = ClaimNames::default();
    for value in CLAIMS {
        if let Some(claim) = reader.optional(&full(&format!("claims.{value}")), word) {
            claims.set(value, &claim);
        }
    }
    let (client_id, secret) = (client_id?, Arc::new(secret?));
    let client = ProviderClientSettings { issuer, client_id, secret, scopes, claims, form_post, reach, name };
    Some(ConfiguredProvider { client, title, trusts_verified_email })
}

/// A client knows a secret, or signs one each time.
fn read_secret(reader: &mut ConfigReader, full: &impl Fn(&str) -> String, must_sign: bool) -> Option<ClientSecret> {
    let secret = reader.optional(&full("client_secret"), word);
    // The ids follow; here only whether it is a key.
    let is_key = |pem: &str| match SigningKey::parse(pem, String::new(), String::new()) {
        Ok(_) => Ok(Zeroizing::new(pem.to_owned())),
        Err(error) => Err(Refusal::Because(error.to_string())),
    };
    let key = reader.optional(&full("private_key"), is_key);
    let [key_id, team_id] = ["key_id", "team_id"].map(|id| reader.optional(&full(id), word));
    let signs = must_sign || key.is_some() || key_id.is_some() || team_id.is_some();
    let needed = [
        ("client_secret", !signs, secret.is_some()),
        ("private_key", signs, key.is_some()),
        ("key_id", signs, key_id.is_some()),
        ("team_id", signs, team_id.is_some()),
    ];
    for (key, is_needed, is_set) in needed {
        if is_needed && !is_set {
            reader.object(&full(key), "required for this provider");
        } else if is_set && !is_needed {
            reader.object(&full(key), "not used, because the client signs its secrets: remove it");
        }
    }
    if signs {
        let key = SigningKey::parse(&key?, key_id?, team_id?).ok()?;
        Some(ClientSecret::Signed(Box::new(key)))
    } else {
        secret.map(|secret| ClientSecret::Shared(Zeroizing::new(secret)))
    }
}

/// A text without spaces and control characters.
fn word(text: &str) -> Parsed<String> {
    let is_visible = |c: char| !c.is_control() && !c.is_whitespace();
    if text.chars().all(is_visible) { Ok(text.to_owned()) } else { Err(Refusal::NotAllowed) }
}

/// A scope (RFC 6749, 3.3).
fn scope(text: &str) -> Parsed<String> {
    let is_allowed = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    let is_scope = !text.is_empty() && text.chars().all(is_allowed);
    if is_scope { Ok(text.to_owned()) } else { Err(Refusal::NotAllowed) }
}

/// Returns whether the answer is posted.
fn response_mode(text: &str) -> Parsed<bool> {
    match text {
        "query" => Ok(false),
        "form_post" => Ok(true),
        _ => Err(Refusal::NotAllowed),
    }
}

fn display_name(text: &str) -> Parsed<String> {
    let is_readable = !text.trim().is_empty() && !text.chars().any(char::is_control);
    let fits = text.chars().count() <= MAX_DISPLAY_NAME;
    if is_readable && fits { Ok(text.trim().to_owned()) } else { Err(Refusal::NotAllowed) }
}

/// An issuer has no query (OpenID Connect Discovery 1.0, 3).
fn issuer(text: &str, reach: Reach) -> Parsed<String> {
    Target::parse(text, reach).map_err(|error| Refusal::Because(error.to_string()))?;
    if text.contains('?') { Err(Refusal::NotAllowed) } else { Ok(text.to_owned()) }
}
