//! The fields of the form, one entry each.

use account_core::account::details::ProfileEdits;
use account_core::account::{Account, SecondaryAddress};
use account_core::field_limits::{self as limits, FieldLimits};
use account_core::input::Edit;
use account_core::name::UserName;

use super::super::super::choices::List;

/// A detail of an account: how its field looks, and where its value is.
pub(super) struct Detail {
    /// The key of its label.
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    /// What a browser may fill in by itself (HTML Standard, "autofill").
    pub(super) autocomplete: &'static str,
    /// The key of the sentence below its label.
    pub(super) hint: Option<&'static str>,
    pub(super) limits: FieldLimits,
    pub(super) value: Value,
    pub(super) edit: EditOf,
}

/// How a field looks.
pub(super) enum Kind {
    /// One line, of that type of input.
    Line(&'static str),
    /// A list to choose from.
    List(List),
    /// Several lines.
    Lines,
}

fn secondary(address: Option<&SecondaryAddress>) -> Option<&str> {
    address.map(|secondary| secondary.address.as_str())
}

type Value = fn(&Account) -> Option<&str>;
type EditOf = fn(&mut ProfileEdits) -> &mut Edit;

/// A field with one line of text, without a hint, that a browser does not fill in.
const fn line(label: &'static str, limits: FieldLimits, value: Value, edit: EditOf) -> Detail {
    Detail { label, kind: Kind::Line("text"), autocomplete: "off", hint: None, limits, value, edit }
}

/// A field with several lines.
const fn lines(label: &'static str, limits: FieldLimits, value: Value, edit: EditOf) -> Detail {
    Detail { kind: Kind::Lines, ..line(label, limits, value, edit) }
}

impl Detail {
    /// Returns the name in forms: that of the field in violations.
    pub(super) const fn name(&self) -> &'static str {
        self.limits.field.name()
    }

    const fn of_type(self, input: &'static str) -> Self {
        Self { kind: Kind::Line(input), ..self }
    }

    const fn with_list(self, list: List) -> Self {
        Self { kind: Kind::List(list), ..self }
    }

    const fn filled_in_as(self, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..self }
    }

    const fn with_hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// The fields, in groups, as the page shows them. A group has the key of its name.
pub(super) const GROUPS: [(&str, &[Detail]); 5] = [
    ("profile-group-name", NAMES),
    ("profile-group-place", PLACE),
    ("profile-group-contact", CONTACT),
    ("profile-group-work", WORK),
    ("profile-group-about", ABOUT),
];

const NAMES: &[Detail] = &[
    line("profile-name", limits::NAME, |account| account.profile.name.as_deref(), |edits| &mut edits.name)
        .filled_in_as("name"),
    line(
        "profile-given-name",
        limits::GIVEN_NAME,
        |account| account.profile.given_name.as_deref(),
        |edits| &mut edits.given_name,
    )
    .filled_in_as("given-name"),
    line(
        "profile-family-name",
        limits::FAMILY_NAME,
        |account| account.profile.family_name.as_deref(),
        |edits| &mut edits.family_name,
    )
    .filled_in_as("family-name"),
    line(
        "profile-username",
        limits::USER_NAME,
        |account| account.user_name.as_ref().map(UserName::as_str),
        |edits| &mut edits.user_name,
    )
    .filled_in_as("username")
    .with_hint("profile-username-hint"),
];

const PLACE: &[Detail] = &[
    line("profile-country", limits::COUNTRY, |account| account.profile.country.as_deref(), |edits| &mut edits.country)
        .with_list(List::Countries)
        .filled_in_as("country"),
    line(
        "profile-language",
        limits::LANGUAGE,
        |account| account.profile.language.as_deref(),
        |edits| &mut edits.language,
    )
    .with_list(List::Languages)
    .filled_in_as("language"),
    line(
        "profile-time-zone",
        limits::TIME_ZONE,
        |account| account.profile.time_zone.as_deref(),
        |edits| &mut edits.time_zone,
    )
    .with_list(List::TimeZones),
];

const CONTACT: &[Detail] = &[
    line("profile-phone", limits::PHONE, |account| account.profile.phone.as_deref(), |edits| &mut edits.phone)
        .of_type("tel")
        .filled_in_as("tel")
        .with_hint("profile-phone-hint"),
    lines(
        "profile-postal-address",
        limits::POSTAL_ADDRESS,
        |account| account.profile.postal_address.as_deref(),
        |edits| &mut edits.postal_address,
    )
    .filled_in_as("street-address"),
    line(
        "profile-notification-address",
        limits::NOTIFICATION_ADDRESS,
        |account| secondary(account.secondary_addresses.notification.as_ref()),
        |edits| &mut edits.notification_address,
    )
    .of_type("email")
    .with_hint("profile-notification-address-hint"),
    line(
        "profile-alternate-address",
        limits::ALTERNATE_ADDRESS,
        |account| secondary(account.secondary_addresses.alternate.as_ref()),
        |edits| &mut edits.alternate_address,
    )
    .of_type("email")
    .with_hint("profile-alternate-address-hint"),
];

const WORK: &[Detail] = &[
    line("profile-company", limits::COMPANY, |account| account.profile.company.as_deref(), |edits| &mut edits.company)
        .filled_in_as("organization"),
    line(
        "profile-industry",
        limits::INDUSTRY,
        |account| account.profile.industry.as_deref(),
        |edits| &mut edits.industry,
    ),
];

const ABOUT: &[Detail] = &[
    line(
        "profile-date-of-birth",
        limits::DATE_OF_BIRTH,
        |account| account.profile.date_of_birth.as_deref(),
        |edits| &mut edits.date_of_birth,
    )
    .of_type("date")
    .filled_in_as("bday"),
    lines("profile-bio", limits::BIO, |account| account.profile.bio.as_deref(), |edits| &mut edits.bio),
    line(
        "profile-avatar",
        limits::AVATAR_ID,
        |account| account.profile.avatar_id.as_deref(),
        |edits| &mut edits.avatar_id,
    )
    .with_hint("profile-avatar-hint"),
];
