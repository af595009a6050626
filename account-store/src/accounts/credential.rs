//! The credential that signing in reads.

use account_core::account::Credential;
use account_core::email_address::EmailKey;
use account_core::id::AccountId;
use account_core::ports::StoreError;
use sea_orm::sea_query::{Expr, JoinType, Order, Query, SelectStatement};
use sea_orm::{
    ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, TryGetableMany,
};
use uuid::Uuid;

use crate::entity::account::{Column, Entity};
use crate::row::Row;
use crate::unit_of_work::DatabaseUnitOfWork;

/// Id, key, claim, epoch, hash, passed policy, time of disabling.
type Columns = (Uuid, String, Option<String>, i64, Option<String>, Option<String>, Option<i64>);

/// What is read where there is no account, with the same work: the time of the answer must not tell. No account has this
/// id: theirs begin with a time.
const DECOY_ID: Uuid = Uuid::max();
const DECOY_KEY: &str = "somebody@example.com";
/// As long as a hash of the default parameters.
const DECOY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl DatabaseUnitOfWork {
    /// Returns the credential of the account that has verified its address, otherwise of the newest. Reads one narrow
    /// row, or a decoy like it.
    pub(super) async fn read_credential(&self, condition: Expr) -> Result<Option<Credential>, StoreError> {
        let statement = or_decoy(
            Entity::find()
                .select_only()
                .columns([Column::Id, Column::EmailKey, Column::EmailClaim])
                .columns([Column::CredentialEpoch, Column::PasswordHash, Column::PassedPolicy, Column::DisabledAt])
                .filter(condition)
                .order_by(Expr::col(Column::EmailClaim).is_null(), Order::Asc)
                .order_by_desc(Column::Id)
                .limit(1)
                .into_query(),
        );
        let failed = self.failed("find a credential");
        let row = self.reader()?.query_one(&statement).await.map_err(&failed)?;
        let columns = row.map(|row| Columns::try_get_many_by_index(&row)).transpose().map_err(|e| failed(e.into()))?;
        let credential = columns.map(from_columns).transpose()?;
        Ok(credential.filter(|credential| credential.account.as_uuid() != DECOY_ID))
    }
}

/// Joins the account that the query finds to a decoy: one row in every case.
fn or_decoy(account: SelectStatement) -> SelectStatement {
    let found = |column| Expr::col(("found", column));
    let decoy = |column, value: Expr| Expr::case(found(Column::Id).is_null(), value).finally(found(column));
    Query::select()
        .expr(decoy(Column::Id, DECOY_ID.into()))
        .expr(decoy(Column::EmailKey, DECOY_KEY.into()))
        .expr(decoy(Column::EmailClaim, DECOY_KEY.into()))
        .expr(decoy(Column::CredentialEpoch, 1_i64.into()))
        .expr(decoy(Column::PasswordHash, DECOY_HASH.into()))
        .expr(found(Column::PassedPolicy))
        .expr(found(Column::DisabledAt))
        .from_subquery(Query::select().expr(Expr::val(1)).take(), "nobody")
        .join_subquery(JoinType::LeftJoin, account, "found", Expr::val(1).eq(1))
        .take()
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
