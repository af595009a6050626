//! What the mail server was told, and what its tasks share.

use std::sync::{Mutex, PoisonError};

use super::script::{Script, SinkTls};
use super::tls::ServerTls;

/// What a client said on one connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Every byte, decrypted, the content of emails included.
    pub bytes: Vec<u8>,
    /// Those of them that came before TLS.
    pub clear: Vec<u8>,
    /// The command lines, without their ends; not the content of mails.
    pub commands: Vec<String>,
    /// The emails that were received to their final dot.
    pub mails: Vec<ReceivedMail>,
}

impl Record {
    /// How many commands began with this word.
    #[must_use]
    pub fn count(&self, verb: &str) -> usize {
        self.commands.iter().filter(|command| command.split([' ', ':']).next() == Some(verb)).count()
    }
}

/// An email as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// The line `MAIL FROM:..`.
    pub from: String,
    /// The lines `RCPT TO:..`.
    pub recipients: Vec<String>,
    /// What stood between DATA's answer and the final dot, as it came.
    pub stuffed: Vec<u8>,
    /// The same without the doubled dots: the email.
    pub content: Vec<u8>,
    /// Whether the answer was 250.
    pub accepted: bool,
}

/// What the sink's tasks share.
pub(super) struct Shared {
    pub(super) tls: SinkTls,
    pub(super) server_tls: ServerTls,
    pub(super) script: Mutex<Script>,
    pub(super) records: Mutex<Vec<Record>>,
}

impl Shared {
    pub(super) fn script(&self) -> Script {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn update(&self, index: usize, change: impl FnOnce(&mut Record)) {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = records.get_mut(index) {
            change(record);
        }
    }
}
