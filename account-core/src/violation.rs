//! What is wrong with the fields of a request.

use std::fmt;

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $name:literal,)+) => {
        /// A field of a request, by its meaning. Each API has its own spelling.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Field {
            $($(#[$doc])* $field,)+
        }

        impl Field {
            /// Returns the stable name of the field, as in the native API. Two fields may share one.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $name,)+
                }
            }
        }
    };
}

fields! {
    /// The email address.
    Email = "email",
    /// The password.
    Password = "password",
    /// The password, typed a second time.
    PasswordConfirmation = "password_confirmation",
    /// A new password that replaces the registration's.
    NewPassword = "new_password",
    /// The full name.
    Name = "name",
    /// The given name.
    GivenName = "given_name",
    /// The family name.
    FamilyName = "family_name",
    /// The public user name.
    UserName = "username",
    /// The country.
    Country = "country",
    /// The language.
    Language = "language",
    /// The time zone.
    TimeZone = "time_zone",
    /// Consent to newsletters.
    Newsletter = "newsletter",
    /// The version of the terms that were agreed to.
    TermsVersion = "terms_version",
    /// The version of the privacy notice that was agreed to.
    PrivacyVersion = "privacy_version",
    /// Where the person is sent after verification.
    CallbackUrl = "callback_url",
    /// The organization (reseller or customer).
    Organization = "organization",
    /// The verification token.
    Token = "token",
    /// The verification code.
    Code = "code",
    /// The registration's id.
    Registration = "registration_id",
    /// The continuation of a registration.
    Continuation = "continuation",
    /// What a client keeps of earlier sign-ins.
    DeviceToken = "device_token",
    /// The response to a challenge.
    ChallengeResponse = "challenge_response",
    /// The idempotency key.
    IdempotencyKey = "idempotency_key",
    /// The password in use.
    CurrentPassword = "current_password",
    /// The telephone number.
    Phone = "phone",
    /// The postal address.
    PostalAddress = "postal_address",
    /// The company.
    Company = "company",
    /// The industry.
    Industry = "industry",
    /// The date of birth.
    DateOfBirth = "date_of_birth",
    /// A few words about oneself.
    Bio = "bio",
    /// The id of a picture.
    AvatarId = "avatar_id",
    /// An additional address for notices.
    NotificationAddress = "notification_address",
    /// Another address of the person.
    AlternateAddress = "alternate_address",
    /// The role.
    Role = "role",
    /// The role within the organization.
    OrganizationRole = "organization_role",
    /// The code of an organization.
    OrganizationCode = "code",
    /// The id of a registered client.
    ClientId = "id",
    /// Origins that callback URLs may have.
    CallbackOrigins = "callback_origins",
    /// Where a person may be sent with the outcome of a sign-in.
    RedirectUris = "redirect_uris",
    /// Networks.
    Networks = "networks",
    /// Whether people who register may ask to be the organization's administrators.
    SelfNamedAdministrators = "allows_self_named_administrators",
    /// The value of a feature.
    FeatureValue = "value",
    /// Why an administrator does something.
    Reason = "reason",
    /// The hash of a password.
    PasswordHash = "password_hash",
    /// When something was created.
    CreatedAt = "created_at",
    /// Whether an address is verified.
    Verified = "verified",
    /// The registered client that registers somebody.
    RegisteredClient = "client_id",
    /// The application that registers somebody.
    Application = "application",
    /// The site of that application.
    ApplicationSite = "application_site",
    /// The page that the person came from.
    OriginatingUrl = "originating_url",
    /// The client's address, as the application claims it.
    ClaimedAddress = "claimed_address",
    /// Consent to the terms.
    TermsAccepted = "terms_accepted",
    /// The request to administer the organization.
    Administrator = "administrator",
    /// Whether the emailed link leads to the callback.
    LinkToCallback = "link_to_callback",
}

macro_rules! rules {
    ($(
        $(#[$doc:meta])* $rule:ident $({ $(#[$limit_doc:meta])* $limit:ident: usize, })? = $code:literal, $text:literal;
    )+) => {
        /// A rule that a field's value breaks. Lengths count Unicode code points.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])* $rule $({ $(#[$limit_doc])* $limit: usize, })?,)+
        }

        impl Rule {
            /// Returns the stable name of the rule, for programs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$rule { .. } => $code,)+
                }
            }
        }

        impl fmt::Display for Rule {
            /// Writes the rest of a sentence that begins with the field's name.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$rule $({ $limit })? => write!(f, $text),)+
                }
            }
        }
    };
}

