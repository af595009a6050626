//! Where a store is.

use std::fmt;

/// Where the store is.
#[derive(Clone)]
pub struct StoreOptions {
    /// The database.
    ///
    /// `sqlite://PATH`, relative to the working directory or absolute (`sqlite:///PATH`): the file and its directory
    /// are made when they are missing, readable by their owner only. Or `postgres://USER:PASSWORD@HOST/DATABASE` or
    /// `mysql://USER:PASSWORD@HOST/DATABASE` (MySQL or MariaDB), percent-encoded: the database must be there. TLS is a
    /// matter of the parameters `sslmode` and `ssl-mode`: see `docs/databases.md`.
    pub url: String,
    /// Most connections to a server; at least 3. An embedded database has as many as it needs.
    pub max_connections: u32,
}

impl StoreOptions {
    /// The store of that URL, with [`DEFAULT_MAX_CONNECTIONS`].
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), max_connections: DEFAULT_MAX_CONNECTIONS }
    }
}

/// Most connections of a store unless told otherwise: five instances on a PostgreSQL as it comes.
pub const DEFAULT_MAX_CONNECTIONS: u32 = 20;

impl fmt::Debug for StoreOptions {
    /// Says which kind of database, because the URL of another kind may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.url.split_once(':').map_or("?", |(scheme, _)| scheme);
        write!(f, "StoreOptions({scheme}:..)")
    }
}
