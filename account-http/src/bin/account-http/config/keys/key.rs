//! One setting, as the tables declare it.

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// Name in the file, sections and all: `mail.smtp.url`.
    pub(crate) name: &'static str,
    /// Whether it is optional, a list or a secret.
    pub(crate) kind: Kind,
    /// How a value is written.
    pub(crate) form: Form,
    /// The default; in words if it is not a fixed value.
    pub(crate) default: &'static str,
    /// The allowed values.
    pub(crate) allowed: &'static str,
    /// What it does.
    pub(crate) about: &'static str,
}

/// Whether a setting is optional, a list or a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One value. The default is a value.
    Value,
    /// One value or none. The default is in words.
    Optional,
    /// A list.
    List,
    /// One value that can contain a password: it can also be read from the file that `<key>_file` names, and is not
    /// shown.
    Secret,
    /// A secret that can be missing.
    OptionalSecret,
    /// A secret that can be missing. Nothing of it is ever shown.
    Hidden,
    /// The URL of a webhook, which can be missing. Its path can be a secret, so only scheme, host and port are shown.
    Webhook,
}

/// How a value of a setting is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Any text that is allowed.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A number with a unit of time: `24h`.
    Duration,
    /// A count per time: `30/h`.
    Rate,
}

impl Key {
    /// Whether it can be read from a file, and is not shown.
    pub(crate) const fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret | Kind::OptionalSecret | Kind::Hidden | Kind::Webhook)
    }

    /// Returns every name under which it can be written in the file.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> + use<> {
        let by_file = self.is_secret().then(|| format!("{}{BY_FILE}", self.name));
        std::iter::once(self.name.to_owned()).chain(by_file)
    }

    /// Whether the default is a value rather than words.
    pub(crate) const fn has_default_value(&self) -> bool {
        matches!(self.kind, Kind::Value | Kind::Secret)
    }
}

/// The suffix of the name under which the file of a secret is set.
pub(crate) const BY_FILE: &str = "_file";

/// The prefix of all our environment variables.
pub(crate) const PREFIX: &str = "ACCOUNT_";

/// Leaked, because the table is created once and lives as long as the process.
pub(super) fn kept(text: String) -> &'static str {
    text.leak()
}
