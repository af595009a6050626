//! What one request has looked at is changed by no other until it is done, whatever the database.

use std::collections::BTreeSet;

use account_core::ports::store::RegistrationFilter;
use account_tests::{Reply, Service};

use futures_util::future::{join, join_all};
use serde_json::json;

const OLD: &str = "velvet lantern gravel orchid";

#[tokio::test]
async fn of_many_immediate_registrations_one_gets_the_account() {
    let service = Service::start_with(&[("DIALECTS__MIKROCLOUD__ACTIVATION", "immediate")]).await;
    let body = json!({
        "name": "John Appleseed", "email": "john@acme.com", "country": "ZA",
        "password": "SDf345FCe", "password_confirmation": "SDf345FCe",
    })
    .to_string();
    let replies = join_all((0..60).map(|_| service.post("/user", &body))).await;
    let refused: BTreeSet<_> = replies.iter().filter(|reply| reply.status != 201).map(|reply| &reply.body).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let store = service.open_store().await;
    let mut unit = account_core::ports::Store::begin_read_only(&store).await.unwrap();
    assert_eq!(unit.scan_accounts(None, 100).await.unwrap().len(), 1);
    assert_eq!(unit.list_registrations(&RegistrationFilter::default(), None, 100).await.unwrap().len(), 60);
}

/// Signs in as often as somebody who knows the password of before might, and returns the answers.
async fn sign_in_often(service: &Service) -> Vec<Reply> {
    let body = json!({"email": "john@acme.com", "password": OLD}).to_string();
    join_all((0..12).map(|_| service.post("/account/v1/sessions", &body))).await
}

#[tokio::test]
async fn no_session_of_the_old_password_survives_a_reset() {
    for _ in 0..3 {
        let mut service = Service::prepare(&[]);
        service.launch().await;
        service.register("john@acme.com").await;
        let token = account_tests::service::token_of(&service.wait_for_mails(1).await[0]).unwrap();
        let body = json!({"token": token, "password": OLD}).to_string();
        assert_eq!(service.post("/account/v1/email-verifications", &body).await.status, 200);
        assert_eq!(service.post("/account/v1/password-resets", r#"{"email":"john@acme.com"}"#).await.status, 202);
        let mails = service.wait_for_mails(2).await;
        let token = mails.iter().find_map(|mail| Some(mail.split_once("/l/reset/")?.1.get(..43)?.to_owned())).unwrap();
        let body = json!({"token": token, "new_password": "a gravel of another lantern"}).to_string();

        let (reset, sign_ins) =
            join(service.post("/account/v1/password-resets/redeem", &body), sign_in_often(&service)).await;
        assert_eq!(reset.status, 200, "{}", reset.body);
        for sign_in in sign_ins {
            assert!([201, 401].contains(&sign_in.status), "{}", sign_in.body);
            let bearer = format!("Bearer {}", sign_in.text("/token"));
            let me = service.request("GET", "/account/v1/me", &[("Authorization", &bearer)], "").await;
            assert_eq!(me.status, 401, "its session has ended with the password");
        }
        let bearer = format!("Bearer {}", reset.text("/token"));
        let me = service.request("GET", "/account/v1/me", &[("Authorization", &bearer)], "").await;
        assert_eq!(me.status, 200, "{}", reset.body);
    }
}
