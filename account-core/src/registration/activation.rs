//! When a registration becomes an account, and what completes it: an operator's choice for each channel.

use crate::named_enum;

named_enum! {
    /// When a registration becomes an account.
    #[derive(Default)]
    pub enum Activation {
        /// When its mailbox is proven.
        #[default]
        Verified = "verified",
        /// At once. Until its mailbox is proven the account holds no claim on the address and may do nothing but be signed in
        /// to. Whether an address has an account cannot be hidden then: signing in tells.
        Immediate = "immediate",
    }
}

named_enum! {
    /// What completes a registration.
    #[derive(Default)]
    pub enum RequiredProof {
        /// The mailed token with a proof of who chose the password.
        #[default]
        Bound = "bound",
        /// The mailed token alone. Dangerous: a stranger who registers another person's address has that person confirm an
        /// account whose password the stranger knows.
        TokenAlone = "token",
    }
}
