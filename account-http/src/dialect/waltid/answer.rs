//! Accounts as the dialect shows them.

use std::collections::BTreeMap;

use account_core::account::{Account, Role};
use poem_openapi::{Enum, Object};
use serde::Serialize;
use uuid::Uuid;

/// Where a role applies: in the whole service.
const SERVICE: &str = "service";

/// An account.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "Account", rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountBody {
    /// Id of the account; before its address is verified, the id of the registration, which becomes the id of the
    /// account.
    #[oai(rename = "_id")]
    #[serde(rename = "_id")]
    id: String,
    /// The kind of account.
    #[oai(rename = "type")]
    #[serde(rename = "type")]
    kind: AccountType,
    /// User's personal information.
    profile: Profile,
    /// User's system preferences.
    account_preferences: Preferences,
    /// Always empty.
    flags: Vec<String>,
    /// Roles by where they hold: `{"service":["admin"]}`, `{"service":["super_admin"]}`, or nothing.
    roles: BTreeMap<String, Vec<String>>,
}

/// The kind of account.
#[derive(Debug, Clone, Copy, Enum, Serialize)]
#[oai(rename = "AccountType", rename_all = "UPPERCASE")]
#[serde(rename_all = "UPPERCASE")]
enum AccountType {
    /// A person's account.
    User,
}

/// User's personal information.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "AccountProfile", rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    /// Full name of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// User's email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    /// Two-letter country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address_country: Option<String>,
    /// Full postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<String>,
}

/// User's system preferences.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "AccountPreferences", rename_all = "camelCase", skip_serializing_if_is_none)]
#[serde(rename_all = "camelCase")]
pub(super) struct Preferences {
    /// Preferred time zone: `UTC`, or a name of the IANA database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time_zone: Option<String>,
    /// Preferred language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language_preference: Option<String>,
}

impl AccountBody {
    /// The answer to a registration: repeats what was sent, whatever happens to it later.
    pub(super) fn registered(id: Uuid, (profile, account_preferences): (Profile, Preferences)) -> Self {
        Self {
            id: id.to_string(),
            kind: AccountType::User,
            profile,
            account_preferences,
            flags: Vec::new(),
            roles: BTreeMap::new(),
        }
    }
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        // Readers may take this address for the person's, so an unverified one is not shown.
        let proven = account.secondary_addresses.alternate.filter(|alternate| alternate.verified_at.is_some());
        let alternate = proven.map(|alternate| alternate.address);
        let email = alternate.as_ref().unwrap_or(&account.address).as_str().to_owned();
        let roles = match account.role {
            Role::User => BTreeMap::new(),
            role => BTreeMap::from([(SERVICE.to_owned(), vec![role.name().to_owned()])]),
        };
        let profile = account.profile;
        let name = profile.display_name();
        Self {
            id: account.id.to_string(),
            kind: AccountType::User,
            profile: Profile {
                name,
                email: Some(email),
                address_country: profile.country,
                address: profile.postal_address,
            },
            account_preferences: Preferences {
                time_zone: profile.time_zone,
                language_preference: profile.language.map(|language| language.to_uppercase()),
            },
            flags: Vec::new(),
            roles,
        }
    }
}
