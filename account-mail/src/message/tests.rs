use account_core::outbox::Notice;

use super::*;
use crate::testing::mails;

fn composer() -> Composer {
    Composer::new(&MailSettings {
        from: "MikroCloud <no-reply@mikrocloud.com>".parse().unwrap(),
        operator_name: Some("MikroCloud".parse().unwrap()),
        ..MailSettings::default()
    })
}

fn composed(composer: &Composer, mail: &Mail) -> String {
    String::from_utf8(composer.compose(mail).unwrap().bytes).unwrap()
}

/// The value of a header; panics unless there is exactly one.
fn header(message: &str, name: &str) -> String {
    let (headers, _) = message.split_once("\r\n\r\n").unwrap();
    let unfolded = headers.replace("\r\n ", " ");
    let mut values = unfolded.split("\r\n").filter_map(|line| line.strip_prefix(&format!("{name}: ")));
    let value = values.next().unwrap().to_owned();
    assert_eq!(values.next(), None, "{name}");
    value
}

#[test]
fn verification_mail_has_not_changed() {
    let golden = include_str!("../../tests/golden/verify-address.eml").replace('\n', "\r\n");
    assert_eq!(composed(&composer(), &mails::verify_address("john@acme.com")), golden);
}

#[test]
fn german_verification_mail_has_not_changed() {
    let golden = include_str!("../../tests/golden/verify-address-de.eml").replace('\n', "\r\n");
    let mail = Mail { language: Some("de".to_owned()), ..mails::verify_address("john@acme.com") };
    assert_eq!(composed(&composer(), &mail), golden);
}

#[test]
fn already_registered_mail_has_not_changed() {
    let golden = include_str!("../../tests/golden/already-registered.eml").replace('\n', "\r\n");
    let message = composed(&composer(), &mails::already_registered("john@acme.com"));
    assert_eq!(message, golden);
    assert!(!message.contains("/l/"), "no verification link");
}

#[test]
fn a_mail_with_a_link_and_a_notice_have_not_changed() {
    let golden = include_str!("../../tests/golden/reset-password.eml").replace('\n', "\r\n");
    assert_eq!(composed(&composer(), &mails::reset_password("john@acme.com")), golden);
    let golden = include_str!("../../tests/golden/notice-deletion-requested.eml").replace('\n', "\r\n");
    assert_eq!(composed(&composer(), &mails::notice(Notice::DeletionRequested, "john@acme.com")), golden);
}

#[test]
fn every_mail_goes_out_as_seven_bit_text_with_its_own_subject() {
    let settings = MailSettings { verification_subject: Some("Welcome".parse().unwrap()), ..MailSettings::default() };
    for mail in mails::every("john@acme.com") {
        let message = composed(&Composer::new(&settings), &mail);
        assert!(message.is_ascii(), "{message}");
        assert_eq!(message.matches("\r\nContent-Transfer-Encoding: 7bit\r\n").count(), 2, "{message}");
        let verification = matches!(mail.content, MailContent::VerifyAddress { .. });
        assert_eq!(header(&message, "Subject") == "Welcome", verification, "{message}");
        assert_eq!(header(&message, "Auto-Submitted"), "auto-generated");
    }
}

#[test]
fn mails_are_written_in_the_persons_language_and_stay_ascii_on_the_wire() {
    for (language, tag, subject, greeting) in [
        ("de-CH", "de", "=?utf-8?b?QmVzdMOkdGlnZW4=?= Sie Ihre E-Mail-Adresse", "Guten Tag!"),
        ("fr", "fr", "Confirmez votre adresse e-mail", "Bonjour,"),
        ("es-MX", "es", "Confirme su =?utf-8?b?ZGlyZWNjacOzbg==?= de correo =?utf-8?b?ZWxlY3Ryw7NuaWNv?=", "Hola:"),
        ("it", "en", "Verify your email address", "Hello,"),
    ] {
        let mail = Mail { language: Some(language.to_owned()), ..mails::verify_address("john@acme.com") };
        let message = composed(&composer(), &mail);
        assert!(message.is_ascii() && message.contains(&format!("\r\n\r\n{greeting}\r\n\r\n")), "{message}");
        assert_eq!(header(&message, "Content-Language"), tag);
        assert_eq!(header(&message, "Subject"), subject);
        let encoding = if tag == "en" { "7bit" } else { "quoted-printable" };
        assert_eq!(message.matches(&format!("Content-Transfer-Encoding: {encoding}\r\n")).count(), 2, "{message}");
        assert!(message.replace("=\r\n", "").contains(mails::LINK), "{message}");
    }
}

