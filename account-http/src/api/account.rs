//! Accounts and sessions as the native API writes them.

mod registered;
mod session;

use account_core::account::{Account, Role, SecondaryAddress};
use account_core::profile::Source;
use poem_openapi::Object;

use crate::choice::Chosen;
use registered::{ClaimedOriginBody, ConsentBody};

pub(crate) use session::{SessionBody, SessionSummary};

/// An account.
#[derive(Debug, Object)]
#[oai(rename = "Account", skip_serializing_if_is_none)]
pub(crate) struct AccountBody {
    /// Id of the account: that of its registration or invitation.
    id: String,
    /// Its address.
    email: String,
    /// When the address was proven (RFC 3339, UTC); absent when it is not.
    email_verified_at: Option<String>,
    /// The role of the account: what the person may do.
    role: Chosen<Role>,
    /// The full name.
    name: Option<String>,
    /// The given name.
    given_name: Option<String>,
    /// The family name.
    family_name: Option<String>,
    /// The public user name.
    username: Option<String>,
    /// The country, ISO 3166-1 alpha-2.
    country: Option<String>,
    /// The language, BCP 47.
    language: Option<String>,
    /// The time zone, a name of the IANA database.
    time_zone: Option<String>,
    /// The telephone number, as E.164 if possible.
    phone: Option<String>,
    /// The postal address, in lines.
    postal_address: Option<String>,
    /// The company.
    company: Option<String>,
    /// The industry.
    industry: Option<String>,
    /// The date of birth, YYYY-MM-DD.
    date_of_birth: Option<String>,
    /// A few words about the person.
    bio: Option<String>,
    /// Id of a picture that is stored elsewhere.
    avatar_id: Option<String>,
    /// Additional address for notices, once it is verified.
    notification_address: Option<SecondaryAddressBody>,
    /// Another way to reach the person.
    alternate_address: Option<SecondaryAddressBody>,
    /// Whether newsletters are wanted.
    newsletter: bool,
    /// Version of the terms that the person agreed to.
    terms_version: Option<String>,
    /// What the person agreed to when they registered.
    consents: Option<Vec<ConsentBody>>,
    /// What the registering application said about itself. Only the client was checked.
    claimed_origin: Option<ClaimedOriginBody>,
    /// The source of country, language and time zone, and of every other value that the person did not give; contains
    /// `password` while an administrator knows it.
    sources: Vec<SourceBody>,
    /// Id of the organization it belongs to.
    organization: Option<String>,
    /// The role in that organization.
    organization_role: Option<String>,
    /// When an administrator disabled it (RFC 3339, UTC).
    disabled_at: Option<String>,
    /// When it will be deleted, if its owner requested that (RFC 3339, UTC).
    deletion_due_at: Option<String>,
    /// When it was created (RFC 3339, UTC).
    created_at: String,
    /// When it was last changed (RFC 3339, UTC).
    updated_at: String,
}

/// An additional address of the account.
#[derive(Debug, Object)]
#[oai(rename = "SecondaryAddress", skip_serializing_if_is_none)]
struct SecondaryAddressBody {
    /// The address.
    email: String,
    /// When the address was verified (RFC 3339, UTC). No notices are sent to it before.
    email_verified_at: Option<String>,
}

/// The source of a value.
#[derive(Debug, Object)]
#[oai(rename = "ValueSource")]
struct SourceBody {
    /// Name of the member.
    member: String,
    /// The source of its value.
    source: Chosen<Source>,
}

impl From<SecondaryAddress> for SecondaryAddressBody {
    fn from(secondary: SecondaryAddress) -> Self {
        Self {
            email: secondary.address.to_string(),
            email_verified_at: secondary.verified_at.map(|moment| moment.to_string()),
        }
    }
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        let profile = account.profile;
        let sources = profile.all_sources().into_iter();
        let moment = |moment: Option<account_core::timestamp::Timestamp>| moment.map(|moment| moment.to_string());
        Self {
            id: account.id.to_string(),
            email: account.address.to_string(),
            email_verified_at: moment(account.verified_at),
            role: account.role.into(),
            name: profile.name,
            given_name: profile.given_name,
            family_name: profile.family_name,
            username: account.user_name.map(|name| name.to_string()),
            country: profile.country,
            language: profile.language,
            time_zone: profile.time_zone,
            phone: profile.phone,
            postal_address: profile.postal_address,
            company: profile.company,
            industry: profile.industry,
            date_of_birth: profile.date_of_birth,
            bio: profile.bio,
            avatar_id: profile.avatar_id,
            notification_address: account.secondary_addresses.notification.map(Into::into),
            alternate_address: account.secondary_addresses.alternate.map(Into::into),
            newsletter: profile.newsletter,
            terms_version: profile.terms_version,
            consents: registered::consents(profile.consents),
            claimed_origin: registered::claimed_origin(profile.claimed_origin),
            sources: sources.map(|(member, source)| SourceBody { member, source: source.into() }).collect(),
            organization: account.organization.map(|id| id.to_string()),
            organization_role: account.organization_role.map(|role| role.name().to_owned()),
            disabled_at: moment(account.disabled_at),
            deletion_due_at: moment(account.deletion_due_at),
            created_at: account.created_at.to_string(),
            updated_at: account.updated_at.to_string(),
        }
    }
}
