//! Where those pages are that more than one file leads to.

use account_core::provider::ProviderName;
use url::form_urlencoded::byte_serialize;

use crate::public_url::PublicUrl;

/// Where one registers.
pub(super) const REGISTER: &str = "/authenticate/register";
/// Where one signs in.
pub(super) const SIGN_IN: &str = "/authenticate/sign-in";
/// Where the email of a registration is waited for.
pub(super) const WAITING: &str = "/authenticate/register/waiting";
/// Where the address of a registration is corrected.
pub(super) const CORRECT: &str = "/authenticate/register/address";
/// Where the tab in which one registered goes on.
pub(super) const CONTINUE: &str = "/authenticate/register/continue";
/// Where an address of an account is confirmed.
pub(super) const CONFIRM_ADDRESS: &str = "/authenticate/confirm-address";
/// The profile page.
pub(super) const PROFILE: &str = "/authenticate/profile";
/// Where developers begin.
pub(super) const DEVELOPMENT: &str = "/authenticate/development";
/// Where browsers begin.
pub(super) const HOME: &str = "/";
/// Where password managers look for the page that changes a password.
pub(super) const CHANGE_PASSWORD: &str = "/.well-known/change-password";

/// A page with the token of an emailed link.
pub(super) fn with_token(page: &str, token: &str) -> String {
    let token: String = byte_serialize(token.as_bytes()).collect();
    format!("{page}?token={token}")
}

/// Returns where a provider sends people back to: the redirect URI that is registered there.
#[must_use]
pub fn provider_redirect_uri(public_url: &PublicUrl, provider: &ProviderName) -> String {
    format!("{}/authenticate/providers/{provider}/callback", public_url.as_str())
}
