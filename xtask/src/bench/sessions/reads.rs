//! Connections that ask for one thing over and over, each time as another signed-in person.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::sleep};

use crate::{bench::connection::Connection, error::Error};

/// Answers from before this do not count.
const WARM_UP: Duration = Duration::from_millis(500);
/// How long the other side may take to listen.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is asked for, and by how many at a time.
pub(super) struct Reads {
    pub(super) address: SocketAddr,
    pub(super) path: &'static str,
    pub(super) tokens: Arc<[String]>,
    pub(super) expected: u16,
    pub(super) connections: u32,
}

impl Reads {
    /// Answers a second, over `length` after a warm-up.
    ///
    /// # Errors
    /// At the first answer that is not the expected one.
    pub(super) async fn run(&self, length: Duration) -> Result<f64, Error> {
        let from = Instant::now() + WARM_UP;
        let mut readers = JoinSet::new();
        for number in 0..self.connections {
            let connection = self.connect().await?;
            let (path, tokens, expected) = (self.path, Arc::clone(&self.tokens), self.expected);
            let first = usize::try_from(number).unwrap_or_default();
            readers.spawn(async move { read(connection, path, &tokens, first, expected, from, from + length).await });
        }
        let mut total = 0_u32;
        while let Some(count) = readers.join_next().await {
            let count = count.map_err(|error| Error::Service(error.to_string()))?;
            total += count.map_err(Error::Service)?;
        }
        Ok(f64::from(total) / length.as_secs_f64())
    }

    async fn connect(&self) -> Result<Connection, Error> {
        let begun = Instant::now();
        loop {
            match Connection::open(self.address).await {
                Ok(connection) => return Ok(connection),
                Err(error) if begun.elapsed() > PATIENCE => return Err(Error::Load(error)),
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

async fn read(
    mut connection: Connection,
    path: &str,
    tokens: &[String],
    first: usize,
    expected: u16,
    from: Instant,
    to: Instant,
) -> Result<u32, String> {
    let mut count = 0;
    for token in tokens.iter().cycle().skip(first) {
        let answer = connection.get_as(path, token).await.map_err(|error| error.to_string())?;
        if answer.status != expected {
            return Err(format!("answered {path} with {} {}", answer.status, answer.body));
        }
        let now = Instant::now();
        if now >= to {
            break;
        }
        count += u32::from(now >= from);
    }
    Ok(count)
}
