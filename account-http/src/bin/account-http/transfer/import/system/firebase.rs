//! Firebase's password hashes, which need parameters of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::super::arranged::Arranged;
use super::super::columns;
use super::super::line::Object;
use crate::error::CommandError;

/// What an export has in place of a hash, if it was made by somebody who may not see hashes: `REDACTED` in Base64.
const REDACTED: &str = "UkVEQUNURUQ=";

/// A project's password hash parameters (firebase.google.com/docs/cli/auth, "Password hash parameters").
pub(in super::super) struct HashConfig {
    signer_key: String,
    salt_separator: String,
    rounds: String,
    mem_cost: String,
}

impl HashConfig {
    /// Reads a file with what the console shows: `hash_config { algorithm: SCRYPT, base64_signer_key: .., .. }`.
    ///
    /// # Errors
    /// If the file cannot be read, or lacks a parameter.
    pub(in super::super) fn read(file: &Path) -> Result<Self, CommandError> {
        let failed = |why: &str| CommandError::Transfer(format!("{}: {why}", file.display()));
        let text = fs::read_to_string(file).map_err(|error| failed(&error.to_string()))?;
        let entries: BTreeMap<&str, &str> =
            text.split(['{', '}', ',', '\n']).filter_map(|entry| entry.split_once(':')).map(trimmed).collect();
        let find = |name: &str| match entries.get(name).copied() {
            Some(value) if !value.is_empty() => Ok(value.to_owned()),
            _ => Err(failed(&format!("`{name}` is missing; copy all the password hash parameters of the project"))),
        };
        if find("algorithm")? != "SCRYPT" {
            return Err(failed("the algorithm must be SCRYPT, Firebase's own"));
        }
        Ok(Self {
            signer_key: find("base64_signer_key")?,
            salt_separator: find("base64_salt_separator")?,
            rounds: find("rounds")?,
            mem_cost: find("mem_cost")?,
        })
    }
}

/// Returns name and value without the spaces and quotes around them.
fn trimmed<'a>((name, value): (&'a str, &'a str)) -> (&'a str, &'a str) {
    let trim = |text: &'a str| text.trim_matches([' ', '\t', '\r', '"']);
    (trim(name), trim(value))
}

/// Adds the hash, in the format that Supabase gave it (`$fbscrypt$`).
pub(super) fn complete(theirs: &Object, config: Option<&HashConfig>, arranged: &mut Arranged) {
    let text = |key: &str| {
        let found = theirs.iter().find(|(name, _)| columns::key(name) == key).and_then(|(_, value)| value.as_str());
        // The API has the alphabet of URLs.
        found.filter(|text| !text.is_empty()).map(|text| text.replace('-', "+").replace('_', "/"))
    };
    let Some(hash) = text("passwordhash") else { return };
    if hash == REDACTED {
        arranged.hash_problem = Some("the export has no hashes: it was made without the permission to see them".into());
        return;
    }
    let Some(HashConfig { signer_key, salt_separator, rounds, mem_cost }) = config else {
        arranged.hash_problem = Some("the project's parameters are missing: name them with --hash-config".into());
        return;
    };
    let salt = text("salt").unwrap_or_default();
    let hash = format!("$fbscrypt$v=1,n={mem_cost},r={rounds},p=1,ss={salt_separator},sk={signer_key}${salt}${hash}");
    arranged.members.insert("password_hash".to_owned(), Value::String(hash));
}
