//! The variables of email templates.

use account_core::one_time_token::VerificationCode;
use account_core::outbox::Notice;
use account_core::outbox::mail::{Link, Mail, MailContent, NamedIdentity};
use account_core::timestamp::Timestamp;
use account_core::translation::Translator;
pub(super) use minijinja::Value;

use crate::config::{Branding, FooterUrl, is_fit_for_mail};

/// Why an email could not be rendered. Contains nothing of the email.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenderError {
    /// A link contains characters that are not safe in text or an attribute.
    #[error("a link is not an absolute URL of printable ASCII characters")]
    Link,
    /// The template engine failed.
    #[error("cannot render the template")]
    Template(#[source] minijinja::Error),
}

/// The rendered subject, which bodies can show.
pub(super) const SUBJECT: &str = "subject";
/// The service's name, if it has one.
pub(super) const OPERATOR: &str = "operator";
/// When the event in the email happened.
const AT: &str = "at";
/// The link that the email is for.
pub(super) const LINK: &str = "link";
/// What can be typed instead.
pub(super) const CODE: &str = "code";
/// Whether the account exists before its address is verified.
const ACCOUNT_EXISTS: &str = "account_exists";
/// How long the link is valid.
const EXPIRES_IN: &str = "expires_in";
/// Until when it is valid.
const EXPIRES_AT: &str = "expires_at";
/// Where to sign in.
pub(super) const SIGN_IN: &str = "sign_in";
/// Where to request a password reset.
pub(super) const FORGOT: &str = "forgot";
/// When the account will be deleted, if it is scheduled for deletion.
const DELETION_DUE_AT: &str = "deletion_due_at";

/// What people call the provider.
const PROVIDER: &str = "provider";
/// The provider and the account there: `GitHub (octocat)`.
const IDENTITY: &str = "identity";

/// The tag of the email's language, and `ltr` or `rtl`.
const LANGUAGE: &str = "language";
const DIRECTION: &str = "direction";
/// The colors of buttons.
const BUTTON_COLOR: &str = "button_color";
const BUTTON_TEXT_COLOR: &str = "button_text_color";
/// The operator's pages, if there are any.
const SUPPORT_URL: &str = "support_url";
const TERMS_URL: &str = "terms_url";
const PRIVACY_URL: &str = "privacy_url";

/// The variables of every email.
pub(super) const OF_EVERY_MAIL: &[&str] =
    &[LANGUAGE, DIRECTION, BUTTON_COLOR, BUTTON_TEXT_COLOR, SUPPORT_URL, TERMS_URL, PRIVACY_URL];

/// The colors of buttons, unless the operator has chosen others.
const DEFAULT_BUTTON: (&str, &str) = ("#1d4ed8", "#ffffff");

/// The variables of subjects.
pub(super) const SUBJECT_VARIABLES: &[&str] = &[OPERATOR];
/// Variables that may have no value.
pub(super) const OPTIONAL: &[&str] = &[OPERATOR, CODE, ACCOUNT_EXISTS, DELETION_DUE_AT];

const BY_LINK: &[&str] = &[SUBJECT, OPERATOR, AT, LINK, EXPIRES_IN, EXPIRES_AT];
const TO_REGISTRANT: &[&str] = &[SUBJECT, OPERATOR, AT, LINK, CODE, ACCOUNT_EXISTS, EXPIRES_IN, EXPIRES_AT];
const TO_OWNER: &[&str] = &[SUBJECT, OPERATOR, AT, SIGN_IN, FORGOT];
const TO_OWNER_OF_IDENTITY: &[&str] = &[SUBJECT, OPERATOR, AT, SIGN_IN, FORGOT, PROVIDER, IDENTITY];
const TO_OWNER_WITH_OFFER: &[&str] = &[SUBJECT, OPERATOR, AT, SIGN_IN, FORGOT, DELETION_DUE_AT, PROVIDER, IDENTITY];
const TO_OWNER_WITH_DELETION: &[&str] = &[SUBJECT, OPERATOR, AT, SIGN_IN, FORGOT, DELETION_DUE_AT];

