//! The guard that comes with the core: allowed, denied and disposable domains.

use async_trait::async_trait;

use super::disposable_domains;
use crate::email_address::EmailAddress;
use crate::ports::{Applicant, RegistrationGuard};
use crate::violation::{Field, Rule, Violation};

/// Checks the domain of an address. A listed domain, such as `example.com`, includes its subdomains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DomainGuard {
    allowed: Vec<String>,
    denied: Vec<String>,
    refuses_disposable: bool,
}

/// A configured text is not a domain name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a domain name")]
pub struct DomainListError(String);

impl DomainGuard {
    /// Creates a guard with lists. If `allowed` is not empty, only those domains may register. Domains in `denied` may
    /// never register.
    ///
    /// # Errors
    /// [`DomainListError`] with the first text that is not a domain name.
    pub fn new(allowed: &[String], denied: &[String], refuses_disposable: bool) -> Result<Self, DomainListError> {
        let canonical = |domains: &[String]| {
            domains
                .iter()
                .map(|domain| match EmailAddress::parse(&format!("x@{domain}")) {
                    Ok(address) => Ok(address.ascii_domain().to_owned()),
                    Err(_) => Err(DomainListError(domain.clone())),
                })
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self { allowed: canonical(allowed)?, denied: canonical(denied)?, refuses_disposable })
    }

    /// Creates a guard without lists that refuses disposable mailboxes.
    #[must_use]
    pub fn refusing_disposable() -> Self {
        Self { refuses_disposable: true, ..Self::default() }
    }

    fn judge(&self, domain: &str) -> Option<Rule> {
        let is_on = |list: &[String]| list.iter().any(|entry| is_within(domain, entry));
        if is_on(&self.denied) || !(self.allowed.is_empty() || is_on(&self.allowed)) {
            Some(Rule::DomainDenied)
        } else if self.refuses_disposable && !is_on(&self.allowed) && disposable_domains::is_disposable(domain) {
            Some(Rule::DomainDisposable)
        } else {
            None
        }
    }
}

/// Returns whether the domain is the entry or a subdomain of it.
fn is_within(domain: &str, entry: &str) -> bool {
    domain.strip_suffix(entry).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[async_trait]
impl RegistrationGuard for DomainGuard {
    async fn check(&self, applicant: &Applicant<'_>) -> Vec<Violation> {
        let rule = self.judge(applicant.address.ascii_domain());
        rule.map(|rule| Violation::new(Field::Email, rule)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allowed: &[&str], denied: &[&str]) -> DomainGuard {
        let owned = |list: &[&str]| list.iter().map(|&domain| domain.to_owned()).collect::<Vec<_>>();
        DomainGuard::new(&owned(allowed), &owned(denied), true).unwrap()
    }

    #[test]
    fn denied_domains_are_refused_with_their_subdomains() {
        let guard = guard(&[], &["Evil.example", "bücher.example"]);
        assert_eq!(guard.judge("evil.example"), Some(Rule::DomainDenied));
        assert_eq!(guard.judge("mail.evil.example"), Some(Rule::DomainDenied));
        assert_eq!(guard.judge("xn--bcher-kva.example"), Some(Rule::DomainDenied));
        assert_eq!(guard.judge("notevil.example"), None);
    }

    #[test]
    fn with_an_allow_list_all_others_are_refused() {
        let guard = guard(&["acme.com"], &["spam.acme.com"]);
        assert_eq!(guard.judge("acme.com"), None);
        assert_eq!(guard.judge("eu.acme.com"), None);
        assert_eq!(guard.judge("spam.acme.com"), Some(Rule::DomainDenied));
        assert_eq!(guard.judge("example.org"), Some(Rule::DomainDenied));
    }

    #[test]
    fn lists_hold_domains_only() {
        assert!(DomainGuard::new(&["not a domain".to_owned()], &[], true).is_err());
        assert!(DomainGuard::new(&["a@b.org".to_owned()], &[], true).is_err());
    }
}
