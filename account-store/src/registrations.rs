//! Registrations.

mod extra_choices;

use std::collections::BTreeSet;

use account_core::email_address::EmailKey;
use account_core::id::{OrganizationId, RegistrationId};
use account_core::name::UserName;
use account_core::one_time_token::TokenDigest;
use account_core::ports::StoreError;
use account_core::ports::store::{RegistrationFilter, Registrations, Update};
use account_core::profile::{Choices, Profile, RegistrationOrigin};
use account_core::registration::{CompletedBy, Ending, NOT_CORRECTABLE, Registration, RegistrationState};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, UpdateMany,
};
use uuid::Uuid;

use crate::entity::registration::{ActiveModel, Column, Entity, Model};
use crate::page::Page;
use crate::purge::MAX_VALUES;
use crate::registrations::extra_choices::ExtraChoices;
use crate::row::{Row, hash_columns, micros, profile_document};
use crate::unit_of_work::{DatabaseUnitOfWork, outcome};

/// The stored state of a pending registration whose address was corrected. Earlier builds share the database while
/// instances are replaced, and do not know that the account with the registration's id can be that of the former
/// address's owner: they would give that account the new address. They refuse to read this state.
const CORRECTED: &str = "corrected";

/// The stored states of pending registrations.
const PENDING: [&str; 2] = [RegistrationState::Pending.name(), CORRECTED];

fn stored_state(registration: &Registration) -> &'static str {
    match registration.state {
        RegistrationState::Pending if registration.was_corrected() => CORRECTED,
        state => state.name(),
    }
}

fn read_state(name: &str) -> Option<RegistrationState> {
    if name == CORRECTED { Some(RegistrationState::Pending) } else { RegistrationState::by_name(name) }
}

/// Returns the condition that a registration is in this state.
fn is_in(state: RegistrationState) -> Condition {
    let condition = Condition::all();
    match state {
        RegistrationState::Pending => condition.add(Column::State.is_in(PENDING)),
        ended => condition.add(Column::State.eq(ended.name())),
    }
}

fn to_model(registration: &Registration) -> Result<Model, StoreError> {
    let Registration { address, choices, origin, .. } = registration;
    let (password_hash, passed_policy) = hash_columns(registration.password_hash.as_ref());
    Ok(Model {
        id: registration.id.as_uuid(),
        address: address.as_str().to_owned(),
        email_key: address.key().as_str().to_owned(),
        password_hash,
        passed_policy,
        profile: profile_document(&choices.profile)?,
        user_name: choices.user_name.as_ref().map(|name| name.as_str().to_owned()),
        organization: choices.organization.map(|organization| organization.as_uuid()),
        callback_url: choices.callback_url.clone(),
        extra_choices: ExtraChoices::of(choices).document()?,
        channel: origin.channel.clone(),
        client_address: origin.client_address.map(|address| address.to_string()),
        continuation: registration.continuation.as_bytes().to_vec(),
        state: stored_state(registration).to_owned(),
        completed_by: registration.completed_by.map(|by| by.name().to_owned()),
        corrections: registration.corrections.into(),
        generation: registration.generation.into(),
        code: registration.code.as_bytes().to_vec(),
        key_id: registration.key_id.clone(),
        code_tries: registration.code_tries.into(),
        created_at: micros(registration.created_at),
        expires_at: micros(registration.expires_at),
        shown_until: Some(micros(registration.shown_until)),
    })
}

