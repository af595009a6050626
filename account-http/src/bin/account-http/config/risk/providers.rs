//! The risks of providers.

use std::borrow::Cow;

use account_http::outbound::Reach;

use crate::config::section::providers::ConfiguredProvider;
use crate::config::settled::Config;

/// What the settings of providers bring: a setting and what can happen.
pub(super) fn providers(config: &Config) -> Vec<(&'static str, Cow<'static, str>)> {
    config.providers.iter().flat_map(|provider| of_provider(config, provider)).collect()
}

fn of_provider(config: &Config, provider: &ConfiguredProvider) -> Vec<(&'static str, Cow<'static, str>)> {
    let name = |key: &str| {
        let full = format!("providers.{}.{key}", provider.client.name);
        config.effective.iter().find(|effective| effective.key.name == full).map_or("", |found| found.key.name)
    };
    let mut found = Vec::new();
    if provider.trusts_verified_email {
        let title = &provider.title;
        let message = format!(
            "people with an account at {title} get accounts here without an email of ours: who can have an address \
             verified there owns it here."
        );
        found.push((name("trust_verified_email"), message.into()));
    }
    if provider.client.reach == Reach::Private {
        let message = "anyone who controls the DNS names of the provider can make this service send requests to any \
                       machine in your networks.";
        found.push((name("allow_private_networks"), message.into()));
    }
    found
}