#[test]
fn settings_appear_in_the_headers() {
    let plain = composed(&Composer::new(&MailSettings::default()), &mails::verify_address("john@acme.com"));
    assert_eq!(header(&plain, "From"), "Accounts <no-reply@localhost>");
    assert_eq!(header(&plain, "Subject"), "Verify your email address");
    assert_eq!(header(&plain, "Message-ID"), "<018ba8a3-5b60-7000-8000-000000000000@localhost>");
    assert!(!plain.contains(" at MikroCloud"));
    let settings = MailSettings {
        verification_subject: Some("Best\u{E4}tigen: Ihre Adresse".parse().unwrap()),
        message_id_domain: Some("mx.example.org".parse().unwrap()),
        envelope_from: Some("bounce@example.org".parse().unwrap()),
        from: "B\u{FC}cher, Inc. <a@x.org>".parse().unwrap(),
        operator_name: Some("B\u{FC}cher <Inc.>".parse().unwrap()),
        ..MailSettings::default()
    };
    let composer = Composer::new(&settings);
    let message = composed(&composer, &mails::verify_address("john@acme.com"));
    assert!(message.is_ascii());
    assert!(header(&message, "From").starts_with("=?utf-8?"), "{message}");
    assert!(header(&message, "Subject").starts_with("=?utf-8?"), "{message}");
    assert!(header(&message, "Message-ID").ends_with("@mx.example.org>"));
    assert!(message.contains("Content-Transfer-Encoding: quoted-printable"));
    assert!(message.replace("=\r\n", "").contains("B=C3=BCcher &lt;Inc.&gt;"), "{message}");
    let other = composed(&composer, &mails::already_registered("john@acme.com"));
    assert_eq!(header(&other, "Subject"), "You already have an account");
    let envelope = composer.compose(&mails::verify_address("john@acme.com")).unwrap();
    assert_eq!(envelope.from.unwrap().to_string(), "bounce@example.org");
}

#[test]
fn null_sender_is_possible() {
    let settings = MailSettings { envelope_from: Some(EnvelopeSender::Null), ..MailSettings::default() };
    let composed = Composer::new(&settings).compose(&mails::verify_address("john@acme.com")).unwrap();
    assert_eq!(composed.from, None);
}

#[test]
fn recipient_keeps_its_spelling_and_its_domain_goes_as_a_labels() {
    for (address, sent) in [
        ("John.DOE+x@ACME.com", "John.DOE+x@acme.com"),
        ("a'b{c}|d@x.org", "a'b{c}|d@x.org"),
        ("a@b\u{FC}cher.example", "a@xn--bcher-kva.example"),
        ("j\u{F6}rg@B\u{DC}CHER.example", "j\u{F6}rg@xn--bcher-kva.example"),
    ] {
        let composed = composer().compose(&mails::verify_address(address)).unwrap();
        assert_eq!(composed.to.to_string(), sent);
        assert_eq!(header(&String::from_utf8(composed.bytes).unwrap(), "To"), sent);
    }
    let longest = format!("{}@{}.{}.{}.org", "a".repeat(64), "b".repeat(63), "c".repeat(63), "d".repeat(57));
    assert_eq!(header(&composed(&composer(), &mails::verify_address(&longest)), "To"), longest);
}

#[test]
fn long_links_stay_on_one_line_and_longer_ones_survive_encoding() {
    let link = format!("https://accounts.example.com/{}", "x".repeat(900));
    let message = composed(&composer(), &mails::verify_address_with_link(&link));
    assert!(message.contains(&format!("\r\n\r\n{link}\r\n\r\n")));
    let link = format!("https://accounts.example.com/?a=b{}", "x".repeat(2000));
    let message = composed(&composer(), &mails::verify_address_with_link(&link));
    let decoded = message.replace("=\r\n", "").replace("=3D", "=");
    assert!(decoded.contains(&format!("\r\n\r\n{link}\r\n\r\n")));
}

#[test]
fn dates_out_of_range_do_not_panic() {
    for (micros, date) in [
        (i64::MIN, "Thu, 01 Jan 1970 00:00:00 +0000"),
        (i64::MAX, "Fri, 31 Dec 9999 23:59:59 +0000"),
        (1_699_335_116_999_999, "Tue, 07 Nov 2023 05:31:56 +0000"),
    ] {
        let mail = Mail { date: Timestamp::from_unix_micros(micros), ..mails::verify_address("a@x.org") };
        assert_eq!(header(&composed(&composer(), &mail), "Date"), date);
    }
}

#[test]
fn the_same_mail_has_the_same_bytes_and_another_has_another_id() {
    let mail = mails::verify_address("john@acme.com");
    assert_eq!(composed(&composer(), &mail), composed(&composer(), &mail));
    let other = composed(&composer(), &mails::numbered(1, "john@acme.com"));
    assert_eq!(header(&other, "Message-ID"), "<018ba8a3-5b60-7000-8000-000000000001@mikrocloud.com>");
}

#[test]
fn the_line_end_guard_checks_every_message() {
    // What cannot get into settings by parsing them: a header that lettre would write as it is.
    let mut composer = composer();
    composer.message_id_domain = "x.org\nBcc: a@x.org".to_owned();
    let result = composer.compose(&mails::verify_address("john@acme.com"));
    assert!(matches!(result, Err(ComposeError::Wire(WireError::BareLf(_)))), "{result:?}");
}

#[test]
fn debug_output_shows_nothing_of_the_mail() {
    let text = format!("{:?}", composer().compose(&mails::verify_address("john@acme.com")).unwrap());
    assert!(text.starts_with("Composed(") && text.ends_with(" bytes)"), "{text}");
}
