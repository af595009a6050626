//! Registrations and their tokens, and answers kept under idempotency keys.

use async_trait::async_trait;

use super::outcome::{Insert, StoreError, Update};
use crate::email_address::EmailKey;
use crate::id::RegistrationId;
use crate::idempotency::IdempotencyRecord;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::registration::{Registration, RegistrationState};
use crate::timestamp::Timestamp;

/// Registrations.
#[async_trait]
pub trait Registrations {
    /// Writes a new registration. Addresses need not be unique: anyone may attempt any address.
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError>;

    /// The registration with that id.
    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError>;

    /// The youngest registration of the key that is not [`RegistrationState::Completed`], expired or not: by
    /// `created_at`, then id.
    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError>;

    /// The registration, in whatever state, whose continuation has that digest.
    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError>;

    /// Sets `generation`, `code`, `key_id` and `expires_at` to those of `renewed`, if the stored registration is not
    /// [`RegistrationState::Completed`] and of the generation just before. The tries of the code stay: they are few per registration.
    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError>;

    /// Counts one try of the code, if the registration, in whatever state, has had fewer than `max` tries.
    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError>;

    /// Ends a pending registration and wipes its choices; of one that ends as [`RegistrationState::Completed`] the
    /// password hash too. The others keep theirs until they expire: to their holders they read as pending.
    async fn end_registration(&mut self, id: RegistrationId, outcome: RegistrationState) -> Result<Update, StoreError>;

    /// Ends every pending registration of the key as [`RegistrationState::Void`] and wipes their choices, not
    /// their password hashes; returns how many.
    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError>;

    /// Registrations, youngest id first, at most `limit`, only those with ids below `before`, and, where a state is
    /// given, in that state.
    async fn list_registrations(
        &mut self,
        state: Option<RegistrationState>,
        before: Option<RegistrationId>,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError>;
}

/// Tokens that can be spent once, by digest: mailed ones, and those that renew a session.
#[async_trait]
pub trait OneTimeTokens {
    /// Writes a token. Its digest is unique by nature; a duplicate is an error.
    async fn insert_token(&mut self, token: &OneTimeToken) -> Result<(), StoreError>;

    /// The token with that digest, in whatever state.
    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<OneTimeToken>, StoreError>;

    /// Marks the token used, if it is live, has that purpose and expires after `now`.
    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Moves every live token of that purpose and subject to `state`; returns how many.
    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError>;

    /// Removes every token of that purpose and subject, in whatever state, of a generation below `generation`; returns
    /// how many.
    async fn delete_tokens_below(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        generation: u32,
    ) -> Result<u64, StoreError>;

    /// Moves every live token of that purpose and address key to `state`; returns how many.
    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError>;
}

/// Answers that were given under an idempotency key.
#[async_trait]
pub trait IdempotencyRecords {
    /// Writes a running record, unless there is one with that key.
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError>;

    /// The record with that key.
    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError>;

    /// Replaces the record of the same key, if it is still the one started at `started_at`.
    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Removes the record, if it is still the one started at `started_at`.
    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError>;
}
