//! Errors of sessions, of looking after one's account, and of recovery.

use account_core::account::address::{AddressChangeError, ConfirmAddressError};
use account_core::account::deletion::DeletionError;
use account_core::account::details::ChangeDetailsError;
use account_core::account::export::ExportError;
use account_core::account::look_up::LookUpError;
use account_core::account::password::ChangePasswordError;
use account_core::recovery::{PasswordResetError, RedeemResetError};
use account_core::session::{ReauthenticateError, SignInError};

use super::super::{Problem, ProblemKind};

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Invalid(violations) => violations.into(),
            SignInError::WrongCredentials => Self::new(ProblemKind::WrongCredentials),
            SignInError::EmailUnverified => Self::new(ProblemKind::EmailUnverified),
            SignInError::Limited(limited) => limited.into(),
            SignInError::Overloaded(overloaded) => overloaded.into(),
            SignInError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<ReauthenticateError> for Problem {
    fn from(error: ReauthenticateError) -> Self {
        match error {
            ReauthenticateError::Invalid(violations) => violations.into(),
            ReauthenticateError::WrongPassword => Self::new(ProblemKind::WrongPassword),
            ReauthenticateError::Limited(limited) => limited.into(),
            ReauthenticateError::Overloaded(overloaded) => overloaded.into(),
            ReauthenticateError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<ChangeDetailsError> for Problem {
    fn from(error: ChangeDetailsError) -> Self {
        match error {
            ChangeDetailsError::Invalid(violations) => violations.into(),
            ChangeDetailsError::VersionMismatch => Self::new(ProblemKind::PreconditionFailed),
            ChangeDetailsError::NotPermitted(reason) => reason.into(),
            ChangeDetailsError::Limited(limited) => limited.into(),
            ChangeDetailsError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<ChangePasswordError> for Problem {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::Invalid(violations) => violations.into(),
            ChangePasswordError::WrongPassword => Self::new(ProblemKind::WrongPassword),
            ChangePasswordError::Limited(limited) => limited.into(),
            ChangePasswordError::Overloaded(overloaded) => overloaded.into(),
            ChangePasswordError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<AddressChangeError> for Problem {
    fn from(error: AddressChangeError) -> Self {
        match error {
            AddressChangeError::Invalid(violations) => violations.into(),
            AddressChangeError::Limited(limited) => limited.into(),
            AddressChangeError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<ConfirmAddressError> for Problem {
    fn from(error: ConfirmAddressError) -> Self {
        match error {
            ConfirmAddressError::Unknown => Self::new(ProblemKind::UnknownToken),
            ConfirmAddressError::Gone(gone) => Self::new(gone.into()),
            ConfirmAddressError::WrongSession => Self::new(ProblemKind::WrongSession),
            ConfirmAddressError::Limited(limited) => limited.into(),
            ConfirmAddressError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<DeletionError> for Problem {
    fn from(error: DeletionError) -> Self {
        match error {
            DeletionError::LastSuperAdmin => Self::new(ProblemKind::LastSuperAdmin),
            DeletionError::Limited(limited) => limited.into(),
            DeletionError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<PasswordResetError> for Problem {
    fn from(error: PasswordResetError) -> Self {
        match error {
            PasswordResetError::Invalid(violations) => violations.into(),
            PasswordResetError::Limited(limited) => limited.into(),
            PasswordResetError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<RedeemResetError> for Problem {
    fn from(error: RedeemResetError) -> Self {
        match error {
            RedeemResetError::Unknown => Self::new(ProblemKind::UnknownToken),
            RedeemResetError::Gone(gone) => Self::new(gone.into()),
            RedeemResetError::Invalid(violations) => violations.into(),
            RedeemResetError::Limited(limited) => limited.into(),
            RedeemResetError::Overloaded(overloaded) => overloaded.into(),
            RedeemResetError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Limited(limited) => limited.into(),
            ExportError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<LookUpError> for Problem {
    fn from(error: LookUpError) -> Self {
        match error {
            LookUpError::Limited(limited) => limited.into(),
            LookUpError::Unavailable(unavailable) => unavailable.into(),
        }
    }
}
