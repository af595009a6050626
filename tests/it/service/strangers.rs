//! What strangers may ask for, and how often.

use account_tests::{Reply, Service};
use serde_json::json;

async fn register_with(service: &Service, n: usize, headers: &[(&str, &str)]) -> Reply {
    let body = json!({"email": format!("p{n}@acme.com"), "password": "velvet lantern gravel orchid"}).to_string();
    let headers = [&[("Content-Type", "application/json")], headers].concat();
    service.request("POST", "/account/v1/registrations", &headers, &body).await
}

#[tokio::test]
async fn registrations_are_limited_per_client_network_and_forged_headers_change_nothing() {
    let service = Service::start_with(&[("LIMITS__REGISTRATIONS", "3/h")]).await;
    for n in 0..3 {
        assert_eq!(register_with(&service, n, &[]).await.status, 202);
    }
    let long = "192.0.2.1,".repeat(700);
    for (n, forged) in ["192.0.2.1", "192.0.2.1, 192.0.2.2", "unknown", "::1", long.as_str()].into_iter().enumerate() {
        let reply = register_with(&service, 10 + n, &[("X-Forwarded-For", forged)]).await;
        assert_eq!((reply.status, reply.text("/limit").as_str()), (429, "registrations"), "{forged:.40}");
        assert!(reply.header("retry-after").parse::<u64>().unwrap() > 3_000);
        assert_eq!(reply.header("ratelimit-policy"), "\"registrations\";q=3;w=3600");
    }
}

#[tokio::test]
async fn mailed_links_are_limited_per_client_network() {
    let settings = [("LIMITS__SHORT_LINKS", "2/min"), ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8")];
    let service = Service::start_with(&settings).await;
    let follow = async |method: &str, path: &str, network: &str| {
        service.request(method, path, &[("X-Forwarded-For", network)], "").await
    };
    assert_eq!(follow("GET", "/l/abc", "192.0.2.1").await.status, 303);
    assert_eq!(follow("HEAD", "/l/reset/abc", "192.0.2.1").await.status, 303);
    let reply = follow("GET", "/l/abc", "192.0.2.1").await;
    assert_eq!(reply.status, 429);
    assert!((1..=60).contains(&reply.header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(reply.header("ratelimit-policy"), "\"short_links\";q=2;w=60");
    assert_eq!(follow("GET", "/l/abc", "198.51.100.7").await.status, 303);
}

#[tokio::test]
async fn a_trusted_proxy_speaks_for_its_clients_and_one_network_counts_as_one() {
    let settings = [("LIMITS__REGISTRATIONS", "2/h"), ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8")];
    let service = Service::start_with(&settings).await;
    let spellings = ["2001:db8::1", "2001:DB8:0:0::2", "2001:0db8:0000:0000:ffff::3", "2001:db8:0:0:1:2:3:4"];
    let mut statuses = Vec::new();
    for (n, address) in spellings.into_iter().enumerate() {
        statuses.push(register_with(&service, n, &[("X-Forwarded-For", address)]).await.status);
    }
    assert_eq!(statuses, [202, 202, 429, 429]);
    assert_eq!(register_with(&service, 10, &[("X-Forwarded-For", "2001:db8:1::1")]).await.status, 202);
    assert_eq!(register_with(&service, 11, &[("X-Forwarded-For", "192.0.2.1")]).await.status, 202);
}

#[tokio::test]
async fn exempt_networks_may_register_many_people() {
    let settings = [("LIMITS__REGISTRATIONS", "1/h"), ("LIMITS__EXEMPT_NETWORKS", "127.0.0.1/32")];
    let service = Service::start_with(&settings).await;
    for n in 0..5 {
        assert_eq!(register_with(&service, n, &[]).await.status, 202);
    }
}

#[tokio::test]
async fn no_input_causes_a_server_error() {
    let service = Service::start().await;
    let deep = "[".repeat(60_000);
    let many = format!("{{{}}}", (0..6_000).map(|n| format!("\"k{n}\":1")).collect::<Vec<_>>().join(","));
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "{\"email\":\"\\ud800\"}",
        "{\"email\":1e999}",
        "\u{FEFF}{}",
        deep.as_str(),
        many.as_str(),
        r#"{"email":["a@x.org","b@y.org"],"password":{}}"#,
        r#"{"email":"a@x.org,b@y.org","password":"x"}"#,
        r#"{"token":"\u0000","registration_id":"x","code":5}"#,
        r#"{"registration_id":"0","continuation":"x"}"#,
    ];
    for path in
        ["/account/v1/registrations", "/account/v1/verification-mails", "/account/v1/email-verifications", "/user"]
    {
        for body in bodies {
            for content_type in ["application/json", "text/plain", "application/json; charset=\u{e9}", ""] {
                let reply = service.request("POST", path, &[("Content-Type", content_type)], body).await;
                assert!((400..500).contains(&reply.status), "{path} {content_type} {body:.40}: {}", reply.status);
            }
        }
        for method in ["PUT", "BREW", "OPTIONS", "DELETE"] {
            assert_eq!(service.request(method, path, &[], "").await.status, 405, "{method} {path}");
        }
    }
    for path in
        ["/l/%00", "/l/..%2f..", "/%ff", "/account/v1/registrations/%ff", "/authenticate/verify?token=%00&token=x"]
    {
        let reply = service.request("GET", path, &[], "").await;
        assert!(reply.status < 500, "{path}: {}", reply.status);
    }
}
