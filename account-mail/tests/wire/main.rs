//! What really goes over the wire, told by a mail server in the same process.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on, fails")]

mod faults;
mod handover;
mod injection;
mod support;
mod tls;
