//! Emails whose sender was refused: a few attempts, unless every email is concerned. Then all wait for the cure.

use std::time::Duration;

use super::{Delivery, Ended, News, Outcome, note_of};
use crate::id::OutboxId;
use crate::outbox::refused_sender::{MANY_DOMAINS, RefusedSender, find_counted};
use crate::outbox::{Fault, OutboxEntry, OutboxState, Refusal, Settlement};
use crate::ports::store::Update;
use crate::ports::{DeliveryError, StoreError, UnitOfWork};
use crate::timestamp::Timestamp;

/// How many attempts an email gets whose sender was refused, if others are not.
const ATTEMPTS_ALONE: u32 = 3;
/// Maximum time between two attempts while every email is concerned. Shorter than a refusal counts, so that what still
/// waits keeps the alarm up.
const LAST_RETRY: Duration = Duration::from_mins(5);
/// How many dead entries are revived in one unit of work.
const REVIVED_TOGETHER: u32 = 200;
/// In how many groups they are tried again, one after the other, for the server still refuses.
const REVIVED_IN: usize = 10;
/// How many waiting emails each one that was accepted after all pulls forward. After the cure their number grows with
/// each round; where only some are accepted, the server is not stormed.
const PULLED_FORWARD: usize = 4;
/// How many of those that wait are looked at.
const WAITING: u32 = 200;

impl Delivery {
    /// Settles an email whose sender was refused.
    pub(super) async fn settle_refused(
        &self,
        entry: &OutboxEntry,
        error: &DeliveryError,
        useful_until: Timestamp,
    ) -> Result<Ended, StoreError> {
        let now = self.clock.now();
        let is_known = self.alarm.is_fresh(now);
        if is_known {
            let settlement = self.after_refusal(entry, error, useful_until, true);
            let update = self.settlements.settle(entry, &settlement).await?;
            return Ok(if update == Update::Missed { Outcome::Lost.into() } else { Ended::of(&settlement) });
        }
        let settled = self.retried(|| self.settle_and_look(entry, error, useful_until)).await?;
        let Some((settlement, domains, revived)) = settled else { return Ok(Outcome::Lost.into()) };
        let news = if domains >= MANY_DOMAINS {
            self.alarm.raise(now).then_some(News::SenderRefused { domains, revived })
        } else {
            self.alarm.end().then_some(News::SenderAccepted)
        };
        Ok(Ended { news, ..Ended::of(&settlement) })
    }

    /// Settles the email by what became of others; returns how, the number of domains that refused us and how many
    /// emails were revived. `None` if the claim was lost.
    async fn settle_and_look(
        &self,
        entry: &OutboxEntry,
        error: &DeliveryError,
        useful_until: Timestamp,
    ) -> Result<Option<(Settlement, usize, u64)>, StoreError> {
        let mut unit = self.store.begin().await?;
        let now = self.clock.now();
        let mut refused = RefusedSender::read(&mut *unit, now).await?;
        refused.domains.extend(entry.intent.address().map(|to| to.ascii_domain().to_owned()));
        let settlement = self.after_refusal(entry, error, useful_until, refused.is_alarming());
        if unit.settle(entry.id, entry.fence, &settlement).await? == Update::Missed {
            return Ok(None);
        }
        let revived = if refused.is_alarming() { self.revive(&mut *unit, now).await? } else { 0 };
        unit.commit().await?;
        Ok(Some((settlement, refused.domains.len(), revived)))
    }

    fn after_refusal(
        &self,
        entry: &OutboxEntry,
        error: &DeliveryError,
        useful_until: Timestamp,
        is_alarming: bool,
    ) -> Settlement {
        let (now, note) = (self.clock.now(), note_of(error));
        let refusal = Some(Refusal { fault: Fault::Sender, at: now });
        let is_shut_out = matches!(error, DeliveryError::ShutOut(_));
        let wait = self.retry_wait(entry.attempts);
        let due_at = now + if is_alarming { wait.min(LAST_RETRY) } else { wait };
        if !is_alarming && !is_shut_out && entry.attempts >= ATTEMPTS_ALONE {
            return Settlement::Dead { at: now, note, refusal };
        }
        if due_at >= useful_until {
            // Not a sign of anything new, and nothing to revive.
            return Settlement::Dead { at: now, note: format!("out of time: {note}"), refusal: None };
        }
        Settlement::Deferred { due_at, note, refusal }
    }

    /// Puts back what was given up while it was not known that every email is concerned; returns how many. What was
    /// given up earlier stays dead.
    async fn revive(&self, unit: &mut dyn UnitOfWork, now: Timestamp) -> Result<u64, StoreError> {
        let dead = find_counted(unit, now, &[OutboxState::Dead], REVIVED_TOGETHER).await?;
        let ids: Vec<OutboxId> = dead.iter().map(|entry| entry.id).collect();
        let mut revived = 0;
        let mut due_at = now;
        for group in ids.chunks(ids.len().div_ceil(REVIVED_IN).max(1)) {
            due_at = due_at + LAST_RETRY / u32::try_from(REVIVED_IN).unwrap_or(1);
            revived += unit.requeue_refused(group, due_at).await?;
        }
        Ok(revived)
    }

    /// An email was accepted whose sender had been refused: others that wait follow soon. Returns whether the alarm is
    /// over.
    pub(super) async fn pull_forward(&self) -> Result<Option<News>, StoreError> {
        let is_alarming = self.retried(|| self.pull_some_forward()).await?;
        Ok((!is_alarming && self.alarm.end()).then_some(News::SenderAccepted))
    }

    /// Returns whether every email is still concerned.
    async fn pull_some_forward(&self) -> Result<bool, StoreError> {
        let mut unit = self.store.begin().await?;
        let now = self.clock.now();
        let mut waiting = find_counted(&mut *unit, now, &[OutboxState::Queued], WAITING).await?;
        waiting.retain(|entry| entry.leased_until.is_none() && entry.due_at > now);
        waiting.sort_by_key(|entry| entry.due_at);
        let ids: Vec<OutboxId> = waiting.iter().take(PULLED_FORWARD).map(|entry| entry.id).collect();
        unit.requeue_refused(&ids, now).await?;
        let is_alarming = RefusedSender::read(&mut *unit, now).await?.is_alarming();
        unit.commit().await?;
        Ok(is_alarming)
    }
}
