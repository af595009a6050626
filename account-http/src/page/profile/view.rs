//! How the profile page is shown, after any action.

use account_core::authorization::Verified;
use account_core::id::SessionId;
use account_core::profile::Consent;
use account_core::session::{Session, SignedIn};
use account_core::translation::{Arguments, Translator};
use account_core::violation::Field;
use poem::Response;
use poem::http::StatusCode;
use serde::Serialize;

use super::super::password_field::PasswordField;
use super::super::paths::PROFILE;
use super::super::providers::Offer;
use super::super::samples::{self, Sample};
use super::super::templates::PageTemplate;
use super::super::visit::Visit;
use super::super::words::{self, say};
use super::details::shown::{DetailGroup, Typed, groups, other_problems};
use super::linked::IdentityView;
use crate::problem::Problem;

/// What the page says besides what is known of the account.
#[derive(Default)]
pub(super) struct Remarks {
    /// A confirmation.
    pub(super) notice: Option<String>,
    /// What was not done, and in which section that is.
    pub(super) alert: Option<Alert>,
    pub(super) details: Option<Typed>,
    pub(super) password: PasswordRemarks,
    pub(super) address: AddressRemarks,
    /// What is wrong with the password for a download.
    pub(super) export: Vec<String>,
    /// What is wrong with the password for linking and unlinking.
    pub(super) identities: Vec<String>,
    pub(super) deletion: DeletionRemarks,
}

#[derive(Clone, Copy)]
pub(super) struct Alert {
    /// The key of its sentence.
    pub(super) key: &'static str,
    pub(super) section: &'static str,
}

#[derive(Default, Serialize)]
pub(super) struct PasswordRemarks {
    pub(super) current: Vec<String>,
    pub(super) new: Vec<String>,
}

#[derive(Default, Serialize)]
pub(super) struct AddressRemarks {
    pub(super) email: String,
    pub(super) problems: Vec<String>,
    pub(super) password: Vec<String>,
}

#[derive(Default, Serialize)]
pub(super) struct DeletionRemarks {
    pub(super) confirmation: Vec<String>,
    pub(super) password: Vec<String>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a template asks for each of them alone")]
struct ProfilePage {
    /// A confirmation.
    notice: Option<String>,
    alert: Option<AlertView>,
    address: String,
    verified: Option<String>,
    /// When the account will be deleted.
    deletion: Option<String>,
    /// Whether its details and credentials can be changed.
    is_changeable: bool,
    /// Whether there is a console for it.
    is_administrator: bool,
    /// Whether the password has to be given for what is sensitive.
    needs_password: bool,
    version: u32,
    groups: Vec<DetailGroup>,
    asks_newsletter: bool,
    wants_newsletter: bool,
    other_problems: Vec<String>,
    password: PasswordField,
    /// What the person has agreed to.
    consents: Vec<String>,
    /// The accounts at providers that are linked.
    identities: Vec<IdentityView>,
    /// The providers that there are.
    offers: Vec<Offer>,
    sessions: Vec<SessionView>,
    /// How many sessions there are besides this one.
    other_sessions: usize,
    remarks: FormRemarks,
}

impl PageTemplate for ProfilePage {
    const NAME: &'static str = "profile.html";

