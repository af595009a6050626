//! How emails are sent.

use std::path::PathBuf;
use std::sync::Arc;

use account_core::one_time_token::{SecretToken, TokenDigest};
use account_core::translation::Catalog;
use account_mail::config::{
    DkimKey, DkimSelector, DkimSettings, DkimSigner, EhloName, MailDomain, MailSettings, MailTemplates, SenderMailbox,
    SmtpSettings,
};

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::section::translations;
use crate::config::values::{path, plain};

/// How emails are sent: section `mail`.
#[derive(Debug)]
pub(crate) struct Mail {
    /// Files or a mail server.
    pub(crate) transport: Transport,
    /// What all emails have in common, except the operator's name.
    pub(crate) settings: MailSettings,
    /// Digest of the token for submitting delivery reports.
    pub(crate) report_token: Option<TokenDigest>,
}

/// Files or a mail server.
#[derive(Debug)]
pub(crate) enum Transport {
    /// One file per email in this directory.
    File(PathBuf),
    /// A mail server.
    Smtp(Box<SmtpSettings>),
}

impl Mail {
    /// The directory of emails that are written to files.
    pub(crate) fn directory(&self) -> Option<PathBuf> {
        match &self.transport {
            Transport::File(directory) => Some(directory.clone()),
            Transport::Smtp(_) => None,
        }
    }

    pub(crate) fn read(reader: &mut ConfigReader, catalog: &Arc<Catalog>) -> Self {
        let is_smtp = reader.value("mail.transport", is_smtp);
        let directory = reader.value("mail.directory", path);
        let from = reader.value("mail.from", plain);
        let settings = MailSettings {
            dkim: read_dkim(reader, &from),
            from,
            envelope_from: reader.optional("mail.envelope_from", plain),
            verification_subject: reader.optional("mail.verification_subject", plain),
            templates: read_templates(reader, catalog),
            ..MailSettings::default()
        };
        let smtp = read_smtp(reader);
        if is_smtp && smtp.is_none() {
            reader.object("mail.smtp.url", "required by the transport `smtp`: set the URL of your mail server");
        }
        let server = smtp.filter(|_| is_smtp).map(|server| Transport::Smtp(Box::new(server)));
        let transport = server.unwrap_or(Transport::File(directory));
        Self { transport, settings, report_token: reader.optional("mail.reports.token", token_digest) }
    }
}

/// Templates are read and rendered here, so that all errors in them are reported at start with all others. Words that an
/// email cannot have are an error of theirs.
fn read_templates(reader: &mut ConfigReader, catalog: &Arc<Catalog>) -> MailTemplates {
    let directory = reader.optional("mail.template_directory", path);
    if directory.is_none() && catalog.own_messages() == 0 {
        return MailTemplates::default();
    }
    let to_blame = if directory.is_some() { "mail.template_directory" } else { translations::DIRECTORY };
    MailTemplates::open(directory.as_deref(), catalog).unwrap_or_else(|errors| {
        for line in errors.lines() {
            reader.object(to_blame, &line);
        }
        MailTemplates::default()
    })
}

fn read_smtp(reader: &mut ConfigReader) -> Option<SmtpSettings> {
    let server = reader.optional("mail.smtp.url", smtp_url);
    let ehlo_name = reader.optional("mail.smtp.ehlo_name", plain::<EhloName>);
    let ca_file = reader.optional("mail.smtp.ca_file", path);
    server.map(|mut server| {
        if let Some(name) = ehlo_name {
            server = server.with_ehlo_name(name);
        }
        if let Some(path) = ca_file {
            server = server.with_ca_file(path);
        }
        server
    })
}

/// Keys are read here, so that unusable ones are reported at start with all other errors.
fn read_dkim(reader: &mut ConfigReader, from: &SenderMailbox) -> Option<DkimSettings> {
    let domain = reader.optional("mail.dkim.domain", dkim_domain);
    let first = read_signer(reader, "mail.dkim.selector", "mail.dkim.private_key_file");
    let second = read_signer(reader, "mail.dkim.second_selector", "mail.dkim.second_private_key_file");
    let (has_domain, signers) = (domain.is_some(), first.into_iter().chain(second).collect::<Vec<_>>());
    let domain = domain.unwrap_or_else(|| from.address().domain().clone());
    if !reader.is_sound("mail.dkim.") || !reader.is_sound("mail.from") {
        return None;
    }
    if let [one, other] = signers.as_slice()
        && one.selector == other.selector
    {
        reader.object("mail.dkim.second_selector", "both keys have this selector: give each its own");
    }
    if has_domain && signers.is_empty() {
        reader.object("mail.dkim.domain", "a signing domain is set but no key: emails would not be signed");
    }
    if !signers.is_empty() && !domain.as_str().contains('.') {
        let message = "the domain of `mail.from` has no dot, so no key can be published under it";
        reader.object("mail.dkim.domain", message);
    }
    (!signers.is_empty()).then_some(DkimSettings { domain, signers })
}

/// Reads a key and its selector: both or neither.
fn read_signer(reader: &mut ConfigReader, selector: &str, key: &str) -> Option<DkimSigner> {
    let name = reader.optional(selector, plain::<DkimSelector>);
    let private_key =
        reader.optional(key, |text| DkimKey::read(&path(text)?).map_err(|error| Refusal::Because(error.to_string())));
    if name.is_some() && private_key.is_none() {
        reader.object(key, &format!("required because `{selector}` is set"));
    }
    if name.is_none() && private_key.is_some() {
        reader.object(selector, &format!("required because `{key}` is set"));
    }
    Some(DkimSigner { selector: name?, key: private_key? })
}

fn dkim_domain(text: &str) -> Parsed<MailDomain> {
    let domain: MailDomain = plain(text)?;
    if domain.as_str().contains('.') { Ok(domain) } else { Err(Refusal::NotAllowed) }
}

/// The errors of the mail crate repeat no part of the URL.
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
