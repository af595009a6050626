//! Looking up whether a domain takes email.

use async_trait::async_trait;

/// Looks up whether a domain takes email, so that a person is told before an email is lost.
#[async_trait]
pub trait MailDomainCheck: Send + Sync {
    /// Returns whether the domain, in lower-case A-labels, takes email: by its MX records or, without any, by having an
    /// address (RFC 5321, section 5.1). A null MX (RFC 7505) says that it takes none.
    ///
    /// It is called for anonymous requests. It MUST answer within about a second, and [`MailDomain::Unknown`] if it
    /// cannot. It MUST bound the look-ups that it makes at once and the answers that it remembers.
    async fn check(&self, domain: &str) -> MailDomain;
}

/// What is known of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailDomain {
    /// It takes email.
    TakesEmail,
    /// It takes none.
    TakesNone,
    /// Nothing. Then the address is accepted.
    Unknown,
}
