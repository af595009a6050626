//! Who may read metrics, and where.

use std::net::SocketAddr;

use account_http::metrics::MetricsToken;

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::plain;

/// Who may read metrics, and where: section `metrics`. Without a place and without a token, nobody and nowhere.
#[derive(Debug)]
pub(crate) struct Metrics {
    /// A listener for them alone.
    pub(crate) bind: Option<SocketAddr>,
    /// What has to be borne to read them.
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
