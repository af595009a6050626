//! Challenges of the real service, solved by a library that is not ours.

use account_tests::verifiers::solve_challenge;
use account_tests::{Reply, Service};
use serde_json::{Value, json};

const SETTINGS: [(&str, &str); 2] = [("REGISTRATION__CHALLENGE", "always"), ("REGISTRATION__CHALLENGE_WORK", "20000")];

async fn register(service: &Service, email: &str, response: Option<&str>) -> Reply {
    let body = json!({"email": email, "password": "velvet lantern gravel orchid", "challenge_response": response});
    let headers = [("Content-Type", "application/json")];
    service.request("POST", "/account/v1/registrations", &headers, &body.to_string()).await
}

#[tokio::test]
async fn an_independent_library_solves_the_challenge_which_survives_a_restart_and_counts_once() {
    let mut service = Service::start_with(&SETTINGS).await;
    let asked = register(&service, "john@acme.com", None).await;
    assert_eq!(asked.status, 403, "{}", asked.body);
    let problem: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(problem["code"], "challenge_required");
    let response = solve_challenge(&problem["challenge"]);
    service.stop().await;
    service.launch().await;
    let accepted = register(&service, "john@acme.com", Some(&response)).await;
    assert_eq!(accepted.status, 202, "{}", accepted.body);
    let again = register(&service, "john@acme.com", Some(&response)).await;
    assert_eq!(again.status, 403, "{}", again.body);
    let problem: Value = serde_json::from_str(&again.body).unwrap();
    assert_eq!(problem["challenge_failure"], "used");
}
