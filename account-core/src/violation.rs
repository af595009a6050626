//! What is wrong with the fields of a request.

use std::fmt;

/// A field of a request, by its meaning; each wire grammar has its own spelling of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The email address.
    Email,
    /// The password.
    Password,
    /// The password, typed a second time.
    PasswordConfirmation,
    /// A new password that replaces the registration's.
    NewPassword,
    /// The full name.
    Name,
    /// The given name.
    GivenName,
    /// The family name.
    FamilyName,
    /// The public user name.
    UserName,
    /// The country.
    Country,
    /// The language.
    Language,
    /// The time zone.
    TimeZone,
    /// Consent to newsletters.
    Newsletter,
    /// The version of the terms that were agreed to.
    TermsVersion,
    /// Where the person is sent after verification.
    CallbackUrl,
    /// The organization (reseller or customer).
    Organization,
    /// The verification token.
    Token,
    /// The verification code.
    Code,
    /// The registration's id.
    Registration,
    /// The continuation of a registration.
    Continuation,
    /// The idempotency key.
    IdempotencyKey,
    /// The password in use.
    CurrentPassword,
    /// The telephone number.
    Phone,
    /// The postal address.
    PostalAddress,
    /// The company.
    Company,
    /// The industry.
    Industry,
    /// The date of birth.
    DateOfBirth,
    /// A few words about oneself.
    Bio,
    /// The id of a picture.
    AvatarId,
    /// Where notices go as well.
    NotificationAddress,
    /// Where the person can be reached otherwise.
    AlternateAddress,
    /// The role.
    Role,
    /// The role within the organization.
    OrganizationRole,
    /// The code of an organization.
    OrganizationCode,
    /// The id of a registered client.
    ClientId,
    /// Origins that callback URLs may have.
    CallbackOrigins,
    /// Where a person may be sent with the outcome of a sign-in.
    RedirectUris,
    /// Networks.
    Networks,
    /// Whether who registers may ask to be the organization's administrator.
    SelfNamedAdministrators,
    /// The value of a feature.
    FeatureValue,
    /// The hash of a password.
    PasswordHash,
    /// When something was made.
    CreatedAt,
    /// Whether an address is proven.
    Verified,
    /// The registered client that registers somebody.
    RegisteredClient,
    /// The application that registers somebody.
    Application,
    /// The site of that application.
    ApplicationSite,
    /// The page that the person came from.
    OriginatingUrl,
    /// The client's address, as the application claims it.
    ClaimedAddress,
    /// Consent to the terms.
    TermsAccepted,
    /// The wish to administer the organization.
    Administrator,
    /// Whether the mailed link leads to the callback.
    LinkToCallback,
}

impl Field {
    /// Stable name of the field, for programs: as the native API spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::PasswordConfirmation => "password_confirmation",
            Self::NewPassword => "new_password",
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::UserName => "username",
            Self::Country => "country",
            Self::Language => "language",
            Self::TimeZone => "time_zone",
            Self::Newsletter => "newsletter",
            Self::TermsVersion => "terms_version",
            Self::CallbackUrl => "callback_url",
            Self::Organization => "organization",
            Self::Token => "token",
            Self::Code | Self::OrganizationCode => "code",
            Self::Registration => "registration_id",
            Self::Continuation => "continuation",
            Self::IdempotencyKey => "idempotency_key",
            Self::CurrentPassword => "current_password",
            Self::Phone => "phone",
            Self::PostalAddress => "postal_address",
            Self::Company => "company",
            Self::Industry => "industry",
            Self::DateOfBirth => "date_of_birth",
            Self::Bio => "bio",
            Self::AvatarId => "avatar_id",
            Self::NotificationAddress => "notification_address",
            Self::AlternateAddress => "alternate_address",
            Self::Role => "role",
            Self::OrganizationRole => "organization_role",
            Self::ClientId => "id",
            Self::CallbackOrigins => "callback_origins",
            Self::RedirectUris => "redirect_uris",
            Self::Networks => "networks",
            Self::SelfNamedAdministrators => "allows_self_named_administrators",
            Self::FeatureValue => "value",
            Self::PasswordHash => "password_hash",
            Self::CreatedAt => "created_at",
            Self::Verified => "verified",
            Self::RegisteredClient => "client_id",
            Self::Application => "application",
            Self::ApplicationSite => "application_site",
            Self::OriginatingUrl => "originating_url",
            Self::ClaimedAddress => "claimed_address",
            Self::TermsAccepted => "terms_accepted",
            Self::Administrator => "administrator",
            Self::LinkToCallback => "link_to_callback",
        }
    }
}

