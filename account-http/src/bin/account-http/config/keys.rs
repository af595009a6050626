//! Every setting: its name, its default, its allowed values. Reading, checking, `config example` and the documentation
//! all use this table.

mod dialects;
mod key;
mod limits;
mod named;
mod providers;
mod table;
mod webhooks;

use std::sync::LazyLock;

use account_http::most_similar;

pub(crate) use key::{BY_FILE, Form, Key, Kind, PREFIX};
pub(crate) use named::NamedSections;

/// The sections that the operator names.
pub(crate) static NAMED: [&NamedSections; 2] = [&providers::PROVIDERS, &webhooks::WEBHOOKS];

/// Every setting, in the order in which they are shown, except those in sections that the operator names.
pub(crate) static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    // The limits go where the table has the settings that belong to them.
    let first = table::TABLE.iter().position(|key| key.name.starts_with("limits.")).unwrap_or_default();
    let (before, after) = table::TABLE.split_at(first);
    before.iter().copied().chain(limits::keys()).chain(after.iter().copied()).chain(dialects::keys()).collect()
});

/// Returns the setting of that name.
pub(crate) fn by_name(name: &str) -> Option<Key> {
    KEYS.iter().find(|key| key.name == name).copied().or_else(|| NAMED.iter().find_map(|named| named.by_name(name)))
}

/// Returns the environment variable of a name: `ACCOUNT_MAIL__SMTP__URL` for `mail.smtp.url`.
pub(crate) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase().replace('.', "__").replace('-', "_"))
}

/// Returns whether the file can contain a setting of that name.
pub(crate) fn is_known(name: &str) -> bool {
    KEYS.iter().flat_map(Key::names).any(|known| known == name) || NAMED.iter().any(|named| named.knows(name))
}

/// Returns the name in a section that the operator named for which a variable stands.
pub(crate) fn named_of_variable(variable: &str) -> Option<String> {
    NAMED.iter().find_map(|named| named.of_variable(variable))
}

/// Returns what is wrong with the operator's part of a name.
pub(crate) fn misnamed(name: &str) -> Option<String> {
    NAMED.iter().find_map(|named| named.misnamed(name))
}

/// Returns the known name that is most similar to a wrong one.
pub(crate) fn nearest(name: &str) -> String {
    let known = KEYS.iter().flat_map(Key::names).chain(NAMED.iter().flat_map(|named| named.likely(name)));
    most_similar(name, known).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_the_upper_case_names() {
        assert_eq!(variable("mail.smtp.url"), "ACCOUNT_MAIL__SMTP__URL");
        assert_eq!(variable("dialects.mikrocloud.enabled"), "ACCOUNT_DIALECTS__MIKROCLOUD__ENABLED");
        assert_eq!(variable("providers.my-id.claims.address"), "ACCOUNT_PROVIDERS__MY_ID__CLAIMS__ADDRESS");
        let claim = named_of_variable("ACCOUNT_PROVIDERS__MY_ID__CLAIMS__ADDRESS");
        assert_eq!(claim.as_deref(), Some("providers.my-id.claims.address"));
        assert_eq!(variable("webhooks.my-crm.url"), "ACCOUNT_WEBHOOKS__MY_CRM__URL");
        assert_eq!(named_of_variable("ACCOUNT_WEBHOOKS__MY_CRM__URL").as_deref(), Some("webhooks.my-crm.url"));
        assert_eq!(named_of_variable("ACCOUNT_WEBHOOKS__MY_CRM__URLL"), None);
    }

    #[test]
    fn the_nearest_name_is_found_despite_typos_and_wrong_sections() {
        for (wrong, right) in [
            ("http.bindd", "http.bind"),
            ("http.publicurl", "http.public_url"),
            ("mail.smtp.url_fil", "mail.smtp.url_file"),
            ("store.master_key", "store.master_key_file"),
            ("smtp.url", "mail.smtp.url"),
            ("bind", "http.bind"),
            ("registration.verification_tt", "registration.verification_ttl"),
            ("dialects.mikrokloud.enabled", "dialects.mikrocloud.enabled"),
            ("webhooks.crm.urll", "webhooks.crm.url"),
            ("webhook.billing.secret", "webhooks.billing.secret"),
            ("webhooks.secret_file", "webhooks.crm.secret_file"),
            ("providers.github.client_ids", "providers.github.client_id"),
            ("providers.my-id.claims.adress", "providers.my-id.claims.address"),
            ("provider.google.client_secret_fil", "providers.google.client_secret_file"),
        ] {
            assert_eq!(nearest(wrong), right, "{wrong}");
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = KEYS.iter().flat_map(Key::names).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
