//! Who may read the metrics of a running service, and where.

use std::net::TcpListener;

use account_tests::Service;

const TOKEN: &str = "a-token-that-only-the-collector-of-metrics-knows";

#[tokio::test]
async fn metrics_are_read_by_their_token_and_by_nobody_else() {
    let service = Service::start_with(&[("METRICS__TOKEN", TOKEN)]).await;
    assert_eq!(service.register("ada@acme.com").await.status, 202);
    let bearer = format!("Bearer {TOKEN}");
    let reply = service.request("GET", "/metrics", &[("Authorization", &bearer)], "").await;
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("registrations"), "{}", reply.body);
    for headers in [&[][..], &[("Authorization", "Bearer another-token-of-the-same-length-or-nearly-so-here")]] {
        let reply = service.request("GET", "/metrics", headers, "").await;
        assert_eq!(reply.status, 401, "{}", reply.body);
    }
}

#[tokio::test]
async fn metrics_have_a_listener_of_their_own_and_then_no_other() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let service = Service::start_with(&[("METRICS__BIND", &format!("127.0.0.1:{port}"))]).await;
    let answer = reqwest::get(format!("http://127.0.0.1:{port}/metrics")).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("registrations"));
    assert_eq!(service.request("GET", "/metrics", &[], "").await.status, 404);
    let elsewhere = reqwest::get(format!("http://127.0.0.1:{port}/account/v1/registrations")).await.unwrap();
    assert_eq!(elsewhere.status(), 404, "nothing else is served there");
}
