//! One setting, as the tables have it.

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// Name in the file, sections and all: `mail.smtp.url`.
    pub(crate) name: &'static str,
    /// Whether it may be missing, be several, or be a secret.
    pub(crate) kind: Kind,
    /// How one value is written.
    pub(crate) form: Form,
    /// What holds when it is not given; in words where that is no value.
    pub(crate) default: &'static str,
    /// What may be written.
    pub(crate) allowed: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
}

/// Whether a setting may be missing, be several, or be a secret.
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

/// How one value of a setting is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Any text, as far as it is allowed.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A number with a unit of time: `24h`.
    Duration,
    /// So many in a time: `30/h`.
    Rate,
}

impl Key {
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

/// The table is made once and lives as long as the process.
pub(super) fn kept(text: String) -> &'static str {
    text.leak()
}
