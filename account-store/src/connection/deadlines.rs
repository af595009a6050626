//! How long each step on a database server may take, by this process's clock.
//!
//! The server's own limits do not help when packets are lost on the way: nobody tells either side. So each step has a
//! deadline here. A connection that misses one is closed at once, without a word to the server, and not used again.

use std::time::Duration;

/// How long a task waits for a connection, or for its turn to write, before it gets an error.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// For opening one connection. Shorter than the five seconds in which the service recovers from a fail-over: a server
/// that has gone away silently must not hold those who could connect to the new one.
pub(super) const CONNECT: Duration = Duration::from_secs(3);
/// For testing an idle connection before it is used.
pub(super) const TEST: Duration = Duration::from_secs(2);
/// The deadlines of what happens on an open connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadlines {
    /// For beginning a transaction.
    pub(crate) begin: Duration,
    /// For a statement, and for a commit.
    pub(crate) statement: Duration,
    /// For rolling back, and for returning a connection to its pool: each.
    pub(crate) give_back: Duration,
}

impl Default for Deadlines {
    /// A statement may take longer than the ten seconds after which a server gives up waiting for a lock, because that
    /// error tells more.
    fn default() -> Self {
        Self { begin: Duration::from_secs(5), statement: Duration::from_secs(12), give_back: Duration::from_secs(3) }
    }
}

/// How long a connection may be in use without a sign of life, at most: a statement, a rollback, the return.
pub(super) const IN_USE: Duration = Duration::from_secs(12 + 3 + 3);
