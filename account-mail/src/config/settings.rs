//! Settings for all mails.

use super::branding::Branding;
use super::dkim::DkimSettings;
use super::sender::{EnvelopeSender, HeaderText, MailDomain, SenderMailbox};
use super::templates::MailTemplates;

/// Settings for all emails, whatever the transport.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailSettings {
    /// The header `From`. Default: `Accounts <no-reply@localhost>`.
    pub from: SenderMailbox,
    /// The envelope sender (`MAIL FROM`), which gets bounces. Default: the address of `from`.
    pub envelope_from: Option<EnvelopeSender>,
    /// The subject of the English verification email. Default: that of the template, in English `Verify your
    /// email address`.
    pub verification_subject: Option<HeaderText>,
    /// The right-hand side of Message-IDs. Default: the domain of `from`.
    pub message_id_domain: Option<MailDomain>,
    /// The name of the service in mails. Default: none.
    pub operator_name: Option<HeaderText>,
    /// What emails have of the operator's looks. Default: nothing.
    pub branding: Branding,
    /// How to sign mails. Default: not at all.
    pub dkim: Option<DkimSettings>,
    /// The templates, and the words that they use. Default: the built-in ones.
    pub templates: MailTemplates,
}
