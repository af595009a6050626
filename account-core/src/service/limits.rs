//! The rate limits.

use std::time::Duration;

use crate::client::Networks;
use crate::rate::Rate;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// One limit, for documents and settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitRow {
    /// Its name, which problems, headers and settings (`limits.<name>`) use.
    pub name: &'static str,
    /// Its default, as written in settings.
    pub default: &'static str,
    /// What is counted, and by what.
    pub about: &'static str,
    /// What it protects.
    pub protects: &'static str,
}

/// Declares the limits: for each, a field of [`Limits`] and a [`LimitRow`].
macro_rules! limits {
    ($($name:ident = $count:literal / $seconds:ident ($default:literal): $about:literal, $protects:literal;)+) => {
        /// The rate limits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Limits {
            $(
                #[doc = $about]
                #[doc = ""]
                #[doc = concat!("Protects ", $protects, ".")]
                pub $name: Rate,
            )+
            /// The factor by which a limit per client network is multiplied for a whole IPv4 /24. At least 1.
            pub ipv4_network_factor: u32,
            /// The factor for an IPv6 /48.
            pub ipv6_network_factor: u32,
        }

        impl Limits {
            /// All limits, in the order of their declaration.
            pub const ROWS: &'static [LimitRow] = &[$(LimitRow {
                name: stringify!($name),
                default: $default,
                about: $about,
                protects: $protects,
            }),+];

            /// Sets the limit of that name; returns `false` if there is none.
            pub fn set(&mut self, name: &str, rate: Rate) -> bool {
                match name {
                    $(stringify!($name) => self.$name = rate,)+
                    _ => return false,
                }
                true
            }

            /// Returns the limit of that name.
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
        "Verifications, sign-ins, requests for emails and for the state of a registration, per client network.",
        "the service from floods of requests";
    short_links = 60 / MINUTE ("60/min"):
        "Clicks on emailed links, per client network.", "emailed links from being guessed";
    provider_starts = 300 / HOUR ("300/h"):
        "People sent to a provider, to register, sign in or confirm something, per client network.",
        "the database from a client that begins and never comes back";
    renewals = 60 / HOUR ("60/h"):
        "Renewals of one session with its renewal token.", "the database from a client that renews in a loop";
    resend = 5 / MINUTE ("5/min"):
        "Requests for another verification email, per address.", "a mailbox from repeated emails";
    mail_requests = 60 / HOUR ("60/h"):
        "Requests for a verification email or a password reset, per client network.",
        "other people's mailboxes from one network that requests emails to many addresses";
    mails = 20 / DAY ("20/day"):
        "Emails to one address that anonymous requests can cause; password resets are counted separately.",
        "a mailbox from emails that its owner did not ask for";
    mails_per_new_network = 1 / DAY ("1/day"):
        "Emails to one address beyond `limits.mails`, `limits.resets` and `limits.resets_per_day`, per IPv4 /24 or IPv6 /48.",
        "owners whose emails a stranger has used up: their own network can still request one";
    mails_per_mailbox = 40 / DAY ("40/day"):
        "Emails to one address that anonymous requests can cause, from all networks together; three tenths are reserved for password resets.",
        "a mailbox from a stranger with many networks";
    sign_ins = 10 / QUARTER ("10/15min"):
        "Failed sign-ins per account and client network.", "passwords from being guessed from one network";
    sign_in_failures = 100 / HOUR ("100/h"):
        "Failed sign-ins per client network, over all accounts. Browsers that have signed in before can exceed it.",
        "accounts from somebody who tries a common password on many of them";
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
        "Password reset emails per address.", "a mailbox from repeated emails";
    resets_per_day = 10 / DAY ("10/day"):
        "Password reset emails per address, over a longer time.", "a mailbox from repeated emails";
    reset_tries = 10 / HOUR ("10/h"):
        "Attempts to set a new password with one reset link.", "the service from hashing repeatedly for one link";
    challenge_after_registrations = 300 / QUARTER ("300/15min"):
        "Registrations in all, after which registering asks for a challenge.",
        "the service from sign-ups by programs with many networks";
    challenge_after_registrations_per_network = 60 / QUARTER ("60/15min"):
        "Registrations from one IPv4 /24 or IPv6 /48, after which it is asked for a challenge.",
        "the service from sign-ups by programs with many addresses";
    challenge_after_registrations_per_address = 20 / QUARTER ("20/15min"):
        "Registrations of one email address, after which registering it asks for a challenge.",
        "a mailbox from sign-ups by programs";
    challenge_after_unverified = 300 / HOUR ("300/h"):
        "Registrations whose address was not verified, after which registering asks for a challenge: those accepted minus \
         those completed in the same time.",
        "the service from sign-ups with invented addresses";
    challenge_after_failures = 1000 / QUARTER ("1000/15min"):
        "Failed sign-ins in all, after which signing in asks for a challenge. Browsers that have signed in before are not \
         asked.",
        "passwords from being guessed from many networks";
    challenge_after_failures_per_network = 100 / QUARTER ("100/15min"):
        "Failed sign-ins from one IPv4 /24 or IPv6 /48, after which it is asked for a challenge.",
        "passwords from being guessed from many addresses";
    challenge_after_failures_per_identifier = 20 / QUARTER ("20/15min"):
        "Failed sign-ins with one email address or username, whether or not it has an account, after which signing in \
         with it asks for a challenge.",
        "the password of one account from being guessed from many networks";
    challenge_after_resets = 200 / QUARTER ("200/15min"):
        "Requests for a password reset in all, after which they ask for a challenge.",
        "mailboxes from emails that programs request";
    challenge_after_resets_per_network = 60 / QUARTER ("60/15min"):
        "Requests for a password reset from one IPv4 /24 or IPv6 /48, after which it is asked for a challenge.",
        "mailboxes from emails that one network requests";
    challenge_after_resets_per_address = 10 / QUARTER ("10/15min"):
        "Requests for a password reset of one email address, after which they ask for a challenge.",
        "a mailbox from emails that programs request";
    unchallenged_registrations = 60 / HOUR ("60/h"):
        "Registrations in all through the documented APIs, which cannot ask for a challenge, while registering asks for \
         one.",
        "the service from sign-ups by programs through an API that cannot ask for a challenge";
    challenge_waits = 5 / HOUR ("5/h"):
        "Challenges answered by waiting instead of a proof, per client network.",
        "the service from programs that wait";
    challenge_waits_in_all = 100 / HOUR ("100/h"):
        "Challenges answered by waiting instead of a proof, in all.",
        "the service from programs that wait in many networks at once";
}

impl Limits {
    /// Returns the limit of a wide network, given the limit of each network in it.
    pub(super) fn of_wide(&self, rate: Rate, networks: &Networks) -> Rate {
        let factor = if networks.wide.is_v6() { self.ipv6_network_factor } else { self.ipv4_network_factor };
        rate.times(factor.max(1))
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
}
