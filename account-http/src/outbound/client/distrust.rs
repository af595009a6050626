//! Why a server is not trusted, in words of our own.

use std::io;

use tokio_rustls::rustls::{CertificateError, Error};

/// Why a server is not trusted. What the libraries say of it repeats the certificate, which is whatever a stranger
/// wrote into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// The certificate's time is over.
    #[error("its certificate has expired")]
    Expired,
    /// The certificate is another server's.
    #[error("its certificate does not name this host")]
    WrongName,
    /// Nobody who is trusted here has issued the certificate.
    #[error("the issuer of its certificate is not trusted")]
    UnknownIssuer,
    /// Anything else about the certificate.
    #[error("its certificate is not valid")]
    Invalid,
    /// It speaks something else, or nothing.
    #[error("it does not support TLS")]
    NoTls,
    /// The two have no way to speak TLS in common, or the server did not want to.
    #[error("no common TLS version or cipher")]
    Disagreed,
}

impl Distrust {
    /// What an error of a handshake comes to.
    pub(super) fn of(error: &io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(Error::InvalidCertificate(error)) => Self::of_certificate(error),
            // The connection ended, if there is no error of TLS.
            Some(Error::InvalidMessage(_)) | None => Self::NoTls,
            Some(_) => Self::Disagreed,
        }
    }

    const fn of_certificate(error: &CertificateError) -> Self {
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::WrongName,
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            _ => Self::Invalid,
        }
    }
}
