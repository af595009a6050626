//! Changes of an account's details, as received, and the rules that check them.

use std::collections::BTreeMap;

use crate::account::Account;
use crate::field_limits::{self as limits, OwnLimits};
use crate::input::{Edit, Reader};
use crate::name::UserName;
use crate::organization::is_code;
use crate::ports::ReferenceData;
use crate::profile::formats::{date_of_birth, line, lines, phone};
use crate::profile::{Profile, Source};
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violations};

/// A change of an account's details, as received (RFC 7396): each field is kept, cleared or set. Its `Debug` output
/// hides everything, because it is personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProfileEdits {
    /// Full name. All lengths are in [`crate::field_limits`].
    pub name: Edit,
    /// Given name.
    pub given_name: Edit,
    /// Family name.
    pub family_name: Edit,
    /// The public user name, unique.
    pub user_name: Edit,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Edit,
    /// Language, BCP 47.
    pub language: Edit,
    /// Time zone.
    pub time_zone: Edit,
    /// Telephone number. Stored as E.164 if possible.
    pub phone: Edit,
    /// Postal address in lines.
    pub postal_address: Edit,
    /// Company.
    pub company: Edit,
    /// Industry.
    pub industry: Edit,
    /// Date of birth, `YYYY-MM-DD`, from 1900 until today.
    pub date_of_birth: Edit,
    /// A few words about the person in lines.
    pub bio: Edit,
    /// Id of a picture that is kept elsewhere: letters and digits of ASCII, `.`, `_` and `-`.
    pub avatar_id: Edit,
    /// An additional address for notices, used once it is verified.
    pub notification_address: Edit,
    /// Another address of the person.
    pub alternate_address: Edit,
    /// Whether newsletters are wanted. Clearing it means `false`, the initial value.
    pub newsletter: Edit<bool>,
    /// Length limits of the channel, in addition to those of the core.
    pub lengths: &'static [OwnLimits],
    /// What the caller could not make sense of.
    pub misread: Violations,
}

opaque_debug!(ProfileEdits);

/// The rules for edits.
#[derive(Clone, Copy)]
pub(crate) struct EditRules<'a> {
    pub(crate) reference_data: &'a dyn ReferenceData,
    pub(crate) now: Timestamp,
    /// Whether consent to newsletters is collected. If not, it is ignored.
    pub(crate) keeps_newsletter: bool,
}

impl ProfileEdits {
    /// Parses every field, collects every broken rule, and applies the changes to the account. If there are violations,
    /// the account is only partly changed: discard it.
    ///
    /// Does not touch secondary addresses, which only their owner sets and which must be verified. Does not check
    /// whether the username is taken: the store does.
    pub(crate) fn apply(self, account: &mut Account, rules: &EditRules<'_>, source: Source) -> Violations {
        let reference = rules.reference_data;
        let known = |found: Option<String>| found.ok_or(Rule::Unknown);
        let Profile { sources, .. } = &mut account.profile;
        let mut editor = Editor {
            sources: std::mem::take(sources),
            source,
            fields: Reader { lengths: self.lengths, ..Reader::from(self.misread) },
        };
        let profile = &mut account.profile;
        let name = |text: &str| line(text, limits::NAME.core);
        editor.edit(Field::Name, self.name, &mut profile.name, name);
        editor.edit(Field::GivenName, self.given_name, &mut profile.given_name, name);
        editor.edit(Field::FamilyName, self.family_name, &mut profile.family_name, name);
        editor.edit(Field::UserName, self.user_name, &mut account.user_name, UserName::parse);
        editor.edit(Field::Country, self.country, &mut profile.country, |text| known(reference.country(text)));
        editor.edit(Field::Language, self.language, &mut profile.language, |text| known(reference.language(text)));
        editor.edit(Field::TimeZone, self.time_zone, &mut profile.time_zone, |text| known(reference.time_zone(text)));
        let newsletter = match self.newsletter {
            Edit::Set(wanted) => Edit::Set(wanted && rules.keeps_newsletter),
            other => other,
        };
        editor.flag(Field::Newsletter, newsletter, &mut profile.newsletter);
        editor.edit(Field::Phone, self.phone, &mut profile.phone, phone);
        editor.edit(Field::PostalAddress, self.postal_address, &mut profile.postal_address, |text| {
            lines(text, limits::POSTAL_ADDRESS.core)
        });
        editor.edit(Field::Company, self.company, &mut profile.company, |text| line(text, limits::COMPANY.core));
        editor.edit(Field::Industry, self.industry, &mut profile.industry, |text| line(text, limits::INDUSTRY.core));
        editor.edit(Field::DateOfBirth, self.date_of_birth, &mut profile.date_of_birth, |text| {
            date_of_birth(text, rules.now)
        });
        editor.edit(Field::Bio, self.bio, &mut profile.bio, |text| lines(text, limits::BIO.core));
        editor.edit(Field::AvatarId, self.avatar_id, &mut profile.avatar_id, |text| {
            if is_code(text) { Ok(text.to_owned()) } else { Err(Rule::Malformed) }
        });
        profile.sources = editor.sources;
        editor.fields.violations
    }
}

