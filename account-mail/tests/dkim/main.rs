//! Signatures, as somebody else verifies them: dkimpy, which `cargo xtask test` installs.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on, fails")]

mod verifier;

use account_core::outbox::Notice;
use account_core::outbox::mail::Mail;
use account_core::ports::Mailer;
use account_mail::config::{DkimKey, DkimSettings, DkimSigner, MailSettings, SmtpSettings};
use account_mail::testing::{Script, SmtpSink, keys, mails};
use account_mail::{FileMailer, SmtpMailer};

use verifier::{Verdict, Verifier};

/// The emails' date, in seconds since 1970.
const DATE: u64 = 1_699_335_116;
const DAY: u64 = 24 * 60 * 60;

fn signer(selector: &str, pem: &str) -> DkimSigner {
    DkimSigner { selector: selector.parse().unwrap(), key: DkimKey::from_pem(pem.as_bytes()).unwrap() }
}

/// Both algorithms, under two selectors.
fn settings() -> MailSettings {
    MailSettings {
        from: "MikroCloud <no-reply@mikrocloud.com>".parse().unwrap(),
        operator_name: Some("MikroCloud".parse().unwrap()),
        dkim: Some(DkimSettings {
            domain: "mikrocloud.com".parse().unwrap(),
            signers: vec![signer("2026r", keys::RSA_PKCS8), signer("2026e", keys::ED25519)],
        }),
        ..MailSettings::default()
    }
}

/// What the settings' owner has published.
fn records(settings: &MailSettings) -> Vec<(String, String)> {
    let dkim = settings.dkim.as_ref().unwrap();
    dkim.signers.iter().map(|signer| (signer.record_name(&dkim.domain), signer.key.record())).collect()
}

/// The bytes that leave.
async fn sent(settings: &MailSettings, mail: &Mail) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    FileMailer::open(directory.path(), settings).unwrap().send(mail).await.unwrap();
    std::fs::read(directory.path().join(format!("{}.eml", mail.id))).unwrap()
}

/// Replaces a text that is there exactly once.
#[track_caller]
fn changed(mail: &[u8], old: &str, new: &str) -> Vec<u8> {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replacen(old, new, 1).into_bytes()
}

#[tokio::test]
async fn both_signatures_of_every_mail_verify() {
    let settings = settings();
    let mut verifier = Verifier::with(&records(&settings));
    for (number, mail) in mails::every("john@acme.com").into_iter().enumerate() {
        for language in ["en", "de", "fr", "es"] {
            let mail = Mail { language: Some(language.to_owned()), ..mail.clone() };
            verifier.add(&format!("{number:02}-{language}"), &sent(&settings, &mail).await);
        }
    }
    for (name, verdicts) in verifier.verdicts(DATE + 60) {
        assert_eq!(verdicts, [Verdict::Pass, Verdict::Pass], "{name}");
    }
}

