//! TLS that is as asked for, or no email.

use account_core::ports::Mailer;
use account_mail::config::{MailSettings, SmtpSettings};
use account_mail::testing::{Fault, Point, Script, SinkTls, SmtpSink, mails};
use account_mail::{SmtpMailer, SmtpMailerError};

use crate::support::{PATIENCE, assert_verdict, verdict};

const NAMES: &[&str] = &["127.0.0.1"];

/// A mailer with a password, that trusts the given authority.
fn mailer(url: &str, ca_pem: &str) -> SmtpMailer {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), ca_pem).unwrap();
    let url = url.replace("://", "://the-user:the-password@");
    let server = SmtpSettings::parse(&url).unwrap().with_ca_file(file.path()).with_deadline(PATIENCE);
    SmtpMailer::new(&server, &MailSettings::default()).unwrap()
}

/// Fails if anything but EHLO, STARTTLS or QUIT was said in the clear.
#[track_caller]
fn assert_nothing_in_the_clear(sink: &SmtpSink) {
    for record in sink.records() {
        // A handshake record begins with 0x16; commands come before it.
        let commands = record.clear.split(|byte| *byte == 0x16).next().unwrap();
        for line in String::from_utf8_lossy(commands).lines() {
            assert!(line.starts_with("EHLO ") || line == "STARTTLS" || line == "QUIT", "{line}");
        }
    }
}

#[tokio::test]
async fn mails_use_tls_from_the_first_byte() {
    let sink = SmtpSink::start_with_tls(SinkTls::Implicit, NAMES, Script::default()).await.unwrap();
    let mailer = mailer(&sink.url(), sink.ca_pem());
    for number in 0..3 {
        mailer.send(&mails::numbered(number, "john@acme.com")).await.unwrap();
    }
    assert_eq!(sink.mails().len(), 3);
    assert_eq!(sink.records().len(), 1);
    assert!(sink.records()[0].clear.is_empty());
}

#[tokio::test]
async fn mails_use_starttls() {
    let sink = SmtpSink::start_with_tls(SinkTls::StartTls, NAMES, Script::default()).await.unwrap();
    let mailer = mailer(&sink.url(), sink.ca_pem());
    for number in 0..3 {
        mailer.send(&mails::numbered(number, "john@acme.com")).await.unwrap();
    }
    assert_eq!(sink.mails().len(), 3);
    assert_nothing_in_the_clear(&sink);
    let commands = &sink.records()[0].commands;
    assert_eq!(commands[..3], ["EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]"]);
    assert!(commands[3].starts_with("AUTH "), "{commands:?}");
}

#[tokio::test]
async fn starttls_that_is_stripped_or_refused_ends_the_attempt() {
    for (script, expected) in [
        (Script { offers_starttls: false, ..Script::default() }, "transient: STARTTLS: "),
        (Script::answering(Point::StartTls, "502 5.5.1 what?"), "shut out: STARTTLS: "),
        (Script::answering(Point::StartTls, "454 4.7.0 later"), "transient: STARTTLS: "),
        (Script::with_fault(Fault::Close(Point::StartTls)), "transient: STARTTLS: "),
    ] {
        let sink = SmtpSink::start_with_tls(SinkTls::StartTls, NAMES, script).await.unwrap();
        let mailer = mailer(&sink.url(), sink.ca_pem());
        let mail = mails::verify_address("john@acme.com");
        assert_verdict(&verdict(&mailer, &mail).await, expected);
        assert_nothing_in_the_clear(&sink);
        sink.set_script(Script::default());
        mailer.send(&mail).await.unwrap();
        assert_eq!(sink.mails().len(), 1);
    }
}

#[tokio::test]
async fn answers_injected_before_the_handshake_are_ignored() {
    let injected = "250-sink.test\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok";
    let script = Script::with_fault(Fault::InjectAfterStartTls(injected.to_owned()));
    let sink = SmtpSink::start_with_tls(SinkTls::StartTls, NAMES, script).await.unwrap();
    let mailer = mailer(&sink.url(), sink.ca_pem());
    assert_verdict(&verdict(&mailer, &mails::verify_address("john@acme.com")).await, "transient: STARTTLS: ");
    assert_nothing_in_the_clear(&sink);
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn untrusted_certificates_and_wrong_names_are_refused() {
    for tls in [SinkTls::Implicit, SinkTls::StartTls] {
        let other = SmtpSink::start_with_tls(tls, NAMES, Script::default()).await.unwrap();
        for (names, trusts_the_sink) in [(NAMES, false), (&["mail.example.org"][..], true)] {
            let sink = SmtpSink::start_with_tls(tls, names, Script::default()).await.unwrap();
            let ca_pem = if trusts_the_sink { sink.ca_pem() } else { other.ca_pem() };
            let verdict = verdict(&mailer(&sink.url(), ca_pem), &mails::verify_address("john@acme.com")).await;
            assert_verdict(&verdict, "transient: ");
            assert!(verdict.unwrap_err().contains("certificate"));
            assert_nothing_in_the_clear(&sink);
            assert!(sink.mails().is_empty());
        }
    }
}

#[tokio::test]
async fn a_server_without_tls_is_an_error() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let url = format!("smtps://{}", sink.address());
    let verdict = verdict(&mailer(&url, sink.ca_pem()), &mails::verify_address("john@acme.com")).await;
    assert_verdict(&verdict, "transient: connecting: ");
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn a_file_without_certificates_is_refused_at_start() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let settings = |path: &std::path::Path| SmtpSettings::parse("smtps://mail.example.org").unwrap().with_ca_file(path);
    for text in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"] {
        std::fs::write(file.path(), text).unwrap();
        let result = SmtpMailer::new(&settings(file.path()), &MailSettings::default());
        assert!(matches!(result, Err(SmtpMailerError::Certificates { .. })), "{text:?}: {result:?}");
    }
    let missing = file.path().with_extension("missing");
    let result = SmtpMailer::new(&settings(&missing), &MailSettings::default());
    assert!(matches!(result, Err(SmtpMailerError::CaFile { .. })), "{result:?}");
}
