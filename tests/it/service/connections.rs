//! Floods of connections: nobody else is kept from signing in.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use account_tests::Service;
use account_tests::hostile::{HONEST, address, connect_from, half_head, send_from};
use account_tests::people::PASSWORD;
use futures_util::future::join_all;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const FEW: [(&str, &str); 2] = [("HTTP__MAX_CONNECTIONS", "40"), ("HTTP__MAX_CONNECTIONS_PER_ADDRESS", "10")];

/// Argon2id of the standard password.
const HASH: &str = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$Drxnei0F+poTIrlMHOneGVzPNVlg2TfYaazxIVreD5Y";

const TOKEN: &str = "a-token-that-only-the-collector-of-metrics-knows";

async fn start(settings: &[(&str, &str)]) -> Service {
    with_john(Service::prepare(settings)).await
}

async fn with_john(mut service: Service) -> Service {
    service.launch().await;
    service.import(&[json!({"email": "john@acme.com", "verified": true, "password_hash": HASH})]).await;
    service
}

/// Signs in a few times, each on a connection of its own, and says what went wrong.
async fn sign_in_often(service: &Service) -> Vec<String> {
    let body = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    let mut failed = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        let headers = [("Content-Type", "application/json")];
        let reply = service.try_request("POST", "/account/v1/sessions", &headers, &body).await;
        let took = begun.elapsed();
        if !reply.as_ref().is_ok_and(|reply| reply.status == 201) || took > Duration::from_secs(5) {
            failed.push(format!("{reply:?} after {took:?}"));
        }
    }
    failed
}

/// Opens connections, each from the next of those addresses, and leaves them.
async fn fill(service: &Service, addresses: impl Iterator<Item = Ipv4Addr>, bytes: &[u8]) -> Vec<TcpStream> {
    let streams = addresses.map(|address| send_from(address, service.port(), bytes));
    join_all(streams).await.into_iter().map(|stream| stream.expect("a connection")).collect()
}

/// Whether the server still keeps that connection, on which nothing is sent.
async fn is_open(stream: &mut TcpStream) -> bool {
    timeout(Duration::from_millis(200), stream.read(&mut [0])).await.is_err()
}

/// Sends a request on a connection that is kept, and waits for its answer.
async fn keep_alive(service: &Service, address: Ipv4Addr) -> TcpStream {
    let mut stream = connect_from(address, service.port()).await.expect("a connection");
    stream.write_all(b"GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n").await.expect("it is sent");
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        assert!(stream.read_buf(&mut answer).await.expect("an answer") > 0);
    }
    stream
}

#[tokio::test]
async fn an_address_at_its_limit_closes_only_its_own_connections() {
    let service = start(&FEW).await;
    let mut others = Vec::new();
    for number in 1..=5 {
        others.push(keep_alive(&service, address(number)).await);
    }
    for bytes in [&b""[..], &half_head(200), &half_head(15_000)] {
        let mut flood = fill(&service, std::iter::repeat_n(address(0), 100), bytes).await;
        assert_eq!(sign_in_often(&service).await, Vec::<String>::new());
        let open = join_all(flood.iter_mut().map(is_open)).await.into_iter().filter(|is_open| *is_open).count();
        assert!((1..=10).contains(&open), "{open} of one address");
    }
    for other in &mut others {
        assert!(is_open(other).await, "it is another client's");
    }
}

#[tokio::test]
async fn idle_connections_of_many_addresses_give_way_to_new_clients() {
    let service = start(&FEW).await;
    for bytes in [&b""[..], &half_head(200)] {
        let mut flood = fill(&service, (0..200).map(address), bytes).await;
        assert_eq!(sign_in_often(&service).await, Vec::<String>::new());
        let open = join_all(flood.iter_mut().map(is_open)).await.into_iter().filter(|is_open| *is_open).count();
        assert!(open <= 40, "{open} are open");
    }
}