// rule = code, text
rules! {
    /// The field must be present and not empty.
    Required = "required", "is required";
    /// The field must be a string.
    MustBeText = "must_be_text", "must be a string";
    /// The field must be true or false.
    MustBeBoolean = "must_be_boolean", "must be true or false";
    /// Fewer code points than allowed.
    TooShort {
        /// The minimum number of code points.
        min: usize,
    } = "too_short", "must have at least {min} characters";
    /// More code points than allowed.
    TooLong {
        /// The maximum number of code points.
        max: usize,
    } = "too_long", "must have at most {max} characters";
    /// Not in the format of the field.
    Malformed = "malformed", "is not valid";
    /// Control, bidirectional-override or zero-width characters in a name.
    ForbiddenCharacter = "forbidden_character", "must not contain control or invisible characters";
    /// Well-formed, but unknown: no such country, organization, ..
    Unknown = "unknown", "is not recognized";
    /// Differs from the field it confirms.
    ConfirmationMismatch = "confirmation_mismatch", "does not match the field that it confirms";
    /// Lacks an upper-case letter.
    NeedsUppercase = "needs_uppercase", "must contain an uppercase letter";
    /// Lacks a lower-case letter.
    NeedsLowercase = "needs_lowercase", "must contain a lowercase letter";
    /// Lacks a digit.
    NeedsDigit = "needs_digit", "must contain a digit";
    /// Lacks both a digit and a special character; one of them is required.
    NeedsDigitOrSpecial = "needs_digit_or_special", "must contain a digit or a special character";
    /// Lacks one of the policy's special characters.
    NeedsSpecial = "needs_special", "must contain a special character";
    /// Contains white space where the policy allows none.
    ContainsSpace = "contains_space", "must not contain spaces";
    /// Nothing but white space.
    Blank = "blank", "must not be blank";
    /// One of the most common passwords, or known from a breach.
    Common = "common", "is too common, or appeared in a data breach";
    /// A short piece repeated, or a keyboard pattern.
    Repetitive = "repetitive", "must not be a repetition or a keyboard pattern";
    /// Takes few guesses, although it is not itself a common password.
    Guessable = "guessable", "is too easy to guess: use more words, or words that do not belong together";
    /// Contains the person's own address, name or user name, or a word of the service.
    ContainsPersonalWord = "contains_personal_word", "must not contain your address, your name or the name of this service";
    /// A user name that another account has.
    Taken = "taken", "is already taken";
    /// An address at a domain that may not register.
    DomainDenied = "domain_denied", "has a domain that is not accepted";
    /// An address at a domain of disposable mailboxes.
    DomainDisposable = "domain_disposable", "must not be a disposable email address";
    /// An address whose domain looks like a slip; the same address is accepted when the person confirms it.
    Misspelled = "misspelled", "has a domain that looks misspelled: check it, and send it again if it is right";
    /// An address at a domain that receives no email.
    DomainWithoutMail = "domain_without_mail", "has a domain that receives no email";
    /// An origin that is not registered as a callback.
    OriginNotAllowed = "origin_not_allowed", "has an origin that is not registered";
    /// Sent together with another field that means the same.
    Ambiguous = "ambiguous", "must not be combined with another field that means the same";
    /// Must be a list of strings.
    MustBeList = "must_be_list", "must be a list of strings";
    /// One of the last passwords.
    UsedBefore = "used_before", "must not be one of your recent passwords";
    /// Outside the accepted range: a date in the future or too far in the past, or a network that is too large.
    OutOfRange = "out_of_range", "is out of range";
    /// Can be changed, but not removed.
    CannotBeCleared = "cannot_be_cleared", "cannot be cleared";
    /// Not the version that is in force.
    Outdated = "outdated", "is not the current version";
    /// Cannot be requested.
    NotGranted = "not_granted", "cannot be requested";
}

/// A rule broken by a field. Contains no value, so that it can be shown and logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Violation {
    /// The field.
    pub field: Field,
    /// The rule.
    pub rule: Rule,
}

impl Violation {
    /// Creates a violation.
    #[must_use]
    pub const fn new(field: Field, rule: Rule) -> Self {
        Self { field, rule }
    }
}

impl fmt::Display for Violation {
    /// Writes the rest of a sentence that begins with the field's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.field, self.rule) {
            (Field::Email | Field::NotificationAddress | Field::AlternateAddress, Rule::Malformed) => {
                f.write_str("is not a valid email address")
            }
            (Field::Country, Rule::Malformed | Rule::Unknown) => {
                f.write_str("must be a country's name or code, such as Germany or DE")
            }
            (Field::Language, Rule::Malformed | Rule::Unknown) => {
                f.write_str("must be a language code, such as en or de-CH")
            }
            (Field::TimeZone, Rule::Malformed | Rule::Unknown) => {
                f.write_str("must be the name of a time zone, such as Europe/Berlin")
            }
            (_, rule) => rule.fmt(f),
        }
    }
}

/// All violations of a request, in the order of its fields.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Violations {
    list: Vec<Violation>,
    has_more: bool,
}

impl Violations {
    /// Returns an empty list of a caller that knows of something else that is wrong, and reports that itself: members of
    /// a body that mean nothing, for example. The request is refused whether or not there are other violations.
    #[must_use]
    pub const fn with_more() -> Self {
        Self { list: Vec::new(), has_more: true }
    }

    /// Adds a violation.
    pub fn push(&mut self, field: Field, rule: Rule) {
        self.list.push(Violation::new(field, rule));
    }

    /// Returns whether there are no violations, and the caller knows of nothing else that is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.has_more
    }

    /// Returns whether the field broke a rule.
    #[must_use]
    pub fn concerns(&self, field: Field) -> bool {
        self.list.iter().any(|violation| violation.field == field)
    }

    /// Returns all violations.
    pub fn iter(&self) -> impl Iterator<Item = Violation> + '_ {
        self.list.iter().copied()
    }

    /// Returns `Ok` if there are no violations.
    ///
    /// # Errors
    /// The violations, if there are any.
    pub fn into_result(self) -> Result<(), Self> {
        self.into_value(Some(()))
    }

    /// Returns the value if there is one and there are no violations.
    ///
    /// # Errors
    /// The violations. A caller without a value must have added at least one.
    pub fn into_value<T>(self, value: Option<T>) -> Result<T, Self> {
        value.filter(|_| self.is_empty()).ok_or(self)
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("Violations");
        shown.field(&self.list);
        if self.has_more { shown.finish_non_exhaustive() } else { shown.finish() }
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, more: I) {
        self.list.extend(more);
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(all: I) -> Self {
        Self { list: all.into_iter().collect(), has_more: false }
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self { list: vec![violation], has_more: false }
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{} {violation}", violation.field.name())?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
