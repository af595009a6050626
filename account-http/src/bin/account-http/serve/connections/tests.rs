//! Slow clients, and stopping.

use poem::{Body, IntoResponse, Response, endpoint};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::*;
use crate::serve::admission::Ceilings;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_mins(1);

struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

async fn serve<E: Endpoint + 'static>(endpoint: E, patience: Patience, deadline: Duration) -> Served {
    serve_by(endpoint, rules(patience, 1_024), deadline).await
}

/// A listener with few places.
async fn serve_few<E: Endpoint + 'static>(endpoint: E, total: usize) -> Served {
    serve_by(endpoint, rules(Patience { head: LONG, body: LONG, write: LONG }, total), LONG).await
}

async fn serve_by<E: Endpoint + 'static>(endpoint: E, rules: Rules, deadline: Duration) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(Connections::new(endpoint, rules).serve(listener, stop.clone(), deadline));
    Served { address, stop, task }
}

fn rules(patience: Patience, total: usize) -> Rules {
    let ceilings = Ceilings { total, per_network: total, uncounted: Vec::new() };
    Rules {
        patience,
        admissions: Admissions::new(ceilings, Arc::default()),
        refusals: Refusals::new("http://127.0.0.1".parse().unwrap()),
    }
}

impl Served {
    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }
}

async fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is closed early may end with a reset.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Answers with the length of the body.
fn measure() -> impl Endpoint {
    endpoint::make(|mut request: Request| async move {
        let body = request.take_body().into_bytes().await;
        Ok::<_, poem::Error>(body.map_or_else(|error| error.to_string(), |body| body.len().to_string()))
    })
}

#[tokio::test]
async fn a_request_is_answered() {
    let served = serve(measure(), Patience::default(), LONG).await;
    let request = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";
    let answer = read_all(served.send(request).await).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n3"), "{answer}");
}

