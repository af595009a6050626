//! Invitations.

use account_core::account::{OrganizationRole, Role};
use account_core::email_address::EmailKey;
use account_core::id::{AccountId, InvitationId, OrganizationId};
use account_core::invitation::{Invitation, InvitationState};
use account_core::ports::StoreError;
use account_core::ports::store::{Invitations, Update};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryTrait, UpdateMany};

use crate::entity::invitation::{ActiveModel, Column, Entity, Model};
use crate::page::Page;
use crate::row::{Row, micros};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

fn to_model(invitation: &Invitation) -> Model {
    Model {
        id: invitation.id.as_uuid(),
        address: invitation.address.as_str().to_owned(),
        email_key: invitation.address.key().as_str().to_owned(),
        role: invitation.role.name().to_owned(),
        organization: invitation.organization.map(|organization| organization.as_uuid()),
        organization_role: invitation.organization_role.map(|role| role.name().to_owned()),
        invited_by: invitation.invited_by.map(|account| account.as_uuid()),
        state: invitation.state.name().to_owned(),
        generation: invitation.generation.into(),
        key_id: invitation.key_id.clone(),
        created_at: micros(invitation.created_at),
        expires_at: micros(invitation.expires_at),
    }
}

fn from_model(model: Model) -> Result<Invitation, StoreError> {
    let row = Row::new("invitations", model.id);
    let organization_role = model.organization_role.map(|name| OrganizationRole::by_name(&name));
    Ok(Invitation {
        id: InvitationId::from_uuid(model.id),
        address: row.address(&model.address, Some(&model.email_key))?,
        role: row.read("role", Role::by_name(&model.role))?,
        organization: model.organization.map(OrganizationId::from_uuid),
        organization_role: organization_role.map(|role| row.read("organization_role", role)).transpose()?,
        invited_by: model.invited_by.map(AccountId::from_uuid),
        state: row.read("state", InvitationState::by_name(&model.state))?,
        generation: row.count("generation", model.generation)?,
        key_id: model.key_id,
        created_at: Timestamp::from_unix_micros(model.created_at),
        expires_at: Timestamp::from_unix_micros(model.expires_at),
    })
}

/// Starts an update of pending invitations.
fn update_pending() -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::State.eq(InvitationState::Pending.name()))
}

#[async_trait]
impl Invitations for DatabaseUnitOfWork {
    async fn insert_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(invitation), "insert an invitation").await
    }

    async fn find_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        let found = Entity::find_by_id(id.as_uuid()).one(self.reader()?).await;
        found.map_err(self.failed("find an invitation"))?.map(from_model).transpose()
    }

    async fn find_pending_invitations(&mut self, key: &EmailKey) -> Result<Vec<Invitation>, StoreError> {
        let found = Entity::find()
            .filter(Column::EmailKey.eq(key.as_str()))
            .filter(Column::State.eq(InvitationState::Pending.name()))
            .order_by_desc(Column::Id)
            .all(self.reader()?)
            .await;
        found.map_err(self.failed("find pending invitations"))?.into_iter().map(from_model).collect()
    }

    async fn renew_invitation(&mut self, renewed: &Invitation) -> Result<Update, StoreError> {
        let update = update_pending()
            .col_expr(Column::Generation, Expr::value(i64::from(renewed.generation)))
            .col_expr(Column::KeyId, Expr::value(renewed.key_id.as_str()))
            .col_expr(Column::ExpiresAt, Expr::value(micros(renewed.expires_at)))
            .filter(Column::Id.eq(renewed.id.as_uuid()))
            .filter(Column::Generation.eq(i64::from(renewed.generation) - 1));
        Ok(outcome(self.update(update, "renew an invitation").await?))
    }

    async fn end_invitation(&mut self, id: InvitationId, state: InvitationState) -> Result<Update, StoreError> {
        let update =
            update_pending().col_expr(Column::State, Expr::value(state.name())).filter(Column::Id.eq(id.as_uuid()));
        Ok(outcome(self.update(update, "end an invitation").await?))
    }

    async fn void_invitations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        let update = update_pending()
            .col_expr(Column::State, Expr::value(InvitationState::Void.name()))
            .filter(Column::EmailKey.eq(key.as_str()));
        self.update(update, "void invitations").await
    }

    async fn list_invitations(
        &mut self,
        state: Option<InvitationState>,
        before: Option<InvitationId>,
        limit: u32,
    ) -> Result<Vec<Invitation>, StoreError> {
        let rows = Entity::find().apply_if(state, |rows, state| rows.filter(Column::State.eq(state.name())));
        let page = Page::newest_first(Column::Id, before.map(|id| id.as_uuid()), limit);
        self.list_page(rows, page, from_model, "list invitations").await
    }
}
