//! The outbox.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) intent: String,
    pub(crate) registration: Option<Uuid>,
    pub(crate) account: Option<Uuid>,
    pub(crate) invitation: Option<Uuid>,
    pub(crate) notice: Option<String>,
    /// The identity that a notice is about, as JSON.
    pub(crate) identity: Option<String>,
    /// Empty for events.
    pub(crate) address: String,
    /// The queue; empty for mails. Never null, because databases sort nulls differently in an index.
    pub(crate) queue: String,
    pub(crate) generation: Option<i64>,
    pub(crate) state: String,
    pub(crate) fence: i64,
    pub(crate) attempts: i64,
    pub(crate) due_at: i64,
    pub(crate) leased_until: Option<i64>,
    /// When a queued entry can be claimed next: at the end of its lease, or when it is due. Indexed by state and queue.
    pub(crate) claimable_at: i64,
    pub(crate) created_at: i64,
    pub(crate) settled_at: Option<i64>,
    pub(crate) note: Option<String>,
    /// Whose fault it is that it was refused for good; set together with `refused_at`.
    pub(crate) fault: Option<String>,
    pub(crate) refused_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
