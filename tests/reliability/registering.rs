//! Registering, and what has become of those that were acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use account_tests::smtp_server::ArrivedMail;
use account_tests::{Reply, Service, SmtpServer};

use crate::crowd;
use crate::ledger::Acknowledged;

/// How a registration was answered.
#[derive(Debug)]
pub(crate) enum Answer {
    Accepted(Acknowledged),
    Refused(Reply),
    /// Not at all.
    None,
}

/// What services under stress do without: the load comes from one address.
pub(crate) const NO_LIMITS: [(&str, &str); 5] = [
    ("REGISTRATION__CHALLENGE", "off"),
    ("LIMITS__REGISTRATIONS", "off"),
    ("LIMITS__MAILS", "off"),
    ("LIMITS__MAILS_PER_MAILBOX", "off"),
    ("LIMITS__VERIFICATIONS", "off"),
];

/// Settings as the harness takes them.
pub(crate) fn borrowed(settings: &[(String, String)]) -> Vec<(&str, &str)> {
    let given = settings.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    given.chain(NO_LIMITS).collect()
}

/// Registers that address.
pub(crate) async fn register(service: &Service, email: &str) -> (Answer, Duration) {
    let begun = Instant::now();
    let answer = match crowd::register(service.port(), email, &[]).await {
        Ok(reply) if reply.status == 202 => Answer::Accepted(Acknowledged::of(email, &reply)),
        Ok(reply) => Answer::Refused(reply),
        Err(_) => Answer::None,
    };
    (answer, begun.elapsed())
}

/// Whether a service that cannot serve says so as it must: a 5xx problem document, 503 with the time to come back.
pub(crate) fn is_proper_failure(reply: &Reply) -> bool {
    let is_problem = reply.header("content-type").starts_with("application/problem+json");
    let says_when = reply.status != 503 || reply.header("retry-after").parse::<u32>().is_ok();
    (500..600).contains(&reply.status) && is_problem && says_when
}

/// How many of them cannot be read any more by who holds their continuation.
pub(crate) async fn count_lost(service: &Service, acknowledged: &[Acknowledged]) -> usize {
    let mut lost = 0;
    for registration in acknowledged {
        lost += usize::from(!registration.is_readable(service.port()).await);
    }
    lost
}

/// What arrived for some addresses.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrived {
    /// Addresses without an email.
    pub(crate) without: usize,
    /// Emails beyond the first, of the same Message-ID.
    pub(crate) duplicates: usize,
    /// The most emails that came to one address.
    pub(crate) most: usize,
    /// Addresses with emails of several Message-IDs.
    pub(crate) different: usize,
}

impl Arrived {
    /// Looks for the emails of those addresses.
    pub(crate) fn of<'a>(mails: &[ArrivedMail], addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_address: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for mail in mails {
            mail.to.iter().for_each(|to| by_address.entry(to).or_default().push(&mail.message_id));
        }
        let mut arrived = Self::default();
        for address in addresses {
            let ids = by_address.get(address).map_or(&[][..], Vec::as_slice);
            arrived.without += usize::from(ids.is_empty());
            let distinct = ids.iter().collect::<BTreeSet<_>>().len();
            arrived.most = arrived.most.max(ids.len());
            arrived.duplicates += ids.len() - distinct;
            arrived.different += usize::from(distinct > 1);
        }
        arrived
    }
}

/// Waits until each has its email, for a minute and a half at most, and tells what arrived.
pub(crate) async fn wait_for_mails(server: &SmtpServer, acknowledged: &[Acknowledged]) -> Arrived {
    let begun = Instant::now();
    loop {
        let arrived = Arrived::of(&server.mails(), acknowledged.iter().map(|known| known.email.as_str()));
        if arrived.without == 0 || begun.elapsed() > Duration::from_secs(90) {
            return arrived;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[cfg(test)]
mod tests {
    use account_tests::smtp_server::ArrivedMail;

    use super::Arrived;

    fn mail(to: &str, id: &str) -> ArrivedMail {
        let (message_id, to) = (id.to_owned(), vec![to.to_owned()]);
        ArrivedMail { message_id, from: String::new(), to, arrived: 0.0, size: 1, answer: 250 }
    }

    #[test]
    fn a_second_mail_is_a_duplicate_only_by_its_message_id() {
        let mails = [mail("a@x.org", "<1>"), mail("a@x.org", "<1>"), mail("b@x.org", "<2>"), mail("b@x.org", "<3>")];
        let arrived = Arrived::of(&mails, ["a@x.org", "b@x.org", "c@x.org"]);
        assert_eq!(arrived, Arrived { without: 1, duplicates: 1, most: 2, different: 1 });
    }
}
