//! What an operator does about mails.

use account_mail::testing::{KnownRecord, NameServer, Script, SmtpSink, keys};
use account_tests::Service;
use account_tests::service::{mail_header, token_of};
use serde_json::json;

use super::{complained, said};

/// A service that sends to the sink and signs.
fn signing(sink: &SmtpSink) -> Service {
    let service = Service::prepare(&[
        ("MAIL__TRANSPORT", "smtp"),
        ("MAIL__SMTP__URL", &sink.url()),
        ("MAIL__FROM", "no-reply@acme.com"),
        ("MAIL__DKIM__SELECTOR", "r"),
        ("MAIL__DKIM__PRIVATE_KEY_FILE", "rsa.pem"),
        ("MAIL__DKIM__SECOND_SELECTOR", "e"),
        ("MAIL__DKIM__SECOND_PRIVATE_KEY_FILE", "ed25519.pem"),
    ]);
    std::fs::write(service.path("rsa.pem"), keys::RSA_PKCS8).unwrap();
    std::fs::write(service.path("ed25519.pem"), keys::ED25519).unwrap();
    service
}

/// A name server that knows what the service's owner has published of the keys.
async fn names(rsa: &str) -> NameServer {
    let text = |name: &str, text: String| (name.to_owned(), KnownRecord::Text(text));
    let records = vec![
        text("r._domainkey.acme.com", format!("v=DKIM1; k=rsa; p={rsa}")),
        text("e._domainkey.acme.com", format!("v=DKIM1; k=ed25519; p={}", keys::ED25519_PUBLIC)),
        text("acme.com", "v=spf1 mx -all".to_owned()),
        text("_dmarc.acme.com", "v=DMARC1; p=reject".to_owned()),
        ("acme.com".to_owned(), KnownRecord::MailExchange("mx.acme.com".to_owned())),
    ];
    NameServer::start(records).await.unwrap()
}

#[tokio::test]
async fn the_doctor_passes_sends_a_test_mail_and_prints_the_records() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let (service, names) = (signing(&sink), names(keys::RSA_PUBLIC).await);
    let server = names.address().to_string();
    let output = service.run(&["mail", "doctor", "--to", "john@acme.com", "--dns-server", &server]).await;
    let report = said(&output);
    assert!(output.status.success(), "{report}{}", complained(&output));
    let (findings, records) = report.split_once("\n\nRecords to publish").unwrap();
    // The database has no tables before the service has run.
    let is_fine = |line: &str| line.starts_with("ok  ") || line.starts_with("not checked  refusals of the last ");
    assert!(findings.lines().all(is_fine) && findings.lines().count() == 12, "{report}");
    assert!(records.contains("\nr._domainkey.acme.com. IN TXT \"v=DKIM1; k=rsa; p=MII"), "{records}");
    assert!(!report.contains("PRIVATE"), "{report}");
    let mails = sink.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(String::from_utf8_lossy(&mails[0].content).matches("DKIM-Signature: ").count(), 2);
}

#[tokio::test]
async fn the_doctor_fails_if_mails_would_look_forged_and_sends_nothing() {
    let sink = SmtpSink::start(Script::default()).await.unwrap();
    let (service, names) = (signing(&sink), names("MIIB").await);
    let output = service.run(&["mail", "doctor", "--dns-server", &names.address().to_string()]).await;
    assert_eq!(output.status.code(), Some(1));
    let report = said(&output);
    assert!(report.contains("failed       DKIM record r._domainkey.acme.com: it is for another key"), "{report}");
    assert!(report.contains("not checked  test email: add `--to ADDRESS` to send one"), "{report}");
    assert!(complained(&output).starts_with("error: 1 check failed"), "{}", complained(&output));
    assert!(sink.mails().is_empty());
    let wrong = service.run(&["mail", "doctor", "--to", "john"]).await;
    assert!(complained(&wrong).starts_with("error: `--to` is not a valid email address"), "{}", complained(&wrong));
}

