//! The credential that signing in reads.

use account_core::account::Credential;
use account_core::email_address::EmailKey;
use account_core::id::AccountId;
use account_core::ports::StoreError;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::account::{Column, Entity};
use crate::row::Row;
use crate::unit_of_work::DatabaseUnitOfWork;

/// Id, key, claim, epoch, hash, passed policy, time of disabling.
type Columns = (Uuid, String, Option<String>, i64, Option<String>, Option<String>, Option<i64>);

impl DatabaseUnitOfWork {
    /// Returns the credential of the account that has verified its address, otherwise of the newest. Reads one narrow
    /// row, so that it takes about as long as finding none.
    pub(super) async fn read_credential(&self, condition: Expr) -> Result<Option<Credential>, StoreError> {
        let found: Option<Columns> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::EmailKey, Column::EmailClaim])
            .columns([Column::CredentialEpoch, Column::PasswordHash, Column::PassedPolicy, Column::DisabledAt])
            .filter(condition)
            .order_by(Expr::col(Column::EmailClaim).is_null(), Order::Asc)
            .order_by_desc(Column::Id)
            .limit(1)
            .into_tuple()
            .one(self.reader()?)
            .await
            .map_err(self.failed("find a credential"))?;
        found.map(from_columns).transpose()
    }
}

fn from_columns((id, key, claim, epoch, hash, passed, disabled_at): Columns) -> Result<Credential, StoreError> {
    let row = Row::new("accounts", id);
    if claim.as_ref().is_some_and(|claim| *claim != key) {
        return Err(row.damaged("email_claim"));
    }
    Ok(Credential {
        account: AccountId::from_uuid(id),
        key: EmailKey::from_stored(key),
        is_proven: claim.is_some(),
        epoch: row.count("credential_epoch", epoch)?,
        password_hash: row.password_hash(hash, passed.as_deref())?,
        is_disabled: disabled_at.is_some(),
    })
}
