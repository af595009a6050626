//! What people are asked when they register, and where links in emails lead.

use account_http::settings::{FieldUse, RegistrationFields};

use super::*;

#[test]
fn the_registration_page_asks_for_what_is_configured() {
    assert_eq!(read("", &[]).unwrap().http.registration_fields(), RegistrationFields::default());
    let text = "[registration]\nterms_version = \"2026-01\"\n[pages.registration_fields]\nname = \"off\"\ncountry = \"required\"\nterms = \"optional\"\n";
    let fields = read(text, &[("ACCOUNT_PAGES__REGISTRATION_FIELDS__NEWSLETTER", "optional")]).unwrap();
    let expected = RegistrationFields {
        name: FieldUse::Off,
        country: FieldUse::Required,
        newsletter: FieldUse::Optional,
        terms: FieldUse::Optional,
        ..RegistrationFields::default()
    };
    assert_eq!(fields.http.registration_fields(), expected);
}

#[test]
fn impossible_questions_are_refused_at_start() {
    for (text, problem) in [
        ("name = \"always\"", "pages.registration_fields.name (account.toml, line 2)"),
        ("newsletter = \"required\"", "people must be free to want no newsletters"),
        ("terms = \"required\"", "there is nothing to agree to"),
    ] {
        let found = problems(&format!("[pages.registration_fields]\n{text}\n"), &[]);
        assert!(found.len() == 1 && found[0].contains(problem), "{found:?}");
    }
    let found = problems("[registration]\nconsent_required = true\n", &[]);
    assert!(found.len() == 1 && found[0].contains("there is nothing to agree to"), "{found:?}");
    let none = read("[registration]\nterms_version = \"\"\n", &[]).unwrap();
    assert_eq!(none.registration.consent.terms_version, None);
    for version in ["two words", &"x".repeat(65)] {
        let found = problems(&format!("[registration]\nterms_version = \"{version}\"\n"), &[]);
        assert!(found[0].contains("registration.terms_version (account.toml, line 2)"), "{found:?}");
    }
}

#[test]
fn consent_that_is_required_is_required_on_the_page() {
    let text = "[registration]\nprivacy_version = \"7\"\nconsent_required = true\n";
    let config = read(text, &[]).unwrap();
    assert_eq!(config.http.registration_fields().terms, FieldUse::Required);
    assert_eq!(config.registration.consent.privacy_version.as_deref(), Some("7"));
    assert!(config.registration.consent.is_required && config.registration.consent.terms_version.is_none());
}

#[test]
fn apis_that_cannot_ask_for_a_required_consent_are_a_risk() {
    let required = "[registration]\nterms_version = \"1\"\nconsent_required = true\n";
    let is_risk = |text: &str| named(&read(text, &[]).unwrap()).contains(&"registration.consent_required");
    assert!(is_risk(required));
    assert!(!is_risk("[registration]\nterms_version = \"1\"\n"));
    let dialects = account_http::dialects().map(|it| format!("[dialects.{}]\nenabled = false\n", it.name));
    assert!(!is_risk(&format!("{required}{}", dialects.collect::<String>())));
}

#[test]
fn domains_are_looked_up_if_the_operator_says_so() {
    assert!(!read("", &[]).unwrap().registration.checks_mail_domains);
    assert!(read("[registration]\ncheck_mail_domain = \"on\"\n", &[]).unwrap().registration.checks_mail_domains);
    let found = problems("[registration]\ncheck_mail_domain = true\n", &[]);
    assert!(found[0].contains("registration.check_mail_domain"), "{found:?}");
}

#[test]
fn links_in_emails_can_have_a_host_of_their_own() {
    assert_eq!(read("", &[]).unwrap().http.link_url, None);
    let config = read("[mail]\nlink_url = \"https://mk.example/\"\n", &[]).unwrap();
    assert_eq!(config.http.link_url.as_ref().unwrap().as_str(), "https://mk.example");
    assert!(!named(&config).contains(&"mail.link_url"));
    assert!(named(&read("[mail]\nlink_url = \"http://mk.example\"\n", &[]).unwrap()).contains(&"mail.link_url"));
    for (url, reason) in [
        ("https://mk.example/short", "it has a path"),
        ("https://mk.example/?a", "it has a query or a fragment"),
        ("mk.example", "without a user name"),
    ] {
        let found = problems(&format!("[mail]\nlink_url = \"{url}\"\n"), &[]);
        assert!(found[0].contains("mail.link_url (account.toml, line 2)") && found[0].contains(reason), "{found:?}");
    }
}
