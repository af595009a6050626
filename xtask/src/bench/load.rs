//! The load: a few connections, each sending its next registration as soon as the last one is answered.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::sleep};

use super::connection::Connection;

const PATH: &str = "/account/v1/registrations";

/// Answers from before this do not count: the first ones find every worker idle.
const WARM_UP: Duration = Duration::from_secs(1);

/// A service that refuses is not asked faster than this by one connection.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(20);

/// Where to and how much at a time.
pub(super) struct Load {
    address: SocketAddr,
    connections: u32,
    /// Numbers the addresses that register, so that no two are alike.
    next: Arc<AtomicU64>,
}

/// What came back in one round.
#[derive(Default)]
pub(super) struct Served {
    /// Registrations answered with 202, also outside the measured time.
    pub(super) accepted: usize,
    /// How long each one took that was answered within the measured time.
    pub(super) latencies: Vec<Duration>,
    pub(super) registrations_a_second: f64,
    /// Anything but 202, and the first of it in words.
    pub(super) failures: usize,
    pub(super) first_failure: Option<String>,
}

impl Load {
    pub(super) fn new(address: SocketAddr, connections: u32) -> Self {
        Self { address, connections, next: Arc::default() }
    }

    /// Registers for `length` after a warm-up, and waits for the last answers.
    pub(super) async fn run(&self, length: Duration) -> Served {
        let from = Instant::now() + WARM_UP;
        let window = Window { from, to: from + length };
        let mut clients = JoinSet::new();
        for _ in 0..self.connections {
            let client = Client { address: self.address, next: Arc::clone(&self.next), connection: None };
            clients.spawn(client.run(window));
        }
        let mut all = clients.join_all().await.into_iter().fold(Served::default(), Served::and);
        let measured = u32::try_from(all.latencies.len()).unwrap_or(u32::MAX);
        all.registrations_a_second = f64::from(measured) / length.as_secs_f64();
        all
    }
}

#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    to: Instant,
}

struct Client {
    address: SocketAddr,
    next: Arc<AtomicU64>,
    connection: Option<Connection>,
}

impl Client {
    async fn run(mut self, window: Window) -> Served {
        let mut served = Served::default();
        while Instant::now() < window.to {
            let start = Instant::now();
            match self.register().await {
                Ok(()) => served.count(window, start, Instant::now()),
                Err(failure) => {
                    served.failures += 1;
                    served.first_failure.get_or_insert(failure);
                    self.connection = None;
                    sleep(PAUSE_AFTER_FAILURE).await;
                }
            }
        }
        served
    }

    /// The open connection, or a new one.
    async fn connection(&mut self) -> io::Result<&mut Connection> {
        let open = match self.connection.take() {
            Some(open) => open,
            None => Connection::open(self.address).await?,
        };
        Ok(self.connection.insert(open))
    }

    async fn register(&mut self) -> Result<(), String> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let body = format!(r#"{{"email":"person-{number}@example.org","password":"nine violet otters sail past"}}"#);
        let connection = self.connection().await.map_err(|error| error.to_string())?;
        let answer = connection.post_json(PATH, &body).await.map_err(|error| error.to_string())?;
        match answer.status {
            202 => Ok(()),
            status => Err(format!("{status} {}", answer.body)),
        }
    }
}

impl Served {
    fn count(&mut self, window: Window, sent: Instant, answered: Instant) {
        self.accepted += 1;
        if window.from <= answered && answered < window.to {
            self.latencies.push(answered - sent);
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.accepted += other.accepted;
        self.latencies.extend(other.latencies);
        self.failures += other.failures;
        self.first_failure = self.first_failure.or(other.first_failure);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::{Load, Served, Window};

    /// A service that answers every request alike, and how a round against it went.
    async fn round_against(answer: &'static [u8]) -> Served {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut request = [0; 4_096];
                    while matches!(stream.read(&mut request).await, Ok(1..)) {
                        if stream.write_all(answer).await.is_err() {
                            break;
                        }
                    }
                });
            }
        });
        let served = Load::new(address, 2).run(Duration::from_millis(100)).await;
        service.abort();
        served
    }

    #[tokio::test]
    async fn accepted_registrations_are_counted_and_timed() {
        let served = round_against(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}").await;
        assert!(served.registrations_a_second > 0.0);
        assert!(served.accepted > served.latencies.len(), "the warm-up counts as accepted, not as measured");
        assert_eq!(served.failures, 0);
    }

    #[tokio::test]
    async fn any_other_answer_is_a_failure() {
        let served = round_against(b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 4\r\n\r\nslow").await;
        assert_eq!(served.accepted, 0);
        assert!(served.failures > 0);
        assert_eq!(served.first_failure.as_deref(), Some("429 slow"));
    }

    #[test]
    fn only_answers_within_the_measured_time_are_timed() {
        let sent = Instant::now();
        let second = Duration::from_secs(1);
        let from = sent + second;
        let window = Window { from, to: from + second };
        let mut served = Served::default();
        served.count(window, sent, from + second / 2);
        served.count(window, from, from + second);
        assert_eq!(served.accepted, 2);
        assert_eq!(served.latencies, [second * 3 / 2]);
    }
}
