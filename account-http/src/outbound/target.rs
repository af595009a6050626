//! The target of a request, and which networks it may be in.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use account_core::address_scope::Scope;
use url::{Host, Url};

/// The networks that a request may go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Hosts on the Internet, over TLS.
    Public,
    /// Also this machine and private networks, there without TLS too.
    Private,
}

/// A URL that requests may go to. Its path may be secret, so it prints as scheme, host and port only.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    reach: Reach,
}

/// Why requests may not go to a URL, or to an address of its host. Contains nothing of the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// It is not a URL.
    #[error("not a web URL such as `https://host/path`")]
    NotAUrl,
    /// It contains a user name or a fragment.
    #[error("must not contain a user, a password or a fragment")]
    Superfluous,
    /// It is not encrypted.
    #[error("`http://` is only for private networks, where they are allowed: use `https://`")]
    Plain,
    /// The address is in a network that outsiders must not reach through this service.
    #[error("points to this machine or a private network, which is not allowed")]
    Private,
    /// The address is not a host's.
    #[error("points to an address that does not belong to a host")]
    Nobody,
}

impl Target {
    /// Parses a URL. If its host is an address, it is checked now; a name is checked each time it is resolved.
    ///
    /// # Errors
    /// [`TargetError`] if requests may not go there.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, TargetError> {
        let url = Url::parse(text).map_err(|_| TargetError::NotAUrl)?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() || text.contains(is_unseen) {
            return Err(TargetError::NotAUrl);
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(TargetError::Superfluous);
        }
        let target = Self { url, reach };
        if !target.is_https() && reach == Reach::Public {
            return Err(TargetError::Plain);
        }
        // The parser has already normalized odd spellings (`0x7f.1`, `2130706433`).
        if let Some(address) = target.literal() {
            target.judge(address)?;
        }
        Ok(target)
    }

    /// Returns whether it uses TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Returns which networks requests to it may go to.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// The URL.
    pub(super) const fn url(&self) -> &Url {
        &self.url
    }

    /// The address, if the host is one.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }

    /// Checks that requests may go to all these addresses. If one of them is forbidden, none is used: such a mix is
    /// hardly an oversight.
    ///
    /// # Errors
    /// [`TargetError`] if requests may not go there.
    pub(super) fn judge_all(&self, addresses: &[SocketAddr]) -> Result<(), TargetError> {
        addresses.iter().try_for_each(|address| self.judge(address.ip()))
    }

    fn judge(&self, address: IpAddr) -> Result<(), TargetError> {
        match (Scope::of(address), self.reach) {
            (Scope::Nobody, _) => Err(TargetError::Nobody),
            (Scope::Private, Reach::Public) => Err(TargetError::Private),
            (Scope::Public, _) if !self.is_https() => Err(TargetError::Plain),
            (Scope::Public | Scope::Private, _) => Ok(()),
        }
    }
}

/// Returns whether a parser would drop this character or nobody can see it: the URL would not be the intended one.
fn is_unseen(character: char) -> bool {
    character.is_control() || character.is_whitespace()
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.url.scheme(), self.url.host_str().unwrap_or_default())?;
        self.url.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self}, {:?})", self.reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_internet_is_reached_over_tls_by_names_or_public_addresses() {
        for url in ["https://crm.example.com/hook?a=b", "https://crm.example.com:8443", "https://1.1.1.1/"] {
            assert!(Target::parse(url, Reach::Public).is_ok(), "{url}");
        }
        for (url, error) in [
            ("http://crm.example.com/hook", TargetError::Plain),
            ("https://127.0.0.1/", TargetError::Private),
            ("https://10.0.0.1/", TargetError::Private),
            ("https://[::1]/", TargetError::Private),
            ("https://[fd00:ec2::254]/", TargetError::Private),
            ("https://169.254.169.254/latest/meta-data", TargetError::Private),
            ("https://[::ffff:127.0.0.1]/", TargetError::Nobody),
            ("https://0.0.0.0/", TargetError::Nobody),
        ] {
            assert_eq!(Target::parse(url, Reach::Public), Err(error), "{url}");
        }
    }

    #[test]
    fn odd_spellings_of_an_address_are_recognized() {
        for host in ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1.", "\u{ff11}27.0.0.1"] {
            let url = format!("https://{host}/");
            assert_eq!(Target::parse(&url, Reach::Public), Err(TargetError::Private), "{host}");
        }
    }

    #[test]
    fn private_networks_need_permission_and_may_be_reached_without_tls() {
        for url in ["http://127.0.0.1:9000/hook", "https://10.0.0.1/", "http://crm.internal/", "https://1.1.1.1/"] {
            assert!(Target::parse(url, Reach::Private).is_ok(), "{url}");
        }
        assert_eq!(Target::parse("http://1.1.1.1/", Reach::Private), Err(TargetError::Plain));
        assert_eq!(Target::parse("https://224.0.0.1/", Reach::Private), Err(TargetError::Nobody));
    }

    #[test]
    fn one_forbidden_address_among_others_forbids_all() {
        let target = Target::parse("https://crm.example.com", Reach::Public).unwrap();
        let public = ["1.1.1.1:443", "[2606:4700::1111]:443"].map(|address| address.parse().unwrap());
        assert_eq!(target.judge_all(&public), Ok(()));
        let mixed = [public[0], "192.168.0.1:443".parse().unwrap()];
        assert_eq!(target.judge_all(&mixed), Err(TargetError::Private));
        let plain = Target::parse("http://crm.internal", Reach::Private).unwrap();
        assert_eq!(plain.judge_all(&public), Err(TargetError::Plain));
    }

    #[test]
    fn unusual_urls_are_refused() {
        for url in
            ["", "crm", "/hook", "ftp://crm.example.com", "https://", "mailto:a@b.c", "https://a b", "https://a\t.b"]
        {
            assert_eq!(Target::parse(url, Reach::Private), Err(TargetError::NotAUrl), "{url:?}");
        }
        for url in ["https://me@crm.example.com", "https://me:secret@crm.example.com", "https://crm.example.com/#a"] {
            assert_eq!(Target::parse(url, Reach::Public), Err(TargetError::Superfluous), "{url}");
        }
    }

    #[test]
    fn a_target_prints_neither_path_nor_query() {
        let target = Target::parse("https://crm.example.com:8443/T0K3N?key=s3cret", Reach::Public).unwrap();
        assert_eq!(
            format!("{target} {target:?}"),
            "https://crm.example.com:8443 Target(https://crm.example.com:8443, Public)"
        );
    }
}
