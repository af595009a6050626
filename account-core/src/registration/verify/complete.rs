//! Completing a registration: the commit that creates the account.

use super::outcome::{CompletedRegistration, Gone, VerifyError};
use crate::account::details::mail_confirmation;
use crate::account::password::LINKS_OF_CREDENTIALS;
use crate::account::{Account, SecondaryAddress};
use crate::audit::{Actor, AuditEvent};
use crate::email_address::{EmailAddress, EmailKey};
use crate::id::AccountId;
use crate::one_time_token::{OneTimeToken, Purpose, TokenState};
use crate::password::PasswordHash;
use crate::ports::store::{AccountUpdate, Insert, Unique, Update};
use crate::ports::{StoreError, UnitOfWork};
use crate::profile::{Choices, Consent, Profile};
use crate::registration::allowed_callback::is_still_allowed;
use crate::registration::{CompletedBy, Ending, Registration, RegistrationState};
use crate::service::{AccountService, CallContext, Change, Failure, FeatureFlags};
use crate::session::Lifetime;
use crate::timestamp::Timestamp;
use crate::violation::Field;

const PURPOSE: Purpose = Purpose::EmailVerification;

/// A registration to complete, and the proof for it.
pub(crate) struct Completion {
    registration: Registration,
    /// The redeemed token; `None` for a code.
    token: Option<OneTimeToken>,
    password_hash: Option<PasswordHash>,
    choices: Choices,
    ending: Ending,
}

impl Completion {
    /// The proof is the continuation: everything is kept as chosen, and the client is signed in.
    pub(super) fn continuing(registration: Registration, token: OneTimeToken) -> Self {
        Self::of(registration, Some(token), CompletedBy::Continuation)
    }

    /// The proof is the registration's password.
    pub(super) fn by_password(registration: Registration, token: OneTimeToken) -> Self {
        Self::of(registration, Some(token), CompletedBy::Password)
    }

    /// There is no proof, as the operator chose for the channel.
    pub(super) fn by_token_alone(registration: Registration, token: OneTimeToken) -> Self {
        Self::of(registration, Some(token), CompletedBy::Nothing)
    }

    /// The proof is the identity that the registration was made with.
    pub(crate) fn by_provider(registration: Registration, token: OneTimeToken) -> Self {
        Self::of(registration, Some(token), CompletedBy::Provider)
    }

    /// The provider vouches for the address, and the operator trusts it.
    pub(crate) fn vouched_for(registration: Registration) -> Self {
        Self::of(registration, None, CompletedBy::Provider)
    }

    /// The client that registered entered the code.
    pub(super) fn by_code(registration: Registration) -> Self {
        Self::of(registration, None, CompletedBy::Code)
    }

    fn of(registration: Registration, token: Option<OneTimeToken>, by: CompletedBy) -> Self {
        Self {
            password_hash: registration.password_hash.clone(),
            choices: registration.choices.clone(),
            registration,
            token,
            ending: Ending::Completed(by),
        }
    }

    /// The proof is a new password: only the address is kept, everything else of the attempt is dropped. The owner of the
    /// mailbox agrees to these versions.
    pub(super) fn taking(
        registration: Registration,
        token: OneTimeToken,
        hash: PasswordHash,
        consents: Vec<Consent>,
    ) -> Self {
        let profile = Profile { consents, ..Profile::default() };
        Self {
            registration,
            token: Some(token),
            password_hash: Some(hash),
            choices: Choices { profile, ..Choices::default() },
            ending: Ending::Taken,
        }
    }

    /// Returns whether the client that completes it is the one that registered: then it is signed in.
    fn is_by_its_client(&self) -> bool {
        matches!(
            self.ending.completed_by(),
            Some(CompletedBy::Continuation | CompletedBy::Code | CompletedBy::Provider)
        )
    }

    /// Returns whether the client that registered may be another one, which then is offered a session.
    fn may_be_by_another_client(&self) -> bool {
        match self.ending.completed_by() {
            Some(CompletedBy::Password) => true,
            Some(CompletedBy::Provider) => self.token.is_some(),
            _ => false,
        }
    }

