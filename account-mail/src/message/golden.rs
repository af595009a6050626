//! Every email in every language, as it is: the texts, the documents, and the bytes of some.
//!
//! After a change, `UPDATE_GOLDEN=1 cargo test -p account-mail --all-features -- golden signed` rewrites the files below
//! `tests/golden`. Read what has changed, and look at the documents in a browser, in light and dark.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use account_core::outbox::Notice;
use account_core::outbox::mail::{Mail, MailContent};

use super::*;
use crate::template::built_in_templates;
use crate::testing::mails;

const TO: &str = "john@acme.com";

/// Compares with the file of that name, or rewrites it.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "there is no other way to tell a test to rewrite its files")]
pub(crate) fn assert_golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == text, "{name} has changed; see {}:\n{text}", file!());
}

/// Distinct names for all samples.
fn named() -> Vec<(String, Mail)> {
    let name = |mail: &Mail| match &mail.content {
        MailContent::Notice { notice, .. } => format!("notice-{}", notice.name().replace('_', "-")),
        MailContent::VerifyAddress { code, account_exists, .. } => {
            let (code, account) = (if code.is_some() { "" } else { "-without-code" }, *account_exists);
            format!("verify-address{}{code}", if account { "-of-account" } else { "" })
        }
        MailContent::AlreadyRegistered { deletion_due_at: Some(_), .. } => {
            "already-registered-to-be-deleted".to_owned()
        }
        MailContent::ProviderLinkOffer { deletion_due_at: Some(_), .. } => {
            "provider-link-offer-to-be-deleted".to_owned()
        }
        content => content.name().to_owned(),
    };
    mails::every(TO).into_iter().map(|mail| (name(&mail), mail)).collect()
}

#[test]
fn every_mail_in_every_language_is_as_before() {
    let mut names = BTreeSet::new();
    let letterhead = Letterhead { operator: Some("MikroCloud".to_owned()), ..Letterhead::default() };
    for (name, mail) in named() {
        for language in ["en", "de", "fr", "es", "ar"] {
            let edition = built_in_templates().for_language(Some(language)).render(&mail, &letterhead);
            let Rendered { subject, text, html } = edition.unwrap();
            let name = format!("{language}/{name}");
            assert!(names.insert(name.clone()), "{name}");
            assert_golden(&format!("{name}.txt"), &format!("Subject: {subject}\n\n{text}"));
            assert_golden(&format!("{name}.html"), &html);
        }
    }
    assert!(names.len() >= 5 * (Notice::ALL.len() + 8), "{names:?}");
}

#[test]
fn the_bytes_of_some_mails_are_as_before() {
    let composer = Composer::new(&MailSettings {
        from: "MikroCloud <no-reply@mikrocloud.com>".parse().unwrap(),
        operator_name: Some("MikroCloud".parse().unwrap()),
        ..MailSettings::default()
    });
    let german = Mail { language: Some("de".to_owned()), ..mails::verify_address(TO) };
    for (name, mail) in [
        ("verify-address.eml", mails::verify_address(TO)),
        ("verify-address-de.eml", german),
        ("already-registered.eml", mails::already_registered(TO)),
        ("reset-password.eml", mails::reset_password(TO)),
        ("notice-deletion-requested.eml", mails::notice(Notice::DeletionRequested, TO)),
    ] {
        let message = String::from_utf8(composer.compose(&mail).unwrap().bytes).unwrap();
        assert_golden(name, &message.replace("\r\n", "\n"));
    }
}
