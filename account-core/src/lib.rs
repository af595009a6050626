//! Account registration as a library: registration rules, password policy and verification tokens, behind ports.
//!
//! A person registers, gets a mail, and follows its link. They confirm with a proof that they are the one who
//! registered, and the account is created. The core makes all of these decisions and does no I/O: you give it a store,
//! a mailer, a password hasher, a clock and a source of randomness as trait objects.
//!
//! # The use cases
//!
//! All use cases are methods of [`AccountService`]. One service object serves any number of tasks:
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
//! The use cases for administrators are in [`administration`]. What a use case requires of its caller is in
//! [`authorization`]. [`housekeeping`] deletes expired data: run it about once a minute.
//!
//! [`Delivery`] empties the outbox: it claims entries that are due, decides which mail to send, passes it to the
//! mailer, and settles the claim. The worker (`system::Worker`, feature `system`) runs several deliveries at a time,
//! queue by queue, and the housekeeping, until it is stopped. Without the worker, call [`Delivery::run_until_idle`]
//! whenever the [bell](service::OutboxBell) rings, and from time to time.
//!
//! To tell other systems what happens to accounts, list their endpoints and event types in [`Settings::subscriptions`],
//! and pass a sender of [`outbox::event`]s to [`Delivery::with_events`].
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
//! What an implementation must do is documented in [`ports`] and on each trait.
//!
//! `examples/embed.rs` registers and verifies a person in under 60 lines. `examples/own_store.rs` is a custom store
//! that passes the contract suite.
//!
//! # Errors
//!
//! Input is checked completely: all broken rules are reported at once, as [`violation::Violations`]. Each use case has
//! its own error type with the cases that a caller can act on, and a [`Failure`](service::Failure) for everything else.
//! No error contains a secret.
//!
//! # Features
//!
//! None is on by default. `reference-data`: published lists of countries, languages and time zones. `imported-hashes`:
//! verification of password hashes from other systems (bcrypt, scrypt, PBKDF2; Argon2 always works). `system`: system
//! clock, random generator, master key file, and worker. `testing`: test doubles of the ports, and the contract suite
//! for stores.

// Macros must come before the modules that use them.
#[macro_use]
mod opaque_debug;
#[macro_use]
mod use_case_error;

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
pub mod named_enum;
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
