//! Slow clients, and stopping.

use poem::{Body, IntoResponse, Response, endpoint};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::*;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_mins(1);

struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

async fn serve<E: Endpoint + 'static>(endpoint: E, patience: Patience, deadline: Duration) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(Connections::new(endpoint, patience).serve(listener, stop.clone(), deadline));
    Served { address, stop, task }
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
    // A connection that is cut may end with a reset.
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
async fn a_head_that_does_not_end_is_cut() {
    let served = serve(measure(), Patience { head: SHORT, body: LONG, write: LONG }, LONG).await;
    let answer = read_all(served.send("GET / HTTP/1.1\r\nHost: a\r\n").await).await;
    assert!(!answer.contains("200"), "{answer}");
}

#[tokio::test]
async fn a_kept_connection_that_stays_idle_is_closed() {
    let served = serve(measure(), Patience { head: SHORT, body: LONG, write: LONG }, LONG).await;
    let answer = read_all(served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[tokio::test]
async fn a_body_that_does_not_end_is_cut() {
    let served = serve(measure(), Patience { head: LONG, body: SHORT, write: LONG }, LONG).await;
    let stream = served.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab").await;
    let answer = read_all(stream).await;
    assert!(!answer.ends_with("\r\n\r\n3"), "{answer}");
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
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

/// Waits to be let go before it answers.
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
async fn stopping_waits_no_longer_than_its_deadline() {
    let (begun, let_go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let served = serve(wait(&begun, &let_go), Patience::default(), SHORT).await;
    let busy = served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    begun.notified().await;
    served.stop.cancel();
    served.task.await.unwrap();
    assert_eq!(read_all(busy).await, "");
}
