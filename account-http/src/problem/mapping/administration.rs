//! Errors of administering, and of accepting invitations.

use account_core::administration::AdminError;
use account_core::administration::creation::CreateAccountError;
use account_core::invitation::redeem::AcceptError;
use account_core::operator::OperatorError;
use account_core::operator::super_admin::SuperAdminError;
use account_core::paging::CursorError;

use super::super::{Problem, ProblemKind};

impl Problem {
    /// Registration is closed, with what the operator says to it.
    pub(super) fn closed(reason: Option<String>) -> Self {
        Self { reason: reason.map(Into::into), ..Self::new(ProblemKind::RegistrationClosed) }
    }
}

impl From<AdminError> for Problem {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::NotPermitted(not_permitted) => not_permitted.into(),
            AdminError::NotFound => Self::new(ProblemKind::NotFound),
            AdminError::Invalid(violations) => violations.into(),
            AdminError::Cursor(CursorError) => Self::new(ProblemKind::InvalidCursor),
            AdminError::VersionMismatch => Self::new(ProblemKind::PreconditionFailed),
            AdminError::AlreadyRegistered => Self::new(ProblemKind::AddressRegistered),
            AdminError::AlreadyInvited => Self::new(ProblemKind::AlreadyInvited),
            AdminError::CodeTaken => Self::new(ProblemKind::CodeTaken),
            AdminError::ClientTaken => Self::new(ProblemKind::ClientTaken),
            AdminError::NotEmpty => Self::new(ProblemKind::NotEmpty),
            AdminError::WeakPassword => Self::new(ProblemKind::WeakPassword),
            AdminError::LastSuperAdmin => Self::new(ProblemKind::LastSuperAdmin),
            AdminError::NotRedrivable => Self::new(ProblemKind::NotRedrivable),
            AdminError::InvitationEnded => Self::new(ProblemKind::InvitationEnded),
            AdminError::RegistrationClosed { reason } => Self::closed(reason),
            AdminError::Failed(failure) => failure.into(),
        }
    }
}

impl From<AcceptError> for Problem {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::Unknown => Self::new(ProblemKind::UnknownToken),
            AcceptError::Gone(gone) => Self::new(gone.into()),
            AcceptError::Invalid(violations) => violations.into(),
            AcceptError::RegistrationClosed { reason } => Self::closed(reason),
            AcceptError::Failed(failure) => failure.into(),
        }
    }
}

impl From<CreateAccountError> for Problem {
    fn from(error: CreateAccountError) -> Self {
        match error {
            CreateAccountError::Invalid(violations) => violations.into(),
            CreateAccountError::AlreadyRegistered => Self::new(ProblemKind::AddressRegistered),
            CreateAccountError::NotPermitted(not_permitted) => not_permitted.into(),
            CreateAccountError::Failed(failure) => failure.into(),
        }
    }
}

impl From<SuperAdminError> for Problem {
    /// What was configured and cannot be made is the operator's to fix: it is logged, and not answered.
    fn from(error: SuperAdminError) -> Self {
        match error {
            SuperAdminError::WrongToken => {
                Self { refuses_credentials: true, ..Self::new(ProblemKind::Unauthenticated) }
            }
            SuperAdminError::Used => Self::new(ProblemKind::NotFound),
            SuperAdminError::Refused(OperatorError::AlreadyRegistered) => Self::new(ProblemKind::AddressRegistered),
            SuperAdminError::Refused(OperatorError::Invalid(violations)) => {
                tracing::error!(error = %violations, "the configured super admin is not valid");
                Self::new(ProblemKind::Internal)
            }
            SuperAdminError::Refused(OperatorError::Failed(failure)) | SuperAdminError::Failed(failure) => {
                failure.into()
            }
        }
    }
}
