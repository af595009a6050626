use account_core::email_address::EmailAddress;

use super::*;
use crate::config::DkimKey;
use crate::testing::{KnownRecord, NameServer, Point, Script, SinkTls, SmtpSink, keys, mails};

const DOMAIN: &str = "mikrocloud.com";

fn signer(selector: &str, pem: &str) -> DkimSigner {
    DkimSigner { selector: selector.parse().unwrap(), key: DkimKey::from_pem(pem.as_bytes()).unwrap() }
}

fn settings() -> MailSettings {
    let signers = vec![signer("r", keys::RSA_PKCS8), signer("e", keys::ED25519)];
    MailSettings {
        from: "MikroCloud <no-reply@mikrocloud.com>".parse().unwrap(),
        dkim: Some(DkimSettings { domain: DOMAIN.parse().unwrap(), signers }),
        ..MailSettings::default()
    }
}

fn text(name: &str, text: &str) -> (String, KnownRecord) {
    (name.to_owned(), KnownRecord::Text(text.to_owned()))
}

/// Everything published as it should be.
fn published(settings: &MailSettings) -> Vec<(String, KnownRecord)> {
    let dkim = settings.dkim.as_ref().unwrap();
    let keys = dkim.signers.iter().map(|signer| text(&signer.record_name(&dkim.domain), &signer.key.record()));
    let others = [
        text(DOMAIN, "v=spf1 ip4:192.0.2.1 -all"),
        text(DOMAIN, "something-verification=1"),
        text("_dmarc.mikrocloud.com", "v=DMARC1; p=reject"),
        (DOMAIN.to_owned(), KnownRecord::MailExchange("mx.mikrocloud.com".to_owned())),
    ];
    keys.chain(others).collect()
}

/// What is found with these records and this server.
async fn examined(
    settings: &MailSettings,
    records: Vec<(String, KnownRecord)>,
    server: Option<&SmtpSettings>,
) -> Vec<Finding> {
    let names = NameServer::start(records).await.unwrap();
    let names = DnsServers::new(vec![names.address()]);
    Doctor { settings, server, names: &names }.examine(None).await
}

/// The findings that are neither fine nor left out.
fn complaints(findings: &[Finding]) -> Vec<String> {
    let complaints = findings.iter().filter(|finding| matches!(finding.verdict, Verdict::Warning | Verdict::Failed));
    complaints.map(|finding| format!("{}: {}: {}", finding.verdict, finding.what, finding.why)).collect()
}

#[tokio::test]
async fn a_sound_setup_passes_every_check_and_the_test_mail_is_sent() {
    let sink = SmtpSink::start_with_tls(SinkTls::StartTls, &["127.0.0.1"], Script::default()).await.unwrap();
    let ca_file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca_file.path(), sink.ca_pem()).unwrap();
    let url = sink.url().replace("://", "://the-user:the-password@");
    let server = SmtpSettings::parse(&url).unwrap().with_ca_file(ca_file.path());
    let settings = settings();
    let names = NameServer::start(published(&settings)).await.unwrap();
    // The first server is not there: the second one answers.
    let nobody = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let names = DnsServers::new(vec![nobody, names.address()]);
    let doctor = Doctor { settings: &settings, server: Some(&server), names: &names };
    let to = EmailAddress::parse("john@acme.com").unwrap();
    let test_mail =
        TestMail { to, id: mails::verify_address("a@x.org").id, date: mails::verify_address("a@x.org").date };
    let findings = doctor.examine(Some(&test_mail)).await;
    assert_eq!(complaints(&findings), Vec::<String>::new());
    assert!(findings.iter().all(|finding| finding.verdict == Verdict::Ok), "{findings:#?}");
    assert_eq!(findings.len(), 10, "{findings:#?}");
    assert!(findings[8].why.contains("with STARTTLS") && findings[8].why.contains("the password was accepted"));
    let mail = &sink.mails()[0];
    let content = String::from_utf8(mail.content.clone()).unwrap();
    assert_eq!(mail.recipients, ["RCPT TO:<john@acme.com>"]);
    assert!(content.contains("\r\nSubject: Test email from the account service\r\n"), "{content}");
    assert_eq!(content.matches("DKIM-Signature: ").count(), 2);
    assert!(findings[9].why.contains(&test_mail.id.to_string()), "{findings:#?}");
}

#[tokio::test]
async fn a_connection_can_be_tested_without_sending_mail() {
    let sink = SmtpSink::start(Script { smtp_utf8: false, ..Script::default() }).await.unwrap();
    let server = SmtpSettings::parse(&sink.url()).unwrap();
    let settings = settings();
    let findings = examined(&settings, published(&settings), Some(&server)).await;
    let complaints = complaints(&findings);
    assert_eq!(complaints.len(), 1);
    assert!(complaints[0].contains("it does not support SMTPUTF8"), "{complaints:?}");
    assert_eq!(findings.last().unwrap().verdict, Verdict::NotChecked);
    assert_eq!(sink.records()[0].commands, ["EHLO mikrocloud.com", "QUIT"]);
}

