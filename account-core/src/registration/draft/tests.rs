//! What is read of drafts, and what is wrong with them.

use super::*;
use crate::account::OrganizationRole;
use crate::client::Client;
use crate::consent::ConsentSettings;
use crate::id::OrganizationId;
use crate::organization::{Organization, RegisteredClient};
use crate::ports::BySyntax;
use crate::profile::Choices;
use crate::registration::callback::CallbackOrigins;
use crate::service::Way;
use crate::timestamp::Timestamp;
use crate::violation::Rule;

const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);

fn read(draft: RegistrationDraft, rules: &RegistrationRules) -> Reading {
    read_with(draft, rules, None, None)
}

fn read_with(
    draft: RegistrationDraft,
    rules: &RegistrationRules,
    organization: Option<&Organization>,
    registered_client: Option<&RegisteredClient>,
) -> Reading {
    let surroundings = Surroundings {
        reference_data: &BySyntax,
        callback_origins: &CallbackOrigins::parse(["https://portal.example.com"]).unwrap(),
        organization,
        registered_client,
        service_words: &["Accounts".to_owned()],
        consent: &ConsentSettings::default(),
        client: &Client::at("203.0.113.7".parse().unwrap()),
        now: NOW,
        way: Way::Password,
    };
    draft.read(rules, &surroundings)
}

fn read_with_consent(draft: RegistrationDraft, rules: &RegistrationRules, consent: &ConsentSettings) -> Reading {
    let surroundings = Surroundings {
        reference_data: &BySyntax,
        callback_origins: &CallbackOrigins::default(),
        organization: None,
        registered_client: None,
        service_words: &[],
        consent,
        client: &Client::at("203.0.113.7".parse().unwrap()),
        now: NOW,
        way: Way::Password,
    };
    draft.read(rules, &surroundings)
}

