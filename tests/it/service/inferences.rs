//! What is inferred about people who register, behind a proxy that says where they call from.

use account_tests::mikrocloud::{ANSWER, REQUEST};
use account_tests::service::token_of;
use account_tests::{Reply, Service, waltid};
use serde_json::{Value, json};

/// An address in the United States, in the embedded table as in the sample of a database of cities.
const AMERICA: &str = "8.8.8.8";
/// An address in Switzerland, a country with one time zone.
const SWITZERLAND: &str = "2001:620::1";
/// What unit tests write; for 8.8.8.0/24 it says `America/Chicago`.
const CITIES: &[u8] = include_bytes!("../../../account-http/src/outbound/geo/city_database/sample.mmdb");

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
/// The address in the documented request of the waltid dialect.
const WALTID: &str = "max.mustermann@example.org";

const PASSWORD: &str = "velvet lantern gravel orchid";

/// A service behind a proxy on this machine.
async fn behind_proxy(settings: &[(&str, &str)]) -> Service {
    Service::start_with(&[settings, &[("HTTP__TRUSTED_PROXIES", "127.0.0.1")]].concat()).await
}

/// Posts a body, as a proxy passes it on for a client at that address whose browser speaks Austrian German.
async fn post_from(service: &Service, address: &str, path: &str, media: &str, body: &str) -> Reply {
    let headers =
        [("Content-Type", media), ("X-Forwarded-For", address), ("Accept-Language", "de-AT,de;q=0.9,en;q=0.5")];
    service.request("POST", path, &headers, body).await
}

/// Registers through the native API, with those members in addition; returns the account once it is verified.
async fn account(service: &Service, address: &str, email: &str, members: Value) -> Value {
    let mut body = json!({"email": email, "password": PASSWORD});
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let reply = post_from(service, address, "/account/v1/registrations", JSON, &body.to_string()).await;
    assert_eq!(reply.status, 202, "{}", reply.body);
    let members: Vec<_> = reply.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["continuation", "expires_at", "message", "registration_id"], "nothing shows in the answer");
    verified(service, email, PASSWORD).await
}

/// Verifies the address with the password; returns the account.
async fn verified(service: &Service, email: &str, password: &str) -> Value {
    let token = token_of(&service.wait_for_mail_to(email).await).unwrap();
    let proof = json!({"token": token, "password": password}).to_string();
    let reply = service.post("/account/v1/email-verifications", &proof).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["account"].clone()
}

/// Country, language and time zone of an account, each with its source.
fn with_sources(account: &Value) -> [String; 3] {
    ["country", "language", "time_zone"].map(|member| {
        let sources = account["sources"].as_array().unwrap();
        let source = sources.iter().find(|source| source["member"] == member);
        let source = source.map_or("none", |source| source["source"].as_str().unwrap());
        format!("{} {source}", account[member].as_str().unwrap_or("-"))
    })
}

const LANGUAGE: &str = "de-AT accept_language";
const NOTHING: [&str; 3] = ["- none", "- none", "- none"];

#[tokio::test]
async fn country_language_and_time_zone_are_inferred_and_each_has_its_source() {
    let service = behind_proxy(&[]).await;
    let hint = json!({"time_zone_hint": "Asia/Calcutta"});
    let hinted = account(&service, AMERICA, "a@acme.com", hint.clone()).await;
    assert_eq!(with_sources(&hinted), ["US client_address", LANGUAGE, "Asia/Kolkata browser"]);
    let by_country = account(&service, SWITZERLAND, "b@acme.com", json!({"time_zone_hint": "Mars/Base"})).await;
    assert_eq!(with_sources(&by_country), ["CH client_address", LANGUAGE, "Europe/Zurich country"]);
    let several_zones = account(&service, AMERICA, "c@acme.com", json!({"time_zone_hint": 7})).await;
    assert_eq!(with_sources(&several_zones), ["US client_address", LANGUAGE, "- none"]);
    let given = json!({"country": "FR", "language": "fr", "time_zone": "Europe/Paris", "time_zone_hint": "UTC"});
    let given = account(&service, AMERICA, "d@acme.com", given).await;
    assert_eq!(with_sources(&given), ["FR given", "fr given", "Europe/Paris given"]);
    let at_home = account(&service, "192.168.1.7", "e@acme.com", hint).await;
    assert_eq!(with_sources(&at_home), ["- none", LANGUAGE, "Asia/Kolkata browser"], "a private address");
}

