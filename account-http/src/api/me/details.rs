//! What is sent to change details, and what an export holds.

use account_core::account::details::ProfileEdits;
use account_core::account::export::PersonalData;
use account_core::audit::AuditEntry;
use account_core::session::Session;
use poem_openapi::Object;

use crate::api::account::{AccountBody, SessionSummary};
use crate::api::profile::ProfileBody;
use crate::field::{Email, TextEdit};

/// A change of details. Members that are not sent stay the same, null removes a value.
#[derive(Object)]
#[oai(rename = "DetailsChange", write_only_all)]
pub(crate) struct DetailsBody {
    /// What is known of the person.
    #[oai(flatten)]
    profile: ProfileBody,
    /// An additional address for notices. Nothing but a verification link is sent to it before it is verified.
    notification_address: TextEdit<Email>,
    /// Another way to reach the person. Nothing but a verification link is sent to it before it is verified.
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
#[oai(rename = "PersonalData", skip_serializing_if_is_none)]
pub(super) struct ExportBody {
    /// The account.
    account: AccountBody,
    /// Language of the page that the person registered on (BCP 47).
    shown_in: Option<String>,
    /// Its sessions.
    sessions: Vec<SessionSummary>,
    /// Its newest events, newest first; at most 1,000.
    events: Vec<EventBody>,
}

/// Something that happened to an account.
#[derive(Object)]
#[oai(rename = "AccountEvent", skip_serializing_if_is_none)]
struct EventBody {
    /// When it happened (RFC 3339, UTC).
    happened_at: String,
    /// Name of the event.
    event: String,
    /// The client's address.
    client_address: Option<String>,
    /// Details of the event, such as the name of a feature.
    detail: Option<String>,
}

impl ExportBody {
    /// The data as the session that asks for them sees it.
    pub(super) fn of(data: PersonalData, current: &Session) -> Self {
        let sessions = data.sessions.into_iter().map(|session| SessionSummary::seen_from(session, current));
        Self {
            shown_in: data.account.profile.shown_in.clone(),
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