fn from_model(model: Model) -> Result<Registration, StoreError> {
    let row = Row::new("registrations", model.id);
    let client_address = row.client_address(model.client_address.as_deref())?;
    let extra_choices = ExtraChoices::read(&row, model.extra_choices.as_deref())?;
    Ok(Registration {
        id: RegistrationId::from_uuid(model.id),
        address: row.address(&model.address, Some(&model.email_key))?,
        password_hash: row.password_hash(model.password_hash, model.passed_policy.as_deref())?,
        choices: extra_choices.complete(
            &row,
            Choices {
                profile: row.profile(&model.profile)?,
                user_name: model.user_name.map(UserName::from_stored),
                organization: model.organization.map(OrganizationId::from_uuid),
                callback_url: model.callback_url,
                ..Choices::default()
            },
        )?,
        origin: RegistrationOrigin { channel: model.channel, client_address },
        continuation: row.digest("continuation", &model.continuation)?,
        state: row.read("state", read_state(&model.state))?,
        completed_by: match model.completed_by {
            Some(name) => Some(row.read("completed_by", CompletedBy::by_name(&name))?),
            None => None,
        },
        corrections: row.count("corrections", model.corrections)?,
        generation: row.count("generation", model.generation)?,
        code: row.digest("code", &model.code)?,
        key_id: model.key_id,
        code_tries: row.count("code_tries", model.code_tries)?,
        created_at: Timestamp::from_unix_micros(model.created_at),
        expires_at: Timestamp::from_unix_micros(model.expires_at),
        shown_until: Timestamp::from_unix_micros(model.shown_until.unwrap_or(model.expires_at)),
    })
}

/// Starts an update of pending registrations.
fn update_pending() -> UpdateMany<Entity> {
    Entity::update_many().filter(is_in(RegistrationState::Pending))
}

/// Starts an update of registrations that are not completed.
fn update_uncompleted() -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::State.ne(RegistrationState::Completed.name()))
}

/// Adds the wiping of password hash and choices.
pub(crate) fn wipe(update: UpdateMany<Entity>) -> Result<UpdateMany<Entity>, StoreError> {
    Ok(update
        .col_expr(Column::PasswordHash, Expr::value(None::<String>))
        .col_expr(Column::PassedPolicy, Expr::value(None::<String>))
        .col_expr(Column::Profile, Expr::value(profile_document(&Profile::default())?))
        .col_expr(Column::UserName, Expr::value(None::<String>))
        .col_expr(Column::Organization, Expr::value(None::<Uuid>))
        .col_expr(Column::CallbackUrl, Expr::value(None::<String>))
        .col_expr(Column::ExtraChoices, Expr::value(None::<String>)))
}

/// Returns the condition that something is left to wipe.
pub(crate) fn is_unwiped() -> Result<Condition, StoreError> {
    Ok(Condition::any()
        .add(Column::PasswordHash.is_not_null())
        .add(Column::Profile.ne(profile_document(&Profile::default())?))
        .add(Column::UserName.is_not_null())
        .add(Column::Organization.is_not_null())
        .add(Column::CallbackUrl.is_not_null())
        .add(Column::ExtraChoices.is_not_null()))
}

/// Starts an update that ends registrations and wipes what they no longer need.
fn end(ending: Ending) -> Result<UpdateMany<Entity>, StoreError> {
    let completed_by = ending.completed_by().map(CompletedBy::name);
    let update = if let Ending::Revoked(_) = ending { update_uncompleted() } else { update_pending() };
    let update = update
        .col_expr(Column::State, Expr::value(ending.state().name()))
        .col_expr(Column::CompletedBy, Expr::value(completed_by));
    match ending {
        Ending::Completed(_) => wipe(update),
        Ending::Revoked(at) => wipe(
            update
                .col_expr(Column::ShownUntil, Expr::value(micros(at)))
                .col_expr(Column::Corrections, Expr::value(i64::from(NOT_CORRECTABLE))),
        ),
        Ending::Taken | Ending::Void => Ok(update),
    }
}

