//! Account registration as a library: registration rules, password policy and verification tokens, behind ports.
//!
//! Someone registers; what mail is due goes out; the link in it is confirmed with a proof of who registered; an account
//! exists. The core decides all of that and does none of the I/O: it is handed a store, a mailer, a hasher, a clock and
//! a source of randomness, as trait objects.
//!
//! # The use cases
//!
//! They are methods of [`AccountService`], one object that serves many tasks:
//!
//! | Method | Does |
//! |---|---|
//! | [`register`](AccountService::register) | takes a registration down and puts a mail on its way |
//! | [`registration_status`](AccountService::registration_status) | says how far it has come, to the client that
//! registered |
//! | [`resend_verification`](AccountService::resend_verification) | asks for another mail |
//! | [`inspect_token`](AccountService::inspect_token) | looks at a token without spending it, for a page |
//! | [`verify_email`](AccountService::verify_email) | redeems a token or code with a proof, and makes the account |
//! | [`sign_in`](AccountService::sign_in), [`check_session`](AccountService::check_session) | opens a session; says
//! whose a token is |
//! | [`own_sessions`](AccountService::own_sessions), [`end_session`](AccountService::end_session),
//! [`reauthenticate`](AccountService::reauthenticate) | what one does with one's sessions |
//! | [`change_details`](AccountService::change_details), [`change_password`](AccountService::change_password),
//! [`request_address_change`](AccountService::request_address_change),
//! [`request_deletion`](AccountService::request_deletion), [`export_data`](AccountService::export_data) | what one does
//! with one's account |
//! | [`request_password_reset`](AccountService::request_password_reset),
//! [`redeem_password_reset`](AccountService::redeem_password_reset) | a new password by way of the mailbox; for a
//! channel without a session of its own, [`redeem_password_reset_of`](AccountService::redeem_password_reset_of) |
//! | [`accept_invitation`](AccountService::accept_invitation) | makes the account of an invited person |
//! | [`create_account_as_operator`](AccountService::create_account_as_operator),
//! [`import_accounts`](AccountService::import_accounts) | what the operator does |
//!
//! What administrators do is in [`administration`]; what a use case demands of its caller, in [`authorization`].
//! [`housekeeping`] removes what is of no use any more: run it every minute or so.
//!
//! [`Delivery`] empties the outbox: it claims what is due, decides which mail that is, has the mailer hand it over, and
//! settles the claim. The worker (`system::Worker`, feature `system`) does that, several at a time and queue by queue,
//! and the housekeeping, until it is told to stop. Without it, run [`Delivery::run_until_idle`] whenever the
//! [bell](service::OutboxBell) rings, and now and then.
//!
//! Other systems are told what happens to accounts by [`outbox::event`]s: name who is told what in
//! [`Settings::subscriptions`], and give [`Delivery::with_events`] a sender.
//!
//! # The ports
//!
//! | Port | What it is for | What the core brings |
//! |---|---|---|
//! | [`Store`](ports::Store) | keeps everything, in units of work | `MemoryStore` (feature `testing`); the contract
//! suite for one of your own |
//! | [`RateLimiter`](ports::RateLimiter) | counts what strangers ask for | the arithmetic: [`rate::SlidingLog`];
//! `MemoryStore` is one |
//! | [`Mailer`](ports::Mailer) | renders and hands over a mail | `RecordingMailer` (feature `testing`) |
//! | [`EventSender`](ports::EventSender) | tells another system what happened to an account | `RecordingEventSender`
//! (feature `testing`) |
//! | [`PasswordHasher`](ports::PasswordHasher) | hashes, with admission |
//! [`Argon2Workers`](password::argon2::Argon2Workers) |
//! | [`Clock`](ports::Clock), [`Entropy`](ports::Entropy) | time and randomness | `SystemClock`, `SystemEntropy`
//! (feature `system`); `FakeClock`, `SeededEntropy` (feature `testing`) |
//! | [`RegistrationGuard`](ports::RegistrationGuard) | may veto a registration |
//! [`DomainGuard`](registration::guard::DomainGuard) |
//! | [`BreachedPasswords`](ports::BreachedPasswords) | knows leaked passwords |
//! [`BuiltInBlocklist`](ports::BuiltInBlocklist) |
//! | [`ReferenceData`](ports::ReferenceData) | knows countries, languages, time zones | [`BySyntax`](ports::BySyntax);
//! the published lists (feature `reference-data`) |
//!
//! The implementors' duties stand in [`ports`] and at each trait.
//!
//! `examples/embed.rs` registers and verifies a person in under 60 lines; `examples/own_store.rs` is a store of one's
//! own that passes the contract suite.
//!
//! # Errors
//!
//! A draft is read to its end: every broken rule is reported, as [`violation::Violations`]. Each use case has an error
//! of its own with what its caller can act on, and a [`Failure`](service::Failure) for what it cannot. No error holds a
//! secret.
//!
//! # Features
//!
//! Default: none. `reference-data`: countries, languages and time zones by their published lists. `imported-hashes`:
//! hashes of other systems are verified (bcrypt, scrypt, PBKDF2; Argon2 always is). `system`: clock, generator, the
//! file of the master key, and the worker. `testing`: doubles of the ports and the store contract suite.

pub mod account;
pub mod administration;
pub mod audit;
pub mod authorization;
pub mod client;
pub mod email_address;
pub mod error_chain;
pub mod feature;
pub mod field_limits;
pub mod housekeeping;
pub mod id;
pub mod idempotency;
pub mod input;
pub mod invitation;
pub mod name;
mod named_enum;
pub mod one_time_token;
pub mod operator;
pub mod organization;
pub mod outbox;
pub mod paging;
pub mod password;
pub mod ports;
pub mod profile;
pub mod rate;
pub mod recovery;
#[cfg(feature = "reference-data")]
pub mod reference_data;
pub mod registration;
mod retry;
pub mod service;
pub mod session;
mod sorted_lines;
#[cfg(feature = "system")]
pub mod system;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod timestamp;
pub mod violation;

pub use client::Client;
pub use outbox::delivery::{Delivery, Links};
pub use registration::draft::{RegistrationDraft, RegistrationRules};
pub use registration::register::RegisterRequest;
pub use registration::verify::{Proof, Spend, VerifyRequest};
pub use service::{AccountService, CallContext, Ports, Settings};

/// The README's examples are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
