//! Reports from mail servers about emails that were sent.

use crate::id::OutboxId;

/// Maximum size of a report, in bytes.
pub const MAX_REPORT_BYTES: usize = 1_048_576;
/// Maximum number of recipients that are read from one report.
pub const MAX_REPORTED: usize = 16;

/// Reads delivery reports: emails about the delivery of other emails (RFC 3464).
pub trait DeliveryReportReader: Send + Sync {
    /// Returns one entry per recipient in the report, at most [`MAX_REPORTED`]. The list is empty if the report names
    /// none of our emails, or more than one.
    ///
    /// Anyone can send such an email. The implementation MUST NOT panic on any input, MUST refuse more than
    /// [`MAX_REPORT_BYTES`] bytes, and MUST NOT repeat any of the input in its errors.
    ///
    /// # Errors
    /// [`NotAReport`] if the email is too large or is not a delivery report.
    fn read(&self, bytes: &[u8]) -> Result<Vec<DeliveryReport>, NotAReport>;
}

/// What a report says about one email (RFC 3464).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// The outbox entry of the email, read from its Message-ID.
    pub mail: OutboxId,
    /// What happened to the email.
    pub action: ReportedAction,
    /// The reason that the mail server gives: an enhanced status code (RFC 3463) such as `5.1.1`.
    pub status: String,
}

/// What happened to an email, according to a report (RFC 3464, section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedAction {
    /// It could not be delivered, and the server gave up.
    Failed,
    /// It could not be delivered yet; the server keeps trying.
    Delayed,
    /// It was delivered, or relayed to a system that sends no reports.
    Delivered,
}

/// Why an email is not a delivery report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReport {
    /// It has more than [`MAX_REPORT_BYTES`].
    #[error("the report is larger than 1 MiB")]
    TooLarge,
    /// It is another kind of email, or incomplete.
    #[error("not a delivery report (RFC 3464)")]
    OtherMail,
}

/// Refuses every email, for services that process no reports.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoReports;

impl DeliveryReportReader for NoReports {
    fn read(&self, _bytes: &[u8]) -> Result<Vec<DeliveryReport>, NotAReport> {
        Err(NotAReport::OtherMail)
    }
}
