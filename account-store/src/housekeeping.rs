//! Deleting expired data.

use account_core::outbox::OutboxState;
use account_core::ports::StoreError;
use account_core::ports::store::{Housekeeping, Purge};
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait};

use crate::entity::{
    audit_entry, idempotency_record, invitation, one_time_token, outbox_entry, provider_flow, registration, session,
};
use crate::outbox::{DECIDING, MAIL};
use crate::row::micros;
use crate::unit_of_work::DatabaseUnitOfWork;
use crate::{outbox, purge, registrations};

/// Returns the condition for the rows.
fn condition(what: Purge) -> Result<Condition, StoreError> {
    let all = Condition::all();
    Ok(match what {
        Purge::ExpiredRegistrationSecrets(before) => {
            all.add(registration::Column::ExpiresAt.lt(micros(before))).add(registrations::is_unwiped()?)
        }
        Purge::Registrations(before) => all.add(registration::Column::ExpiresAt.lt(micros(before))),
        Purge::OneTimeTokens(before) => all.add(one_time_token::Column::ExpiresAt.lt(micros(before))),
        Purge::Sessions(now) => {
            // Not `last_used_at + idle <= now`: the sum can overflow the column's type, which is an error.
            let last_use = Expr::val(micros(now)).sub(Expr::col(session::Column::Idle));
            let is_idle =
                session::Column::Idle.is_not_null().and(session::Column::LastUsedAt.into_expr().lte(last_use));
            Condition::any().add(session::Column::ExpiresAt.lte(micros(now))).add(is_idle)
        }
        Purge::IdempotencyRecords(before) => all.add(idempotency_record::Column::ExpiresAt.lt(micros(before))),
        Purge::ProviderFlows(before) => all.add(provider_flow::Column::ExpiresAt.lt(micros(before))),
        Purge::Invitations(before) => all.add(invitation::Column::ExpiresAt.lt(micros(before))),
        Purge::OutboxEntries(before) => all
            .add(outbox_entry::Column::State.is_in(SETTLED.map(OutboxState::name)))
            .add(outbox_entry::Column::SettledAt.lt(micros(before))),
        Purge::UnclaimedEvents { before, .. } => all
            .add(outbox_entry::Column::State.eq(OutboxState::Queued.name()))
            .add(outbox_entry::Column::Queue.is_not_in([MAIL, DECIDING]))
            .add(outbox_entry::Column::ClaimableAt.lt(micros(before))),
        Purge::FutureOutboxEntries { now, created_after, latest } => {
            use outbox_entry::Column as Entry;

            let is_new = Entry::Attempts.eq(0).and(Entry::CreatedAt.gt(micros(created_after)));
            all.add(Entry::State.eq(OutboxState::Queued.name()))
                // True of every entry and implied by the rest: without them, SQLite reads every queued row, not the index.
                .add(Entry::Queue.gte(""))
                .add(Entry::ClaimableAt.gt(micros(now)))
                .add(Entry::ClaimableAt.gt(micros(latest)).or(is_new))
        }
        Purge::AuditEntries(before) => all.add(audit_entry::Column::At.lt(micros(before))),
        Purge::RegistrationClientAddresses(before) => all
            .add(registration::Column::CreatedAt.lt(micros(before)))
            .add(registration::Column::ClientAddress.is_not_null()),
        Purge::AuditClientAddresses(before) => {
            all.add(audit_entry::Column::At.lt(micros(before))).add(audit_entry::Column::ClientAddress.is_not_null())
        }
        Purge::SessionClientAddresses(before) => {
            all.add(session::Column::CreatedAt.lt(micros(before))).add(session::Column::ClientAddress.is_not_null())
        }
    })
}

/// The settled states, because the index is on state and time.
const SETTLED: [OutboxState; 4] =
    [OutboxState::HandedOver, OutboxState::Dropped, OutboxState::Dead, OutboxState::Bounced];

