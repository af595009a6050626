//! Reading the session of a token and its account in one query, for every request of a signed-in client.

use std::sync::Arc;

use account_core::one_time_token::TokenDigest;
use account_core::ports::StoreError;
use account_core::session::SignedIn;
use sea_orm::sea_query::{Alias, Expr, IntoIden, IntoTableRef, JoinType, Query, SelectStatement};
use sea_orm::{DatabaseConnection, DbErr, DynIden, ExprTrait, QueryResult, Statement, TryGetable};

use crate::connection::Connections;
use crate::entity::{account, session};
use crate::error::failed;
use crate::options::SchemaName;

/// The query, built once. It runs outside a transaction: one statement sees what was committed before, and begin and
/// end are saved.
#[derive(Clone)]
pub(crate) struct SignedInQuery {
    sql: Arc<str>,
}

impl SignedInQuery {
    /// Builds the query. No transaction sets the schema for it, so it names the schema itself.
    pub(crate) fn new(connection: &DatabaseConnection, schema: Option<&SchemaName>) -> Self {
        // A placeholder for the real value.
        let Statement { sql, .. } = connection.get_database_backend().build(&query(Vec::new(), schema));
        Self { sql: sql.into() }
    }

    pub(crate) async fn ask(
        &self,
        connections: &Connections,
        token: &TokenDigest,
    ) -> Result<Option<SignedIn>, StoreError> {
        let digest = token.as_bytes().to_vec();
        let backend = connections.reader.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, &*self.sql, [digest.clone().into()]);
        let failed = failed("find a session and its account");
        let Some(row) = connections.ask(statement).await.map_err(&failed)? else { return Ok(None) };
        let (session, account) = read(&row, digest).map_err(&failed)?;
        Ok(Some(SignedIn {
            session: super::rows::from_model(session)?,
            account: crate::accounts::from_model(account)?,
        }))
    }
}

/// Selects the columns in the order in which [`read`] takes them, without those that are already known or not part of
/// an account.
fn query(token: Vec<u8>, schema: Option<&SchemaName>) -> SelectStatement {
    use account::Column as A;
    use session::Column as S;
    let account = [
        A::Id,
        A::Address,
        A::EmailKey,
        A::EmailClaim,
        A::VerifiedAt,
        A::PasswordHash,
        A::PassedPolicy,
        A::FormerPasswords,
        A::CredentialEpoch,
        A::UserName,
        A::Role,
        A::Organization,
        A::OrganizationRole,
        A::Profile,
        A::AlternateAddress,
        A::AlternateVerifiedAt,
        A::NotificationAddress,
        A::NotificationVerifiedAt,
        A::DisabledAt,
        A::DeletionDueAt,
        A::Version,
        A::CreatedAt,
        A::UpdatedAt,
    ];
    let session = [
        S::Id,
        S::CreatedAt,
        S::ExpiresAt,
        S::AuthenticatedAt,
        S::LastUsedAt,
        S::Idle,
        S::TokenLasts,
        S::TokenExpiresAt,
        S::Channel,
        S::ClientAddress,
        S::UserAgent,
    ];
    let table = |name: DynIden| match schema {
        Some(schema) => (Alias::new(schema.as_str()), name).into_table_ref(),
        None => name.into_table_ref(),
    };
    Query::select()
        .columns(account.map(|column| (account::Entity, column)))
        .columns(session.map(|column| (session::Entity, column)))
        .from(table(session::Entity.into_iden()))
        .join(
            JoinType::InnerJoin,
            table(account::Entity.into_iden()),
            Expr::col((account::Entity, A::Id)).equals((session::Entity, S::Account)),
        )
        .and_where(Expr::col((session::Entity, S::Token)).eq(token))
        .take()
}

/// Reads the columns of [`query`] by position, which is cheaper than by name.
fn read(row: &QueryResult, token: Vec<u8>) -> Result<(session::Model, account::Model), DbErr> {
    let mut row = Columns { row, next: 0 };
    let account = account::Model {
        id: row.take()?,
        address: row.take()?,
        email_key: row.take()?,
        email_claim: row.take()?,
        verified_at: row.take()?,
        password_hash: row.take()?,
        passed_policy: row.take()?,
        former_passwords: row.take()?,
        credential_epoch: row.take()?,
        token_generation: 0,
        user_name: row.take()?,
        role: row.take()?,
        organization: row.take()?,
        organization_role: row.take()?,
        profile: row.take()?,
        alternate_address: row.take()?,
        alternate_verified_at: row.take()?,
        notification_address: row.take()?,
        notification_verified_at: row.take()?,
        disabled_at: row.take()?,
        deletion_due_at: row.take()?,
        version: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
        search_text: String::new(),
    };
    let session = session::Model {
        token,
        id: row.take()?,
        account: account.id,
        created_at: row.take()?,
        expires_at: row.take()?,
        authenticated_at: row.take()?,
        last_used_at: row.take()?,
        idle: row.take()?,
        token_lasts: row.take()?,
        token_expires_at: row.take()?,
        channel: row.take()?,
        client_address: row.take()?,
        user_agent: row.take()?,
    };
    Ok((session, account))
}

/// Reads a row from left to right.
struct Columns<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl Columns<'_> {
    fn take<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let place = self.next;
        self.next += 1;
        self.row.try_get_by_index(place)
    }
}
