//! Events about accounts for other systems.
//!
//! An *event* is sent to an *endpoint*, which the operator names. A *subscription* lists the types that an endpoint
//! gets. The outbox stores only the account's id; its data is read when the event is sent.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::account::Account;
use crate::audit::AuditEvent;
use crate::id::{AccountId, OutboxId};
use crate::named_enum;
use crate::timestamp::Timestamp;

/// How long an event is useful. An event that no process has claimed for twice this time is given up too: its endpoint
/// is probably no longer configured.
pub const EVENT_USEFUL: Duration = Duration::from_hours(3 * 24);

/// Maximum length of an endpoint's name.
const MAX_NAME: usize = 40;

/// Name of an endpoint: a lower-case letter, then up to 39 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointName(String);

/// The text is not a valid endpoint name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name is a lower-case letter and up to 39 lower-case letters, digits and hyphens")]
pub struct EndpointNameError;

impl EndpointName {
    /// Parses a name.
    ///
    /// # Errors
    /// [`EndpointNameError`] if it has another form.
    pub fn parse(text: &str) -> Result<Self, EndpointNameError> {
        let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase());
        let is_made_of = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let is_name = starts_well && is_made_of && text.len() <= MAX_NAME;
        if is_name { Ok(Self(text.to_owned())) } else { Err(EndpointNameError) }
    }

    /// Returns the name.
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
    /// The types of events.
    #[derive(PartialOrd, Ord)]
    pub enum EventType {
        /// A registration or an invitation became an account.
        RegistrationCompleted = "registration.completed",
        /// An account was created in another way: by the operator, or before its address was verified.
        AccountCreated = "account.created",
        /// An account was changed.
        AccountChanged = "account.changed",
        /// An account was deleted.
        AccountDeleted = "account.deleted",
    }
}

impl EventType {
    /// Returns the event type for an audit event; `None` if other systems do not get it, because signing in, requesting
    /// or reading something does not change an account.
    #[must_use]
    pub const fn of(event: AuditEvent) -> Option<Self> {
        match event {
            AuditEvent::RegistrationCompleted | AuditEvent::InvitationAccepted => Some(Self::RegistrationCompleted),
            AuditEvent::AccountCreated => Some(Self::AccountCreated),
            AuditEvent::PasswordChanged
            | AuditEvent::PasswordReset
            | AuditEvent::AddressChanged
            | AuditEvent::SecondaryAddressConfirmed
            | AuditEvent::IdentityLinked
            | AuditEvent::IdentityUnlinked
            | AuditEvent::ProfileChanged
            | AuditEvent::DeletionRequested
            | AuditEvent::DeletionCancelled
            | AuditEvent::AccountDisabled
            | AuditEvent::AccountEnabled
            | AuditEvent::RoleChanged
            | AuditEvent::MembershipChanged => Some(Self::AccountChanged),
            AuditEvent::AccountDeleted => Some(Self::AccountDeleted),
            AuditEvent::RegistrationCorrected
            | AuditEvent::SignedIn
            | AuditEvent::SessionEnded
            | AuditEvent::SessionsEnded
            | AuditEvent::SessionRenewalReused
            | AuditEvent::SessionRenewalRepeated
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

/// The types of events that an endpoint gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The types.
    pub types: Vec<EventType>,
}

impl Subscription {
    /// Returns whether the endpoint gets this event.
    #[must_use]
    pub fn covers(&self, event: AuditEvent) -> bool {
        EventType::of(event).is_some_and(|event_type| self.types.contains(&event_type))
    }
}

/// An event to send. Events can arrive in any order, and more than once, with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The outbox entry: also the message id, the same in every attempt.
    pub id: OutboxId,
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The type of the event.
    pub event_type: EventType,
    /// What happened, as in the audit trail.
    pub cause: AuditEvent,
    /// The account that it happened to.
    pub account_id: AccountId,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The current state of the account, which may be newer than the event. `None` if it no longer exists, and always
    /// for [`EventType::AccountDeleted`].
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
    fn an_endpoint_gets_only_the_types_it_subscribed_to() {
        let endpoint = EndpointName::parse("crm").unwrap();
        let subscription = Subscription { endpoint, types: vec![EventType::AccountDeleted] };
        let covered = AuditEvent::ALL.into_iter().filter(|event| subscription.covers(*event));
        assert_eq!(covered.collect::<Vec<_>>(), [AuditEvent::AccountDeleted]);
    }

    #[test]
    fn sign_ins_are_not_events_and_each_type_has_a_cause() {
        assert_eq!(EventType::of(AuditEvent::SignedIn), None);
        for event_type in EventType::ALL {
            assert!(AuditEvent::ALL.iter().any(|event| EventType::of(*event) == Some(event_type)));
        }
    }
}
