//! What a person does with an identity in a session: linking it, and confirming who they are.

use super::flow::FlowSession;
use super::{FinishProviderError, FinishedFlow, Identity, NewIdentity, ProviderAccount, ProviderIdentity};
use crate::account::Account;
use crate::account::password::LINKS_OF_CREDENTIALS;
use crate::audit::{Actor, AuditEvent};
use crate::id::{AccountId, IdentityId};
use crate::outbox::{AboutIdentity, Notice};
use crate::ports::StoreError;
use crate::ports::store::{Insert, Update};
use crate::service::{AccountService, CallContext, Change};
use crate::session::{OpenedSession, Session, SignedIn};

/// Maximum number of identities of an account.
pub const MAX_IDENTITIES: usize = 10;

impl AccountService {
    /// Links the identity to the account of the session that began the flow. All other sessions end; this one gets new
    /// tokens. It does not become fresh: the identity was not the account's yet.
    pub(super) async fn link(
        &self,
        identity: &ProviderIdentity,
        began: FlowSession,
        caller: Option<SignedIn>,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let caller = same_session(began, caller)?;
        self.retried(|| self.try_to_link(identity, &caller, context)).await
    }

    async fn try_to_link(
        &self,
        identity: &ProviderIdentity,
        caller: &SignedIn,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let id = caller.account.id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let account = change.unchanged_account_of(caller).await?;
        // Nothing is linked to an account whose address nobody has proven: a stranger may have made it.
        let now = SignedIn { session: caller.session.clone(), account: account.clone() };
        if now.verified().is_err() {
            return Err(FinishProviderError::SessionMissing);
        }
        match change.unit.find_identity(&identity.key).await? {
            Some(found) if found.owner != id => return Err(FinishProviderError::LinkedElsewhere),
            Some(found) => {
                // It was linked in another tab, or before.
                let identity = change.note_use(found, &identity.account).await?;
                let session = change.renew_token(&account, &caller.session).await?;
                change.commit().await?;
                return Ok(FinishedFlow::Linked { identity, session });
            }
            None => {}
        }
        if change.unit.find_identities_of_account(id).await?.len() >= MAX_IDENTITIES {
            return Err(FinishProviderError::TooMany);
        }
        let new = NewIdentity { key: identity.key.clone(), account: identity.account.clone() };
        let linked = change.link_identity(id, &new).await?.ok_or(FinishProviderError::LinkedElsewhere)?;
        let (notice, event) = (Notice::IdentityLinked, AuditEvent::IdentityLinked);
        let session = change.change_ways_in(account, &caller.session, &linked, (notice, event)).await?;
        change.commit().await?;
        Ok(FinishedFlow::Linked { identity: linked, session })
    }

    /// Has the session that began the flow count as fresh, if the identity is one of its account's.
    pub(super) async fn confirm(
        &self,
        identity: &ProviderIdentity,
        began: FlowSession,
        caller: Option<SignedIn>,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let caller = same_session(began, caller)?;
        self.retried(|| self.try_to_confirm(identity, &caller, context)).await
    }

    async fn try_to_confirm(
        &self,
        identity: &ProviderIdentity,
        caller: &SignedIn,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let id = caller.account.id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let account = change.unchanged_account_of(caller).await?;
        if account.disabled_at.is_some() {
            return Err(FinishProviderError::Disabled);
        }
        let found = change.unit.find_identity(&identity.key).await?.filter(|found| found.owner == id);
        let used = change.note_use(found.ok_or(FinishProviderError::OtherIdentity)?, &identity.account).await?;
        let session = change.renew_session(&account, &caller.session).await?;
        let detail = used.key.provider.to_string();
        change.record(AuditEvent::Reauthenticated, Some(id), Some(detail)).await?;
        change.commit().await?;
        Ok(FinishedFlow::Confirmed(session))
    }
}

/// Returns the caller, if it is the session that began the flow, and no credential has changed since.
fn same_session(began: FlowSession, caller: Option<SignedIn>) -> Result<SignedIn, FinishProviderError> {
    caller.filter(|caller| FlowSession::of(caller) == began).ok_or(FinishProviderError::SessionMissing)
}

impl Change<'_> {
    /// Links an identity; `None` if it is linked already.
    pub(crate) async fn link_identity(
        &mut self,
        owner: AccountId,
        new: &NewIdentity,
    ) -> Result<Option<Identity>, StoreError> {
        let identity = Identity {
            id: self.generate_identity_id(),
            key: new.key.clone(),
            owner,
            account: new.account.clone(),
            linked_at: self.now,
            last_used_at: self.now,
        };
        Ok((self.unit.insert_identity(&identity).await? == Insert::Done).then_some(identity))
    }

    /// Records that an identity was used, and how the provider shows it now.
    pub(super) async fn note_use(
        &mut self,
        identity: Identity,
        shown: &ProviderAccount,
    ) -> Result<Identity, StoreError> {
        let used = Identity { account: shown.clone(), last_used_at: self.now, ..identity };
        if self.unit.update_identity(&used).await? == Update::Missed {
            return Err(StoreError::aborted("the identity was just unlinked"));
        }
        Ok(used)
    }

    /// Does what every change of the ways to sign in does: other sessions and open links end, this session gets new
    /// tokens, and the owner is told.
    pub(super) async fn change_ways_in(
        &mut self,
        account: Account,
        session: &Session,
        identity: &Identity,
        (notice, event): (Notice, AuditEvent),
    ) -> Result<OpenedSession, StoreError> {
        let credential_epoch = account.credential_epoch + 1;
        let account = self.save_own(Account { credential_epoch, ..account }).await?;
        self.void_links(account.id, &LINKS_OF_CREDENTIALS).await?;
        self.unit.delete_sessions_of_account(account.id, Some(&session.token)).await?;
        let session = self.renew_token(&account, session).await?;
        self.notify_about(&account, notice, Some(&AboutIdentity::of(identity))).await?;
        self.record(event, Some(account.id), Some(identity.key.provider.to_string())).await?;
        Ok(session)
    }

    fn generate_identity_id(&self) -> IdentityId {
        let ports = self.ports();
        IdentityId::generate(&*ports.clock, &*ports.entropy)
    }
}
