//! How the document groups operations.

use poem_openapi::Tags;

/// Groups of operations.
#[derive(Tags)]
pub(crate) enum Tag {
    /// Sign up: a registration is recorded, a mail goes out, the mailbox is proven, an account exists.
    Registration,
    /// Sign in, see and end sessions, have a reverse proxy ask whether a request may pass.
    Sessions,
    /// One's own account: details, password, address, deletion.
    Account,
    /// A new password by way of the mailbox.
    Recovery,
    /// For administrators: accounts, invitations, organizations, clients, features, the outbox, the audit trail.
    Administration,
    /// What passwords are taken.
    Passwords,
    /// What countries, languages and time zones there are.
    Lookups,
    /// For those who run the service.
    Operations,
}
