//! Pools of connections to a server, for every kind of server.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::pool::{PoolConnectionMetadata, PoolOptions};
use sea_orm::sqlx::{Connection, Database, Error, Pool};
use tokio::time::timeout;

use super::deadlines::{CONNECT, PATIENCE, TEST};
use super::server::{ReadOnlyServer, Server};
use super::suspicion::Suspicion;

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

/// Makes a pool of this many long-lived connections. It opens them on demand, to servers that can be written to, and
/// runs the statements on each. A connection that was not used for a moment, or is suspected, is tested before use.
pub(super) fn lasting<D: Server>(
    size: u32,
    statements: Option<Arc<str>>,
    suspicion: &Arc<Suspicion>,
) -> PoolOptions<D> {
    let (suspicion, of_new) = (Arc::clone(suspicion), Arc::clone(suspicion));
    patient(size, CONNECT)
        .before_acquire(move |connection, lay| {
            let suspicion = Arc::clone(&suspicion);
            Box::pin(async move { Ok(is_usable::<D>(connection, &lay, &suspicion).await) })
        })
        .after_connect(move |connection, _| {
            let (suspicion, statements) = (Arc::clone(&of_new), statements.clone());
            Box::pin(async move {
                if let Some(statements) = statements {
                    D::run(connection, statements).await?;
                }
                check_new::<D>(connection, &suspicion).await
            })
        })
}

/// Makes a pool of one connection, which is opened on demand and closed after use, with all its locks.
pub(super) fn open_for_once<D: Database>(options: <D::Connection as Connection>::Options) -> Pool<D> {
    patient::<D>(1, PATIENCE).after_release(|_, _| Box::pin(async { Ok(false) })).connect_lazy_with(options)
}

fn patient<D: Database>(size: u32, patience: Duration) -> PoolOptions<D> {
    PoolOptions::new()
        .max_connections(size)
        .acquire_timeout(patience)
        .test_before_acquire(false)
        .idle_timeout(IDLE)
        .max_lifetime(LIFETIME)
}

/// Returns whether an idle connection can be used; if not, it is replaced.
async fn is_usable<D: Server>(
    connection: &mut D::Connection,
    lay: &PoolConnectionMetadata,
    suspicion: &Suspicion,
) -> bool {
    if lay.idle_for < TRUSTED && !suspicion.is_against(lay.age, lay.idle_for) {
        return true;
    }
    matches!(timeout(TEST, D::is_read_only(connection)).await, Ok(Ok(false)))
}

/// Checks that the server of a new connection can be written to.
async fn check_new<D: Server>(connection: &mut D::Connection, suspicion: &Suspicion) -> Result<(), Error> {
    let is_read_only = D::is_read_only(connection).await?;
    suspicion.note_read_only(is_read_only);
    if is_read_only { Err(Error::config(ReadOnlyServer)) } else { Ok(()) }
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
