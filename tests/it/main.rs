//! End-to-end tests.

mod http;