#[async_trait]
impl Registrations for DatabaseUnitOfWork {
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError> {
        self.insert::<ActiveModel>(to_model(registration)?, "insert a registration").await
    }

    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        let found = Entity::find_by_id(id.as_uuid()).one(self.reader()?).await;
        found.map_err(self.failed("find a registration"))?.map(from_model).transpose()
    }

    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError> {
        let newest = Entity::find()
            .filter(Column::EmailKey.eq(key.as_str()))
            .filter(Column::State.ne(RegistrationState::Completed.name()))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .one(self.reader()?)
            .await;
        newest.map_err(self.failed("find the newest registration"))?.map(from_model).transpose()
    }

    async fn find_uncompleted_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError> {
        let mut found = BTreeSet::new();
        for keys in keys.chunks(MAX_VALUES) {
            let select = Entity::find().select_only().column(Column::EmailKey);
            let select = select.filter(Column::EmailKey.is_in(keys.iter().map(EmailKey::as_str)));
            let select = select.filter(Column::State.ne(RegistrationState::Completed.name()));
            found.extend(self.read_keys(select, keys, "find the addresses of registrations").await?);
        }
        Ok(found)
    }

    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError> {
        let found =
            Entity::find().filter(Column::Continuation.eq(continuation.as_bytes().to_vec())).one(self.reader()?).await;
        found.map_err(self.failed("find a registration by its continuation"))?.map(from_model).transpose()
    }

    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError> {
        let update = update_uncompleted()
            .col_expr(Column::Generation, Expr::value(i64::from(renewed.generation)))
            .col_expr(Column::Code, Expr::value(renewed.code.as_bytes().to_vec()))
            .col_expr(Column::KeyId, Expr::value(renewed.key_id.as_str()))
            .col_expr(Column::ExpiresAt, Expr::value(micros(renewed.expires_at)))
            .col_expr(Column::ShownUntil, Expr::value(micros(renewed.shown_until)))
            .filter(Column::Id.eq(renewed.id.as_uuid()))
            .filter(Column::Generation.eq(i64::from(renewed.generation) - 1));
        Ok(outcome(self.update(update, "renew a registration").await?))
    }

    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::CodeTries, Expr::col(Column::CodeTries).add(1_i64))
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(Column::CodeTries.lt(i64::from(max)));
        Ok(outcome(self.update(update, "count a try").await?))
    }

    async fn correct_registration(&mut self, corrected: &Registration) -> Result<Update, StoreError> {
        let address = &corrected.address;
        let update = update_uncompleted()
            .col_expr(Column::Address, Expr::value(address.as_str()))
            .col_expr(Column::EmailKey, Expr::value(address.key().as_str()))
            .col_expr(Column::State, Expr::value(CORRECTED))
            .col_expr(Column::Generation, Expr::value(i64::from(corrected.generation)))
            .col_expr(Column::Code, Expr::value(corrected.code.as_bytes().to_vec()))
            .col_expr(Column::CodeTries, Expr::value(i64::from(corrected.code_tries)))
            .col_expr(Column::KeyId, Expr::value(corrected.key_id.as_str()))
            .col_expr(Column::ExpiresAt, Expr::value(micros(corrected.expires_at)))
            .col_expr(Column::ShownUntil, Expr::value(micros(corrected.shown_until)))
            .col_expr(Column::Corrections, Expr::value(i64::from(corrected.corrections)))
            .filter(Column::Id.eq(corrected.id.as_uuid()))
            .filter(Column::Generation.eq(i64::from(corrected.generation) - 1))
            .filter(Column::Corrections.eq(i64::from(corrected.corrections) - 1));
        Ok(outcome(self.update(update, "correct a registration").await?))
    }

    async fn end_registration(&mut self, id: RegistrationId, ending: Ending) -> Result<Update, StoreError> {
        let update = end(ending)?.filter(Column::Id.eq(id.as_uuid()));
        Ok(outcome(self.update(update, "end a registration").await?))
    }

    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        let update = end(Ending::Void)?.filter(Column::EmailKey.eq(key.as_str()));
        self.update(update, "void registrations").await
    }

    async fn list_registrations(
        &mut self,
        filter: &RegistrationFilter,
        before: Option<RegistrationId>,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError> {
        let rows = Entity::find()
            .apply_if(filter.state, |rows, state| rows.filter(is_in(state)))
            .apply_if(filter.key.as_ref(), |rows, key| rows.filter(Column::EmailKey.eq(key.as_str())));
        let page = Page::newest_first(Column::Id, before.map(|id| id.as_uuid()), limit);
        self.list_page(rows, page, from_model, "list registrations").await
    }
}
