//! Events: what other systems are told of accounts.
//!
//! An *event* goes to an *endpoint*, by a name of the operator's choosing; a *subscription* says which types it gets. What
//! the outbox keeps of an event names the account and no more: what is told of it is read when it is sent.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::account::Account;
use crate::audit::AuditEvent;
use crate::id::{AccountId, OutboxId};
use crate::named_enum;
use crate::timestamp::Timestamp;

/// How long it is of use to tell an event. One that no process has come for in twice that time is given up too: most
/// likely its endpoint is not configured any more.
pub const EVENT_USEFUL: Duration = Duration::from_hours(3 * 24);

/// Most characters of an endpoint's name.
const MAX_NAME: usize = 40;

/// Name of an endpoint: a lower-case letter, then up to 39 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointName(String);

/// The text is no name of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name is a lower-case letter and up to 39 lower-case letters, digits and hyphens")]
pub struct EndpointNameError;

impl EndpointName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`EndpointNameError`].
    pub fn parse(text: &str) -> Result<Self, EndpointNameError> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        let is_made_of = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let is_name = starts_well && is_made_of && text.len() <= MAX_NAME;
        if is_name { Ok(Self(text.to_owned())) } else { Err(EndpointNameError) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EndpointName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EndpointName {
    type Err = EndpointNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

named_enum! {
    /// What kind of thing other systems are told.
    #[derive(PartialOrd, Ord)]
    pub enum EventType {
        /// A registration or an invitation became an account.
        RegistrationCompleted = "registration.completed",
        /// An account was made otherwise: by the operator, or before its mailbox was proven.
        AccountCreated = "account.created",
        /// An account was changed.
        AccountChanged = "account.changed",
        /// An account was deleted.
        AccountDeleted = "account.deleted",
    }
}

impl EventType {
    /// The type that an entry of the audit trail is told as; `None` when other systems are not told: an account is the
    /// same after somebody signed in, asked for something, or looked at it.
    #[must_use]
    pub const fn of(event: AuditEvent) -> Option<Self> {
        match event {
            AuditEvent::RegistrationCompleted | AuditEvent::InvitationAccepted => Some(Self::RegistrationCompleted),
            AuditEvent::AccountCreated => Some(Self::AccountCreated),
            AuditEvent::PasswordChanged
            | AuditEvent::PasswordReset
            | AuditEvent::AddressChanged
            | AuditEvent::SecondaryAddressConfirmed
            | AuditEvent::ProfileChanged
            | AuditEvent::DeletionRequested
            | AuditEvent::DeletionCancelled
            | AuditEvent::AccountDisabled
            | AuditEvent::AccountEnabled
            | AuditEvent::RoleChanged
            | AuditEvent::MembershipChanged => Some(Self::AccountChanged),
            AuditEvent::AccountDeleted => Some(Self::AccountDeleted),
            AuditEvent::SignedIn
            | AuditEvent::SessionEnded
            | AuditEvent::SessionsEnded
            | AuditEvent::SessionRenewalReused
            | AuditEvent::Reauthenticated
            | AuditEvent::AddressChangeRequested
            | AuditEvent::DataExported
            | AuditEvent::InvitationCreated
            | AuditEvent::InvitationResent
            | AuditEvent::InvitationRevoked
            | AuditEvent::OrganizationCreated
            | AuditEvent::OrganizationChanged
            | AuditEvent::OrganizationDeleted
            | AuditEvent::ClientCreated
            | AuditEvent::ClientChanged
            | AuditEvent::ClientDeleted
            | AuditEvent::FeatureChanged
            | AuditEvent::OutboxRedriven
            | AuditEvent::MailBounced
            | AuditEvent::OutboxDropped => None,
        }
    }
}

/// Which types of events an endpoint is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The types.
    pub types: Vec<EventType>,
}

impl Subscription {
    /// Whether the endpoint is told of it.
    #[must_use]
    pub fn covers(&self, event: AuditEvent) -> bool {
        EventType::of(event).is_some_and(|event_type| self.types.contains(&event_type))
    }
}

/// An event that is to be told. Events arrive in no promised order, and one may arrive more than once: by the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The outbox entry that it fulfils: the message's id, the same in each attempt.
    pub id: OutboxId,
    /// Where it is told.
    pub endpoint: EndpointName,
    /// What kind of thing happened.
    pub event_type: EventType,
    /// What happened, as the audit trail has it.
    pub cause: AuditEvent,
    /// The account that it happened to.
    pub account_id: AccountId,
    /// When.
    pub occurred_at: Timestamp,
    /// The account as it is now, which may be later than what happened. `None` once it is gone, and for
    /// [`EventType::AccountDeleted`] always.
    pub account: Option<Account>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lower_case_letters_digits_and_hyphens() {
        let longest = "a".repeat(MAX_NAME);
        for name in ["crm", "a", "x-1-", longest.as_str()] {
            assert_eq!(EndpointName::parse(name).map(|name| name.to_string()), Ok(name.to_owned()));
        }
        let too_long = "a".repeat(MAX_NAME + 1);
        for text in ["", "1a", "-a", "CRM", "a_b", "a.b", "ä", "a b", "a\n", too_long.as_str()] {
            assert_eq!(EndpointName::parse(text), Err(EndpointNameError), "{text:?}");
        }
    }

    #[test]
    fn every_type_is_found_by_its_name() {
        for event_type in EventType::ALL {
            assert_eq!(EventType::by_name(event_type.name()), Some(event_type));
        }
        assert_eq!(EventType::by_name("account"), None);
    }

    #[test]
    fn an_endpoint_is_told_only_the_types_that_it_subscribed_to() {
        let endpoint = EndpointName::parse("crm").unwrap();
        let subscription = Subscription { endpoint, types: vec![EventType::AccountDeleted] };
        let covered = AuditEvent::ALL.into_iter().filter(|event| subscription.covers(*event));
        assert_eq!(covered.collect::<Vec<_>>(), [AuditEvent::AccountDeleted]);
    }

    #[test]
    fn signing_in_is_no_event_and_each_type_has_a_cause() {
        assert_eq!(EventType::of(AuditEvent::SignedIn), None);
        for event_type in EventType::ALL {
            assert!(AuditEvent::ALL.iter().any(|event| EventType::of(*event) == Some(event_type)));
        }
    }
}
