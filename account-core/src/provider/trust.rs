//! The trust table: for each provider, who issues, what the key of an account is, and what proves an address.

use super::{ClaimNames, ProviderName};

/// How a provider is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// `OpenID` Connect, with discovery.
    OpenId,
    /// GitHub's OAuth and its own API: `/user` and `/user/emails`.
    GitHub,
}

/// Which issuer ID tokens must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerRule {
    /// This one, unless the operator configured another. In it, [`TENANT`] stands for the claim `tid`.
    Default(&'static str),
    /// The one that the operator configured.
    Configured,
    /// There are no ID tokens.
    None,
}

/// Stands for the tenant's id in an issuer, as in Microsoft's discovery document.
pub const TENANT: &str = "{tenantid}";

/// What the key of an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectRule {
    /// The claim `sub`.
    Sub,
    /// The number `id`. Login names change hands.
    NumericId,
    /// The claims `tid` and `oid`.
    TenantAndObject,
    /// The claims `iss` and `sub`.
    IssuerAndSub,
}

/// Where an address is, and what proves it. Only the boolean `true` does, in the same payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRule {
    /// The address is a claim; this claim proves it, or the one that the operator configured.
    Claim(Option<&'static str>),
    /// The address is the primary one of the list; its `verified` proves it.
    PrimaryOfList,
}

/// One row of the trust table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustRow {
    /// The provider's name in the configuration. The row of every name without a row of its own is that of `openid`.
    pub name: &'static str,
    /// What people call the provider.
    pub title: &'static str,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// Which issuer ID tokens must have.
    pub issuer: IssuerRule,
    /// What the key of an account is.
    pub subject: SubjectRule,
    /// Where an address is, and what proves it.
    pub address: AddressRule,
    /// What it is asked for.
    pub scopes: &'static [&'static str],
}

/// The trust table. The scopes of Google, GitHub and Microsoft are the documented ones.
pub const TRUST: [TrustRow; 5] = [
    TrustRow {
        name: "google",
        title: "Google",
        protocol: Protocol::OpenId,
        issuer: IssuerRule::Default("https://accounts.google.com"),
        subject: SubjectRule::Sub,
        address: AddressRule::Claim(Some("email_verified")),
        scopes: &["openid", "profile", "email"],
    },
    TrustRow {
        name: "github",
        title: "GitHub",
        protocol: Protocol::GitHub,
        issuer: IssuerRule::None,
        subject: SubjectRule::NumericId,
        address: AddressRule::PrimaryOfList,
        scopes: &["openid", "user", "email"],
    },
    TrustRow {
        name: "microsoft",
        title: "Microsoft",
        protocol: Protocol::OpenId,
        issuer: IssuerRule::Default("https://login.microsoftonline.com/{tenantid}/v2.0"),
        subject: SubjectRule::TenantAndObject,
        // Any administrator of a tenant can enter any address as `email`; this one says that its domain is the tenant's.
        address: AddressRule::Claim(Some("xms_edov")),
        scopes: &["openid", "profile", "email"],
    },
    TrustRow {
        name: "apple",
        title: "Apple",
        protocol: Protocol::OpenId,
        issuer: IssuerRule::Default("https://appleid.apple.com"),
        subject: SubjectRule::Sub,
        address: AddressRule::Claim(Some("email_verified")),
        scopes: &["openid", "name", "email"],
    },
    OPENID,
];

/// The row of every other provider.
const OPENID: TrustRow = TrustRow {
    name: "openid",
    title: "OpenID",
    protocol: Protocol::OpenId,
    issuer: IssuerRule::Configured,
    subject: SubjectRule::IssuerAndSub,
    address: AddressRule::Claim(None),
    scopes: &["openid", "profile", "email"],
};

impl TrustRow {
    /// Returns the row of the provider with this name.
    #[must_use]
    pub fn of(name: &str) -> &'static Self {
        const OTHERS: &TrustRow = &OPENID;
        static ROWS: [TrustRow; 5] = TRUST;
        ROWS.iter().find(|row| row.name == name).unwrap_or(OTHERS)
    }

    /// Returns the claim with what the owner knows the account by, where it is not the configured one.
    pub(super) const fn login_claim(&self) -> Option<&'static str> {
        match self.protocol {
            Protocol::GitHub => Some("login"),
            Protocol::OpenId => None,
        }
    }

    /// Likewise for the picture.
    pub(super) const fn picture_claim(&self) -> Option<&'static str> {
        match self.protocol {
            Protocol::GitHub => Some("avatar_url"),
            Protocol::OpenId => None,
        }
    }

    /// Likewise for the public profile.
    pub(super) const fn profile_claim(&self) -> Option<&'static str> {
        match self.protocol {
            Protocol::GitHub => Some("html_url"),
            Protocol::OpenId => None,
        }
    }
}

/// What is trusted of one configured provider: its row of the table, its issuer, and how its claims are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    row: &'static TrustRow,
    issuer: Option<String>,
    names: ClaimNames,
}

impl Trust {
    /// Creates what is trusted of the provider with this name. `issuer` is the configured one, if any, in which [`TENANT`]
    /// stands for the claim `tid`. `None` if the row needs one and there is none, or has none and there is one.
    #[must_use]
    pub fn new(provider: &ProviderName, issuer: Option<String>, names: ClaimNames) -> Option<Self> {
        let row = TrustRow::of(provider.as_str());
        let issuer = match row.issuer {
            IssuerRule::Default(default) => Some(issuer.unwrap_or_else(|| default.to_owned())),
            IssuerRule::Configured => Some(issuer?),
            IssuerRule::None if issuer.is_some() => return None,
            IssuerRule::None => None,
        };
        Some(Self { row, issuer, names })
    }

    /// The row of the table.
    #[must_use]
    pub const fn row(&self) -> &'static TrustRow {
        self.row
    }

    /// The issuer, in which [`TENANT`] may stand for a tenant's id; `None` if there are no ID tokens.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// The names of the claims about a person.
    #[must_use]
    pub const fn names(&self) -> &ClaimNames {
        &self.names
    }

    /// Returns whether an ID token with this issuer is the provider's. `tenant` is its claim `tid`, if it has one.
    #[must_use]
    pub fn accepts_issuer(&self, issuer: &str, tenant: Option<&str>) -> bool {
        let Some(own) = &self.issuer else { return false };
        match own.split_once(TENANT) {
            None => issuer == own,
            Some((before, after)) => {
                let named = issuer.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                named.is_some() && named == tenant
            }
        }
    }
}
