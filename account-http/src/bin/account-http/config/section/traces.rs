//! Where traces are sent.

use url::Url;

use crate::config::reader::{ConfigReader, Parsed, Refusal};
use crate::config::values::plain;

/// Where traces are sent: section `traces`.
#[derive(Debug)]
pub(crate) struct Traces {
    /// The URL of the collector.
    pub(crate) url: Url,
    /// The share of traces that is recorded, both of those that start here and those that callers record: 0 to 1.
    pub(crate) sample: f64,
}

impl Traces {
    pub(crate) fn read(reader: &mut ConfigReader) -> Option<Self> {
        let url = reader.optional("traces.url", collector);
        let sample = reader.value("traces.sample", fraction);
        url.map(|url| Self { url, sample })
    }
}

/// Without TLS: the collector runs beside the service and forwards traces.
fn collector(text: &str) -> Parsed<Url> {
    let url: Url = plain(text)?;
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    let is_bare = is_anonymous && url.query().is_none() && url.fragment().is_none();
    if url.scheme() == "http" && url.has_host() && is_bare { Ok(url) } else { Err(Refusal::NotAllowed) }
}

fn fraction(text: &str) -> Parsed<f64> {
    let fraction = plain(text)?;
    if (0.0..=1.0).contains(&fraction) { Ok(fraction) } else { Err(Refusal::NotAllowed) }
}
