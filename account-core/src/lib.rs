//! Account registration as a library: registration rules, password policy and verification tokens, behind ports.
//!
//! A person registers, gets an email, and follows its link. They confirm with a proof that they are the one who
//! registered, and the account is created. The core makes all of these decisions and does no I/O: you give it a store,
//! a mailer, a password hasher, a clock and a source of randomness as trait objects.
//!
//! # The use cases
//!
//! All use cases are methods of [`AccountService`]. One service object serves any number of tasks:
//!
//! | Method | Does |
//! |---|---|
//! | [`register`] | Records a registration and queues an email |
//! | [`registration_status`] | Returns the state of a registration, to the client that made it |
//! | [`resend_verification`] | Requests another verification email |
//! | [`inspect_token`] | Looks at an emailed token without spending it, for a page |
//! | [`verify_email`] | Redeems a token or code with a proof, and creates the account |
//! | [`sign_in`] | Opens a session |
//! | [`check_session`] | Returns the session and account of a token |
//! | [`own_sessions`], [`end_session`], [`reauthenticate`] | List, end and refresh the sessions of the signed-in account |
//! | [`change_details`], [`change_password`], [`request_address_change`] | Change the signed-in account |
//! | [`request_deletion`], [`export_data`] | Delete the signed-in account after a grace period; export its data |
//! | [`request_password_reset`], [`redeem_password_reset`] | Set a new password with an emailed link |
//! | [`redeem_password_reset_of`] | The same, for a channel that also asks for the address and opens no session |
//! | [`begin_with_provider`], [`finish_with_provider`] | Register, sign in, link an identity or confirm who one is with an account of another provider |
//! | [`own_identities`], [`unlink_identity`] | List and unlink the identities of the signed-in account |
//! | [`accept_invitation`] | Creates the account of an invited person |
//! | [`create_account_as_operator`], [`import_accounts`] | Create accounts for the operator |
//!
//! [`register`]: AccountService::register
//! [`registration_status`]: AccountService::registration_status
//! [`resend_verification`]: AccountService::resend_verification
//! [`inspect_token`]: AccountService::inspect_token
//! [`verify_email`]: AccountService::verify_email
//! [`sign_in`]: AccountService::sign_in
//! [`check_session`]: AccountService::check_session
//! [`own_sessions`]: AccountService::own_sessions
//! [`end_session`]: AccountService::end_session
//! [`reauthenticate`]: AccountService::reauthenticate
//! [`change_details`]: AccountService::change_details
//! [`change_password`]: AccountService::change_password
//! [`request_address_change`]: AccountService::request_address_change
//! [`request_deletion`]: AccountService::request_deletion
//! [`export_data`]: AccountService::export_data
//! [`request_password_reset`]: AccountService::request_password_reset
//! [`redeem_password_reset`]: AccountService::redeem_password_reset
//! [`redeem_password_reset_of`]: AccountService::redeem_password_reset_of
//! [`begin_with_provider`]: AccountService::begin_with_provider
//! [`finish_with_provider`]: AccountService::finish_with_provider
//! [`own_identities`]: AccountService::own_identities
//! [`unlink_identity`]: AccountService::unlink_identity
//! [`accept_invitation`]: AccountService::accept_invitation
//! [`create_account_as_operator`]: AccountService::create_account_as_operator
//! [`import_accounts`]: AccountService::import_accounts
//!
//! The use cases for administrators are in [`administration`]. What a use case requires of its caller is in
//! [`authorization`]. [`housekeeping`] deletes expired data: run it about once a minute.
//!
//! [`Delivery`] empties the outbox: it claims entries that are due, decides which email to send, passes it to the
//! mailer, and settles the claim. The worker (`system::Worker`, feature `system`) runs several deliveries at a time,
//! queue by queue, and the housekeeping, until it is stopped. Without the worker, call [`Delivery::run_until_idle`]
//! whenever the [bell](service::OutboxBell) rings, and from time to time.
//!
//! To tell other systems what happens to accounts, list their endpoints and event types in [`Settings::subscriptions`],
//! and pass a sender of [`outbox::event`]s to [`Delivery::with_events`].
//!
//! # The ports
//!
//! | Port | Does | Included |
//! |---|---|---|
//! | [`Store`](ports::Store) | Stores everything, in units of work | `MemoryStore`, and a contract suite for your own (`testing`) |
//! | [`RateLimiter`](ports::RateLimiter) | Counts requests against limits | [`rate::SlidingLog`] for the arithmetic; `MemoryStore` (`testing`) |
//! | [`Mailer`](ports::Mailer) | Renders and sends an email | `RecordingMailer` (`testing`) |
//! | [`EventSender`](ports::EventSender) | Tells another system about an event | `RecordingEventSender` (`testing`) |
//! | [`PasswordHasher`](ports::PasswordHasher) | Hashes, and limits how much | [`Argon2Workers`](password::argon2::Argon2Workers) |
//! | [`Clock`](ports::Clock) | Returns the time | `SystemClock` (`system`), `FakeClock` (`testing`) |
//! | [`Entropy`](ports::Entropy) | Returns random bytes | `SystemEntropy` (`system`), `SeededEntropy` (`testing`) |
//! | [`IdentityProvider`](ports::IdentityProvider) | Knows people by an account elsewhere | `FakeProvider` (`testing`) |
//! | [`RegistrationGuard`](ports::RegistrationGuard) | Can refuse a registration | [`DomainGuard`](registration::guard::DomainGuard) |
//! | [`ChallengeVerifier`](ports::ChallengeVerifier) | Makes challenges and checks the answers | [`ProofOfWork`](challenge::ProofOfWork) |
//! | [`BreachedPasswords`](ports::BreachedPasswords) | Knows leaked passwords | [`BuiltInBlocklist`](ports::BuiltInBlocklist) |
//! | [`GeoLocator`](ports::GeoLocator) | Knows where clients are | [`NoLocations`](ports::NoLocations) |
//! | [`ReferenceData`](ports::ReferenceData) | Knows countries, languages and time zones | [`BySyntax`](ports::BySyntax), or published lists (`reference-data`) |
//!
//! In parentheses: the feature that includes it.
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
//! verification of password hashes from other systems (bcrypt, scrypt, PBKDF2, phpass; Argon2 always works). `system`:
//! system clock, random generator, master key file, and worker. `translations`: the words of pages and emails in every
//! language, and dates as each language writes them ([`translation`]). `testing`: test doubles of the ports, and the contract
//! suite for stores.

// Macros must come before the modules that use them.
#[macro_use]
mod opaque_debug;
#[macro_use]
mod use_case_error;

mod accept_language;
pub mod account;
pub mod address_scope;
pub mod administration;
pub mod audit;
pub mod authorization;
pub mod challenge;
mod challenge_ahead;
pub mod client;
pub mod consent;
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
pub mod provider;
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
#[cfg(feature = "translations")]
pub mod translation;
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
