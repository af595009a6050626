//! Errors of sessions, account changes and recovery.

use account_core::account::address::{AddressChangeError, ConfirmAddressError};
use account_core::account::deletion::DeletionError;
use account_core::account::details::ChangeDetailsError;
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
            SignInError::Challenged(demand) => demand.into(),
            SignInError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ReauthenticateError> for Problem {
    fn from(error: ReauthenticateError) -> Self {
        match error {
            ReauthenticateError::Invalid(violations) => violations.into(),
            ReauthenticateError::WrongPassword => Self::new(ProblemKind::WrongPassword),
            ReauthenticateError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ChangeDetailsError> for Problem {
    fn from(error: ChangeDetailsError) -> Self {
        match error {
            ChangeDetailsError::Invalid(violations) => violations.into(),
            ChangeDetailsError::VersionMismatch => Self::new(ProblemKind::PreconditionFailed),
            ChangeDetailsError::NotPermitted(reason) => reason.into(),
            ChangeDetailsError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ChangePasswordError> for Problem {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::Invalid(violations) => violations.into(),
            ChangePasswordError::WrongPassword => Self::new(ProblemKind::WrongPassword),
            ChangePasswordError::Failed(failure) => failure.into(),
        }
    }
}

impl From<AddressChangeError> for Problem {
    fn from(error: AddressChangeError) -> Self {
        match error {
            AddressChangeError::Invalid(violations) => violations.into(),
            AddressChangeError::Failed(failure) => failure.into(),
        }
    }
}

impl From<ConfirmAddressError> for Problem {
    fn from(error: ConfirmAddressError) -> Self {
        match error {
            ConfirmAddressError::Unknown => Self::new(ProblemKind::UnknownToken),
            ConfirmAddressError::Gone(gone) => Self::new(gone.into()),
            ConfirmAddressError::WrongSession => Self::new(ProblemKind::WrongSession),
            ConfirmAddressError::Failed(failure) => failure.into(),
        }
    }
}

impl From<DeletionError> for Problem {
    fn from(error: DeletionError) -> Self {
        match error {
            DeletionError::LastSuperAdmin => Self::new(ProblemKind::LastSuperAdmin),
            DeletionError::Failed(failure) => failure.into(),
        }
    }
}

impl From<PasswordResetError> for Problem {
    fn from(error: PasswordResetError) -> Self {
        match error {
            PasswordResetError::Invalid(violations) => violations.into(),
            PasswordResetError::Challenged(demand) => demand.into(),
            PasswordResetError::Failed(failure) => failure.into(),
        }
    }
}

impl From<RedeemResetError> for Problem {
    fn from(error: RedeemResetError) -> Self {
        match error {
            RedeemResetError::Unknown => Self::new(ProblemKind::UnknownToken),
            RedeemResetError::Gone(gone) => Self::new(gone.into()),
            RedeemResetError::Invalid(violations) => violations.into(),
            RedeemResetError::Failed(failure) => failure.into(),
        }
    }
}
