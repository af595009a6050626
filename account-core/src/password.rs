//! Passwords.

pub mod blocklist;
