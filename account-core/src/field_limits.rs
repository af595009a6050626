//! How long the text of each field may be: the only place that has these numbers.
//!
//! Each row has the core's own limits, and those of each documented API that has others. Parsers, OpenAPI documents,
//! pages and dialects use them from here.

use crate::violation::{Field, Rule};

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    CodePoints,
    /// Bytes of UTF-8.
    Bytes,
}

/// The minimum and maximum length of a text.
///
/// A minimum of 1 in the core means that an empty text is refused; the field decides with which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The minimum.
    pub min: usize,
    /// The maximum.
    pub max: usize,
    /// What is counted.
    pub unit: Unit,
}

impl Limits {
    /// Creates limits in code points.
    #[must_use]
    pub const fn code_points(min: usize, max: usize) -> Self {
        Self { min, max, unit: Unit::CodePoints }
    }

    /// Checks a text against both limits.
    ///
    /// # Errors
    /// [`Rule::TooShort`] or [`Rule::TooLong`].
    pub fn check(self, text: &str) -> Result<(), Rule> {
        if self.length_of(text) < self.min { Err(Rule::TooShort { min: self.min }) } else { self.check_max(text) }
    }

    /// Checks a text against the maximum only.
    ///
    /// # Errors
    /// [`Rule::TooLong`].
    pub fn check_max(self, text: &str) -> Result<(), Rule> {
        if self.length_of(text) > self.max { Err(Rule::TooLong { max: self.max }) } else { Ok(()) }
    }

