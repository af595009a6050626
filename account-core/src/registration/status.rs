//! The status of a registration, for the client that made it.

use super::offer::find_offer;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::named_enum;
use crate::one_time_token::SecretToken;
use crate::outbox::{Fault, OutboxEntry, OutboxState};
use crate::service::{AccountService, Failure};
use crate::timestamp::Timestamp;

/// The status of a registration, as shown to the client that made it.
///
/// It never reveals whether the address has an account, or whether the owner of the mailbox took the address in another
/// way: such attempts read as pending until they expire. So does one that the emailed link alone completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationStatus {
    /// The registration.
    pub registration: RegistrationId,
    /// The address, as entered.
    pub address: EmailAddress,
    /// Its progress.
    pub progress: Progress,
    /// The state of its newest email.
    pub mail: MailProgress,
    /// When that email was requested; `None` if the record of it is gone.
    pub mail_requested_at: Option<Timestamp>,
    /// When it expires if its address is not verified by then.
    pub expires_at: Timestamp,
    /// How often its address can still be corrected.
    pub corrections_left: u32,
    /// Whether [`AccountService::continue_registration`] can open a session: the registration was completed elsewhere a
    /// short while ago.
    pub opens_session: bool,
}

named_enum! {
    /// The progress of a registration, as shown to its holder.
    pub enum Progress {
        /// The address is not verified yet.
        Pending = "pending",
        /// It became an account.
        Completed = "completed",
        /// It has expired; another email can be requested.
        Expired = "expired",
    }
}

named_enum! {
    /// The state of an email.
    pub enum MailProgress {
        /// It waits for its first delivery.
        Queued = "queued",
        /// A mail server accepted it.
        HandedOver = "handed_over",
        /// Delivery failed and will be tried again.
        Deferred = "deferred",
        /// The address takes no email: it was refused or has bounced. After a bounce, no other is sent.
        Bounced = "bounced",
        /// It was given up, and that says nothing of the address.
        Failed = "failed",
    }
}

impl AccountService {
    /// Returns the status of a registration to the holder of its continuation. `None` if there is no such registration
    /// or the continuation does not belong to it.
    ///
    /// # Errors
    /// [`Failure`] if a limit was reached or the store failed.
    pub async fn registration_status(
        &self,
        registration: RegistrationId,
        continuation: &SecretToken,
        client: &Client,
    ) -> Result<Option<RegistrationStatus>, Failure> {
        self.count_verification(client).await?;
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_registration(registration).await?;
        let Some(found) = found.filter(|found| found.continuation == continuation.digest()) else { return Ok(None) };
        let entry = unit.find_newest_entry_of_registration(registration).await?;
        // After a bounce, no other email is sent.
        let has_bounced = unit.has_bounced(registration, found.address.key()).await?;
        let now = self.ports.clock.now();
        let progress = if found.reads_as_completed() {
            Progress::Completed
        } else if now >= found.shown_until {
            Progress::Expired
        } else {
            Progress::Pending
        };
        let opens_session = progress == Progress::Completed && find_offer(&mut *unit, &found, now).await?.is_some();
        let corrections_left = self.corrections_left(&found);
        Ok(Some(RegistrationStatus {
            registration,
            address: found.address,
            progress,
            mail: match &entry {
                _ if has_bounced => MailProgress::Bounced,
                None => MailProgress::HandedOver,
                Some(entry) => mail_progress(entry),
            },
            mail_requested_at: entry.map(|entry| entry.created_at),
            expires_at: found.shown_until,
            corrections_left,
            opens_session,
        }))
    }
}

fn mail_progress(entry: &OutboxEntry) -> MailProgress {
    match entry.state {
        OutboxState::Queued if entry.note.is_some() => MailProgress::Deferred,
        OutboxState::Queued => MailProgress::Queued,
        // Nothing was sent, for a reason that the holder must not learn.
        OutboxState::HandedOver | OutboxState::Dropped => MailProgress::HandedOver,
        OutboxState::Dead | OutboxState::Bounced => match entry.refusal {
            Some(refusal) if refusal.fault == Fault::Recipient => MailProgress::Bounced,
            Some(_) | None => MailProgress::Failed,
        },
    }
}
