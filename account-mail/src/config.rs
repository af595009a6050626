//! Settings of the mailers: values that are checked once, where they are read.

mod sender;
mod smtp;

pub use sender::{
    EhloName, EnvelopeSender, HeaderText, MailDomain, MailSettings, MailSettingsError, SenderAddress, SenderMailbox,
};
pub use smtp::{DEFAULT_CONNECTIONS, DEFAULT_DEADLINE, SmtpSettings, SmtpSettingsError, TlsMode};
