use base64ct::{Base64, Encoding};

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

/// The parts of a message as they are read.
fn decoded_parts(message: &str) -> Vec<String> {
    let parts = message.split("\r\n--part-").filter_map(|part| part.split_once("\r\n\r\n"));
    let parts = parts.filter(|(header, _)| header.contains("Content-Transfer-Encoding: "));
    let decoded = parts.map(|(header, body)| match header.rsplit_once("Content-Transfer-Encoding: ").unwrap().1 {
        "7bit" => body.to_owned(),
        "base64" => String::from_utf8(Base64::decode_vec(&body.replace("\r\n", "")).unwrap()).unwrap(),
        other => panic!("{other}"),
    });
    decoded.collect()
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
        assert!(message.is_ascii());
        assert_eq!(header(&message, "Content-Language"), tag);
        assert_eq!(header(&message, "Subject"), subject);
        let [text, html] = <[String; 2]>::try_from(decoded_parts(&message)).unwrap();
        assert!(text.starts_with(&format!("{greeting}\r\n\r\n")), "{text}");
        assert!(text.contains(&format!("\r\n\r\n{}\r\n\r\n", mails::LINK)), "{text}");
        assert!(html.contains(&format!("href=\"{}\"", mails::LINK)), "{html}");
    }
}

#[test]
fn a_link_is_never_split_in_the_source() {
    for language in ["en", "de", "fr", "es", "ar"] {
        for mail in mails::every("john@acme.com") {
            let mail = Mail { language: Some(language.to_owned()), ..mail };
            let message = composed(&composer(), &mail);
            assert!(!message.contains("quoted-printable"), "{message}");
            // The document needs no encoding in any language.
            if let MailContent::VerifyAddress { link, .. }
            | MailContent::ResetPassword { link, .. }
            | MailContent::ConfirmNewAddress { link, .. }
            | MailContent::Invitation { link, .. } = &mail.content
            {
                assert!(message.contains(&format!("<a href=\"{}\"", link.expose())), "{message}");
            }
            let [text, _] = <[String; 2]>::try_from(decoded_parts(&message)).unwrap();
            assert!(text.lines().all(|line| line.chars().count() <= 78 || line.starts_with("https://")), "{text}");
        }
    }
}

#[test]
fn a_configured_subject_is_for_english_mails() {
    let settings = MailSettings { verification_subject: Some("Welcome".parse().unwrap()), ..MailSettings::default() };
    let composer = Composer::new(&settings);
    for (language, expected) in [
        ("en", ["Activate your account", "Welcome"]),
        ("de", ["=?utf-8?b?QmVzdMOkdGlnZW4=?= Sie Ihre E-Mail-Adresse"; 2]),
        ("fr", ["Confirmez votre adresse e-mail"; 2]),
    ] {
        for (of_channel, expected) in [Some("Activate your account"), None].into_iter().zip(expected) {
            let mut mail = Mail { language: Some(language.to_owned()), ..mails::verify_address("john@acme.com") };
            let MailContent::VerifyAddress { subject, .. } = &mut mail.content else { panic!() };
            *subject = of_channel.map(str::to_owned);
            assert_eq!(header(&composed(&composer, &mail), "Subject"), expected);
        }
    }
}

#[test]
fn lines_are_short_whatever_the_name_of_the_service() {
    let long = "Gesellschaft f\u{FC}r wirklich sehr lange Firmennamen und ihre Abk\u{FC}rzungen mbH & Co. KG, Zweigniederlassung";
    let settings = MailSettings { operator_name: Some(long.parse().unwrap()), ..MailSettings::default() };
    for language in ["en", "de", "fr", "es", "ar"] {
        for mail in mails::every("john@acme.com") {
            let mail = Mail { language: Some(language.to_owned()), ..mail };
            let [text, _] =
                <[String; 2]>::try_from(decoded_parts(&composed(&Composer::new(&settings), &mail))).unwrap();
            assert!(text.lines().all(|line| line.chars().count() <= 78 || line.starts_with("https://")), "{text}");
            // In Arabic it is isolated.
            let text = text.replace("\r\n", " ").replace(['\u{2068}', '\u{2069}'], "");
            assert!(text.contains(long), "{text}");
        }
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
    assert!(message.contains("Content-Transfer-Encoding: base64"));
    assert!(message.contains("B&#252;cher &lt;Inc.&gt;"), "{message}");
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
    assert!(decoded_parts(&message)[0].contains(&format!("\r\n\r\n{link}\r\n\r\n")));
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
