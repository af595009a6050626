//! What came with the registration of an account, and is kept as it was.

use account_core::profile::{ClaimedOrigin, Consent};
use poem_openapi::Object;

/// A consent that the person gave.
#[derive(Debug, Object)]
#[oai(rename = "Consent", skip_serializing_if_is_none)]
pub(super) struct ConsentBody {
    /// What the person agreed to: `terms:` or `privacy:` with a version, or `terms:` with the name of the channel whose
    /// terms they were.
    to: String,
    /// When the person agreed (RFC 3339, UTC).
    given_at: String,
    /// The client's address as the service saw it.
    client_address: Option<String>,
    /// The language that the person registered in, BCP 47.
    language: Option<String>,
}

/// What the registering application said about itself. Only the client was checked.
#[derive(Debug, Object)]
#[oai(rename = "ClaimedOrigin", skip_serializing_if_is_none)]
pub(super) struct ClaimedOriginBody {
    /// The application.
    application: Option<String>,
    /// The site of the application.
    application_site: Option<String>,
    /// The page that the person came from.
    url: Option<String>,
    /// The client's address, as claimed.
    client_address: Option<String>,
    /// The registered client.
    client_id: Option<String>,
}

/// The consents, if there are any.
pub(super) fn consents(consents: Vec<Consent>) -> Option<Vec<ConsentBody>> {
    let body = |consent: Consent| ConsentBody {
        given_at: consent.at().to_string(),
        client_address: consent.client_address.map(|address| address.to_string()),
        language: consent.language,
        to: consent.to,
    };
    (!consents.is_empty()).then(|| consents.into_iter().map(body).collect())
}

/// What was said, if anything was.
pub(super) fn claimed_origin(origin: ClaimedOrigin) -> Option<ClaimedOriginBody> {
    if origin.is_empty() {
        return None;
    }
    let ClaimedOrigin { application, application_site, url, client_address, client } = origin;
    Some(ClaimedOriginBody { application, application_site, url, client_address, client_id: client })
}
