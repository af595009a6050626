//! Registrations, their tokens, and idempotency records.

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::email_address::EmailKey;
use crate::id::RegistrationId;
use crate::idempotency::IdempotencyRecord;
use crate::ports::StoreError;
use crate::ports::store::{IdempotencyRecords, Insert, Registrations, Unique, Update, VerificationTokens};
use crate::profile::Choices;
use crate::registration::{Registration, RegistrationState};
use crate::timestamp::Timestamp;
use crate::verification_token::{Purpose, TokenDigest, TokenState, VerificationToken};

fn end(registration: &mut Registration, outcome: RegistrationState) {
    registration.state = outcome;
    registration.password_hash = None;
    registration.choices = Choices::default();
}

impl MemoryUnitOfWork {
    /// A copy of the registration, if it is pending.
    fn pending(&self, id: RegistrationId) -> Option<Registration> {
        self.registrations.get(&id).filter(|stored| stored.state == RegistrationState::Pending).cloned()
    }

    fn end_tokens(&mut self, matches: impl Fn(&VerificationToken) -> bool, state: TokenState) -> u64 {
        self.tokens.update_where(
            |token| token.state == TokenState::Live && matches(token),
            |token| token.digest,
            |token| token.state = state,
        )
    }

    /// Whether the record is there and still the one started at that moment.
    fn is_started_at(&self, key: &TokenDigest, started_at: Timestamp) -> bool {
        self.idempotency_records.get(key).is_some_and(|stored| stored.started_at == started_at)
    }
}

#[async_trait]
impl Registrations for MemoryUnitOfWork {
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError> {
        self.writable()?;
        if self.registrations.get(&registration.id).is_some() {
            return Err(duplicate("registrations"));
        }
        self.registrations.put(registration.id, registration.clone());
        Ok(())
    }

    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
        Ok(self.registrations.get(&id).cloned())
    }

    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError> {
        let uncompleted = self
            .registrations
            .rows()
            .filter(|stored| stored.state != RegistrationState::Completed && stored.address.key() == key);
        Ok(uncompleted.max_by_key(|stored| (stored.created_at, stored.id)).cloned())
    }

    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError> {
        Ok(self.registrations.rows().find(|stored| stored.continuation == *continuation).cloned())
    }

    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError> {
        self.writable()?;
        let before = renewed.generation.checked_sub(1);
        let stored = self.registrations.get(&renewed.id).cloned();
        let is_renewable =
            |stored: &Registration| stored.state != RegistrationState::Completed && Some(stored.generation) == before;
        let Some(mut stored) = stored.filter(is_renewable) else { return Ok(Update::Missed) };
        stored.generation = renewed.generation;
        stored.code = renewed.code;
        stored.key_id.clone_from(&renewed.key_id);
        stored.expires_at = renewed.expires_at;
        self.registrations.put(stored.id, stored);
        Ok(Update::Applied)
    }

    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError> {
        self.writable()?;
        let Some(mut stored) = self.registrations.get(&id).filter(|stored| stored.code_tries < max).cloned() else {
            return Ok(Update::Missed);
        };
        stored.code_tries += 1;
        self.registrations.put(id, stored);
        Ok(Update::Applied)
    }

    async fn end_registration(&mut self, id: RegistrationId, outcome: RegistrationState) -> Result<Update, StoreError> {
        self.writable()?;
        let Some(mut stored) = self.pending(id) else { return Ok(Update::Missed) };
        end(&mut stored, outcome);
        self.registrations.put(id, stored);
        Ok(Update::Applied)
    }

    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.registrations.update_where(
            |stored| stored.state == RegistrationState::Pending && stored.address.key() == key,
            |stored| stored.id,
            |stored| end(stored, RegistrationState::Void),
        ))
    }
}

#[async_trait]
impl VerificationTokens for MemoryUnitOfWork {
    async fn insert_token(&mut self, token: &VerificationToken) -> Result<(), StoreError> {
        self.writable()?;
        if self.tokens.get(&token.digest).is_some() {
            return Err(duplicate("verification_tokens"));
        }
        self.tokens.put(token.digest, token.clone());
        Ok(())
    }

    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<VerificationToken>, StoreError> {
        Ok(self.tokens.get(digest).cloned())
    }

    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        let live = self
            .tokens
            .get(digest)
            .filter(|token| token.state == TokenState::Live && token.purpose == purpose && now < token.expires_at);
        let Some(token) = live.cloned() else { return Ok(Update::Missed) };
        self.tokens.put(*digest, VerificationToken { state: TokenState::Used, ..token });
        Ok(Update::Applied)
    }

    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.end_tokens(|token| token.purpose == purpose && token.subject == subject, state))
    }

    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.end_tokens(|token| token.purpose == purpose && token.email_key() == key, state))
    }
}

#[async_trait]
impl IdempotencyRecords for MemoryUnitOfWork {
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError> {
        self.writable()?;
        if self.idempotency_records.get(&record.key).is_some() {
            return Ok(Insert::Conflict(Unique::IdempotencyKey));
        }
        self.idempotency_records.put(record.key, record.clone());
        Ok(Insert::Done)
    }

    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError> {
        Ok(self.idempotency_records.get(key).cloned())
    }

    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        if !self.is_started_at(&record.key, started_at) {
            return Ok(Update::Missed);
        }
        self.idempotency_records.put(record.key, record.clone());
        Ok(Update::Applied)
    }

    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        if !self.is_started_at(key, started_at) {
            return Ok(Update::Missed);
        }
        self.idempotency_records.remove(*key);
        Ok(Update::Applied)
    }
}
