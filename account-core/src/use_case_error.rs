//! What the errors of use cases have in common.

/// Makes other errors those of a use case, so that `?` passes them on: its variant `Failed` takes whatever can keep any
/// use case from being done, `Invalid` takes broken rules, `Gone` (beside `Unknown`) that a mailed token cannot be spent,
/// `Closed` or `RegistrationClosed` that registration is closed.
macro_rules! use_case_error {
    ($error:ty: $($variant:ident),+) => {
        $(use_case_error!(@$variant $error);)+
    };
    (@Failed $error:ty) => {
        impl<E: Into<$crate::service::Failure>> From<E> for $error {
            fn from(error: E) -> Self {
                Self::Failed(error.into())
            }
        }
    };
    (@Invalid $error:ty) => {
        impl From<$crate::violation::Violations> for $error {
            fn from(violations: $crate::violation::Violations) -> Self {
                Self::Invalid(violations)
            }
        }
    };
    (@Gone $error:ty) => {
        impl From<$crate::account::spend::SpendError> for $error {
            fn from(error: $crate::account::spend::SpendError) -> Self {
                match error {
                    $crate::account::spend::SpendError::Unknown => Self::Unknown,
                    $crate::account::spend::SpendError::Gone(gone) => Self::Gone(gone),
                    $crate::account::spend::SpendError::Store(error) => error.into(),
                }
            }
        }
    };
    (@$closed:ident $error:ty) => {
        impl From<$crate::service::Closed> for $error {
            fn from($crate::service::Closed { reason }: $crate::service::Closed) -> Self {
                Self::$closed { reason }
            }
        }
    };
}
