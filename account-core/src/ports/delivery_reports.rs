//! Reports of mail servers about mails that were handed over.

use crate::id::OutboxId;

/// Most bytes of a report.
pub const MAX_REPORT_OCTETS: usize = 1_048_576;
/// Most recipients of one report that are read.
pub const MAX_REPORTED: usize = 16;

/// Reads the mails that report what became of other mails (RFC 3464).
pub trait DeliveryReportReader: Send + Sync {
    /// What a mail reports, one entry a recipient, at most [`MAX_REPORTED`]. Nothing when it is a report that names none
    /// of our mails, or several.
    ///
    /// Anybody may write such a mail: the implementation MUST NOT panic, whatever the bytes are, MUST refuse more than
    /// [`MAX_REPORT_OCTETS`], and MUST NOT repeat any of them in its errors.
    ///
    /// # Errors
    /// [`NotAReport`].
    fn read(&self, bytes: &[u8]) -> Result<Vec<DeliveryReport>, NotAReport>;
}

/// What a report says of one mail (RFC 3464).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// The outbox entry that it was: read from the mail's Message-ID.
    pub mail: OutboxId,
    /// What became of it.
    pub action: ReportedAction,
    /// Why, as the mail server says it: an enhanced status code (RFC 3463) such as `5.1.1`.
    pub status: String,
}

/// What became of a mail, as a report says it (RFC 3464, 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedAction {
    /// It could not be delivered, and is not tried any more.
    Failed,
    /// It is still being tried.
    Delayed,
    /// It was delivered, or passed on to where no reports come from.
    Delivered,
}

/// Why a mail is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReport {
    /// It has more than [`MAX_REPORT_OCTETS`].
    #[error("the report is larger than 1 MiB")]
    TooLarge,
    /// It is another kind of mail, or only a part of one.
    #[error("not a delivery report (RFC 3464)")]
    OtherMail,
}

/// Reads nothing: to this service no mail is a report.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoReports;

impl DeliveryReportReader for NoReports {
    fn read(&self, _octets: &[u8]) -> Result<Vec<DeliveryReport>, NotAReport> {
        Err(NotAReport::OtherMail)
    }
}
