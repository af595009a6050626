//! How often strangers may ask: the limits, and what is counted for each request.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{AccountService, Failure, Limited};
use crate::client::{Client, Networks};
use crate::email_address::EmailKey;
use crate::id::AccountId;
use crate::ports::{Charge, Rate, Verdict};
use crate::timestamp::Timestamp;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// One limit, for documents and settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitRow {
    /// Its name, which problems, headers and settings (`limits.<name>`) use.
    pub name: &'static str,
    /// Its default, as it is written in settings.
    pub default: &'static str,
    /// What is counted, and whose counts are added up.
    pub about: &'static str,
    /// What it protects.
    pub protects: &'static str,
}

/// Declares the limits: a field of [`Limits`] and a [`LimitRow`] each.
macro_rules! limits {
    ($($name:ident = $count:literal / $seconds:ident ($default:literal): $about:literal, $protects:literal;)+) => {
        /// How often strangers may ask.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $(
                #[doc = $about]
                #[doc = ""]
                #[doc = concat!("Protects ", $protects, ".")]
                pub $name: Rate,
            )+
            /// How many times a limit per client network allows for an IPv4 /24 together. At least 1.
            pub ipv4_network_factor: u32,
            /// The same for an IPv6 /48.
            pub ipv6_network_factor: u32,
        }

        impl Limits {
            /// Every limit, in the order of their declaration.
            pub const ROWS: &'static [LimitRow] = &[$(LimitRow {
                name: stringify!($name),
                default: $default,
                about: $about,
                protects: $protects,
            }),+];

            /// Sets the limit of that name; false when there is none.
            pub fn set(&mut self, name: &str, rate: Rate) -> bool {
                match name {
                    $(stringify!($name) => self.$name = rate,)+
                    _ => return false,
                }
                true
            }

            /// The limit of that name.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<Rate> {
                match name {
                    $(stringify!($name) => Some(self.$name),)+
                    _ => None,
                }
            }
        }

        impl Default for Limits {
            fn default() -> Self {
                Self {
                    $($name: Rate::new($count, Duration::from_secs($seconds)),)+
                    ipv4_network_factor: 4,
                    ipv6_network_factor: 1,
                }
            }
        }
    };
}

/// Fifteen minutes.
const QUARTER: u64 = 15 * MINUTE;

limits! {
    registrations = 30 / HOUR ("30/h"):
        "Registrations per client network.", "the database and other people's mailboxes from floods of sign-ups";
    verifications = 600 / MINUTE ("600/min"):
        "Verifications, sign-ins, requests for mails and for the state of a registration, per client network.",
        "the service from floods of requests";
    short_links = 60 / MINUTE ("60/min"):
        "Clicks on mailed links, per client network.", "mailed links from being guessed";
    renewals = 60 / HOUR ("60/h"):
        "Renewals of one session with its renewal token.", "the database from a client that renews in a loop";
    resend = 5 / MINUTE ("5/min"):
        "Requests for another verification mail, per address.", "a mailbox from repeated mails";
    mail_requests = 60 / HOUR ("60/h"):
        "Requests for a verification mail or a password reset, per client network.",
        "other people's mailboxes from one network that asks for mails to many addresses";
    mails = 20 / DAY ("20/day"):
        "Mails to one address that anonymous requests can cause; password resets are counted apart.",
        "a mailbox from mails that its owner did not ask for";
    mails_per_new_network = 1 / DAY ("1/day"):
        "Mails to one address beyond `limits.mails`, `limits.resets` and `limits.resets_per_day`, per IPv4 /24 or IPv6 /48.",
        "owners whose budget of mails a stranger has used up: their own network still gets one";
    mails_per_mailbox = 40 / DAY ("40/day"):
        "Mails to one address that anonymous requests can cause, whatever networks ask; three tenths are kept for password resets.",
        "a mailbox from a stranger with many networks";
    sign_ins = 10 / QUARTER ("10/15min"):
        "Failed sign-ins per account and client network.", "passwords from being guessed from one network";
    sign_in_failures = 100 / HOUR ("100/h"):
        "Failed sign-ins per client network, over all accounts. A browser that has signed in before gets past it.",
        "accounts from somebody who tries one password on many of them";
    sign_ins_per_account = 100 / DAY ("100/day"):
        "Failed sign-ins per account from anywhere. A password reset clears the count.",
        "passwords from being guessed from many networks";
    sign_ins_per_device = 20 / DAY ("20/day"):
        "Failed sign-ins beyond `limits.sign_in_failures` or `limits.sign_ins_per_account`, per browser that has signed in \
         to the account before.",
        "owners from being locked out: their own browser still gets in";
    sign_ins_per_new_network = 1 / DAY ("1/day"):
        "Failed sign-ins beyond `limits.sign_ins_per_account`, per account and IPv4 /24 or IPv6 /48.",
        "owners from being locked out on a new device";
    changes = 60 / HOUR ("60/h"):
        "Changes that a person makes to their account.", "the database from a client that writes in a loop";
    resets = 5 / HOUR ("5/h"):
        "Password reset mails per address.", "a mailbox from repeated mails";
    resets_per_day = 10 / DAY ("10/day"):
        "Password reset mails per address, over a longer time.", "a mailbox from repeated mails";
    reset_tries = 10 / HOUR ("10/h"):
        "Attempts to set a new password with one reset link.", "the service from hashing for one link again and again";
}

/// Tenths of [`Limits::mails_per_mailbox`] that are kept for password resets: nobody can use up a mailbox's mails in
/// another way so that its owner cannot reset the password.
const TENTHS_OF_RESETS: u32 = 3;

