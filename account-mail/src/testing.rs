//! For tests, here and in programs that use this crate: a mail server that records what it is told and misbehaves as
//! asked ([`SmtpSink`]), and mails that never change ([`mails`]).

mod conversation;
pub mod mails;
mod sink;
mod tls;

pub use conversation::{ReceivedMail, Record};
pub use sink::{Fault, Point, Script, SinkTls, SmtpSink};
