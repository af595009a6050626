//! Settings of the mailers: values that are checked once, where they are read.

mod dkim;
mod sender;
mod smtp;
mod templates;

pub use dkim::{DkimAlgorithm, DkimKey, DkimKeyError, DkimSelector, DkimSelectorError, DkimSettings, DkimSigner};
pub use sender::{
    EhloName, EnvelopeSender, HeaderText, MailDomain, MailSettings, MailSettingsError, SenderAddress, SenderMailbox,
};
pub use smtp::{DEFAULT_CONNECTIONS, DEFAULT_DEADLINE, SmtpSettings, SmtpSettingsError, TlsMode};
pub use templates::{MailTemplateErrors, MailTemplates};
