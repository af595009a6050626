//! Pools of connections to a server, for every kind of server.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::pool::{PoolConnectionMetadata, PoolOptions};
use sea_orm::sqlx::{Connection, Database, Error, Pool};
use sea_orm::{DbErr, RuntimeErr};

use super::connections::PATIENCE;
use crate::error::{OpenError, failed};

/// How long a connection may have been idle without being tested before use.
const TRUSTED: Duration = Duration::from_secs(1);
/// Connections that were unused for this long are closed.
const IDLE: Duration = Duration::from_mins(5);
/// Maximum age of a connection, so that new servers and changed passwords take effect.
const LIFETIME: Duration = Duration::from_mins(30);

/// The maximum number of connections in each pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    pub(super) writer: u32,
    pub(super) reader: u32,
    pub(super) limits: u32,
}

impl Sizes {
    /// Distributes the connections: a fifth for limits, two fifths for reading, the rest for writing.
    pub(super) fn of(max_connections: u32) -> Self {
        let limits = (max_connections / 5).max(1);
        let reader = (max_connections * 2 / 5).max(1);
        Self { writer: max_connections.saturating_sub(limits + reader).max(1), reader, limits }
    }
}

/// Makes a pool of this many long-lived connections.
pub(super) fn lasting<D: Database>(size: u32) -> PoolOptions<D> {
    patient(size).before_acquire(|connection, lay| Box::pin(is_there(connection, lay)))
}

/// Opens the first connection immediately, to detect a missing server.
pub(super) async fn open<D: Database>(
    pool: PoolOptions<D>,
    options: <D::Connection as Connection>::Options,
) -> Result<Pool<D>, OpenError> {
    pool.connect_with(options).await.map_err(not_open)
}

/// Makes a pool of one connection, which is opened on demand and closed after use, with all its locks.
pub(super) fn open_for_once<D: Database>(options: <D::Connection as Connection>::Options) -> Pool<D> {
    patient::<D>(1).after_release(|_, _| Box::pin(async { Ok(false) })).connect_lazy_with(options)
}

fn patient<D: Database>(size: u32) -> PoolOptions<D> {
    PoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .idle_timeout(IDLE)
        .max_lifetime(LIFETIME)
}

/// Returns whether the server still answers on an idle connection; if not, it is replaced.
async fn is_there<C: Connection>(connection: &mut C, lay: PoolConnectionMetadata) -> Result<bool, Error> {
    if lay.idle_for < TRUSTED { Ok(true) } else { Ok(connection.ping().await.is_ok()) }
}

fn not_open(error: Error) -> OpenError {
    OpenError::Database(failed("connect")(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))))
}

#[cfg(test)]
mod tests {
    use super::Sizes;

    #[test]
    fn every_pool_has_a_connection_and_together_they_have_as_many_as_allowed() {
        assert_eq!(Sizes::of(20), Sizes { writer: 8, reader: 8, limits: 4 });
        for allowed in 3..200 {
            let Sizes { writer, reader, limits } = Sizes::of(allowed);
            assert_eq!(writer + reader + limits, allowed);
            assert!(writer.min(reader).min(limits) >= 1);
        }
    }
}
