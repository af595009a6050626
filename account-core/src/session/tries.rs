//! Limits on password tries, and the one hash that each try costs.

use crate::account::{Account, Credential};
use crate::client::Client;
use crate::password::{Password, PasswordHash};
use crate::ports::{Charge, HashingError, HashingSlot};
use crate::service::{AccountService, Failure, Unavailable};
use crate::session::Session;

/// Password tries at one account by one client.
///
/// They are counted under the account that was found, not under what was entered, so that all spellings of an address
/// and the username share a counter. They are counted before anything is hashed, so that parallel tries get no more
/// results than sequential ones.
pub(crate) struct Tries<'a> {
    subject: String,
    client: &'a Client,
}

impl<'a> Tries<'a> {
    /// Tries at an account. A new credential starts a new count.
    pub(crate) fn of(credential: &Credential, client: &'a Client) -> Self {
        let Credential { account, key, epoch, .. } = credential;
        let key = key.as_str();
        let subject = if credential.is_proven {
            format!("{key}#{epoch}")
        } else {
            // Anyone can have an account with an unverified address. Signing in to it must not reset the counter of the
            // account that has verified the address.
            format!("{key}#{epoch}#{account}")
        };
        Self { subject, client }
    }

    /// Tries at an account by someone who is signed in to it. They have their own counter, which nobody outside the
    /// session can use up.
    pub(crate) fn in_session(account: &Account, session: &Session, client: &'a Client) -> Self {
        let Self { subject, .. } = Self::of(&Credential::of(account), client);
        Self { subject: format!("{subject} in {}", session.id), client }
    }

    /// Tries at an identifier without an account. They are counted like those of a new account.
    pub(crate) fn of_nobody(typed: &str, client: &'a Client) -> Self {
        Self { subject: format!("{typed}#0"), client }
    }

    /// Returns the charge that a right password resets.
    async fn by_client(&self, service: &AccountService) -> Option<Charge> {
        let key = format!("{} {}", self.subject, service.network_of(self.client).await?);
        Some(Charge { limit: "sign_ins", key, rate: service.settings.limits.sign_ins, otherwise: None })
    }

    async fn charges(&self, service: &AccountService) -> Vec<Charge> {
        let limits = &service.settings.limits;
        let by_anyone = Charge {
            limit: "sign_ins_per_account",
            key: self.subject.clone(),
            rate: limits.sign_ins_per_account,
            otherwise: None,
        };
        let requests = service.client_charge("verifications", limits.verifications, self.client).await;
        requests.into_iter().chain(self.by_client(service).await).chain([by_anyone]).collect()
    }
}

impl AccountService {
    /// Counts one try.
    pub(crate) async fn count_try(&self, tries: &Tries<'_>) -> Result<(), Failure> {
        self.count(&tries.charges(self).await).await
    }

    /// Resets the client's tries, because it knows the password. The counter across all clients is kept, because
    /// somebody else may be guessing.
    pub(crate) async fn forget_tries(&self, tries: &Tries<'_>) {
        let Some(charge) = tries.by_client(self).await else { return };
        // If this fails, the person has lost one try, nothing more.
        let _ = self.ports.rate_limiter.forget(&[charge.counter()]).await;
    }

    /// Returns whether the password matches, with exactly one hash computed in every case: a dummy if there is no hash,
    /// if its format is unknown, and if the password is too long.
    pub(crate) async fn is_password(
        &self,
        slot: Box<dyn HashingSlot>,
        text: &str,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Unavailable> {
        let (password, hash) = match Password::new(text) {
            Ok(password) => (password, hash),
            Err(_) => (Password::none(), None),
        };
        match slot.verify(password, hash).await {
            // The hasher has spent the time of a dummy on it.
            Err(HashingError::UnknownHash) => Ok(false),
            other => Ok(other?),
        }
    }
}
