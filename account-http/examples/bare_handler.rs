//! A poem handler that does nothing, on poem's own server: the yardstick of `cargo xtask bench sessions`.
//!
//! `bare_handler ADDRESS` answers 204 to `GET /` until it is ended.

use std::env::args;
use std::error::Error;

use poem::http::StatusCode;
use poem::listener::TcpListener;
use poem::{Route, Server, get, handler};

#[handler]
fn nothing() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = args().nth(1).ok_or("usage: bare_handler ADDRESS")?;
    Server::new(TcpListener::bind(address)).run(Route::new().at("/", get(nothing))).await?;
    Ok(())
}
