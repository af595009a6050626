//! Intents: what is to be done, as the outbox keeps it.

use super::event::EndpointName;
use super::{Notice, Queue};
use crate::audit::AuditEvent;
use crate::email_address::EmailAddress;
use crate::id::{AccountId, InvitationId, RegistrationId};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Somebody registered: mail the verification link, or, to an address that has an account, say that it has one.
    Registration {
        /// The registration.
        registration: RegistrationId,
        /// The address as it was given.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// Somebody asked for another verification mail.
    Resend {
        /// The registration, if it was named; otherwise the newest pending one of the address is meant.
        registration: Option<RegistrationId>,
        /// The address as it was given.
        address: EmailAddress,
        /// The generation that was decided to mail, once it is decided.
        generation: Option<u32>,
    },
    /// Somebody forgot a password: mail the account's owner a link; for an address that is only pending, another
    /// verification mail of its newest registration; else nothing.
    PasswordReset {
        /// The address as it was given.
        address: EmailAddress,
        /// The account whose token of which generation was decided to mail, once it is decided.
        decided: Option<(AccountId, u32)>,
    },
    /// An account's address is to be changed: mail a link to the new one, or, where it has an account, say so.
    AddressChange {
        /// The account.
        account: AccountId,
        /// The new address.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// A secondary address was given: mail it a link.
    SecondaryAddress {
        /// The account.
        account: AccountId,
        /// The secondary address.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// Somebody was invited: mail the link.
    Invitation {
        /// The invitation.
        invitation: InvitationId,
        /// Who is invited.
        address: EmailAddress,
        /// The generation of its token.
        generation: u32,
    },
    /// Something happened to an account that its owner should know.
    Notice {
        /// The account.
        account: AccountId,
        /// Where to say so: also an address that is the account's no longer.
        address: EmailAddress,
        /// What happened.
        notice: Notice,
    },
    /// Something happened to an account that another system is told.
    Event {
        /// The account.
        account: AccountId,
        /// Where it is told.
        endpoint: EndpointName,
        /// What happened, as the audit trail has it.
        event: AuditEvent,
    },
}

/// What an entry was decided to mail: a token of a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// A registration's.
    Registration(RegistrationId, u32),
    /// An account's.
    Account(AccountId, u32),
}

/// An intent taken apart, as a store keeps it: one member a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentParts {
    /// Name of the intent.
    pub name: String,
    /// The address; events have none.
    pub address: Option<EmailAddress>,
    /// The endpoint of an event.
    pub endpoint: Option<EndpointName>,
    /// The registration that is named, or was decided.
    pub registration: Option<RegistrationId>,
    /// The account that is named, or was decided.
    pub account: Option<AccountId>,
    /// The invitation.
    pub invitation: Option<InvitationId>,
    /// The generation of the token.
    pub generation: Option<u32>,
    /// Name of the notice, or of what happened.
    pub notice: Option<String>,
}

impl IntentParts {
    /// Puts the intent together; `None` when the parts are of no intent.
    #[must_use]
    pub fn assemble(self) -> Option<Intent> {
        let Self { name, address, endpoint, registration, account, invitation, generation, notice } = self;
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
            "address_change" => Intent::AddressChange { account: account?, address, generation: generation? },
            "secondary_address" => Intent::SecondaryAddress { account: account?, address, generation: generation? },
            "invitation" => Intent::Invitation { invitation: invitation?, address, generation: generation? },
            "notice" => Intent::Notice { account: account?, address, notice: Notice::by_name(&notice?)? },
            _ => return None,
        })
    }
}

impl Intent {
    /// The intent taken apart.
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
        }
    }

    /// The queue that it is delivered in.
    #[must_use]
    pub fn queue(&self) -> Queue {
        match self {
            Self::Event { endpoint, .. } => Queue::Endpoint(endpoint.clone()),
            _ => Queue::Mail,
        }
    }

    /// The address as it was given; events have none.
    #[must_use]
    pub const fn address(&self) -> Option<&EmailAddress> {
        match self {
            Self::Registration { address, .. }
            | Self::Resend { address, .. }
            | Self::PasswordReset { address, .. }
            | Self::AddressChange { address, .. }
            | Self::SecondaryAddress { address, .. }
            | Self::Invitation { address, .. }
            | Self::Notice { address, .. } => Some(address),
            Self::Event { .. } => None,
        }
    }

    /// The registration that is named, or was decided for a resend.
    #[must_use]
    pub const fn registration(&self) -> Option<RegistrationId> {
        match self {
            Self::Registration { registration, .. } => Some(*registration),
            Self::Resend { registration, .. } => *registration,
            _ => None,
        }
    }

    /// The account that is named, or was decided.
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

    /// The generation that is to be mailed, if there is one and it is decided.
    #[must_use]
    pub const fn generation(&self) -> Option<u32> {
        match self {
            Self::Registration { generation, .. }
            | Self::AddressChange { generation, .. }
            | Self::SecondaryAddress { generation, .. }
            | Self::Invitation { generation, .. }
            | Self::PasswordReset { decided: Some((_, generation)), .. } => Some(*generation),
            Self::Resend { generation, .. } => *generation,
            Self::PasswordReset { decided: None, .. } | Self::Notice { .. } | Self::Event { .. } => None,
        }
    }

    /// Name of the intent, as stored.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Registration { .. } => "registration",
            Self::Resend { .. } => "resend",
            Self::PasswordReset { .. } => "password_reset",
            Self::AddressChange { .. } => "address_change",
            Self::SecondaryAddress { .. } => "secondary_address",
            Self::Invitation { .. } => "invitation",
            Self::Notice { .. } => "notice",
            Self::Event { .. } => "event",
        }
    }
}