/// Every email, with the variables of its bodies.
pub(super) const MAILS: &[(&str, &[&str])] = &[
    ("verify-address", TO_REGISTRANT),
    ("account-made", BY_LINK),
    ("already-registered", TO_OWNER_WITH_DELETION),
    ("provider-link-offer", TO_OWNER_WITH_OFFER),
    ("reset-password", BY_LINK),
    ("confirm-new-address", BY_LINK),
    ("address-in-use", TO_OWNER),
    ("confirm-secondary-address", BY_LINK),
    ("invitation", BY_LINK),
    ("notice-password-changed", TO_OWNER),
    ("notice-password-reset", TO_OWNER),
    ("notice-address-changed", TO_OWNER),
    ("notice-address-change-requested", TO_OWNER),
    ("notice-secondary-address-confirmed", TO_OWNER),
    ("notice-identity-linked", TO_OWNER_OF_IDENTITY),
    ("notice-identity-unlinked", TO_OWNER_OF_IDENTITY),
    ("notice-sessions-ended", TO_OWNER),
    ("notice-deletion-requested", TO_OWNER_WITH_DELETION),
    ("notice-deletion-cancelled", TO_OWNER),
    ("notice-became-administrator", TO_OWNER),
    ("notice-account-disabled", TO_OWNER),
    ("notice-account-enabled", TO_OWNER),
];

/// What all emails of a service have in common.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letterhead {
    /// The name of the service, if emails should name it.
    pub(crate) operator: Option<String>,
    pub(crate) branding: Branding,
}

impl Letterhead {
    /// The values of the variables that every email has.
    pub(super) fn values(&self, speaker: &Translator) -> Vec<(&'static str, Value)> {
        let Branding { button, support_url, terms_url, privacy_url } = &self.branding;
        let (color, text_color) = button.as_ref().map_or(DEFAULT_BUTTON, |colors| (colors.background(), colors.text()));
        let direction = if speaker.is_right_to_left() { "rtl" } else { "ltr" };
        let url = |url: &Option<FooterUrl>| Value::from(url.as_ref().map(FooterUrl::as_str));
        vec![
            (OPERATOR, self.operator.as_deref().into()),
            (LANGUAGE, speaker.tag().into()),
            (DIRECTION, direction.into()),
            (BUTTON_COLOR, color.into()),
            (BUTTON_TEXT_COLOR, text_color.into()),
            (SUPPORT_URL, url(support_url)),
            (TERMS_URL, url(terms_url)),
            (PRIVACY_URL, url(privacy_url)),
        ]
    }
}

