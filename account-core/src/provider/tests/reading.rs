//! What is read of claims.

use serde_json::{Value, json};

use super::*;

const TENANT_ID: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
const OBJECT_ID: &str = "00000000-0000-0000-66f3-3332eca7ea81";

fn trust(provider: &str) -> Trust {
    let issuer =
        (!["google", "github", "microsoft", "apple"].contains(&provider)).then(|| "https://id.acme.com".to_owned());
    Trust::new(&named(provider), issuer, ClaimNames::default()).unwrap()
}

fn read(provider: &str, main: &Value) -> Result<ProviderIdentity, UntrustedClaims> {
    let claims = Claims { main: main.as_object().unwrap().clone(), ..Claims::default() };
    trust(provider).read(&named(provider), &claims)
}

fn subject(provider: &str, main: &Value) -> String {
    read(provider, main).unwrap().key.subject.as_str().to_owned()
}

#[test]
fn the_scopes_are_the_documented_ones() {
    let scopes = |name: &str| TrustRow::of(name).scopes.join(" ");
    assert_eq!(scopes("google"), "openid profile email");
    assert_eq!(scopes("github"), "openid user email");
    assert_eq!(scopes("microsoft"), "openid profile email");
    assert_eq!(TrustRow::of("acme-sso").name, "openid");
}

#[test]
fn each_provider_has_a_key_of_its_own_form() {
    let google = json!({"iss": "https://accounts.google.com", "sub": "110169484474386276334", "email": "a@x.org"});
    assert_eq!(subject("google", &google), "110169484474386276334");
    assert_eq!(subject("github", &json!({"id": 583_231, "login": "octocat"})), "583231");
    let issuer = format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0");
    let microsoft = json!({"iss": issuer, "tid": TENANT_ID, "oid": OBJECT_ID, "sub": "AAAA"});
    assert_eq!(subject("microsoft", &microsoft), format!("{TENANT_ID}/{OBJECT_ID}"));
    assert_eq!(subject("apple", &json!({"iss": "https://appleid.apple.com", "sub": "000.a.1"})), "000.a.1");
    assert_eq!(subject("acme-sso", &json!({"iss": "https://id.acme.com", "sub": "7"})), "https://id.acme.com#7");
}

#[test]
fn an_identity_of_another_issuer_or_without_a_key_is_refused() {
    let microsoft = format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0");
    let other_tenant = OBJECT_ID;
    for (provider, claims) in [
        ("google", json!({"iss": "https://evil.example", "sub": "1"})),
        ("google", json!({"iss": "accounts.google.com", "sub": "1"})),
        ("google", json!({"sub": "1"})),
        ("google", json!({"iss": "https://accounts.google.com"})),
        ("google", json!({"iss": "https://accounts.google.com", "sub": ""})),
        ("google", json!({"iss": "https://accounts.google.com", "sub": 7})),
        ("google", json!({"iss": "https://accounts.google.com", "sub": "x".repeat(256)})),
        ("github", json!({})),
        ("github", json!({"id": "583231"})),
        ("github", json!({"id": 0})),
        ("github", json!({"id": -1})),
        ("github", json!({"id": 1.5})),
        ("github", json!({"login": "octocat"})),
        ("microsoft", json!({"iss": microsoft, "tid": other_tenant, "oid": OBJECT_ID})),
        ("microsoft", json!({"iss": microsoft, "oid": OBJECT_ID})),
        ("microsoft", json!({"iss": microsoft, "tid": TENANT_ID})),
        ("microsoft", json!({"iss": microsoft, "tid": TENANT_ID, "oid": OBJECT_ID.replace('-', "")})),
        (
            "microsoft",
            json!({"iss": "https://login.microsoftonline.com/{tenantid}/v2.0", "tid": "{tenantid}", "oid": OBJECT_ID}),
        ),
        ("microsoft", json!({"iss": microsoft.replace("v2.0", "v2.0/x"), "tid": TENANT_ID, "oid": OBJECT_ID})),
        ("acme-sso", json!({"iss": "https://id.acme.com/", "sub": "7"})),
        ("acme-sso", json!({"iss": "https://id.acme.com", "sub": "a b"})),
    ] {
        assert!(read(provider, &claims).is_err(), "{provider} {claims}");
    }
}

#[test]
fn user_info_of_another_subject_is_refused() {
    let main = json!({"iss": "https://accounts.google.com", "sub": "1"}).as_object().unwrap().clone();
    for (sub, is_read) in [("1", true), ("2", false)] {
        let user_info = json!({"sub": sub, "email": EMAIL}).as_object().cloned();
        let claims = Claims { main: main.clone(), user_info, ..Claims::default() };
        assert_eq!(trust("google").read(&named("google"), &claims).is_ok(), is_read);
    }
}