/// The rule that a field's value broke. Lengths count Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The field must be there and not empty.
    Required,
    /// The field must be a text.
    MustBeText,
    /// The field must be true or false.
    MustBeBoolean,
    /// Fewer code points than allowed.
    TooShort {
        /// The least number of code points.
        min: usize,
    },
    /// More code points than allowed.
    TooLong {
        /// The greatest number of code points.
        max: usize,
    },
    /// Not of the form that the field has.
    Malformed,
    /// Control, bidirectional-override or zero-width characters in a name.
    ForbiddenCharacter,
    /// Well-formed, but nothing that is known here: no such country, organization, ..
    Unknown,
    /// Differs from the field it confirms.
    ConfirmationMismatch,
    /// Lacks an upper-case letter.
    NeedsUppercase,
    /// Lacks a lower-case letter.
    NeedsLowercase,
    /// Lacks a digit.
    NeedsDigit,
    /// Lacks a digit and a special character; one of them is needed.
    NeedsDigitOrSpecial,
    /// Lacks one of the policy's special characters.
    NeedsSpecial,
    /// Contains white space where the policy allows none.
    ContainsSpace,
    /// Nothing but white space.
    Blank,
    /// One of the most common passwords, or known from a breach.
    Common,
    /// One short piece over and over, or a plain run over the keyboard.
    Repetitive,
    /// Contains the person's own address, name or user name, or a word of the service.
    ContainsPersonalWord,
    /// A user name that another account has.
    Taken,
    /// An address of a domain that may not register here.
    DomainDenied,
    /// An address of a domain that hands out throw-away mailboxes.
    DomainDisposable,
    /// An origin that is not registered as a callback.
    OriginNotAllowed,
    /// Given together with another field that stands for the same.
    Ambiguous,
    /// Must be a list of texts.
    MustBeList,
    /// One of the last passwords.
    UsedBefore,
    /// Lies in the future, or too far in the past.
    OutOfRange,
    /// Can be changed and not taken away.
    CannotBeCleared,
    /// Cannot be had by asking for it.
    NotGranted,
}

impl Rule {
    /// Stable name of the rule, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::MustBeText => "must_be_text",
            Self::MustBeBoolean => "must_be_boolean",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::Malformed => "malformed",
            Self::ForbiddenCharacter => "forbidden_character",
            Self::Unknown => "unknown",
            Self::ConfirmationMismatch => "confirmation_mismatch",
            Self::NeedsUppercase => "needs_uppercase",
            Self::NeedsLowercase => "needs_lowercase",
            Self::NeedsDigit => "needs_digit",
            Self::NeedsDigitOrSpecial => "needs_digit_or_special",
            Self::NeedsSpecial => "needs_special",
            Self::ContainsSpace => "contains_space",
            Self::Blank => "blank",
            Self::Common => "common",
            Self::Repetitive => "repetitive",
            Self::ContainsPersonalWord => "contains_personal_word",
            Self::Taken => "taken",
            Self::DomainDenied => "domain_denied",
            Self::DomainDisposable => "domain_disposable",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::Ambiguous => "ambiguous",
            Self::MustBeList => "must_be_list",
            Self::UsedBefore => "used_before",
            Self::OutOfRange => "out_of_range",
            Self::CannotBeCleared => "cannot_be_cleared",
            Self::NotGranted => "not_granted",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Required => "is required",
            Self::MustBeText => "must be a text",
            Self::MustBeBoolean => "must be true or false",
            Self::TooShort { min } => return write!(f, "must have at least {min} characters"),
            Self::TooLong { max } => return write!(f, "must not have more than {max} characters"),
            Self::Malformed => "is not well-formed",
            Self::ForbiddenCharacter => "contains control or invisible characters",
            Self::Unknown => "is not known here",
            Self::ConfirmationMismatch => "differs from what it confirms",
            Self::NeedsUppercase => "needs an upper-case letter",
            Self::NeedsLowercase => "needs a lower-case letter",
            Self::NeedsDigit => "needs a digit",
            Self::NeedsDigitOrSpecial => "needs a digit or a special character",
            Self::NeedsSpecial => "needs a special character",
            Self::ContainsSpace => "must not contain spaces",
            Self::Blank => "must not be blank",
            Self::Common => "is one of the most common passwords",
            Self::Repetitive => "repeats itself or follows the keyboard",
            Self::ContainsPersonalWord => "contains your address, your name or a word of this service",
            Self::Taken => "is taken",
            Self::DomainDenied => "is of a domain that may not register here",
            Self::DomainDisposable => "is of a throw-away mail service",
            Self::OriginNotAllowed => "has an origin that is not registered",
            Self::Ambiguous => "must not be given together with another field that stands for the same",
            Self::MustBeList => "must be a list of texts",
            Self::UsedBefore => "is one of your last passwords",
            Self::OutOfRange => "is out of range",
            Self::CannotBeCleared => "cannot be cleared",
            Self::NotGranted => "is not granted for the asking",
        };
        f.write_str(text)
    }
}

/// One broken rule of one field. Carries no value, so that it can be shown and logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Violation {
    /// The field.
    pub field: Field,
    /// The rule.
    pub rule: Rule,
}

impl Violation {
    /// A broken rule of a field.
    #[must_use]
    pub const fn new(field: Field, rule: Rule) -> Self {
        Self { field, rule }
    }
}

/// All that is wrong with a request, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Notes one more.
    pub fn push(&mut self, field: Field, rule: Rule) {
        self.0.push(Violation::new(field, rule));
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the field broke a rule.
    #[must_use]
    pub fn concerns(&self, field: Field) -> bool {
        self.0.iter().any(|violation| violation.field == field)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Violation> + '_ {
        self.0.iter().copied()
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// The violations, when there are some.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{} {}", violation.field.name(), violation.rule)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
