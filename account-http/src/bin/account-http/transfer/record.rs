//! One account in a file: its members, in both formats.

use std::collections::BTreeMap;

use account_core::account::Account;
use account_core::input::Input;
use account_core::profile::Consent;
use account_core::violation::Field;
use serde_json::Value;

/// The members of a record, in the order in which they are written.
pub(super) const MEMBERS: [&str; 30] = [
    "id",
    "email",
    "verified",
    "password_hash",
    "username",
    "name",
    "given_name",
    "family_name",
    "country",
    "language",
    "time_zone",
    "country_source",
    "language_source",
    "time_zone_source",
    "shown_in",
    "phone",
    "postal_address",
    "company",
    "industry",
    "date_of_birth",
    "bio",
    "avatar_id",
    "newsletter",
    "terms_version",
    "consents",
    "organization",
    "role",
    "disabled_at",
    "created_at",
    "updated_at",
];

/// One account in a file. Empty texts and null count as absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record(pub(super) BTreeMap<String, Value>);

impl Record {
    /// Parses a line of JSON.
    pub(super) fn from_json(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok().map(Self)
    }

    /// Returns a text.
    pub(super) fn text(&self, member: &str) -> Input {
        match self.0.get(member) {
            None | Some(Value::Null) => Input::Absent,
            Some(Value::String(text)) if text.is_empty() => Input::Absent,
            Some(Value::String(text)) => Input::Given(text.clone()),
            Some(_) => Input::Mistyped,
        }
    }

    /// Returns a boolean. Tables have it in words, or in what databases write for it.
    pub(super) fn flag(&self, member: &str) -> Input<bool> {
        match self.0.get(member) {
            None | Some(Value::Null) => Input::Absent,
            Some(Value::Bool(flag)) => Input::Given(*flag),
            Some(Value::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
                "" => Input::Absent,
                "true" | "t" | "1" | "yes" | "y" => Input::Given(true),
                "false" | "f" | "0" | "no" | "n" => Input::Given(false),
                _ => Input::Mistyped,
            },
            // As databases without booleans have it.
            Some(Value::Number(number)) if number.as_u64() == Some(1) => Input::Given(true),
            Some(Value::Number(number)) if number.as_u64() == Some(0) => Input::Given(false),
            Some(_) => Input::Mistyped,
        }
    }

    /// Converts an account to a record.
    pub(super) fn of(account: &Account, with_hash: bool) -> Self {
        let profile = &account.profile;
        let text = |value: &Option<String>| value.clone().map_or(Value::Null, Value::String);
        let source = |field: Field| text(&profile.sources.get(field.name()).map(|source| source.name().to_owned()));
        let hash = account.password_hash.as_ref().filter(|_| with_hash).map(|hash| hash.as_phc().to_owned());
        let values = [
            Value::String(account.id.to_string()),
            Value::String(account.address.to_string()),
            Value::Bool(account.verified_at.is_some()),
            text(&hash),
            text(&account.user_name.as_ref().map(ToString::to_string)),
            text(&profile.name),
            text(&profile.given_name),
            text(&profile.family_name),
            text(&profile.country),
            text(&profile.language),
            text(&profile.time_zone),
            source(Field::Country),
            source(Field::Language),
            source(Field::TimeZone),
            text(&profile.shown_in),
            text(&profile.phone),
            text(&profile.postal_address),
            text(&profile.company),
            text(&profile.industry),
            text(&profile.date_of_birth),
            text(&profile.bio),
            text(&profile.avatar_id),
            Value::Bool(profile.newsletter),
            text(&profile.terms_version),
            consents(&profile.consents),
            text(&account.organization.map(|id| id.to_string())),
            Value::String(account.role.name().to_owned()),
            text(&account.disabled_at.map(|moment| moment.to_string())),
            Value::String(account.created_at.to_string()),
            Value::String(account.updated_at.to_string()),
        ];
        Self(MEMBERS.iter().map(|member| (*member).to_owned()).zip(values).collect())
    }

    /// Returns the record as a line of JSON.
    pub(super) fn to_json(&self) -> String {
        let present = self.0.iter().filter(|(_, value)| !value.is_null());
        let object: serde_json::Map<_, _> = present.map(|(name, value)| (name.clone(), value.clone())).collect();
        Value::Object(object).to_string()
    }

    /// Returns the record as texts, in the order of [`MEMBERS`].
    pub(super) fn to_fields(&self) -> Vec<String> {
        let fields = MEMBERS.iter().map(|member| match self.0.get(*member) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        });
        fields.collect()
    }
}

/// What the person agreed to, as the API shows it; null if nothing.
fn consents(consents: &[Consent]) -> Value {
    let entry = |consent: &Consent| {
        let members = [
            ("to", Some(consent.to.clone())),
            ("given_at", Some(consent.at().to_string())),
            ("client_address", consent.client_address.map(|address| address.to_string())),
            ("language", consent.language.clone()),
        ];
        let given = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?))));
        Value::Object(given.collect())
    };
    if consents.is_empty() { Value::Null } else { consents.iter().map(entry).collect() }
}

#[cfg(test)]
mod tests {
    use account_core::timestamp::Timestamp;
    use serde_json::json;

    use super::*;

    fn record(json: &str) -> Record {
        Record::from_json(json).unwrap()
    }

    #[test]
    fn booleans_are_understood_as_databases_write_them() {
        for (written, flag) in [
            ("true", Input::Given(true)),
            (r#""t""#, Input::Given(true)),
            (r#""TRUE ""#, Input::Given(true)),
            (r#""1""#, Input::Given(true)),
            ("1", Input::Given(true)),
            (r#""f""#, Input::Given(false)),
            (r#""0""#, Input::Given(false)),
            ("0", Input::Given(false)),
            (r#""no""#, Input::Given(false)),
            (r#""""#, Input::Absent),
            ("null", Input::Absent),
            (r#""maybe""#, Input::Mistyped),
            ("2", Input::Mistyped),
            ("[true]", Input::Mistyped),
        ] {
            assert_eq!(record(&format!(r#"{{"verified":{written}}}"#)).flag("verified"), flag, "{written}");
        }
    }

    #[test]
    fn consents_are_exported_as_evidence() {
        assert_eq!(consents(&[]), Value::Null);
        let at = Timestamp::from_unix_micros(1_767_225_600_000_000);
        let full = Consent::new("terms:2026-01".to_owned(), at, Some([203, 0, 113, 7].into()));
        let bare = Consent::new("privacy:7".to_owned(), at, None);
        assert_eq!(
            consents(&[full.in_language(Some("de".to_owned())), bare]),
            json!([
                {"to": "terms:2026-01", "given_at": "2026-01-01T00:00:00Z", "client_address": "203.0.113.7", "language": "de"},
                {"to": "privacy:7", "given_at": "2026-01-01T00:00:00Z"},
            ])
        );
    }

    #[test]
    fn texts_of_another_type_are_not_converted() {
        let record = record(r#"{"email":["a@example.com"],"name":"","country":null,"bio":"x"}"#);
        assert_eq!(record.text("email"), Input::Mistyped);
        assert_eq!((record.text("name"), record.text("country")), (Input::Absent, Input::Absent));
        assert_eq!(record.text("bio"), "x".into());
    }
}
