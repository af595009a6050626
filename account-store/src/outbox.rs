//! The outbox.

mod lists;
mod refused;

use std::collections::BTreeMap;
use std::time::Duration;

use account_core::email_address::{EmailAddress, EmailKey};
use account_core::id::{AccountId, InvitationId, OutboxId, RegistrationId};
use account_core::outbox::event::EndpointName;
use account_core::outbox::{Decided, Fault, IntentParts, OutboxEntry, OutboxState, Queue, Refusal, Settlement};
use account_core::ports::StoreError;
use account_core::ports::store::{Outbox, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany};
use uuid::Uuid;

use crate::entity::outbox_entry::{ActiveModel, Column, Entity, Model};
use crate::purge::MAX_VALUES;
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

/// The queue of emails, as stored: entries from before there were queues are emails.
pub(crate) const MAIL: &str = "";
/// The queue of undecided requests, as stored.
pub(crate) const DECIDING: &str = "@deciding";

/// How long an entry that cannot be read is left alone.
const UNREADABLE_PAUSE: Duration = Duration::from_mins(1);

fn to_model(entry: &OutboxEntry) -> Model {
    let intent = entry.intent.parts();
    Model {
        id: entry.id.as_uuid(),
        intent: intent.name,
        registration: intent.registration.map(|registration| registration.as_uuid()),
        account: intent.account.map(|account| account.as_uuid()),
        invitation: intent.invitation.map(|invitation| invitation.as_uuid()),
        notice: intent.notice,
        identity: intent.identity,
        // The column is older than events, which have no address, and not every database can make it nullable.
        address: intent.address.map(|address| address.as_str().to_owned()).unwrap_or_default(),
        queue: queue_name(&entry.intent.queue()).to_owned(),
        generation: intent.generation.map(i64::from),
        state: entry.state.name().to_owned(),
        fence: entry.fence.into(),
        attempts: entry.attempts.into(),
        due_at: micros(entry.due_at),
        leased_until: entry.leased_until.map(micros),
        claimable_at: micros(entry.leased_until.unwrap_or(entry.due_at)),
        created_at: micros(entry.created_at),
        settled_at: entry.settled_at.map(micros),
        note: entry.note.clone(),
        fault: entry.refusal.map(|refusal| refusal.fault.name().to_owned()),
        refused_at: entry.refusal.map(|refusal| micros(refusal.at)),
    }
}

/// Returns how the queue is stored: the queue of an endpoint under its name, which begins with a letter.
fn queue_name(queue: &Queue) -> &str {
    match queue {
        Queue::Deciding => DECIDING,
        Queue::Mail => MAIL,
        Queue::Endpoint(name) => name.as_str(),
    }
}

fn to_queue(name: &str) -> Option<Queue> {
    match name {
        DECIDING => Some(Queue::Deciding),
        MAIL => Some(Queue::Mail),
        endpoint => EndpointName::parse(endpoint).ok().map(Queue::Endpoint),
    }
}

/// Selects queued entries of the queue, in the order in which they can be claimed.
fn queued_in(queue: &Queue) -> Select<Entity> {
    Entity::find()
        .filter(Column::State.eq(OutboxState::Queued.name()))
        .filter(Column::Queue.eq(queue_name(queue)))
        .order_by_asc(Column::ClaimableAt)
}

fn from_model(model: Model) -> Result<OutboxEntry, StoreError> {
    let row = Row::new("outbox", model.id);
    let queue = row.read("queue", to_queue(&model.queue))?;
    let intent = IntentParts {
        address: queue.endpoint().is_none().then(|| row.address(&model.address, None)).transpose()?,
        endpoint: queue.endpoint().cloned(),
        name: model.intent,
        registration: model.registration.map(RegistrationId::from_uuid),
        account: model.account.map(AccountId::from_uuid),
        invitation: model.invitation.map(InvitationId::from_uuid),
        generation: model.generation.map(|generation| row.count("generation", generation)).transpose()?,
        notice: model.notice,
        identity: model.identity,
    };
    Ok(OutboxEntry {
        id: OutboxId::from_uuid(model.id),
        intent: row.read("intent", intent.assemble())?,
        state: row.read("state", OutboxState::by_name(&model.state))?,
        fence: row.count("fence", model.fence)?,
        attempts: row.count("attempts", model.attempts)?,
        due_at: Timestamp::from_unix_micros(model.due_at),
        leased_until: model.leased_until.map(Timestamp::from_unix_micros),
        created_at: Timestamp::from_unix_micros(model.created_at),
        settled_at: model.settled_at.map(Timestamp::from_unix_micros),
        note: model.note,
        refusal: match (model.fault, model.refused_at) {
            (Some(fault), Some(at)) => {
                let fault = row.read("fault", Fault::by_name(&fault))?;
                Some(Refusal { fault, at: Timestamp::from_unix_micros(at) })
            }
            _ => None,
        },
    })
}

