//! Emails that arrive.

use std::sync::Arc;

use account_core::outbox::mail::Mail;
use account_core::ports::Mailer;
use account_mail::config::{MailSettings, SmtpSettings};
use account_mail::testing::{Fault, Point, Script, SmtpSink, mails};
use account_mail::{FileMailer, SmtpMailer};

use crate::support::{PATIENCE, assert_verdict, mailer, settings, verdict};

#[tokio::test]
async fn a_mail_arrives_as_the_file_mailer_writes_it() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let files = FileMailer::open(directory.path(), &MailSettings::default()).unwrap();
    let mail = mails::verify_address("john@acme.com");
    mailer(&sink).send(&mail).await.unwrap();
    files.send(&mail).await.unwrap();
    let file = std::fs::read(directory.path().join(format!("{}.eml", mail.id))).unwrap();
    assert_eq!(sink.mails()[0].content, file);
}

#[tokio::test]
async fn every_mail_arrives_in_every_language_as_it_was_written() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let files = FileMailer::open(directory.path(), &MailSettings::default()).unwrap();
    let mailer = mailer(&sink);
    for mail in mails::every("john@acme.com") {
        for language in ["en", "de", "fr", "es"] {
            let mail = Mail { language: Some(language.to_owned()), ..mail.clone() };
            mailer.send(&mail).await.unwrap();
            files.send(&mail).await.unwrap();
            let file = std::fs::read(directory.path().join(format!("{}.eml", mail.id))).unwrap();
            let received = sink.mails().pop().unwrap().content;
            assert_eq!(received, file);
            assert!(received.is_ascii() && received.split(|byte| *byte == b'\n').all(|line| line.len() <= 999));
        }
    }
}

#[tokio::test]
async fn envelope_and_ehlo_are_as_configured() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let server = settings(&sink).with_ehlo_name("app7.example.org".parse().unwrap());
    let from = MailSettings { envelope_from: Some("bounce+7@example.org".parse().unwrap()), ..MailSettings::default() };
    let mailer = SmtpMailer::new(&server, &from).unwrap();
    mailer.send(&mails::verify_address("John.Doe@ACME.com")).await.unwrap();
    let record = &sink.records()[0];
    assert_eq!(
        record.commands,
        ["EHLO app7.example.org", "MAIL FROM:<bounce+7@example.org>", "RCPT TO:<John.Doe@acme.com>", "DATA"]
    );
}

#[tokio::test]
async fn without_a_name_ehlo_has_the_senders_domain_or_a_literal() {
    for (from, hello) in [("a@example.org", "EHLO example.org"), ("Accounts <no-reply@localhost>", "EHLO [127.0.0.1]")]
    {
        let sink = SmtpSink::start(Script::default()).await.unwrap();
        let from = MailSettings { from: from.parse().unwrap(), ..MailSettings::default() };
        let mailer = SmtpMailer::new(&settings(&sink), &from).unwrap();
        mailer.send(&mails::already_registered("john@acme.com")).await.unwrap();
        assert_eq!(sink.records()[0].commands[0], hello);
    }
}

#[tokio::test]
async fn the_null_sender_is_sent() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let from = MailSettings { envelope_from: Some("<>".parse().unwrap()), ..MailSettings::default() };
    SmtpMailer::new(&settings(&sink), &from).unwrap().send(&mails::verify_address("a@x.org")).await.unwrap();
    assert_eq!(sink.mails()[0].from, "MAIL FROM:<>");
}

#[tokio::test]
async fn one_connection_carries_many_mails() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let mailer = mailer(&sink);
    for number in 0..20 {
        mailer.send(&mails::numbered(number, "john@acme.com")).await.unwrap();
    }
    let records = sink.records();
    assert_eq!((records.len(), records[0].mails.len()), (1, 20));
    assert_eq!(records[0].count("EHLO"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_mails_share_the_allowed_connections() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let mailer = Arc::new(SmtpMailer::new(&settings(&sink).with_connections(3), &MailSettings::default()).unwrap());
    let mut sends = tokio::task::JoinSet::new();
    for number in 0..40 {
        let mailer = Arc::clone(&mailer);
        sends.spawn(async move { mailer.send(&mails::numbered(number, "john@acme.com")).await });
    }
    while let Some(sent) = sends.join_next().await {
        sent.unwrap().unwrap();
    }
    assert!(sink.records().len() <= 3, "{} connections", sink.records().len());
    let mut ids: Vec<_> = sink.mails().iter().map(|mail| message_id(&mail.content)).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 40);
}

