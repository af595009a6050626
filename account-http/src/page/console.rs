//! The console: the pages for administrators, under `/admin`. They do what `/account/v1/admin` does, by the same use
//! cases.
//!
//! Everything is made of a few kinds of pages ([`view`]): a list with a search, the details of one thing with the forms
//! of its actions, the figures. Operators cannot replace their templates.

mod account_view;
mod accounts;
mod admin;
mod audit;
mod chart;
mod clients;
mod dashboard;
mod features;
mod invitations;
mod names;
mod organizations;
mod outbox;
pub(super) mod paths;
mod read;
mod registrations;
mod view;

use super::assets;
use super::table::Table;

/// Adds the console's pages and actions.
pub(super) fn add(table: Table) -> Table {
    table
        .page(paths::CONSOLE, dashboard::show)
        .page("/admin/console.css", assets::console_style())
        .page(paths::ACCOUNTS, accounts::list)
        .page("/admin/accounts/:id", accounts::show)
        .action("/admin/accounts/:id/disable", accounts::disable)
        .action("/admin/accounts/:id/enable", accounts::enable)
        .action("/admin/accounts/:id/sessions", accounts::end_sessions)
        .action("/admin/accounts/:id/role", accounts::set_role)
        .action("/admin/accounts/:id/mail", accounts::resend)
        .action("/admin/accounts/:id/delete", accounts::delete)
        .form(paths::INVITATIONS, invitations::list, invitations::invite)
        .action("/admin/invitations/:id/mail", invitations::resend)
        .action("/admin/invitations/:id/revoke", invitations::revoke)
        .page(paths::REGISTRATIONS, registrations::list)
        .action(registrations::MAILS, registrations::resend)
        .page(paths::OUTBOX, outbox::list)
        .action("/admin/outbox/:id/redrive", outbox::redrive)
        .action("/admin/outbox/:id/drop", outbox::discard)
        .page(paths::FEATURES, features::list)
        .action("/admin/features/:name", features::set)
        .form(paths::ORGANIZATIONS, organizations::list, organizations::create)
        .form("/admin/organizations/:id", organizations::show, organizations::change)
        .action("/admin/organizations/:id/members", organizations::set_member)
        .action("/admin/organizations/:id/remove-member", organizations::remove_member)
        .action("/admin/organizations/:id/delete", organizations::delete)
        .form(paths::CLIENTS, clients::list, clients::create)
        .form("/admin/clients/:id", clients::show, clients::change)
        .action("/admin/clients/:id/delete", clients::delete)
        .page(paths::AUDIT, audit::list)
}
