//! Intents: what to deliver, as the outbox stores it.

use super::event::EndpointName;
use super::{AboutIdentity, Notice, Queue};
use crate::audit::AuditEvent;
use crate::email_address::EmailAddress;
use crate::id::{AccountId, InvitationId, RegistrationId};

/// What to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// A person registered: email the verification link, or, if the address has an account, a notice that it has.
    Registration {
        /// The registration.
        registration: RegistrationId,
        /// The address as entered.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// Another verification email was requested.
    Resend {
        /// The registration, if the request named one; otherwise use the newest pending one of the address.
        registration: Option<RegistrationId>,
        /// The address as entered.
        address: EmailAddress,
        /// The generation to email, once decided.
        generation: Option<u32>,
    },
    /// A password reset was requested: email a link to the account's owner.
    PasswordReset {
        /// The address as entered.
        address: EmailAddress,
        /// The account and the generation of its token to email, once decided.
        decided: Option<(AccountId, u32)>,
    },
    /// A password reset was requested for an address that is only pending: email the verification link of its newest
    /// registration again. It does not name the registration: the holder can see the newest email of that, and would
    /// learn that the address has no account.
    RepeatVerification {
        /// The address as given.
        address: EmailAddress,
    },
    /// A change of address was requested: email a link to the new address, or, if that has an account, a notice.
    AddressChange {
        /// The account.
        account: AccountId,
        /// The new address.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// A secondary address was set: email a link to it.
    SecondaryAddress {
        /// The account.
        account: AccountId,
        /// The secondary address.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// A person was invited: email the link.
    Invitation {
        /// The invitation.
        invitation: InvitationId,
        /// Who is invited.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// Something happened that the account's owner should know.
    Notice {
        /// The account.
        account: AccountId,
        /// The address to notify, which may no longer be the account's.
        address: EmailAddress,
        /// What happened.
        notice: Notice,
        /// The identity that it happened to, if it is about one.
        identity: Option<AboutIdentity>,
    },
    /// Something happened that another system should know.
    Event {
        /// The account.
        account: AccountId,
        /// The endpoint.
        endpoint: EndpointName,
        /// What happened, as in the audit trail.
        event: AuditEvent,
    },
}

/// What an entry was decided to email.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// For a resend: the registration's token of that generation.
    Registration(RegistrationId, u32),
    /// For a reset: the account's token of that generation.
    Account(AccountId, u32),
    /// For a reset, and a resend by address: what [`Intent::RepeatVerification`] says, which the intent becomes.
    RepeatVerification,
}

/// The parts of an intent, as a store keeps it: one member per column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentParts {
    /// Name of the intent.
    pub name: String,
    /// The address; events have none.
    pub address: Option<EmailAddress>,
    /// The endpoint of an event.
    pub endpoint: Option<EndpointName>,
    /// The registration, named or decided.
    pub registration: Option<RegistrationId>,
    /// The account, named or decided.
    pub account: Option<AccountId>,
    /// The invitation.
    pub invitation: Option<InvitationId>,
    /// The generation of the token.
    pub generation: Option<u32>,
    /// Name of the notice or of the audit event.
    pub notice: Option<String>,
    /// The identity that a notice is about, as JSON.
    pub identity: Option<String>,
}

impl IntentParts {
    /// Makes the intent from its parts; `None` if they do not form one.
    #[must_use]
    pub fn assemble(self) -> Option<Intent> {
        let Self { name, address, endpoint, registration, account, invitation, generation, notice, identity } = self;
        if name == "event" {
            let event = AuditEvent::by_name(&notice?)?;
            return Some(Intent::Event { account: account?, endpoint: endpoint?, event });
        }
        let address = address?;
        Some(match name.as_str() {
            "registration" => Intent::Registration { registration: registration?, address, generation: generation? },
            "resend" => Intent::Resend { registration, address, generation },
            "password_reset" => {
                let decided = match (account, generation) {
                    (Some(account), Some(generation)) => Some((account, generation)),
                    (None, None) => None,
                    _ => return None,
                };
                Intent::PasswordReset { address, decided }
            }
            "repeat_verification" => Intent::RepeatVerification { address },
            "address_change" => Intent::AddressChange { account: account?, address, generation: generation? },
            "secondary_address" => Intent::SecondaryAddress { account: account?, address, generation: generation? },
            "invitation" => Intent::Invitation { invitation: invitation?, address, generation: generation? },
            "notice" => {
                let identity = match identity {
                    Some(document) => Some(serde_json::from_str(&document).ok()?),
                    None => None,
                };
                Intent::Notice { account: account?, address, notice: Notice::by_name(&notice?)?, identity }
            }
            _ => return None,
        })
    }
}

impl Intent {
    /// Returns the parts of the intent.
    #[must_use]
    pub fn parts(&self) -> IntentParts {
        IntentParts {
            name: self.name().to_owned(),
            address: self.address().cloned(),
            endpoint: match self {
                Self::Event { endpoint, .. } => Some(endpoint.clone()),
                _ => None,
            },
            registration: self.registration(),
            account: self.account(),
            invitation: match self {
                Self::Invitation { invitation, .. } => Some(*invitation),
                _ => None,
            },
            generation: self.generation(),
            notice: match self {
                Self::Notice { notice, .. } => Some(notice.name().to_owned()),
                Self::Event { event, .. } => Some(event.name().to_owned()),
                _ => None,
            },
            identity: match self {
                // Two texts: serializing them cannot fail.
                Self::Notice { identity: Some(about), .. } => serde_json::to_string(about).ok(),
                _ => None,
            },
        }
    }

    /// The intent once that is decided; `None` when nothing of that kind is decided for such an intent.
    #[must_use]
    pub fn decided(self, decided: Decided) -> Option<Self> {
        match (self, decided) {
            (Self::Resend { address, .. }, Decided::Registration(registration, generation)) => {
                Some(Self::Resend { registration: Some(registration), address, generation: Some(generation) })
            }
            (Self::PasswordReset { address, .. }, Decided::Account(account, generation)) => {
                Some(Self::PasswordReset { address, decided: Some((account, generation)) })
            }
            (
                Self::PasswordReset { address, .. } | Self::Resend { registration: None, address, .. },
                Decided::RepeatVerification,
            ) => Some(Self::RepeatVerification { address }),
            _ => None,
        }
    }

    /// The queue that it waits in.
    #[must_use]
    pub fn queue(&self) -> Queue {
        match self {
            Self::Event { endpoint, .. } => Queue::Endpoint(endpoint.clone()),
            Self::Resend { generation: None, .. } | Self::PasswordReset { decided: None, .. } => Queue::Deciding,
            _ => Queue::Mail,
        }
    }

    /// Returns the address as entered; events have none.
    #[must_use]
    pub const fn address(&self) -> Option<&EmailAddress> {
        match self {
            Self::Registration { address, .. }
            | Self::Resend { address, .. }
            | Self::PasswordReset { address, .. }
            | Self::RepeatVerification { address }
            | Self::AddressChange { address, .. }
            | Self::SecondaryAddress { address, .. }
            | Self::Invitation { address, .. }
            | Self::Notice { address, .. } => Some(address),
            Self::Event { .. } => None,
        }
    }

    /// Returns the registration, named or decided.
    #[must_use]
    pub const fn registration(&self) -> Option<RegistrationId> {
        match self {
            Self::Registration { registration, .. } => Some(*registration),
            Self::Resend { registration, .. } => *registration,
            _ => None,
        }
    }

    /// The account, named or decided.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::AddressChange { account, .. }
            | Self::SecondaryAddress { account, .. }
            | Self::Notice { account, .. }
            | Self::Event { account, .. }
            | Self::PasswordReset { decided: Some((account, _)), .. } => Some(*account),
            _ => None,
        }
    }

    /// Returns the generation to email, if there is one and it is decided.
    #[must_use]
    pub const fn generation(&self) -> Option<u32> {
        match self {
            Self::Registration { generation, .. }
            | Self::AddressChange { generation, .. }
            | Self::SecondaryAddress { generation, .. }
            | Self::Invitation { generation, .. }
            | Self::PasswordReset { decided: Some((_, generation)), .. } => Some(*generation),
            Self::Resend { generation, .. } => *generation,
            Self::PasswordReset { decided: None, .. }
            | Self::RepeatVerification { .. }
            | Self::Notice { .. }
            | Self::Event { .. } => None,
        }
    }

    /// Returns the name of the intent, as stored.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Registration { .. } => "registration",
            Self::Resend { .. } => "resend",
            Self::PasswordReset { .. } => "password_reset",
            Self::RepeatVerification { .. } => "repeat_verification",
            Self::AddressChange { .. } => "address_change",
            Self::SecondaryAddress { .. } => "secondary_address",
            Self::Invitation { .. } => "invitation",
            Self::Notice { .. } => "notice",
            Self::Event { .. } => "event",
        }
    }
}
