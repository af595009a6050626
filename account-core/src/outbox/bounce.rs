//! Bounces: processing the delivery reports of mail servers.

mod hand_in;

use crate::audit::{Actor, AuditEvent};
use crate::id::OutboxId;
use crate::outbox::{Fault, Refusal};
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::service::{AccountService, CallContext, Unavailable};

pub use crate::ports::delivery_reports::{DeliveryReport, ReportedAction};
pub use hand_in::{HandInError, HandedIn, Reporter, ReporterError};

/// How many characters of a mail server's reason are stored.
const MAX_STATUS: usize = 200;

/// The outcome of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// The email is marked as bounced.
    Marked,
    /// It changes nothing: it does not report a failure, the email is already marked, or there is no such email.
    Ignored,
}

impl AccountService {
    /// Processes a report about one email. An email that was sent and has failed is marked as bounced: the person who
    /// waits for it is told. If the address takes no email, that registration gets no further verification email until
    /// an administrator puts the entry back. The address itself is not blocked: its owner can register again.
    ///
    /// Reports are not signed: the caller must decide who may submit them. A report contains the email's Message-ID,
    /// which nobody can guess who has not seen the email.
    ///
    /// # Errors
    /// [`Unavailable`]; nothing was marked.
    pub async fn report_delivery(
        &self,
        report: &DeliveryReport,
        context: &CallContext,
    ) -> Result<Reported, Unavailable> {
        if report.action != ReportedAction::Failed {
            return Ok(Reported::Ignored);
        }
        let status: String = report.status.chars().filter(|c| !c.is_control()).take(MAX_STATUS).collect();
        let note = format!("bounced: {status}");
        let fault = Fault::of_report(&status);
        Ok(self.retried(|| self.mark_bounced(report.mail, fault, &note, context)).await?)
    }

    async fn mark_bounced(
        &self,
        id: OutboxId,
        fault: Fault,
        note: &str,
        context: &CallContext,
    ) -> Result<Reported, StoreError> {
        let mut change = self.change(context, Actor::Service).await?;
        let refusal = Refusal { fault, at: change.now };
        if change.unit.bounce_entry(id, refusal, note).await? == Update::Missed {
            return Ok(Reported::Ignored);
        }
        let account = change.unit.find_entry(id).await?.and_then(|entry| entry.intent.account());
        change.record(AuditEvent::MailBounced, account, Some(id.to_string())).await?;
        change.commit().await?;
        Ok(Reported::Marked)
    }
}
