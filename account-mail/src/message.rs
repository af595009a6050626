//! Composing the bytes of an email.

use std::fmt::{self, Write as _};
use std::time::{Duration, SystemTime};

use account_core::email_address::EmailAddress;
use account_core::id::OutboxId;
use account_core::outbox::mail::{Mail, MailContent};
use account_core::ports::DeliveryError;
use account_core::timestamp::Timestamp;
use lettre::address::{Address, Envelope};
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Date, From, Header, HeaderName, HeaderValue, MessageId, Subject, To,
};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use crate::config::{DkimSettings, EnvelopeSender, MailDomain, MailSettings, MailTemplates, SenderAddress};
use crate::dkim::{self, SignError};
use crate::template::{Letterhead, RenderError, Rendered};
use crate::wire::{self, MAX_LINE_BYTES, WireError};

/// The last second that fits in a Date header with a four-digit year: 9999-12-31T23:59:59Z.
const LAST_SECOND: u64 = 253_402_300_799;

/// The language of what is configured or documented.
pub(crate) const ENGLISH: &str = "en";

/// Composes messages (RFC 5322) from mails.
#[derive(Debug, Clone)]
pub(crate) struct Composer {
    from: Mailbox,
    envelope_from: Option<Address>,
    verification_subject: Option<String>,
    message_id_domain: String,
    letterhead: Letterhead,
    dkim: Option<DkimSettings>,
    templates: MailTemplates,
}

/// The header values of one email, except its subject.
pub(crate) struct Head<'a> {
    pub(crate) id: OutboxId,
    pub(crate) to: &'a EmailAddress,
    pub(crate) date: Timestamp,
    /// The tag of the language (BCP 47).
    pub(crate) language: &'a str,
}

/// A composed email. Its `Debug` output hides everything.
pub(crate) struct Composed {
    /// The envelope sender; `None` is the null sender.
    pub(crate) from: Option<Address>,
    /// The envelope recipient: the local part as spelled, the domain as A-labels.
    pub(crate) to: Address,
    /// Header and body, checked: all lines end in CRLF.
    pub(crate) bytes: Vec<u8>,
}

