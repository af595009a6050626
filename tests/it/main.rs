//! End-to-end tests.
// `cfg(test)` holds throughout; it is written down so that the lints know that this is tests.

#[cfg(test)]
mod browser;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod http;
#[cfg(test)]
mod service;
