//! Bounces: what a report of a mail server says, and what becomes of it.

mod hand_in;

use crate::audit::{Actor, AuditEvent};
use crate::id::OutboxId;
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::service::{AccountService, CallContext, Unavailable};

pub use crate::ports::delivery_reports::{DeliveryReport, ReportedAction};
pub use hand_in::{HandInError, HandedIn, Reporter, ReporterError};

/// Most characters that are kept of what a mail server says.
const MAX_STATUS: usize = 200;

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// The mail is marked as bounced.
    Marked,
    /// It changes nothing: it is of no failure, or the mail is marked already, or there is no such mail.
    Ignored,
}

impl AccountService {
    /// Takes in what a mail server reported. A mail that was handed over and has failed is marked as bounced: anyone
    /// who waits for it is told, and no further verification mail goes to that registration until an administrator puts
    /// the entry back. The address itself is not blocked: its owner may register again.
    ///
    /// Reports are not signed. Who may hand one in is for the caller to decide; one about a mail names the mail's
    /// Message-ID, which nobody can guess who has not seen the mail.
    ///
    /// # Errors
    /// [`Unavailable`]; then nothing was marked.
    pub async fn report_delivery(
        &self,
        report: &DeliveryReport,
        context: &CallContext,
    ) -> Result<Reported, Unavailable> {
        if report.action != ReportedAction::Failed {
            return Ok(Reported::Ignored);
        }
        let status: String = report.status.chars().filter(|c| !c.is_control()).take(MAX_STATUS).collect();
        let note = format!("it came back: {status}");
        Ok(self.retried(|| self.mark_bounced(report.mail, &note, context)).await?)
    }

    async fn mark_bounced(&self, id: OutboxId, note: &str, context: &CallContext) -> Result<Reported, StoreError> {
        let mut change = self.change(context, Actor::Service).await?;
        if change.unit.bounce_entry(id, change.now, note).await? == Update::Missed {
            return Ok(Reported::Ignored);
        }
        let account = change.unit.find_entry(id).await?.and_then(|entry| entry.intent.account());
        change.record(AuditEvent::MailBounced, account, Some(id.to_string())).await?;
        change.commit().await?;
        Ok(Reported::Marked)
    }
}
