//! One account in a file: its members, in both formats.

use std::collections::BTreeMap;

use account_core::account::Account;
use account_core::input::Input;
use serde_json::Value;

/// The members of a record, in the order in which they are written.
pub(super) const MEMBERS: [&str; 25] = [
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
    "phone",
    "postal_address",
    "company",
    "industry",
    "date_of_birth",
    "bio",
    "avatar_id",
    "newsletter",
    "terms_version",
    "organization",
    "role",
    "disabled_at",
    "created_at",
    "updated_at",
];

/// One account in a file. Empty texts and null count as absent; unknown members are ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record(BTreeMap<String, Value>);

impl Record {
    /// Parses a line of JSON.
    pub(super) fn from_json(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok().map(Self)
    }

    /// Combines a line of CSV with the names of its columns.
    pub(super) fn from_fields<'a>(names: impl Iterator<Item = &'a str>, fields: impl Iterator<Item = &'a str>) -> Self {
        let members = names.zip(fields).filter(|(_, field)| !field.is_empty());
        Self(members.map(|(name, field)| (name.trim().to_owned(), Value::String(field.to_owned()))).collect())
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

    /// Returns a boolean. CSV has it in words.
    pub(super) fn flag(&self, member: &str) -> Input<bool> {
        match self.0.get(member) {
            None | Some(Value::Null) => Input::Absent,
            Some(Value::Bool(flag)) => Input::Given(*flag),
            Some(Value::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
                "" => Input::Absent,
                "true" | "1" | "yes" => Input::Given(true),
                "false" | "0" | "no" => Input::Given(false),
                _ => Input::Mistyped,
            },
            Some(_) => Input::Mistyped,
        }
    }

    /// Converts an account to a record.
    pub(super) fn of(account: &Account, with_hash: bool) -> Self {
        let profile = &account.profile;
        let text = |value: &Option<String>| value.clone().map_or(Value::Null, Value::String);
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
            text(&profile.phone),
            text(&profile.postal_address),
            text(&profile.company),
            text(&profile.industry),
            text(&profile.date_of_birth),
            text(&profile.bio),
            text(&profile.avatar_id),
            Value::Bool(profile.newsletter),
            text(&profile.terms_version),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_are_equivalent() {
        let json = Record::from_json(r#"{"email":"a@example.com","verified":true,"name":null,"x":[1]}"#).unwrap();
        let fields =
            Record::from_fields(["email", " verified", "name"].into_iter(), ["a@example.com", "TRUE", ""].into_iter());
        for record in [json, fields] {
            assert_eq!(record.text("email"), "a@example.com".into());
            assert_eq!(record.flag("verified"), Input::Given(true));
            assert_eq!(record.text("name"), Input::Absent);
        }
    }

    #[test]
    fn values_of_the_wrong_type_are_not_converted() {
        let record = Record::from_json(r#"{"email":["a@example.com"],"verified":"maybe","newsletter":1}"#).unwrap();
        assert_eq!(record.text("email"), Input::Mistyped);
        assert_eq!(record.flag("verified"), Input::Mistyped);
        assert_eq!(record.flag("newsletter"), Input::Mistyped);
        for line in ["", "[]", "null", "{", r#""a@example.com""#] {
            assert_eq!(Record::from_json(line), None, "{line}");
        }
    }
}
