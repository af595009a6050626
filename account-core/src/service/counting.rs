//! Which limits a request counts against.

use std::collections::BTreeSet;

use super::{AccountService, Failure, Limited};
use crate::client::{Client, Networks};
use crate::email_address::EmailKey;
use crate::id::AccountId;
use crate::ports::{Charge, Rate, StoreError, Verdict};
use crate::timestamp::Timestamp;

/// Tenths of [`mails_per_mailbox`](super::Limits::mails_per_mailbox) that are reserved for password resets: using up a
/// mailbox's emails in another way must not keep its owner from resetting the password.
const TENTHS_OF_RESETS: u32 = 3;

/// Returns this many tenths of a rate, but at least one event.
fn tenths(rate: Rate, tenths: u32) -> Rate {
    rate.get()
        .map_or(Rate::OFF, |(count, period)| Rate::new((count.saturating_mul(tenths) / 10).max(count.min(1)), period))
}

impl AccountService {
    /// Counts all charges or none.
    pub(crate) async fn count(&self, charges: &[Charge]) -> Result<(), Failure> {
        self.refuse_if_limited(charges)?;
        self.ask_limiter(charges).await.map(drop)
    }

    /// Counts a request that reads something or presents a secret.
    pub(crate) async fn count_verification(&self, client: &Client) -> Result<(), Failure> {
        self.count(&self.verification_charges(client).await).await
    }

    /// The charges of such a request.
    pub(crate) async fn verification_charges(&self, client: &Client) -> Vec<Charge> {
        self.client_charges("verifications", self.settings.limits.verifications, client).await
    }

    /// Has the limiter count all charges or none, whatever is known about them; returns the time at which they are
    /// counted.
    pub(crate) async fn ask_limiter(&self, charges: &[Charge]) -> Result<Timestamp, Failure> {
        let now = self.ports.clock.now();
        // Unlimited charges need not be counted.
        let charges: Vec<Charge> = charges.iter().filter(|charge| charge.rate != Rate::OFF).cloned().collect();
        if charges.is_empty() {
            return Ok(now);
        }
        let asking = self.known_limits.asking();
        let verdict = self.ports.rate_limiter.count(&charges, now).await?;
        self.known_limits.learn(&charges, &verdict, now, &asking);
        match verdict {
            Verdict::Allowed => Ok(now),
            Verdict::Limited { limit, rate, retry_after } => {
                self.observe_refusal(limit, &charges);
                Err(Limited { limit, rate, retry_after }.into())
            }
        }
    }

    /// Takes an event of that moment back from some counters, and clears others.
    pub(crate) async fn take_back(
        &self,
        events: &BTreeSet<String>,
        at: Timestamp,
        forgotten: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        self.ports.rate_limiter.take_back(events, at, forgotten).await?;
        self.known_limits.clear(events.union(forgotten));
        Ok(())
    }

    /// Counts a change that owners make to their account.
    pub(crate) async fn count_change(&self, account: AccountId) -> Result<(), Failure> {
        let charge = Charge::new("changes", account.to_string(), self.settings.limits.changes);
        self.count(&[charge]).await
    }

    /// Returns the charges of a client's networks; none for clients without one.
    pub(crate) async fn client_charges(&self, limit: &'static str, rate: Rate, client: &Client) -> Vec<Charge> {
        match self.networks_of(client).await {
            Some(networks) => self.network_charges(limit, rate, &networks, ""),
            None => Vec::new(),
        }
    }

    /// Returns the charges of a client that registers an address, which is mailed.
    pub(crate) async fn registration_charges(&self, address: &EmailKey, client: &Client) -> Vec<Charge> {
        let mut charges = self.client_charges("registrations", self.settings.limits.registrations, client).await;
        charges.extend(self.mail_charges(address, client).await);
        charges
    }

    /// Returns the charges of a client that requests an email to an address.
    pub(crate) async fn mail_request_charges(&self, client: &Client) -> Vec<Charge> {
        self.client_charges("mail_requests", self.settings.limits.mail_requests, client).await
    }

    /// Returns the charges of networks, for one subject. If the wide network has the same limit as a single one, the
    /// single one need not be counted.
    pub(crate) fn network_charges(
        &self,
        limit: &'static str,
        rate: Rate,
        networks: &Networks,
        subject: &str,
    ) -> Vec<Charge> {
        let wide = self.settings.limits.of_wide(rate, networks);
        let own = (wide != rate).then(|| (networks.own.clone(), rate));
        let counted = own.into_iter().chain([(networks.wide.to_string(), wide)]);
        let charge = |(network, rate)| Charge::new(limit, format!("{subject}{network}"), rate);
        counted.map(|counted| Charge { network: Some(networks.wide), ..charge(counted) }).collect()
    }

    /// Returns the charges of an email that strangers can cause. Beyond the address's limit, a network that has not
    /// caused one today may still cause one, so that strangers cannot use up all emails of an address. The total limit
    /// is absolute.
    pub(crate) async fn mail_charges(&self, key: &EmailKey, client: &Client) -> [Charge; 2] {
        let limits = &self.settings.limits;
        let networks = self.networks_of(client).await;
        let ceiling = tenths(limits.mails_per_mailbox, 10 - TENTHS_OF_RESETS);
        [
            self.budget("mails", limits.mails, key, networks.as_ref()),
            Charge::new("mails_per_mailbox", key.as_str().to_owned(), ceiling),
        ]
    }

    /// The same for a password reset email, which has its own limits.
    pub(crate) async fn reset_charges(&self, key: &EmailKey, client: &Client) -> [Charge; 3] {
        self.reset_charges_of(key, self.networks_of(client).await.as_ref())
    }

    fn reset_charges_of(&self, key: &EmailKey, networks: Option<&Networks>) -> [Charge; 3] {
        let limits = &self.settings.limits;
        let ceiling = tenths(limits.mails_per_mailbox, TENTHS_OF_RESETS);
        [
            self.budget("resets", limits.resets, key, networks),
            self.budget("resets_per_day", limits.resets_per_day, key, networks),
            Charge::new("mails_per_mailbox", format!("resets {}", key.as_str()), ceiling),
        ]
    }

    /// Returns the counters of an address's reset emails, independent of the requesting network.
    pub(crate) fn reset_counters(&self, key: &EmailKey) -> BTreeSet<String> {
        self.reset_charges_of(key, None).iter().map(Charge::counter).collect()
    }

    /// Returns the charge of an address's limit, with the limit of a network beyond it.
    fn budget(&self, limit: &'static str, rate: Rate, key: &EmailKey, networks: Option<&Networks>) -> Charge {
        let key = key.as_str();
        let per_network = networks.map(|networks| {
            let rate = self.settings.limits.mails_per_new_network;
            Box::new(Charge::new(limit, format!("{} {key}", networks.wide), rate))
        });
        let network = networks.map(|networks| networks.wide);
        Charge { otherwise: per_network, network, ..Charge::new(limit, key.to_owned(), rate) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_shares_of_a_limit_add_up() {
        let of = |count| Rate::new(count, Duration::from_hours(24));
        assert_eq!((tenths(of(40), TENTHS_OF_RESETS), tenths(of(40), 10 - TENTHS_OF_RESETS)), (of(12), of(28)));
        assert_eq!((tenths(of(1), TENTHS_OF_RESETS), tenths(of(0), TENTHS_OF_RESETS)), (of(1), of(0)));
        assert_eq!(tenths(Rate::OFF, TENTHS_OF_RESETS), Rate::OFF);
    }
}