fn message_id(content: &[u8]) -> String {
    let text = String::from_utf8_lossy(content);
    text.lines().find(|line| line.starts_with("Message-ID: ")).unwrap().to_owned()
}

#[tokio::test]
async fn a_connection_that_the_server_closed_loses_no_mail() {
    for fault in [Fault::Close(Point::Mail), Fault::Answer(Point::Mail, "421 4.4.2 you were idle".to_owned())] {
        let mut sink = SmtpSink::start(Script::default()).await.unwrap();
        let mailer = mailer(&sink);
        mailer.send(&mails::numbered(0, "john@acme.com")).await.unwrap();
        // Ended while it waited: the server comes back, the connection does not.
        sink.stop().await;
        sink.resume().await.unwrap();
        mailer.send(&mails::numbered(1, "john@acme.com")).await.unwrap();
        // Ended at the first command: the new connection meets the same fault, and that one counts.
        sink.set_script(Script::with_fault(fault));
        assert_verdict(&verdict(&mailer, &mails::numbered(2, "john@acme.com")).await, "transient: MAIL: ");
        sink.set_script(Script::default());
        mailer.send(&mails::numbered(2, "john@acme.com")).await.unwrap();
        assert_eq!(sink.mails().len(), 3);
        assert_eq!(sink.records().len(), 4);
    }
}

#[tokio::test]
async fn a_silent_connection_is_replaced() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let mailer = mailer(&sink);
    mailer.send(&mails::numbered(0, "john@acme.com")).await.unwrap();
    sink.set_script(Script::with_fault(Fault::Silence(Point::Mail)));
    let mail = mails::numbered(1, "john@acme.com");
    let send = mailer.send(&mail);
    let cure = async {
        // The cure comes as soon as the kept connection has swallowed its MAIL.
        while sink.records()[0].count("MAIL") < 2 {
            tokio::task::yield_now().await;
        }
        sink.set_script(Script::default());
    };
    tokio::join!(async { send.await.unwrap() }, cure);
    assert_eq!(sink.records().len(), 2);
    assert_eq!(sink.mails().len(), 2);
}

#[tokio::test]
async fn a_cancelled_send_leaves_nothing_for_the_next_mail() {
    let sink = SmtpSink::start(Script::with_fault(Fault::Silence(Point::Content))).await.unwrap();
    let mailer = mailer(&sink);
    let mail = mails::numbered(0, "john@acme.com");
    tokio::select! {
        _ = mailer.send(&mail) => panic!("nobody answered"),
        () = async { while sink.mails().is_empty() { tokio::task::yield_now().await } } => {}
    }
    sink.set_script(Script::answering(Point::Recipient, "550 5.1.1 no"));
    assert_verdict(&verdict(&mailer, &mails::numbered(1, "john@acme.com")).await, "recipient: RCPT: ");
    assert_eq!(sink.records().len(), 2, "the first connection is not used again");
}

#[tokio::test]
async fn a_refused_mail_does_not_cost_the_connection() {
    let sink = SmtpSink::start(Script::answering(Point::Recipient, "550 5.1.1 no")).await.unwrap();
    let mailer = mailer(&sink);
    assert_verdict(&verdict(&mailer, &mails::numbered(0, "john@acme.com")).await, "recipient: RCPT: ");
    sink.set_script(Script::default());
    mailer.send(&mails::numbered(1, "john@acme.com")).await.unwrap();
    let records = sink.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].count("RSET"), 1);
}

#[tokio::test]
async fn credentials_are_sent_before_any_mail() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let url = sink.url().replace("smtp://", "smtp://user:pass@");
    let server = SmtpSettings::parse(&url).unwrap().with_deadline(PATIENCE);
    let mailer = SmtpMailer::new(&server, &MailSettings::default()).unwrap();
    mailer.send(&mails::verify_address("john@acme.com")).await.unwrap();
    assert_eq!(sink.records()[0].commands[1], "AUTH PLAIN AHVzZXIAcGFzcw==");
    let text = format!("{mailer:?} {server:?}");
    assert!(!text.contains("user") && !text.contains("pass"), "{text}");
}
