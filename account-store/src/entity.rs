//! Tables, one entity each. Times are microseconds since 1970, counts have 64 bits, digests are bytes.

pub(crate) mod account;
pub(crate) mod audit_entry;
pub(crate) mod client;
pub(crate) mod feature;
pub(crate) mod idempotency_record;
pub(crate) mod identity;
pub(crate) mod invitation;
pub(crate) mod one_time_token;
pub(crate) mod organization;
pub(crate) mod outbox_entry;
pub(crate) mod provider_flow;
pub(crate) mod rate_limit;
pub(crate) mod registration;
pub(crate) mod session;

/// What every row needs.
mod prelude {
    pub(super) use sea_orm::entity::prelude::*;

    /// No row is looked up through another.
    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}
}
