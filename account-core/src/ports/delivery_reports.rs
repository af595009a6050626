//! Reports of mail servers about mails that were handed over.

use crate::outbox::bounce::DeliveryReport;

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
