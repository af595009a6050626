//! The email adapter of `account-core`: renders and sends its emails.
//!
//! - [`SmtpMailer`] sends them through a mail server, over reused connections, with TLS that never falls back.
//! - [`FileMailer`] writes one `.eml` file per email, for trying things out and for tests.
//! - [`ReportReader`] reads delivery reports from mail servers.
//! - [`DnsMailDomains`] looks up whether a domain takes email, before one is lost.
//! - [`doctor::Doctor`] checks whether emails will arrive.
//!
//! ```no_run
//! use account_mail::config::{MailSettings, SmtpSettings};
//! use account_mail::{FileMailer, SmtpMailer};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let settings = MailSettings {
//!     from: "MikroCloud <no-reply@mikrocloud.com>".parse()?,
//!     verification_subject: Some("Verify your email address".parse()?),
//!     ..MailSettings::default()
//! };
//! let files = FileMailer::open("account-data/mail", &settings)?;
//! let server = SmtpSettings::parse("smtps://user:password@mail.example.org")?;
//! let smtp = SmtpMailer::new(&server, &settings)?;
//! # Ok(())
//! # }
//! ```
//!
//! Emails are `multipart/alternative` with plain text and HTML. Headers contain no text of the person, except the bare
//! address in `To`. The same email always gives the same bytes, including the Message-ID. Every email is checked to
//! consist of lines that end in CRLF. With keys ([`config::DkimSettings`]), every email is signed.

pub mod config;
mod dkim;
mod dns;
pub mod doctor;
mod domain_check;
mod file;
mod message;
mod report;
mod smtp;
mod template;
#[cfg(feature = "testing")]
pub mod testing;
mod wire;

pub use domain_check::DnsMailDomains;
pub use file::{FileMailer, FileMailerError, mail_file};
pub use report::ReportReader;
pub use smtp::{SmtpMailer, SmtpMailerError};

/// The README's examples are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