/// Starts an update of an entry that is claimed with this fence.
fn update_claimed(id: OutboxId, fence: u32) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::Fence.eq(i64::from(fence)))
        .filter(Column::State.eq(OutboxState::Queued.name()))
}

/// Notes the refusal, or that there is none any more.
fn noted(update: UpdateMany<Entity>, refusal: Option<Refusal>) -> UpdateMany<Entity> {
    update
        .col_expr(Column::Fault, Expr::value(refusal.map(|refusal| refusal.fault.name())))
        .col_expr(Column::RefusedAt, Expr::value(refusal.map(|refusal| micros(refusal.at))))
}

/// Ends entries, even claimed ones.
pub(crate) fn end(update: UpdateMany<Entity>, state: OutboxState, now: Timestamp, note: &str) -> UpdateMany<Entity> {
    update
        .col_expr(Column::State, Expr::value(state.name()))
        .col_expr(Column::Fence, Expr::col(Column::Fence).add(1_i64))
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(Column::SettledAt, Expr::value(micros(now)))
        .col_expr(Column::Note, Expr::value(note))
}

/// Makes queued entries due, even claimed ones.
pub(crate) fn make_due(update: UpdateMany<Entity>, now: Timestamp) -> UpdateMany<Entity> {
    update
        .col_expr(Column::DueAt, Expr::value(micros(now)))
        .col_expr(Column::ClaimableAt, Expr::value(micros(now)))
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
}

impl DatabaseUnitOfWork {
    async fn lock_due_rows(&self, queue: &Queue, now: Timestamp, limit: u32) -> Result<Vec<Model>, StoreError> {
        let due = queued_in(queue)
            .filter(Column::ClaimableAt.lte(micros(now)))
            .order_by_asc(Column::Id)
            .limit(u64::from(limit))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(self.writer()?)
            .await;
        due.map_err(self.failed("find due entries"))
    }

    /// Reads entries. An unreadable entry must not stop the others: a newer version may have written it and can read it. It
    /// stays queued, and is tried again at `again`.
    async fn read_all(
        &self,
        models: impl IntoIterator<Item = Model> + Send,
        again: i64,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let mut entries = Vec::new();
        for model in models {
            let id = model.id;
            match from_model(model) {
                Ok(entry) => entries.push(entry),
                Err(_) => self.note_unreadable(id, again).await?,
            }
        }
        Ok(entries)
    }

    async fn note_unreadable(&self, id: Uuid, again: i64) -> Result<(), StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::Note, Expr::value("this version of the service cannot read the entry"))
            .col_expr(Column::ClaimableAt, Expr::value(again))
            .filter(Column::Id.eq(id));
        self.update(update, "postpone an unreadable entry").await.map(drop)
    }
}

