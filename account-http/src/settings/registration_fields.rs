//! Which fields the registration page asks for.

use account_core::violation::Field;

/// How the registration page uses a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldUse {
    /// It does not ask for it.
    Off,
    /// It asks for it; it can be left empty.
    Optional,
    /// It asks for it, and nobody registers on the page without it.
    Required,
}

impl FieldUse {
    /// Returns the use with this name: `off`, `optional` or `required`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "off" => Self::Off,
            "optional" => Self::Optional,
            "required" => Self::Required,
            _ => return None,
        })
    }

    /// Returns whether the page asks for the field.
    #[must_use]
    pub fn is_asked(self) -> bool {
        self != Self::Off
    }
}

/// The fields of the registration page besides address and password, which it always asks for. What is required here is
/// required on the page only, not by the APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationFields {
    /// The full name.
    pub name: FieldUse,
    /// The given name.
    pub given_name: FieldUse,
    /// The family name.
    pub family_name: FieldUse,
    /// The country.
    pub country: FieldUse,
    /// The language. Without it, that of the browser is stored.
    pub language: FieldUse,
    /// Whether newsletters are wanted. A consent must be free, so it is never required.
    pub newsletter: FieldUse,
    /// The code of an organization.
    pub organization: FieldUse,
    /// Consent to the configured versions of terms and privacy notice: one box for both. The pages for a new password and
    /// an invitation have it too.
    pub terms: FieldUse,
}

impl Default for RegistrationFields {
    /// An optional name, and nothing else.
    fn default() -> Self {
        Self {
            name: FieldUse::Optional,
            given_name: FieldUse::Off,
            family_name: FieldUse::Off,
            country: FieldUse::Off,
            language: FieldUse::Off,
            newsletter: FieldUse::Off,
            organization: FieldUse::Off,
            terms: FieldUse::Off,
        }
    }
}

impl RegistrationFields {
    /// Returns every field and its use, in the order in which the page asks for them.
    #[must_use]
    pub const fn all(&self) -> [(Field, FieldUse); 8] {
        [
            (Field::Name, self.name),
            (Field::GivenName, self.given_name),
            (Field::FamilyName, self.family_name),
            (Field::Country, self.country),
            (Field::Language, self.language),
            (Field::Organization, self.organization),
            (Field::Newsletter, self.newsletter),
            (Field::TermsAccepted, self.terms),
        ]
    }

    /// Returns the fields that nobody registers without, for
    /// [`RegistrationRules::required`](account_core::RegistrationRules::required). It is made once, at the start, and
    /// lasts as long as the process.
    #[must_use]
    pub fn required(&self) -> &'static [Field] {
        let required = |(field, usage): (Field, FieldUse)| (usage == FieldUse::Required).then_some(field);
        self.all().into_iter().filter_map(required).collect::<Vec<_>>().leak()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_default_only_an_optional_name_is_asked_for() {
        let fields = RegistrationFields::default();
        let asked: Vec<_> = fields.all().into_iter().filter(|(_, usage)| usage.is_asked()).collect();
        assert_eq!(asked, [(Field::Name, FieldUse::Optional)]);
        assert!(fields.required().is_empty());
    }

    #[test]
    fn required_fields_are_those_of_the_rules() {
        let (required, optional) = (FieldUse::Required, FieldUse::Optional);
        let fields =
            RegistrationFields { country: required, terms: required, language: optional, ..Default::default() };
        assert_eq!(fields.required(), [Field::Country, Field::TermsAccepted]);
    }

    #[test]
    fn a_use_has_a_name() {
        for (name, usage) in [
            ("off", Some(FieldUse::Off)),
            ("optional", Some(FieldUse::Optional)),
            ("required", Some(FieldUse::Required)),
            ("Off", None),
            ("", None),
        ] {
            assert_eq!(FieldUse::by_name(name), usage, "{name}");
        }
    }
}
