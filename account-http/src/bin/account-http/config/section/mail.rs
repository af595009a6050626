//! How mails leave.

use std::path::PathBuf;

use account_core::one_time_token::{SecretToken, TokenDigest};
use account_mail::config::{
    DkimKey, DkimSelector, DkimSettings, DkimSigner, EhloName, MailDomain, MailSettings, MailTemplates, SenderMailbox,
    SmtpSettings,
};

use crate::config::reader::{ConfigReader, Noted, Parsed, Refusal};
use crate::config::values::{path, plain};

/// How mails leave: section `mail`.
#[derive(Debug)]
pub(crate) struct Mail {
    /// Files, or a server.
    pub(crate) transport: Transport,
    /// What all mails have in common, but for the operator's name.
    pub(crate) settings: MailSettings,
    /// Of the token of anyone who hands in delivery reports.
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
    pub(crate) fn read(reader: &mut ConfigReader) -> Result<Self, Noted> {
        let is_smtp = reader.value("mail.transport", is_smtp);
        let directory = reader.value("mail.directory", path);
        let from = reader.value("mail.from", plain);
        let envelope_from = reader.optional("mail.envelope_from", plain);
        let verification_subject = reader.optional("mail.verification_subject", plain);
        let templates = read_templates(reader);
        let smtp = read_smtp(reader);
        let report_token = reader.optional("mail.reports.token", token_digest);
        let dkim = read_dkim(reader, from.as_ref().ok());
        let settings = MailSettings {
            from: from?,
            envelope_from: envelope_from?,
            verification_subject: verification_subject?,
            dkim: dkim?,
            templates: templates?,
            ..MailSettings::default()
        };
        let transport = match (is_smtp?, smtp?) {
            (false, _) => Transport::File(directory?),
            (true, Some(server)) => Transport::Smtp(Box::new(server)),
            (true, None) => {
                reader.object("mail.smtp.url", "required by the transport `smtp`: set the URL of your mail server");
                return Err(Noted);
            }
        };
        Ok(Self { transport, settings, report_token: report_token? })
    }
}

/// Templates are read and tried here, so that all that is wrong with them is told at the start with everything else.
fn read_templates(reader: &mut ConfigReader) -> Result<MailTemplates, Noted> {
    let Some(directory) = reader.optional("mail.template_directory", path)? else {
        return Ok(MailTemplates::default());
    };
    MailTemplates::open(&directory).map_err(|errors| {
        for line in errors.lines() {
            reader.object("mail.template_directory", &line);
        }
        Noted
    })
}

fn read_smtp(reader: &mut ConfigReader) -> Result<Option<SmtpSettings>, Noted> {
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

/// Keys are read here, so that one that is no use is told at the start with everything else.
fn read_dkim(reader: &mut ConfigReader, from: Option<&SenderMailbox>) -> Result<Option<DkimSettings>, Noted> {
    let domain = reader.optional("mail.dkim.domain", dkim_domain);
    let first = read_signer(reader, "mail.dkim.selector", "mail.dkim.private_key_file");
    let second = read_signer(reader, "mail.dkim.second_selector", "mail.dkim.second_private_key_file");
    let (domain, first, second) = (domain?, first?, second?);
    if let (Some(one), Some(other)) = (&first, &second)
        && one.selector == other.selector
    {
        reader.object("mail.dkim.second_selector", "both keys have this selector: give each its own");
        return Err(Noted);
    }
    let signers: Vec<_> = first.into_iter().chain(second).collect();
    if domain.is_some() && signers.is_empty() {
        reader.object("mail.dkim.domain", "a signing domain is set but no key: emails would not be signed");
        return Err(Noted);
    }
    let domain = domain.or_else(|| from.map(|from| from.address().domain().clone()));
    match domain {
        Some(domain) if !signers.is_empty() && domain.as_str().contains('.') => {
            Ok(Some(DkimSettings { domain, signers }))
        }
        Some(_) if !signers.is_empty() => {
            reader.object(
                "mail.dkim.domain",
                "the domain of `mail.from` has no dot, so no key can be published under it",
            );
            Err(Noted)
        }
        _ => Ok(None),
    }
}

/// A key and its name: both or neither.
fn read_signer(reader: &mut ConfigReader, selector: &str, key: &str) -> Result<Option<DkimSigner>, Noted> {
    let name = reader.optional(selector, plain::<DkimSelector>);
    let private_key =
        reader.optional(key, |text| DkimKey::read(&path(text)?).map_err(|error| Refusal::Because(error.to_string())));
    match (name?, private_key?) {
        (Some(selector), Some(key)) => Ok(Some(DkimSigner { selector, key })),
        (None, None) => Ok(None),
        (Some(_), None) => {
            reader.object(key, &format!("required because `{selector}` is set"));
            Err(Noted)
        }
        (None, Some(_)) => {
            reader.object(selector, &format!("required because `{key}` is set"));
            Err(Noted)
        }
    }
}

fn dkim_domain(text: &str) -> Parsed<MailDomain> {
    let domain: MailDomain = plain(text)?;
    if domain.as_str().contains('.') { Ok(domain) } else { Err(Refusal::NotAllowed) }
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
