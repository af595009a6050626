//! Where those pages are that more than one file leads to.

/// Where one signs in.
pub(super) const SIGN_IN: &str = "/authenticate/sign-in";
/// Where the email of a registration is waited for.
pub(super) const WAITING: &str = "/authenticate/register/waiting";
/// Where an address of an account is confirmed.
pub(super) const CONFIRM_ADDRESS: &str = "/authenticate/confirm-address";
/// The profile page.
pub(super) const PROFILE: &str = "/authenticate/profile";
