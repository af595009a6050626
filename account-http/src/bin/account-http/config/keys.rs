//! Every setting: its name, its default, what is allowed. Reading, checking, `config example` and the
//! documentation come from this one table.

mod dialects;
mod table;
pub(crate) mod webhooks;

use std::sync::LazyLock;

/// Every setting, in the order in which they are shown, but for those of webhooks: their names are the operator's.
pub(crate) static KEYS: LazyLock<Vec<Key>> =
    LazyLock::new(|| table::TABLE.iter().copied().chain(dialects::keys()).collect());

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// Name in the file, sections and all: `mail.smtp.url`.
    pub(crate) name: &'static str,
    /// How it is written.
    pub(crate) kind: Kind,
    /// What holds when it is not given; in words where that is no value.
    pub(crate) default: &'static str,
    /// What may be written.
    pub(crate) allowed: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
}

/// How a setting is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One value; the default is one.
    Value,
    /// One value or none; the default is in words.
    Optional,
    /// A list.
    List,
    /// One value that may hold a password: also read from the file that `<key>_file` names, and not shown.
    Secret,
    /// A secret that may be missing.
    OptionalSecret,
    /// A secret that may be missing and of which nothing is ever shown.
    Hidden,
    /// The URL of a webhook, which may be missing. Its path may be a secret: scheme, host and port are shown.
    Webhook,
}

impl Key {
    /// The setting of that name.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        KEYS.iter().find(|key| key.name == name).copied().or_else(|| webhooks::by_name(name))
    }

    /// Whether it is read from a file on request, and not shown.
    pub(crate) const fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret | Kind::OptionalSecret | Kind::Hidden | Kind::Webhook)
    }

    /// Every name that can be written in the file for it.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> + use<> {
        let by_file = self.is_secret().then(|| format!("{}{BY_FILE}", self.name));
        std::iter::once(self.name.to_owned()).chain(by_file)
    }

    /// Whether the default is a value, and not words.
    pub(crate) const fn has_default_value(&self) -> bool {
        matches!(self.kind, Kind::Value | Kind::Secret)
    }
}

/// What follows the name of a secret that is in a file.
pub(crate) const BY_FILE: &str = "_file";

/// What precedes every environment variable of ours.
pub(crate) const PREFIX: &str = "ACCOUNT_";

/// The environment variable of a name: `ACCOUNT_MAIL__SMTP__URL` for `mail.smtp.url`.
pub(crate) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase().replace('.', "__").replace('-', "_"))
}

/// Whether a setting can be written by that name in the file.
pub(crate) fn is_known(name: &str) -> bool {
    KEYS.iter().flat_map(Key::names).any(|known| known == name) || webhooks::is_known(name)
}

/// The known name that looks most like a wrong one.
pub(crate) fn nearest(name: &str) -> String {
    let likeness = |known: &str| {
        // Often just the section is wrong or missing.
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let whole = strsim::normalized_damerau_levenshtein(name, known);
        // Where only the last parts are alike, and alike in several, the whole decides.
        (whole.max(0.8 * strsim::normalized_damerau_levenshtein(&last(name), &last(known))), whole)
    };
    let known = KEYS.iter().flat_map(Key::names).chain(webhooks::likely(name));
    let known = known.map(|known| (likeness(&known), known));
    let nearest = known.max_by(|((a, a_whole), _), ((b, b_whole), _)| a.total_cmp(b).then(a_whole.total_cmp(b_whole)));
    nearest.map(|(_, known)| known).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_the_names_in_capitals() {
        assert_eq!(variable("mail.smtp.url"), "ACCOUNT_MAIL__SMTP__URL");
        assert_eq!(variable("dialects.mikrocloud.enabled"), "ACCOUNT_DIALECTS__MIKROCLOUD__ENABLED");
        assert_eq!(variable("webhooks.my-crm.url"), "ACCOUNT_WEBHOOKS__MY_CRM__URL");
        assert_eq!(webhooks::of_variable("ACCOUNT_WEBHOOKS__MY_CRM__URL").as_deref(), Some("webhooks.my-crm.url"));
        assert_eq!(webhooks::of_variable("ACCOUNT_WEBHOOKS__MY_CRM__URLL"), None);
    }

    #[test]
    fn the_nearest_name_is_found_over_typing_errors_and_wrong_sections() {
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
        ] {
            assert_eq!(nearest(wrong), right, "{wrong}");
        }
    }

    #[test]
    fn no_name_is_there_twice() {
        let mut names: Vec<_> = KEYS.iter().flat_map(Key::names).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
