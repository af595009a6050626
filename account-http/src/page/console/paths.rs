//! Where the parts of the console are.

use account_core::id::{AccountId, OrganizationId};

/// The console, whose first page are the figures.
pub(in super::super) const CONSOLE: &str = "/admin";
pub(super) const ACCOUNTS: &str = "/admin/accounts";
pub(super) const INVITATIONS: &str = "/admin/invitations";
pub(super) const REGISTRATIONS: &str = "/admin/registrations";
pub(super) const OUTBOX: &str = "/admin/outbox";
pub(super) const FEATURES: &str = "/admin/features";
pub(super) const ORGANIZATIONS: &str = "/admin/organizations";
pub(super) const CLIENTS: &str = "/admin/clients";
pub(super) const AUDIT: &str = "/admin/audit";

/// The parts in the order of the menu, with the keys of their names.
pub(super) const MENU: [(&str, &str); 9] = [
    (CONSOLE, "console-dashboard"),
    (ACCOUNTS, "console-accounts"),
    (INVITATIONS, "console-invitations"),
    (REGISTRATIONS, "console-registrations"),
    (OUTBOX, "console-outbox"),
    (FEATURES, "console-features"),
    (ORGANIZATIONS, "console-organizations"),
    (CLIENTS, "console-clients"),
    (AUDIT, "console-audit"),
];

/// The page of an account.
pub(super) fn account(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// The page of an organization.
pub(super) fn organization(id: OrganizationId) -> String {
    format!("{ORGANIZATIONS}/{id}")
}
