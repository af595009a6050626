//! What has nothing to do with hashing, asked for again and again.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::time::sleep_until;

use crate::{
    bench::{connection::Connection, statistics::percentile},
    error::Error,
};

/// Each kind is asked for this often.
const EVERY: Duration = Duration::from_millis(40);

/// What is asked for, and what is answered.
const KINDS: [(&str, u16); 4] = [("session", 200), ("verification", 404), ("liveness", 204), ("readiness", 204)];

/// A mailed token that was never mailed. Looking it up is what verifying begins with.
const VERIFICATION: &str = r#"{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","continuation":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#;

/// Who asks.
pub(super) struct Probes {
    address: SocketAddr,
    token: String,
}

/// How long each kind took, sorted.
pub(super) struct Samples(pub(super) Vec<(&'static str, Vec<Duration>)>);

impl Probes {
    /// # Errors
    /// When something is not answered as it should be.
    pub(super) async fn open(address: SocketAddr, token: &str) -> Result<Self, Error> {
        let probes = Self { address, token: token.to_owned() };
        probes.run(Duration::ZERO).await?;
        Ok(probes)
    }

    /// Asks for each kind for that long, at least once.
    ///
    /// # Errors
    /// At the first answer that is not the expected one.
    pub(super) async fn run(&self, length: Duration) -> Result<Samples, Error> {
        let [session, verification, liveness, readiness] = KINDS;
        let (session, verification, liveness, readiness) = tokio::try_join!(
            self.ask(session, length),
            self.ask(verification, length),
            self.ask(liveness, length),
            self.ask(readiness, length),
        )?;
        Ok(Samples(vec![session, verification, liveness, readiness]))
    }

    async fn ask(
        &self,
        (kind, expected): (&'static str, u16),
        length: Duration,
    ) -> Result<(&'static str, Vec<Duration>), Error> {
        let mut connection = Connection::open(self.address).await.map_err(Error::Load)?;
        let begun = Instant::now();
        let mut took = Vec::new();
        let mut due = begun;
        loop {
            let asked = Instant::now();
            let answer = match kind {
                "session" => connection.get_as("/account/v1/me", &self.token).await,
                "verification" => connection.post_json("/account/v1/email-verifications", VERIFICATION).await,
                "liveness" => connection.get("/health/liveness").await,
                _ => connection.get("/health/readiness").await,
            };
            let answer = answer.map_err(Error::Load)?;
            if answer.status != expected {
                return Err(Error::Service(format!("answered {kind} with {} {}", answer.status, answer.body)));
            }
            took.push(asked.elapsed());
            due += EVERY;
            if due >= begun + length {
                break;
            }
            sleep_until(due.into()).await;
        }
        took.sort_unstable();
        Ok((kind, took))
    }
}

impl Samples {
    /// The 99th percentiles, for those who wait.
    pub(super) fn line(&self) -> String {
        let figures = self.0.iter().map(|(kind, took)| {
            let worst = percentile(took, 99).unwrap_or_default();
            format!("{kind} p99 {:.1} ms", worst.as_secs_f64() * 1_000.0)
        });
        figures.collect::<Vec<_>>().join(", ")
    }
}