    fn length_of(self, text: &str) -> usize {
        match self.unit {
            Unit::CodePoints => text.chars().count(),
            Unit::Bytes => text.len(),
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldLimits {
    /// The field.
    pub field: Field,
    /// The limits of the core.
    pub core: Limits,
    /// The limits of the mikrocloud API; those of the core where its documentation has none. Likewise for the other
    /// APIs.
    pub mikrocloud: Limits,
    /// The limits of the rpost API.
    pub rpost: Limits,
    /// The limits of the waltid API.
    pub waltid: Limits,
    /// The limits of the form API.
    pub form: Limits,
}

/// The limits of one API for a field, in place of the core's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLimits {
    /// The field.
    pub field: Field,
    /// The limits.
    pub limits: Limits,
}

impl OwnLimits {
    /// Checks a text against an API's own limits for the field, if there are any. Parsers check the core's.
    pub(crate) fn check(all: &[Self], field: Field, text: &str) -> Result<(), Rule> {
        all.iter().find(|own| own.field == field).map_or(Ok(()), |own| own.limits.check(text))
    }
}

/// An API's own limits, or the core's.
macro_rules! own_or {
    ($core:expr;) => {
        $core
    };
    ($core:expr; $min:literal..=$max:literal) => {
        Limits::code_points($min, $max)
    };
}

/// Declares the table: name of the row, field, the core's limits, then those of the APIs that have their own. An API's
/// own count code points.
macro_rules! field_limits {
    ($($name:ident $field:ident: $min:literal..=$max:literal $unit:ident
        $(, mikrocloud $mikrocloud_min:literal..=$mikrocloud_max:literal)?
        $(, rpost $rpost_min:literal..=$rpost_max:literal)?
        $(, waltid $waltid_min:literal..=$waltid_max:literal)?
        $(, form $form_min:literal..=$form_max:literal)?
    ;)+) => {
        $(
            #[doc = concat!("Limits of [`Field::", stringify!($field), "`].")]
            pub const $name: FieldLimits = {
                let core = Limits { min: $min, max: $max, unit: Unit::$unit };
                FieldLimits {
                    field: Field::$field,
                    core,
                    mikrocloud: own_or!(core; $($mikrocloud_min..=$mikrocloud_max)?),
                    rpost: own_or!(core; $($rpost_min..=$rpost_max)?),
                    waltid: own_or!(core; $($waltid_min..=$waltid_max)?),
                    form: own_or!(core; $($form_min..=$form_max)?),
                }
            };
        )+

        /// Every row.
        pub const ALL: &[FieldLimits] = &[$($name),+];
        /// The limits of the mikrocloud API that differ from the core's.
        pub const MIKROCLOUD: &[OwnLimits] =
            &[$($(OwnLimits { field: Field::$field, limits: Limits::code_points($mikrocloud_min, $mikrocloud_max) },)?)+];
        /// The limits of the rpost API that differ from the core's.
        pub const RPOST: &[OwnLimits] =
            &[$($(OwnLimits { field: Field::$field, limits: Limits::code_points($rpost_min, $rpost_max) },)?)+];
        /// The limits of the form API that differ from the core's.
        pub const FORM: &[OwnLimits] =
            &[$($(OwnLimits { field: Field::$field, limits: Limits::code_points($form_min, $form_max) },)?)+];
    };
}

field_limits! {
    // RFC 5321, 4.5.3.1.3, less the angle brackets.
    EMAIL Email: 1..=254 Bytes, mikrocloud 1..=255, rpost 1..=256, form 0..=255;
    ALTERNATE_ADDRESS AlternateAddress: 1..=254 Bytes, rpost 0..=256;
    NOTIFICATION_ADDRESS NotificationAddress: 1..=254 Bytes, rpost 0..=255;
    // What is accepted at all. The password policy decides how long a new password must be.
    PASSWORD Password: 1..=256 CodePoints, rpost 0..=256;
    NEW_PASSWORD NewPassword: 1..=256 CodePoints;
    CURRENT_PASSWORD CurrentPassword: 1..=256 CodePoints;
    NAME Name: 1..=255 CodePoints, mikrocloud 1..=255, form 8..=40;
    GIVEN_NAME GivenName: 1..=255 CodePoints, rpost 0..=255;
    FAMILY_NAME FamilyName: 1..=255 CodePoints, rpost 0..=255;
    USER_NAME UserName: 2..=64 CodePoints, form 6..=32;
    // A code or a name.
    COUNTRY Country: 2..=64 CodePoints, rpost 0..=5;
    LANGUAGE Language: 1..=35 CodePoints, rpost 0..=10;
    TIME_ZONE TimeZone: 1..=64 CodePoints, rpost 0..=100;
    TERMS_VERSION TermsVersion: 1..=64 CodePoints;
    PRIVACY_VERSION PrivacyVersion: 1..=64 CodePoints;
    // People write extensions and hours beside the number.
    PHONE Phone: 1..=100 CodePoints, rpost 0..=100, form 0..=20;
    POSTAL_ADDRESS PostalAddress: 1..=1_000 CodePoints;
    COMPANY Company: 1..=255 CodePoints, rpost 0..=250;
    INDUSTRY Industry: 1..=255 CodePoints, rpost 0..=50;
    DATE_OF_BIRTH DateOfBirth: 10..=10 CodePoints;
    BIO Bio: 1..=2_000 CodePoints, form 0..=200;
    AVATAR_ID AvatarId: 1..=64 CodePoints;
    CALLBACK_URL CallbackUrl: 1..=2_048 Bytes, rpost 0..=250;
    APPLICATION Application: 1..=255 CodePoints, rpost 0..=30;
    APPLICATION_SITE ApplicationSite: 1..=255 CodePoints;
    ORIGINATING_URL OriginatingUrl: 1..=2_048 CodePoints;
    CLAIMED_ADDRESS ClaimedAddress: 1..=255 CodePoints;
    ORGANIZATION_CODE OrganizationCode: 1..=64 CodePoints;
    CLIENT_ID ClientId: 1..=64 CodePoints;
    // base64url of 256 bits. rpost also accepts the whole emailed link; waltid's token is configured, form's renews
    // sessions.
    TOKEN Token: 43..=43 CodePoints, rpost 43..=512, waltid 1..=1_024, form 0..=255;
    CONTINUATION Continuation: 43..=43 CodePoints;
    DEVICE_TOKEN DeviceToken: 48..=48 CodePoints;
    // A solution has about 400 bytes; what CAPTCHA services hand out is longer.
    CHALLENGE_RESPONSE ChallengeResponse: 1..=8_192 Bytes;
    // Eight characters, and room for spaces and hyphens. What rpost calls a code is the link's token.
    CODE Code: 8..=32 CodePoints, rpost 43..=512;
    // Why an administrator does something.
    REASON Reason: 1..=500 CodePoints;
    IDEMPOTENCY_KEY IdempotencyKey: 16..=255 CodePoints;
}

/// Maximum length of [`crate::profile::Profile::display_name`]: given name, space, family name.
pub const DISPLAY_NAME: Limits = Limits::code_points(0, GIVEN_NAME.core.max + 1 + FAMILY_NAME.core.max);

/// Maximum size of the local part of an address, in bytes (RFC 5321, section 4.5.3.1.1).
pub const MAX_LOCAL_PART: usize = 64;
/// Maximum number of entries in a list of texts.
pub const MAX_LIST: usize = 50;
/// The limits of one entry in a list of texts.
pub const LIST_ENTRY: Limits = Limits { min: 1, max: 2_048, unit: Unit::Bytes };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_each_apis_limits_or_the_cores() {
        assert_eq!((PHONE.core.max, PHONE.rpost.max, PHONE.form.max), (100, 100, 20));
        assert_eq!((PHONE.mikrocloud, PHONE.waltid), (PHONE.core, PHONE.core));
        assert_eq!(USER_NAME.form, Limits::code_points(6, 32));
    }

    #[test]
    fn an_apis_own_limits_are_those_of_its_column() {
        type Column = fn(&FieldLimits) -> Limits;
        let columns: [(&[OwnLimits], Column); 3] =
            [(MIKROCLOUD, |row| row.mikrocloud), (RPOST, |row| row.rpost), (FORM, |row| row.form)];
        for (own, column) in columns {
            for row in ALL {
                let found = own.iter().find(|own| own.field == row.field).map_or(row.core, |own| own.limits);
                assert_eq!(found, column(row), "{:?}", row.field);
            }
        }
    }

    #[test]
    fn every_field_has_one_row() {
        let fields: std::collections::BTreeSet<_> = ALL.iter().map(|row| row.field).collect();
        assert_eq!(fields.len(), ALL.len());
    }

    #[test]
    fn lengths_count_the_unit_of_the_row_at_both_borders() {
        assert_eq!(NAME.form.check(&"ä".repeat(7)), Err(Rule::TooShort { min: 8 }));
        assert_eq!((NAME.form.check(&"ä".repeat(8)), NAME.form.check(&"ä".repeat(40))), (Ok(()), Ok(())));
        assert_eq!(NAME.form.check(&"ä".repeat(41)), Err(Rule::TooLong { max: 40 }));
        assert_eq!(CALLBACK_URL.core.check(&"ä".repeat(1_024)), Ok(()));
        assert_eq!(CALLBACK_URL.core.check(&"ä".repeat(1_025)), Err(Rule::TooLong { max: 2_048 }));
        assert_eq!(PHONE.core.check_max(""), Ok(()));
    }
}
