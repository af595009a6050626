//! Registering and signing in with an account of another provider.
//!
//! A person is sent to the provider and comes back: a *flow*. What the provider then says is an *identity*: the key of an
//! account there, and details of the person. The [trust table](TRUST) says for each provider which claims these are.

mod begin;
mod claim_names;
mod claims;
mod enter;
mod finish;
mod flow;
mod identity;
mod kept_draft;
mod link;
mod name;
mod own;
mod pkce;
mod secrets;
#[cfg(test)]
mod tests;
mod trust;

pub use begin::{AppReturn, BeginProviderError, BeginProviderRequest, Begun, FlowPurpose, OfferedProvider};
pub use claim_names::ClaimNames;
pub use claims::{Claims, UntrustedClaims};
pub use finish::{FinishProviderError, FinishProviderRequest, FinishedFlow, ProviderAnswer};
pub use flow::{FLOW_LASTS, FlowSession, FlowWish, ProviderFlow};
pub use identity::{
    AddressClaim, Identity, IdentityKey, NewIdentity, ProviderAccount, ProviderIdentity, ProviderPerson, Subject,
    SubjectError, Verification,
};
pub use kept_draft::KeptDraft;
pub use link::MAX_IDENTITIES;
pub use name::{ProviderName, ProviderNameError};
pub use own::UnlinkError;
pub use pkce::PkceVerifier;
pub use trust::{AddressRule, IssuerRule, Protocol, SubjectRule, TENANT, TRUST, Trust, TrustRow};

/// Settings of one provider. The service offers those that it has settings and an
/// [`IdentityProvider`](crate::ports::IdentityProvider) for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// What people call the provider. Pages and emails show it.
    pub title: String,
    /// Where the provider sends people back to: a page of the service, under its public URL.
    pub redirect_uri: String,
    /// Whether an address needs no email of ours if the provider itself says that it is the person's
    /// ([`Verification::Verified`]). Then the provider decides who owns an address: anyone who controls it, or an account
    /// there, gets accounts here for every address that has none.
    pub trusts_verified_email: bool,
}