fn organization(allows_self_named_administrators: bool) -> Organization {
    Organization {
        id: OrganizationId::from_uuid(uuid::Uuid::from_u128(7)),
        code: "acme".to_owned(),
        name: "Acme".to_owned(),
        callback_origins: vec!["https://acme.example.com".to_owned()],
        allows_self_named_administrators,
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn registered_client() -> RegisteredClient {
    RegisteredClient {
        id: ClientId::parse("app-1").unwrap(),
        organization: None,
        name: "App".to_owned(),
        callback_origins: vec!["https://app.example.com".to_owned()],
        redirect_uris: Vec::new(),
        networks: Vec::new(),
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn minimal() -> RegistrationDraft {
    RegistrationDraft {
        email: "john@acme.com".into(),
        password: "velvet lantern gravel orchid".into(),
        ..RegistrationDraft::default()
    }
}

fn broken(draft: RegistrationDraft, rules: &RegistrationRules) -> Vec<(Field, Rule)> {
    read(draft, rules).violations.iter().map(|violation| (violation.field, violation.rule)).collect()
}

#[test]
fn address_and_password_alone_are_enough() {
    let reading = read(minimal(), &RegistrationRules::native("native"));
    assert!(reading.violations.is_empty(), "{:?}", reading.violations);
    assert_eq!(reading.address.unwrap().as_str(), "john@acme.com");
    assert!(reading.password.is_some());
    assert_eq!(reading.choices, Choices::default());
}

#[test]
fn every_problem_is_reported_at_once() {
    let draft = RegistrationDraft {
        email: Input::Mistyped,
        name: "a\u{202E}b".into(),
        user_name: "a@b".into(),
        country: "ZAF".into(),
        language: "?".into(),
        time_zone: "Moon".into(),
        newsletter: Input::Mistyped,
        terms_version: "".into(),
        callback_url: "https://evil.example.com/".into(),
        organization: "7".into(),
        ..RegistrationDraft::default()
    };
    let rules = RegistrationRules { required: &[Field::GivenName], ..RegistrationRules::native("native") };
    assert_eq!(
        broken(draft, &rules),
        [
            (Field::Name, Rule::ForbiddenCharacter),
            (Field::GivenName, Rule::Required),
            (Field::Email, Rule::MustBeText),
            (Field::UserName, Rule::ForbiddenCharacter),
            (Field::Country, Rule::Unknown),
            (Field::Language, Rule::Unknown),
            (Field::TimeZone, Rule::Unknown),
            (Field::Newsletter, Rule::MustBeBoolean),
            (Field::TermsVersion, Rule::Blank),
            (Field::CallbackUrl, Rule::OriginNotAllowed),
            (Field::Organization, Rule::Malformed),
            (Field::Password, Rule::Required),
        ]
    );
}

#[test]
fn a_confirmation_is_compared_if_present_and_required_by_the_rules() {
    let native = RegistrationRules::native("native");
    let strict = RegistrationRules { needs_confirmation: true, ..native.clone() };
    let mismatch = [(Field::PasswordConfirmation, Rule::ConfirmationMismatch)];
    let with = |confirmation: Input| RegistrationDraft { password_confirmation: confirmation, ..minimal() };
    assert_eq!(broken(with(Input::Absent), &native), []);
    assert_eq!(broken(with("velvet lantern gravel orchid".into()), &strict), []);
    assert_eq!(broken(with(Input::Absent), &strict), mismatch);
    assert_eq!(broken(with("Velvet lantern gravel orchid".into()), &native), mismatch);
    assert_eq!(broken(with(Input::Mistyped), &native), mismatch);
}

#[test]
fn the_password_is_checked_for_the_persons_own_words() {
    let draft = RegistrationDraft { password: "john@acme.com.2026".into(), ..minimal() };
    assert_eq!(broken(draft, &RegistrationRules::native("native")), [(Field::Password, Rule::ContainsPersonalWord)]);
    let too_long = RegistrationDraft { password: "x".repeat(300).as_str().into(), ..minimal() };
    assert_eq!(broken(too_long, &RegistrationRules::native("native")), [(Field::Password, Rule::TooLong { max: 256 })]);
}

#[test]
fn a_draft_is_never_printed() {
    assert_eq!(format!("{:?}", minimal()), "RegistrationDraft(..)");
}

#[test]
fn an_applications_claims_are_stored() {
    let draft = RegistrationDraft {
        phone: "+49 30 123456".into(),
        postal_address: "1 Main St\r\nBerlin".into(),
        company: "Acme".into(),
        industry: "Anvils".into(),
        alternate_address: "other@acme.com".into(),
        notification_address: "JOHN@acme.com".into(),
        terms_accepted: true.into(),
        application: "[App]".into(),
        application_site: "site".into(),
        originating_url: "https://www.example.com/?a=b".into(),
        claimed_address: "not an address".into(),
        ..minimal()
    };
    let reading = read(draft, &RegistrationRules::native("rpost"));
    assert!(reading.violations.is_empty(), "{:?}", reading.violations);
    let Choices { profile, alternate_address, notification_address, .. } = reading.choices;
    assert_eq!(profile.phone.as_deref(), Some("+4930123456"));
    assert_eq!(profile.postal_address.as_deref(), Some("1 Main St\nBerlin"));
    assert_eq!((profile.company.as_deref(), profile.industry.as_deref()), (Some("Acme"), Some("Anvils")));
    assert_eq!(alternate_address.unwrap().as_str(), "other@acme.com");
    assert_eq!(notification_address, None, "it is the registration's own");
    let [consent] = profile.consents.try_into().unwrap();
    assert_eq!((consent.to.as_str(), consent.at()), ("terms:rpost", NOW));
    assert_eq!(consent.client_address, Some("203.0.113.7".parse().unwrap()));
    let claimed = profile.claimed_origin;
    assert_eq!(claimed.application.as_deref(), Some("[App]"));
    assert_eq!(claimed.client_address.as_deref(), Some("not an address"));
}

#[test]
fn accepting_terms_records_their_version() {
    let draft = RegistrationDraft { terms_version: "2026-01".into(), terms_accepted: true.into(), ..minimal() };
    let profile = read(draft, &RegistrationRules::native("native")).choices.profile;
    assert_eq!(profile.consents.iter().map(|consent| consent.to.as_str()).collect::<Vec<_>>(), ["terms:2026-01"]);
    let draft = RegistrationDraft { terms_accepted: false.into(), ..minimal() };
    assert_eq!(read(draft, &RegistrationRules::native("native")).choices.profile.consents, []);
}

#[test]
fn a_channel_may_have_shorter_lengths() {
    let rules = RegistrationRules { lengths: crate::field_limits::FORM, ..RegistrationRules::native("form") };
    let with = |name: &str, phone: &str| RegistrationDraft { name: name.into(), phone: phone.into(), ..minimal() };
    assert_eq!(broken(with("Test User", &"1".repeat(20)), &rules), []);
    assert_eq!(
        broken(with("", &"1".repeat(21)), &rules),
        [(Field::Name, Rule::TooShort { min: 8 }), (Field::Phone, Rule::TooLong { max: 20 })]
    );
    assert_eq!(broken(with(&"\u{E9}".repeat(40), "1"), &rules), []);
    assert_eq!(broken(with(&"\u{E9}".repeat(41), "1"), &rules), [(Field::Name, Rule::TooLong { max: 40 })]);
}

#[test]
fn nobody_becomes_an_administrator_where_the_organization_does_not_allow_it() {
    let rules = RegistrationRules::native("rpost");
    let draft =
        || RegistrationDraft { organization_code: "acme".into(), wants_to_administer: true.into(), ..minimal() };
    let role = |organization: Option<&Organization>| {
        let Reading { choices, violations, .. } = read_with(draft(), &rules, organization, None);
        (choices.organization_role, violations.iter().map(|it| (it.field, it.rule)).collect::<Vec<_>>())
    };
    assert_eq!(role(Some(&organization(true))), (Some(OrganizationRole::Administrator), vec![]));
    let refused = (Field::Administrator, Rule::NotGranted);
    assert_eq!(role(Some(&organization(false))).1, [refused]);
    assert_eq!(role(None).1, [(Field::Organization, Rule::Unknown), refused]);
}

#[test]
fn callbacks_may_belong_to_the_organization_or_the_client() {
    let rules = RegistrationRules::native("rpost");
    let (organization, client) = (organization(false), registered_client());
    let url = |url: &str, is_named: bool| {
        let draft = RegistrationDraft { callback_url: url.into(), client_id: "app-1".into(), ..minimal() };
        let (organization, client) =
            if is_named { (Some(&organization), Some(&client)) } else { (None, Some(&client)) };
        read_with(draft, &rules, organization, client).violations.iter().next()
    };
    assert_eq!(url("https://app.example.com/x", false), None);
    assert_eq!(url("https://acme.example.com/x", true), None);
    assert!(url("https://acme.example.com/x", false).is_some(), "nobody named the organization");
    let unknown = RegistrationDraft { client_id: "app-2".into(), ..minimal() };
    assert_eq!(broken(unknown, &rules), [(Field::RegisteredClient, Rule::Unknown)]);
}

#[test]
fn a_link_to_the_callback_needs_one() {
    let rules = RegistrationRules::native("rpost");
    let draft = RegistrationDraft { link_to_callback: true.into(), ..minimal() };
    assert_eq!(broken(draft.clone(), &rules), [(Field::CallbackUrl, Rule::Required)]);
    let steered = RegistrationDraft { callback_url: "https://portal.example.com/?to=evil".into(), ..draft.clone() };
    assert_eq!(broken(steered, &rules), [(Field::CallbackUrl, Rule::Malformed)]);
    let known = "https://app.example.com/activate?app=1";
    let client = RegisteredClient { redirect_uris: vec![known.to_owned()], ..registered_client() };
    for (url, is_taken) in [(known, true), ("https://app.example.com/activate?app=2", false)] {
        let named = RegistrationDraft { callback_url: url.into(), client_id: "app-1".into(), ..draft.clone() };
        assert_eq!(read_with(named, &rules, None, Some(&client)).violations.is_empty(), is_taken, "{url}");
    }
    let evil = RegistrationDraft { callback_url: "https://evil.example.com/".into(), ..draft };
    assert_eq!(broken(evil, &rules), [(Field::CallbackUrl, Rule::OriginNotAllowed)]);
}

fn consent(terms: Option<&str>, privacy: Option<&str>, is_required: bool) -> ConsentSettings {
    ConsentSettings {
        terms_version: terms.map(str::to_owned),
        privacy_version: privacy.map(str::to_owned),
        is_required,
    }
}

fn agreed(reading: &Reading) -> Vec<&str> {
    reading.choices.profile.consents.iter().map(|consent| consent.to.as_str()).collect()
}

fn wrong(reading: &Reading) -> Vec<(Field, Rule)> {
    reading.violations.iter().map(|violation| (violation.field, violation.rule)).collect()
}

#[test]
fn the_versions_in_force_are_recorded_with_time_and_language() {
    let native = RegistrationRules::native("native");
    let in_force = consent(Some("2026-01"), Some("7"), true);
    let named = RegistrationDraft {
        terms_version: "2026-01".into(),
        privacy_version: "7".into(),
        browser_language: Some("de-AT,de;q=0.9".to_owned()),
        ..minimal()
    };
    let ticked = RegistrationDraft { terms_accepted: true.into(), language: "fr".into(), ..minimal() };
    // Whatever they speak, and whatever their browser asks for: that is what they saw.
    let on_a_page = RegistrationDraft {
        browser_language: Some("de-AT".to_owned()),
        shown_in: Some("es".to_owned()),
        ..ticked.clone()
    };
    for (draft, language) in [(named, "de-AT"), (ticked, "fr"), (on_a_page, "es")] {
        let reading = read_with_consent(draft, &native, &in_force);
        assert!(reading.violations.is_empty(), "{:?}", reading.violations);
        assert_eq!(agreed(&reading), ["terms:2026-01", "privacy:7"]);
        for given in &reading.choices.profile.consents {
            assert_eq!((given.at(), given.language.as_deref()), (NOW, Some(language)));
        }
    }
    let only_privacy = consent(None, Some("7"), false);
    let ticked = RegistrationDraft { terms_accepted: true.into(), ..minimal() };
    assert_eq!(agreed(&read_with_consent(ticked, &native, &only_privacy)), ["privacy:7"]);
}

#[test]
fn another_version_is_outdated_and_a_missing_one_refused_where_required() {
    let native = RegistrationRules::native("native");
    let in_force = |is_required| consent(Some("2026-01"), Some("7"), is_required);
    let old = || RegistrationDraft { terms_version: "2025-01".into(), ..minimal() };
    let terms_outdated = (Field::TermsVersion, Rule::Outdated);
    let no_privacy = (Field::PrivacyVersion, Rule::Required);
    assert_eq!(wrong(&read_with_consent(old(), &native, &in_force(false))), [terms_outdated]);
    assert_eq!(wrong(&read_with_consent(old(), &native, &in_force(true))), [terms_outdated, no_privacy]);
    assert_eq!(wrong(&read_with_consent(minimal(), &native, &in_force(false))), []);
    let missing = [(Field::TermsVersion, Rule::Required), no_privacy];
    assert_eq!(wrong(&read_with_consent(minimal(), &native, &in_force(true))), missing);
    let page = RegistrationRules { required: &[Field::TermsAccepted], ..RegistrationRules::native("page") };
    for unticked in [minimal(), RegistrationDraft { terms_accepted: false.into(), ..minimal() }] {
        let reading = read_with_consent(unticked, &page, &in_force(false));
        assert_eq!(wrong(&reading), [(Field::TermsAccepted, Rule::Required)]);
    }
}

#[test]
fn a_channel_that_asks_for_no_consent_is_as_before() {
    let rpost = RegistrationRules { asks_for_consent: false, ..RegistrationRules::native("rpost") };
    let in_force = consent(Some("2026-01"), Some("7"), true);
    let ticked = RegistrationDraft { terms_accepted: true.into(), ..minimal() };
    assert_eq!(agreed(&read_with_consent(ticked, &rpost, &in_force)), ["terms:rpost"]);
    let reading = read_with_consent(minimal(), &rpost, &in_force);
    assert!(reading.violations.is_empty() && agreed(&reading).is_empty());
}
