//! Probes in every place that text comes in by: one MAIL, one RCPT, one DATA, the template's headers and the
//! template's tags are what must come out (CVE-2025-8419, RUSTSEC-2021-0069, RUSTSEC-2026-0561, CVE-2022-31127).

use account_core::email_address::EmailAddress;
use account_core::outbox::mail::Mail;
use account_core::ports::{DeliveryError, Mailer};
use account_mail::SmtpMailer;
use account_mail::config::{HeaderText, MailSettings, SenderMailbox};
use account_mail::testing::{Record, Script, SmtpSink, mails};

use crate::support::settings;

const HEADERS: &[&str] = &[
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
];

/// Sends one email and returns what the server heard.
async fn heard(from: &MailSettings, mail: &Mail) -> Record {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    SmtpMailer::new(&settings(&sink), from).unwrap().send(mail).await.unwrap();
    sink.records().remove(0)
}

/// One email, wholly our own.
#[track_caller]
fn assert_one_mail(record: &Record, recipient: &str) {
    for verb in ["MAIL", "RCPT", "DATA"] {
        assert_eq!(record.count(verb), 1, "{verb}: {:?}", record.commands);
    }
    assert_eq!(record.commands.len(), 4, "{:?}", record.commands);
    let [mail] = &record.mails[..] else { panic!("{} mails", record.mails.len()) };
    assert_eq!(mail.recipients, [format!("RCPT TO:<{recipient}>")]);
    assert_eq!(headers(&mail.content), HEADERS);
    for (at, byte) in record.bytes.iter().enumerate() {
        match byte {
            0 => panic!("NUL at {at}"),
            b'\n' => assert_eq!(record.bytes[at - 1], b'\r', "bare LF at {at}"),
            b'\r' => assert_eq!(record.bytes.get(at + 1), Some(&b'\n'), "bare CR at {at}"),
            _ => {}
        }
    }
}

/// Names of the headers, in their order.
fn headers(content: &[u8]) -> Vec<String> {
    let text = String::from_utf8(content.to_vec()).unwrap();
    let (headers, _) = text.split_once("\r\n\r\n").unwrap();
    let lines = headers.split("\r\n").filter(|line| !line.starts_with(' '));
    lines.map(|line| line.split_once(": ").unwrap().0.to_owned()).collect()
}

/// The HTML part, which needs no encoding.
fn html(record: &Record) -> String {
    let text = String::from_utf8(record.mails[0].content.clone()).unwrap();
    let part = text.split("\r\n--part-").nth(2).unwrap();
    let (headers, body) = part.split_once("\r\n\r\n").unwrap();
    assert!(headers.contains("7bit"), "{headers}");
    body.to_owned()
}

/// The tags of every email, each of which has arrived as one email.
async fn tags_of_every(from: &MailSettings, recipient: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for mail in mails::every(recipient) {
        let record = heard(from, &mail).await;
        assert_one_mail(&record, recipient);
        all.push(tags(&html(&record)));
    }
    all
}

/// Names of tags and of their attributes, in order, as a browser's tokenizer sees them.
fn tags(html: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut quote = None;
        let mut tag = String::new();
        for (at, c) in rest.char_indices() {
            match (quote, c) {
                (None, '>') => {
                    rest = &rest[at + 1..];
                    break;
                }
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), _) if open == c => quote = None,
                (Some(_), _) => {}
                (None, _) => tag.push(c),
            }
        }
        tags.push(tag);
    }
    tags
}

#[tokio::test]
async fn strange_but_valid_addresses_stay_one_address() {
    let plain = tags_of_every(&MailSettings::default(), "john@acme.com").await;
    assert!(plain.iter().all(|tags| tags.len() > 20), "{plain:?}");
    for address in [
        "a'b{c}|d@x.org",
        "a=b@x.org",
        "a`id`b@x.org",
        "a&lt@x.org",
        "a&b@x.org",
        "!#$%&'*+-/?=^_`{|}~@x.org",
        "{{7*7}}@x.org",
        "%0d%0aRCPT@x.org",
        "--part-018ba8a3-5b60-7000-8000-000000000000@x.org",
        "=3D=0D=0A@x.org",
        "postmaster/./x@x.org",
        "a@xn--bcher-kva.example",
        &format!("{}@x.org", "a".repeat(64)),
    ] {
        assert_eq!(tags_of_every(&MailSettings::default(), address).await, plain, "{address}");
    }
}

