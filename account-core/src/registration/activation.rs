//! When a registration becomes an account, and what completes it: an operator's choice for each channel.

/// When a registration becomes an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Activation {
    /// When its mailbox is proven.
    #[default]
    Verified,
    /// At once. Until its mailbox is proven the account holds no claim on the address and may do nothing but be signed in
    /// to. Whether an address has an account cannot be hidden then: signing in tells.
    Immediate,
}

impl Activation {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Verified, Self::Immediate];

    /// Its name, as configuration spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Immediate => "immediate",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|activation| activation.name() == name)
    }
}

/// What completes a registration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RequiredProof {
    /// The mailed token with a proof of who chose the password.
    #[default]
    Bound,
    /// The mailed token alone. Dangerous: a stranger who registers another person's address has that person confirm an
    /// account whose password the stranger knows.
    TokenAlone,
}

impl RequiredProof {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Bound, Self::TokenAlone];

    /// Its name, as configuration spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::TokenAlone => "token",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.name() == name)
    }
}
