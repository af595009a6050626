//! Who may read the metrics of a running service, and where; and what they and the log say of attacks.

use std::net::TcpListener;

use account_tests::Service;
use account_tests::hostile::{HONEST, send_from};
use tokio::io::AsyncReadExt;

const TOKEN: &str = "a-token-that-only-the-collector-of-metrics-knows";

#[tokio::test]
async fn metrics_require_their_token() {
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
async fn metrics_on_a_separate_listener_are_served_only_there() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let service = Service::start_with(&[("METRICS__BIND", &format!("127.0.0.1:{port}"))]).await;
    let answer = reqwest::get(format!("http://127.0.0.1:{port}/metrics")).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("registrations"));
    assert_eq!(service.request("GET", "/metrics", &[], "").await.status, 404);
    let elsewhere = reqwest::get(format!("http://127.0.0.1:{port}/account/v1/registrations")).await.unwrap();
    assert_eq!(elsewhere.status(), 404, "nothing else is served there");
}

#[tokio::test]
async fn refusals_are_counted_and_an_attack_is_told_once() {
    let settings =
        [("METRICS__TOKEN", TOKEN), ("LIMITS__SHORT_LINKS", "5/min"), ("HTTP__TRUSTED_PROXIES", "127.0.0.1")];
    let service = Service::start_with(&settings).await;
    let mut refused = 0;
    for number in 0..150 {
        let client = ["192.0.2.7", "198.51.100.7", "2001:db8:1:2::7"][number % 3];
        let link = format!("/l/{}", "A".repeat(43));
        let reply = service.request("GET", &link, &[("X-Forwarded-For", client)], "").await;
        refused += usize::from(reply.status == 429);
    }
    // One that is refused for another reason, and before anything looks at it.
    let request = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
    let mut stream = send_from(HONEST, service.port(), request).await.expect("a connection");
    stream.read_to_string(&mut String::new()).await.expect("an answer");

    let bearer = format!("Bearer {TOKEN}");
    let metrics = service.request("GET", "/metrics", &[("Authorization", &bearer)], "").await.body;
    for line in [
        format!("account_limits_refused_total{{limit=\"short_links\"}} {refused}"),
        "account_attack{limit=\"short_links\"} 1".to_owned(),
        "account_http_heads_refused_total{reason=\"invalid_host\"} 1".to_owned(),
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }
    // A minute may have ended on the way.
    assert!((120..=135).contains(&refused), "{refused}");
    let output = service.output();
    let told: Vec<_> = output.lines().filter(|line| line.contains("attack_")).collect();
    let [line] = told[..] else { panic!("{told:?}") };
    for part in ["\"event\":\"attack_began\"", "\"limit\":\"short_links\"", "\"refused\":101", "\"networks\":3"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(line.contains("WARN") && !["192.0.2", "198.51", "2001:"].iter().any(|part| line.contains(part)), "{line}");
}
