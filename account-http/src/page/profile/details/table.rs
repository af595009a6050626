//! The fields of the form, one entry each.

use account_core::account::details::ProfileEdits;
use account_core::account::{Account, SecondaryAddress};
use account_core::field_limits::{self as limits, FieldLimits};
use account_core::input::Edit;
use account_core::name::UserName;
use account_core::reference_data::{countries, time_zones};

/// A detail of an account: how its field looks, and where its value is.
pub(super) struct Detail {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    /// What a browser may fill in by itself (HTML Standard, "autofill").
    pub(super) autocomplete: &'static str,
    pub(super) hint: &'static str,
    pub(super) limits: FieldLimits,
    pub(super) value: fn(&Account) -> Option<&str>,
    pub(super) edit: fn(&mut ProfileEdits) -> &mut Edit,
}

/// How a field looks.
pub(super) enum Kind {
    /// One line, of that type of input.
    Line(&'static str),
    /// One line with choices to pick from: values, each with a name where it says more.
    Choice(fn() -> Vec<Choice>),
    /// Several lines.
    Lines,
}

/// A value to pick, and its name.
pub(super) type Choice = (&'static str, &'static str);

const TEXT: Kind = Kind::Line("text");
const ADDRESS: Kind = Kind::Line("email");

fn secondary(address: Option<&SecondaryAddress>) -> Option<&str> {
    address.map(|secondary| secondary.address.as_str())
}

/// The fields, in groups, as the page shows them.
pub(super) const GROUPS: [(&str, &[Detail]); 5] =
    [("Name", NAMES), ("Location and language", PLACE), ("Contact", CONTACT), ("Work", WORK), ("About you", ABOUT)];

const NAMES: &[Detail] = &[
    Detail {
        name: "name",
        label: "Full name",
        kind: TEXT,
        autocomplete: "name",
        hint: "",
        limits: limits::NAME,
        value: |account| account.profile.name.as_deref(),
        edit: |edits| &mut edits.name,
    },
    Detail {
        name: "given_name",
        label: "Given name",
        kind: TEXT,
        autocomplete: "given-name",
        hint: "",
        limits: limits::GIVEN_NAME,
        value: |account| account.profile.given_name.as_deref(),
        edit: |edits| &mut edits.given_name,
    },
    Detail {
        name: "family_name",
        label: "Family name",
        kind: TEXT,
        autocomplete: "family-name",
        hint: "",
        limits: limits::FAMILY_NAME,
        value: |account| account.profile.family_name.as_deref(),
        edit: |edits| &mut edits.family_name,
    },
    Detail {
        name: "username",
        label: "Username",
        kind: TEXT,
        autocomplete: "username",
        hint: "Visible to others. You can sign in with it instead of your email address.",
        limits: limits::USER_NAME,
        value: |account| account.user_name.as_ref().map(UserName::as_str),
        edit: |edits| &mut edits.user_name,
    },
];

const PLACE: &[Detail] = &[
    Detail {
        name: "country",
        label: "Country",
        kind: Kind::Choice(|| countries().map(|country| (country.code, country.name)).collect()),
        autocomplete: "country",
        hint: "A two-letter code, such as DE or US.",
        limits: limits::COUNTRY,
        value: |account| account.profile.country.as_deref(),
        edit: |edits| &mut edits.country,
    },
    Detail {
        name: "language",
        label: "Language",
        kind: TEXT,
        autocomplete: "language",
        hint: "A language code, such as en or de-CH.",
        limits: limits::LANGUAGE,
        value: |account| account.profile.language.as_deref(),
        edit: |edits| &mut edits.language,
    },
    Detail {
        name: "time_zone",
        label: "Time zone",
        kind: Kind::Choice(|| time_zones().map(|zone| (zone, "")).collect()),
        autocomplete: "off",
        hint: "For example, Europe/Berlin.",
        limits: limits::TIME_ZONE,
        value: |account| account.profile.time_zone.as_deref(),
        edit: |edits| &mut edits.time_zone,
    },
];

const CONTACT: &[Detail] = &[
    Detail {
        name: "phone",
        label: "Phone number",
        kind: Kind::Line("tel"),
        autocomplete: "tel",
        hint: "Include the country code, such as +49 30 901820.",
        limits: limits::PHONE,
        value: |account| account.profile.phone.as_deref(),
        edit: |edits| &mut edits.phone,
    },
    Detail {
        name: "postal_address",
        label: "Postal address",
        kind: Kind::Lines,
        autocomplete: "street-address",
        hint: "",
        limits: limits::POSTAL_ADDRESS,
        value: |account| account.profile.postal_address.as_deref(),
        edit: |edits| &mut edits.postal_address,
    },
    Detail {
        name: "notification_address",
        label: "Additional email address for notices",
        kind: ADDRESS,
        autocomplete: "off",
        hint: "We send account notices here as well.",
        limits: limits::NOTIFICATION_ADDRESS,
        value: |account| secondary(account.secondary_addresses.notification.as_ref()),
        edit: |edits| &mut edits.notification_address,
    },
    Detail {
        name: "alternate_address",
        label: "Alternate email address",
        kind: ADDRESS,
        autocomplete: "off",
        hint: "Another way to reach you. It cannot be used to reset your password.",
        limits: limits::ALTERNATE_ADDRESS,
        value: |account| secondary(account.secondary_addresses.alternate.as_ref()),
        edit: |edits| &mut edits.alternate_address,
    },
];

const WORK: &[Detail] = &[
    Detail {
        name: "company",
        label: "Company",
        kind: TEXT,
        autocomplete: "organization",
        hint: "",
        limits: limits::COMPANY,
        value: |account| account.profile.company.as_deref(),
        edit: |edits| &mut edits.company,
    },
    Detail {
        name: "industry",
        label: "Industry",
        kind: TEXT,
        autocomplete: "off",
        hint: "",
        limits: limits::INDUSTRY,
        value: |account| account.profile.industry.as_deref(),
        edit: |edits| &mut edits.industry,
    },
];

const ABOUT: &[Detail] = &[
    Detail {
        name: "date_of_birth",
        label: "Date of birth",
        kind: Kind::Line("date"),
        autocomplete: "bday",
        hint: "",
        limits: limits::DATE_OF_BIRTH,
        value: |account| account.profile.date_of_birth.as_deref(),
        edit: |edits| &mut edits.date_of_birth,
    },
    Detail {
        name: "bio",
        label: "Bio",
        kind: Kind::Lines,
        autocomplete: "off",
        hint: "",
        limits: limits::BIO,
        value: |account| account.profile.bio.as_deref(),
        edit: |edits| &mut edits.bio,
    },
    Detail {
        name: "avatar_id",
        label: "Picture ID",
        kind: TEXT,
        autocomplete: "off",
        hint: "The application that you use stores the picture itself.",
        limits: limits::AVATAR_ID,
        value: |account| account.profile.avatar_id.as_deref(),
        edit: |edits| &mut edits.avatar_id,
    },
];
