//! Many at once.

use std::collections::BTreeSet;

use account_core::ports::Store;
use account_core::ports::store::RegistrationFilter;
use account_tests::Service;
use account_tests::service::{mail_header, token_of};
use futures_util::future::join_all;
use serde_json::json;

const PASSWORD: &str = "velvet lantern gravel orchid";

#[tokio::test]
async fn two_hundred_registrations_of_one_address_create_one_account() {
    let service = Service::start().await;
    // Other cases, and full-width letters, which are the same in NFKC.
    let spellings = ["john@acme.com", "JOHN@acme.com", "John@ACME.com", "JOHN@ACME.COM", "\u{FF4A}ohn@acme.com"];
    let replies = join_all((0..200).map(|n| service.register(spellings[n % spellings.len()]))).await;
    let lengths: BTreeSet<_> = replies.iter().map(|reply| (reply.status, reply.body.len())).collect();
    assert_eq!(lengths.len(), 1, "identical answers: {lengths:?}");
    assert_eq!(replies[0].status, 202);

    let mails = service.wait_for_mails(200).await;
    let tokens: Vec<_> = mails.iter().filter_map(|mail| token_of(mail)).collect();
    assert_eq!(tokens.iter().collect::<BTreeSet<_>>().len(), 200);
    let redeemed = join_all(tokens.iter().map(|token| {
        let body = json!({"token": token, "password": PASSWORD}).to_string();
        let service = &service;
        async move { service.post("/account/v1/email-verifications", &body).await }
    }))
    .await;
    let won: Vec<_> = redeemed.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(won.len(), 1);
    for lost in redeemed.iter().filter(|reply| reply.status != 200) {
        assert_eq!((lost.status, lost.text("/code").as_str()), (410, "already_registered"), "{}", lost.body);
    }
}

#[tokio::test]
async fn of_a_hundred_parallel_redeems_one_succeeds() {
    let service = Service::start().await;
    service.register("john@acme.com").await;
    let token = token_of(&service.wait_for_mails(1).await[0]).unwrap();
    let body = json!({"token": token, "password": PASSWORD}).to_string();
    let replies = join_all((0..100).map(|_| service.post("/account/v1/email-verifications", &body))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 200).count(), 1);
    for lost in replies.iter().filter(|reply| reply.status != 200) {
        assert_eq!((lost.status, lost.text("/code").as_str()), (410, "used"), "{}", lost.body);
    }
}

#[tokio::test]
async fn of_parallel_requests_with_one_idempotency_key_one_registers() {
    let service = Service::start().await;
    let body = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    let headers = [("Content-Type", "application/json"), ("Idempotency-Key", "0123456789abcdef")];
    let replies =
        join_all((0..50).map(|_| service.request("POST", "/account/v1/registrations", &headers, &body))).await;
    let taken: BTreeSet<_> =
        replies.iter().filter(|reply| reply.status == 202).map(|reply| reply.body.clone()).collect();
    assert_eq!(taken.len(), 1, "one answer");
    for other in replies.iter().filter(|reply| reply.status != 202) {
        assert_eq!((other.status, other.text("/code").as_str()), (409, "idempotency_in_progress"), "{}", other.body);
    }
    let again = service.request("POST", "/account/v1/registrations", &headers, &body).await;
    assert_eq!((again.status, taken.contains(&again.body)), (202, true));
    assert_eq!(service.wait_for_mails(1).await.len(), 1);
}

#[tokio::test]
async fn a_request_with_a_key_is_finished_even_if_its_client_disconnects() {
    use tokio::io::AsyncWriteExt;

    // Hashes long enough to leave in the middle of one, also on a busy machine.
    let service = Service::start_with(&[("HASHING__MEMORY_KIB", "262144"), ("HASHING__ITERATIONS", "4")]).await;
    let body = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", service.port())).await.unwrap();
    let request = format!(
        "POST /account/v1/registrations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Idempotency-Key: 0123456789abcdef\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    drop(stream);
    assert_eq!(service.wait_for_mails(1).await.len(), 1);
    let headers = [("Content-Type", "application/json"), ("Idempotency-Key", "0123456789abcdef")];
    let again = service.request("POST", "/account/v1/registrations", &headers, &body).await;
    assert_eq!(again.status, 202, "{}", again.body);
    assert_eq!(service.mails().len(), 1, "it was the first one's answer");
}

/// The value of a hidden input of a page.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    page.split_once(&start).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value).expect("the input")
}

