//! Clients that mean harm: many connections, from many addresses of this machine.

use std::io;
use std::net::Ipv4Addr;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

/// The address of an honest client.
pub const HONEST: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// One of 65,536 other addresses of this machine.
#[must_use]
pub fn address(number: u16) -> Ipv4Addr {
    let [third, fourth] = number.to_be_bytes();
    Ipv4Addr::new(127, 66, third, fourth)
}

/// Connects from one of this machine's addresses.
///
/// # Errors
/// When nobody is there, or this machine has no port left.
pub async fn connect_from(address: Ipv4Addr, port: u16) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((address, 0).into())?;
    socket.connect((Ipv4Addr::LOCALHOST, port).into()).await
}

/// Connects from one of this machine's addresses and sends that. The other side may have hung up before all is sent.
///
/// # Errors
/// When nobody is there, or this machine has no port left.
pub async fn send_from(address: Ipv4Addr, port: u16, bytes: &[u8]) -> io::Result<TcpStream> {
    let mut stream = connect_from(address, port).await?;
    let _hung_up = stream.write_all(bytes).await;
    Ok(stream)
}

/// The begin of a request, of that length.
#[must_use]
pub fn half_head(length: usize) -> Vec<u8> {
    let mut head = b"GET /health/liveness HTTP/1.1\r\nHost: a\r\nX: ".to_vec();
    head.resize(length.max(head.len()), b'x');
    head
}
