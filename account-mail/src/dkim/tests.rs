use super::*;
use crate::config::{DkimKey, MailSettings};
use crate::message::Composer;
use crate::message::golden::assert_golden;
use crate::testing::{keys, mails};

fn signer(selector: &str, pem: &str) -> DkimSigner {
    DkimSigner { selector: selector.parse().unwrap(), key: DkimKey::from_pem(pem.as_bytes()).unwrap() }
}

fn settings() -> DkimSettings {
    DkimSettings {
        domain: "mikrocloud.com".parse().unwrap(),
        signers: vec![signer("2026r", keys::RSA_PKCS8), signer("2026e", keys::ED25519)],
    }
}

fn composed(dkim: Option<DkimSettings>) -> String {
    let settings = MailSettings {
        from: "MikroCloud <no-reply@mikrocloud.com>".parse().unwrap(),
        operator_name: Some("MikroCloud".parse().unwrap()),
        dkim,
        ..MailSettings::default()
    };
    let mail = mails::verify_address("john@acme.com");
    String::from_utf8(Composer::new(&settings).compose(&mail).unwrap().bytes).unwrap()
}

#[test]
fn signed_mail_has_not_changed() {
    assert_golden("verify-address-signed.eml", &composed(Some(settings())).replace("\r\n", "\n"));
}

#[test]
fn signatures_precede_the_mail_and_leave_it_unchanged() {
    let signed = composed(Some(settings()));
    assert!(signed.ends_with(&format!("\r\n{}", composed(None))), "{signed}");
    assert_eq!(signed.matches("DKIM-Signature: v=1; ").count(), 2);
    let algorithms = ["a=rsa-sha256; ", "a=ed25519-sha256; "].map(|algorithm| signed.find(algorithm).unwrap());
    assert!(algorithms[0] < algorithms[1]);
    assert!(!signed.contains(" l="), "the whole body is signed");
    assert_eq!(crate::wire::check(signed.as_bytes()), Ok(()));
    let (header, _) = signed.split_once("\r\n\r\n").unwrap();
    for line in header.lines() {
        assert!(line.len() <= 78, "{line}");
    }
}

#[test]
fn every_header_is_signed_once_more_than_it_occurs() {
    let signed = composed(Some(settings()));
    let (_, rest) = signed.split_once(" h=").unwrap();
    let names = rest.split_once(';').unwrap().0.replace("\r\n ", "");
    let names: Vec<_> = names.split(':').collect();
    let plain = composed(None);
    let (header, _) = plain.split_once("\r\n\r\n").unwrap();
    for line in header.lines().filter(|line| !line.starts_with(' ')) {
        let name = line.split_once(':').unwrap().0;
        assert_eq!(names.iter().filter(|signed| **signed == name).count(), 2, "{name}");
    }
    for name in ["Reply-To", "Cc", "List-Unsubscribe"] {
        assert_eq!(names.iter().filter(|signed| **signed == name).count(), 1, "{name}");
    }
}