#[tokio::test]
async fn multi_line_and_multiple_addresses_cannot_be_parsed() {
    for text in [
        "a@x.org\r\nRCPT TO:<v@y.org>",
        "a@x.org\nBcc: v@y.org",
        "a@x.org\r",
        "a\0@x.org",
        "a@x.org>,<v@y.org",
        "a@x.org v@y.org",
        "=?utf-8?q?v=40y.org?=@x.org",
        "\"a\r\n.\r\n\"@x.org",
        "<script>@x.org",
    ] {
        assert!(EmailAddress::parse(text).is_err(), "{text:?}");
    }
}

#[tokio::test]
async fn the_operators_texts_are_escaped_or_refused() {
    let plain = tags_of_every(&MailSettings::default(), "john@acme.com").await;
    for name in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</body></html>",
        "<!--",
        "Acme & Co",
        "=?utf-8?q?Acme?=",
        ".",
        "B\u{FC}cher <b>",
        "{{ link }}",
    ] {
        let text: HeaderText = name.parse().unwrap();
        let from = MailSettings {
            verification_subject: Some(text.clone()),
            operator_name: Some(text),
            ..MailSettings::default()
        };
        assert_eq!(tags_of_every(&from, "john@acme.com").await, plain, "{name}");
    }
    for text in ["a\r\nBcc: v@y.org", "a\nb", "a\rb", "a\0b", "a\r\n.\r\nMAIL FROM:<>"] {
        assert!(text.parse::<HeaderText>().is_err(), "{text:?}");
        assert!(format!("{text} <a@x.org>").parse::<SenderMailbox>().is_err(), "{text:?}");
    }
}

#[tokio::test]
async fn links_are_escaped_or_refused() {
    let plain = tags_of_every(&MailSettings::default(), "john@acme.com").await;
    for link in ["https://x.org/l/a?b=c&d='e'&lt;=f", "https://x.org/l/'onmouseover='alert(1)", "https://x.org/&quot;"]
    {
        for (mail, plain) in mails::every("john@acme.com").into_iter().zip(&plain) {
            let record = heard(&MailSettings::default(), &mails::with_link(mail, link)).await;
            assert_one_mail(&record, "john@acme.com");
            assert_eq!(&tags(&html(&record)), plain, "{link}");
            let text = String::from_utf8(record.mails[0].content.clone()).unwrap();
            let spelled_out = text.contains(&format!("\r\n\r\n{link}\r\n\r\n"));
            assert_eq!(
                spelled_out,
                plain.iter().any(|tag| tag.starts_with("a ")),
                "on a line of its own, as it is: {text}"
            );
        }
    }
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let mailer = SmtpMailer::new(&settings(&sink), &MailSettings::default()).unwrap();
    for link in [
        "https://x.org/\r\n.\r\nMAIL FROM:<>",
        "https://x.org/\n.\n",
        "https://x.org/\r.\r",
        "https://x.org/\0",
        "https://x.org/\"><b>",
        "https://x.org/<b>",
    ] {
        for mail in mails::every("john@acme.com") {
            let result = mailer.send(&mails::with_link(mail, link)).await;
            assert!(matches!(result, Err(DeliveryError::Permanent(_))), "{link:?}");
        }
    }
    assert!(sink.records().is_empty(), "no connection is made for a mail that cannot be");
}

#[tokio::test]
async fn leading_dots_are_doubled_and_restored() {
    // A line can begin with what an operator wrote where a text is wrapped.
    let name = [".dot"; 30].join(" ");
    let from = MailSettings { operator_name: Some(name.parse().unwrap()), ..MailSettings::default() };
    let record = heard(&from, &mails::verify_address("john@acme.com")).await;
    assert_one_mail(&record, "john@acme.com");
    let mail = &record.mails[0];
    assert!(mail.stuffed.windows(4).any(|bytes| bytes == b"\r\n.."), "some line begins with a dot");
    assert!(mail.content.len() < mail.stuffed.len());
    let text = String::from_utf8(mail.content.clone()).unwrap().replace("\r\n", " ");
    assert!(text.contains(&name));
}
