//! Checks whether emails will arrive.
//!
//! [`Doctor::examine`] checks everything that can be checked from here, and reports what was not checked.

mod domain;
mod finding;
mod published;

use std::fmt::Write as _;

use account_core::email_address::EmailAddress;
use account_core::id::OutboxId;
use account_core::timestamp::Timestamp;

use crate::config::{DkimSettings, DkimSigner, EnvelopeSender, MailSettings, SmtpSettings, TlsMode};
pub use crate::dns::DnsServers;
use crate::message::{ENGLISH, Head};
use crate::smtp::SmtpMailer;
use crate::template::Rendered;
pub use finding::{Finding, Verdict};
use published::Published;

/// Maximum length of one string in a TXT record, in bytes. A longer record has several (RFC 1035, section 3.3.14).
const MAX_TEXT: usize = 255;

/// A test email.
#[derive(Debug, Clone)]
pub struct TestMail {
    /// The recipient.
    pub to: EmailAddress,
    /// Its id; the Message-ID is made from it.
    pub id: OutboxId,
    /// Its date.
    pub date: Timestamp,
}

/// What to check, and with which name servers.
#[derive(Debug, Clone, Copy)]
pub struct Doctor<'a> {
    /// The settings for all mails.
    pub settings: &'a MailSettings,
    /// The mail server, unless emails are written as files.
    pub server: Option<&'a SmtpSettings>,
    /// The name servers to query.
    pub names: &'a DnsServers,
}

impl Doctor<'_> {
    /// Checks everything: keys and their records, the sender's domain, the mail server. Sends the test email, if there
    /// is one. Takes some seconds, and longer if servers do not answer.
    pub async fn examine(&self, test_mail: Option<&TestMail>) -> Vec<Finding> {
        let mut findings = self.signatures().await;
        findings.extend(self.sender().await);
        findings.extend(self.server(test_mail).await);
        findings
    }

    /// Returns the records to publish, as lines of a zone file.
    #[must_use]
    pub fn records_to_publish(&self) -> Vec<String> {
        let line = |dkim: &DkimSettings, signer: &DkimSigner| {
            zone_line(&signer.record_name(&dkim.domain), &signer.key.record())
        };
        let dkim = self.settings.dkim.as_ref();
        dkim.map(|dkim| dkim.signers.iter().map(|signer| line(dkim, signer)).collect()).unwrap_or_default()
    }

    async fn signatures(&self) -> Vec<Finding> {
        let Some(dkim) = &self.settings.dkim else {
            let why = "emails are not signed: many receivers treat them as spam. Set `mail.dkim.selector` and \
                       `mail.dkim.private_key_file`.";
            return vec![Finding::new(Verdict::Warning, "DKIM", why)];
        };
        let mut findings = Vec::new();
        for signer in &dkim.signers {
            let selector = signer.selector.as_str();
            let algorithm = signer.key.algorithm();
            findings.push(Finding::new(
                Verdict::Ok,
                format!("DKIM key {selector}"),
                format!("{algorithm}, can be used"),
            ));
            findings.push(self.record(dkim, signer).await);
        }
        let sender = self.settings.from.address().domain();
        findings.push(if dkim.covers(sender) {
            let why = format!("emails from {} are signed by {}", sender.as_str(), dkim.domain.as_str());
            Finding::new(Verdict::Ok, "DKIM domain", why)
        } else {
            let why = format!(
                "emails from {} are signed by {}, which is neither the same nor a parent of it: the signatures do not count \
                 with DMARC",
                sender.as_str(),
                dkim.domain.as_str()
            );
            Finding::new(Verdict::Warning, "DKIM domain", why)
        });
        if !dkim.has_rsa() {
            let why = "there is no RSA key: receivers that do not support Ed25519 treat emails as unsigned";
            findings.push(Finding::new(Verdict::Warning, "DKIM algorithms", why));
        }
        findings
    }

    /// A key's record in DNS beside the key.
    async fn record(&self, dkim: &DkimSettings, signer: &DkimSigner) -> Finding {
        let name = signer.record_name(&dkim.domain);
        let what = format!("DKIM record {name}");
        let records = match self.names.texts(&name).await {
            Ok(records) => records,
            Err(error) => {
                let why = format!("{error}; publish the one below");
                return Finding::new(Verdict::NotChecked, what, why);
            }
        };
        let (verdict, why) = match published::judge(&records, &signer.key) {
            Published::Same => (Verdict::Ok, "it matches the key"),
            Published::Testing => {
                (Verdict::Warning, "it matches the key, but says that signing is being tested: remove `t=y`")
            }
            Published::Missing => (Verdict::Failed, "missing: no signature can be verified. Publish the one below"),
            Published::Several => (Verdict::Failed, "several records: keep only the one below"),
            Published::Revoked => (Verdict::Failed, "the key is revoked: publish the one below"),
            Published::OtherKey => {
                (Verdict::Failed, "it is for another key: every signature fails. Publish the one below")
            }
            Published::Unusable => {
                (Verdict::Failed, "it does not allow signatures with SHA-256: publish the one below")
            }
        };
        Finding::new(verdict, what, why)
    }

    /// What receivers look up about the sender.
    async fn sender(&self) -> Vec<Finding> {
        let from = self.settings.from.address().domain();
        if !from.as_str().contains('.') {
            let why = format!("the sender is at {}, which is not in DNS", from.as_str());
            return vec![Finding::new(Verdict::NotChecked, "sender's domain", why)];
        }
        let envelope = match &self.settings.envelope_from {
            Some(EnvelopeSender::Address(address)) => address.domain(),
            // With the null sender, receivers look at the name of EHLO, which is the sender's domain by default.
            None | Some(EnvelopeSender::Null) => from,
        };
        vec![
            domain::spf(self.names, envelope.as_str()).await,
            domain::dmarc(self.names, from.as_str()).await,
            domain::mail_exchange(self.names, envelope.as_str()).await,
        ]
    }

    async fn server(&self, test_mail: Option<&TestMail>) -> Vec<Finding> {
        let not_sent = |why: &str| Finding::new(Verdict::NotChecked, "test email", why);
        let Some(server) = self.server else {
            let why = "emails are written to files: set `mail.transport` to `smtp` to send them";
            return vec![Finding::new(Verdict::NotChecked, "mail server", why), not_sent("there is no mail server")];
        };
        let what = format!("mail server {}", server.server());
        let mailer = match SmtpMailer::new(server, self.settings) {
            Ok(mailer) => mailer,
            Err(error) => {
                let why = std::error::Error::source(&error)
                    .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
                return vec![Finding::new(Verdict::Failed, what, why), not_sent("the mail server cannot be used")];
            }
        };
        let facts = match mailer.probe().await {
            Ok(facts) => facts,
            Err(reason) => {
                let first = Finding::new(Verdict::Failed, what, reason);
                return vec![first, not_sent("the mail server cannot be used")];
            }
        };
        let mut findings = vec![Finding::new(Verdict::Ok, what.clone(), reached(server))];
        if server.tls() == TlsMode::Plain && !server.is_local() {
            let why = "emails are sent to it unencrypted: anyone on the network path can use the links in them";
            findings.push(Finding::new(Verdict::Warning, what.clone(), why));
        }
        if !facts.smtp_utf8 {
            let why = "it does not support SMTPUTF8: no email can be sent to addresses such as `j\u{F6}rg@example.org`";
            findings.push(Finding::new(Verdict::Warning, what, why));
        }
        findings.push(match test_mail {
            None => not_sent("add `--to ADDRESS` to send one"),
            Some(mail) => send(&mailer, mail).await,
        });
        findings
    }
}

