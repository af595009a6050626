//! What a provider sent, and reading it by the trust table.

use serde_json::{Map, Value};

use super::identity::{label, public_url};
use super::{
    AddressClaim, AddressRule, ClaimNames, IdentityKey, ProviderAccount, ProviderIdentity, ProviderName,
    ProviderPerson, Subject, SubjectRule, Trust, Verification,
};
use crate::email_address::EmailAddress;
use crate::field_limits::{FAMILY_NAME, GIVEN_NAME, Limits, NAME};
use crate::profile::formats::line;

/// Maximum length of a language, country or time zone that is passed on, in bytes.
const MAX_WORD: usize = 100;

/// What a provider sent, after its signature, issuer, audience, expiry and nonce were checked.
#[derive(Clone, Default)]
pub struct Claims {
    /// The payload of the ID token; for GitHub, the answer of `/user`.
    pub main: Map<String, Value>,
    /// The answer of the user info endpoint, if it was asked.
    pub user_info: Option<Map<String, Value>>,
    /// For GitHub, the answer of `/user/emails`; otherwise empty.
    pub emails: Vec<Value>,
}

opaque_debug!(Claims);

/// The claims do not say who the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UntrustedClaims(&'static str);

impl UntrustedClaims {
    /// Returns what is wrong with them.
    #[must_use]
    pub const fn why(self) -> &'static str {
        self.0
    }
}

impl Trust {
    /// Reads who the person is, by the rules of the provider's row.
    ///
    /// The address and the flag that proves it are read from one payload, never from two.
    ///
    /// # Errors
    /// [`UntrustedClaims`] if the key is missing or malformed, or if the payloads are not of the same account.
    pub fn read(&self, provider: &ProviderName, claims: &Claims) -> Result<ProviderIdentity, UntrustedClaims> {
        let (row, names) = (self.row(), self.names());
        let issuer = text(&claims.main, "iss");
        let tenant = uuid(&claims.main, "tid");
        if self.issuer().is_some() && !issuer.is_some_and(|issuer| self.accepts_issuer(issuer, tenant.as_deref())) {
            return Err(UntrustedClaims("the issuer is another one"));
        }
        let subject = row.subject.read(&claims.main)?;
        if let Some(user_info) = &claims.user_info
            && text(user_info, "sub") != text(&claims.main, "sub")
        {
            return Err(UntrustedClaims("the user info is of another subject"));
        }
        let address = address(row.address, names, claims);
        let found = |name: &str| {
            let in_user_info = || claims.user_info.as_ref().and_then(|user_info| text(user_info, name));
            text(&claims.main, name).or_else(in_user_info)
        };
        let word = |name: &str| found(name).filter(|word| word.len() <= MAX_WORD).map(str::to_owned);
        let login = found(row.login_claim().unwrap_or(&names.login)).and_then(label);
        let own_address = address.as_ref().map(|claim| claim.address.as_str().to_owned());
        Ok(ProviderIdentity {
            key: IdentityKey { provider: provider.clone(), subject },
            account: ProviderAccount {
                label: login.or(own_address),
                picture_url: found(row.picture_claim().unwrap_or(&names.picture)).and_then(public_url),
                profile_url: found(row.profile_claim().unwrap_or(&names.profile)).and_then(public_url),
            },
            person: ProviderPerson {
                name: found(&names.name).and_then(|name| one_line(name, NAME.core)),
                given_name: found(&names.given_name).and_then(|name| one_line(name, GIVEN_NAME.core)),
                family_name: found(&names.family_name).and_then(|name| one_line(name, FAMILY_NAME.core)),
                language: word(&names.language),
                country: word(&names.country).or_else(|| country_of_address(claims)),
                time_zone: word(&names.time_zone),
                address,
            },
        })
    }
}

impl SubjectRule {
    /// Reads the subject.
    fn read(self, claims: &Map<String, Value>) -> Result<Subject, UntrustedClaims> {
        let subject = match self {
            Self::Sub => plain_subject(claims).map(str::to_owned),
            Self::NumericId => claims.get("id").and_then(Value::as_u64).filter(|id| *id > 0).map(|id| id.to_string()),
            Self::TenantAndObject => {
                uuid(claims, "tid").zip(uuid(claims, "oid")).map(|(tenant, object)| format!("{tenant}/{object}"))
            }
            Self::IssuerAndSub => {
                // An issuer has no fragment (OpenID Connect Core 1.0, section 2), so the first number sign ends it.
                let issuer = text(claims, "iss").filter(|issuer| !issuer.is_empty() && !issuer.contains('#'));
                issuer.zip(plain_subject(claims)).map(|(issuer, subject)| format!("{issuer}#{subject}"))
            }
        };
        let subject = subject.ok_or(UntrustedClaims("the key of the account is missing or malformed"))?;
        Subject::parse(&subject).ok_or(UntrustedClaims("the key of the account is missing or malformed"))
    }
}

/// Reads the address, and whether it is proven.
fn address(rule: AddressRule, names: &ClaimNames, claims: &Claims) -> Option<AddressClaim> {
    let (address, flag) = match rule {
        AddressRule::PrimaryOfList => {
            let is_primary = |entry: &&Map<String, Value>| entry.get("primary") == Some(&Value::Bool(true));
            let primary = claims.emails.iter().filter_map(Value::as_object).find(is_primary)?;
            (text(primary, "email")?, primary.get("verified"))
        }
        AddressRule::Claim(flag) => {
            let payloads = std::iter::once(&claims.main).chain(&claims.user_info);
            let mut found = payloads.filter_map(|payload| Some((text(payload, &names.address)?, payload)));
            let (address, payload) = found.next()?;
            (address, names.flag_of_address(flag).and_then(|flag| payload.get(flag)))
        }
    };
    let verification = match flag {
        Some(Value::Bool(true)) => Verification::Verified,
        Some(Value::Bool(false)) => Verification::Unverified,
        // A text, a number, or nothing: providers have sent all of them for addresses that nobody had verified.
        _ => Verification::Unsaid,
    };
    Some(AddressClaim { address: EmailAddress::parse(address).ok()?, verification })
}

/// Returns the claim if it is a text.
fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// Returns `sub`, which has at most 255 characters.
fn plain_subject(claims: &Map<String, Value>) -> Option<&str> {
    text(claims, "sub").filter(|subject| !subject.is_empty() && subject.len() <= 255)
}

/// Returns the claim if it is a UUID in its usual form.
fn uuid(claims: &Map<String, Value>, name: &str) -> Option<String> {
    let text = text(claims, name)?;
    let canonical = uuid::Uuid::try_parse(text).ok()?.hyphenated().to_string();
    (canonical == text).then_some(canonical)
}

fn one_line(text: &str, limits: Limits) -> Option<String> {
    line(text, limits).ok()
}

/// Returns the country in the claim `address` (`OpenID` Connect Core 1.0, section 5.1.1).
fn country_of_address(claims: &Claims) -> Option<String> {
    let payloads = std::iter::once(&claims.main).chain(&claims.user_info);
    let mut countries = payloads.filter_map(|payload| text(payload.get("address")?.as_object()?, "country"));
    countries.next().filter(|country| country.len() <= MAX_WORD).map(str::to_owned)
}
