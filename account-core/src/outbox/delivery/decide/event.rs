//! Events about accounts for other systems.

use super::{Decision, Delivery, Due};
use crate::audit::AuditEvent;
use crate::id::AccountId;
use crate::outbox::OutboxEntry;
use crate::outbox::event::{EVENT_USEFUL, EndpointName, Event, EventType};
use crate::ports::{StoreError, UnitOfWork};

impl Delivery {
    /// Returns the event with the current state of the account.
    pub(super) async fn event(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        account_id: AccountId,
        endpoint: &EndpointName,
        cause: AuditEvent,
    ) -> Result<Decision, StoreError> {
        let Some(event_type) = EventType::of(cause) else {
            return Ok(Decision::GiveUp("no event exists for this"));
        };
        let account = match event_type {
            EventType::AccountDeleted => None,
            _ => unit.find_account(account_id).await?,
        };
        let (endpoint, occurred_at) = (endpoint.clone(), entry.created_at);
        let event = Event { id: entry.id, endpoint, event_type, cause, account_id, occurred_at, account };
        // An older event is still tried once: an administrator put it back, or no process ran for a long time.
        Ok(Decision::Send { what: Due::Event(Box::new(event)), useful_until: entry.created_at + EVENT_USEFUL })
    }
}
