//! How the document groups operations.

use poem_openapi::Tags;

/// Groups of operations.
#[derive(Tags)]
pub(crate) enum Tag {
    /// Register, and verify the address to create the account.
    Registration,
    /// Sign in, list and end sessions, and check requests for a reverse proxy.
    Sessions,
    /// Your account: details, password, email address, deletion.
    Account,
    /// Reset a forgotten password.
    Recovery,
    /// For administrators: accounts, invitations, organizations, clients, features, the outbox, the audit trail.
    Administration,
    /// The password policy.
    Passwords,
    /// Lists of countries, languages and time zones.
    Lookups,
    /// For operators: health checks and delivery reports.
    Operations,
}