    /// Returns how it ends the registration.
    pub(crate) const fn ending(&self) -> Ending {
        self.ending
    }

    /// Returns the verified address: the one that the token was emailed to.
    fn address(&self) -> &EmailAddress {
        self.token.as_ref().map_or(&self.registration.address, |token| &token.address)
    }

    /// Returns whether the redeemed token is the registration's own: then its guards apply to the registration too.
    fn is_of_its_token(&self) -> bool {
        self.token.as_ref().is_some_and(|token| token.subject == self.registration.id.as_uuid())
    }

    /// Returns the account with this id. One that was created immediately is kept in its current state if it is completed
    /// as chosen; if the owner of the mailbox takes the address alone, nothing of it is kept.
    fn account(&self, id: AccountId, earlier: Option<&Account>, now: Timestamp) -> Account {
        let account = match earlier {
            Some(earlier) if self.ending != Ending::Taken => earlier.clone(),
            earlier => Account {
                password_hash: self.password_hash.clone(),
                version: earlier.map_or(1, |earlier| earlier.version),
                created_at: earlier.map_or(now, |earlier| earlier.created_at),
                credential_epoch: earlier.map_or(0, |earlier| earlier.credential_epoch),
                ..Account::chosen(id, self.address().clone(), self.choices.clone(), now)
            },
        };
        Account { verified_at: Some(now), address: self.address().clone(), ..account }
    }

    /// Returns the addresses to verify once the account exists.
    fn to_confirm(&self) -> Vec<EmailAddress> {
        let (notification, alternate) = self.secondary_addresses();
        let mut addresses: Vec<_> = notification.into_iter().chain(alternate).cloned().collect();
        addresses.dedup();
        addresses
    }

    /// Returns the notification and the alternate address. One that has become the account's own, because that was
    /// corrected, counts as absent.
    fn secondary_addresses(&self) -> (Option<&EmailAddress>, Option<&EmailAddress>) {
        let others = |address: &&EmailAddress| address.key() != self.address().key();
        let Choices { notification_address, alternate_address, .. } = &self.choices;
        (notification_address.as_ref().filter(others), alternate_address.as_ref().filter(others))
    }
}

impl AccountService {
    /// Redeems the token, ends the registration and creates the account, all or nothing.
    pub(crate) async fn complete(
        &self,
        completion: &Completion,
        context: &CallContext,
    ) -> Result<CompletedRegistration, VerifyError> {
        let id = self.account_id(&completion.registration);
        let to_confirm = self.affordable(id, completion.to_confirm(), context).await?;
        match self.retried(|| self.try_complete(completion, id, &to_confirm, context)).await? {
            Some(verified) => Ok(verified),
            None => Err(self.retried(|| self.lose_to_account(completion)).await?),
        }
    }

    /// Returns the id of the registration's account, unless that was created immediately: the same one or, after a
    /// correction, an id of its own, whatever became of the attempt before. The owner of the former address may have taken
    /// the attempt, and then the account with its id is that person's.
    fn account_id(&self, registration: &Registration) -> AccountId {
        if registration.was_corrected() {
            return AccountId::generate(&*self.ports.clock, &*self.ports.entropy);
        }
        AccountId::from(registration.id)
    }

    /// Does it in one commit. `None` if another account has verified the address.
    async fn try_complete(
        &self,
        completion: &Completion,
        id: AccountId,
        to_confirm: &[EmailAddress],
        context: &CallContext,
    ) -> Result<Option<CompletedRegistration>, VerifyError> {
        let mut change = self.change(context, Actor::Account(id)).await?;
        let now = change.now;
        change.unit.hold_addresses(&[completion.address().key()]).await?;
        // Check again: the snapshot may be outdated.
        let flags = FeatureFlags::of(&mut *change.unit).await?;
        flags.refuses_pending(completion.address(), completion.choices.organization)?;
        self.spend(&mut *change.unit, completion, now).await?;
        self.create_account_of(change, completion, id, &flags, to_confirm).await
    }

