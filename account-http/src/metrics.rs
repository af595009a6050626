//! Metrics, in the text formats of Prometheus and `OpenMetrics`.
//!
//! Counted at the edges and formatted here: a counter is a map from labels to a number, and the format has one line per
//! number, so a crate would not make this smaller. Labels are words from fixed sets, never text from requests.

mod counted;
mod endpoint;
mod exposition;
mod family;
mod figures;
mod queues;
mod token;

#[cfg(test)]
mod tests;

pub use counted::Metrics;
pub(crate) use counted::method_label;
pub use endpoint::MetricsEndpoint;
pub(crate) use endpoint::PATH;
pub(crate) use figures::HashingFigures;
pub use token::MetricsToken;
