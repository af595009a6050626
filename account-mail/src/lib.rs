//! The mail adapter of `account-core`: renders its mails and hands them over.
//!
//! - [`SmtpMailer`] hands them to a mail server, over connections that are kept, with TLS that never falls back.
//! - [`FileMailer`] writes one `.eml` file per mail: for a first start, and for tests.
//! - [`ReportReader`] reads what mail servers report of mails that came back.
//! - [`doctor::Doctor`] looks into whether mails will arrive.
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
//! Mails are `multipart/alternative` of plain text and HTML. No header holds a word of the person's but the address in
//! `To`, bare. The same mail is the same bytes each time, Message-ID and all. What leaves has been checked to be lines
//! that end in CRLF. With keys
//! ([`config::DkimSettings`]) every mail is signed.

pub mod config;
mod dkim;
pub mod doctor;
mod file;
mod message;
mod report;
mod smtp;
mod template;
#[cfg(feature = "testing")]
pub mod testing;
mod wire;

pub use file::{FileMailer, FileMailerError};
pub use report::ReportReader;
pub use smtp::{SmtpMailer, SmtpMailerError};

/// The README's examples are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
