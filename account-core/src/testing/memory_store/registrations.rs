//! Registrations.

use std::collections::BTreeSet;

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::email_address::EmailKey;
use crate::id::RegistrationId;
use crate::one_time_token::TokenDigest;
use crate::ports::StoreError;
use crate::ports::store::{RegistrationFilter, Registrations, Update};
use crate::profile::Choices;
use crate::registration::{Ending, NOT_CORRECTABLE, Registration, RegistrationState};

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

impl MemoryUnitOfWork {
    /// A copy of the registration, if it can end in this way.
    fn ending(&self, id: RegistrationId, ending: Ending) -> Option<Registration> {
        let ends = |stored: &&Registration| match ending {
            Ending::Revoked(_) => stored.state != RegistrationState::Completed,
            _ => stored.state == RegistrationState::Pending,
        };
        self.registrations.get(&id).filter(ends).cloned()
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

    async fn find_uncompleted_keys(&mut self, keys: &[EmailKey]) -> Result<BTreeSet<EmailKey>, StoreError> {
        let sought: BTreeSet<&EmailKey> = keys.iter().collect();
        let uncompleted = self.registrations.rows().filter(|stored| stored.state != RegistrationState::Completed);
        let found = uncompleted.map(|stored| stored.address.key()).filter(|key| sought.contains(key));
        Ok(found.cloned().collect())
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
        stored.shown_until = renewed.shown_until;
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

    async fn correct_registration(&mut self, corrected: &Registration) -> Result<Update, StoreError> {
        self.writable()?;
        let follows = |stored: &&Registration| {
            stored.state != RegistrationState::Completed
                && stored.generation.checked_add(1) == Some(corrected.generation)
                && stored.corrections.checked_add(1) == Some(corrected.corrections)
        };
        let Some(stored) = self.registrations.get(&corrected.id).filter(follows).cloned() else {
            return Ok(Update::Missed);
        };
        let Registration {
            address, generation, code, code_tries, key_id, expires_at, shown_until, corrections, ..
        } = corrected.clone();
        let code_and_expiry = Registration { generation, code, key_id, code_tries, expires_at, shown_until, ..stored };
        let stored = Registration { address, state: RegistrationState::Pending, corrections, ..code_and_expiry };
        self.registrations.put(stored.id, stored);
        Ok(Update::Applied)
    }

    async fn end_registration(&mut self, id: RegistrationId, ending: Ending) -> Result<Update, StoreError> {
        self.writable()?;
        let Some(mut stored) = self.ending(id, ending) else { return Ok(Update::Missed) };
        end(&mut stored, ending);
        self.registrations.put(id, stored);
        Ok(Update::Applied)
    }

    async fn void_registrations(&mut self, key: &EmailKey) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.registrations.update_where(
            |stored| stored.state == RegistrationState::Pending && stored.address.key() == key,
            |stored| end(stored, Ending::Void),
        ))
    }

    async fn list_registrations(
        &mut self,
        filter: &RegistrationFilter,
        before: Option<RegistrationId>,
        limit: u32,
    ) -> Result<Vec<Registration>, StoreError> {
        Ok(self.registrations.page(before.as_ref(), limit, |stored| {
            filter.state.is_none_or(|state| stored.state == state)
                && filter.key.as_ref().is_none_or(|key| stored.address.key() == key)
        }))
    }
}