#[async_trait]
impl Housekeeping for DatabaseUnitOfWork {
    async fn purge(&mut self, what: Purge, limit: u32) -> Result<u64, StoreError> {
        let (writer, condition) = (self.writer()?, condition(what)?);
        let nothing = || Expr::value(None::<String>);
        let purged = match what {
            Purge::ExpiredRegistrationSecrets(_) => {
                let update = registrations::wipe(registration::Entity::update_many())?;
                purge::wipe(writer, update, &condition, limit).await
            }
            Purge::Registrations(_) => purge::remove::<registration::Entity>(writer, &condition, limit).await,
            Purge::OneTimeTokens(_) => purge::remove::<one_time_token::Entity>(writer, &condition, limit).await,
            Purge::Sessions(_) => purge::remove::<session::Entity>(writer, &condition, limit).await,
            Purge::IdempotencyRecords(_) => {
                purge::remove::<idempotency_record::Entity>(writer, &condition, limit).await
            }
            Purge::ProviderFlows(_) => purge::remove::<provider_flow::Entity>(writer, &condition, limit).await,
            Purge::Invitations(_) => purge::remove::<invitation::Entity>(writer, &condition, limit).await,
            Purge::OutboxEntries(_) => purge::remove::<outbox_entry::Entity>(writer, &condition, limit).await,
            Purge::UnclaimedEvents { now, note, .. } => {
                let update = outbox::end(outbox_entry::Entity::update_many(), OutboxState::Dead, now, note);
                purge::wipe(writer, update, &condition, limit).await
            }
            Purge::FutureOutboxEntries { now, .. } => {
                let update = outbox::make_due(outbox_entry::Entity::update_many(), now);
                purge::wipe(writer, update, &condition, limit).await
            }
            Purge::AuditEntries(_) => purge::remove::<audit_entry::Entity>(writer, &condition, limit).await,
            Purge::RegistrationClientAddresses(_) => {
                let update = registration::Entity::update_many();
                let update = update.col_expr(registration::Column::ClientAddress, nothing());
                purge::wipe(writer, update, &condition, limit).await
            }
            Purge::AuditClientAddresses(_) => {
                let update = audit_entry::Entity::update_many();
                let update = update.col_expr(audit_entry::Column::ClientAddress, nothing());
                purge::wipe(writer, update, &condition, limit).await
            }
            Purge::SessionClientAddresses(_) => {
                let update = session::Entity::update_many().col_expr(session::Column::ClientAddress, nothing());
                purge::wipe(writer, update, &condition, limit).await
            }
        };
        purged.map_err(self.failed("purge"))
    }

    async fn count_purgeable(&mut self, what: Purge) -> Result<u64, StoreError> {
        let (reader, condition) = (self.reader()?, condition(what)?);
        let counted = match what {
            Purge::ExpiredRegistrationSecrets(_) | Purge::Registrations(_) | Purge::RegistrationClientAddresses(_) => {
                purge::count::<registration::Entity>(reader, condition).await
            }
            Purge::OneTimeTokens(_) => purge::count::<one_time_token::Entity>(reader, condition).await,
            Purge::Sessions(_) | Purge::SessionClientAddresses(_) => {
                purge::count::<session::Entity>(reader, condition).await
            }
            Purge::IdempotencyRecords(_) => purge::count::<idempotency_record::Entity>(reader, condition).await,
            Purge::ProviderFlows(_) => purge::count::<provider_flow::Entity>(reader, condition).await,
            Purge::Invitations(_) => purge::count::<invitation::Entity>(reader, condition).await,
            Purge::OutboxEntries(_) | Purge::UnclaimedEvents { .. } | Purge::FutureOutboxEntries { .. } => {
                purge::count::<outbox_entry::Entity>(reader, condition).await
            }
            Purge::AuditEntries(_) | Purge::AuditClientAddresses(_) => {
                purge::count::<audit_entry::Entity>(reader, condition).await
            }
        };
        counted.map_err(self.failed("count what can be purged"))
    }
}
