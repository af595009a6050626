//! Metrics, in the text formats of Prometheus and `OpenMetrics`.
//!
//! Counted at the edges and written by our own few lines: a counter is a map from labels to a number, and the format is
//! a line a number, which no crate makes smaller. Labels are words of fixed sets; nothing that a request says is one.

mod counted;
mod endpoint;
mod exposition;
mod family;
mod queues;
mod token;

#[cfg(test)]
mod tests;

pub use counted::Metrics;
pub(crate) use counted::method_label;
pub use endpoint::MetricsEndpoint;
pub(crate) use endpoint::PATH;
pub use token::MetricsToken;