/// What a connection that was made tells.
fn reached(server: &SmtpSettings) -> String {
    let protection = match server.tls() {
        TlsMode::Plain => "without TLS",
        TlsMode::StartTls => "with STARTTLS and a certificate that is valid for its name",
        TlsMode::Implicit => "with TLS from the first byte and a certificate that is valid for its name",
    };
    let password = if server.has_credentials() { "the password was accepted" } else { "no password is set" };
    format!("it answers, {protection}; {password}")
}

async fn send(mailer: &SmtpMailer, mail: &TestMail) -> Finding {
    let what = "test email";
    let subject = "Test email from the account service".to_owned();
    let text = "Hello,\n\n\
                This email was sent to check whether emails from the account service arrive.\n\n\
                Its headers show what the receiving server thinks of it: look for\n\
                dkim=pass, spf=pass and dmarc=pass in Authentication-Results.\n";
    let paragraphs = text.trim_end().split("\n\n").map(|words| format!("<p>{words}</p>\n"));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{subject}</title></head>\n<body>\n{}</body>\n\
         </html>\n",
        paragraphs.collect::<String>()
    );
    let head = Head { id: mail.id, to: &mail.to, date: mail.date, language: ENGLISH };
    match mailer.send_words(&head, Rendered { subject, text: text.to_owned(), html }).await {
        Ok(message_id) => {
            let why = format!(
                "the server accepted it, Message-ID {message_id}. Check the mailbox to see whether it arrived, and look at \
                 its Authentication-Results header"
            );
            Finding::new(Verdict::Ok, what, why)
        }
        Err(reason) => Finding::new(Verdict::Failed, what, reason),
    }
}

/// A TXT record as zone files have it.
fn zone_line(name: &str, text: &str) -> String {
    let mut line = format!("{name}. IN TXT");
    // Records are ASCII.
    for part in text.as_bytes().chunks(MAX_TEXT) {
        // Writing to a `String` cannot fail.
        let _ = write!(line, " \"{}\"", String::from_utf8_lossy(part));
    }
    line
}

#[cfg(test)]
mod tests;
