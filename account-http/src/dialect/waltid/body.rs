//! Bodies of requests.

use account_core::RegistrationDraft;
use account_core::field_limits::TOKEN;
use account_core::input::Input;
use account_core::password::policy::{Guessable, PasswordPolicy};
use poem_openapi::Object;
use serde_json::Value;

use super::answer::{Preferences, Profile};
use super::exception::Exception;
use super::shape::Shape;
use super::tag::NAME;
use crate::body::raw_json::RawJson;
use crate::field::{Country, Email, Language, Name, Password, PostalAddress, Required, Text, TimeZone, text_kinds};

/// The schemas of all bodies. Undocumented members are refused, at every depth.
pub(super) const CLOSED_SCHEMAS: &[&str] = &[
    "AccountRegistrationRequest",
    "AccountProfileRequest",
    "AccountPreferencesRequest",
    "InitialAuth",
    "AuthIdentifier",
    "AuthData",
    "EmailPassRequest",
    "SuperAdminTokenRequest",
];

/// The known policy: 8 characters or more, not blank.
pub(super) const PASSWORD_POLICY: PasswordPolicy = PasswordPolicy {
    name: NAME,
    min: 8,
    guessable: Guessable::RefusedAsWritten,
    documented: &["password123456"],
    ..PasswordPolicy::PERMISSIVE
};
/// The only supported way to sign in.
const SUPPORTED: &str = "email";

text_kinds! {
    /// A way to sign in.
    AuthType { enum_items: vec![SUPPORTED.into()] }
    /// A password for a registration.
    NewPassword(PASSWORD_POLICY.limits()) { format: "password" }
    /// A token that the operator configured.
    SetupToken(TOKEN.waltid) { pattern: "^.+$".to_owned() }
}

/// The person to register.
#[derive(Object)]
#[oai(rename = "AccountRegistrationRequest", rename_all = "camelCase", write_only_all)]
pub(super) struct RegistrationBody {
    /// The person.
    profile: ProfileFields,
    /// The person's preferences.
    preferences: PreferencesFields,
    /// How the person will sign in.
    initial_auth: InitialAuth,
}

/// User's personal information.
#[derive(Object)]
#[oai(rename = "AccountProfileRequest", rename_all = "camelCase", write_only_all)]
struct ProfileFields {
    /// Full name of the user. Up to 255 characters.
    name: Text<Name>,
    /// User's email address. If it differs from the identifier, it is stored as an additional address once it is
    /// verified.
    email: Text<Email>,
    /// Two-letter country code.
    address_country: Text<Country>,
    /// Full postal address.
    address: Text<PostalAddress>,
}

/// User's system preferences.
#[derive(Object)]
#[oai(rename = "AccountPreferencesRequest", rename_all = "camelCase", write_only_all)]
struct PreferencesFields {
    /// Preferred time zone: `UTC`, or a name of the IANA database.
    time_zone: Text<TimeZone>,
    /// Preferred language code; case does not matter.
    language_preference: Text<Language>,
}

/// Authentication information.
#[derive(Object)]
#[oai(rename = "InitialAuth", write_only_all)]
struct InitialAuth {
    /// The way to sign in: `email`.
    #[oai(rename = "type")]
    #[expect(dead_code, reason = "checked before the body is read")]
    kind: Required<AuthType>,
    /// Authentication identifier details.
    identifier: Identifier,
    /// Authentication credentials.
    data: Credentials,
}

/// Authentication identifier details.
#[derive(Object)]
#[oai(rename = "AuthIdentifier", write_only_all)]
struct Identifier {
    /// Optional: the outer `type` applies.
    #[oai(rename = "type")]
    #[expect(dead_code, reason = "checked before the body is read")]
    kind: Text<AuthType>,
    /// Email used for identification: the account's address.
    email: Required<Email>,
}

/// Authentication credentials.
#[derive(Object)]
#[oai(rename = "AuthData", write_only_all)]
struct Credentials {
    /// Optional: the outer `type` applies.
    #[oai(rename = "type")]
    #[expect(dead_code, reason = "checked before the body is read")]
    kind: Text<AuthType>,
    /// User's password. By default at least 8 characters. A password hash (`passwordHash`) is not accepted.
    password: Required<NewPassword>,
}

/// The credentials.
#[derive(Object)]
#[oai(rename = "EmailPassRequest", write_only_all)]
pub(super) struct EmailPassBody {
    /// Email of the account.
    pub(super) email: Required<Email>,
    /// Password of the account.
    pub(super) password: Required<Password>,
}

/// The token that creates the super admin.
#[derive(Object)]
#[oai(rename = "SuperAdminTokenRequest", write_only_all)]
pub(super) struct SetupBody {
    /// The configured token.
    pub(super) token: Required<SetupToken>,
}

/// A registration as it was sent.
pub(super) struct Registration {
    profile: [Input; 4],
    preferences: [Input; 2],
    email: Input,
    password: Input,
}

impl Registration {
    /// Reads a body. First checks that it asks for sign-in by address and password.
    pub(super) fn read(shape: &Shape, body: RawJson<RegistrationBody>) -> Result<Self, Exception> {
        refuse_other_auth(&body.value)?;
        let RegistrationBody { profile, preferences, initial_auth } = shape.read(body)?;
        Ok(Self {
            profile: [
                profile.name.into_input(),
                profile.email.into_input(),
                profile.address_country.into_input(),
                profile.address.into_input(),
            ],
            preferences: [preferences.time_zone.into_input(), preferences.language_preference.into_input()],
            email: initial_auth.identifier.email.into_input(),
            password: initial_auth.data.password.into_input(),
        })
    }

    /// Returns profile and preferences as they were sent, to repeat them in the answer.
    pub(super) fn echo(&self) -> (Profile, Preferences) {
        let [name, email, address_country, address] = self.profile.clone().map(Input::given);
        let [time_zone, language_preference] = self.preferences.clone().map(Input::given);
        (Profile { name, email, address_country, address }, Preferences { time_zone, language_preference })
    }
}

impl From<Registration> for RegistrationDraft {
    fn from(Registration { profile, preferences, email, password }: Registration) -> Self {
        let [name, profile_email, country, postal_address] = profile;
        let [time_zone, language] = preferences;
        // The same text again is not a second address, and must not be reported twice.
        let alternate_address = if profile_email == email { Input::Absent } else { profile_email };
        Self {
            name,
            alternate_address,
            country,
            postal_address,
            time_zone,
            language,
            email,
            password,
            ..Self::default()
        }
    }
}

/// Refuses other ways to sign in, and password hashes: a caller never supplies a hash.
fn refuse_other_auth(body: &Value) -> Result<(), Exception> {
    let of_other_type = ["initialAuth", "initialAuth/identifier", "initialAuth/data"].into_iter().filter(|part| {
        let kind = body.pointer(&format!("/{part}/type"));
        kind.is_some_and(|kind| !kind.is_null() && kind != SUPPORTED)
    });
    let of_other_type = of_other_type.map(|part| format!("{}.type", part.replace('/', ".")));
    let unsupported = |path| (path, format!("is not supported; the supported type is {SUPPORTED}"));
    let mut refused: Vec<_> = of_other_type.map(unsupported).collect();
    if refused.is_empty() && body.pointer("/initialAuth/data/passwordHash").is_some() {
        let words = "is not accepted: a caller supplies a password, never a hash";
        refused.push(("initialAuth.data.passwordHash".to_owned(), words.to_owned()));
    }
    if refused.is_empty() { Ok(()) } else { Err(Exception::refused(refused)) }
}
