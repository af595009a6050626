//! Settings of the mailers. Values are checked once, when they are parsed.

mod branding;
mod dkim;
mod sender;
mod settings;
mod smtp;
mod templates;

pub use crate::dkim::key::{DkimAlgorithm, DkimKeyError};
pub(crate) use branding::is_fit_for_mail;
pub use branding::{Branding, BrandingError, ButtonColors, FooterUrl};
pub use dkim::{DkimKey, DkimSelector, DkimSelectorError, DkimSettings, DkimSigner};
pub use sender::{EhloName, EnvelopeSender, HeaderText, MailDomain, MailSettingsError, SenderAddress, SenderMailbox};
pub use settings::MailSettings;
pub use smtp::{DEFAULT_CONNECTIONS, DEFAULT_DEADLINE, SmtpSettings, SmtpSettingsError, TlsMode};
pub use templates::{MailTemplateErrors, MailTemplates};
