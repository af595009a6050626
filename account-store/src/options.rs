//! Options for opening a store.

use std::fmt;
use std::str::FromStr;

/// The location of a store, and its limits.
#[derive(Clone)]
pub struct StoreOptions {
    /// The URL of the database.
    ///
    /// `sqlite://PATH`, relative to the working directory or absolute (`sqlite:///PATH`): the file and its directory
    /// are created if they do not exist, readable by their owner only. Or `postgres://USER:PASSWORD@HOST/DATABASE` or
    /// `mysql://USER:PASSWORD@HOST/DATABASE` (MySQL or MariaDB), percent-encoded: the database must exist. The
    /// parameters `sslmode` and `ssl-mode` control TLS: see `docs/databases.md`.
    pub url: String,
    /// Maximum number of connections to a server; at least 3. An embedded database ignores it.
    pub max_connections: u32,
    /// The schema of the tables, on PostgreSQL. Default: the first on the connection's search path, usually `public`.
    pub schema: Option<SchemaName>,
}

impl StoreOptions {
    /// Creates options for this URL, with [`DEFAULT_MAX_CONNECTIONS`].
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), max_connections: DEFAULT_MAX_CONNECTIONS, schema: None }
    }
}

/// The default maximum number of connections: enough for five instances on a PostgreSQL with default settings.
pub const DEFAULT_MAX_CONNECTIONS: u32 = 20;

impl fmt::Debug for StoreOptions {
    /// Shows only the kind of database, because the URL may contain a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.url.split_once(':').map_or("?", |(scheme, _)| scheme);
        write!(f, "StoreOptions({scheme}:..)")
    }
}

/// The name of a PostgreSQL schema: lower-case letters, digits and underscores, at most 63, and not one of the server's
/// own (`pg_..`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaName(String);

impl SchemaName {
    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is not a valid schema name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a schema's name is 1 to 63 lower-case letters, digits and underscores, and does not begin with a digit or `pg_`"
)]
pub struct SchemaNameError;

impl FromStr for SchemaName {
    type Err = SchemaNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Any other name would have to be quoted, and mean another schema where somebody forgets to.
        let is_name = (1..=63).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            && !text.starts_with(|first: char| first.is_ascii_digit())
            && !text.starts_with("pg_");
        if is_name { Ok(Self(text.to_owned())) } else { Err(SchemaNameError) }
    }
}

impl fmt::Display for SchemaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_schemas_need_no_quotes() {
        for name in ["accounts", "_a1", &"a".repeat(63)] {
            assert_eq!(name.parse::<SchemaName>().map(|name| name.to_string()), Ok(name.to_owned()));
        }
        for name in ["", "Accounts", "a-b", "a b", "1a", "pg_x", "a\"; DROP", "\u{E4}", &"a".repeat(64)] {
            assert_eq!(name.parse::<SchemaName>(), Err(SchemaNameError), "{name}");
        }
    }
}
