//! Bodies of the operations with providers.

use account_core::RegistrationDraft;
use account_core::input::Input;
use account_core::provider::{Begun, FinishedFlow, OfferedProvider};
use poem_openapi::Object;

use crate::api::account::{AccountBody, SessionBody};
use crate::api::registrations::AcceptedBody;
use crate::field::{
    Country, Flag, Id, Language, Name, ProviderAnswerText, ProviderNameText, RedirectUri, Required, Secret, ShortCode,
    TermsVersion, Text, TimeZone, Url,
};

/// A provider.
#[derive(Object)]
#[oai(rename = "Provider")]
pub(super) struct OfferedBody {
    /// Its name: the value to send.
    name: String,
    /// What people call it.
    title: String,
}

impl From<OfferedProvider> for OfferedBody {
    fn from(OfferedProvider { name, title }: OfferedProvider) -> Self {
        Self { name: name.to_string(), title }
    }
}

/// The providers, by name.
#[derive(Object)]
#[oai(rename = "ProviderList")]
pub(super) struct ProvidersBody {
    /// The providers.
    pub(super) providers: Vec<OfferedBody>,
    /// Whether people can register with them at the moment.
    pub(super) registration: bool,
}

/// The app that somebody comes from.
pub(super) struct App {
    pub(super) provider: String,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
}

/// Somebody registers with a provider. Address and name come from there.
#[derive(Object)]
#[oai(rename = "RegistrationWithProviderRequest", write_only_all)]
pub(super) struct RegisterBody {
    /// Name of the provider.
    provider: Required<ProviderNameText>,
    /// Id of the registered client.
    client_id: Required<ShortCode>,
    /// One of the client's redirect URIs. The port of a loopback URI may be any.
    redirect_uri: Required<RedirectUri>,
    /// The full name, if the provider gives none.
    name: Text<Name>,
    /// The given name, likewise.
    given_name: Text<Name>,
    /// The family name, likewise.
    family_name: Text<Name>,
    /// The country, as for registering with a password.
    country: Text<Country>,
    /// The language, BCP 47, likewise. The provider's pages are asked for in it, too.
    language: Text<Language>,
    /// The time zone, likewise.
    time_zone: Text<TimeZone>,
    /// The time zone of the person's browser or device, likewise.
    time_zone_hint: Text<TimeZone>,
    /// Whether newsletters are wanted.
    newsletter: Flag,
    /// Version of the terms that the person agreed to, likewise.
    terms_version: Text<TermsVersion>,
    /// Version of the privacy notice that the person agreed to, likewise.
    privacy_version: Text<TermsVersion>,
    /// Where to send the person after verification, likewise.
    callback_url: Text<Url>,
    /// Id of the organization that the account will belong to.
    organization: Text<Id>,
}

impl RegisterBody {
    /// Returns the app, the draft, and the language of the provider's pages.
    pub(super) fn split(self) -> (App, RegistrationDraft, Option<String>) {
        let language = self.language.into_input();
        let asked = language.clone().given();
        let draft = RegistrationDraft {
            name: self.name.into_input(),
            given_name: self.given_name.into_input(),
            family_name: self.family_name.into_input(),
            country: self.country.into_input(),
            language,
            time_zone: self.time_zone.into_input(),
            browser_time_zone: self.time_zone_hint.into_input().given(),
            newsletter: self.newsletter.0,
            terms_version: self.terms_version.into_input(),
            privacy_version: self.privacy_version.into_input(),
            callback_url: self.callback_url.into_input(),
            organization: self.organization.into_input(),
            ..RegistrationDraft::default()
        };
        let app = app(self.provider, self.client_id, self.redirect_uri);
        (app, draft, asked)
    }
}

/// Somebody goes to a provider.
#[derive(Object)]
#[oai(rename = "ProviderRequest", write_only_all)]
pub(super) struct ProviderBody {
    /// Name of the provider.
    provider: Required<ProviderNameText>,
    /// Id of the registered client.
    client_id: Required<ShortCode>,
    /// One of the client's redirect URIs. The port of a loopback URI may be any.
    redirect_uri: Required<RedirectUri>,
}

impl From<ProviderBody> for App {
    fn from(body: ProviderBody) -> Self {
        app(body.provider, body.client_id, body.redirect_uri)
    }
}

/// What is missing is unknown.
fn app(provider: Required<ProviderNameText>, client: Required<ShortCode>, redirect_uri: Required<RedirectUri>) -> App {
    let text = |input: Input| input.given().unwrap_or_default();
    App {
        provider: text(provider.into_input()),
        client_id: text(client.into_input()),
        redirect_uri: text(redirect_uri.into_input()),
    }
}

/// The way to a provider.
#[derive(Object)]
#[oai(rename = "ProviderFlow")]
pub(super) struct BegunBody {
    /// The address to open in the person's browser.
    authorization_url: String,
    /// What the app keeps, and sends with the provider's answer: 43 characters. Never put it into a URL.
    flow_token: String,
    /// When the answer comes too late (RFC 3339, UTC).
    expires_at: String,
}

impl From<Begun> for BegunBody {
    fn from(Begun { url, browser, expires_at }: Begun) -> Self {
        Self {
            authorization_url: url.into(),
            flow_token: browser.expose().to_string(),
            expires_at: expires_at.to_string(),
        }
    }
}

/// A provider's answer: what it added to the redirect URI.
#[derive(Object)]
#[oai(rename = "ProviderAnswer", write_only_all)]
pub(super) struct AnswerBody {
    /// Name of the provider.
    pub(super) provider: Required<ProviderNameText>,
    /// The `state`.
    pub(super) state: Required<Secret>,
    /// The `code`.
    pub(super) code: Text<ProviderAnswerText>,
    /// The `iss`, if there is one.
    pub(super) iss: Text<ProviderAnswerText>,
    /// The `user`, which Apple sends the first time.
    pub(super) user: Text<ProviderAnswerText>,
    /// The `error`, if there is no code.
    pub(super) error: Text<ProviderAnswerText>,
    /// The `flow_token` that came with the address.
    pub(super) flow_token: Required<Secret>,
}

/// What became of it: a registration that waits for the email, or a session.
#[derive(Object)]
#[oai(rename = "ProviderFlowFinished", skip_serializing_if_is_none)]
pub(super) struct FinishedBody {
    /// The registration, if the person has registered: an email is on its way.
    registration: Option<AcceptedBody>,
    /// The session, if the person is signed in.
    session: Option<SessionBody>,
    /// The account that is signed in to.
    account: Option<AccountBody>,
}

impl From<FinishedFlow> for FinishedBody {
    fn from(finished: FinishedFlow) -> Self {
        let nothing = Self { registration: None, session: None, account: None };
        match finished {
            FinishedFlow::SignedIn(signed_in) => {
                Self { session: Some(signed_in.session.into()), account: Some(signed_in.account.into()), ..nothing }
            }
            FinishedFlow::Registered { accepted, .. } => {
                Self { registration: Some(AcceptedBody::new(&accepted, None)), ..nothing }
            }
            FinishedFlow::Completed(completed) => {
                let session = completed.session.map(Into::into);
                Self { session, account: Some(completed.account.into()), ..nothing }
            }
            FinishedFlow::Linked { session, .. } | FinishedFlow::Confirmed(session) => {
                Self { session: Some(session.into()), ..nothing }
            }
        }
    }
}
