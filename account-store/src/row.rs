//! Reading columns. Every conversion can fail, and the error says where.

use std::fmt::{Display, Write};
use std::net::IpAddr;

use account_core::email_address::EmailAddress;
use account_core::one_time_token::TokenDigest;
use account_core::password::{PassedPolicy, PasswordHash};
use account_core::ports::StoreError;
use account_core::profile::Profile;
use account_core::timestamp::Timestamp;

use crate::error::DamagedRow;

/// A row being read, by table and id.
pub(crate) struct Row {
    table: &'static str,
    id: String,
}

impl Row {
    pub(crate) fn new(table: &'static str, id: impl Display) -> Self {
        Self { table, id: id.to_string() }
    }

    /// A row whose key is a digest. It is named by the start of the digest, which is enough to find it.
    pub(crate) fn with_digest(table: &'static str, digest: &[u8]) -> Self {
        let mut id = String::new();
        for byte in digest.iter().take(8) {
            // Writing to a string cannot fail.
            let _ = write!(id, "{byte:02x}");
        }
        Self { table, id }
    }

    /// Returns the error for a damaged column.
    pub(crate) fn damaged(&self, column: &'static str) -> StoreError {
        StoreError::permanent(DamagedRow { table: self.table, row: self.id.clone(), column })
    }

    /// Returns the value, or the error for a damaged column.
    pub(crate) fn read<T>(&self, column: &'static str, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.damaged(column))
    }

    pub(crate) fn digest(&self, column: &'static str, bytes: &[u8]) -> Result<TokenDigest, StoreError> {
        self.read(column, bytes.try_into().ok().map(TokenDigest::from_bytes))
    }

    /// Reads a hash, and the policy that its password passed.
    pub(crate) fn password_hash(
        &self,
        hash: Option<String>,
        passed: Option<&str>,
    ) -> Result<Option<PasswordHash>, StoreError> {
        let passed = passed.map(|name| self.read("passed_policy", PassedPolicy::by_name(name))).transpose()?;
        Ok(hash.map(|hash| PasswordHash::from_phc(hash).with_passed(passed)))
    }

    pub(crate) fn count(&self, column: &'static str, count: i64) -> Result<u32, StoreError> {
        self.read(column, u32::try_from(count).ok())
    }

    /// Reads an address. Its stored key, which look-ups use, must match.
    pub(crate) fn address(&self, spelling: &str, key: Option<&str>) -> Result<EmailAddress, StoreError> {
        let address = self.read("address", EmailAddress::parse(spelling).ok())?;
        if key.is_none_or(|key| key == address.key().as_str()) { Ok(address) } else { Err(self.damaged("email_key")) }
    }

    /// Reads an address without a stored key.
    pub(crate) fn other_address(&self, column: &'static str, spelling: &str) -> Result<EmailAddress, StoreError> {
        self.read(column, EmailAddress::parse(spelling).ok())
    }

    pub(crate) fn client_address(&self, text: Option<&str>) -> Result<Option<IpAddr>, StoreError> {
        text.map(|text| self.read("client_address", text.parse().ok())).transpose()
    }

    /// Reads a list of texts that is stored as JSON.
    pub(crate) fn texts(&self, column: &'static str, document: &str) -> Result<Vec<String>, StoreError> {
        // A shortcut: most lists are empty, and accounts are read with every request.
        if document == "[]" { Ok(Vec::new()) } else { self.read(column, serde_json::from_str(document).ok()) }
    }

    pub(crate) fn profile(&self, document: &str) -> Result<Profile, StoreError> {
        self.read("profile", serde_json::from_str(document).ok())
    }
}

/// Returns the stored forms of a hash and of the policy that its password passed.
pub(crate) fn hash_columns(hash: Option<&PasswordHash>) -> (Option<String>, Option<String>) {
    let passed = hash.and_then(PasswordHash::passed);
    (hash.map(|hash| hash.as_phc().to_owned()), passed.map(|passed| passed.name().to_owned()))
}

/// Returns the stored form of a list of texts.
pub(crate) fn texts_document(texts: &[impl AsRef<str>]) -> String {
    texts.iter().map(AsRef::as_ref).collect::<serde_json::Value>().to_string()
}

/// Returns the stored form of a profile.
pub(crate) fn profile_document(profile: &Profile) -> Result<String, StoreError> {
    serde_json::to_string(profile).map_err(StoreError::permanent)
}

/// Returns the stored form of a time.
pub(crate) const fn micros(moment: Timestamp) -> i64 {
    moment.unix_micros()
}
