//! Registrations, one-time tokens, and answers stored under idempotency keys.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::outcome::{Insert, StoreError, Update};
use crate::email_address::EmailKey;
use crate::id::RegistrationId;
use crate::idempotency::IdempotencyRecord;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::registration::{Ending, Registration, RegistrationState};
use crate::timestamp::Timestamp;

/// Registrations.
#[async_trait]
pub trait Registrations {
    /// Inserts a registration. Addresses need not be unique: anyone may try to register any address.
    async fn insert_registration(&mut self, registration: &Registration) -> Result<(), StoreError>;

    /// Returns the registration with this id.
    async fn find_registration(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError>;

    /// Returns the newest registration for the address key that is not [`RegistrationState::Completed`], expired or
    /// not; by `created_at`, then id.
    async fn find_newest_uncompleted_registration(
        &mut self,
        key: &EmailKey,
    ) -> Result<Option<Registration>, StoreError>;

    /// Returns those of the keys that have a registration that is not [`RegistrationState::Completed`], expired or not.
    async fn find_uncompleted_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError>;

    /// Returns the registration, in any state, whose continuation has this digest.
    async fn find_registration_by_continuation(
        &mut self,
        continuation: &TokenDigest,
    ) -> Result<Option<Registration>, StoreError>;

    /// Sets `generation`, `code`, `key_id`, `expires_at` and `shown_until` to those of `renewed`, if the stored
    /// registration is not [`RegistrationState::Completed`] and has the generation just before. The number of code tries
    /// is kept: the limit is for all codes that were emailed to the address.
    async fn renew_registration(&mut self, renewed: &Registration) -> Result<Update, StoreError>;

    /// Counts one try of the code, if the registration, in any state, has had fewer than `max` tries.
    async fn count_code_try(&mut self, id: RegistrationId, max: u32) -> Result<Update, StoreError>;

    /// Gives the registration the address of `corrected`, and its `generation`, `code`, `code_tries`, `key_id`,
    /// `expires_at`, `shown_until` and `corrections`, and makes it [`RegistrationState::Pending`], if the stored one is not
    /// [`RegistrationState::Completed`] and has the generation and the number of corrections just before. Everything else
    /// is kept.
    async fn correct_registration(&mut self, corrected: &Registration) -> Result<Update, StoreError>;

    /// Ends a pending registration; as [`Ending::Revoked`], any that is not completed. If it ends as
    /// [`Ending::Completed`] or [`Ending::Revoked`], its details and its password hash are wiped. Otherwise both are kept
    /// until it expires, because to its holder the registration still reads as pending, and can be corrected.
    /// [`Ending::Revoked`] also sets `shown_until` to its time and `corrections` to
    /// [`NOT_CORRECTABLE`](crate::registration::NOT_CORRECTABLE).
    async fn end_registration(&mut self, id: RegistrationId, ending: Ending) -> Result<Update, StoreError>;

    /// Ends every pending registration for the address key as [`Ending::Void`]; returns how many.
    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError>;

    /// Returns matching registrations with ids below `before`, newest id first, at most `limit`.
    async fn list_registrations(
        &mut self,
        filter: &RegistrationFilter,
        before: Option<RegistrationId>,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError>;
}

/// Selects registrations. All conditions must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistrationFilter {
    /// Only registrations in this state.
    pub state: Option<RegistrationState>,
    /// Only registrations for this address key.
    pub key: Option<EmailKey>,
}

/// Tokens that can be used once, stored by digest: emailed tokens, and tokens that renew a session.
#[async_trait]
pub trait OneTimeTokens {
    /// Inserts a token. A duplicate digest cannot happen by chance and is an error.
    async fn insert_token(&mut self, token: &OneTimeToken) -> Result<(), StoreError>;

    /// Returns the token with this digest, in any state.
    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<OneTimeToken>, StoreError>;

    /// Marks the token as used at `now`, if it is live, has this purpose and expires after `now`.
    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Returns the live token with this purpose and subject, expired or not; of several the one with the highest
    /// generation.
    async fn find_live_token(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
    ) -> Result<Option<OneTimeToken>, StoreError>;

    /// Changes every live token with this purpose and subject to `state`, and returns how many.
    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError>;

    /// Deletes every token with this purpose and subject, in any state, whose generation is below `generation`; returns
    /// how many.
    async fn delete_tokens_below(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        generation: u32,
    ) -> Result<u64, StoreError>;

    /// Changes every live token with this purpose and address key to `state`, and returns how many.
    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError>;
}

/// Answers stored under idempotency keys.
#[async_trait]
pub trait IdempotencyRecords {
    /// Inserts a record for a request that is running, unless there is one with this key.
    async fn insert_idempotency_record(&mut self, record: &IdempotencyRecord) -> Result<Insert, StoreError>;

    /// Returns the record with this key.
    async fn find_idempotency_record(&mut self, key: &TokenDigest) -> Result<Option<IdempotencyRecord>, StoreError>;

    /// Replaces the record with the same key, if it is still the one started at `started_at`.
    async fn replace_idempotency_record(
        &mut self,
        record: &IdempotencyRecord,
        started_at: Timestamp,
    ) -> Result<Update, StoreError>;

    /// Deletes the record, if it is still the one started at `started_at`.
    async fn delete_idempotency_record(
        &mut self,
        key: &TokenDigest,
        started_at: Timestamp,
    ) -> Result<Update, StoreError>;
}
