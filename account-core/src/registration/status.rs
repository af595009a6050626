//! How far a registration has come, as the client that made it may know.

use super::RegistrationState;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::one_time_token::SecretToken;
use crate::outbox::{OutboxEntry, OutboxState};
use crate::service::{AccountService, Failure};
use crate::timestamp::Timestamp;

/// What the client that made a registration sees of it.
///
/// It never tells whether the address has an account, nor whether the mailbox's owner took the address another way:
/// such attempts read as pending until they expire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationStatus {
    /// The registration.
    pub registration: RegistrationId,
    /// The address, as it was given.
    pub address: EmailAddress,
    /// How far it has come.
    pub progress: Progress,
    /// What has become of its newest mail.
    pub mail: MailProgress,
    /// When it ends, unless its mailbox is proven before.
    pub expires_at: Timestamp,
}

/// How far a registration has come, as its holder may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The mailbox is not proven yet.
    Pending,
    /// It became an account.
    Completed,
    /// Its time is up; another mail can be asked for.
    Expired,
}

/// What has become of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailProgress {
    /// Waits for its first delivery.
    Queued,
    /// A mail server took responsibility for it.
    HandedOver,
    /// Delivery failed and is tried again.
    Deferred,
    /// Given up, or it came back: another one is not sent.
    Bounced,
}

impl AccountService {
    /// The state of a registration, for the holder of its continuation. `None` when there is no such registration or
    /// the continuation is not its own.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn registration_status(
        &self,
        registration: RegistrationId,
        continuation: &SecretToken,
        client: &Client,
    ) -> Result<Option<RegistrationStatus>, Failure> {
        let charge = self.client_charge("verifications", self.settings.limits.verifications, client).await;
        self.count(charge.as_slice()).await?;
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_registration(registration).await?;
        let Some(found) = found.filter(|found| found.continuation == continuation.digest()) else { return Ok(None) };
        let entry = unit.find_newest_entry_of_registration(registration).await?;
        // Once a mail of it came back, none follows.
        let has_bounced = unit.has_bounced(registration).await?;
        let progress = match found.state {
            RegistrationState::Completed => Progress::Completed,
            _ if self.ports.clock.now() >= found.expires_at => Progress::Expired,
            RegistrationState::Pending | RegistrationState::Taken | RegistrationState::Void => Progress::Pending,
        };
        Ok(Some(RegistrationStatus {
            registration,
            address: found.address,
            progress,
            mail: match &entry {
                _ if has_bounced => MailProgress::Bounced,
                None => MailProgress::HandedOver,
                Some(entry) => mail_progress(entry),
            },
            expires_at: found.expires_at,
        }))
    }
}

fn mail_progress(entry: &OutboxEntry) -> MailProgress {
    match entry.state {
        OutboxState::Queued if entry.note.is_some() => MailProgress::Deferred,
        OutboxState::Queued => MailProgress::Queued,
        // Nothing was due because of something that the holder must not learn of.
        OutboxState::HandedOver | OutboxState::Dropped => MailProgress::HandedOver,
        OutboxState::Dead | OutboxState::Bounced => MailProgress::Bounced,
    }
}
