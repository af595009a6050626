//! Looking up whether a domain takes email, before an email to it is lost.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use account_core::ports::{MailDomain, MailDomainCheck};
use async_trait::async_trait;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use crate::dns::DnsServers;

/// How long a person waits for the look-up. What takes longer is not known.
const PATIENCE: Duration = Duration::from_secs(1);
/// How many domains are looked up at once. Further ones are not known.
const AT_ONCE: usize = 32;
/// How long it is remembered that a domain takes email.
const REMEMBERED: Duration = Duration::from_mins(10);
/// How long it is remembered that it takes none: that refuses people, and may be a mistake that is soon corrected.
const REFUSAL_REMEMBERED: Duration = Duration::from_mins(1);
/// How many answers are remembered at most.
const MAX_REMEMBERED: usize = 4_096;

/// Looks domains up in the DNS. What cannot be looked up in a second is not known, and not remembered.
#[derive(Debug)]
pub struct DnsMailDomains {
    names: DnsServers,
    places: Semaphore,
    answers: Mutex<HashMap<String, (MailDomain, Instant)>>,
}

impl DnsMailDomains {
    /// Uses these name servers.
    #[must_use]
    pub fn new(names: DnsServers) -> Self {
        Self { names, places: Semaphore::new(AT_ONCE), answers: Mutex::default() }
    }

    fn answers(&self) -> MutexGuard<'_, HashMap<String, (MailDomain, Instant)>> {
        // Nothing panics while it is locked.
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, domain: &str) -> Option<MailDomain> {
        let answers = self.answers();
        answers.get(domain).filter(|(_, until)| Instant::now() < *until).map(|(answer, _)| *answer)
    }

    fn remember(&self, domain: &str, answer: MailDomain) {
        let now = Instant::now();
        let lasts = if answer == MailDomain::TakesNone { REFUSAL_REMEMBERED } else { REMEMBERED };
        let mut answers = self.answers();
        if answers.len() >= MAX_REMEMBERED {
            answers.retain(|_, (_, until)| now < *until);
        }
        if answers.len() >= MAX_REMEMBERED {
            // Full of what is still good.
            let first = answers.iter().min_by_key(|(_, (_, until))| *until).map(|(domain, _)| domain.clone());
            first.and_then(|domain| answers.remove(&domain));
        }
        answers.insert(domain.to_owned(), (answer, now + lasts));
    }

    async fn look_up(&self, domain: &str) -> MailDomain {
        match timeout(PATIENCE, self.names.takes_mail(domain)).await {
            Ok(Ok(true)) => MailDomain::TakesEmail,
            Ok(Ok(false)) => MailDomain::TakesNone,
            Ok(Err(_)) | Err(_) => MailDomain::Unknown,
        }
    }
}

#[async_trait]
impl MailDomainCheck for DnsMailDomains {
    async fn check(&self, domain: &str) -> MailDomain {
        if let Some(known) = self.find(domain) {
            return known;
        }
        let Ok(_place) = self.places.try_acquire() else { return MailDomain::Unknown };
        let answer = self.look_up(domain).await;
        if answer != MailDomain::Unknown {
            self.remember(domain, answer);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{KnownRecord, NameServer};

    async fn names(records: &[(&str, KnownRecord)]) -> NameServer {
        let records = records.iter().map(|(name, record)| ((*name).to_owned(), record.clone())).collect();
        NameServer::start(records).await.unwrap()
    }

    fn exchange(server: &str) -> KnownRecord {
        KnownRecord::MailExchange(server.to_owned())
    }

    #[tokio::test]
    async fn a_domain_takes_email_by_its_mail_servers_or_its_address() {
        let names = names(&[
            ("with-servers.example", exchange("mx.example")),
            ("with-address.example", KnownRecord::Address([192, 0, 2, 1].into())),
            ("null.example", exchange("")),
            ("null.example", KnownRecord::Address([192, 0, 2, 1].into())),
            ("text-only.example", KnownRecord::Text("x".to_owned())),
        ])
        .await;
        let domains = DnsMailDomains::new(DnsServers::new(vec![names.address()]));
        for (domain, expected) in [
            ("with-servers.example", MailDomain::TakesEmail),
            ("with-address.example", MailDomain::TakesEmail),
            ("null.example", MailDomain::TakesNone),
            ("text-only.example", MailDomain::TakesNone),
            ("unknown.example", MailDomain::TakesNone),
            (&"a".repeat(64), MailDomain::Unknown),
        ] {
            assert_eq!(domains.check(domain).await, expected, "{domain}");
        }
    }

    #[tokio::test]
    async fn answers_are_remembered_and_failures_are_not() {
        let names = names(&[("acme.example", exchange("mx.example"))]).await;
        let mut domains = DnsMailDomains::new(DnsServers::new(vec![names.address()]));
        assert_eq!(domains.check("acme.example").await, MailDomain::TakesEmail);
        domains.names = DnsServers::new(Vec::new());
        assert_eq!(domains.check("acme.example").await, MailDomain::TakesEmail, "remembered");
        assert_eq!(domains.check("other.example").await, MailDomain::Unknown);
        domains.names = DnsServers::new(vec![names.address()]);
        assert_eq!(domains.check("other.example").await, MailDomain::TakesNone);
        for number in 0..MAX_REMEMBERED + 10 {
            domains.remember(&number.to_string(), MailDomain::TakesEmail);
        }
        assert_eq!(domains.answers().len(), MAX_REMEMBERED);
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_are_remembered_for_a_minute_and_the_rest_for_ten() {
        let domains = DnsMailDomains::new(DnsServers::new(Vec::new()));
        domains.remember("acme.example", MailDomain::TakesEmail);
        domains.remember("null.example", MailDomain::TakesNone);
        let known = || ["acme.example", "null.example"].map(|domain| domains.find(domain).is_some());
        for (passed, expected) in [(59, [true, true]), (1, [true, false]), (539, [true, false]), (1, [false, false])] {
            tokio::time::advance(Duration::from_secs(passed)).await;
            assert_eq!(known(), expected);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_expires_first_makes_room() {
        let domains = DnsMailDomains::new(DnsServers::new(Vec::new()));
        domains.remember("first.example", MailDomain::TakesEmail);
        for number in 1..MAX_REMEMBERED {
            tokio::time::advance(Duration::from_millis(1)).await;
            domains.remember(&number.to_string(), MailDomain::TakesEmail);
        }
        assert!(domains.find("first.example").is_some());
        domains.remember("last.example", MailDomain::TakesEmail);
        assert_eq!((domains.find("first.example"), domains.answers().len()), (None, MAX_REMEMBERED));
        assert_eq!(domains.find("last.example"), Some(MailDomain::TakesEmail));
    }

    #[tokio::test]
    async fn a_silent_server_costs_a_second_and_a_crowd_nothing() {
        // Bound, but nobody answers there.
        let silent = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let domains = DnsMailDomains::new(DnsServers::new(vec![silent.local_addr().unwrap()]));
        let begun = Instant::now();
        assert_eq!(domains.check("acme.example").await, MailDomain::Unknown);
        assert!(begun.elapsed() < PATIENCE * 2, "{:?}", begun.elapsed());
        let all = domains.places.try_acquire_many(u32::try_from(AT_ONCE).unwrap()).unwrap();
        let begun = Instant::now();
        assert_eq!(domains.check("acme.example").await, MailDomain::Unknown);
        assert!(begun.elapsed() < PATIENCE / 2, "it is not waited for a place");
        drop(all);
    }
}
