//! Submitting a delivery report as it came by email.

use super::Reported;
use crate::client::Client;
use crate::one_time_token::SecretToken;
use crate::ports::NotAReport;
use crate::ports::delivery_reports::DeliveryReport;
use crate::service::{AccountService, CallContext, Failure};

/// Permission to submit reports. They are not signed, so anyone who may submit one can forge one.
#[derive(Debug)]
pub struct Reporter(());

impl Reporter {
    /// Returns the permission of the operator, on the service's machine.
    #[must_use]
    pub const fn operator() -> Self {
        Self(())
    }
}

/// Why someone may not submit reports.
#[derive(Debug, thiserror::Error)]
pub enum ReporterError {
    /// Reports are not accepted: no token is configured.
    #[error("delivery reports are not accepted")]
    NotTaken,
    /// The token is wrong or missing.
    #[error("the token is missing or wrong")]
    WrongToken,
    /// Limited (per client network) or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(ReporterError: Failed);

/// Why a report was not processed.
#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    /// The email is not a report.
    #[error(transparent)]
    NotAReport(#[from] NotAReport),
    /// Unavailable. Emails marked so far stay marked; the report can be submitted again.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(HandInError: Failed);

/// The outcome of one entry of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The entry.
    pub report: DeliveryReport,
    /// Its outcome.
    pub outcome: Reported,
}

impl AccountService {
    /// Permits submitting reports with the configured token. Limited per client network.
    ///
    /// # Errors
    /// [`ReporterError`] if the token is not accepted.
    pub async fn admit_reporter(
        &self,
        token: Option<&SecretToken>,
        client: &Client,
    ) -> Result<Reporter, ReporterError> {
        let expected = self.settings.report_token.ok_or(ReporterError::NotTaken)?;
        self.count_verification(client).await?;
        // Compare digests, so that the response time reveals nothing about the token.
        if token.map(SecretToken::digest) == Some(expected) { Ok(Reporter(())) } else { Err(ReporterError::WrongToken) }
    }

    /// Processes a delivery report (RFC 3464); see [`AccountService::report_delivery`]. Returns an empty list if it is
    /// not about our mails.
    ///
    /// # Errors
    /// [`HandInError`] if the email is not a report, or could not be processed completely.
    pub async fn hand_in_report(
        &self,
        _by: &Reporter,
        bytes: &[u8],
        context: &CallContext,
    ) -> Result<Vec<HandedIn>, HandInError> {
        let mut handed_in = Vec::new();
        for report in self.ports.delivery_reports.read(bytes)? {
            let outcome = self.report_delivery(&report, context).await?;
            handed_in.push(HandedIn { report, outcome });
        }
        Ok(handed_in)
    }
}
