//! What all mails have in common.

use super::dkim::DkimSettings;
use super::sender::{EnvelopeSender, HeaderText, MailDomain, SenderMailbox};
use super::templates::MailTemplates;

/// What all mails have in common, however they leave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailSettings {
    /// The header `From`. Default: `Accounts <no-reply@localhost>`.
    pub from: SenderMailbox,
    /// The sender in the envelope (`MAIL FROM`), where bounces go. Default: the address of `from`.
    pub envelope_from: Option<EnvelopeSender>,
    /// Subject of the verification mail in every language. Default: the template's, in English
    /// `Verify your email address`.
    pub verification_subject: Option<HeaderText>,
    /// Right side of the Message-IDs. Default: the domain of `from`.
    pub message_id_domain: Option<MailDomain>,
    /// The service's name, as mails call it. Default: it is not named.
    pub operator_name: Option<HeaderText>,
    /// What every mail is signed with. Default: nothing.
    pub dkim: Option<DkimSettings>,
    /// The wording. Default: ours.
    pub templates: MailTemplates,
}