#[test]
fn microsofts_address_counts_as_verified_by_xms_edov_only() {
    let issuer = format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0");
    let base = json!({"iss": issuer, "tid": TENANT_ID, "oid": OBJECT_ID, "email": EMAIL});
    for (more, verification) in [
        (json!({}), Verification::Unsaid),
        (json!({"email_verified": true}), Verification::Unsaid),
        (json!({"xms_edov": "true"}), Verification::Unsaid),
        (json!({"xms_edov": 1}), Verification::Unsaid),
        (json!({"xms_edov": false}), Verification::Unverified),
        (json!({"xms_edov": true}), Verification::Verified),
    ] {
        let mut claims = base.clone();
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let address = read("microsoft", &claims).unwrap().person.address.unwrap();
        assert_eq!(address.verification, verification, "{claims}");
    }
}

#[test]
fn githubs_address_is_the_primary_one_of_the_list() {
    let main = json!({"id": 1, "login": "octocat", "email": "public@acme.com"}).as_object().unwrap().clone();
    for (emails, expected) in [
        (json!([]), None),
        (json!([{"email": "a@x.org", "primary": false, "verified": true}]), None),
        (json!([{"email": "a@x.org", "primary": "true", "verified": true}]), None),
        (
            json!([{"email": "a@x.org", "primary": false, "verified": true}, {"email": "b@x.org", "primary": true, "verified": false}]),
            Some(("b@x.org", Verification::Unverified)),
        ),
        (json!([{"email": "b@x.org", "primary": true, "verified": true}]), Some(("b@x.org", Verification::Verified))),
        (json!([{"email": "b@x.org", "primary": true}]), Some(("b@x.org", Verification::Unsaid))),
    ] {
        let emails = emails.as_array().unwrap().clone();
        let claims = Claims { main: main.clone(), user_info: None, emails };
        let read = trust("github").read(&named("github"), &claims).unwrap().person.address;
        let read = read.as_ref().map(|claim| (claim.address.as_str(), claim.verification));
        assert_eq!(read, expected, "{:?}", claims.emails);
    }
}

#[test]
fn strange_details_are_left_out_and_refuse_nobody() {
    let claims = json!({
        "iss": "https://accounts.google.com",
        "sub": "1",
        "email": EMAIL,
        "name": "evil\r\nBcc: a@x.org",
        "given_name": "x".repeat(10_000),
        "family_name": 7,
        "picture": "javascript:alert(1)",
        "profile": "http://example.com/john",
        "preferred_username": "Click https://evil.example",
        "locale": "x".repeat(10_000),
    });
    let ProviderIdentity { account, person, .. } = read("google", &claims).unwrap();
    assert_eq!(account, ProviderAccount { label: Some(EMAIL.to_owned()), ..ProviderAccount::default() });
    let expected = ProviderPerson { address: person.address.clone(), ..ProviderPerson::default() };
    assert!(person == expected);
}

#[test]
fn a_provider_of_the_operators_names_claims_as_it_likes() {
    let mut names = ClaimNames::default();
    assert!(names.set("address", "mail") && names.set("verified", "mail_checked") && !names.set("subject", "mail"));
    let trust = Trust::new(&named("acme-sso"), Some("https://id.acme.com".to_owned()), names).unwrap();
    let main = json!({"iss": "https://id.acme.com", "sub": "7", "mail": EMAIL, "mail_checked": true});
    let claims = Claims { main: main.as_object().unwrap().clone(), ..Claims::default() };
    let address = trust.read(&named("acme-sso"), &claims).unwrap().person.address.unwrap();
    assert_eq!((address.address.as_str(), address.verification), (EMAIL, Verification::Verified));
    assert_eq!(Trust::new(&named("acme-sso"), None, ClaimNames::default()), None, "it needs an issuer");
    assert_eq!(Trust::new(&named("github"), Some(String::new()), ClaimNames::default()), None, "it has none");
}

#[test]
fn a_flag_counts_for_the_address_that_it_is_about() {
    let main = json!({
        "iss": "https://id.acme.com", "sub": "1", "mail": EMAIL, "mail_verified": true,
        "email": "own@acme.com", "email_verified": true,
    });
    for (names, address, verification) in [
        (&[][..], "own@acme.com", Verification::Verified),
        (&[("address", "mail")], EMAIL, Verification::Unsaid),
        (&[("address", "mail"), ("verified", "mail_verified")], EMAIL, Verification::Verified),
    ] {
        let mut own_names = ClaimNames::default();
        for (value, claim) in names {
            assert!(own_names.set(value, claim));
        }
        let trust = Trust::new(&named("acme-sso"), Some("https://id.acme.com".to_owned()), own_names).unwrap();
        let claims = Claims { main: main.as_object().unwrap().clone(), ..Claims::default() };
        let read = trust.read(&named("acme-sso"), &claims).unwrap().person.address.unwrap();
        assert_eq!((read.address.as_str(), read.verification), (address, verification), "{names:?}");
    }
}
