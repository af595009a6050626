//! Servers that misbehave: what is tried again, and what is not.

use account_core::ports::Mailer;
use account_mail::SmtpMailer;
use account_mail::config::{MailSettings, SmtpSettings};
use account_mail::testing::{Fault, Point, Script, SmtpSink, mails};

use crate::support::{IMPATIENCE, PATIENCE, assert_verdict, mailer, settings, verdict};

const ADDRESS: &str = "john.doe@acme.com";

#[tokio::test]
async fn answers_are_judged_by_their_codes() {
    for (point, answer, expected) in [
        (Point::Greeting, "421 4.3.2 too busy", "transient: connecting: the server answered 421"),
        (Point::Greeting, "554 5.3.2 no service for you", "shut out: connecting: the server answered 554"),
        (Point::Ehlo, "550 5.7.1 bad name", "shut out: connecting: the server answered 550"),
        (Point::Mail, "451 4.3.0 later", "transient: MAIL: the server answered 451"),
        (Point::Mail, "530 5.7.0 authenticate", "shut out: MAIL: the server answered 530"),
        (Point::Mail, "553 5.1.8 bad sender", "shut out: MAIL: the server answered 553"),
        (Point::Mail, "552 5.3.4 too big", "permanent: MAIL: the server answered 552"),
        (Point::Recipient, "421 4.3.2 going down", "transient: RCPT: the server answered 421"),
        (Point::Recipient, "450 4.2.0 greylisted", "transient: RCPT: the server answered 450"),
        (Point::Recipient, "451 4.3.0 later", "transient: RCPT: the server answered 451"),
        (Point::Recipient, "452 4.2.2 full", "transient: RCPT: the server answered 452"),
        (Point::Recipient, "550 5.1.1 unknown", "recipient: RCPT: the server answered 550 5.1.1 unknown"),
        (Point::Recipient, "552 5.2.2 full", "recipient: RCPT: the server answered 552"),
        (Point::Recipient, "554 5.7.1 Relay access denied", "sender: RCPT: the server answered 554"),
        (Point::Recipient, "550-blocked\r\n550 5.7.60 for that", "sender: RCPT: the server answered 550"),
        (
            Point::Recipient,
            "550-5.7.1 blocked\r\n550-5.7.1\r\n550 5.7.1 for that",
            "sender: RCPT: the server answered 550",
        ),
        (Point::Recipient, "550 4.7.1 no", "sender: RCPT: the server answered 550"),
        (Point::Recipient, "450 5.1.1 unknown", "transient: RCPT: the server answered 450"),
        (Point::Recipient, "553 no", "recipient: RCPT: the server answered 553"),
        (Point::Data, "451 4.3.0 later", "transient: DATA: the server answered 451"),
        (Point::Data, "554 5.5.1 no", "sender: DATA: the server answered 554"),
        (Point::Data, "250 fine", "transient: DATA: the server gave an unexpected answer: 250"),
        (Point::Content, "421 4.3.2 going down", "transient: the email itself: the server answered 421"),
        (Point::Content, "451 4.3.0 later", "transient: the email itself: the server answered 451"),
        (Point::Content, "452 4.3.1 disk full", "transient: the email itself: the server answered 452"),
        (Point::Content, "550 5.7.1 spam", "sender: the email itself: the server answered 550"),
        (Point::Content, "554 no", "permanent: the email itself: the server answered 554"),
        (Point::Content, "552 5.3.4 too big", "permanent: the email itself: the server answered 552"),
        (Point::Content, "554 5.6.0 no", "permanent: the email itself: the server answered 554"),
        (Point::Content, "354 go on", "transient: the email itself: the server gave an unexpected answer: 354"),
        (Point::Content, "what?", "transient: the email itself: "),
    ] {
        let sink = SmtpSink::start(Script::answering(point, answer)).await.unwrap();
        let mailer = mailer(&sink);
        let mail = mails::verify_address(ADDRESS);
        assert_verdict(&verdict(&mailer, &mail).await, expected);
        // Cured: delivered, once.
        sink.set_script(Script::default());
        mailer.send(&mail).await.unwrap();
        assert_eq!(sink.mails().iter().filter(|mail| mail.accepted).count(), 1, "{point:?} {answer}");
    }
}

#[tokio::test]
async fn an_unanswered_command_times_out_and_is_retried() {
    for (fault, expected) in [
        (Fault::Silence(Point::Greeting), "transient: connecting: no answer in time"),
        (Fault::Silence(Point::Ehlo), "transient: connecting: no answer in time"),
        (Fault::Silence(Point::Recipient), "transient: RCPT: no answer in time"),
        (Fault::Silence(Point::Content), "transient: the email itself: no answer in time"),
        (Fault::Slow, "transient: connecting: no answer in time"),
        (Fault::Close(Point::Greeting), "transient: connecting: "),
        (Fault::Close(Point::Recipient), "transient: RCPT: "),
        (Fault::Close(Point::Data), "transient: DATA: "),
        (Fault::Close(Point::Content), "transient: the email itself: "),
    ] {
        let patience = if matches!(fault, Fault::Close(_)) { PATIENCE } else { IMPATIENCE };
        let sink = SmtpSink::start(Script::with_fault(fault)).await.unwrap();
        let settings = settings(&sink).with_deadline(patience);
        let mailer = SmtpMailer::new(&settings, &MailSettings::default()).unwrap();
        assert_verdict(&verdict(&mailer, &mails::verify_address(ADDRESS)).await, expected);
    }
}

