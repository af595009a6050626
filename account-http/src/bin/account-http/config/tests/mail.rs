//! Templates and signatures of emails.

use account_mail::testing::keys::{ED25519, RSA_1024, RSA_PKCS8};

use super::risks::for_owner_alone;
use super::*;

/// A directory with the keys as files.
fn keys() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, pem) in [("rsa", RSA_PKCS8), ("ed25519", ED25519), ("short", RSA_1024), ("none", "a-secret-text")] {
        std::fs::write(folder.path().join(name), pem).unwrap();
        for_owner_alone(&folder.path().join(name));
    }
    folder
}

fn file(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn mails_are_signed_by_one_key_or_two() {
    let folder = keys();
    let one = format!(
        "mail.from = \"a@mail.x.org\"\n[mail.dkim]\nselector = \"r\"\nprivate_key_file = {:?}\n",
        file(&folder, "rsa")
    );
    let dkim = read(&one, &[]).unwrap().mail.settings.dkim.unwrap();
    assert_eq!((dkim.domain.as_str(), dkim.signers.len()), ("mail.x.org", 1));

    let second = format!(
        "domain = \"x.org\"\nsecond_selector = \"e\"\nsecond_private_key_file = {:?}\n",
        file(&folder, "ed25519")
    );
    let config = read(&format!("{one}{second}"), &[]).unwrap();
    let dkim = config.mail.settings.dkim.as_ref().unwrap();
    let names: Vec<_> = dkim.signers.iter().map(|signer| signer.record_name(&dkim.domain)).collect();
    assert_eq!(names, ["r._domainkey.x.org", "e._domainkey.x.org"]);
    assert!(named(&config).is_empty());
    let shown = format!("{}{config:?}", report(&config));
    assert!(!shown.contains("PRIVATE") && !shown.contains("MII"), "{shown}");
}

#[test]
fn an_unusable_key_is_reported_at_start_and_not_repeated() {
    let folder = keys();
    for (settings, message) in [
        (vec![("PRIVATE_KEY_FILE", "short"), ("SELECTOR", "a")], "it must be complete and have 2048 to 4096 bits"),
        (vec![("PRIVATE_KEY_FILE", "none"), ("SELECTOR", "a")], "no unencrypted private key in PEM format"),
        (vec![("PRIVATE_KEY_FILE", "absent"), ("SELECTOR", "a")], "cannot read the file"),
        (vec![("PRIVATE_KEY_FILE", "rsa")], "required because `mail.dkim"),
        (vec![("SECOND_SELECTOR", "a")], "required because `mail.dkim"),
        (vec![("DOMAIN", "x.org")], "but no key: emails would not be signed"),
        (vec![("PRIVATE_KEY_FILE", "rsa"), ("SELECTOR", "a_b")], "not allowed"),
        (
            vec![
                ("PRIVATE_KEY_FILE", "rsa"),
                ("SELECTOR", "a"),
                ("SECOND_PRIVATE_KEY_FILE", "ed25519"),
                ("SECOND_SELECTOR", "A"),
            ],
            "both keys have this selector",
        ),
        (vec![("PRIVATE_KEY_FILE", "rsa"), ("SELECTOR", "a"), ("DOMAIN", "org")], "not allowed"),
    ] {
        let settings: Vec<_> = settings
            .into_iter()
            .map(|(name, value)| {
                let value = if name.ends_with("FILE") { file(&folder, value) } else { value.to_owned() };
                (format!("ACCOUNT_MAIL__DKIM__{name}"), value)
            })
            .chain([("ACCOUNT_MAIL__FROM".to_owned(), "a@x.org".to_owned())])
            .collect();
        let settings: Vec<_> = settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let problems = problems("", &settings);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(message) && !problems[0].contains("secret"), "{problems:?}");
    }
}

#[test]
fn a_sender_without_its_own_domain_cannot_sign() {
    let folder = keys();
    let settings =
        [("ACCOUNT_MAIL__DKIM__SELECTOR", "a"), ("ACCOUNT_MAIL__DKIM__PRIVATE_KEY_FILE", &file(&folder, "rsa"))];
    assert!(problems("", &settings)[0].contains("the domain of `mail.from` has no dot"));
}

#[test]
fn weak_signatures_are_a_risk() {
    let folder = keys();
    let text = format!(
        "mail.from = \"a@y.org\"\n[mail.dkim]\ndomain = \"x.org\"\nselector = \"e\"\nprivate_key_file = {:?}\n",
        file(&folder, "ed25519")
    );
    let config = read(&text, &[]).unwrap();
    assert_eq!(named(&config), ["mail.dkim.domain", "mail.dkim.private_key_file"]);
}

#[test]
fn custom_templates_are_rendered_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let mail = folder.path().join("verify-address/en");
    std::fs::create_dir_all(&mail).unwrap();
    std::fs::write(mail.join("body.txt"), "{{ link }}{% if code %} {{ code }}{% endif %}").unwrap();
    let text = format!("mail.template_directory = {:?}", folder.path());
    assert_eq!(read(&text, &[]).unwrap().mail.settings.templates.overridden(), 1);

    std::fs::write(mail.join("body.txt"), "{{ link }}\n{{ kode }}").unwrap();
    std::fs::write(mail.join("subject.txt"), "").unwrap();
    let expected = [
        "mail.template_directory (account.toml, line 1): verify-address/en/body.txt, line 2: unknown variable `kode`",
        "mail.template_directory (account.toml, line 1): verify-address/en/subject.txt: a subject must be one line of 1 to 200",
    ];
    let problems = problems(&text, &[]);
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}

#[test]
fn words_are_checked_at_start_with_the_mails_that_use_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let text = format!("translations.directory = {:?}", folder.path());
    write("it.ftl", "\u{FEFF}language-name = Italiano\r\nlanguage-direction = ltr\r\nsign-in = Accedi\r\n");
    write(".hidden", "not a translation");
    let config = read(&text, &[]).unwrap();
    assert_eq!(config.catalog.speaking("it").unwrap().name(), "Italiano");
    assert_eq!(named(&config), ["translations.directory"]);
    let risks = risks(&config);
    let risk = risks.iter().find(|risk| risk.name == "translations.directory").unwrap();
    assert!(risk.message.starts_with("it.ftl lacks ") && risk.message.contains("`accepted-title`"), "{risk:?}");

    write("notes.txt", "");
    write("fr.ftl", "sign-in = { $name }\n");
    std::fs::write(folder.path().join("es.ftl"), b"sign-in = \xFF").unwrap();
    let expected = [
        "translations.directory (account.toml, line 1): es.ftl: this is not UTF-8",
        "translations.directory (account.toml, line 1): notes.txt: a file is called by its language",
        "translations.directory (account.toml, line 1): fr.ftl, line 1: `sign-in`: unknown variable `$name`",
    ];
    let found = problems(&text, &[]);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
    for name in ["notes.txt", "fr.ftl", "es.ftl"] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    write("de.ftl", "mail-reset-password-subject =\n    Eins\n    Zwei\n");
    let subject = "reset-password/de/subject.txt: a subject must be one line";
    assert!(problems(&text, &[])[0].starts_with(&format!("translations.directory (account.toml, line 1): {subject}")));
}