#[tokio::test]
async fn an_unusable_server_is_reported_with_the_reason_and_without_the_password() {
    let settings = settings();
    for (script, reason) in [
        (
            Script::answering(Point::Auth, "535 5.7.8 the-password is wrong for the-user"),
            "AUTH: the server answered 535 5.7.8",
        ),
        (
            Script::answering(Point::Greeting, "554 5.3.2 no service"),
            "connecting: the server answered 554 5.3.2 no service",
        ),
    ] {
        let sink = SmtpSink::start(script).await.unwrap();
        let server = SmtpSettings::parse(&sink.url().replace("://", "://the-user:the-password@")).unwrap();
        let findings = examined(&settings, published(&settings), Some(&server)).await;
        let complaints = complaints(&findings);
        assert!(
            complaints[0].starts_with("failed: mail server 127.0.0.1:") && complaints[0].contains(reason),
            "{complaints:?}"
        );
        assert!(!complaints[0].contains("the-"), "{complaints:?}");
    }
    let sink = SmtpSink::start_with_tls(SinkTls::Implicit, &["mail.example.org"], Script::default()).await.unwrap();
    let server = SmtpSettings::parse(&sink.url()).unwrap();
    let findings = examined(&settings, published(&settings), Some(&server)).await;
    assert!(complaints(&findings)[0].contains("certificate"), "{findings:#?}");
}

#[tokio::test]
async fn missing_and_wrong_records_are_reported() {
    let settings = settings();
    let findings = examined(&settings, Vec::new(), None).await;
    let told = complaints(&findings);
    let expected = [
        "failed: DKIM record r._domainkey.mikrocloud.com: missing",
        "failed: DKIM record e._domainkey.mikrocloud.com: missing",
        "warning: SPF record of mikrocloud.com: missing",
        "warning: DMARC record of mikrocloud.com: missing",
        "failed: email for mikrocloud.com: the domain has neither an MX record nor an address",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}\n{expected}");
    }

    let mut wrong = published(&settings);
    wrong.swap(0, 1);
    let (one, other) = (wrong[0].0.clone(), wrong[1].0.clone());
    (wrong[0].0, wrong[1].0) = (other, one);
    wrong.push(text(DOMAIN, "v=spf1 +all"));
    wrong[5].1 = KnownRecord::MailExchange(".".to_owned());
    let told = complaints(&examined(&settings, wrong, None).await);
    let expected = ["it is for another key", "it is for another key", "several records", "the domain accepts no email"];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{told}\n{expected}");
    }
}

#[tokio::test]
async fn what_cannot_be_checked_is_not_reported_as_ok() {
    let settings = settings();
    let nobody = DnsServers::new(Vec::new());
    let findings = Doctor { settings: &settings, server: None, names: &nobody }.examine(None).await;
    let unknown: Vec<_> = findings.iter().filter(|finding| finding.verdict == Verdict::NotChecked).collect();
    assert_eq!(unknown.len(), 7, "{findings:#?}");
    assert!(unknown[0].why.contains("the system has no DNS server configured; publish the one below"));
    assert!(unknown[5].why.contains("emails are written to files"), "{unknown:#?}");

    let local = MailSettings::default();
    let findings = Doctor { settings: &local, server: None, names: &nobody }.examine(None).await;
    assert_eq!(complaints(&findings).len(), 1, "that mails are not signed");
    assert!(findings[1].why.contains("the sender is at localhost"), "{findings:#?}");
}

#[tokio::test]
async fn policies_of_the_parent_domain_apply() {
    let mut settings = settings();
    settings.from = "a@mail.mikrocloud.com".parse().unwrap();
    let mut records = published(&settings);
    records.push(text("mail.mikrocloud.com", "v=spf1 -all"));
    records.push(("mail.mikrocloud.com".to_owned(), KnownRecord::MailExchange("mx.mikrocloud.com".to_owned())));
    let findings = examined(&settings, records, None).await;
    assert_eq!(complaints(&findings), Vec::<String>::new());
    assert!(findings.iter().any(|finding| finding.why.contains("at _dmarc.mikrocloud.com")), "{findings:#?}");
}

#[test]
fn records_are_printed_in_zone_file_format() {
    let (settings, names) = (settings(), DnsServers::new(Vec::new()));
    let lines = Doctor { settings: &settings, server: None, names: &names }.records_to_publish();
    let (first, rest) = keys::RSA_PUBLIC.split_at(MAX_TEXT - "v=DKIM1; k=rsa; p=".len());
    assert_eq!(lines[0], format!("r._domainkey.mikrocloud.com. IN TXT \"v=DKIM1; k=rsa; p={first}\" \"{rest}\""));
    let ed25519 = keys::ED25519_PUBLIC;
    assert_eq!(lines[1], format!("e._domainkey.mikrocloud.com. IN TXT \"v=DKIM1; k=ed25519; p={ed25519}\""));
}
