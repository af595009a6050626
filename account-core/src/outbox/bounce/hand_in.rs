//! Handing in a report as it came by mail.

use super::Reported;
use crate::client::Client;
use crate::one_time_token::SecretToken;
use crate::ports::NotAReport;
use crate::ports::delivery_reports::DeliveryReport;
use crate::service::{AccountService, CallContext, Failure};

/// Somebody who may hand in reports: they are not signed, so anyone who can hand in one can forge one.
#[derive(Debug)]
pub struct Reporter(());

impl Reporter {
    /// The operator, on its machine.
    #[must_use]
    pub const fn operator() -> Self {
        Self(())
    }
}

/// Why somebody may not hand in reports.
#[derive(Debug, thiserror::Error)]
pub enum ReporterError {
    /// Reports are not taken: no token is set.
    #[error("delivery reports are not accepted")]
    NotTaken,
    /// It is not the token, or there is none.
    #[error("the token is missing or wrong")]
    WrongToken,
    /// Limited, because the client network asks too often, or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ReporterError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Why a report was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    /// The mail is none.
    #[error(transparent)]
    NotAReport(#[from] NotAReport),
    /// Unavailable. What was marked so far stays; the report can be handed in again.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for HandInError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What became of one entry of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The entry.
    pub report: DeliveryReport,
    /// What became of it.
    pub outcome: Reported,
}

impl AccountService {
    /// Lets somebody hand in reports who presents the token. Counted per client network.
    ///
    /// # Errors
    /// [`ReporterError`].
    pub async fn admit_reporter(
        &self,
        token: Option<&SecretToken>,
        client: &Client,
    ) -> Result<Reporter, ReporterError> {
        let expected = self.settings.report_token.ok_or(ReporterError::NotTaken)?;
        let charge = self.client_charge("verifications", self.settings.limits.verifications, client).await;
        self.count(charge.as_slice()).await?;
        // Digests are compared: how long that takes tells nothing of the token.
        if token.map(SecretToken::digest) == Some(expected) { Ok(Reporter(())) } else { Err(ReporterError::WrongToken) }
    }

    /// Takes in a mail of a mail server that reports what became of mails (RFC 3464); see
    /// [`AccountService::report_delivery`] for what is done. Empty when it is about none of our mails.
    ///
    /// # Errors
    /// [`HandInError`].
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