/// Why an email could not be composed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ComposeError {
    /// Rendering failed.
    #[error("cannot render the email")]
    Render(#[source] RenderError),
    /// The message builder refused.
    #[error("cannot build the message")]
    Build(#[source] lettre::error::Error),
    /// The message failed the last check.
    #[error("the message is not valid SMTP data")]
    Wire(#[source] WireError),
    /// Signing failed.
    #[error("cannot sign the message")]
    Sign(#[source] SignError),
}

impl std::convert::From<ComposeError> for DeliveryError {
    fn from(error: ComposeError) -> Self {
        match error {
            // Caused by the system, not by the email.
            ComposeError::Sign(_) => Self::Transient(Box::new(error)),
            ComposeError::Render(_) | ComposeError::Build(_) | ComposeError::Wire(_) => {
                Self::Permanent(Box::new(error))
            }
        }
    }
}

impl Composer {
    /// Creates a composer with these settings.
    pub(crate) fn new(settings: &MailSettings) -> Self {
        let sender = settings.from.address();
        let envelope_from = match &settings.envelope_from {
            None => Some(address(sender)),
            Some(EnvelopeSender::Address(sender)) => Some(address(sender)),
            Some(EnvelopeSender::Null) => None,
        };
        let text = |text: &crate::config::HeaderText| text.as_str().to_owned();
        Self {
            from: Mailbox::new(settings.from.name().map(text), address(sender)),
            envelope_from,
            verification_subject: settings.verification_subject.as_ref().map(text),
            message_id_domain: settings
                .message_id_domain
                .as_ref()
                .map_or(sender.domain(), |domain| domain)
                .as_str()
                .to_owned(),
            letterhead: Letterhead {
                operator: settings.operator_name.as_ref().map(text),
                branding: settings.branding.clone(),
            },
            dkim: settings.dkim.clone(),
            templates: settings.templates.clone(),
        }
    }

    /// Composes the message. The same email always gives the same bytes, so that duplicates are identical.
    pub(crate) fn compose(&self, mail: &Mail) -> Result<Composed, ComposeError> {
        let edition = self.templates.0.for_language(mail.language.as_deref());
        let language = edition.translator().tag();
        let mut words = edition.render(mail, &self.letterhead).map_err(ComposeError::Render)?;
        let subject = match &mail.content {
            MailContent::VerifyAddress { subject, .. } => subject.as_deref().or(self.verification_subject.as_deref()),
            MailContent::AccountMade { .. }
            | MailContent::AlreadyRegistered { .. }
            | MailContent::ProviderLinkOffer { .. }
            | MailContent::ResetPassword { .. }
            | MailContent::ConfirmNewAddress { .. }
            | MailContent::AddressInUse { .. }
            | MailContent::ConfirmSecondaryAddress { .. }
            | MailContent::Invitation { .. }
            | MailContent::Notice { .. } => None,
        };
        // A configured subject is in one language; the others have their own.
        if let Some(subject) = subject.filter(|_| language == ENGLISH) {
            subject.clone_into(&mut words.subject);
        }
        self.compose_words(&Head { id: mail.id, to: &mail.to, date: mail.date, language }, words)
    }

    /// Composes a message from a rendered email.
    pub(crate) fn compose_words(&self, head: &Head<'_>, words: Rendered) -> Result<Composed, ComposeError> {
        // An `EmailAddress` has been parsed: neither part contains a character that ends or splits an address.
        let to = Address::new_dangerous(head.to.local_part(), head.to.ascii_domain());
        let envelope = Envelope::new(self.envelope_from.clone(), vec![to.clone()]).map_err(ComposeError::Build)?;
        let message = Message::builder()
            .header(From::from(lettre::message::Mailboxes::from(self.from.clone())))
            .raw_header(bare::<To>(to.as_ref()))
            .header(Subject::from(words.subject))
            .header(Date::new(system_time(head.date)))
            .raw_header(bare::<MessageId>(&self.message_id(head.id)))
            .raw_header(named("Auto-Submitted", "auto-generated"))
            .raw_header(named("Content-Language", head.language))
            .envelope(envelope)
            .multipart(
                // The boundary cannot occur in the parts: their lines do not begin with `--`.
                MultiPart::alternative()
                    .boundary(format!("part-{}", head.id))
                    .singlepart(part(ContentType::TEXT_PLAIN, &words.text))
                    .singlepart(part(ContentType::TEXT_HTML, &ascii_html(words.html))),
            )
            .map_err(ComposeError::Build)?;
        let bytes = message.formatted();
        wire::check(&bytes).map_err(ComposeError::Wire)?;
        let bytes = match &self.dkim {
            None => bytes,
            Some(dkim) => dkim::sign(&bytes, dkim, seconds(head.date)).map_err(ComposeError::Sign)?,
        };
        Ok(Composed { from: self.envelope_from.clone(), to, bytes })
    }

    /// Returns the Message-ID for this outbox entry.
    pub(crate) fn message_id(&self, id: OutboxId) -> String {
        format!("<{id}@{}>", self.message_id_domain)
    }
}

impl fmt::Debug for Composed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Composed({} bytes)", self.bytes.len())
    }
}

fn address(sender: &SenderAddress) -> Address {
    Address::new_dangerous(sender.local_part(), MailDomain::as_str(sender.domain()))
}

/// Makes a header whose value is sent unchanged: on one line, without encoded-words. Values have at most 320 bytes.
fn bare<H: Header>(value: &str) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(H::name(), value.to_owned(), value.to_owned())
}

/// Makes a header that lettre has no type for.
fn named(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Makes a part of the body that keeps every link in one piece: 7bit if that is enough, otherwise base64.
///
/// Quoted-printable breaks lines of more than 76 characters with `=`, and writes `=` as `=3D`. Some programs that look for
/// links in an email's source know neither, and open half a link. lettre would use 7bit only for lines of less than 76
/// bytes.
fn part(content_type: ContentType, text: &str) -> SinglePart {
    let text = text.replace('\n', "\r\n");
    let is_seven_bit = text.is_ascii() && text.lines().all(|line| line.len() <= MAX_LINE_BYTES);
    let body = if is_seven_bit {
        Body::dangerous_pre_encoded(text.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        // Base64 accepts any text; the other branch only satisfies the signature.
        Body::new_with_encoding(text, ContentTransferEncoding::Base64)
            .unwrap_or_else(|bytes| Body::dangerous_pre_encoded(bytes, ContentTransferEncoding::Base64))
    };
    SinglePart::builder().header(content_type).body(body)
}

/// Writes characters beyond ASCII as HTML's references (`&#252;`), so that the document needs no encoding.
fn ascii_html(html: String) -> String {
    // A style sheet has no references. The built-in one is ASCII.
    let is_in_style = |part: &str| part.split_once("</style").is_some_and(|(style, _)| !style.is_ascii());
    if html.is_ascii() || html.split("<style").skip(1).any(is_in_style) {
        return html;
    }
    let mut ascii = String::with_capacity(html.len());
    for c in html.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(ascii, "&#{};", u32::from(c));
        }
    }
    ascii
}

/// Converts a time for the header `Date`, whose writer panics for years before 1970 and after 9999.
fn system_time(moment: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds(moment))
}

/// Returns whole seconds since 1970, within the range of a Date header.
fn seconds(moment: Timestamp) -> u64 {
    (u64::try_from(moment.unix_micros()).unwrap_or(0) / 1_000_000).min(LAST_SECOND)
}

#[cfg(test)]
pub(crate) mod golden;
#[cfg(test)]
mod tests;
