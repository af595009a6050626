//! Registering and signing in with an account at a provider: the buttons, the way there and the way back.

pub(super) mod callback;
pub(super) mod start;

use std::time::Duration;

use account_core::one_time_token::SecretToken;
use account_core::provider::ProviderName;
use account_core::timestamp::Timestamp;
use poem::Response;
use serde::Serialize;
use url::form_urlencoded::{byte_serialize, parse};

use super::next;
use super::visit::Visit;
use crate::cookie::{FLOW, PROVIDER};
use crate::problem::Problem;

/// How long a browser keeps which provider was used last.
const REMEMBERED: Duration = Duration::from_hours(365 * 24);
/// Stands between the parts of a cookie. It occurs neither in base64url nor in what is encoded for a form.
const SEPARATOR: char = '~';

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

/// What a browser keeps while its person is at a provider.
pub(super) struct Flow {
    /// Shows that it is the browser that began.
    pub(super) browser: SecretToken,
    /// Where the person goes on after signing in; empty if nowhere in particular.
    pub(super) next: String,
}

impl Flow {
    fn parse(text: &str) -> Option<Self> {
        let (browser, next) = text.split_once(SEPARATOR).unwrap_or((text, ""));
        let next = parse(next.as_bytes()).next().map(|(next, _)| next.into_owned()).unwrap_or_default();
        Some(Self {
            browser: SecretToken::parse(browser)?,
            next: next::on_this_site(&next).unwrap_or_default().to_owned(),
        })
    }

    fn write(&self) -> String {
        let next: String = byte_serialize(self.next.as_bytes()).collect();
        format!("{}{SEPARATOR}{next}", *self.browser.expose())
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

/// Reads the cookie of a flow.
pub(super) fn flow_of(cookie: Option<&str>) -> Option<Flow> {
    cookie.and_then(Flow::parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_survives_its_cookie() {
        let browser = SecretToken::parse(&"A".repeat(43)).unwrap();
        for next in ["", "/a?b=c%2Fd&e=~f;", "/\"x\""] {
            let written = Flow { browser: browser.clone(), next: next.to_owned() }.write();
            assert!(written.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';' && byte != b'"'), "{written}");
            assert_eq!(Flow::parse(&written).unwrap().next, next);
        }
        assert_eq!(Flow::parse(&format!("{}~%2F%2Fevil.example", "A".repeat(43))).unwrap().next, "");
        assert_eq!(Flow::parse(&"A".repeat(43)).unwrap().next, "");
        assert!(Flow::parse("x~/a").is_none());
    }
}
