//! The audit trail, and daily figures.

use std::ops::Range;
use std::time::Duration;

use account_core::audit::{Actor, AuditEntry, AuditEvent};
use account_core::id::{AccountId, AuditId};
use account_core::outbox::OutboxState;
use account_core::ports::StoreError;
use account_core::ports::store::{AuditFilter, AuditTrail, Measure, Wait};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::{Asterisk, Expr, Func};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::entity::audit_entry::{ActiveModel, Column, Entity, Model};
use crate::entity::{outbox_entry, registration};
use crate::outbox::MAIL;
use crate::page::Page;
use crate::row::{Row, micros};
use crate::unit_of_work::DatabaseUnitOfWork;

/// The intent of the first email about a registration, as stored.
const REGISTRATION: &str = "registration";
/// Microseconds in a day.
const DAY: i64 = 86_400_000_000;

fn to_model(entry: &AuditEntry) -> Model {
    let (actor, actor_account) = match entry.actor {
        Actor::Account(account) => ("account", Some(account.as_uuid())),
        Actor::Operator => ("operator", None),
        Actor::Service => ("service", None),
    };
    Model {
        id: entry.id.as_uuid(),
        at: micros(entry.at),
        event: entry.event.name().to_owned(),
        actor: actor.to_owned(),
        actor_account,
        account: entry.account.map(|account| account.as_uuid()),
        client_address: entry.client_address.map(|address| address.to_string()),
        request_id: entry.request_id.clone(),
        detail: entry.detail.clone(),
    }
}

fn from_model(model: Model) -> Result<AuditEntry, StoreError> {
    let row = Row::new("audit", model.id);
    let actor = match (model.actor.as_str(), model.actor_account) {
        ("account", Some(account)) => Actor::Account(AccountId::from_uuid(account)),
        ("operator", None) => Actor::Operator,
        ("service", None) => Actor::Service,
        _ => return Err(row.damaged("actor")),
    };
    Ok(AuditEntry {
        id: AuditId::from_uuid(model.id),
        at: Timestamp::from_unix_micros(model.at),
        event: row.read("event", AuditEvent::by_name(&model.event))?,
        actor,
        account: model.account.map(AccountId::from_uuid),
        client_address: row.client_address(model.client_address.as_deref())?,
        request_id: model.request_id,
        detail: model.detail,
    })
}

impl DatabaseUnitOfWork {
    /// Counts the rows in the span by day.
    async fn count_days<E: EntityTrait>(
        &self,
        rows: Select<E>,
        moment: E::Column,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(i64, u64)>, StoreError> {
        // Group by the day's start: integer division differs between databases, but the remainder does not. Refer to
        // the expression by name, because a database treats two placeholders as two values.
        let day = moment.into_expr().sub(moment.into_expr().modulo(DAY));
        let days: Vec<(i64, i64)> = rows
            .select_only()
            .expr_as(day, "first_moment")
            .expr_as(Func::count(Expr::col(Asterisk)), "happened")
            .filter(moment.gte(micros(from).div_euclid(DAY) * DAY))
            .filter(moment.lt(micros(until)))
            .group_by(Expr::col("first_moment"))
            .order_by_asc(Expr::col("first_moment"))
            .into_tuple()
            .all(self.reader()?)
            .await
            .map_err(self.failed("count by day"))?;
        Ok(days.into_iter().map(|(day, count)| (day / DAY, u64::try_from(count).unwrap_or(0))).collect())
    }

    /// Returns how long it took from one moment of the rows to the other, which is in the span; latest end first.
    async fn list_waits<E: EntityTrait>(
        &self,
        rows: Select<E>,
        begin: impl ColumnTrait,
        end: E::Column,
        span: Range<Timestamp>,
        limit: u32,
    ) -> Result<Vec<Duration>, StoreError> {
        let moments: Vec<(i64, i64)> = rows
            .select_only()
            .column(begin)
            .column(end)
            .filter(end.gte(micros(span.start)))
            .filter(end.lt(micros(span.end)))
            .order_by_desc(end)
            .limit(u64::from(limit))
            .into_tuple()
            .all(self.reader()?)
            .await
            .map_err(self.failed("list waits"))?;
        let of = |(begin, end)| Timestamp::from_unix_micros(end).since(Timestamp::from_unix_micros(begin));
        Ok(moments.into_iter().map(of).collect())
    }
}

#[async_trait]
impl AuditTrail for DatabaseUnitOfWork {
    async fn insert_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(entry), "insert an entry of the audit trail").await
    }

    async fn list_audit_entries(
        &mut self,
        filter: &AuditFilter,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let concerns = |account: AccountId| {
            let account = account.as_uuid();
            Condition::any().add(Column::Account.eq(account)).add(Column::ActorAccount.eq(account))
        };
        let rows = Entity::find()
            .apply_if(filter.account, |rows, account| rows.filter(concerns(account)))
            .apply_if(filter.event, |rows, event| rows.filter(Column::Event.eq(event.name())));
        let page = Page::newest_first(Column::Id, before.map(|id| id.as_uuid()), limit);
        self.list_page(rows, page, from_model, "list the audit trail").await
    }

    async fn count_by_day(
        &mut self,
        measure: Measure,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(i64, u64)>, StoreError> {
        match measure {
            Measure::RegistrationsStarted => {
                let rows = registration::Entity::find();
                self.count_days(rows, registration::Column::CreatedAt, from, until).await
            }
            Measure::MailsHandedOver => {
                let handed_over = outbox_entry::Column::State.eq(OutboxState::HandedOver.name());
                let is_mail = outbox_entry::Column::Queue.eq(MAIL);
                let rows = outbox_entry::Entity::find().filter(handed_over).filter(is_mail);
                self.count_days(rows, outbox_entry::Column::SettledAt, from, until).await
            }
            Measure::Event(event) => {
                self.count_days(Entity::find().filter(Column::Event.eq(event.name())), Column::At, from, until).await
            }
        }
    }

    async fn find_waits(
        &mut self,
        wait: Wait,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Duration>, StoreError> {
        match wait {
            Wait::UntilMailed => {
                use outbox_entry::Column;
                let rows = outbox_entry::Entity::find()
                    .filter(Column::State.eq(OutboxState::HandedOver.name()))
                    .filter(Column::Intent.eq(REGISTRATION));
                self.list_waits(rows, Column::CreatedAt, Column::SettledAt, from..until, limit).await
            }
            Wait::UntilConfirmed => {
                let registration =
                    Entity::belongs_to(registration::Entity).from(Column::Account).to(registration::Column::Id);
                let rows = Entity::find()
                    .join(JoinType::InnerJoin, registration.into())
                    .filter(Column::Event.eq(AuditEvent::RegistrationCompleted.name()));
                self.list_waits(rows, registration::Column::CreatedAt, Column::At, from..until, limit).await
            }
        }
    }
}
