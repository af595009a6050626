//! Registering and signing in with an account at a provider: the buttons, the way there and the way back.

pub(super) mod callback;
pub(super) mod start;

use std::time::Duration;

use account_core::provider::ProviderName;
use account_core::timestamp::Timestamp;
use poem::Response;
use serde::Serialize;

use super::provider_flow::Flow;
use super::visit::Visit;
use crate::cookie::{FLOW, PROVIDER};
use crate::problem::Problem;

/// How long a browser keeps which provider was used last.
const REMEMBERED: Duration = Duration::from_hours(365 * 24);

/// A provider that a page offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) title: String,
    /// Whether it was used in this browser before.
    pub(super) is_last: bool,
}

impl Offer {
    pub(super) fn sample() -> Self {
        Self { name: "google".to_owned(), title: "Google".to_owned(), is_last: true }
    }
}

impl Visit {
    /// The providers, in the operator's order.
    pub(super) fn offers(&self) -> Vec<Offer> {
        let order = &self.pages.provider_order;
        let mut offered = self.pages.service.offered_providers();
        let place = |name: &ProviderName| order.iter().position(|known| known == name).unwrap_or(usize::MAX);
        offered.sort_by_key(|provider| place(&provider.name));
        let offer = |(name, title): (ProviderName, String)| {
            let is_last = self.last_provider.as_ref() == Some(&name);
            Offer { name: name.to_string(), title, is_last }
        };
        offered.into_iter().map(|provider| offer((provider.name, provider.title))).collect()
    }

    /// The providers that people can register with.
    pub(super) async fn offers_for_registering(&self) -> Result<Vec<Offer>, Problem> {
        let offers = self.offers();
        // Without providers nothing is looked up.
        if offers.is_empty() || self.pages.service.offers_registration_with_providers().await? {
            Ok(offers)
        } else {
            Ok(Vec::new())
        }
    }

    /// What people call a provider.
    pub(super) fn title_of(&self, name: &ProviderName) -> Option<String> {
        let offered = self.pages.service.offered_providers();
        offered.into_iter().find(|provider| provider.name == *name).map(|provider| provider.title)
    }

    /// Has the browser keep what it needs to come back.
    fn keep_flow(&self, flow: &Flow, expires_at: Timestamp, response: &mut Response) {
        let lifetime = expires_at.since(self.pages.service.now());
        self.pages.cookies.set(response, FLOW, &flow.write(), Some(lifetime));
    }

    /// Has the browser keep which provider was used. Nothing else about the person is in that.
    fn keep_provider(&self, name: &ProviderName, response: &mut Response) {
        self.pages.cookies.set(response, PROVIDER, name.as_str(), Some(REMEMBERED));
    }
}
