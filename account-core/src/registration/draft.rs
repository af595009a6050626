//! Drafts: a registration as it was received, and the rules that read it.

mod accept_language;

use std::fmt;

use crate::email_address::EmailAddress;
use crate::id::OrganizationId;
use crate::input::Input;
use crate::name::{PersonName, UserName};
use crate::password::Password;
use crate::password::choose::{check_password, personal_words};
use crate::password::policy::PasswordPolicy;
use crate::ports::ReferenceData;
use crate::profile::{Choices, Profile, Source};
use crate::registration::callback::CallbackOrigins;
use crate::violation::{Field, Rule, Violations};

/// Most code points of a terms version.
const MAX_TERMS_VERSION: usize = 64;

/// A registration as it was received. `Debug` says nothing of it: there is a password inside.
#[derive(Clone, Default)]
pub struct RegistrationDraft {
    /// The email address.
    pub email: Input,
    /// The password.
    pub password: Input,
    /// The password once more.
    pub password_confirmation: Input,
    /// The full name.
    pub name: Input,
    /// The given name.
    pub given_name: Input,
    /// The family name.
    pub family_name: Input,
    /// The public user name.
    pub user_name: Input,
    /// The country, ISO 3166-1 alpha-2.
    pub country: Input,
    /// The language, BCP 47.
    pub language: Input,
    /// The time zone.
    pub time_zone: Input,
    /// Whether newsletters are wanted; false when absent.
    pub newsletter: Input<bool>,
    /// The version of the terms that were agreed to.
    pub terms_version: Input,
    /// Where to send the person after verification.
    pub callback_url: Input,
    /// Id of the organization to belong to.
    pub organization: Input,
    /// What the person's browser says of languages: the value of its `Accept-Language` (RFC 9110, 12.5.4). The first of
    /// them that there is becomes the language where none is given; what cannot be read is no error.
    pub browser_language: Option<String>,
}

impl fmt::Debug for RegistrationDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegistrationDraft(..)")
    }
}

/// The rules of one way in: which fields must be there, and how long they may be.
#[derive(Debug, Clone)]
pub struct RegistrationRules {
    /// Name of the way in, kept as the registration's origin: `native`, `page`, or a dialect's name.
    pub surface: &'static str,
    /// The password policy.
    pub password_policy: PasswordPolicy,
    /// Fields that must be given, beside email and password.
    pub required: &'static [Field],
    /// Whether the password must be given twice. Given twice, it must match in any case.
    pub needs_confirmation: bool,
    /// Most code points of a name.
    pub max_name: usize,
}

impl RegistrationRules {
    /// The rules of the native API and of the pages: address and password alone are enough.
    #[must_use]
    pub const fn native(surface: &'static str) -> Self {
        Self {
            surface,
            password_policy: PasswordPolicy::DEFAULT,
            required: &[],
            needs_confirmation: false,
            max_name: crate::name::MAX_NAME,
        }
    }
}

/// What all ways in have in common.
pub(crate) struct Surroundings<'a> {
    pub(crate) reference_data: &'a dyn ReferenceData,
    pub(crate) callback_origins: &'a CallbackOrigins,
    /// Of the organization that the draft names.
    pub(crate) organization_origins: &'a CallbackOrigins,
    pub(crate) service_words: &'a [String],
}

/// A draft after reading: what could be read of it, and all that is wrong with it.
pub(crate) struct Reading {
    pub(crate) address: Option<EmailAddress>,
    pub(crate) password: Option<Password>,
    pub(crate) choices: Choices,
    pub(crate) violations: Violations,
}

impl RegistrationDraft {
    /// The organization that is named, as far as that can be read.
    pub(crate) fn named_organization(&self) -> Option<OrganizationId> {
        match &self.organization {
            Input::Given(text) => text.parse().ok(),
            Input::Absent | Input::Mistyped => None,
        }
    }

    /// Reads every field and notes every broken rule.
    pub(crate) fn read(self, rules: &RegistrationRules, surroundings: &Surroundings<'_>) -> Reading {
        let mut reader = Reader { rules, violations: Violations::default() };
        let name = reader.person_name(Field::Name, self.name);
        let given_name = reader.person_name(Field::GivenName, self.given_name);
        let family_name = reader.person_name(Field::FamilyName, self.family_name);
        let address = reader.field(Field::Email, self.email, |text| match text {
            "" => Err(Rule::Required),
            text => EmailAddress::parse(text).map_err(|_| Rule::Malformed),
        });
        let user_name = reader.field(Field::UserName, self.user_name, UserName::parse);
        let known = |found: Option<String>| found.ok_or(Rule::Unknown);
        let reference = surroundings.reference_data;
        let country = reader.field(Field::Country, self.country, |text| known(reference.country(text)));
        let is_language_open = self.language == Input::Absent;
        let language = reader.field(Field::Language, self.language, |text| known(reference.language(text)));
        let browsers = self.browser_language.filter(|_| is_language_open);
        let browsers = browsers.and_then(|text| accept_language::first_known(&text, reference));
        let sources = browsers.iter().map(|_| (Field::Language.name().to_owned(), Source::Browser)).collect();
        let time_zone = reader.field(Field::TimeZone, self.time_zone, |text| known(reference.time_zone(text)));
        let newsletter = reader.flag(Field::Newsletter, &self.newsletter);
        let terms_version = reader.field(Field::TermsVersion, self.terms_version, |text| {
            PersonName::parse(text, MAX_TERMS_VERSION).map(|text| text.as_str().to_owned())
        });
        let callback_url = reader.field(Field::CallbackUrl, self.callback_url, |text| {
            surroundings.callback_origins.check(text).or_else(|_| surroundings.organization_origins.check(text))
        });
        let organization = reader.field(Field::Organization, self.organization, |text| {
            text.parse::<OrganizationId>().map_err(|_| Rule::Malformed)
        });
        let profile = Profile {
            name,
            given_name,
            family_name,
            country,
            language: language.or(browsers),
            time_zone,
            newsletter,
            terms_version,
            sources,
            ..Profile::default()
        };
        let choices = Choices { profile, user_name, organization, callback_url };
        let password = reader.password(
            self.password,
            &self.password_confirmation,
            &personal_words(address.as_ref(), &choices.profile, choices.user_name.as_ref(), surroundings.service_words),
        );
        Reading { address, password, choices, violations: reader.violations }
    }
}

