//! What is sent to change details, and what an export holds.

use account_core::account::{PersonalData, ProfileEdits};
use account_core::audit::AuditEntry;
use account_core::session::Session;
use poem_openapi::Object;

use crate::api::account::{AccountBody, SessionSummary};
use crate::field::{
    AvatarId, Bio, Country, Date, Email, FlagEdit, Language, Name, Phone, PostalAddress, TextEdit, TimeZone, UserName,
};

/// A change of details. What is not sent stays, null takes a value away.
#[derive(Object)]
#[oai(rename = "DetailsChange", write_only_all)]
pub(crate) struct DetailsBody {
    /// The full name.
    name: TextEdit<Name>,
    /// The given name.
    given_name: TextEdit<Name>,
    /// The family name.
    family_name: TextEdit<Name>,
    /// The public user name; unique.
    username: TextEdit<UserName>,
    /// The country, ISO 3166-1 alpha-2.
    country: TextEdit<Country>,
    /// The language, BCP 47.
    language: TextEdit<Language>,
    /// The time zone, a name of the IANA database or a Windows one.
    time_zone: TextEdit<TimeZone>,
    /// The telephone number. Kept as E.164 where it can be read as one.
    phone: TextEdit<Phone>,
    /// The postal address, in lines.
    postal_address: TextEdit<PostalAddress>,
    /// The company.
    company: TextEdit<Name>,
    /// The industry.
    industry: TextEdit<Name>,
    /// The date of birth, YYYY-MM-DD.
    date_of_birth: TextEdit<Date>,
    /// A few words about the person.
    bio: TextEdit<Bio>,
    /// Id of a picture that is kept elsewhere.
    avatar_id: TextEdit<AvatarId>,
    /// Where notices go as well. It is sent a link, and nothing else before that is used.
    notification_address: TextEdit<Email>,
    /// Where the person can be reached otherwise. It is sent a link, and nothing else before that is used.
    alternate_address: TextEdit<Email>,
    /// Whether newsletters are wanted.
    newsletter: FlagEdit,
}

impl From<DetailsBody> for ProfileEdits {
    fn from(body: DetailsBody) -> Self {
        Self {
            name: body.name.into_edit(),
            given_name: body.given_name.into_edit(),
            family_name: body.family_name.into_edit(),
            user_name: body.username.into_edit(),
            country: body.country.into_edit(),
            language: body.language.into_edit(),
            time_zone: body.time_zone.into_edit(),
            phone: body.phone.into_edit(),
            postal_address: body.postal_address.into_edit(),
            company: body.company.into_edit(),
            industry: body.industry.into_edit(),
            date_of_birth: body.date_of_birth.into_edit(),
            bio: body.bio.into_edit(),
            avatar_id: body.avatar_id.into_edit(),
            notification_address: body.notification_address.into_edit(),
            alternate_address: body.alternate_address.into_edit(),
            newsletter: body.newsletter.0,
        }
    }
}

/// Everything that is kept of a person.
#[derive(Object)]
#[oai(rename = "PersonalData")]
pub(super) struct ExportBody {
    /// The account.
    account: AccountBody,
    /// Its sessions.
    sessions: Vec<SessionSummary>,
    /// What happened to it, youngest first; at most a thousand events.
    events: Vec<EventBody>,
}

/// Something that happened to an account.
#[derive(Object)]
#[oai(rename = "AccountEvent", skip_serializing_if_is_none)]
struct EventBody {
    /// When (RFC 3339, UTC).
    happened_at: String,
    /// What.
    event: String,
    /// The client's address.
    client_address: Option<String>,
    /// More about it.
    detail: Option<String>,
}

impl ExportBody {
    /// The data as the session that asks for them sees it.
    pub(super) fn of(data: PersonalData, current: &Session) -> Self {
        let sessions = data.sessions.into_iter().map(|session| SessionSummary::seen_from(session, current));
        Self {
            account: data.account.into(),
            sessions: sessions.collect(),
            events: data.events.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<AuditEntry> for EventBody {
    fn from(entry: AuditEntry) -> Self {
        Self {
            happened_at: entry.at.to_string(),
            event: entry.event.name().to_owned(),
            client_address: entry.client_address.map(|address| address.to_string()),
            detail: entry.detail,
        }
    }
}
