//! The claims of ID tokens.

use account_core::provider::{ClaimNames, ProviderName};
use serde_json::json;

use super::*;

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://id.example.com";
const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

fn claims() -> Map<String, Value> {
    let claims = json!({
        "iss": "https://id.example.com", "aud": "us", "sub": "1", "nonce": "once", "iat": NOW - 1, "exp": NOW + 300,
    });
    claims.as_object().unwrap().clone()
}

fn trust(issuer: &str) -> Trust {
    let name = ProviderName::parse("microsoft").unwrap();
    Trust::new(&name, Some(issuer.to_owned()), ClaimNames::default()).unwrap()
}

fn check_for(issuer: &str, claims: &Map<String, Value>) -> Result<(), IdTokenError> {
    check_with(issuer, claims, false)
}

fn check_with(issuer: &str, claims: &Map<String, Value>, asked_again: bool) -> Result<(), IdTokenError> {
    let now = Timestamp::from_unix_micros(NOW * 1_000_000);
    check(claims, &Expected { trust: &trust(issuer), client_id: "us", nonce: "once", now, asked_again })
}

/// Checks claims of which one is another; `null` is none.
fn with(name: &str, value: Value) -> Result<(), IdTokenError> {
    let mut claims = claims();
    match value {
        Value::Null => claims.remove(name),
        value => claims.insert(name.to_owned(), value),
    };
    check_for(ISSUER, &claims)
}

#[test]
fn issuer_audience_and_nonce_have_to_be_right() {
    assert_eq!(check_for(ISSUER, &claims()), Ok(()));
    assert_eq!(with("aud", json!(["us"])), Ok(()));
    assert_eq!(with("azp", json!("us")), Ok(()));
    for (name, value) in [
        ("iss", json!("https://id.example.com/")),
        ("iss", json!("https://evil.example")),
        ("iss", Value::Null),
        ("aud", json!("them")),
        ("aud", json!(["us", "them"])),
        ("aud", json!([])),
        ("aud", json!({"us": "us"})),
        ("aud", Value::Null),
        ("azp", json!("them")),
        ("azp", json!(["us"])),
        ("nonce", json!("another")),
        ("nonce", json!("")),
        ("nonce", Value::Null),
        ("iat", Value::Null),
        ("exp", Value::Null),
        ("exp", json!("never")),
        ("nbf", json!("always")),
    ] {
        assert_eq!(with(name, value.clone()), Err(IdTokenError::Claim(name.to_owned().leak())), "{name} {value}");
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    for (name, value, expected) in [
        ("exp", NOW - 59, Ok(())),
        ("exp", NOW - 60, Err(IdTokenError::Expired)),
        ("exp", i64::MIN, Err(IdTokenError::Expired)),
        ("exp", i64::MAX, Ok(())),
        ("iat", NOW + 60, Ok(())),
        ("iat", NOW + 61, Err(IdTokenError::NotNow)),
        ("iat", NOW - 660, Ok(())),
        ("iat", NOW - 661, Err(IdTokenError::NotNow)),
        ("iat", i64::MIN, Err(IdTokenError::NotNow)),
        ("nbf", NOW + 60, Ok(())),
        ("nbf", NOW + 61, Err(IdTokenError::NotNow)),
    ] {
        assert_eq!(with(name, json!(value)), expected, "{name} {value}");
    }
    assert_eq!(with("exp", json!(1_800_000_300.5)), Ok(()));
}

#[test]
fn a_tenants_token_names_the_issuer_of_that_tenant() {
    let of = |issuer: &str, tenant: Value| {
        let mut claims = claims();
        claims.insert("iss".to_owned(), issuer.into());
        claims.insert("tid".to_owned(), tenant);
        check_for("https://login.example.com/{tenantid}/v2.0", &claims)
    };
    let right = format!("https://login.example.com/{TENANT}/v2.0");
    assert_eq!(of(&right, json!(TENANT)), Ok(()));
    for (issuer, tenant) in [
        (&*right, json!("72f988bf-86f1-41af-91ab-2d7cd011db47")),
        (&*right, Value::Null),
        ("https://login.example.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0", json!(TENANT)),
        ("https://login.example.com/{tenantid}/v2.0", json!("{tenantid}")),
        ("https://evil.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", json!(TENANT)),
    ] {
        assert_eq!(of(issuer, tenant), Err(IdTokenError::Claim("iss")), "{issuer}");
    }
}

#[test]
fn who_was_asked_to_sign_in_again_must_have_done_so_if_the_provider_says_when() {
    for (at, asked_again, expected) in [
        (Some(NOW - 5), true, Ok(())),
        (Some(NOW - 601), true, Err(IdTokenError::NotAskedAgain)),
        (Some(NOW - 601), false, Ok(())),
        (None, true, Ok(())),
    ] {
        let mut claims = claims();
        claims.extend(at.map(|at| ("auth_time".to_owned(), json!(at))));
        assert_eq!(check_with(ISSUER, &claims, asked_again), expected, "{at:?}");
    }
}
