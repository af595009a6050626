//! What is sent to change details, and what an export holds.

use account_core::account::details::ProfileEdits;
use account_core::account::export::PersonalData;
use account_core::audit::AuditEntry;
use account_core::session::Session;
use poem_openapi::Object;

use crate::api::account::{AccountBody, SessionSummary};
use crate::api::profile::ProfileBody;
use crate::field::{Email, TextEdit};

/// A change of details. What is not sent stays, null takes a value away.
#[derive(Object)]
#[oai(rename = "DetailsChange", write_only_all)]
pub(crate) struct DetailsBody {
    /// What is known of the person.
    #[oai(flatten)]
    profile: ProfileBody,
    /// Where notices go as well. It gets a link to verify it, and nothing else before that.
    notification_address: TextEdit<Email>,
    /// Another way to reach the person. It gets a link to verify it, and nothing else before that.
    alternate_address: TextEdit<Email>,
}

impl From<DetailsBody> for ProfileEdits {
    fn from(body: DetailsBody) -> Self {
        Self {
            notification_address: body.notification_address.into_edit(),
            alternate_address: body.alternate_address.into_edit(),
            ..body.profile.into()
        }
    }
}

/// All data about a person.
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
