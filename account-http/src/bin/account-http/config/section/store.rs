//! Where data is stored.

use std::path::{Path, PathBuf};
use std::time::Duration;

use account_core::system::master_key_file::MasterKeyFile;
use account_store::SchemaName;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::config::reader::ConfigReader;
use crate::config::values::{duration, number, path, schema_name, store_url};

/// Name of the master key's file beside an embedded database.
const MASTER_KEY: &str = "master.key";

/// Where data is stored: section `store`.
pub(crate) struct Store {
    /// The database.
    pub(crate) url: String,
    /// How long a start waits for the database.
    pub(crate) wait: Duration,
    /// Maximum number of connections to a server.
    pub(crate) max_connections: u32,
    /// The schema of the tables, on PostgreSQL.
    pub(crate) schema: Option<SchemaName>,
    /// The file of the master key.
    pub(crate) master_key_file: MasterKeyFile,
}

impl Store {
    pub(crate) fn read(reader: &mut ConfigReader) -> Self {
        let url = reader.value("store.url", store_url);
        let wait = reader.value("store.wait", duration);
        let max_connections = reader.value("store.max_connections", number(3..=1_000));
        let master_key_file = reader.optional("store.master_key_file", path);
        let schema = reader.optional("store.schema", schema_name);
        if schema.is_some() && !url.starts_with("postgres") && reader.is_sound("store.url") {
            reader.object("store.schema", "only PostgreSQL has schemas");
        }
        let master_key_file = match (master_key_file, embedded_database(&url)) {
            (Some(path), _) => MasterKeyFile::Existing(path),
            (None, Some(database)) => MasterKeyFile::MadeWhenMissing(database.with_file_name(MASTER_KEY)),
            (None, None) => {
                reader.object("store.master_key_file", "required unless the database is embedded");
                MasterKeyFile::Existing(PathBuf::new())
            }
        };
        Self { url, wait, max_connections, schema, master_key_file }
    }

    /// Returns a description of the database without secrets: the file of an embedded one, otherwise its kind and host.
    pub(crate) fn place(&self) -> String {
        if let Some(file) = self.database_file() {
            return std::path::absolute(&file).unwrap_or(file).display().to_string();
        }
        let url = Url::parse(&self.url).ok();
        let host = url.as_ref().and_then(Url::host_str).filter(|host| !host.is_empty()).unwrap_or("this machine");
        let kind = if self.url.starts_with("postgres") { "PostgreSQL" } else { "MySQL or MariaDB" };
        format!("{kind} at {}", percent_decode_str(host).decode_utf8_lossy())
    }

    /// Returns whether passwords and data may cross a network to the database in plain text.
    pub(crate) fn may_be_plain(&self) -> bool {
        let Some(url) = Url::parse(&self.url).ok().filter(|_| self.database_file().is_none()) else { return false };
        let is_encrypted = url.query_pairs().any(|(key, value)| {
            let value = value.to_ascii_lowercase().replace('_', "-");
            matches!(&*key, "sslmode" | "ssl-mode")
                && matches!(&*value, "require" | "required" | "verify-ca" | "verify-full" | "verify-identity")
        });
        let is_local = url.host_str().is_none_or(|host| {
            let host = host.trim_matches(['[', ']']);
            matches!(host, "" | "localhost")
                || host.starts_with("%2F")
                || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        });
        !is_encrypted && !is_local
    }

    /// Returns the file of an embedded database.
    pub(crate) fn database_file(&self) -> Option<PathBuf> {
        embedded_database(&self.url)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("master_key_file", &self.master_key_file).finish_non_exhaustive()
    }
}

/// Returns the file that the URL of an embedded database names.
fn embedded_database(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite://")?;
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    Some(Path::new(&*percent_decode_str(path).decode_utf8_lossy()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_an_embedded_database_is_found() {
        for (url, path) in [
            ("sqlite://account-data/account.db", "account-data/account.db"),
            ("sqlite:///var/lib/account.db", "/var/lib/account.db"),
            ("sqlite:///var/lib/my%20account.db?cache=private", "/var/lib/my account.db"),
        ] {
            assert_eq!(embedded_database(url).as_deref(), Some(Path::new(path)), "{url}");
        }
        assert_eq!(embedded_database("postgres://localhost/account"), None);
    }

    fn store(url: &str) -> Store {
        let master_key_file = MasterKeyFile::Existing("key".into());
        Store { url: url.to_owned(), wait: Duration::ZERO, max_connections: 20, schema: None, master_key_file }
    }

    #[test]
    fn a_servers_description_contains_no_secret() {
        for (url, place) in [
            ("postgres://me:secret@db.example.org/account?password=secret", "PostgreSQL at db.example.org"),
            ("postgres:///account", "PostgreSQL at this machine"),
            ("postgres://me@%2Frun%2Fpostgresql/account", "PostgreSQL at /run/postgresql"),
            ("mysql://me:secret@10.0.0.1:3307/account", "MySQL or MariaDB at 10.0.0.1"),
        ] {
            assert_eq!(store(url).place(), place);
        }
    }

    #[test]
    fn a_remote_server_without_required_encryption_is_a_plain_text_risk() {
        for url in ["postgres://db/account", "postgres://db/a?sslmode=prefer", "mysql://10.0.0.1/a?ssl-mode=PREFERRED"]
        {
            assert!(store(url).may_be_plain(), "{url}");
        }
        for url in [
            "sqlite://account.db",
            "postgres://localhost/a",
            "postgres:///a",
            "postgres://[::1]/a",
            "postgres://me@%2Frun%2Fpostgresql/a",
            "postgres://db/a?sslmode=verify-full",
            "mysql://db/a?ssl-mode=VERIFY_IDENTITY",
            "mysql://127.0.0.1/a",
        ] {
            assert!(!store(url).may_be_plain(), "{url}");
        }
    }
}
