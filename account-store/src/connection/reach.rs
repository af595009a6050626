//! Reaching a server for the first time, or saying at once why not.
//!
//! The pools are no help here: they try again until their deadline, and then say that no connection became free.

use std::fmt::Display;
use std::path::PathBuf;

use sea_orm::sqlx::ConnectOptions;
use tokio::time::timeout;

use super::deadlines::CONNECT;
use crate::error::{OpenError, no_answer, unreachable};

/// The place of a server: a socket, or a host and a port.
pub(super) fn place(socket: Option<&PathBuf>, host: &str, port: impl Display) -> String {
    match socket {
        Some(socket) => socket.display().to_string(),
        None => format!("{host}:{port}"),
    }
}

/// Opens a connection.
///
/// # Errors
/// [`OpenError::Unreachable`], with the reason in words.
pub(super) async fn reach<O: ConnectOptions>(
    server: &'static str,
    place: &str,
    options: &O,
) -> Result<O::Connection, OpenError>
where
    O::Connection: Sized,
{
    let connected = timeout(CONNECT, options.connect()).await.unwrap_or_else(|_| Err(no_answer()));
    connected.map_err(|error| {
        let (reason, may_pass) = unreachable(&error);
        OpenError::Unreachable { server, place: place.to_owned(), reason, may_pass }
    })
}
