//! How a linked account is shown.

use account_core::provider::Identity;
use account_core::translation::Translator;
use serde::Serialize;

use super::super::providers::Offer;
use super::super::samples;

/// A linked account as its owner sees it.
#[derive(Serialize)]
pub(super) struct IdentityView {
    id: String,
    provider_name: String,
    /// What people call the provider.
    provider: String,
    /// What the owner knows the account there by.
    account: Option<String>,
    linked: String,
    last_used: String,
    /// Whether it can be used now.
    is_offered: bool,
}

impl IdentityView {
    /// An identity in the time of a zone. A provider that is no longer offered is called by its name.
    pub(super) fn of(words: &Translator, zone: Option<&str>, offers: &[Offer], identity: &Identity) -> Self {
        let name = identity.key.provider.as_str();
        let offer = offers.iter().find(|offer| offer.name == name);
        Self {
            id: identity.id.to_string(),
            provider_name: name.to_owned(),
            provider: offer.map_or(name, |offer| &offer.title).to_owned(),
            account: identity.account.label.clone(),
            linked: words.moment(identity.linked_at, zone),
            last_used: words.moment(identity.last_used_at, zone),
            is_offered: offer.is_some(),
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            id: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
            provider_name: "google".to_owned(),
            provider: "Google".to_owned(),
            account: Some(samples::address()),
            linked: samples::moment(),
            last_used: samples::moment(),
            is_offered: true,
        }
    }
}
