//! Errors of registering and proving a mailbox.

use account_core::outbox::bounce::{HandInError, ReporterError};
use account_core::ports::NotAReport;
use account_core::registration::continue_session::ContinueError;
use account_core::registration::correct::CorrectError;
use account_core::registration::register::RegisterError;
use account_core::registration::resend::ResendError;
use account_core::registration::verify::{Gone, VerifyError};

use super::super::{Problem, ProblemKind};
use super::ANSWER_WAIT;

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Invalid(violations) => violations.into(),
            RegisterError::IdempotencyMismatch => Self::new(ProblemKind::IdempotencyMismatch),
            RegisterError::IdempotencyInProgress => {
                Self { retry_after: Some(ANSWER_WAIT), ..Self::new(ProblemKind::IdempotencyInProgress) }
            }
            RegisterError::Challenged(demand) => demand.into(),
            RegisterError::Closed { reason } => Self::closed(reason),
            RegisterError::Failed(failure) => failure.into(),
        }
    }
}

impl From<CorrectError> for Problem {
    fn from(error: CorrectError) -> Self {
        match error {
            CorrectError::Unknown => Self::new(ProblemKind::UnknownRegistration),
            CorrectError::Completed => Self::new(ProblemKind::AlreadyCompleted),
            CorrectError::Expired => Self::new(ProblemKind::RegistrationExpired),
            CorrectError::TooManyCorrections => Self::new(ProblemKind::CorrectionsExhausted),
            CorrectError::Invalid(violations) => violations.into(),
            CorrectError::Closed { reason } => Self::closed(reason),
            CorrectError::Challenged(demand) => demand.into(),
            CorrectError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ContinueError> for Problem {
    fn from(error: ContinueError) -> Self {
        match error {
            ContinueError::Unknown => Self::new(ProblemKind::UnknownRegistration),
            ContinueError::Pending => Self::new(ProblemKind::EmailUnverified),
            ContinueError::Gone => Self::new(ProblemKind::SignInNeeded),
            ContinueError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ResendError> for Problem {
    fn from(error: ResendError) -> Self {
        match error {
            ResendError::Invalid(violations) => violations.into(),
            ResendError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ReporterError> for Problem {
    fn from(error: ReporterError) -> Self {
        match error {
            ReporterError::NotTaken => Self::new(ProblemKind::NotFound),
            ReporterError::WrongToken => Self { refuses_credentials: true, ..Self::new(ProblemKind::Unauthenticated) },
            ReporterError::Failed(failure) => failure.into(),
        }
    }
}

impl From<HandInError> for Problem {
    fn from(error: HandInError) -> Self {
        match error {
            HandInError::NotAReport(NotAReport::TooLarge) => Self::new(ProblemKind::ReportTooLarge),
            HandInError::NotAReport(NotAReport::OtherMail) => Self::new(ProblemKind::NotAReport),
            HandInError::Failed(failure) => failure.into(),
        }
    }
}

impl From<Gone> for ProblemKind {
    fn from(gone: Gone) -> Self {
        match gone {
            Gone::Expired => Self::Expired,
            Gone::Used => Self::Used,
            Gone::Superseded => Self::Superseded,
            Gone::AlreadyRegistered => Self::AlreadyRegistered,
        }
    }
}

impl From<VerifyError> for Problem {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Unknown => Self::new(ProblemKind::UnknownToken),
            VerifyError::Gone(gone) => Self::new(gone.into()),
            VerifyError::ProofRequired => Self::new(ProblemKind::ProofRequired),
            VerifyError::Invalid(violations) => violations.into(),
            VerifyError::WrongProof(field) => Self { wrong_proof: Some(field), ..Self::new(ProblemKind::WrongProof) },
            VerifyError::TooManyTries => Self::new(ProblemKind::CodeExhausted),
            VerifyError::Closed { reason } => Self::closed(reason),
            VerifyError::Failed(failure) => failure.into(),
        }
    }
}
