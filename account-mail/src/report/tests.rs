use base64ct::{Base64, Encoding};

use super::*;

const POSTFIX: &str = include_str!("../../tests/reports/postfix.eml");
const EXIM: &str = include_str!("../../tests/reports/exim.eml");
const EXCHANGE: &str = include_str!("../../tests/reports/exchange.eml");
const GMAIL: &str = include_str!("../../tests/reports/gmail.eml");
const ID: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
const OTHER_ID: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e50";

fn report(action: ReportedAction, status: &str) -> DeliveryReport {
    DeliveryReport { mail: ID.parse().unwrap(), action, status: status.to_owned() }
}

fn read(mail: &str) -> Result<Vec<DeliveryReport>, NotAReport> {
    ReportReader.read(mail.as_bytes())
}

#[test]
fn reports_of_common_mail_servers_are_read() {
    for (mail, expected) in [
        (POSTFIX, report(ReportedAction::Failed, "5.1.1")),
        (EXIM, report(ReportedAction::Failed, "5.0.0")),
        (EXCHANGE, report(ReportedAction::Failed, "5.1.10")),
        (GMAIL, report(ReportedAction::Delayed, "4.4.1")),
    ] {
        assert_eq!(read(mail), Ok(vec![expected.clone()]));
        assert_eq!(read(&mail.replace('\n', "\r\n")), Ok(vec![expected.clone()]), "with CRLF");
        assert_eq!(read(&format!("From MAILER-DAEMON Wed Nov 25\n{mail}")), Ok(vec![expected]), "from a mailbox");
    }
}

#[test]
fn a_truncated_report_never_says_something_else() {
    for mail in [POSTFIX, EXIM, EXCHANGE, GMAIL] {
        let whole = read(mail).unwrap().remove(0);
        for end in 0..mail.len() {
            match ReportReader.read(&mail.as_bytes()[..end]) {
                Ok(reports) => assert!(reports.iter().all(|report| report.mail == whole.mail), "cut at {end}"),
                Err(error) => assert_eq!(error, NotAReport::OtherMail, "cut at {end}"),
            }
        }
    }
}

#[test]
fn a_corrupted_report_never_names_another_mail() {
    for place in 0..POSTFIX.len() {
        for byte in [0, b'\n', b'"', b'-', 0xFF] {
            let mut mail = POSTFIX.as_bytes().to_vec();
            mail[place] = byte;
            let reports = ReportReader.read(&mail).unwrap_or_default();
            assert!(reports.len() <= 1, "{place}");
            assert!(reports.iter().all(|report| report.mail.to_string() != OTHER_ID), "{place}");
        }
    }
}

/// The report with the body of every part in an encoding.
fn encoded(report: &str, name: &str, encode: impl Fn(&str) -> String) -> String {
    let boundary = report.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
    let delimiter = format!("\n--{boundary}");
    let mut pieces = report.split(delimiter.as_str());
    let mut text = pieces.next().unwrap().to_owned();
    for piece in pieces {
        text.push_str(&delimiter);
        match piece.strip_prefix('\n').and_then(|part| part.split_once("\n\n")) {
            Some((header, body)) => {
                let kept = header.lines().filter(|line| !line.starts_with("Content-Transfer-Encoding"));
                let header = kept.collect::<Vec<_>>().join("\n");
                let encoding = format!("Content-Transfer-Encoding: {name}");
                text += &["", &header, &encoding, "", &encode(body)].join("\n");
            }
            None => text.push_str(piece),
        }
    }
    text
}

#[test]
fn parts_that_a_gateway_encoded_are_read() {
    let base64 = |body: &str| {
        let text = Base64::encode_string(body.as_bytes());
        text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line) + "\n").collect::<String>()
    };
    let quoted = |body: &str| body.replace('=', "=3D").replace("Action", "Acti=\non").replace('<', "=3c");
    let expected = Ok(vec![report(ReportedAction::Failed, "5.1.1")]);
    assert_eq!(read(&encoded(POSTFIX, "base64", base64)), expected);
    assert_eq!(read(&encoded(POSTFIX, "BASE64 (as asked)", base64)), expected);
    assert_eq!(read(&encoded(POSTFIX, "Quoted-Printable", quoted)), expected);
    assert_eq!(read(&encoded(POSTFIX, "base64", str::to_owned)), expected, "what is in none, whatever it says");
}

