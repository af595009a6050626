//! Conversions that the errors of use cases share.

/// Implements `From` for a use case's error, so that `?` converts into it. Each variant named takes other errors:
/// `Failed` every [`Failure`](crate::service::Failure), `Invalid` violations, `Challenged` (with `Failed`) what is refused for want of an answer, `Gone` (with `Unknown`) an emailed token
/// that cannot be spent, `Closed` or `RegistrationClosed` a closed registration.
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
    (@Challenged $error:ty) => {
        impl From<$crate::service::Refused> for $error {
            fn from(refused: $crate::service::Refused) -> Self {
                match refused {
                    $crate::service::Refused::Challenged(demand) => Self::Challenged(demand),
                    $crate::service::Refused::Failed(failure) => Self::Failed(failure),
                }
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
