//! When a registration becomes an account, and what completes it. The operator chooses both per channel.

use crate::named_enum;

named_enum! {
    /// When a registration becomes an account.
    #[derive(Default)]
    pub enum Activation {
        /// When its address is verified.
        #[default]
        Verified = "verified",
        /// Immediately. Until its address is verified, the account has no claim on it and can do nothing but sign in.
        /// With this setting, signing in reveals whether an address has an account.
        Immediate = "immediate",
    }
}

named_enum! {
    /// What completes a registration.
    #[derive(Default)]
    pub enum RequiredProof {
        /// The emailed token and a proof of who chose the password.
        #[default]
        Bound = "bound",
        /// The emailed token alone. Dangerous: a stranger can register another person's address, and that person then
        /// confirms an account whose password the stranger knows.
        TokenAlone = "token",
    }
}
