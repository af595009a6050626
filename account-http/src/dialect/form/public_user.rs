//! The public user: a registration or an account as the dialect writes it.

use std::borrow::Cow;

use account_core::account::{Account, Role};
use account_core::field_limits::{self as limits, Limits};
use account_core::registration::register::Accepted;
use account_core::timestamp::Timestamp;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use serde::Serialize;
use uuid::Uuid;

use crate::field::text_schema;
use crate::openapi::lengths::upper;

/// Length of the date at the start of a timestamp (RFC 3339).
const DATE: usize = "YYYY-MM-DD".len();

/// A user, without secrets. The members are in the documented order, and none is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PublicUser {
    name: String,
    email: String,
    account: String,
    id: String,
    roles: &'static str,
    is_active: bool,
    is_verified: bool,
    is_superuser: bool,
    bio: Option<String>,
    dob: Option<String>,
    phone: Option<String>,
    avatar_photo_id: Option<String>,
    deleted_at: Option<String>,
    created_at: String,
    updated_at: String,
}

/// The name of a person who has just registered, for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Registrant {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) account: String,
}

impl PublicUser {
    /// A person who has just registered. Shows only what they sent, to disclose nothing about existing accounts.
    pub(super) fn registered(registrant: Registrant, accepted: &Accepted, claims_verified: bool) -> Self {
        let Registrant { name, email, account } = registrant;
        let created_at = accepted.created_at.to_string();
        Self {
            name,
            email,
            account,
            id: accepted.registration.to_string(),
            roles: Role::User.name(),
            is_active: true,
            is_verified: claims_verified,
            is_superuser: false,
            bio: None,
            dob: None,
            phone: None,
            avatar_photo_id: None,
            deleted_at: None,
            created_at: created_at.clone(),
            updated_at: created_at,
        }
    }
}

impl From<Account> for PublicUser {
    fn from(account: Account) -> Self {
        let is_superuser = account.role == Role::SuperAdmin;
        // The documents know two roles; `is_superuser` marks those who can manage administrators.
        let role = if is_superuser { Role::Admin } else { account.role };
        let name = account.profile.display_name().unwrap_or_default();
        Self {
            name,
            email: account.address.as_str().to_owned(),
            account: account.user_name.map(|name| name.as_str().to_owned()).unwrap_or_default(),
            id: account.id.to_string(),
            roles: role.name(),
            is_active: account.disabled_at.is_none(),
            is_verified: account.verified_at.is_some(),
            is_superuser,
            bio: account.profile.bio,
            dob: account.profile.date_of_birth,
            phone: account.profile.phone,
            // Other channels accept any short id.
            avatar_photo_id: account.profile.avatar_id.filter(|id| Uuid::try_parse(id).is_ok()),
            deleted_at: account.deletion_due_at.map(date),
            created_at: account.created_at.to_string(),
            updated_at: account.updated_at.to_string(),
        }
    }
}

/// The date of a timestamp, in UTC.
fn date(moment: Timestamp) -> String {
    moment.to_string().chars().take(DATE).collect()
}

