//! What has become of everything that people were told, once the service has been left alone for a while.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use account_core::outbox::OutboxState;
use account_core::ports::Store;
use account_core::ports::store::RegistrationFilter;
use account_store::DatabaseStore;
use account_tests::SmtpServer;
use futures_util::StreamExt;
use futures_util::stream;
use tokio::time::sleep;

use crate::deliveries::Deliveries;
use crate::ledger::Answers;

/// How long after the last restart an email may come at the latest.
const PATIENCE: Duration = Duration::from_mins(1);
const PAGE: u32 = 500;
const READERS: usize = 8;

/// What has become of it.
#[derive(Debug)]
pub(crate) struct Aftermath {
    /// Registrations that are stored.
    pub(crate) stored: usize,
    /// Stored, though nobody was told so.
    pub(crate) unacknowledged: usize,
    /// Acknowledged, and not there by id and continuation, or not in the database.
    pub(crate) lost: usize,
    /// Stored, and without an email a minute after the last restart.
    pub(crate) without_mail: usize,
    /// How long after the last restart the last email came that was due.
    pub(crate) last_mail: Duration,
    /// Claims of emails that ended with the process that held them.
    pub(crate) broken_claims: u64,
    /// The mails.
    pub(crate) deliveries: Deliveries,
}

/// Waits until every stored registration has its email, a minute at most, and then looks at everything. `last_restart`
/// is when the last process became ready; one at `port` is running.
pub(crate) async fn look(
    store: &DatabaseStore,
    mail_server: &SmtpServer,
    port: u16,
    answers: &Answers,
    last_restart: Instant,
) -> Aftermath {
    let stored = stored(store).await;
    let mut deliveries = Deliveries::of(&mail_server.mails());
    let is_complete = |deliveries: &Deliveries| stored.iter().all(|(_, address)| deliveries.reached.contains(address));
    // Also until nothing is on its way a second time: what the last process had claimed is claimed again.
    while !(is_complete(&deliveries) && is_idle(store).await) && last_restart.elapsed() < PATIENCE {
        sleep(Duration::from_millis(500)).await;
        deliveries = Deliveries::of(&mail_server.mails());
    }
    let last_mail = last_restart.elapsed();
    let ids: BTreeSet<_> = stored.iter().map(|(id, _)| id.as_str()).collect();
    let without_mail = stored.iter().filter(|(_, address)| !deliveries.reached.contains(address)).count();
    let told: BTreeSet<_> = answers.acknowledged.values().map(|held| held.id.as_str()).collect();
    Aftermath {
        stored: stored.len(),
        unacknowledged: ids.difference(&told).count(),
        lost: lost(port, answers, &ids).await,
        without_mail,
        last_mail,
        broken_claims: broken_claims(store).await,
        // Once more: what was on its way a second time may have come meanwhile.
        deliveries: Deliveries::of(&mail_server.mails()),
    }
}

/// Whether nothing waits in the outbox.
async fn is_idle(store: &DatabaseStore) -> bool {
    let mut unit = store.begin_read_only().await.expect("the database");
    unit.list_entries(Some(OutboxState::Queued), None, 1).await.expect("the outbox").is_empty()
}

/// Ids and addresses of all registrations.
async fn stored(store: &DatabaseStore) -> Vec<(String, String)> {
    let mut unit = store.begin_read_only().await.expect("the database");
    let (mut all, mut before) = (Vec::new(), None);
    loop {
        let page = unit.list_registrations(&RegistrationFilter::default(), before, PAGE).await.expect("registrations");
        let Some(last) = page.last() else { return all };
        before = Some(last.id);
        all.extend(page.iter().map(|registration| (registration.id.to_string(), registration.address.to_string())));
    }
}

/// Claims beyond the one that settled: the mail server took every email at once, so nothing else makes a second one.
async fn broken_claims(store: &DatabaseStore) -> u64 {
    let mut unit = store.begin_read_only().await.expect("the database");
    let (mut count, mut before) = (0, None);
    loop {
        let page = unit.list_entries(None, before, PAGE).await.expect("the outbox");
        let Some(last) = page.last() else { return count };
        before = Some(last.id);
        count += page.iter().map(|entry| u64::from(entry.attempts.saturating_sub(1))).sum::<u64>();
    }
}

async fn lost(port: u16, answers: &Answers, stored: &BTreeSet<&str>) -> usize {
    let readings = stream::iter(answers.acknowledged.values())
        .map(|held| async move { !stored.contains(held.id.as_str()) || !held.is_readable(port).await });
    readings.buffer_unordered(READERS).filter(|is_lost| std::future::ready(*is_lost)).count().await
}
