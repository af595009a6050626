//! The dialects: wire grammars of published registration APIs over the same use cases.
//!
//! A dialect decodes, calls and maps; it contains no rules of registration. Each is one folder here and one line in
//! [`DIALECTS`]; `docs/dialects/adding-a-dialect.md` explains how to add one.

mod definition;
mod dialect_api;
mod dispatch;
mod form;
mod mikrocloud;
mod mount;
mod rpost;
mod waltid;

use account_core::password::policy::PasswordPolicy;

use definition::Dialect;
pub use definition::DialectFacts;
pub(crate) use dispatch::Dispatch;
pub(crate) use mount::Mounted;

/// Every dialect, in the order in which documents and settings list them.
pub(crate) const DIALECTS: &[&Dialect] = &[&mikrocloud::DIALECT, &rpost::DIALECT, &waltid::DIALECT, &form::DIALECT];

/// Returns every password policy that can be configured by name: the core's, and those of documented APIs.
pub fn password_policies() -> impl Iterator<Item = PasswordPolicy> {
    let of_dialects = DIALECTS
        .iter()
        .flat_map(|dialect| std::iter::once(dialect.password_policy).chain(dialect.other_policies.iter().copied()));
    std::iter::once(PasswordPolicy::DEFAULT).chain(of_dialects)
}

/// Returns every dialect, whether enabled or not.
pub fn dialects() -> impl Iterator<Item = DialectFacts> {
    DIALECTS.iter().map(|dialect| dialect.facts())
}

#[cfg(test)]
mod tests;
