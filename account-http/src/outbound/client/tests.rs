//! The client against servers of all kinds.

use super::*;
use crate::outbound::Reach;
use crate::outbound::peer::{Peer, Script};

async fn post_to(
    url: &str,
    reach: Reach,
    certificate: Option<&CertificateDer<'static>>,
) -> Result<Answer, ExchangeError> {
    let client = OutboundClient::trusting(certificate.into_iter().cloned().collect()).unwrap();
    client.post(&Target::parse(url, reach).unwrap(), HeaderMap::new(), "{}".to_owned()).await
}

async fn post(peer: &Peer) -> Result<Answer, ExchangeError> {
    post_to(&format!("http://127.0.0.1:{}/hook?a=b", peer.port), Reach::Private, None).await
}

#[tokio::test]
async fn a_request_names_host_path_length_and_product() {
    let peer = Peer::answering(204).await;
    let answer = post(&peer).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.len(), answer.is_whole), (204, 0, true));
    let requests = peer.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "{}");
    let lines: Vec<_> = head.lines().collect();
    assert_eq!(lines[0], "POST /hook?a=b HTTP/1.1");
    for line in [
        format!("host: 127.0.0.1:{}", peer.port),
        "content-length: 2".to_owned(),
        format!("user-agent: account-http/{}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(lines.contains(&&*line), "{line}: {head}");
    }
}

#[tokio::test]
async fn a_name_that_resolves_to_this_machine_is_refused_without_a_connection() {
    let peer = Peer::encrypted(Script::Answer("HTTP/1.1 204 So\r\n\r\n".to_owned())).await;
    let url = format!("https://localhost:{}/", peer.port);
    let refused = post_to(&url, Reach::Public, peer.certificate.as_ref()).await.unwrap_err();
    assert!(matches!(refused, ExchangeError::Refused(TargetError::Private)), "{refused:?}");
    assert!(peer.requests().is_empty());
    let allowed = post_to(&url, Reach::Private, peer.certificate.as_ref()).await.unwrap();
    assert_eq!((allowed.status.as_u16(), peer.requests().len()), (204, 1));
}

#[tokio::test]
async fn a_certificate_has_to_be_trusted_and_to_name_the_host() {
    let peer = Peer::encrypted(Script::Answer("HTTP/1.1 204 So\r\n\r\n".to_owned())).await;
    for (host, certificate, expected) in
        [("localhost", None, Distrust::UnknownIssuer), ("127.0.0.1", peer.certificate.as_ref(), Distrust::WrongName)]
    {
        let error = post_to(&format!("https://{host}:{}/", peer.port), Reach::Private, certificate).await.unwrap_err();
        assert!(matches!(error, ExchangeError::Untrusted(distrust) if distrust == expected), "{error:?}");
    }
    assert!(peer.requests().is_empty());
}

#[tokio::test]
async fn a_server_without_tls_is_not_trusted() {
    let peer = Peer::following(Script::Answer("HTTP/1.1 204 So\r\n\r\n".to_owned())).await;
    let error = post_to(&format!("https://127.0.0.1:{}/", peer.port), Reach::Private, None).await.unwrap_err();
    assert!(matches!(error, ExchangeError::Untrusted(Distrust::NoTls)), "{error:?}");
}

#[test]
fn addresses_take_turns_by_family() {
    let parse = |text: &[&str]| text.iter().map(|address| address.parse().unwrap()).collect::<Vec<SocketAddr>>();
    for (given, expected) in [
        (
            &["[fd00::1]:1", "[fd00::2]:1", "[fd00::3]:1", "10.0.0.1:1", "10.0.0.2:1"][..],
            &["[fd00::1]:1", "10.0.0.1:1", "[fd00::2]:1", "10.0.0.2:1", "[fd00::3]:1"][..],
        ),
        (&["10.0.0.1:1", "10.0.0.2:1", "[fd00::1]:1"], &["10.0.0.1:1", "[fd00::1]:1", "10.0.0.2:1"]),
        (&["10.0.0.1:1"], &["10.0.0.1:1"]),
        (&[], &[]),
    ] {
        assert_eq!(interleaved(parse(given)), parse(expected));
    }
}

#[tokio::test(start_paused = true)]
async fn an_address_has_its_share_of_the_time_and_no_more_than_is_useful() {
    let deadline = Instant::now() + EXCHANGE_DEADLINE;
    assert_eq!(patience(deadline, 1), CONNECT_DEADLINE);
    assert_eq!(patience(deadline, 10), EXCHANGE_DEADLINE / 10);
    assert_eq!(patience(Instant::now(), 2), Duration::ZERO);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Peer::answering(204).await;
    let location = format!("location: http://127.0.0.1:{}/", other.port);
    let peer = Peer::following(Script::Answer(format!("HTTP/1.1 307 So\r\n{location}\r\n\r\n"))).await;
    assert_eq!(post(&peer).await.unwrap().status.as_u16(), 307);
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn only_the_start_of_an_answer_is_read() {
    let body = "a".repeat(1_000_000);
    let peer = Peer::following(Script::Answer(format!("HTTP/1.1 500 So\r\n\r\n{body}"))).await;
    let answer = post(&peer).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.len(), answer.is_whole), (500, MAX_ANSWER, false));
    assert!(!format!("{answer:?}").contains("aa"));
    let head = format!("x: {}", "a".repeat(64 * 1_024));
    let peer = Peer::following(Script::Answer(format!("HTTP/1.1 200 So\r\n{head}\r\n\r\n"))).await;
    assert!(matches!(post(&peer).await, Err(ExchangeError::Broken(_))));
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_times_out_and_a_slow_one_does_not() {
    let begin = Instant::now();
    let silent = Peer::following(Script::AnswerAndHang(String::new())).await;
    assert!(matches!(post(&silent).await, Err(ExchangeError::Overdue)));
    assert_eq!(begin.elapsed().as_secs(), EXCHANGE_DEADLINE.as_secs());
    let dawdling = Peer::following(Script::AnswerAndHang("HTTP/1.1 200 So\r\n\r\nthanks".to_owned())).await;
    let answer = post(&dawdling).await.unwrap();
    assert_eq!((answer.status.as_u16(), &*answer.body, answer.is_whole), (200, &b"thanks"[..], false));
}

#[tokio::test]
async fn invalid_http_and_refused_connections_are_distinct_errors() {
    let peer = Peer::following(Script::Answer("220 mail.example.org ESMTP\r\n".to_owned())).await;
    assert!(matches!(post(&peer).await, Err(ExchangeError::Broken(_))));
    // A port that was free a moment ago.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(post_to(&url, Reach::Private, None).await, Err(ExchangeError::Unreachable(_))));
}

#[test]
fn an_exchange_ends_before_the_delivery_deadline() {
    assert!(EXCHANGE_DEADLINE + CONNECT_DEADLINE < account_core::outbox::delivery::SEND_DEADLINE);
}