/// An email's name and the values of its variables.
pub(super) struct Words {
    pub(super) mail: String,
    pub(super) values: Vec<(&'static str, Value)>,
}

impl Words {
    /// Returns the values for this email.
    pub(super) fn of(mail: &Mail, speaker: &Translator, letterhead: &Letterhead) -> Result<Self, RenderError> {
        let Mail { date, content, .. } = mail;
        let moment = |moment| speaker.moment(moment, None);
        let by_link = |link: &Link, expires_at: &Timestamp| {
            let lasts = speaker.span_within(expires_at.since(*date)).into();
            Ok(vec![(LINK, checked(link)?), (EXPIRES_IN, lasts), (EXPIRES_AT, moment(*expires_at).into())])
        };
        let to_owner = |sign_in, forgot| Ok(vec![(SIGN_IN, checked(sign_in)?), (FORGOT, checked(forgot)?)]);
        let mut at = *date;
        let mut values = match content {
            MailContent::VerifyAddress { link, code, expires_at, account_exists, subject: _ } => {
                let mut values = by_link(link, expires_at)?;
                values.push((CODE, code.as_ref().map(VerificationCode::expose).into()));
                // No value if false, because it is a condition, not a text.
                values.push((ACCOUNT_EXISTS, account_exists.then_some(true).into()));
                values
            }
            MailContent::AccountMade { link, expires_at }
            | MailContent::ResetPassword { link, expires_at }
            | MailContent::ConfirmNewAddress { link, expires_at }
            | MailContent::ConfirmSecondaryAddress { link, expires_at }
            | MailContent::Invitation { link, expires_at } => by_link(link, expires_at)?,
            MailContent::AlreadyRegistered { sign_in, forgot, deletion_due_at } => {
                let mut values = to_owner(sign_in, forgot)?;
                values.push((DELETION_DUE_AT, deletion_due_at.map(moment).into()));
                values
            }
            MailContent::ProviderLinkOffer { identity, sign_in, forgot, deletion_due_at } => {
                let mut values = to_owner(sign_in, forgot)?;
                values.push((DELETION_DUE_AT, deletion_due_at.map(moment).into()));
                values.extend(of_identity(identity));
                values
            }
            MailContent::AddressInUse { sign_in, forgot } => to_owner(sign_in, forgot)?,
            MailContent::Notice { notice, identity, at: happened_at, deletion_due_at, sign_in, forgot } => {
                at = *happened_at;
                let mut values = to_owner(sign_in, forgot)?;
                if *notice == Notice::DeletionRequested {
                    values.push((DELETION_DUE_AT, deletion_due_at.map(moment).into()));
                }
                values.extend(identity.iter().flat_map(of_identity));
                values
            }
        };
        values.push((AT, moment(at).into()));
        values.extend(letterhead.values(speaker));
        Ok(Self { mail: name(content), values })
    }
}

/// The values that name an account at a provider.
fn of_identity(identity: &NamedIdentity) -> [(&'static str, Value); 2] {
    let NamedIdentity { provider, account } = identity;
    let named = account.as_ref().map_or_else(|| provider.clone(), |account| format!("{provider} ({account})"));
    [(PROVIDER, provider.as_str().into()), (IDENTITY, named.into())]
}

/// The folder of an email's templates.
fn name(content: &MailContent) -> String {
    match content {
        MailContent::Notice { notice, .. } => notice_name(*notice),
        content => content.name().to_owned(),
    }
}

fn notice_name(notice: Notice) -> String {
    format!("notice-{}", notice.name().replace('_', "-"))
}

/// Checks that a link is safe on its own line.
fn checked(link: &Link) -> Result<Value, RenderError> {
    let url = link.expose();
    let web = url.starts_with("https://") || url.starts_with("http://");
    if web && is_fit_for_mail(url) { Ok(url.into()) } else { Err(RenderError::Link) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use account_core::translation::Catalog;

    use super::*;
    use crate::testing::mails;

    #[test]
    fn links_that_would_break_a_line_or_an_attribute_are_refused() {
        for url in [
            "",
            "/l/token",
            "javascript:alert(1)",
            "https://x.org/\r\nBcc: a@x.org",
            "https://x.org/a b",
            "https://x.org/\0",
            "https://x.org/\u{FC}",
            "https://x.org/\">",
        ] {
            assert!(matches!(checked(&Link::new(url.to_owned())), Err(RenderError::Link)), "{url:?}");
        }
        assert!(checked(&Link::new("https://x.org/l/a?b=c&d='e'".to_owned())).is_ok());
    }

    #[test]
    fn the_table_of_variables_matches_the_mails() {
        let brought = mails::every("john@acme.com").into_iter().map(|mail| {
            let words = Words::of(&mail, &Catalog::built_in().english(), &Letterhead::default()).unwrap();
            let names = words.values.iter().map(|(name, _)| *name).chain([SUBJECT]);
            (words.mail, names.collect::<BTreeSet<_>>())
        });
        let names = |names: &'static [&str]| names.iter().chain(OF_EVERY_MAIL).copied().collect();
        let table = MAILS.iter().map(|(mail, own)| ((*mail).to_owned(), names(own)));
        assert_eq!(brought.collect::<BTreeSet<_>>(), table.collect::<BTreeSet<_>>());
    }
}
