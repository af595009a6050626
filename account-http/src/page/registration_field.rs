//! The fields of the registration page besides address and password. Which of them it asks for is configured.

use account_core::RegistrationDraft;
use account_core::consent::GivenConsent;
use account_core::input::Input;
use account_core::timestamp::Timestamp;
use account_core::translation::Translator;
use account_core::violation::{Field, Violations};
use serde::Serialize;

use super::choices::{Choice, List};
use super::form::Fields;
use super::samples;
use super::visit::Visit;
use super::words::{self, say};
use crate::settings::{FieldUse, RegistrationFields};

/// The kind of the box for consent.
const CONSENT: &str = "consent";
/// What a ticked box sends.
const TICKED: &str = "yes";

/// A field of the registration page.
#[derive(Debug, Serialize)]
pub(super) struct RegistrationField {
    /// Its name in the form.
    name: &'static str,
    /// `text`, `list`, `tick`, or `consent` for the box whose label links to the terms.
    kind: &'static str,
    label: String,
    /// What a browser may fill in by itself (HTML Standard, "autofill").
    autocomplete: &'static str,
    is_required: bool,
    /// Values to choose from, with their names.
    choices: Vec<Choice>,
    value: String,
    is_ticked: bool,
    problems: Vec<String>,
}

/// How a field looks: its kind, the key of its label, and what a browser may fill in.
const fn look_of(field: Field) -> (&'static str, &'static str, &'static str) {
    match field {
        Field::Name => ("text", "label-name", "name"),
        Field::GivenName => ("text", "profile-given-name", "given-name"),
        Field::FamilyName => ("text", "profile-family-name", "family-name"),
        Field::Country => ("list", "profile-country", "country"),
        Field::Language => ("list", "profile-language", "language"),
        Field::Newsletter => ("tick", "profile-newsletter", "off"),
        Field::TermsAccepted => (CONSENT, "register-consent", "off"),
        _ => ("text", "register-organization", "off"),
    }
}

fn choices_of(field: Field, words: &Translator, value: &str, now: Timestamp) -> Vec<Choice> {
    match field {
        Field::Country => List::Countries.choices(words, value, now),
        Field::Language => List::Languages.choices(words, value, now),
        _ => Vec::new(),
    }
}

/// Returns the fields that the page shows, with what was typed and what is wrong with it.
pub(super) fn shown(visit: &Visit, fields: &Fields, violations: &Violations) -> Vec<RegistrationField> {
    let (words, asked, now) = (visit.words(), visit.pages.registration_fields, visit.pages.service.now());
    let view = |(field, usage): (Field, FieldUse)| {
        let (kind, label, autocomplete) = look_of(field);
        RegistrationField {
            name: field.name(),
            kind,
            label: say(words, label),
            autocomplete,
            is_required: usage == FieldUse::Required,
            choices: choices_of(field, words, fields.trimmed(field.name()), now),
            value: fields.trimmed(field.name()).to_owned(),
            is_ticked: fields.text(field.name()) == TICKED,
            problems: words::about(words, violations, field),
        }
    };
    asked.all().into_iter().filter(|(_, usage)| usage.is_asked()).map(view).collect()
}

/// Returns the fields that the page shows.
pub(super) fn asked_for(asked: RegistrationFields) -> Vec<Field> {
    asked.all().into_iter().filter(|(_, usage)| usage.is_asked()).map(|(field, _)| field).collect()
}

/// Returns the box for consent, if the registration page has one: it is also for people who get an account in another way.
pub(super) fn consent_box(visit: &Visit, fields: &Fields, violations: &Violations) -> Option<RegistrationField> {
    let all = shown(visit, fields, violations);
    all.into_iter().find(|field| field.kind == CONSENT)
}

/// Returns what a form with that box says of consent.
pub(super) fn given_consent(visit: &Visit, fields: &Fields) -> GivenConsent {
    GivenConsent::Box {
        is_ticked: fields.text(Field::TermsAccepted.name()) == TICKED,
        is_required: visit.pages.registration_fields.terms == FieldUse::Required,
        language: Some(visit.words().tag().to_owned()),
    }
}

/// Takes over what was typed into the fields that the page asks for. An empty one counts as absent.
pub(super) fn fill(draft: &mut RegistrationDraft, asked: RegistrationFields, fields: &Fields) {
    for field in asked_for(asked) {
        let text = fields.trimmed(field.name());
        let typed = || if text.is_empty() { Input::Absent } else { Input::from(text) };
        let ticked = Input::Given(fields.text(field.name()) == TICKED);
        match field {
            Field::Name => draft.name = typed(),
            Field::GivenName => draft.given_name = typed(),
            Field::FamilyName => draft.family_name = typed(),
            Field::Country => draft.country = typed(),
            Field::Language => draft.language = typed(),
            Field::Organization => draft.organization_code = typed(),
            Field::Newsletter => draft.newsletter = ticked,
            Field::TermsAccepted => draft.terms_accepted = ticked,
            _ => {}
        }
    }
}

impl RegistrationField {
    /// The box for consent, of a page that checks an operator's templates.
    pub(super) fn sample_of_consent() -> Option<Self> {
        Self::samples(true).into_iter().find(|field| field.kind == CONSENT)
    }

    /// Of a page that checks an operator's templates: one field of each kind, with everything or with little.
    pub(super) fn samples(is_full: bool) -> Vec<Self> {
        let sample = |(name, kind): (&'static str, &'static str)| Self {
            name,
            kind,
            label: samples::text(),
            autocomplete: "off",
            is_required: is_full,
            choices: vec![("DE".into(), "Germany".into(), "".into())],
            value: if is_full { "DE".to_owned() } else { String::new() },
            is_ticked: is_full,
            problems: is_full.then(samples::text).into_iter().collect(),
        };
        let kinds = [("name", "text"), ("country", "list"), ("newsletter", "tick"), ("terms_accepted", CONSENT)];
        kinds.into_iter().map(sample).collect()
    }
}