    /// Creates the account of a registration that the change has ended, and commits it. The address is held. `None` if
    /// another account has verified it.
    pub(crate) async fn create_account_of(
        &self,
        mut change: Change<'_>,
        completion: &Completion,
        id: AccountId,
        flags: &FeatureFlags,
        to_confirm: &[EmailAddress],
    ) -> Result<Option<CompletedRegistration>, VerifyError> {
        let (origins, now) = (&self.settings.callback_origins, change.now);
        let earlier = change.find_earlier(&completion.registration).await?;
        let id = earlier.as_ref().map_or(id, |earlier| earlier.id);
        change.actor = Actor::Account(id);
        if earlier.as_ref().is_some_and(|earlier| earlier.disabled_at.is_some()) {
            // Disabling the account ends its registration; this request was faster.
            return Err(VerifyError::Gone(Gone::AlreadyRegistered));
        }
        let mut account = completion.account(id, earlier.as_ref(), now);
        account.profile.newsletter &= flags.newsletter.enabled;
        change.settle_organization(&mut account, &completion.choices).await?;
        let (notification, alternate) = completion.secondary_addresses();
        let unproven = |address: &EmailAddress| SecondaryAddress { address: address.clone(), verified_at: None };
        account.secondary_addresses.notification = notification.map(unproven);
        account.secondary_addresses.alternate = alternate.map(unproven);
        let callback_url = if is_still_allowed(&mut *change.unit, origins, &completion.choices).await? {
            completion.choices.callback_url.clone()
        } else {
            None
        };
        // Before storing the account: unverified accounts must not keep their username from the one who verifies the
        // address.
        end_unproven(&mut change, account.address.key(), id).await?;
        let is_user_name_taken = match change.put(&mut account, earlier.is_some()).await? {
            Put::Done { is_user_name_taken } => is_user_name_taken,
            Put::AddressTaken => return Ok(None),
        };
        let identity = completion.choices.identity.as_ref();
        if let Some(identity) = identity
            && change.link_identity(id, identity).await?.is_none()
        {
            // It was linked to another account meanwhile: the person signs in to that.
            return Err(VerifyError::Gone(Gone::AlreadyRegistered));
        }
        // End all other attempts for this address, with their links.
        end_attempts(&mut change, account.address.key(), account.id).await?;
        let detail = identity.map(|identity| identity.key.provider.to_string());
        change.record(AuditEvent::RegistrationCompleted, Some(id), detail).await?;
        for address in to_confirm {
            mail_confirmation(&mut change, &account, address).await?;
        }
        let session = if completion.is_by_its_client() {
            Some(change.open_session(&account, Lifetime::of_role(account.role)).await?)
        } else {
            None
        };
        if completion.may_be_by_another_client() {
            change.offer_session(&completion.registration, &account).await?;
        }
        change.commit().await?;
        let registration = completion.registration.id;
        Ok(Some(CompletedRegistration { account, registration, session, is_user_name_taken, callback_url }))
    }