impl Limits {
    /// What all clients of a wide network may do together where each network may do this.
    fn of_wide(&self, rate: Rate, networks: &Networks) -> Rate {
        let factor = if networks.is_v6 { self.ipv6_network_factor } else { self.ipv4_network_factor };
        rate.times(factor.max(1))
    }
}

/// So many tenths of a rate, but at least one event.
fn tenths(rate: Rate, tenths: u32) -> Rate {
    rate.get()
        .map_or(Rate::OFF, |(count, period)| Rate::new((count.saturating_mul(tenths) / 10).max(count.min(1)), period))
}

impl AccountService {
    /// Counts the charges, all or none.
    pub(crate) async fn count(&self, charges: &[Charge]) -> Result<(), Failure> {
        self.count_now(charges).await.map(drop)
    }

    /// Counts a request of a client that looks at something or presents a secret.
    pub(crate) async fn count_verification(&self, client: &Client) -> Result<(), Failure> {
        self.count(&self.client_charges("verifications", self.settings.limits.verifications, client).await).await
    }

    /// Counts the charges, all or none; returns the moment that they are counted at.
    pub(crate) async fn count_now(&self, charges: &[Charge]) -> Result<Timestamp, Failure> {
        let now = self.ports.clock.now();
        // What is not limited need not be counted.
        let charges: Vec<Charge> = charges.iter().filter(|charge| charge.rate != Rate::OFF).cloned().collect();
        if charges.is_empty() {
            return Ok(now);
        }
        match self.ports.rate_limiter.count(&charges, now).await? {
            Verdict::Allowed => Ok(now),
            Verdict::Limited { limit, rate, retry_after } => Err(Limited { limit, rate, retry_after }.into()),
        }
    }

    /// Counts a change that an account's owner makes to it.
    pub(crate) async fn count_change(&self, account: AccountId) -> Result<(), Failure> {
        let charge = Charge::new("changes", account.to_string(), self.settings.limits.changes);
        self.count(&[charge]).await
    }

    /// The charges of a client's networks; none for clients without one.
    pub(crate) async fn client_charges(&self, limit: &'static str, rate: Rate, client: &Client) -> Vec<Charge> {
        match self.networks_of(client).await {
            Some(networks) => self.network_charges(limit, rate, &networks, "").into(),
            None => Vec::new(),
        }
    }

    /// The charges of a client that asks for a mail to an address that it names.
    pub(crate) async fn mail_request_charges(&self, client: &Client) -> Vec<Charge> {
        self.client_charges("mail_requests", self.settings.limits.mail_requests, client).await
    }

    /// The charges of networks, for one subject each.
    pub(crate) fn network_charges(
        &self,
        limit: &'static str,
        rate: Rate,
        networks: &Networks,
        subject: &str,
    ) -> [Charge; 2] {
        let wide = self.settings.limits.of_wide(rate, networks);
        [(&networks.own, rate), (&networks.wide, wide)]
            .map(|(network, rate)| Charge::new(limit, format!("{subject}{network}"), rate))
    }

    /// The charges of a mail to an address that strangers can cause. Beyond the address's budget a network that has not
    /// caused one today may still cause one: so nobody can use up the budget of an address for its owner. The ceiling is
    /// absolute.
    pub(crate) async fn mail_charges(&self, key: &EmailKey, client: &Client) -> [Charge; 2] {
        let limits = &self.settings.limits;
        let networks = self.networks_of(client).await;
        let ceiling = tenths(limits.mails_per_mailbox, 10 - TENTHS_OF_RESETS);
        [
            self.budget("mails", limits.mails, key, networks.as_ref()),
            Charge::new("mails_per_mailbox", key.as_str().to_owned(), ceiling),
        ]
    }

    /// The same for a mail that resets a password: these have a budget and a ceiling of their own.
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

    /// The counters of an address's reset mails, whatever network asked for them.
    pub(crate) fn reset_counters(&self, key: &EmailKey) -> BTreeSet<String> {
        self.reset_charges_of(key, None).iter().map(Charge::counter).collect()
    }

    /// What an address may be sent, or what a network may cause beyond that.
    fn budget(&self, limit: &'static str, rate: Rate, key: &EmailKey, networks: Option<&Networks>) -> Charge {
        let key = key.as_str();
        let per_network = networks.map(|networks| {
            let rate = self.settings.limits.mails_per_new_network;
            Box::new(Charge::new(limit, format!("{} {key}", networks.wide), rate))
        });
        Charge { otherwise: per_network, ..Charge::new(limit, key.to_owned(), rate) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_written_as_they_are() {
        let mut limits = Limits::default();
        for row in Limits::ROWS {
            assert_eq!(limits.get(row.name).unwrap().to_string(), row.default, "{}", row.name);
            assert!(limits.set(row.name, Rate::OFF));
            assert_eq!(limits.get(row.name), Some(Rate::OFF), "{}", row.name);
        }
        assert!(!limits.set("unknown", Rate::OFF));
        assert_eq!(limits.get("unknown"), None);
    }

    #[test]
    fn a_ceiling_is_shared_without_a_rest() {
        let of = |count| Rate::new(count, Duration::from_secs(DAY));
        assert_eq!((tenths(of(40), TENTHS_OF_RESETS), tenths(of(40), 10 - TENTHS_OF_RESETS)), (of(12), of(28)));
        assert_eq!((tenths(of(1), TENTHS_OF_RESETS), tenths(of(0), TENTHS_OF_RESETS)), (of(1), of(0)));
        assert_eq!(tenths(Rate::OFF, TENTHS_OF_RESETS), Rate::OFF);
    }
}
