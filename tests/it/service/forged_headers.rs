//! Headers with which a client claims to be another one: through a real nginx with the documented configuration, and to the
//! service itself.

use std::net::Ipv4Addr;

use account_tests::Service;
use account_tests::hostile::{address, send_from};
use account_tests::nginx::Nginx;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Headers with which clients claim an address, and the names that only look like them. `CLAIMED` stands for the address.
const FORGED: [&str; 14] = [
    "X-Forwarded-For: CLAIMED",
    "X-Forwarded-For: CLAIMED\r\nX-Forwarded-For: CLAIMED",
    "x-forwarded-for: CLAIMED, 127.0.0.1\r\nX-FORWARDED-FOR: CLAIMED",
    "X_Forwarded_For: CLAIMED",
    "X-Forwarded_For: CLAIMED",
    "X_Forwarded-For: CLAIMED\r\nX-Forwarded-For: CLAIMED",
    "X.Forwarded.For: CLAIMED",
    "XForwardedFor: CLAIMED",
    "Forwarded: for=CLAIMED",
    "Forwarded: for=\"CLAIMED:80\";proto=https, for=CLAIMED",
    "X-Real-IP: CLAIMED",
    "True-Client-IP: CLAIMED\r\nCF-Connecting-IP: CLAIMED",
    "X-Client-IP: CLAIMED\r\nClient-IP: CLAIMED",
    "X-Original-Forwarded-For: CLAIMED",
];

/// How many requests one client network may send.
const ALLOWED: usize = 5;

async fn service() -> Service {
    let limit = format!("{ALLOWED}/h");
    // Only nginx: what else connects from this machine is a client.
    Service::start_with(&[("LIMITS__SHORT_LINKS", &limit), ("HTTP__TRUSTED_PROXIES", "127.0.0.1")]).await
}

/// Follows a link from an address of this machine, with those headers, and returns the status.
async fn follow_link(from: Ipv4Addr, port: u16, headers: &str) -> u16 {
    let request = format!("GET /l/{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n\r\n", "A".repeat(43));
    let mut stream = send_from(from, port, request.as_bytes()).await.expect("a connection");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
}

/// What a client can say does not make it another: neither for limits nor in the log.
async fn nobody_is_somebody_else(service: &Service, port: u16) {
    let (client, other) = (address(0x0101), address(0x0201));
    let mut statuses = Vec::new();
    for (number, header) in FORGED.iter().enumerate() {
        let claimed = format!("203.0.{number}.9");
        statuses.push(follow_link(client, port, &header.replace("CLAIMED", &claimed)).await);
    }
    assert_eq!(statuses.iter().filter(|status| **status != 429).count(), ALLOWED, "{statuses:?}");
    assert!(statuses[ALLOWED..].iter().all(|status| *status == 429), "{statuses:?}");
    // Nor can another client use up the allowance of somebody whose address it claims, or get lost in it.
    for header in FORGED.iter().take(ALLOWED) {
        assert_ne!(follow_link(other, port, &header.replace("CLAIMED", &client.to_string())).await, 429, "{header}");
    }
    let output = service.output();
    assert!(!output.contains("203.0."), "{output}");
    let lines = |client: Ipv4Addr| output.matches(&format!("\"client\":\"{client}\"")).count();
    assert_eq!((lines(client), lines(other)), (FORGED.len(), ALLOWED));
}

#[tokio::test]
async fn behind_nginx_no_header_of_a_client_makes_it_another() {
    let service = service().await;
    let nginx = Nginx::start(service.port()).await;
    nobody_is_somebody_else(&service, nginx.port()).await;
}

#[tokio::test]
async fn without_a_proxy_no_header_of_a_client_makes_it_another() {
    let service = service().await;
    nobody_is_somebody_else(&service, service.port()).await;
}

#[tokio::test]
async fn a_header_that_only_looks_like_the_proxys_is_ignored_even_if_the_proxy_passes_it_on() {
    let service = service().await;
    let proxy = Ipv4Addr::LOCALHOST;
    for header in FORGED.iter().filter(|header| !header.to_lowercase().contains("x-forwarded-for")) {
        follow_link(proxy, service.port(), &header.replace("CLAIMED", "203.0.113.9")).await;
        let both = format!("{header}\r\nX-Forwarded-For: 198.51.100.7");
        follow_link(proxy, service.port(), &both.replace("CLAIMED", "203.0.113.9")).await;
    }
    let output = service.output();
    assert!(!output.contains("203.0.113.9"), "{output}");
    assert!(output.contains("\"client\":\"127.0.0.1\"") && output.contains("\"client\":\"198.51.100.7\""), "{output}");
}

#[tokio::test]
async fn nginx_passes_on_one_forwarded_header_of_its_own_and_nothing_that_looks_like_it() {
    let upstream = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nginx = Nginx::start(upstream.local_addr().unwrap().port()).await;
    for header in FORGED {
        let headers = format!("{header}\r\ntraceparent: 00-CLAIMED\r\nX_Account_Id: CLAIMED");
        let headers = headers.replace("CLAIMED", "203.0.113.9");
        let passed_on = async {
            let (mut stream, _) = upstream.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                assert!(stream.read_buf(&mut head).await.unwrap() > 0);
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await.unwrap();
            String::from_utf8(head).unwrap().to_lowercase()
        };
        let (status, head) = tokio::join!(follow_link(address(0x0101), nginx.port(), &headers), passed_on);
        assert_eq!(status, 204);
        let alike: Vec<_> =
            head.lines().filter(|line| line.replace(['-', '_', '.'], "").contains("forwarded")).collect();
        assert!(alike.contains(&"x-forwarded-for: 127.66.1.1"), "{head}");
        // Names that have a meaning of their own may pass: the service does not read them.
        let other = alike.iter().filter(|line| !line.starts_with("x-original-") && !line.starts_with("xforwardedfor"));
        assert_eq!(other.count(), 1, "{head}");
        assert!(!head.contains("traceparent") && !head.contains("account_id"), "{head}");
    }
}