#[async_trait]
impl Outbox for DatabaseUnitOfWork {
    async fn enqueue(&mut self, entry: &OutboxEntry) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(entry), "enqueue").await
    }

    async fn claim(
        &mut self,
        queue: &Queue,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let due = self.lock_due_rows(queue, now, limit).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let lease = micros(lease_until);
        let update = Entity::update_many()
            .col_expr(Column::Fence, Expr::col(Column::Fence).add(1_i64))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1_i64))
            .col_expr(Column::LeasedUntil, Expr::value(lease))
            .col_expr(Column::ClaimableAt, Expr::value(lease))
            .filter(Column::Id.is_in(due.iter().map(|model| model.id)))
            .filter(Column::State.eq(OutboxState::Queued.name()))
            .filter(Column::ClaimableAt.lte(micros(now)));
        if self.update(update, "claim").await? != due.len() as u64 {
            return Err(StoreError::transient("another worker claimed some of the entries"));
        }
        let claimed = due.into_iter().map(|model| Model {
            fence: model.fence + 1,
            attempts: model.attempts + 1,
            leased_until: Some(lease),
            ..model
        });
        self.read_all(claimed, lease).await
    }

    async fn lock_due(&mut self, queue: &Queue, now: Timestamp, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        let due = self.lock_due_rows(queue, now, limit).await?;
        self.read_all(due, micros(now + UNREADABLE_PAUSE)).await
    }

    async fn remove_entries(&mut self, entries: &[(OutboxId, u32)]) -> Result<u64, StoreError> {
        let mut by_fence: BTreeMap<u32, Vec<Uuid>> = BTreeMap::new();
        for (id, fence) in entries {
            by_fence.entry(*fence).or_default().push(id.as_uuid());
        }
        let mut removed = 0;
        for (fence, ids) in &by_fence {
            for ids in ids.chunks(MAX_VALUES) {
                let deletion = Entity::delete_many()
                    .filter(Column::Id.is_in(ids.iter().copied()))
                    .filter(Column::Fence.eq(i64::from(*fence)))
                    .filter(Column::State.eq(OutboxState::Queued.name()));
                removed += self.delete(deletion, "remove entries").await?;
            }
        }
        Ok(removed)
    }

    async fn decide_entry(
        &mut self,
        id: OutboxId,
        fence: u32,
        decided: Decided,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        let found = Entity::find_by_id(id.as_uuid()).one(self.reader()?).await;
        let Some(entry) = found.map_err(self.failed("find an entry"))?.map(from_model).transpose()? else {
            return Ok(Update::Missed);
        };
        let Some(intent) = entry.intent.decided(decided) else { return Ok(Update::Missed) };
        let (queue, parts) = (intent.queue(), intent.parts());
        let update = update_claimed(id, fence)
            .col_expr(Column::Intent, Expr::value(parts.name))
            .col_expr(Column::Queue, Expr::value(queue_name(&queue)))
            .col_expr(Column::Registration, Expr::value(parts.registration.map(|registration| registration.as_uuid())))
            .col_expr(Column::Account, Expr::value(parts.account.map(|account| account.as_uuid())))
            .col_expr(Column::Generation, Expr::value(parts.generation.map(i64::from)))
            .col_expr(Column::Fence, Expr::col(Column::Fence).add(1_i64))
            .col_expr(Column::Attempts, Expr::value(0_i64))
            .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
            .col_expr(Column::DueAt, Expr::value(micros(now)))
            .col_expr(Column::ClaimableAt, Expr::value(micros(now)));
        Ok(outcome(self.update(update, "record a decision").await?))
    }

    async fn settle(&mut self, id: OutboxId, fence: u32, settlement: &Settlement) -> Result<Update, StoreError> {
        let update = update_claimed(id, fence)
            .col_expr(Column::State, Expr::value(settlement.state().name()))
            .col_expr(Column::LeasedUntil, Expr::value(None::<i64>));
        let update = noted(update, settlement.refusal());
        let update = match settlement {
            Settlement::HandedOver { at } => update
                .col_expr(Column::SettledAt, Expr::value(micros(*at)))
                .col_expr(Column::Note, Expr::value(None::<String>)),
            Settlement::Deferred { due_at, note, .. } => update
                .col_expr(Column::DueAt, Expr::value(micros(*due_at)))
                .col_expr(Column::ClaimableAt, Expr::value(micros(*due_at)))
                .col_expr(Column::Note, Expr::value(note.as_str())),
            Settlement::Dropped { at, note } | Settlement::Dead { at, note, .. } => update
                .col_expr(Column::SettledAt, Expr::value(micros(*at)))
                .col_expr(Column::Note, Expr::value(note.as_str())),
        };
        Ok(outcome(self.update(update, "settle").await?))
    }

    async fn find_newest_entry_of_registration(
        &mut self,
        registration: RegistrationId,
    ) -> Result<Option<OutboxEntry>, StoreError> {
        let newest = Entity::find()
            .filter(Column::Registration.eq(registration.as_uuid()))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .one(self.reader()?)
            .await;
        newest.map_err(self.failed("find the newest entry"))?.map(from_model).transpose()
    }

    async fn has_bounced(&mut self, registration: RegistrationId, key: &EmailKey) -> Result<bool, StoreError> {
        let bounced = Entity::find()
            .select_only()
            .column(Column::Address)
            .filter(Column::Registration.eq(registration.as_uuid()))
            .filter(Column::State.eq(OutboxState::Bounced.name()))
            .filter(Column::Fault.is_null().or(Column::Fault.eq(Fault::Recipient.name())))
            .into_tuple::<String>()
            .all(self.reader()?)
            .await;
        let bounced = bounced.map_err(self.failed("find bounced entries"))?;
        // A registration has few addresses, and each bounces once.
        Ok(bounced.iter().any(|text| EmailAddress::parse(text).is_ok_and(|address| address.key() == key)))
    }

    async fn bounce_entry(&mut self, id: OutboxId, refusal: Refusal, note: &str) -> Result<Update, StoreError> {
        let update = noted(Entity::update_many(), Some(refusal))
            .col_expr(Column::State, Expr::value(OutboxState::Bounced.name()))
            .col_expr(Column::SettledAt, Expr::value(micros(refusal.at)))
            .col_expr(Column::Note, Expr::value(note))
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(Column::Queue.eq(MAIL))
            .filter(Column::State.eq(OutboxState::HandedOver.name()));
        Ok(outcome(self.update(update, "mark an entry as bounced").await?))
    }

    async fn find_refused(
        &mut self,
        fault: Fault,
        since: Timestamp,
        until: Timestamp,
        states: &[OutboxState],
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        self.list_refused(fault, since, until, states, limit).await
    }

    async fn requeue_refused(&mut self, ids: &[OutboxId], due_at: Timestamp) -> Result<u64, StoreError> {
        self.update_refused(ids, due_at).await
    }

    async fn next_due(&mut self, queue: &Queue) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = queued_in(queue)
            .select_only()
            .column(Column::ClaimableAt)
            .limit(1)
            .into_tuple()
            .one(self.reader()?)
            .await
            .map_err(self.failed("find the next due entry"))?;
        Ok(next.map(Timestamp::from_unix_micros))
    }
}
