//! The crowd: people who register and sign in, from many client networks.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    task::JoinSet,
    time::{sleep_until, timeout},
};

use crate::{
    bench::connection::{Answer, Connection},
    error::Error,
};

/// How many accounts are signed in to.
pub(super) const ACCOUNTS: u64 = 2_000;
pub(super) const PASSWORD: &str = "nine violet otters sail past";

/// Connections that take turns while the peak is measured: enough that no worker ever waits.
const AT_PEAK: u32 = 12;
/// How long anyone waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the crowd goes to, and the connections that it has open.
#[derive(Clone)]
pub(super) struct Crowd {
    address: SocketAddr,
    networks: u32,
    next: Arc<AtomicU64>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

/// What one request came to.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// `None` if there was no answer, with the reason.
    pub(super) answer: Result<Answer, String>,
    pub(super) took: Duration,
    pub(super) answered: Duration,
}

/// The address that an account has.
pub(super) fn address_of(account: u64) -> String {
    format!("member-{account}@example.org")
}

impl Crowd {
    pub(super) fn new(address: SocketAddr, networks: u32) -> Self {
        Self { address, networks, next: Arc::default(), idle: Arc::default() }
    }

    /// Signs in and returns the session's token.
    ///
    /// # Errors
    /// When that fails.
    pub(super) async fn sign_in_once(&self) -> Result<String, Error> {
        let answer = self.sign_in(0).await.map_err(Error::Load)?;
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let token = json.get("token").and_then(serde_json::Value::as_str).map(str::to_owned);
        token.ok_or_else(|| Error::Service(format!("did not sign in: {} {}", answer.status, answer.body)))
    }

    /// Signs people in one after the other; returns how long each took.
    ///
    /// # Errors
    /// At the first that fails.
    pub(super) async fn single_sign_ins(&self, count: u32) -> Result<Vec<Duration>, Error> {
        let mut took = Vec::new();
        for _ in 0..count {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let begun = Instant::now();
            let answer = self.sign_in(number).await.map_err(Error::Load)?;
            if answer.status != 201 {
                return Err(Error::Service(format!("did not sign in: {} {}", answer.status, answer.body)));
            }
            took.push(begun.elapsed());
        }
        took.sort_unstable();
        Ok(took)
    }

    /// As much as the service can do: a few connections, each with one request at a time.
    pub(super) async fn serve_at_peak(&self, length: Duration) -> Vec<Outcome> {
        let begun = Instant::now();
        let mut connections = JoinSet::new();
        for _ in 0..AT_PEAK {
            let crowd = self.clone();
            connections.spawn(async move {
                let mut outcomes = Vec::new();
                while begun.elapsed() < length {
                    outcomes.push(crowd.request(begun).await);
                }
                outcomes
            });
        }
        connections.join_all().await.into_iter().flatten().collect()
    }

    /// So many requests a second, each when it is due.
    pub(super) async fn overload(&self, rate: f64, length: Duration) -> Vec<Outcome> {
        let begun = Instant::now();
        let mut requests = JoinSet::new();
        let mut outcomes = Vec::new();
        let mut sent = 0_u32;
        loop {
            let due = Duration::from_secs_f64(f64::from(sent) / rate);
            if due >= length {
                break;
            }
            sleep_until((begun + due).into()).await;
            let crowd = self.clone();
            requests.spawn(async move { crowd.request(begun).await });
            sent += 1;
            while let Some(outcome) = requests.try_join_next() {
                outcomes.extend(outcome);
            }
        }
        outcomes.extend(requests.join_all().await);
        outcomes
    }

    /// The next request: every other one a registration, the rest sign-ins.
    async fn request(&self, since: Instant) -> Outcome {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let begun = Instant::now();
        let asked = async {
            if number.is_multiple_of(2) { self.register(number).await } else { self.sign_in(number / 2).await }
        };
        let answer = match timeout(PATIENCE, asked).await {
            Ok(answer) => answer.map_err(|error| error.to_string()),
            Err(_) => Err("no answer".to_owned()),
        };
        Outcome { answer, took: begun.elapsed(), answered: since.elapsed() }
    }

    async fn register(&self, number: u64) -> io::Result<Answer> {
        let body = format!(r#"{{"email":"person-{number}@example.org","password":"{PASSWORD}"}}"#);
        self.post("/account/v1/registrations", &body, number).await
    }

    async fn sign_in(&self, number: u64) -> io::Result<Answer> {
        let email = address_of(number % ACCOUNTS);
        let body = format!(r#"{{"email":"{email}","password":"{PASSWORD}"}}"#);
        self.post("/account/v1/sessions", &body, number).await
    }

    async fn post(&self, path: &str, body: &str, number: u64) -> io::Result<Answer> {
        let open = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match open {
            Some(connection) => connection,
            None => Connection::open(self.address).await?,
        };
        let answer = connection.post_json_from(path, body, self.network(number)).await?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(answer)
    }

    /// An address in the network whose turn it is.
    fn network(&self, number: u64) -> Ipv4Addr {
        // Neighbors in time are none in space.
        let network = u32::try_from(number.wrapping_mul(2_654_435_761) % u64::from(self.networks)).unwrap_or_default();
        Ipv4Addr::from(0x0a00_0001 + (network << 8))
    }
}
