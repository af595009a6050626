//! The texts of bodies, as the documents describe them.

use account_core::field_limits as limits;
use account_core::password::policy::{Guessable, PasswordPolicy};

use super::tag::NAME;
use crate::field::text_kinds;

/// As documented: 8 to 25, upper and lower case, a digit, no spaces.
pub(super) const PASSWORD_POLICY: PasswordPolicy = PasswordPolicy {
    name: NAME,
    min: 8,
    max: 25,
    uppercase: true,
    lowercase: true,
    digit: true,
    no_spaces: true,
    guessable: Guessable::RefusedAsWritten,
    documented: &["Secret007"],
    ..PasswordPolicy::PERMISSIVE
};

text_kinds! {
    /// An email address that somebody signs in by.
    Address(limits::EMAIL.rpost) { format: "email" }
    /// An address beside it, or nothing.
    OtherAddress(limits::ALTERNATE_ADDRESS.rpost) { pattern: "^([^@\\s]+@[^@\\s]+)?$".to_owned() }
    /// An address for notices, or nothing.
    NotificationAddress(limits::NOTIFICATION_ADDRESS.rpost) { pattern: "^([^@\\s]+@[^@\\s]+)?$".to_owned() }
    /// A part of a name.
    PersonName(limits::GIVEN_NAME.rpost) {}
    /// A password that is chosen.
    ChosenPassword(PASSWORD_POLICY.limits()) { format: "password" }
    /// A password that is given once more.
    GivenPassword(limits::PASSWORD.rpost) { format: "password" }
    /// A telephone number.
    PhoneNumber(limits::PHONE.rpost) {}
    /// A URL that a person is sent to.
    CallbackUrl(limits::CALLBACK_URL.rpost) { format: "uri" }
    /// Name of an application.
    Application(limits::APPLICATION.rpost) {}
    /// Code of a language.
    LanguageCode(limits::LANGUAGE.rpost) {}
    /// Code of a time zone.
    TimeZoneCode(limits::TIME_ZONE.rpost) {}
    /// Code of a country.
    CountryCode(limits::COUNTRY.rpost) {}
    /// A company.
    CompanyName(limits::COMPANY.rpost) {}
    /// Code of an industry.
    IndustryCode(limits::INDUSTRY.rpost) {}
    /// Any text.
    AnyText {}
    /// What came by email.
    MailedCode(limits::CODE.rpost) {}
}