#[tokio::test]
async fn what_is_inferred_can_be_changed_and_is_shown_to_administrators_and_exported() {
    let service = behind_proxy(&[]).await;
    let created = account(&service, SWITZERLAND, "john@acme.com", json!({})).await;
    assert_eq!(with_sources(&created), ["CH client_address", LANGUAGE, "Europe/Zurich country"]);
    let credentials = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    let session = service.post("/account/v1/sessions", &credentials).await;
    let bearer = format!("Bearer {}", session.text("/token"));
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/merge-patch+json")];
    let changed = service.request("PATCH", "/account/v1/me", &headers, r#"{"country":"CH","language":null}"#).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(with_sources(&changed.json()), ["CH given", "- none", "Europe/Zurich country"]);
    let exported = service.request("GET", "/account/v1/me/export", &headers, "").await;
    assert_eq!(with_sources(&exported.json()["account"]), ["CH given", "- none", "Europe/Zurich country"]);

    assert!(service.run(&["export", "all.jsonl"]).await.status.success());
    let record: Value = serde_json::from_str(&std::fs::read_to_string(service.path("all.jsonl")).unwrap()).unwrap();
    assert_eq!((&record["time_zone_source"], &record["country_source"]), (&json!("country"), &Value::Null));
}

#[tokio::test]
async fn documented_apis_store_what_is_inferred_and_answer_as_documented() {
    let service = behind_proxy(&[]).await;
    let zurich = ["CH client_address", LANGUAGE, "Europe/Zurich country"];
    let rpost = json!({"Email": "jon@acme.com", "Password": "Secret007", "FirstName": "John", "LastName": "Smith",
                       "RegistrationApp": "App", "Language": "en-us"});
    let form = "name=Test+User&email=jim@acme.com&account=testuser&password=yourpassword&password_confirm=yourpassword";
    for (path, media, body, email, password, expected) in [
        ("/user", JSON, REQUEST, "john@acme.com", "SDf345FCe", ["ZA given", LANGUAGE, "Africa/Johannesburg country"]),
        (
            "/api/v1/Account/Register",
            JSON,
            &rpost.to_string(),
            "jon@acme.com",
            "Secret007",
            [zurich[0], "en-US given", zurich[2]],
        ),
        ("/api/v1/auth/register", FORM, form, "jim@acme.com", "yourpassword", zurich),
        (
            "/v1/account/register",
            JSON,
            waltid::REQUEST,
            WALTID,
            waltid::PASSWORD,
            ["AT given", "en given", "UTC given"],
        ),
    ] {
        let far = post_from(&service, SWITZERLAND, path, media, body).await;
        let near = post_from(&service, "10.0.0.1", path, media, &body.replace(email, "other@acme.com")).await;
        assert_eq!(far.status, near.status, "{path}: {}", far.body);
        if path == "/user" {
            assert_eq!((far.status, far.body.as_str()), (201, ANSWER));
        }
        let members = |reply: &Reply| reply.json().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(members(&far), members(&near), "{path}");
        assert_eq!(with_sources(&verified(&service, email, password).await), expected, "{path}");
    }
}

#[tokio::test]
async fn nobody_can_claim_to_be_elsewhere() {
    // No proxy is trusted.
    let service = Service::start_with(&[]).await;
    let account = account(&service, AMERICA, "john@acme.com", json!({})).await;
    assert_eq!(with_sources(&account), ["- none", LANGUAGE, "- none"]);
}

#[tokio::test]
async fn nothing_is_inferred_about_people_whom_a_back_end_registers() {
    let service = behind_proxy(&[("LIMITS__EXEMPT_NETWORKS", "8.8.8.0/24")]).await;
    let hint = json!({"time_zone_hint": "Asia/Tokyo"});
    assert_eq!(with_sources(&account(&service, AMERICA, "a@acme.com", hint).await), NOTHING);
    let other = account(&service, SWITZERLAND, "b@acme.com", json!({})).await;
    assert_eq!(with_sources(&other)[0], "CH client_address");
}

#[tokio::test]
async fn look_ups_can_be_turned_off() {
    let service = behind_proxy(&[("GEO__SOURCE", "off"), ("GEO__CITY_DATABASE", "missing.mmdb")]).await;
    let account = account(&service, SWITZERLAND, "john@acme.com", json!({})).await;
    assert_eq!(with_sources(&account), ["- none", LANGUAGE, "- none"]);
}

#[tokio::test]
async fn a_database_of_cities_says_the_time_zone_too() {
    let mut service = Service::prepare(&[("HTTP__TRUSTED_PROXIES", "127.0.0.1"), ("GEO__CITY_DATABASE", "city.mmdb")]);
    std::fs::write(service.path("city.mmdb"), CITIES).unwrap();
    service.launch().await;
    let located = account(&service, AMERICA, "john@acme.com", json!({"time_zone_hint": "Asia/Tokyo"})).await;
    assert_eq!(with_sources(&located), ["US client_address", LANGUAGE, "America/Chicago client_address"]);
    assert!(service.output().contains("GeoLite2-City"), "the log says which database it is");
}

#[tokio::test]
async fn a_damaged_database_of_cities_stops_the_start_and_the_check() {
    let service = Service::prepare(&[("GEO__CITY_DATABASE", "city.mmdb")]);
    for (bytes, reason) in [
        (None, "cannot read the file: "),
        (Some(&CITIES[..CITIES.len() / 2]), "not a database in MaxMind's format (.mmdb), or a damaged one: "),
    ] {
        if let Some(bytes) = bytes {
            std::fs::write(service.path("city.mmdb"), bytes).unwrap();
        }
        for command in [&["serve"][..], &["config", "check"]] {
            let output = service.run(command).await;
            let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success(), "{command:?}");
            assert!(complaint.contains(&format!("`geo.city_database`: city.mmdb: {reason}")), "{complaint}");
        }
    }
}