    fn here(&self) -> Option<String> {
        Some(PROFILE.to_owned())
    }
}

/// What is said beside the forms that change credentials.
#[derive(Default, Serialize)]
struct FormRemarks {
    password: PasswordRemarks,
    address: AddressRemarks,
    export: Vec<String>,
    identities: Vec<String>,
    deletion: DeletionRemarks,
}

/// What was not done, and why.
#[derive(Serialize)]
struct AlertView {
    text: String,
    section: &'static str,
    problems: Vec<ProblemView>,
}

/// A problem, and the field that has it.
#[derive(Serialize)]
struct ProblemView {
    field: String,
    text: String,
}

/// A session as its owner sees it.
#[derive(Serialize)]
struct SessionView {
    id: String,
    /// Whether it is the session that sends this request.
    is_current: bool,
    /// What it is used with.
    client: String,
    client_address: Option<String>,
    created: String,
    last_used: String,
}

impl SessionView {
    /// A session, seen from another or the same one, in the time of a zone.
    fn of(words: &Translator, zone: Option<&str>, session: &Session, current: SessionId) -> Self {
        let agent = session.user_agent.as_deref();
        Self {
            id: session.id.to_string(),
            is_current: session.id == current,
            client: agent
                .map_or_else(|| say(words, "profile-session-unknown-client"), |agent| words::browser(words, agent)),
            client_address: session.client_address.map(|address| address.to_string()),
            created: words.moment(session.created_at, zone),
            last_used: words.moment(session.last_used_at, zone),
        }
    }
}

impl SessionView {
    /// Of a page that checks an operator's templates.
    fn sample(is_current: bool) -> Self {
        Self {
            id: "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
            is_current,
            client: samples::text(),
            client_address: is_current.then(|| "192.0.2.1".to_owned()),
            created: samples::moment(),
            last_used: samples::moment(),
        }
    }
}

/// Sends the browser back to the page, which says what was done.
pub(super) fn back(visit: &Visit, done: &str) -> Response {
    visit.see_other(&format!("{PROFILE}?done={done}"))
}

/// The page of an account, as it is for that session.
pub(super) async fn page(
    visit: &Visit,
    status: StatusCode,
    owner: &SignedIn,
    remarks: Remarks,
) -> Result<Response, Problem> {
    let service = &visit.pages.service;
    let account = &owner.account;
    let sessions = service.own_sessions(owner).await?;
    let Remarks { notice, alert, details, password, address, export, identities, deletion } = remarks;
    let typed = details.as_ref();
    let (words, zone) = (visit.words(), account.profile.time_zone.as_deref());
    let shown = &visit.pages.profile_fields;
    let groups = groups(words, account, typed, shown, visit.pages.service.now());
    let remarks = FormRemarks { password, address, export, identities, deletion };
    let offers = visit.offers();
    let linked = match owner.clone().verified() {
        Ok(caller) => service.own_identities(&caller).await?,
        Err(_) => Vec::new(),
    };
    let page = ProfilePage {
        notice,
        alert: alert.map(|alert| AlertView {
            text: say(words, alert.key),
            section: alert.section,
            problems: remarks.problems().chain(of_details(&groups)).collect(),
        }),
        address: account.address.to_string(),
        verified: account.verified_at.map(|at| words.moment(at, zone)),
        deletion: account.deletion_due_at.map(|at| words.moment(at, zone)),
        is_changeable: owner.clone().verified().is_ok(),
        is_administrator: owner.clone().verified().and_then(Verified::administrator).is_ok(),
        needs_password: !owner.is_fresh(service.now()),
        version: account.version,
        groups,
        asks_newsletter: shown.has(Field::Newsletter),
        wants_newsletter: typed.map_or(account.profile.newsletter, |typed| typed.wants_newsletter),
        other_problems: typed.map(|typed| other_problems(words, &typed.violations, shown)).unwrap_or_default(),
        password: PasswordField::new(words, &account.role.password_policy(visit.pages.password_policy())),
        consents: account.profile.consents.iter().filter_map(|consent| agreed(words, consent, zone)).collect(),
        identities: linked.iter().map(|one| IdentityView::of(words, zone, &offers, one)).collect(),
        offers,
        sessions: sessions.iter().map(|session| SessionView::of(words, zone, session, owner.session.id)).collect(),
        other_sessions: sessions.len().saturating_sub(1),
        remarks,
    };
    visit.page(status, &page)
}

/// What somebody has agreed to, as a sentence.
fn agreed(words: &Translator, consent: &Consent, zone: Option<&str>) -> Option<String> {
    let (kind, version) = consent.to.split_once(':')?;
    let key = match kind {
        "terms" => "profile-consent-terms",
        "privacy" => "profile-consent-privacy",
        _ => return None,
    };
    let at = words.moment(consent.at(), zone);
    Some(words.text(key, &Arguments::none().with("version", version).with("at", at)))
}

impl FormRemarks {
    /// The problems, each with the field that has it.
    fn problems(&self) -> impl Iterator<Item = ProblemView> + '_ {
        let Self { password, address, export, identities, deletion } = self;
        let fields = [
            ("current-password", &password.current),
            ("new-password", &password.new),
            ("new-email", &address.problems),
            ("email-password", &address.password),
            ("link-password", identities),
            ("export-password", export),
            ("deletion-confirmation", &deletion.confirmation),
            ("deletion-password", &deletion.password),
        ];
        fields.into_iter().flat_map(|(field, sentences)| of_field(field, sentences))
    }
}

fn of_details(groups: &[DetailGroup]) -> impl Iterator<Item = ProblemView> + '_ {
    groups.iter().flat_map(|group| &group.details).flat_map(|detail| of_field(detail.name, &detail.problems))
}

fn of_field(field: &str, sentences: &[String]) -> impl Iterator<Item = ProblemView> {
    sentences.iter().map(move |text| ProblemView { field: field.to_owned(), text: text.clone() })
}

pub(in super::super) fn sample() -> Sample {
    let little = ProfilePage {
        notice: None,
        alert: None,
        address: samples::address(),
        verified: None,
        deletion: None,
        is_changeable: false,
        is_administrator: false,
        needs_password: false,
        version: 1,
        groups: vec![DetailGroup::sample(false)],
        asks_newsletter: true,
        wants_newsletter: false,
        other_problems: Vec::new(),
        password: PasswordField::sample(),
        consents: Vec::new(),
        identities: Vec::new(),
        offers: Vec::new(),
        sessions: vec![SessionView::sample(false)],
        other_sessions: 0,
        remarks: FormRemarks::default(),
    };
    let problem = || vec![samples::text()];
    let alert = AlertView {
        text: samples::text(),
        section: "details",
        problems: vec![ProblemView { field: "name".to_owned(), text: samples::text() }],
    };
    let everything = ProfilePage {
        notice: Some(samples::text()),
        alert: Some(alert),
        address: samples::address(),
        verified: Some(samples::moment()),
        deletion: Some(samples::moment()),
        is_changeable: true,
        is_administrator: true,
        needs_password: true,
        version: 2,
        groups: vec![DetailGroup::sample(true)],
        asks_newsletter: true,
        wants_newsletter: true,
        other_problems: problem(),
        password: PasswordField::sample(),
        consents: problem(),
        identities: vec![IdentityView::sample()],
        offers: vec![Offer::sample()],
        sessions: vec![SessionView::sample(true)],
        other_sessions: 1,
        remarks: FormRemarks {
            password: PasswordRemarks { current: problem(), new: problem() },
            address: AddressRemarks { email: samples::address(), problems: problem(), password: problem() },
            export: problem(),
            identities: problem(),
            deletion: DeletionRemarks { confirmation: problem(), password: problem() },
        },
    };
    Sample::of(&little, &everything)
}
