//! The harness of the end-to-end tests.
//!
//! [`TestApp`] is the whole HTTP side in this process, over doubles that a test can look into. [`Service`] is the real
//! binary, and [`Browser`] a real browser for its pages.
#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a harness is part of tests: what it cannot do fails the test"
)]

pub mod accessibility;
pub mod app;
pub mod browser;
pub mod clients;
pub mod collector;
pub mod conformance;
mod documented;
pub mod explorer;
pub mod form;
pub mod hostile;
pub mod lighthouse;
pub mod mikrocloud;
pub mod nginx;
mod patience;
pub mod people;
pub mod provider;
mod python;
pub mod service;
pub mod smtp_server;
pub mod terminal;
pub mod verifiers;
pub mod waltid;
pub mod webhook_receiver;
mod wire;

pub use app::{Answer, TestApp};
pub use browser::{Browser, Driver, Scripts};
pub use form::Form;
pub use people::{Persona, Somebody};
pub use service::Service;
pub use smtp_server::SmtpServer;
pub use webhook_receiver::{WebhookMessage, WebhookReceiver};
pub use wire::{Reply, exchange, free_port};