/// Applies edits, and records the source of values and violations.
struct Editor {
    sources: BTreeMap<String, Source>,
    source: Source,
    fields: Reader,
}

impl Editor {
    fn edit<T: PartialEq>(
        &mut self,
        field: Field,
        edit: Edit,
        value: &mut Option<T>,
        parse: impl FnOnce(&str) -> Result<T, Rule>,
    ) {
        let Some(input) = edit.into_input() else { return };
        let new = self.fields.text(field, input, parse);
        self.mark(field, new.is_some(), *value == new);
        *value = new;
    }

    fn flag(&mut self, field: Field, edit: Edit<bool>, value: &mut bool) {
        let is_there = !matches!(edit, Edit::Clear);
        let Some(input) = edit.into_input() else { return };
        let new = self.fields.flag(field, input);
        self.mark(field, is_there, *value == new);
        *value = new;
    }

    /// Only values that the person did not enter have a source. Entering the same value again makes it theirs. Others
    /// who keep a value do not become its source.
    fn mark(&mut self, field: Field, is_there: bool, is_same: bool) {
        if self.source == Source::Given || !is_there {
            self.sources.remove(field.name());
        } else if !is_same {
            self.sources.insert(field.name().to_owned(), self.source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email_address::EmailAddress;
    use crate::id::AccountId;
    use crate::ports::BySyntax;

    const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);

    fn account() -> Account {
        let address = EmailAddress::parse("john@acme.com").unwrap();
        Account::new(AccountId::from_uuid(uuid::Uuid::from_u128(1)), address, NOW)
    }

    fn apply(account: &mut Account, edits: ProfileEdits, source: Source) -> Vec<(Field, Rule)> {
        let rules = EditRules { reference_data: &BySyntax, now: NOW, keeps_newsletter: true };
        edits.apply(account, &rules, source).iter().map(|violation| (violation.field, violation.rule)).collect()
    }

    fn full() -> ProfileEdits {
        ProfileEdits {
            name: "John Doe".into(),
            given_name: "John".into(),
            family_name: "Doe".into(),
            user_name: "JDoe".into(),
            country: "de".into(),
            language: "DE".into(),
            time_zone: "Europe/Berlin".into(),
            phone: "+49 30 123456".into(),
            postal_address: "1 Main St\r\nBerlin".into(),
            company: "Acme".into(),
            industry: "Anvils".into(),
            date_of_birth: "1990-02-28".into(),
            bio: "Line\nline".into(),
            avatar_id: "a-1_2.png".into(),
            newsletter: true.into(),
            ..ProfileEdits::default()
        }
    }

    fn cleared() -> ProfileEdits {
        ProfileEdits {
            name: Edit::Clear,
            given_name: Edit::Clear,
            family_name: Edit::Clear,
            user_name: Edit::Clear,
            country: Edit::Clear,
            language: Edit::Clear,
            time_zone: Edit::Clear,
            phone: Edit::Clear,
            postal_address: Edit::Clear,
            company: Edit::Clear,
            industry: Edit::Clear,
            date_of_birth: Edit::Clear,
            bio: Edit::Clear,
            avatar_id: Edit::Clear,
            notification_address: Edit::Clear,
            alternate_address: Edit::Clear,
            newsletter: Edit::Clear,
            lengths: &[],
            misread: Violations::default(),
        }
    }

    #[test]
    fn values_are_stored_in_canonical_form() {
        let mut account = account();
        assert_eq!(apply(&mut account, full(), Source::Given), []);
        let profile = &account.profile;
        assert_eq!(account.user_name.as_ref().unwrap().as_str(), "jdoe");
        assert_eq!((profile.country.as_deref(), profile.language.as_deref()), (Some("DE"), Some("de")));
        assert_eq!(profile.phone.as_deref(), Some("+4930123456"));
        assert_eq!(profile.postal_address.as_deref(), Some("1 Main St\nBerlin"));
        assert!(profile.newsletter && profile.sources.is_empty());
    }

    #[test]
    fn absent_values_are_kept_and_null_clears() {
        let mut account = account();
        apply(&mut account, full(), Source::Administrator);
        let before = account.clone();
        assert_eq!(apply(&mut account, ProfileEdits::default(), Source::Given), []);
        assert_eq!(account, before);
        assert_eq!(apply(&mut account, cleared(), Source::Given), []);
        assert_eq!((account.profile, account.user_name), (Profile::default(), None));
    }

    #[test]
    fn all_violations_are_noted_at_once() {
        let edits = ProfileEdits {
            name: " ".into(),
            given_name: Edit::Mistyped,
            family_name: "a\u{202E}b".into(),
            user_name: "jane@acme.com".into(),
            country: "Germany".into(),
            language: "".into(),
            time_zone: "Berlin".into(),
            phone: "1".repeat(101).into(),
            postal_address: "a".repeat(1_001).into(),
            company: "a".repeat(256).into(),
            industry: "a\nb".into(),
            date_of_birth: "1990-02-30".into(),
            bio: "a".repeat(2_001).into(),
            avatar_id: "../picture".into(),
            newsletter: Edit::Mistyped,
            ..ProfileEdits::default()
        };
        let expected = [
            (Field::Name, Rule::Blank),
            (Field::GivenName, Rule::MustBeText),
            (Field::FamilyName, Rule::ForbiddenCharacter),
            (Field::UserName, Rule::ForbiddenCharacter),
            (Field::Country, Rule::Unknown),
            (Field::Language, Rule::Unknown),
            (Field::TimeZone, Rule::Unknown),
            (Field::Newsletter, Rule::MustBeBoolean),
            (Field::Phone, Rule::TooLong { max: 100 }),
            (Field::PostalAddress, Rule::TooLong { max: 1_000 }),
            (Field::Company, Rule::TooLong { max: 255 }),
            (Field::Industry, Rule::ForbiddenCharacter),
            (Field::DateOfBirth, Rule::Malformed),
            (Field::Bio, Rule::TooLong { max: 2_000 }),
            (Field::AvatarId, Rule::Malformed),
        ];
        assert_eq!(apply(&mut account(), edits, Source::Given), expected);
    }

    #[test]
    fn the_channel_may_have_narrower_lengths() {
        const LENGTHS: &[OwnLimits] = limits::FORM;
        let edits = |name: &str, bio: &str| ProfileEdits {
            name: name.into(),
            bio: bio.into(),
            lengths: LENGTHS,
            ..ProfileEdits::default()
        };
        let long = "ä".repeat(201);
        assert_eq!(
            apply(&mut account(), edits("John", &long), Source::Given),
            [(Field::Name, Rule::TooShort { min: 8 }), (Field::Bio, Rule::TooLong { max: 200 })]
        );
        assert_eq!(apply(&mut account(), edits("John Doe", &"ä".repeat(200)), Source::Given), []);
        let cleared = ProfileEdits { lengths: LENGTHS, ..cleared() };
        assert_eq!(apply(&mut account(), cleared, Source::Given), [], "what is taken away has no length");
    }

    #[test]
    fn only_values_from_others_have_a_source() {
        let mut account = account();
        account.profile.country = Some("AT".to_owned());
        account.profile.sources.insert("country".to_owned(), Source::ClientAddress);
        let edits = |country: &str| ProfileEdits {
            country: country.into(),
            company: "Acme".into(),
            newsletter: false.into(),
            ..ProfileEdits::default()
        };
        apply(&mut account, edits("AT"), Source::Administrator);
        let sources = |account: &Account| account.profile.sources.clone().into_iter().collect::<Vec<_>>();
        let company = ("company".to_owned(), Source::Administrator);
        assert_eq!(
            sources(&account),
            [company.clone(), ("country".to_owned(), Source::ClientAddress)],
            "it was AT before"
        );
        apply(&mut account, edits("CH"), Source::Administrator);
        assert_eq!(sources(&account), [company, ("country".to_owned(), Source::Administrator)]);
        apply(&mut account, edits("CH"), Source::Given);
        assert_eq!(sources(&account), []);
    }

    #[test]
    fn others_cannot_set_secondary_addresses() {
        let mut account = account();
        let edits = ProfileEdits {
            notification_address: "mallory@example.com".into(),
            alternate_address: Edit::Mistyped,
            ..ProfileEdits::default()
        };
        let before = account.clone();
        assert_eq!(apply(&mut account, edits, Source::Administrator), []);
        assert_eq!(account, before);
    }
}
