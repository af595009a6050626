//! End-to-end tests.

mod http;
mod service;