#[tokio::test]
async fn mails_use_the_persons_language_and_the_operators_templates() {
    let mut service = Service::prepare(&[("MAIL__TEMPLATE_DIRECTORY", "templates")]);
    let written = service.run(&["mail", "templates", "--export", "templates"]).await;
    assert!(written.status.success(), "{}", complained(&written));
    let subject = std::fs::read_to_string(service.path("templates/verify-address/subject.txt")).unwrap();
    assert_eq!(subject, "{{ t(\"mail-verify-address-subject\") }}\n");
    let of_french = service.path("templates/verify-address/fr");
    std::fs::create_dir_all(&of_french).unwrap();
    std::fs::write(of_french.join("subject.txt"), "Bienvenue !\n").unwrap();
    service.launch().await;
    for (language, subject) in
        [("fr-CA", "Bienvenue !"), ("es", "Confirme su =?utf-8?"), ("en-GB", "Verify your email")]
    {
        let email = format!("{}@acme.com", language.to_lowercase());
        let body = json!({"email": email, "password": "velvet lantern gravel orchid", "language": language});
        let reply = service.post("/account/v1/registrations", &body.to_string()).await;
        assert_eq!(reply.status, 202, "{}", reply.body);
        let mail = service.wait_for_mail_to(&email).await;
        assert!(mail_header(&mail, "Subject").unwrap().starts_with(subject), "{mail}");
        assert!(token_of(&mail.replace("=\r\n", "")).is_some(), "{mail}");
    }
}

#[tokio::test]
async fn templates_that_would_fail_later_prevent_the_start() {
    let service = Service::prepare(&[("MAIL__TEMPLATE_DIRECTORY", "templates")]);
    let folder = service.path("templates/reset-password/de");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("body.txt"), "Hallo,\n{{ lnk }}\n").unwrap();
    let output = service.run(&["serve"]).await;
    assert_eq!(output.status.code(), Some(1));
    let complaint = complained(&output);
    assert!(complaint.contains("reset-password/de/body.txt, line 2: unknown variable `lnk`"), "{complaint}");
    // What was exported stays what an operator made of it.
    let own = service.path("templates/reset-password/body.txt");
    std::fs::write(&own, "Hello,\n").unwrap();
    let again = service.run(&["mail", "templates", "--export", "templates"]).await;
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(own).unwrap(), "Hello,\n");
    assert!(!service.path("templates/layout").exists(), "all or nothing is written");
}

#[tokio::test]
async fn operators_add_a_language_and_change_words() {
    let mut service = Service::prepare(&[("TRANSLATIONS__DIRECTORY", "words")]);
    let export = ["translations", "--export", "words"];
    let written = service.run(&export).await;
    assert!(written.status.success(), "{}", complained(&written));
    let english = std::fs::read_to_string(service.path("words/en.ftl")).unwrap();
    assert!(english.contains("\nmail-verify-address-subject = Verify your email address\n"), "{english}");
    let again = service.run(&export).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(complained(&again).contains("cannot write words/en.ftl"), "{}", complained(&again));
    std::fs::remove_file(service.path("words/en.ftl")).unwrap();

    let italian =
        "language-name = Italiano\nlanguage-direction = ltr\nmail-verify-address-subject = Conferma { $mail }\n";
    std::fs::write(service.path("words/it.ftl"), italian).unwrap();
    std::fs::write(service.path("words/notes.txt"), "").unwrap();
    let refused = service.run(&["serve"]).await;
    assert_eq!(refused.status.code(), Some(1));
    let complaint = complained(&refused);
    assert!(complaint.contains("notes.txt: a file is called by its language"), "{complaint}");
    std::fs::remove_file(service.path("words/notes.txt")).unwrap();
    let complaint = complained(&service.run(&["config", "check"]).await);
    let expected = "it.ftl, line 3: `mail-verify-address-subject`: unknown variable `$mail`; available: none";
    assert!(complaint.contains(expected), "{complaint}");

    std::fs::write(service.path("words/it.ftl"), italian.replace(" { $mail }", " subito")).unwrap();
    std::fs::write(service.path("words/de.ftl"), "mail-verify-address-subject = Willkommen\n").unwrap();
    let checked = service.run(&["config", "check"]).await;
    let report = said(&checked);
    assert!(report.contains("Risk, translations.directory: it.ftl lacks "), "{report}");
    assert!(report.contains("people read English instead: `"), "{report}");
    service.launch().await;
    for (language, subject) in [("it-CH", "Conferma subito"), ("de", "Willkommen"), ("fr", "Confirmez votre adresse")] {
        let email = format!("{}@acme.com", language.to_lowercase());
        let body = json!({"email": email, "password": "velvet lantern gravel orchid", "language": language});
        let reply = service.post("/account/v1/registrations", &body.to_string()).await;
        assert_eq!(reply.status, 202, "{}", reply.body);
        let mail = service.wait_for_mail_to(&email).await;
        assert!(mail_header(&mail, "Subject").unwrap().starts_with(subject), "{mail}");
    }
}
