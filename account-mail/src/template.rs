//! The wording of mails: templates compiled in from `templates/<mail>/<locale>/{subject.txt, body.txt, body.html}`.
//!
//! What mails have in common is in `templates/layout`, what notices have in `templates/notice`. Askama escapes what goes
//! into a `.html` template and nothing that goes into a `.txt` one. A further language is a further folder beside `en`,
//! a variant of [`Locale`], an arm in [`render`], and the functions that it calls.

mod account;
mod letter;
mod notice;
mod registration;
mod time;

use account_core::outbox::mail::{Mail, MailContent};
use askama::Template;

use letter::Letter;

/// A language that mails are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Locale {
    /// English: also for everybody whose language there is no translation for.
    En,
}

impl Locale {
    const ALL: [Self; 1] = [Self::En];

    /// The language to write in to a person with this language (BCP 47): decided by its primary subtag.
    pub(crate) fn for_language(language: Option<&str>) -> Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.tag())).unwrap_or(Self::En)
    }

    /// Its tag, for the header `Content-Language`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }
}

/// A mail in words.
pub(crate) struct Rendered {
    /// The template's subject.
    pub(crate) subject: &'static str,
    /// The plain text, lines ended by LF.
    pub(crate) text: String,
    /// The same as an HTML document.
    pub(crate) html: String,
}

impl Rendered {
    fn of(subject: &'static str, text: &impl Template, html: &impl Template) -> Result<Self, RenderError> {
        Ok(Self { subject, text: fill(text)?, html: fill(html)? })
    }
}

/// Why a mail could not be put into words. Nothing of the mail is repeated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RenderError {
    /// A link that would not survive in a line of text or an attribute.
    #[error("a link of the mail is not an absolute URL of printable ASCII characters")]
    Link,
    /// The template engine failed.
    #[error("the template could not be filled in")]
    Template(#[source] askama::Error),
}

/// Puts a mail into words. `operator` is the service's name, if it is to be named.
pub(crate) fn render(mail: &Mail, locale: Locale, operator: Option<&str>) -> Result<Rendered, RenderError> {
    let letter = Letter { date: mail.date, operator };
    match locale {
        Locale::En => english(&mail.content, letter),
    }
}

fn english(content: &MailContent, letter: Letter<'_>) -> Result<Rendered, RenderError> {
    match content {
        MailContent::VerifyAddress { link, code, expires_at, subject: _ } => {
            registration::verify_address_en(letter, link, code, *expires_at)
        }
        MailContent::AccountMade { link, expires_at } => registration::account_made_en(letter, link, *expires_at),
        MailContent::AlreadyRegistered { sign_in, forgot, deletion_due_at } => {
            registration::already_registered_en(letter, sign_in, forgot, *deletion_due_at)
        }
        MailContent::Invitation { link, expires_at } => registration::invitation_en(letter, link, *expires_at),
        MailContent::ResetPassword { link, expires_at } => account::reset_password_en(letter, link, *expires_at),
        MailContent::ConfirmNewAddress { link, expires_at } => {
            account::confirm_new_address_en(letter, link, *expires_at)
        }
        MailContent::AddressInUse { sign_in, forgot } => account::address_in_use_en(letter, sign_in, forgot),
        MailContent::ConfirmSecondaryAddress { link, expires_at } => {
            account::confirm_secondary_address_en(letter, link, *expires_at)
        }
        MailContent::Notice { notice, at, sign_in, forgot } => {
            notice::notice_en(Letter { date: *at, ..letter }, *notice, sign_in, forgot)
        }
    }
}

/// Askama takes a template's last line end away, like its models do: here it is put back.
fn fill(template: &impl Template) -> Result<String, RenderError> {
    let mut text = template.render().map_err(RenderError::Template)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests;
