//! Where metrics are served, and to whom.

use std::net::SocketAddr;

use account_http::metrics::MetricsToken;

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::plain;

/// Where metrics are served, and to whom: section `metrics`. Without a listener and a token, they are not served.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// A separate listener.
    pub(crate) bind: Option<SocketAddr>,
    /// The token needed to read them.
    pub(crate) token: Option<MetricsToken>,
}

impl Metrics {
    pub(crate) fn read(reader: &mut ConfigReader) -> Self {
        Self { bind: reader.optional("metrics.bind", plain), token: reader.optional("metrics.token", token) }
    }
}

fn token(text: &str) -> Parsed<MetricsToken> {
    MetricsToken::parse(text).ok_or(Refusal::NotAllowed)
}