#[tokio::test]
async fn a_request_in_progress_is_always_finished() {
    // One hash at a time, each long enough for a flood, and none too long for a busy machine.
    let hashing = [("MEMORY_KIB", "65536"), ("ITERATIONS", "8"), ("WORKERS", "1"), ("DEADLINE", "1min")];
    let hashing = hashing.map(|(name, value)| (format!("HASHING__{name}"), value));
    let settings = hashing.each_ref().map(|(name, value)| (name.as_str(), *value));
    let service = start(&[&FEW[..], &settings].concat()).await;
    let registrations = join_all((0..4).map(|n| {
        let service = &service;
        async move { service.register(&format!("p{n}@acme.com")).await.status }
    }));
    let flood = async {
        for _ in 0..3 {
            drop(fill(&service, (0..200).map(address), &half_head(200)).await);
        }
    };
    let (statuses, ()) = futures_util::future::join(registrations, flood).await;
    assert_eq!(statuses, [202; 4]);
}

#[tokio::test]
async fn unfinished_bodies_block_others_only_for_seconds() {
    let service = start(&FEW).await;
    let half = b"POST /account/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{";
    let _flood = fill(&service, (0..200).map(address), half).await;
    let begun = Instant::now();
    let body = json!({"email": "john@acme.com", "password": PASSWORD}).to_string();
    while service.post("/account/v1/sessions", &body).await.status != 201 {
        assert!(begun.elapsed() < Duration::from_secs(15), "{}", service.output());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(sign_in_often(&service).await, Vec::<String>::new());
}

/// A request with a body of 60,000 bytes, and how many of them are sent.
fn large_body(path: &str, sent: usize) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
    );
    [head.into_bytes(), vec![b' '; sent]].concat()
}

#[tokio::test]
async fn a_request_without_memory_for_its_body_gets_503_in_the_format_of_its_api() {
    let service = start(&[]).await;
    // Of one network, more than the memory that it can have and its part of the line.
    let flood = fill(&service, (0..64).map(address), &large_body("/account/v1/sessions", 59_999)).await;
    let begun = Instant::now();
    let answers = ["/account/v1/registrations", "/user", "/api/v1/Account/Register", "/v1/account/register"];
    let answers =
        answers.map(|path| {
            let service = &service;
            let request = large_body(path, 60_000);
            async move {
                (path, read_all(send_from(address(200), service.port(), &request).await.expect("a connection")).await)
            }
        });
    for (path, answer) in join_all(answers).await {
        assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("\r\nretry-after: "), "{path}: {answer}");
        let is_native = path.starts_with("/account/v1");
        assert_eq!(answer.contains("application/problem+json"), is_native, "{path}: {answer}");
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    // Those of the flood that wait are answered, too, and not cut off.
    let answers = flood.into_iter().map(|stream| timeout(Duration::from_secs(8), read_all(stream)));
    let answers: Vec<_> = join_all(answers).await.into_iter().filter_map(Result::ok).collect();
    assert!(answers.iter().all(|answer| answer.starts_with("HTTP/1.1 503 ")), "{answers:?}");
    assert!((40..60).contains(&answers.len()), "{}", answers.len());
}

#[tokio::test]
async fn large_bodies_of_one_client_of_a_proxy_do_not_delay_those_of_others() {
    let service = start(&[("HTTP__TRUSTED_PROXIES", "127.66.0.0/16")]).await;
    let by_proxy = |client: &str, sent| {
        let text = String::from_utf8(large_body("/account/v1/sessions", sent)).expect("ASCII");
        text.replacen("\r\n", &format!("\r\nX-Forwarded-For: {client}\r\n"), 1).into_bytes()
    };
    let flood = fill(&service, std::iter::repeat_n(address(0), 64), &by_proxy("198.51.100.7", 59_999)).await;
    let begun = Instant::now();
    let other = send_from(address(0), service.port(), &by_proxy("203.0.113.9", 60_000)).await.expect("a connection");
    let answer = read_all(other).await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && begun.elapsed() < Duration::from_secs(3), "{answer}");
    drop(flood);
}

async fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("the connection is not reset");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn there_are_fewer_connections_than_open_files() {
    let service = with_john(Service::prepare(&[]).with_open_files(512)).await;
    assert!(service.output().contains("few_files"), "the start says so: {}", service.output());
    for bytes in [&b""[..], &half_head(200)] {
        let _flood = fill(&service, (0..600).map(address), bytes).await;
        assert_eq!(sign_in_often(&service).await, Vec::<String>::new());
    }
    assert_eq!(service.register("jane@acme.com").await.status, 202);
    service.wait_for_mail_to("jane@acme.com").await;
    assert!(!service.output().contains("open_files"), "{}", service.output());
}

#[tokio::test]
async fn a_flood_is_counted_and_logged_once() {
    let service = start(&[&FEW[..], &[("METRICS__TOKEN", TOKEN)]].concat()).await;
    let flood = fill(&service, std::iter::repeat_n(address(0), 300), &half_head(200)).await;
    let _flood = (flood, fill(&service, (0..300).map(address), b"").await);
    assert_eq!(sign_in_often(&service).await, Vec::<String>::new());
    let lines: Vec<String> =
        service.output().lines().filter(|line| line.contains("connection_limit_reached")).map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    for (line, limit) in lines.iter().zip(["max_connections_per_address", "max_connections"]) {
        assert!(line.contains(&format!("\"limit\":\"{limit}\"")) && line.contains("\"networks\":"), "{line}");
    }
    let bearer = format!("Bearer {TOKEN}");
    let metrics = service.request("GET", "/metrics", &[("Authorization", &bearer)], "").await.body;
    let value = |name: &str| -> u64 {
        let line =
            metrics.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{name}: {metrics}"));
        line.trim().parse().expect("a number")
    };
    let limited =
        |limit: &str| value(&format!("account_http_connections_limited_total{{limit=\"{limit}\",outcome=\"closed\"}}"));
    assert!(limited("max_connections_per_address") >= 290, "{metrics}");
    // The last of them may end by themselves.
    assert!(limited("max_connections") >= 250, "{metrics}");
    assert!((1..=40).contains(&value("account_http_connections ")), "{metrics}");
}

#[tokio::test]
async fn an_invalid_request_is_refused_with_a_problem() {
    let service = start(&FEW).await;
    let large = String::from_utf8(half_head(64 * 1024)).expect("ASCII") + "\r\n\r\n";
    for (request, status, code) in [
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "invalid_host"),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n", 400, "invalid_host"),
        ("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400, "invalid_host"),
        ("nonsense\r\n\r\n", 400, "malformed_head"),
        (&large, 431, "head_too_large"),
    ] {
        let mut stream = send_from(HONEST, service.port(), request.as_bytes()).await.expect("a connection");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains("\r\nx-content-type-options: nosniff\r\n"), "{answer}");
        assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{answer}");
    }
    assert_eq!(sign_in_often(&service).await, Vec::<String>::new());
}

#[tokio::test]
async fn documents_are_limited_per_address() {
    let service = start(&[]).await;
    let mut tag = String::new();
    for number in 0..80 {
        let path = ["/docs", "/docs/all", "/openapi.json", "/openapi/all.json"][number % 4];
        let reply = service.request("GET", path, &[("Accept-Encoding", "gzip")], "").await;
        if number < 60 {
            assert_eq!((reply.status, reply.header("content-encoding")), (200, "gzip"), "{number}");
            tag = reply.header("etag").to_owned();
        } else {
            assert_eq!((reply.status, reply.text("/limit").as_str()), (429, "documents"), "{number}");
            assert!(reply.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=60).contains(&seconds)));
        }
    }
    let known = [("Accept-Encoding", "gzip"), ("If-None-Match", tag.as_str())];
    assert_eq!(service.request("GET", "/openapi/all.json", &known, "").await.status, 304, "that costs nothing");
    let request = b"GET /docs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let mut other = send_from(address(1), service.port(), request).await.expect("a connection");
    let mut answer = String::new();
    other.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 "), "another client has its own");
}
