//! Why a server is not trusted, in our own words.

use std::io;

use tokio_rustls::rustls::{CertificateError, Error};

/// Why a server is not trusted. The messages of the libraries would repeat the certificate, whose text a stranger
/// controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// The certificate has expired.
    #[error("its certificate has expired")]
    Expired,
    /// The certificate is for another name.
    #[error("its certificate does not name this host")]
    WrongName,
    /// The issuer of the certificate is not trusted.
    #[error("the issuer of its certificate is not trusted")]
    UnknownIssuer,
    /// The certificate is not valid for another reason.
    #[error("its certificate is not valid")]
    Invalid,
    /// The server does not speak TLS.
    #[error("it does not support TLS")]
    NoTls,
    /// Client and server have no TLS version or cipher in common, or the server refused.
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
