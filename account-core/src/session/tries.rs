//! Tries of a password: whose are counted together, and the one hash that each costs.

use crate::account::{Account, Credential};
use crate::client::Client;
use crate::password::{Password, PasswordHash};
use crate::ports::{Charge, HashingError, HashingSlot};
use crate::service::{AccountService, Failure, Unavailable};
use crate::session::Session;

/// Tries of the password of one account, by one client.
///
/// They are counted under the account that was found, not under what was typed: so spellings of an address share a
/// count, and the user name does too. They are counted before anything is hashed: so parallel tries get no more
/// verdicts than others.
pub(crate) struct Tries<'a> {
    subject: String,
    client: &'a Client,
}

impl<'a> Tries<'a> {
    /// Tries of an account's password. A new credential begins a new count.
    pub(crate) fn of(credential: &Credential, client: &'a Client) -> Self {
        let Credential { account, key, epoch, .. } = credential;
        let key = key.as_str();
        let subject = if credential.is_proven {
            format!("{key}#{epoch}")
        } else {
            // Anybody can have an account with an address that is not proven. Signing in to it must not clear the
            // count of the account that has proven it.
            format!("{key}#{epoch}#{account}")
        };
        Self { subject, client }
    }

    /// Tries of an account's password by somebody who is signed in to it. They have a count of their own, which nobody
    /// without the session can use up.
    pub(crate) fn in_session(account: &Account, session: &Session, client: &'a Client) -> Self {
        let Self { subject, .. } = Self::of(&Credential::of(account), client);
        Self { subject: format!("{subject} in {}", session.id), client }
    }

    /// Tries of what is no account's. They are counted as those of a new account would be.
    pub(crate) fn of_nobody(typed: &str, client: &'a Client) -> Self {
        Self { subject: format!("{typed}#0"), client }
    }

    /// The charge that a right password clears.
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

    /// Forgets the client's tries, because it knows the password. Those of everybody together stay: somebody else may
    /// be guessing.
    pub(crate) async fn forget_tries(&self, tries: &Tries<'_>) {
        let Some(charge) = tries.by_client(self).await else { return };
        // A counter that cannot be reached has cost this person a try, and nothing more.
        let _ = self.ports.rate_limiter.forget(&[charge.counter()]).await;
    }

    /// Whether the hash is the password's, by one hash whatever is given: a dummy where there is no hash, where it is
    /// of no known kind, and for a password that is too long to be one.
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
