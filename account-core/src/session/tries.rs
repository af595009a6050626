//! Limits on password tries. Each try costs exactly one hash.

use std::collections::BTreeSet;

use super::DeviceToken;
use crate::account::{Account, Credential};
use crate::client::{Client, Networks};
use crate::password::{Password, PasswordHash};
use crate::ports::rate_limiter::counters_of;
use crate::ports::{Charge, HashingError, HashingSlot, Urgency};
use crate::service::{AccountService, Asking, Failure, Refused};
use crate::session::Session;
use crate::timestamp::Timestamp;

/// Password tries of one client at one account.
///
/// They are counted under the account that was found, not the text that was typed: so all spellings of an address and
/// the user name share a count. They are counted before hashing, and returned if the password was right: so parallel
/// tries get no more verdicts than others, and people who know the password use up nothing.
///
/// | counted | who may exceed it |
/// |---|---|
/// | per account and network | nobody |
/// | per network, over all accounts | a client with a device token of the account |
/// | per account | a client with a device token of the account; each wide network once a day |
///
/// Identifiers without an account are counted in the same way, so that no limit reveals whether there is an account.
pub(crate) struct Tries<'a> {
    subject: String,
    client: &'a Client,
    /// The client's device token of the account.
    device: Option<&'a DeviceToken>,
    /// Whether the tries are made in a session, which already tells the owner's client from a stranger's.
    is_in_session: bool,
}

/// Tries that were counted, and are returned if the password was right.
pub(crate) struct CountedTry {
    at: Timestamp,
    /// Every counter that has the try.
    all: BTreeSet<String>,
    /// Those of them that others use as well: they lose this try if the password is right.
    shared: BTreeSet<String>,
    /// Those of this client at this account: they lose all tries if the password is right.
    forgotten: BTreeSet<String>,
}

/// What is to be counted for a try.
struct ChargedTry {
    all: Vec<Charge>,
    /// As in [`CountedTry`].
    shared: BTreeSet<String>,
    forgotten: BTreeSet<String>,
}

/// The places of a try, and what was counted for it.
type PlacesForTry = (Box<dyn HashingSlot>, Option<Box<dyn HashingSlot>>, CountedTry);

impl<'a> Tries<'a> {
    /// Creates tries at an account. A new credential starts a new count.
    pub(crate) fn of(credential: &Credential, client: &'a Client, device: Option<&'a DeviceToken>) -> Self {
        Self { subject: credential.subject_of_tries(), client, device, is_in_session: false }
    }

    /// Creates tries at an account in a session of it. They have separate counters, which nobody outside the session
    /// can use up.
    pub(crate) fn in_session(account: &Account, session: &Session, client: &'a Client) -> Self {
        let subject = format!("{} in {}", Credential::of(account).subject_of_tries(), session.id);
        Self { subject, client, device: None, is_in_session: true }
    }

    /// Creates tries at an identifier without an account. They are counted like those of a new account.
    pub(crate) fn of_nobody(typed: &str, client: &'a Client) -> Self {
        Self { subject: format!("{typed}#0"), client, device: None, is_in_session: false }
    }

    /// Returns the charges that the right password clears: those of this client at this account.
    fn by_client(&self, service: &AccountService, networks: &Networks) -> Vec<Charge> {
        service.network_charges("sign_ins", service.settings.limits.sign_ins, networks, &format!("{} ", self.subject))
    }

    /// Returns the charges of the client's networks over all accounts.
    fn by_network(&self, service: &AccountService, networks: &Networks) -> Vec<Charge> {
        if self.is_in_session {
            return Vec::new();
        }
        let rate = service.settings.limits.sign_in_failures;
        let charges = service.network_charges("sign_in_failures", rate, networks, "").into_iter();
        charges
            .map(|charge| Charge { otherwise: self.by_device(service, "sign_in_failures", None), ..charge })
            .collect()
    }

    /// Returns the charge of all clients' tries at this account.
    fn by_anyone(&self, service: &AccountService, networks: Option<&Networks>) -> Charge {
        const LIMIT: &str = "sign_ins_per_account";
        let limits = &service.settings.limits;
        let by_new_network = networks.filter(|_| !self.is_in_session).map(|networks| {
            let key = format!("{} {}", self.subject, networks.wide);
            Box::new(Charge::new(LIMIT, key, limits.sign_ins_per_new_network))
        });
        Charge {
            otherwise: self.by_device(service, LIMIT, by_new_network),
            ..Charge::new(LIMIT, self.subject.clone(), limits.sign_ins_per_account)
        }
    }