struct Reader<'a> {
    rules: &'a RegistrationRules,
    violations: Violations,
}

impl Reader<'_> {
    fn field<T>(&mut self, field: Field, input: Input, parse: impl FnOnce(&str) -> Result<T, Rule>) -> Option<T> {
        let is_required = field == Field::Email || self.rules.required.contains(&field);
        let rule = match input {
            Input::Absent if is_required => Rule::Required,
            Input::Absent => return None,
            Input::Mistyped => Rule::MustBeText,
            Input::Given(text) => match parse(&text) {
                Ok(value) => return Some(value),
                Err(rule) => rule,
            },
        };
        self.violations.push(field, rule);
        None
    }

    fn person_name(&mut self, field: Field, input: Input) -> Option<String> {
        let max = self.rules.max_name;
        self.field(field, input, |text| PersonName::parse(text, max).map(|name| name.as_str().to_owned()))
    }

    fn flag(&mut self, field: Field, input: &Input<bool>) -> bool {
        match *input {
            Input::Given(value) => return value,
            Input::Absent if self.rules.required.contains(&field) => self.violations.push(field, Rule::Required),
            Input::Absent => {}
            Input::Mistyped => self.violations.push(field, Rule::MustBeBoolean),
        }
        false
    }

    fn password(&mut self, text: Input, confirmation: &Input, personal: &[&str]) -> Option<Password> {
        let matches = match (&text, confirmation) {
            (Input::Given(text), Input::Given(confirmation)) => text == confirmation,
            (Input::Given(_), Input::Absent) => !self.rules.needs_confirmation,
            (Input::Given(_), Input::Mistyped) => false,
            // What is wrong then is the password itself.
            (Input::Absent | Input::Mistyped, _) => true,
        };
        let password =
            check_password(Field::Password, text, self.rules.password_policy, personal, &mut self.violations);
        if !matches {
            self.violations.push(Field::PasswordConfirmation, Rule::ConfirmationMismatch);
        }
        password
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::BySyntax;

    fn read(draft: RegistrationDraft, rules: &RegistrationRules) -> Reading {
        let origins = CallbackOrigins::parse(["https://portal.example.com"]).unwrap();
        let surroundings = Surroundings {
            reference_data: &BySyntax,
            callback_origins: &origins,
            organization_origins: &CallbackOrigins::default(),
            service_words: &["Accounts".to_owned()],
        };
        draft.read(rules, &surroundings)
    }

    fn minimal() -> RegistrationDraft {
        RegistrationDraft {
            email: "john@acme.com".into(),
            password: "correct horse battery staple".into(),
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
    fn a_confirmation_is_compared_when_there_is_one_and_demanded_where_it_must_be() {
        let native = RegistrationRules::native("native");
        let strict = RegistrationRules { needs_confirmation: true, ..native.clone() };
        let mismatch = [(Field::PasswordConfirmation, Rule::ConfirmationMismatch)];
        let with = |confirmation: Input| RegistrationDraft { password_confirmation: confirmation, ..minimal() };
        assert_eq!(broken(with(Input::Absent), &native), []);
        assert_eq!(broken(with("correct horse battery staple".into()), &strict), []);
        assert_eq!(broken(with(Input::Absent), &strict), mismatch);
        assert_eq!(broken(with("Correct horse battery staple".into()), &native), mismatch);
        assert_eq!(broken(with(Input::Mistyped), &native), mismatch);
    }

    #[test]
    fn the_password_is_measured_against_the_persons_own_words() {
        let draft = RegistrationDraft { password: "john@acme.com.2026".into(), ..minimal() };
        assert_eq!(
            broken(draft, &RegistrationRules::native("native")),
            [(Field::Password, Rule::ContainsPersonalWord)]
        );
        let too_long = RegistrationDraft { password: "x".repeat(300).as_str().into(), ..minimal() };
        assert_eq!(
            broken(too_long, &RegistrationRules::native("native")),
            [(Field::Password, Rule::TooLong { max: 256 })]
        );
    }

    #[test]
    fn a_language_that_is_not_given_is_the_browsers_and_says_so() {
        let native = RegistrationRules::native("page");
        let language = |given: Input, browser: &str| {
            let browser_language = Some(browser.to_owned());
            let reading = read(RegistrationDraft { language: given, browser_language, ..minimal() }, &native);
            let profile = reading.choices.profile;
            (profile.language, profile.sources.get("language").copied(), reading.violations.is_empty())
        };
        let text = |tag: &str| Some(tag.to_owned());
        assert_eq!(language(Input::Absent, "de-AT,en;q=0.5"), (text("de-AT"), Some(Source::Browser), true));
        assert_eq!(language("fr".into(), "de-AT"), (text("fr"), None, true));
        assert_eq!(language("?".into(), "de-AT"), (None, None, false), "what was meant is not guessed");
        assert_eq!(language(Input::Absent, "*;q=x, \u{0}"), (None, None, true));
    }

    #[test]
    fn a_draft_prints_nothing_of_itself() {
        assert_eq!(format!("{:?}", minimal()), "RegistrationDraft(..)");
    }
}
