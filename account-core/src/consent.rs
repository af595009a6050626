//! What people who get an account are asked to agree to.

use crate::client::Client;
use crate::field_limits as limits;
use crate::input::{Input, Reader};
use crate::profile::Consent;
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violations};

/// The versions of terms and privacy notice that are in force. Applies to channels that ask for consent: the native API
/// and the pages ([`RegistrationRules::asks_for_consent`](crate::registration::draft::RegistrationRules::asks_for_consent),
/// [`GivenConsent`]).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentSettings {
    /// The version of the terms; `None` if nobody is asked about them.
    pub terms_version: Option<String>,
    /// The version of the privacy notice; `None` if nobody is asked about it.
    pub privacy_version: Option<String>,
    /// Whether nobody gets an account without agreeing to what is configured.
    pub is_required: bool,
}

/// The consent of a person who gets an account without the details of a registration, as received: with a new password
/// or an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenConsent {
    /// The channel has no field for it, because its documented format has none.
    NotAsked,
    /// The versions that the person agreed to.
    Versions {
        /// The version of the terms.
        terms: Input,
        /// The version of the privacy notice.
        privacy: Input,
    },
    /// A form has one box for both.
    Box {
        /// Whether the person ticked it.
        is_ticked: bool,
        /// Whether it has to be, also where the settings do not require it.
        is_required: bool,
        /// The language of the form, BCP 47.
        language: Option<String>,
    },
}

impl Default for GivenConsent {
    /// None was given. Where the settings require it, that is a violation.
    fn default() -> Self {
        Self::Versions { terms: Input::Absent, privacy: Input::Absent }
    }
}

/// What a person agreed to, once it was parsed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Agreed<'a> {
    pub(crate) terms: Option<&'a str>,
    pub(crate) privacy: Option<&'a str>,
    /// To everything that is configured.
    pub(crate) all: bool,
    /// Whether it is a form whose one box for both has to be ticked.
    pub(crate) has_required_box: bool,
}

impl ConsentSettings {
    /// Adds what is wrong: versions other than the configured ones, and missing ones if they are required.
    pub(crate) fn demand(&self, agreed: &Agreed<'_>, violations: &mut Violations) {
        let is_required = agreed.has_required_box || self.is_required;
        let versions = [
            (Field::TermsVersion, &self.terms_version, agreed.terms),
            (Field::PrivacyVersion, &self.privacy_version, agreed.privacy),
        ];
        for (field, current, given) in versions {
            let Some(current) = current else { continue };
            let missing = if agreed.has_required_box { Field::TermsAccepted } else { field };
            match given {
                Some(given) if given != current => violations.push(field, Rule::Outdated),
                None if is_required && !agreed.all && !violations.concerns(missing) => {
                    violations.push(missing, Rule::Required);
                }
                _ => {}
            }
        }
    }

    /// Returns the versions of terms and privacy notice that the person agreed to.
    pub(crate) fn versions<'a>(&'a self, agreed: &Agreed<'a>) -> [Option<&'a str>; 2] {
        let of = |named: Option<&'a str>, current: &'a Option<String>| {
            named.or_else(|| current.as_deref().filter(|_| agreed.all))
        };
        [of(agreed.terms, &self.terms_version), of(agreed.privacy, &self.privacy_version)]
    }

    /// Parses the consent, adds what is wrong with it, and returns what to keep.
    pub(crate) fn read(
        &self,
        given: GivenConsent,
        client: &Client,
        now: Timestamp,
        violations: &mut Violations,
    ) -> Vec<Consent> {
        let (terms, privacy, all, has_required_box, language) = match given {
            GivenConsent::NotAsked => return Vec::new(),
            GivenConsent::Versions { terms, privacy } => {
                let mut reader = Reader { violations: std::mem::take(violations), ..Reader::default() };
                let terms = reader.line(limits::TERMS_VERSION, terms);
                let privacy = reader.line(limits::PRIVACY_VERSION, privacy);
                *violations = reader.violations;
                (terms, privacy, false, false, None)
            }
            GivenConsent::Box { is_ticked, is_required, language } => {
                (None, None, is_ticked, is_required || self.is_required, language)
            }
        };
        let agreed = Agreed { terms: terms.as_deref(), privacy: privacy.as_deref(), all, has_required_box };
        self.demand(&agreed, violations);
        let [terms, privacy] = self.versions(&agreed);
        records(terms, privacy, language.as_deref(), client, now)
    }
}

