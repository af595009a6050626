//! For tests, here and in programs that use this crate: a mail server that records what it receives and misbehaves on
//! demand ([`SmtpSink`]), emails that never change ([`mails`]), and keys to sign them with ([`keys`]).

mod conversation;
pub mod keys;
pub mod mails;
mod names;
mod record;
mod script;
mod sink;
mod tls;

pub use names::{KnownRecord, NameServer};
pub use record::{ReceivedMail, Record};
pub use script::{Fault, Point, Script, SinkTls};
pub use sink::SmtpSink;