#[test]
fn each_recipient_is_an_entry_up_to_a_limit() {
    let with = |groups: &str| EXIM.replace("Status: 5.0.0\n", &format!("Status: 5.0.0\n{groups}"));
    let groups = "\nFinal-Recipient: rfc822;a@acme.com\nACTION: Relayed\nStatus: 2.0.0 (ok)\n\n\n\
        Final-Recipient: rfc822;b@acme.com\nAction: failed\nStatus: 5.1.1 jon@acme.com\n\n\
        Action: exploded\nStatus: 5.0.0\n\nAction: failed\nStatus: jon@acme.com\n";
    assert_eq!(
        read(&with(groups)),
        Ok(vec![
            report(ReportedAction::Failed, "5.0.0"),
            report(ReportedAction::Delivered, "2.0.0"),
            report(ReportedAction::Failed, "5.1.1"),
            report(ReportedAction::Failed, ""),
        ])
    );
    assert_eq!(read(&with(&"\nAction: failed\n".repeat(1_000))).unwrap().len(), MAX_REPORTED);
}

#[test]
fn without_the_returned_mail_threading_headers_identify_it() {
    let headless = EXCHANGE.replace("Message-ID:\n <0192", "X-Was:\n <0192");
    assert_eq!(read(&headless), Ok(vec![report(ReportedAction::Failed, "5.1.10")]));
    let unthreaded = headless.replace("In-Reply-To:", "X-In-Reply-To:").replace("References:", "X-References:");
    assert_eq!(read(&unthreaded), Ok(Vec::new()));
}

#[test]
fn a_report_about_several_mails_is_ignored() {
    let line = format!("Message-ID: <{ID}@accounts.example.com>\n");
    let other = format!("Message-ID: <{OTHER_ID}@accounts.example.com>\n");
    assert_eq!(read(&EXIM.replace(&line, &format!("{line}{other}"))), Ok(Vec::new()), "two in a header");
    let end = "--1764064805-eximdsn-1804289383--";
    let part = format!("--1764064805-eximdsn-1804289383\nContent-Type: message/rfc822\n\n{other}\n\n{end}");
    assert_eq!(read(&EXIM.replace(end, &part)), Ok(Vec::new()), "two mails");
    let references = format!("References: <{OTHER_ID}@accounts.example.com> <{ID}@accounts.example.com>");
    let threaded = EXIM.replace(&line, "").replace(&format!("References: <{ID}@accounts.example.com>"), &references);
    assert_eq!(read(&threaded), Ok(Vec::new()), "two references");
}

#[test]
fn foreign_message_ids_are_ignored() {
    for id in ["abc@mx", "0192f3a47c1e7d3a9b1f2f6f0c1d2e3f@x", "{0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f}@x", ID, "", "@"]
    {
        let mail = EXIM.replace(&format!("{ID}@accounts.example.com"), id);
        assert_eq!(read(&mail), Ok(Vec::new()), "{id}");
    }
}

#[test]
fn a_wrapped_report_is_found_but_not_one_inside_a_returned_mail() {
    let wrapped = |kind: &str, mail: &str| {
        format!("Content-Type: multipart/mixed; boundary=w\n\n--w\n\nA note.\n--w\n{kind}{mail}\n--w--\n")
    };
    let expected = Ok(vec![report(ReportedAction::Failed, "5.1.1")]);
    assert_eq!(read(&wrapped("", POSTFIX)), expected);
    assert_eq!(read(&wrapped("", &wrapped("", POSTFIX).replace("--w", "--v").replace("=w", "=v"))), expected);
    assert_eq!(read(&wrapped("Content-Type: message/rfc822\n\n", POSTFIX)), Err(NotAReport::OtherMail));
}

#[test]
fn other_mails_are_not_reports() {
    for mail in [
        "",
        "\n",
        "Subject: hello\n\nworld\n",
        "Content-Type: multipart/report; report-type=delivery-status\n\n",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"\"\n\n--\n\n--\n",
        &POSTFIX.replace("report-type=delivery-status", "report-type=disposition-notification"),
        &POSTFIX.replace("message/delivery-status", "text/plain"),
        &POSTFIX.replace("multipart/report", "multipart/mixed"),
    ] {
        assert_eq!(read(mail), Err(NotAReport::OtherMail), "{mail}");
    }
}

#[test]
fn large_reports_are_refused_and_nested_ones_are_fast() {
    assert_eq!(ReportReader.read(&vec![b'x'; MAX_REPORT_BYTES + 1]), Err(NotAReport::TooLarge));
    for unit in
        ["Content-Type: message/rfc822\n\n", "Content-Type: multipart/report; boundary=b\n\n--b\n", "\n", " \n", "a:\n"]
    {
        let mail = unit.repeat(MAX_REPORT_BYTES / unit.len());
        assert_eq!(read(&mail), Err(NotAReport::OtherMail), "{unit}");
    }
    let filled = EXIM.replace("Status: 5.0.0\n", &format!("Status: 5.0.0\n{}", "\n".repeat(900_000)));
    assert_eq!(read(&filled), Ok(vec![report(ReportedAction::Failed, "5.0.0")]));
}
