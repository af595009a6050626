//! Registrations.

pub mod disposable_domains;
