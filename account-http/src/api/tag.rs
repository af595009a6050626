//! How the document groups operations.

use poem_openapi::Tags;

/// Groups of operations.
#[derive(Tags)]
pub(crate) enum Tag {
    /// Sign up: register, get an email, verify the address, and the account exists.
    Registration,
    /// Sign in, see and end sessions, have a reverse proxy ask whether a request may pass.
    Sessions,
    /// Your account: details, password, address, deletion.
    Account,
    /// A new password, with a token from an email.
    Recovery,
    /// For administrators: accounts, invitations, organizations, clients, features, the outbox, the audit trail.
    Administration,
    /// Rules for passwords.
    Passwords,
    /// What countries, languages and time zones there are.
    Lookups,
    /// For operators.
    Operations,
}