/// Returns the records of these versions.
pub(crate) fn records(
    terms: Option<&str>,
    privacy: Option<&str>,
    language: Option<&str>,
    client: &Client,
    now: Timestamp,
) -> Vec<Consent> {
    let named = [("terms", terms), ("privacy", privacy)];
    let named = named.into_iter().filter_map(|(kind, version)| Some(format!("{kind}:{}", version?)));
    named.map(|to| Consent::new(to, now, client.address).in_language(language.map(str::to_owned))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_micros(7);

    fn settings(is_required: bool) -> ConsentSettings {
        let version = |text: &str| Some(text.to_owned());
        ConsentSettings { terms_version: version("2"), privacy_version: version("7"), is_required }
    }

    /// What is kept, and what is wrong.
    fn read(settings: &ConsentSettings, given: GivenConsent) -> (Vec<String>, Vec<(Field, Rule)>) {
        let mut violations = Violations::default();
        let kept = settings.read(given, &Client::default(), NOW, &mut violations);
        let kept = kept.into_iter().map(|consent| consent.to).collect();
        (kept, violations.iter().map(|it| (it.field, it.rule)).collect())
    }

    fn versions(terms: &str, privacy: &str) -> GivenConsent {
        let input = |text: &str| if text.is_empty() { Input::Absent } else { text.into() };
        GivenConsent::Versions { terms: input(terms), privacy: input(privacy) }
    }

    const fn a_box(is_ticked: bool, is_required: bool) -> GivenConsent {
        GivenConsent::Box { is_ticked, is_required, language: None }
    }

    #[test]
    fn versions_that_are_required_must_be_the_configured_ones() {
        let both = vec!["terms:2".to_owned(), "privacy:7".to_owned()];
        let required = |field| (field, Rule::Required);
        let (terms, privacy) = (Field::TermsVersion, Field::PrivacyVersion);
        assert_eq!(read(&settings(true), versions("2", "7")), (both, vec![]));
        assert_eq!(read(&settings(true), GivenConsent::default()).1, [required(terms), required(privacy)]);
        assert_eq!(read(&settings(true), versions("2", "")).1, [required(privacy)]);
        assert_eq!(read(&settings(false), versions("2", "6")).1, [(privacy, Rule::Outdated)]);
        assert_eq!(read(&settings(false), GivenConsent::default()), (vec![], vec![]));
        let mistyped = GivenConsent::Versions { terms: Input::Mistyped, privacy: "7".into() };
        assert_eq!(read(&settings(true), mistyped).1, [(terms, Rule::MustBeText)]);
    }

    #[test]
    fn a_box_is_for_both_versions() {
        let both = vec!["terms:2".to_owned(), "privacy:7".to_owned()];
        let missing = vec![(Field::TermsAccepted, Rule::Required)];
        assert_eq!(read(&settings(true), a_box(true, false)), (both, vec![]));
        assert_eq!(read(&settings(true), a_box(false, false)), (vec![], missing.clone()));
        assert_eq!(read(&settings(false), a_box(false, true)), (vec![], missing));
        assert_eq!(read(&settings(false), a_box(false, false)), (vec![], vec![]));
        assert_eq!(read(&ConsentSettings::default(), a_box(true, true)), (vec![], vec![]));
    }

    #[test]
    fn who_is_not_asked_agrees_to_nothing() {
        assert_eq!(read(&settings(true), GivenConsent::NotAsked), (vec![], vec![]));
    }
}