#[tokio::test]
async fn a_mail_repeated_after_a_lost_answer_has_the_same_id() {
    let sink = SmtpSink::start(Script::with_fault(Fault::Close(Point::Content))).await.unwrap();
    let mailer = mailer(&sink);
    let mail = mails::verify_address(ADDRESS);
    assert_verdict(&verdict(&mailer, &mail).await, "transient: ");
    sink.set_script(Script::default());
    mailer.send(&mail).await.unwrap();
    let [first, second] = &sink.mails()[..] else { panic!("two mails expected") };
    assert_eq!(first.content, second.content);
}

#[tokio::test]
async fn an_unavailable_server_is_a_transient_error_until_it_returns() {
    let mut sink = SmtpSink::start(Script::default()).await.unwrap();
    let mailer = mailer(&sink);
    sink.stop().await;
    let mail = mails::verify_address(ADDRESS);
    assert_verdict(&verdict(&mailer, &mail).await, "transient: connecting: ");
    sink.resume().await.unwrap();
    mailer.send(&mail).await.unwrap();
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_transient() {
    let server = SmtpSettings::parse("smtp://mail.invalid?tls=none").unwrap().with_deadline(PATIENCE);
    let mailer = SmtpMailer::new(&server, &MailSettings::default()).unwrap();
    assert_verdict(&verdict(&mailer, &mails::verify_address(ADDRESS)).await, "transient: connecting: ");
}

#[tokio::test]
async fn non_ascii_addresses_need_smtputf8() {
    let mail = mails::verify_address("j\u{F6}rg@b\u{FC}cher.example");
    let sink = SmtpSink::start(Script { smtp_utf8: false, ..Script::default() }).await.unwrap();
    assert_verdict(&verdict(&mailer(&sink), &mail).await, "permanent: MAIL: the server does not offer SMTPUTF8");
    assert_eq!(sink.records()[0].count("MAIL"), 0);

    let sink = SmtpSink::start(Script::default()).await.unwrap();
    mailer(&sink).send(&mail).await.unwrap();
    let received = &sink.mails()[0];
    assert_eq!(received.from, "MAIL FROM:<no-reply@localhost> SMTPUTF8 BODY=8BITMIME");
    assert_eq!(received.recipients, ["RCPT TO:<j\u{F6}rg@xn--bcher-kva.example>"]);
    assert!(String::from_utf8_lossy(&received.content).contains("\r\nTo: j\u{F6}rg@xn--bcher-kva.example\r\n"));

    // Only the domain is beyond ASCII: every server can take that.
    let sink = SmtpSink::start(Script { smtp_utf8: false, ..Script::default() }).await.unwrap();
    mailer(&sink).send(&mails::verify_address("a@b\u{FC}cher.example")).await.unwrap();
    assert_eq!(sink.mails()[0].recipients, ["RCPT TO:<a@xn--bcher-kva.example>"]);
}

#[tokio::test]
async fn a_refused_password_is_not_the_mails_fault() {
    for (point, answer) in [
        (Point::Auth, "535 5.7.8 the-user the-password"),
        (Point::Auth, "454 later, the-user"),
        (Point::Auth, "538 no"),
    ] {
        let sink = SmtpSink::start(Script::answering(point, answer)).await.unwrap();
        let url = sink.url().replace("smtp://", "smtp://the-user:the-password@");
        let server = SmtpSettings::parse(&url).unwrap().with_deadline(PATIENCE);
        let mailer = SmtpMailer::new(&server, &MailSettings::default()).unwrap();
        let verdict = verdict(&mailer, &mails::verify_address(ADDRESS)).await;
        let kind = if answer.starts_with('5') { "shut out" } else { "transient" };
        assert_verdict(&verdict, &format!("{kind}: AUTH: the server answered "));
        assert!(!format!("{verdict:?}").contains("the-"));
        assert_eq!(sink.records()[0].count("MAIL"), 0);
    }
    let sink = SmtpSink::start(Script { offers_auth: false, ..Script::default() }).await.unwrap();
    let url = sink.url().replace("smtp://", "smtp://the-user:the-password@");
    let mailer = SmtpMailer::new(&SmtpSettings::parse(&url).unwrap(), &MailSettings::default()).unwrap();
    assert_verdict(&verdict(&mailer, &mails::verify_address(ADDRESS)).await, "transient: AUTH: ");
    assert_eq!(sink.records()[0].count("MAIL"), 0);
}

#[tokio::test]
async fn servers_that_repeat_the_recipient_are_not_quoted() {
    let answer = "550-5.1.1 <John.Doe@acme.com>: no such user\r\n550 5.1.1 john.doe, see https://x.org/?u=john.doe";
    let sink = SmtpSink::start(Script::answering(Point::Recipient, answer)).await.unwrap();
    let verdict = verdict(&mailer(&sink), &mails::verify_address(ADDRESS)).await;
    assert_eq!(
        verdict,
        Err("recipient: RCPT: the server answered 550 5.1.1 <***>: no such user ***, see ***".to_owned())
    );
}