/// A property of the schema.
type Property = (&'static str, MetaSchemaRef);

fn property(name: &'static str, description: &'static str, schema: MetaSchema) -> Property {
    (name, MetaSchemaRef::Inline(Box::new(MetaSchema { description: Some(description), ..schema })))
}

/// A text that may be missing, or set through another channel.
fn text(limits: Limits) -> MetaSchema {
    text_schema(Some(upper(limits)))
}

fn formatted(format: &'static str) -> MetaSchema {
    MetaSchema { format: Some(format), ..MetaSchema::new("string") }
}

fn or_null(schema: MetaSchema) -> MetaSchema {
    MetaSchema { nullable: true, ..schema }
}

fn properties() -> Vec<Property> {
    let flag = || MetaSchema::new("boolean");
    let roles = MetaSchema { enum_items: vec!["user".into(), "admin".into()], ..MetaSchema::new("string") };
    vec![
        property(
            "name",
            "The full name: 8 to 40 characters if it was set through this API. Empty if there is none.",
            text(limits::DISPLAY_NAME),
        ),
        property("email", "The address.", MetaSchema { format: Some("email"), ..text(limits::EMAIL.form) }),
        property(
            "account",
            "The account's name: 6 to 32 characters if it was set through this API. Empty if there is none.",
            text(limits::USER_NAME.core),
        ),
        property("id", "The id of the registration, which becomes the account's.", formatted("uuid")),
        property("roles", "The role.", roles),
        property("is_active", "Whether the account is in use: no administrator has disabled it.", flag()),
        property("is_verified", "Whether the address is verified.", flag()),
        property("is_superuser", "Whether the account can manage administrators.", flag()),
        property(
            "bio",
            "A short text: up to 200 characters if it was set through this API.",
            or_null(text(limits::BIO.core)),
        ),
        property("dob", "The date of birth.", or_null(formatted("date"))),
        property(
            "phone",
            "The telephone number: up to 20 characters if it was set through this API.",
            or_null(text(limits::PHONE.core)),
        ),
        property("avatar_photo_id", "Id of a picture that is stored elsewhere.", or_null(formatted("uuid"))),
        property("deleted_at", "The date on which the account will be deleted, if requested.", {
            or_null(formatted("date"))
        }),
        property("created_at", "When it was created (RFC 3339, UTC).", formatted("date-time")),
        property("updated_at", "When it was last changed (RFC 3339, UTC).", formatted("date-time")),
    ]
}

impl Type for PublicUser {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "PublicUser".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Reference("PublicUser".to_owned())
    }

    fn register(registry: &mut Registry) {
        registry.create_schema::<Self, _>("PublicUser".to_owned(), |_| MetaSchema {
            description: Some("A user, without secrets."),
            required: properties().into_iter().map(|(name, _)| name).collect(),
            properties: properties(),
            ..MetaSchema::new("object")
        });
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::empty())
    }
}

#[cfg(test)]
mod tests {
    use account_core::email_address::EmailAddress;
    use account_core::id::AccountId;
    use account_core::name::UserName;

    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_micros(1_699_335_116_000_000);
    const ID: Uuid = Uuid::from_u128(0x3c90_c3cc_0d44_4b50_8888_8dd2_5736_052a);

    fn account() -> Account {
        let address = EmailAddress::parse("user@example.com").unwrap();
        Account::new(AccountId::from_uuid(ID), address, NOW)
    }

    fn json(account: Account) -> String {
        serde_json::to_string(&PublicUser::from(account)).unwrap()
    }

    #[test]
    fn all_members_are_present_in_the_documented_order() {
        let mut account = account();
        account.user_name = UserName::parse("testuser").ok();
        account.profile.name = Some("Test User".to_owned());
        assert_eq!(
            json(account),
            r#"{"name":"Test User","email":"user@example.com","account":"testuser","id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","roles":"user","is_active":true,"is_verified":false,"is_superuser":false,"bio":null,"dob":null,"phone":null,"avatar_photo_id":null,"deleted_at":null,"created_at":"2023-11-07T05:31:56Z","updated_at":"2023-11-07T05:31:56Z"}"#
        );
    }

    #[test]
    fn the_schema_lists_what_is_written() {
        let written: serde_json::Value = serde_json::from_str(&json(account())).unwrap();
        let mut written: Vec<_> = written.as_object().unwrap().keys().map(String::as_str).collect();
        let mut listed: Vec<_> = properties().into_iter().map(|(name, _)| name).collect();
        written.sort_unstable();
        listed.sort_unstable();
        assert_eq!(written, listed);
    }

    #[test]
    fn roles_marks_and_dates_are_those_of_the_account() {
        for (role, name, is_superuser) in
            [(Role::User, "user", false), (Role::Admin, "admin", false), (Role::SuperAdmin, "admin", true)]
        {
            let user = PublicUser::from(Account { role, ..account() });
            assert_eq!((user.roles, user.is_superuser), (name, is_superuser));
        }
        let user = PublicUser::from(Account {
            disabled_at: Some(NOW),
            verified_at: Some(NOW),
            deletion_due_at: Some(NOW + std::time::Duration::from_hours(7 * 24)),
            ..account()
        });
        assert!(!user.is_active && user.is_verified);
        assert_eq!(user.deleted_at.as_deref(), Some("2023-11-14"));
    }

    #[test]
    fn values_missing_from_another_channels_account_are_empty() {
        let mut account = account();
        account.profile.avatar_id = Some("picture-7.png".to_owned());
        account.profile.given_name = Some("Test".to_owned());
        let user = PublicUser::from(account.clone());
        assert_eq!((user.name.as_str(), user.account.as_str(), user.avatar_photo_id), ("Test", "", None));
        account.profile.avatar_id = Some(ID.to_string());
        assert_eq!(PublicUser::from(account).avatar_photo_id, Some(ID.to_string()));
    }
}
