//! Registrations, their tokens, and answers kept under idempotency keys.

use std::collections::BTreeSet;

use account_core::email_address::EmailKey;
use account_core::id::RegistrationId;
use account_core::idempotency::IdempotencyRecord;
use account_core::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use account_core::ports::StoreError;
use account_core::ports::store::{
    IdempotencyRecords, Insert, OneTimeTokens, RegistrationFilter, Registrations, Unique, Update,
};
use account_core::profile::Choices;
use account_core::registration::{Ending, NOT_CORRECTABLE, Registration, RegistrationState};
use account_core::timestamp::Timestamp;
use async_trait::async_trait;
use uuid::Uuid;

use super::Draft;
use super::list::keyed;

keyed! {
    Registration: id as RegistrationId,
    OneTimeToken: digest as TokenDigest,
    IdempotencyRecord: key as TokenDigest,
}

fn is_pending(registration: &Registration) -> bool {
    registration.state == RegistrationState::Pending
}

/// Ends a registration. If it became an account or was revoked, who it was is nobody's business any more.
fn end(registration: &mut Registration, ending: Ending) {
    registration.state = ending.state();
    registration.completed_by = ending.completed_by();
    if let Ending::Revoked(at) = ending {
        registration.shown_until = at;
        registration.corrections = NOT_CORRECTABLE;
    }
    if matches!(ending, Ending::Completed(_) | Ending::Revoked(_)) {
        registration.choices = Choices::default();
        registration.password_hash = None;
    }
}

#[async_trait]
impl Registrations for Draft {
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError> {
        self.change()?.registrations.add(registration)
    }

    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        Ok(self.lists.registrations.find(|row| row.id == id))
    }

    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError> {
        let is_meant = |row: &&Registration| row.state != RegistrationState::Completed && row.address.key() == key;
        let uncompleted = self.lists.registrations.rows().filter(is_meant);
        Ok(uncompleted.max_by_key(|row| (row.created_at, row.id)).cloned())
    }

    async fn find_uncompleted_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError> {
        let uncompleted = self.lists.registrations.rows().filter(|row| row.state != RegistrationState::Completed);
        Ok(uncompleted.map(|row| row.address.key()).filter(|key| keys.contains(key)).cloned().collect())
    }

    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError> {
        Ok(self.lists.registrations.find(|row| row.continuation == *continuation))
    }

    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError> {
        let follows = |row: &Registration| row.generation.checked_add(1) == Some(renewed.generation);
        Ok(self.change()?.registrations.change_one(
            |row| row.id == renewed.id && row.state != RegistrationState::Completed && follows(row),
            |row| {
                row.generation = renewed.generation;
                row.code = renewed.code;
                row.key_id.clone_from(&renewed.key_id);
                row.expires_at = renewed.expires_at;
                row.shown_until = renewed.shown_until;
            },
        ))
    }

    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError> {
        let is_left = |row: &Registration| row.id == id && row.code_tries < max;
        Ok(self.change()?.registrations.change_one(is_left, |row| row.code_tries += 1))
    }

    async fn correct_registration(&mut self, corrected: &Registration) -> Result<Update, StoreError> {
        let follows = |row: &Registration| {
            row.generation.checked_add(1) == Some(corrected.generation)
                && row.corrections.checked_add(1) == Some(corrected.corrections)
        };
        Ok(self.change()?.registrations.change_one(
            |row| row.id == corrected.id && row.state != RegistrationState::Completed && follows(row),
            |row| {
                row.address = corrected.address.clone();
                row.state = RegistrationState::Pending;
                row.generation = corrected.generation;
                row.code = corrected.code;
                row.code_tries = corrected.code_tries;
                row.key_id.clone_from(&corrected.key_id);
                row.expires_at = corrected.expires_at;
                row.shown_until = corrected.shown_until;
                row.corrections = corrected.corrections;
            },
        ))
    }

    async fn end_registration(&mut self, id: RegistrationId, ending: Ending) -> Result<Update, StoreError> {
        let ends = |row: &Registration| match ending {
            Ending::Revoked(_) => row.state != RegistrationState::Completed,
            _ => is_pending(row),
        };
        let is_meant = |row: &Registration| row.id == id && ends(row);
        Ok(self.change()?.registrations.change_one(is_meant, |row| end(row, ending)))
    }

    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        let is_meant = |row: &Registration| is_pending(row) && row.address.key() == key;
        Ok(self.change()?.registrations.change(u32::MAX, is_meant, |row| end(row, Ending::Void)))
    }

    async fn list_registrations(
        &mut self,
        filter: &RegistrationFilter,
        before: Option<RegistrationId>,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError> {
        Ok(self.lists.registrations.page(before.as_ref(), limit, |row| {
            filter.state.is_none_or(|state| row.state == state)
                && filter.key.as_ref().is_none_or(|key| row.address.key() == key)
        }))
    }
}

impl Draft {
    fn end_tokens(&mut self, state: TokenState, is_meant: impl Fn(&OneTimeToken) -> bool) -> Result<u64, StoreError> {
        let is_live = |row: &OneTimeToken| row.state == TokenState::Live;
        Ok(self.change()?.tokens.change(u32::MAX, |row| is_live(row) && is_meant(row), |row| row.state = state))
    }
}

#[async_trait]
impl OneTimeTokens for Draft {
    async fn insert_token(&mut self, token: &OneTimeToken) -> Result<(), StoreError> {
        self.change()?.tokens.add(token)
    }

    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<OneTimeToken>, StoreError> {
        Ok(self.lists.tokens.find(|row| row.digest == *digest))
    }

    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        let is_good = |row: &OneTimeToken| {
            row.digest == *digest && row.purpose == purpose && row.state == TokenState::Live && now < row.expires_at
        };
        Ok(self.change()?.tokens.change_one(is_good, |row| {
            row.state = TokenState::Used;
            row.used_at = Some(now);
        }))
    }

    async fn find_live_token(&mut self, purpose: Purpose, subject: Uuid) -> Result<Option<OneTimeToken>, StoreError> {
        let is_meant =
            |row: &OneTimeToken| row.purpose == purpose && row.subject == subject && row.state == TokenState::Live;
        Ok(self.lists.tokens.rows().filter(|row| is_meant(row)).max_by_key(|row| row.generation).cloned())
    }

    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.end_tokens(state, |row| row.purpose == purpose && row.subject == subject)
    }

    async fn delete_tokens_below(
        &mut self,
        purpose: Purpose,
        subject: Uuid,
        generation: u32,
    ) -> Result<u64, StoreError> {
        let is_older =
            |row: &OneTimeToken| row.purpose == purpose && row.subject == subject && row.generation < generation;
        Ok(self.change()?.tokens.remove(u32::MAX, is_older))
    }

    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.end_tokens(state, |row| row.purpose == purpose && row.email_key() == key)
    }
}

#[async_trait]
impl IdempotencyRecords for Draft {
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError> {
        let records = &mut self.change()?.records;
        if records.has(|row| row.key == record.key) {
            return Ok(Insert::Conflict(Unique::IdempotencyKey));
        }
        records.add(record).map(|()| Insert::Done)
    }

    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError> {
        Ok(self.lists.records.find(|row| row.key == *key))
    }

    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        let is_it = |row: &IdempotencyRecord| row.key == record.key && row.started_at == started_at;
        Ok(self.change()?.records.replace(record, is_it))
    }

    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        Ok(self.change()?.records.remove_one(|row| row.key == *key && row.started_at == started_at))
    }
}