#[tokio::test]
async fn encoded_subjects_folded_headers_and_non_ascii_addresses_verify() {
    let mut settings = settings();
    settings.from =
        "B\u{FC}cher \u{2014} die Buchhandlung mit dem wirklich sehr langen Namen <a@mikrocloud.com>".parse().unwrap();
    settings.verification_subject = Some(
        "Best\u{E4}tigen Sie bitte Ihre Adresse f\u{FC}r das Konto bei der B\u{FC}cherstube am Markt".parse().unwrap(),
    );
    settings.operator_name = Some("B\u{FC}cher".parse().unwrap());
    let mut verifier = Verifier::with(&records(&settings));
    for address in ["john@acme.com", "a@b\u{FC}cher.example", "j\u{F6}rg@acme.com"] {
        let mail = sent(&settings, &mails::verify_address(address)).await;
        let text = String::from_utf8(mail.clone()).unwrap();
        let (header, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(header.contains("Subject: =?utf-8?") && header.contains("\r\n =?utf-8?"), "{header}");
        verifier.add(address, &mail);
    }
    for (name, verdicts) in verifier.verdicts(DATE) {
        assert_eq!(verdicts, [Verdict::Pass, Verdict::Pass], "{name}");
    }
}

#[tokio::test]
async fn what_servers_may_change_on_the_way_breaks_no_signature() {
    let settings = settings();
    let mail = sent(&settings, &mails::verify_address("john@acme.com")).await;
    let mut verifier = Verifier::with(&records(&settings));
    verifier.add("received", &[b"Received: from a by b; Tue, 07 Nov 2023 05:31:57 +0000\r\n", &mail[..]].concat());
    verifier.add("refolded", &changed(&mail, "Subject: Verify your", "subject:  Verify\r\n\tyour"));
    verifier.add("trailing-blanks", &changed(&mail, "7F3KQ2ZD\r\n\r\nThe", "7F3KQ2ZD \t\r\n \r\nThe"));
    verifier.add("empty-lines", &[&mail[..], b"\r\n\r\n"].concat());
    for (name, verdicts) in verifier.verdicts(DATE) {
        assert_eq!(verdicts, [Verdict::Pass, Verdict::Pass], "{name}");
    }
}

#[tokio::test]
async fn a_changed_or_added_header_or_word_breaks_both_signatures() {
    let settings = settings();
    let mail = sent(&settings, &mails::verify_address("john@acme.com")).await;
    let mut verifier = Verifier::with(&records(&settings));
    for (name, old, new) in [
        ("from", "From: MikroCloud", "From: MikroC1oud"),
        ("to", "To: john@acme.com", "To: jane@acme.com"),
        ("subject", "Subject: Verify", "Subject: verify"),
        ("date", "Date: Tue, 07 Nov 2023 05:31:56", "Date: Tue, 07 Nov 2023 05:31:57"),
        ("message-id", "Message-ID: <018b", "Message-ID: <118b"),
        ("auto-submitted", "Auto-Submitted: auto-generated", "Auto-Submitted: no"),
        ("content-language", "Content-Language: en", "Content-Language: de"),
        ("mime-version", "MIME-Version: 1.0", "MIME-Version: 1.1"),
        ("content-type", "Content-Type: multipart/alternative", "Content-Type: multipart/mixed"),
        ("body", "open this link", "open that link"),
        ("code", "7F3KQ2ZD\r\n\r\nThe", "8F3KQ2ZD\r\n\r\nThe"),
    ] {
        verifier.add(&format!("changed-{name}"), &changed(&mail, old, new));
    }
    for header in [
        "From: evil@x.org",
        "To: x@x.org",
        "Cc: x@x.org",
        "Subject: Another",
        "Date: Tue, 07 Nov 2023 05:31:56 +0000",
        "Message-ID: <a@x.org>",
        "Reply-To: evil@x.org",
        "In-Reply-To: <a@x.org>",
        "MIME-Version: 1.0",
        "Content-Type: text/html",
        "Auto-Submitted: no",
        "Content-Language: tlh",
        "List-Unsubscribe: <https://x.org/>",
        "List-Id: <a.x.org>",
    ] {
        let name = header.split_once(':').unwrap().0;
        verifier.add(&format!("before-{name}"), &[header.as_bytes(), b"\r\n", &mail].concat());
        verifier.add(
            &format!("behind-{name}"),
            &changed(&mail, "\r\nMIME-Version", &format!("\r\n{header}\r\nMIME-Version")),
        );
    }
    verifier.add("longer", &[&mail[..], b"more\r\n"].concat());
    let verdicts = verifier.verdicts(DATE);
    assert_eq!(verdicts.len(), 40);
    for (name, verdicts) in verdicts {
        assert_eq!(verdicts, [Verdict::Fail, Verdict::Fail], "{name}");
    }
}

#[tokio::test]
async fn a_signature_ends_forty_days_after_the_mails_date() {
    let settings = settings();
    for (now, verdict) in
        [(DATE, Verdict::Pass), (DATE + 40 * DAY - 1, Verdict::Pass), (DATE + 41 * DAY, Verdict::Fail)]
    {
        let mut verifier = Verifier::with(&records(&settings));
        verifier.add("mail", &sent(&settings, &mails::notice(Notice::PasswordChanged, "john@acme.com")).await);
        assert_eq!(verifier.verdicts(now)[0].1, [verdict, verdict], "{now}");
    }
}

#[tokio::test]
async fn replacing_one_key_leaves_the_other_signature_valid() {
    let settings = settings();
    let mut published = records(&settings);
    published[0].1 = "v=DKIM1; p=".to_owned();
    let mut verifier = Verifier::with(&published);
    verifier.add("mail", &sent(&settings, &mails::verify_address("john@acme.com")).await);
    assert_eq!(verifier.verdicts(DATE)[0].1, [Verdict::Fail, Verdict::Pass]);
}

#[tokio::test]
async fn servers_get_the_bytes_that_were_signed() {
    let (settings, sink) = (settings(), SmtpSink::start(Script::default()).await.unwrap());
    let mail = mails::verify_address("john@acme.com");
    let mailer = SmtpMailer::new(&SmtpSettings::parse(&sink.url()).unwrap(), &settings).unwrap();
    // Twice: as after a crash between the server's answer and the note of it.
    mailer.send(&mail).await.unwrap();
    mailer.send(&mail).await.unwrap();
    let received = sink.mails();
    assert_eq!(received[0].content, received[1].content);
    assert_eq!(received[0].content, sent(&settings, &mail).await);
    let mut verifier = Verifier::with(&records(&settings));
    verifier.add("mail", &received[0].content);
    assert_eq!(verifier.verdicts(DATE)[0].1, [Verdict::Pass, Verdict::Pass]);
}