    /// Returns the charge of the client's device token, if it has one; otherwise `next`.
    fn by_device(
        &self,
        service: &AccountService,
        limit: &'static str,
        next: Option<Box<Charge>>,
    ) -> Option<Box<Charge>> {
        let Some(device) = self.device else { return next };
        let charge =
            Charge::new(limit, format!("device {}", device.as_str()), service.settings.limits.sign_ins_per_device);
        Some(Box::new(Charge { otherwise: next, ..charge }))
    }
}

impl AccountService {
    /// Takes a place in the hashing queue for a try, and counts the try.
    pub(crate) async fn place_for_try(&self, tries: &Tries<'_>) -> Result<(Box<dyn HashingSlot>, CountedTry), Failure> {
        let (place, _, counted) = self.places_for_try(tries, false).await?;
        Ok((place, counted))
    }

    /// Takes one place for a try, or two, and counts the try. The places come before counting, so that being overloaded
    /// costs nobody's quota.
    pub(crate) async fn places_for_try(&self, tries: &Tries<'_>, with_second: bool) -> Result<PlacesForTry, Failure> {
        let charged = self.charge_try(tries).await;
        self.refuse_if_limited(&charged.all)?;
        self.count_try(tries, charged, with_second).await
    }

    /// The same, for a try that may be asked for a challenge. A client with a device token of the account is not asked:
    /// nobody can keep owners from signing in where they have done so before.
    pub(crate) async fn challenged_places_for_try(
        &self,
        tries: &Tries<'_>,
        with_second: bool,
        asking: &Asking<'_>,
    ) -> Result<PlacesForTry, Refused> {
        if tries.device.is_some() {
            return Ok(self.places_for_try(tries, with_second).await?);
        }
        let charged = self.charge_try(tries).await;
        let cleared = self.clear(asking, charged.all).await?;
        let charged = ChargedTry { all: cleared.charges.clone(), ..charged };
        let counted = self.count_try(tries, charged, with_second).await;
        self.settle(asking, &cleared, counted).await
    }

    /// Returns what is to be counted for a try.
    async fn charge_try(&self, tries: &Tries<'_>) -> ChargedTry {
        let networks = self.networks_of(tries.client).await;
        let networks = networks.as_ref();
        let by_client: Vec<_> = networks.into_iter().flat_map(|networks| tries.by_client(self, networks)).collect();
        let by_network = networks.into_iter().flat_map(|networks| tries.by_network(self, networks));
        let shared: Vec<_> = by_network.chain([tries.by_anyone(self, networks)]).collect();
        let mut all = self.verification_charges(tries.client).await;
        all.extend(by_client.iter().chain(&shared).cloned());
        let forgotten = by_client.iter().map(Charge::counter).collect();
        ChargedTry { all, shared: counters_of(&shared), forgotten }
    }

    async fn count_try(
        &self,
        tries: &Tries<'_>,
        charged: ChargedTry,
        with_second: bool,
    ) -> Result<PlacesForTry, Failure> {
        let place = self.place(Urgency::SignIn, tries.client)?;
        let second = with_second.then(|| self.place(Urgency::SignIn, tries.client)).transpose()?;
        let at = self.ask_limiter(&charged.all).await?;
        let ChargedTry { all, shared, forgotten } = charged;
        Ok((place, second, CountedTry { at, all: counters_of(&all), shared, forgotten }))
    }

    /// Returns a try because the password was right, and clears the other tries of this client at the account. Those of
    /// all clients together stay: somebody else may be guessing.
    pub(crate) async fn take_back_try(&self, tried: &CountedTry) {
        // If this fails, the person has lost one try, nothing more.
        let _ = self.take_back(&tried.shared, tried.at, &tried.forgotten).await;
    }

    /// Like [`is_password`](Self::is_password), for a try. One that loses its place is taken back: it got no verdict.
    pub(crate) async fn judge_try(
        &self,
        slot: Box<dyn HashingSlot>,
        text: &str,
        hash: Option<PasswordHash>,
        tried: &CountedTry,
    ) -> Result<bool, Failure> {
        let verdict = self.is_password(slot, text, hash).await;
        if let Err(Failure::Overloaded(_)) = verdict {
            // If this fails, the person has lost one try, nothing more.
            let _ = self.take_back(&tried.all, tried.at, &BTreeSet::new()).await;
        }
        verdict
    }

    /// Returns whether the password matches, with exactly one hash computed in every case: a dummy if there is no hash,
    /// if its format is unknown, and if the password is too long.
    async fn is_password(
        &self,
        slot: Box<dyn HashingSlot>,
        text: &str,
        hash: Option<PasswordHash>,
    ) -> Result<bool, Failure> {
        let (password, hash) = match Password::new(text) {
            Ok(password) => (password, hash),
            Err(_) => (Password::none(), None),
        };
        match slot.verify(password, hash).await {
            // The hasher has computed a dummy.
            Err(HashingError::UnknownHash) => Ok(false),
            other => Ok(other?),
        }
    }
}