#[tokio::test]
async fn a_form_that_is_sent_many_times_at_once_is_one_registration_and_one_mail() {
    let service = Service::start().await;
    let page = service.request("GET", "/authenticate/register", &[], "").await;
    let cookie = page.header("set-cookie").split(';').next().unwrap_or_default();
    let fields = [
        ("csrf", hidden(&page.body, "csrf")),
        ("once", hidden(&page.body, "once")),
        ("email", "john@acme.com"),
        ("password", PASSWORD),
        ("name", ""),
    ];
    let body = fields.map(|(name, value)| format!("{name}={}", value.replace('@', "%40").replace(' ', "+"))).join("&");
    let form = "application/x-www-form-urlencoded";
    let headers = [("Content-Type", form), ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin")];
    let replies = join_all((0..10).map(|_| service.request("POST", "/authenticate/register", &headers, &body))).await;
    let answers: BTreeSet<_> = replies.iter().map(|reply| (reply.status, reply.header("location"))).collect();
    let [(303, location)] = answers.iter().copied().collect::<Vec<_>>()[..] else { panic!("{answers:?}") };
    assert!(location.starts_with("/authenticate/register/waiting?registration="), "{location}");
    let store = service.open_store().await;
    let registrations = store
        .begin_read_only()
        .await
        .unwrap()
        .list_registrations(&RegistrationFilter::default(), None, 10)
        .await
        .unwrap();
    store.close().await.unwrap();
    assert_eq!(registrations.len(), 1, "{registrations:?}");
    // Whatever was to be emailed to the first person is due before this.
    service.register("jane@acme.com").await;
    service.wait_for_mail_to("jane@acme.com").await;
    let mails = service.wait_for_mails(2).await;
    let to: BTreeSet<_> = mails.iter().filter_map(|mail| mail_header(mail, "To")).collect();
    assert_eq!((to.len(), mails.len()), (2, 2), "{mails:?}");
}

#[tokio::test]
async fn of_two_tabs_that_renew_at_once_one_does_and_the_session_goes_on() {
    let service = Service::start_with(&[("LIMITS__RENEWALS", "off")]).await;
    let create = ["admin", "create", "--email", "john@acme.com", "--role", "user", "--password-stdin"];
    let created = service.run_with_input(&create, PASSWORD).await;
    assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
    let renew = |token: String| {
        let (service, body) = (&service, json!({"refresh_token": token}).to_string());
        async move { service.post("/api/v1/auth/token", &body).await }
    };
    let login = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    let login = service.post("/api/v1/auth/login", &login).await;
    assert_eq!(login.status, 200, "{}", login.body);
    let mut token = login.text("/refresh_token");
    let mut used = Vec::new();
    for round in 0..25 {
        let replies = join_all((0..2).map(|_| renew(token.clone()))).await;
        let (renewed, refused): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 200);
        let ([renewed], [refused]) = (&renewed[..], &refused[..]) else {
            panic!("round {round}: {renewed:?} {refused:?}")
        };
        assert_eq!((refused.status, refused.body.contains("COULD_NOT_VALIDATE_CREDENTIALS")), (403, true));
        let bearer = format!("Bearer {}", renewed.text("/access_token"));
        let who = service.request("GET", "/api/v1/user/whoami", &[("Authorization", &bearer)], "").await;
        assert_eq!(who.status, 200, "round {round}: {}", who.body);
        used.push(std::mem::replace(&mut token, renewed.text("/refresh_token")));
    }
    // The token before the newest is only refused, and an older one ends the session, even while the newest is in use.
    assert_eq!(renew(used.pop().unwrap()).await.status, 403);
    let (older, newest) = tokio::join!(renew(used.pop().unwrap()), renew(token.clone()));
    assert_eq!(older.status, 403);
    let newest = if newest.status == 200 { newest.text("/refresh_token") } else { token };
    assert_eq!(renew(newest).await.status, 403);
}
