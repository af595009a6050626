//! Where everything is kept.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::config::reader::{Noted, Reader};
use crate::config::values::{path, store_url};

/// Name of the master key's file beside an embedded database.
const MASTER_KEY: &str = "master.key";

/// Where everything is kept: section `store`.
pub(crate) struct Store {
    /// The database.
    pub(crate) url: String,
    /// The file of the master key.
    pub(crate) master_key_file: MasterKeyFile,
}

/// The file of the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MasterKeyFile {
    /// One that was named: it has to be there.
    Named(PathBuf),
    /// The one beside an embedded database: made when it is missing.
    BesideDatabase(PathBuf),
}

impl MasterKeyFile {
    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Named(path) | Self::BesideDatabase(path) => path,
        }
    }

    /// Whether it is missing, and may be made.
    pub(crate) fn is_to_be_made(&self) -> bool {
        match self {
            Self::Named(_) => false,
            Self::BesideDatabase(path) => !path.exists(),
        }
    }
}

impl Store {
    pub(crate) fn read(reader: &mut Reader) -> Result<Self, Noted> {
        let url = reader.value("store.url", store_url);
        let master_key_file = reader.optional("store.master_key_file", path);
        let url = url?;
        let master_key_file = match (master_key_file?, embedded_database(&url)) {
            (Some(path), _) => MasterKeyFile::Named(path),
            (None, Some(database)) => MasterKeyFile::BesideDatabase(database.with_file_name(MASTER_KEY)),
            (None, None) => {
                reader.object("store.master_key_file", "this must be given where the database is not an embedded one");
                return Err(Noted);
            }
        };
        Ok(Self { url, master_key_file })
    }

    /// The database's file, if it is an embedded one.
    pub(crate) fn database_file(&self) -> Option<PathBuf> {
        embedded_database(&self.url)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("master_key_file", &self.master_key_file).finish_non_exhaustive()
    }
}

/// The file that the URL of an embedded database names.
fn embedded_database(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite://")?;
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    Some(Path::new(&*percent_decode_str(path).decode_utf8_lossy()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_an_embedded_database_is_known() {
        for (url, path) in [
            ("sqlite://account-data/account.db", "account-data/account.db"),
            ("sqlite:///var/lib/account.db", "/var/lib/account.db"),
            ("sqlite:///var/lib/my%20account.db?cache=private", "/var/lib/my account.db"),
        ] {
            assert_eq!(embedded_database(url).as_deref(), Some(Path::new(path)), "{url}");
        }
        assert_eq!(embedded_database("postgres://localhost/account"), None);
    }
}