    /// Counts the emails and returns the addresses within the limits. The owner can set the others again later.
    async fn affordable(
        &self,
        by: AccountId,
        addresses: Vec<EmailAddress>,
        context: &CallContext,
    ) -> Result<Vec<EmailAddress>, Failure> {
        let mut affordable = Vec::new();
        for address in addresses {
            let charges = self.chosen_mail_charges(by, address.key(), &context.client).await;
            match self.count(&charges).await {
                Ok(()) => affordable.push(address),
                Err(Failure::Limited(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(affordable)
    }

    /// Marks token and registration as used. A second request finds nothing to mark.
    async fn spend(
        &self,
        unit: &mut dyn UnitOfWork,
        completion: &Completion,
        now: Timestamp,
    ) -> Result<(), VerifyError> {
        if let Some(token) = &completion.token
            && unit.redeem_token(&token.digest, PURPOSE, now).await? == Update::Missed
        {
            // Another request was faster since the token was read: return its new state.
            self.find_redeemable(unit, &token.digest).await?;
            return Err(VerifyError::Gone(Gone::Used));
        }
        let id = completion.registration.id;
        if unit.end_registration(id, completion.ending).await? == Update::Missed {
            let now = unit.find_registration(id).await?.map(|found| found.state);
            let is_void = now == Some(RegistrationState::Void);
            return Err(VerifyError::Gone(if is_void { Gone::AlreadyRegistered } else { Gone::Used }));
        }
        if !completion.is_of_its_token() {
            // It was not proven by its own token. Read it after ending it, so that nobody can renew it.
            let ended = unit.find_registration(id).await?.ok_or(VerifyError::Unknown)?;
            let expires_at = if completion.token.is_none() { ended.shown_until } else { ended.expires_at };
            if now >= expires_at {
                return Err(VerifyError::Gone(Gone::Expired));
            }
            if completion.token.is_none() && ended.generation != completion.registration.generation {
                return Err(VerifyError::WrongProof(Field::Code));
            }
            if ended.corrections != completion.registration.corrections {
                // Its address was corrected since it was read: the token of another attempt proves another address.
                return Err(VerifyError::Gone(Gone::Superseded));
            }
        }
        unit.end_tokens_of_subject(PURPOSE, id.as_uuid(), TokenState::Used).await?;
        Ok(())
    }

    /// The address already has an account: end its attempts, so that their links say so from now on.
    async fn lose_to_account(&self, completion: &Completion) -> Result<VerifyError, VerifyError> {
        let mut unit = self.ports.store.begin().await?;
        let key = completion.address().key();
        unit.hold_addresses(&[key]).await?;
        unit.void_registrations(key).await?;
        unit.end_tokens_of_key(PURPOSE, key, TokenState::Void).await?;
        unit.commit().await?;
        Ok(VerifyError::Gone(Gone::AlreadyRegistered))
    }
}

/// The outcome of storing the account.
enum Put {
    /// It was stored.
    Done { is_user_name_taken: bool },
    /// Another account has verified the address.
    AddressTaken,
}

impl Change<'_> {
    /// Returns the registration's account as it was created immediately, if it was. After a correction, a verified one
    /// is somebody else's.
    async fn find_earlier(&mut self, registration: &Registration) -> Result<Option<Account>, StoreError> {
        let earlier = self.unit.find_account(registration.id.into()).await?;
        Ok(earlier.filter(|earlier| !registration.was_corrected() || earlier.verified_at.is_none()))
    }

    /// Stores the account. Replaces the one that was created immediately, if there is one, and ends its sessions and
    /// emailed links. A username that was taken in the meantime is left out.
    async fn put(&mut self, account: &mut Account, replaces: bool) -> Result<Put, StoreError> {
        if replaces {
            account.version += 1;
            account.credential_epoch += 1;
            account.updated_at = self.now;
            self.unit.delete_sessions_of_account(account.id, None).await?;
            self.void_links(account.id, &LINKS_OF_CREDENTIALS).await?;
        }
        let mut written = self.write(account, replaces).await?;
        let is_user_name_taken = written == Insert::Conflict(Unique::UserName);
        if is_user_name_taken {
            account.user_name = None;
            written = self.write(account, replaces).await?;
        }
        Ok(if written == Insert::Done { Put::Done { is_user_name_taken } } else { Put::AddressTaken })
    }

    async fn write(&mut self, account: &Account, replaces: bool) -> Result<Insert, StoreError> {
        if !replaces {
            return self.unit.insert_account(account).await;
        }
        match self.unit.update_account(account).await? {
            AccountUpdate::Applied => Ok(Insert::Done),
            AccountUpdate::Conflict(unique) => Ok(Insert::Conflict(unique)),
            AccountUpdate::Missed => Err(StoreError::transient("the account was changed in the meantime")),
        }
    }

    /// Leaves out an organization that was deleted in the meantime. Grants the requested role in it, if this is the
    /// requested organization and it still permits that. What an administrator has changed since is kept.
    async fn settle_organization(&mut self, account: &mut Account, choices: &Choices) -> Result<(), StoreError> {
        let Some(id) = account.organization else { return Ok(()) };
        match self.unit.find_organization(id).await? {
            None => (account.organization, account.organization_role) = (None, None),
            Some(found) if found.allows_self_named_administrators && choices.organization == Some(id) => {
                account.organization_role = choices.organization_role.or(account.organization_role);
            }
            Some(_) => {}
        }
        Ok(())
    }
}

/// Ends all other attempts for an address that the account has just verified: registrations, invitations, and
/// unverified accounts with their sessions.
pub(crate) async fn end_attempts(
    change: &mut Change<'_>,
    key: &EmailKey,
    account: AccountId,
) -> Result<(), StoreError> {
    let unit = &mut *change.unit;
    unit.void_registrations(key).await?;
    unit.end_tokens_of_key(PURPOSE, key, TokenState::Void).await?;
    unit.void_invitations(key).await?;
    unit.end_tokens_of_key(Purpose::Invitation, key, TokenState::Void).await?;
    end_unproven(change, key, account).await
}

/// Deletes the unverified accounts with the address, except the one that has just verified it.
async fn end_unproven(change: &mut Change<'_>, key: &EmailKey, account: AccountId) -> Result<(), StoreError> {
    loop {
        let unproven = change.unit.find_unverified_accounts(key).await?;
        let mut is_done = true;
        for other in unproven.iter().filter(|other| other.id != account) {
            // If one was changed in the meantime, it stays, but can no longer verify the address.
            if change.unit.delete_account(other.id, other.version).await? == Update::Applied {
                change.record(AuditEvent::AccountDeleted, Some(other.id), Some("unverified".to_owned())).await?;
                is_done = false;
            }
        }
        if is_done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::administration::tests::{DAY, World, context, draft, token_in, why};
    use crate::client::Client;
    use crate::registration::resend::ResendTarget;

    async fn registered(world: &World) -> Registration {
        world.register(draft("john@acme.com")).await.unwrap();
        world.store.registrations().into_iter().next_back().unwrap()
    }

    #[tokio::test]
    async fn a_code_that_ended_since_it_was_checked_is_refused() {
        let world = World::new();
        let seen = registered(&world).await;
        world.mails().await;
        let target = ResendTarget::Address("john@acme.com".into());
        world.service.resend_verification(target, &Client::default()).await.unwrap();
        world.mails().await;
        let superseded = world.service.complete(&Completion::by_code(seen), &context()).await;
        assert_eq!(why(superseded), "WrongProof(Code)");
        let [renewed] = world.store.registrations().try_into().unwrap();
        world.clock.set(renewed.expires_at);
        let expired = world.service.complete(&Completion::by_code(renewed.clone()), &context()).await;
        assert_eq!(why(expired), "Gone(Expired)");
        assert_eq!(world.store.registrations(), [renewed]);
        assert!(world.store.accounts().is_empty());
    }

    #[tokio::test]
    async fn another_attempt_that_expired_since_it_was_checked_is_not_continued() {
        let world = World::new();
        let older = registered(&world).await;
        world.mails().await;
        world.clock.advance(DAY / 2);
        registered(&world).await;
        let [mail] = world.mails().await.try_into().unwrap();
        let digest = crate::one_time_token::SecretToken::parse(&token_in(&mail, "")).unwrap().digest();
        let token = world.commit(async |unit| unit.find_token(&digest).await.unwrap().unwrap()).await;
        world.clock.set(older.expires_at);
        let result = world.service.complete(&Completion::continuing(older, token), &context()).await;
        assert_eq!(why(result), "Gone(Expired)");
        assert!(world.store.accounts().is_empty());
    }

    #[tokio::test]
    async fn a_deleted_organization_is_left_out() {
        let world = World::new();
        let mut seen = registered(&world).await;
        seen.choices.organization = Some(crate::id::OrganizationId::from_uuid(uuid::Uuid::from_u128(1)));
        let account = world.service.complete(&Completion::by_code(seen), &context()).await.unwrap().account;
        assert_eq!((account.organization, account.organization_role), (None, None));
    }
}