#[tokio::test]
async fn an_unfinished_head_closes_the_connection() {
    let served = serve(measure(), Patience { head: SHORT, body: LONG, write: LONG }, LONG).await;
    let answer = read_all(served.send("GET / HTTP/1.1\r\nHost: a\r\n").await).await;
    assert!(!answer.contains("200"), "{answer}");
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let served = serve(measure(), Patience { head: SHORT, body: LONG, write: LONG }, LONG).await;
    let answer = read_all(served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[tokio::test]
async fn an_unfinished_body_closes_the_connection() {
    let served = serve(measure(), Patience { head: LONG, body: SHORT, write: LONG }, LONG).await;
    let stream = served.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab").await;
    let answer = read_all(stream).await;
    assert!(!answer.ends_with("\r\n\r\n3"), "{answer}");
}

#[tokio::test]
async fn a_client_that_sends_its_whole_body_first_gets_an_answer_that_came_before() {
    let refuse = endpoint::make(|_| async { Ok::<_, poem::Error>("refused") });
    let served = serve(refuse, Patience { head: LONG, body: LONG, write: LONG }, LONG).await;
    // More than the buffers of both sides take.
    let length = 8_000_000;
    let request = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n{}", "x".repeat(length));
    let answer = read_all(served.send(&request).await).await;
    assert!(answer.ends_with("\r\n\r\nrefused"), "{answer}");
}

#[tokio::test]
async fn an_unread_answer_closes_the_connection() {
    let dropped = Arc::new(Notify::new());
    let told = Arc::clone(&dropped);
    let endless = endpoint::make(move |_| {
        let guard = TellOnDrop(Arc::clone(&told));
        let pieces = stream::repeat_with(move || {
            let _ = &guard;
            Ok::<_, io::Error>(vec![0_u8; 64 * 1024])
        });
        async move { Ok::<_, poem::Error>(Response::builder().body(Body::from_bytes_stream(pieces)).into_response()) }
    });
    let served = serve(endless, Patience { head: LONG, body: LONG, write: SHORT }, LONG).await;
    let _unread = served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    dropped.notified().await;
}

struct TellOnDrop(Arc<Notify>);

impl Drop for TellOnDrop {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

/// Waits for permission before it answers.
fn wait(begun: &Arc<Notify>, let_go: &Arc<Notify>) -> impl Endpoint + use<> {
    let (begun, let_go) = (Arc::clone(begun), Arc::clone(let_go));
    endpoint::make(move |_| {
        let (begun, let_go) = (Arc::clone(&begun), Arc::clone(&let_go));
        async move {
            begun.notify_one();
            let_go.notified().await;
            Ok::<_, poem::Error>("done")
        }
    })
}

#[tokio::test]
async fn stopping_finishes_what_was_accepted_and_accepts_no_more() {
    let (begun, let_go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let served = serve(wait(&begun, &let_go), Patience::default(), LONG).await;
    let idle = served.send("").await;
    let busy = served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    begun.notified().await;
    served.stop.cancel();
    assert_eq!(read_all(idle).await, "", "an idle connection is closed");
    assert!(!served.task.is_finished());
    let_go.notify_one();
    let answer = read_all(busy).await;
    assert!(answer.ends_with("\r\n\r\ndone") && answer.contains("connection: close"), "{answer}");
    served.task.await.unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn stopping_ends_at_its_deadline() {
    let (begun, let_go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let served = serve(wait(&begun, &let_go), Patience::default(), SHORT).await;
    let busy = served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    begun.notified().await;
    served.stop.cancel();
    served.task.await.unwrap();
    assert_eq!(read_all(busy).await, "");
}

/// Returns the status of an answer and the code of its problem.
fn problem(answer: &str) -> (u16, String) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    assert!(head.contains("content-type: application/problem+json") && head.contains("x-request-id: "), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    assert_eq!(body["status"], status);
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_request_without_exactly_one_valid_host_is_refused_before_the_app_sees_it() {
    let never = endpoint::make(|_| async { Ok::<_, poem::Error>("reached") });
    let served = serve(never, Patience::default(), LONG).await;
    for host in ["", "Host: a\r\nHost: a\r\n", "Host: a/b\r\n", "Host:\r\n"] {
        let answer = read_all(served.send(&format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n")).await).await;
        assert_eq!(problem(&answer), (400, "invalid_host".to_owned()), "{host:?}");
    }
    let old = read_all(served.send("GET / HTTP/1.0\r\n\r\n").await).await;
    assert!(old.ends_with("reached"), "{old}");
}

#[tokio::test]
async fn a_head_over_16_kib_is_refused_with_a_message() {
    let served = serve(measure(), Patience { head: LONG, body: LONG, write: LONG }, LONG).await;
    let head = |length: usize| {
        let begin = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ";
        format!("{begin}{}\r\n\r\n", "x".repeat(length - begin.len() - 4))
    };
    let fits = read_all(served.send(&head(MAX_HEAD)).await).await;
    assert!(fits.starts_with("HTTP/1.1 200 OK\r\n"), "{fits}");
    // The client sends everything before it reads.
    for length in [MAX_HEAD + 1, 64 * 1024, 1_000_000] {
        let answer = read_all(served.send(&head(length)).await).await;
        assert_eq!(problem(&answer), (431, "head_too_large".to_owned()), "{length}");
    }
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: x\r\n".repeat(100));
    assert_eq!(problem(&read_all(served.send(&many).await).await), (431, "head_too_large".to_owned()));
}

#[tokio::test]
async fn invalid_http_is_refused_with_a_message() {
    let served = serve(measure(), Patience::default(), LONG).await;
    for text in ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        let answer = read_all(served.send(text).await).await;
        assert_eq!(problem(&answer), (400, "malformed_head".to_owned()), "{text:?}");
    }
}

/// Reads one answer and keeps the connection open.
async fn read_answer(stream: &mut TcpStream, end: &str) {
    let mut bytes = Vec::new();
    while !bytes.ends_with(end.as_bytes()) {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "{}", String::from_utf8_lossy(&bytes));
    }
}

#[tokio::test]
async fn idle_and_headless_connections_give_way_to_new_ones() {
    let served = serve_few(measure(), 4).await;
    let mut kept = Vec::new();
    for request in [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        let mut stream = served.send(request).await;
        read_answer(&mut stream, if request.ends_with('x') { "\r\n\r\n1" } else { "\r\n\r\n0" }).await;
        kept.push(stream);
    }
    kept.push(served.send("GET / HTTP/1.1\r\nHost: a\r\n").await);
    let mut used = Vec::new();
    for stream in kept {
        // Each replaces the oldest one that is left.
        let mut new = served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        read_answer(&mut new, "\r\n\r\n0").await;
        assert_eq!(read_all(stream).await, "");
        used.push(new);
    }
}

#[tokio::test]
async fn requests_in_progress_stay_and_excess_clients_get_503() {
    let (begun, let_go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let served = serve_few(wait(&begun, &let_go), 2).await;
    let mut busy = Vec::new();
    for _ in 0..2 {
        busy.push(served.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await);
        begun.notified().await;
    }
    let answer = read_all(served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await).await;
    assert_eq!(problem(&answer), (503, "too_many_connections".to_owned()));
    assert!(answer.contains("retry-after: 5\r\n"), "{answer}");
    for stream in busy {
        let_go.notify_one();
        let answer = read_all(stream).await;
        assert!(answer.ends_with("\r\n\r\ndone"), "{answer}");
    }
}
