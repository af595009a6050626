//! How mails leave.

use std::path::PathBuf;

use account_core::verification_token::{SecretToken, TokenDigest};
use account_mail::config::{EhloName, MailSettings, SmtpSettings};

use crate::config::reader::{Noted, Parsed, Reader, Refusal};
use crate::config::values::{path, plain};

/// How mails leave: section `mail`.
#[derive(Debug)]
pub(crate) struct Mail {
    /// Files, or a server.
    pub(crate) transport: Transport,
    /// What all mails have in common, but for the operator's name.
    pub(crate) settings: MailSettings,
    /// Of the token of whoever hands in delivery reports.
    pub(crate) report_token: Option<TokenDigest>,
}

/// Files, or a server.
#[derive(Debug)]
pub(crate) enum Transport {
    /// One file per mail in this directory.
    File(PathBuf),
    /// A mail server.
    Smtp(Box<SmtpSettings>),
}

impl Mail {
    pub(crate) fn read(reader: &mut Reader) -> Result<Self, Noted> {
        let is_smtp = reader.value("mail.transport", is_smtp);
        let directory = reader.value("mail.directory", path);
        let from = reader.value("mail.from", plain);
        let envelope_from = reader.optional("mail.envelope_from", plain);
        let verification_subject = reader.optional("mail.verification_subject", plain);
        let smtp = read_smtp(reader);
        let report_token = reader.optional("mail.reports.token", token_digest);
        let settings = MailSettings {
            from: from?,
            envelope_from: envelope_from?,
            verification_subject: verification_subject?,
            ..MailSettings::default()
        };
        let transport = match (is_smtp?, smtp?) {
            (false, _) => Transport::File(directory?),
            (true, Some(server)) => Transport::Smtp(Box::new(server)),
            (true, None) => {
                reader.object("mail.smtp.url", "the transport `smtp` needs a mail server: give its URL");
                return Err(Noted);
            }
        };
        Ok(Self { transport, settings, report_token: report_token? })
    }
}

fn read_smtp(reader: &mut Reader) -> Result<Option<SmtpSettings>, Noted> {
    let server = reader.optional("mail.smtp.url", smtp_url);
    let ehlo_name = reader.optional("mail.smtp.ehlo_name", plain::<EhloName>);
    let ca_file = reader.optional("mail.smtp.ca_file", path);
    let (server, ehlo_name, ca_file) = (server?, ehlo_name?, ca_file?);
    Ok(server.map(|mut server| {
        if let Some(name) = ehlo_name {
            server = server.with_ehlo_name(name);
        }
        if let Some(path) = ca_file {
            server = server.with_ca_file(path);
        }
        server
    }))
}

/// The mail crate's errors about URLs repeat nothing of them.
fn smtp_url(text: &str) -> Parsed<SmtpSettings> {
    SmtpSettings::parse(text).map_err(|error| Refusal::Because(error.to_string()))
}

fn token_digest(text: &str) -> Parsed<TokenDigest> {
    SecretToken::parse(text).map(|token| token.digest()).ok_or(Refusal::NotAllowed)
}

fn is_smtp(text: &str) -> Parsed<bool> {
    match text {
        "file" => Ok(false),
        "smtp" => Ok(true),
        _ => Err(Refusal::NotAllowed),
    }
}
