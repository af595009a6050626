//! Forgotten passwords: anyone who can read the account's mailbox can set a new one.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::account::password::{LINKS_OF_CREDENTIALS, used_before};
use crate::account::spend::{check_spendable, find_mailed, redeem};
use crate::account::{Account, Role, SecondaryAddresses};
use crate::audit::{Actor, AuditEvent};
use crate::challenge::ChallengeDemand;
use crate::email_address::EmailAddress;
use crate::id::AccountId;
use crate::input::{Input, Reader};
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenDigest, TokenState};
use crate::outbox::{Intent, Notice};
use crate::password::PasswordHash;
use crate::password::policy::PasswordPolicy;
use crate::ports::{ChallengePurpose, Charge, UnitOfWork, Urgency};
use crate::profile::Profile;
use crate::registration::verify::{Gone, end_attempts, is_spelling_of};
use crate::service::{AccountService, Asking, CallContext, Change, Failure, SaveError};
use crate::session::{Lifetime, SignedInNow};
use crate::timestamp::Timestamp;
use crate::violation::{Field, Violations};

const PURPOSE: Purpose = Purpose::PasswordReset;

/// Why a reset was not requested.
#[derive(Debug, thiserror::Error)]
pub enum PasswordResetError {
    /// The address is not valid.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// An answer to a challenge is needed. The request can be sent again with one.
    #[error("an answer to a challenge is needed")]
    Challenged(Box<ChallengeDemand>),
    /// Limited (in the same way for known and unknown addresses) or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(PasswordResetError: Failed, Invalid, Challenged);

/// What a page may show about a reset before it is redeemed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetInspection {
    /// The account's address.
    pub address: EmailAddress,
    /// When the link expires.
    pub expires_at: Timestamp,
    /// The account's role; it decides which passwords are accepted ([`Role::password_policy`]).
    pub role: Role,
}

/// Why a password was not reset. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RedeemResetError {
    /// There is no such token.
    #[error("the token is unknown")]
    Unknown,
    /// The token can no longer be used. [`Gone::Superseded`] is also returned if the account was disabled, or a
    /// credential changed, since the email was sent.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The new password breaks rules.
    #[error("the new password is not valid")]
    Invalid(Violations),
    /// Limited, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(RedeemResetError: Failed, Invalid, Gone);

impl AccountService {
    /// Queues a request for a reset. Whether the address has an account is looked up at delivery: accounts are not
    /// read, so answer and stored rows are the same for known, unknown, pending and disabled accounts.
    ///
    /// Reset emails have their own budget per address, which no other emails use up.
    ///
    /// # Errors
    /// [`PasswordResetError`] if the address is not valid, a limit is reached, or the store failed.
    pub async fn request_password_reset(&self, email: Input, context: &CallContext) -> Result<(), PasswordResetError> {
        self.count_verification(&context.client).await?;
        let address = Reader::only(|it| it.address(Field::Email, email))?;
        let mut charges = self.mail_request_charges(&context.client).await;
        charges.extend(self.reset_charges(address.key(), &context.client).await);
        let purpose = ChallengePurpose::PasswordReset;
        let asking = Asking { purpose, identifier: address.key().as_str(), context };
        let cleared = self.clear(&asking, charges).await?;
        let counted = self.count(&cleared.charges).await;
        self.settle(&asking, &cleared, counted).await?;
        let enqueued = self.retried(|| async {
            let mut change = self.change(context, Actor::Service).await?;
            change.enqueue(Intent::PasswordReset { address: address.clone(), decided: None }).await?;
            change.commit().await
        });
        Ok(enqueued.await?)
    }

    /// Reads the token of a reset without changing anything, for the page that the link opens.
    ///
    /// # Errors
    /// [`RedeemResetError::Unknown`], [`RedeemResetError::Gone`] or [`RedeemResetError::Failed`].
    pub async fn inspect_reset(&self, token: &str, context: &CallContext) -> Result<ResetInspection, RedeemResetError> {
        self.count_verification(&context.client).await?;
        let (token, account) = self.find_reset(token).await?;
        let role = as_owned(account).role;
        Ok(ResetInspection { address: token.address, expires_at: token.expires_at, role })
    }

    /// Redeems the token of a reset: sets the new password, ends all sessions and opens a new one. Of parallel requests
    /// with the same token, exactly one succeeds. Earlier sign-in attempts no longer count, because they are counted
    /// per credential.
    ///
    /// An account with an unverified address may have been created by a stranger: the owner of the mailbox gets the
    /// address, and everything else of the account is deleted. A scheduled deletion stays scheduled; the new session
    /// can cancel it.
    ///
    /// # Errors
    /// [`RedeemResetError`] if the token or the password is not accepted.
    pub async fn redeem_password_reset(
        &self,
        token: &str,
        new_password: Input,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<SignedInNow, RedeemResetError> {
        let ready = self.prepare_reset(token, None, new_password, policy, context).await?;
        let redeemed = self.retried(|| async {
            let (account, mut change) = self.reset_password(&ready, context).await?;
            let session = change.open_session(&account, Lifetime::of_role(account.role)).await?;
            change.commit().await?;
            Ok(SignedInNow { account, session })
        });
        self.settle_reset(redeemed.await, &ready).await
    }

    /// Redeems the token of a reset for a channel that also sends the address and needs no session: a token for another
    /// address is unknown, and no session is opened.
    ///
    /// # Errors
    /// [`RedeemResetError`] if the token or the password is not accepted.
    pub async fn redeem_password_reset_of(
        &self,
        address: &str,
        token: &str,
        new_password: Input,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<Account, RedeemResetError> {
        let ready = self.prepare_reset(token, Some(address), new_password, policy, context).await?;
        let redeemed = self.retried(|| async {
            let (account, change) = self.reset_password(&ready, context).await?;
            change.commit().await?;
            Ok(account)
        });
        self.settle_reset(redeemed.await, &ready).await
    }

    /// Parses and hashes the new password, before anything is stored.
    async fn prepare_reset(
        &self,
        token: &str,
        address: Option<&str>,
        new_password: Input,
        policy: PasswordPolicy,
        context: &CallContext,
    ) -> Result<Ready, RedeemResetError> {
        // Each password costs hashes, also one that was used before and leaves the link as it was.
        let tries = SecretToken::of_link(token).map(|token| self.tries_of(&token.digest()).by(&context.client));
        // A link that is out of tries costs nothing more, whatever networks send it.
        self.refuse_if_limited(tries.as_slice())?;
        let charges = self.verification_charges(&context.client).await;
        let slot = self.counted_place(Urgency::Completion, &context.client, &charges).await?;
        let (token, account) = self.find_reset(token).await?;
        if address.is_some_and(|address| !is_spelling_of(address, &token.address)) {
            return Err(RedeemResetError::Unknown);
        }
        let account = as_owned(account);
        let policy = account.role.password_policy(policy);
        self.count(tries.as_slice()).await?;
        let mut violations = Violations::default();
        let words = account.own_words();
        let read = self.read_chosen(Field::NewPassword, new_password, policy, &words, &mut violations).await;
        let chosen = violations.into_value(read)?;
        if self.was_used(&chosen.password, &account, &context.client).await? {
            return Err(RedeemResetError::Invalid(used_before()));
        }
        let hash = chosen.hash(slot, self.salt()).await?;
        Ok(Ready { token, account: account.id, hash })
    }

    /// What an attempt to set a password with that link is counted as.
    fn tries_of(&self, link: &TokenDigest) -> Charge {
        let key = Base64UrlUnpadded::encode_string(link.as_bytes());
        Charge::new("reset_tries", key, self.settings.limits.reset_tries)
    }

    /// After a reset nothing counts any more that was counted against the address. Where another account has proven the
    /// address, the link says so from now on.
    async fn settle_reset<T>(
        &self,
        outcome: Result<T, RedeemResetError>,
        ready: &Ready,
    ) -> Result<T, RedeemResetError> {
        if matches!(outcome, Err(RedeemResetError::Gone(Gone::AlreadyRegistered))) {
            let voided = self.retried(|| async {
                let mut unit = self.ports.store.begin().await?;
                unit.end_tokens_of_subject(PURPOSE, ready.token.subject, TokenState::Void).await?;
                unit.commit().await
            });
            voided.await?;
        } else if outcome.is_ok() {
            let counters = self.reset_counters(ready.token.email_key());
            // A counter that cannot be reached stays until its time is over.
            let _ = self.take_back(&BTreeSet::new(), self.now(), &counters).await;
        }
        outcome
    }

    /// Uses the token and sets the password. Returns the new account, and the change to commit.
    async fn reset_password<'a>(
        &'a self,
        ready: &Ready,
        context: &'a CallContext,
    ) -> Result<(Account, Change<'a>), RedeemResetError> {
        let Ready { token, account: id, hash } = ready;
        let id = *id;
        let mut change = self.change(context, Actor::Account(id)).await?;
        let now = change.now;
        change.unit.hold_addresses(&[token.email_key()]).await?;
        change.hold_account(id).await?;
        redeem(&mut *change.unit, token, now).await?;
        let before = find_subject(&mut *change.unit, token).await?;
        let was_proven = before.verified_at.is_some();
        let mut account = as_owned(before);
        account.replace_password(hash.clone());
        account.verified_at.get_or_insert(now);
        let account = change.save(account).await.map_err(|error| match error {
            SaveError::Taken(_) => RedeemResetError::Gone(Gone::AlreadyRegistered),
            SaveError::Store(error) => error.into(),
        })?;
        if !was_proven {
            end_attempts(&mut change, account.address.key(), id).await?;
            change.void_links(id, &[Purpose::SecondaryAddress]).await?;
            // Recorded as a completed registration, so that systems that wait for verified addresses get the event.
            change.record(AuditEvent::RegistrationCompleted, Some(id), None).await?;
        }
        change.void_links(id, &LINKS_OF_CREDENTIALS).await?;
        change.unit.delete_sessions_of_account(id, None).await?;
        change.notify(&account, Notice::PasswordReset).await?;
        change.record(AuditEvent::PasswordReset, Some(id), None).await?;
        Ok((account, change))
    }

    /// Returns the token with this text and its account, if it can be redeemed now. The unit of work ends before
    /// hashing starts.
    async fn find_reset(&self, text: &str) -> Result<(OneTimeToken, Account), RedeemResetError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let token = find_mailed(&mut *unit, text, &[PURPOSE]).await?;
        check_spendable(&mut *unit, &token, self.ports.clock.now()).await?;
        let account = find_subject(&mut *unit, &token).await?;
        Ok((token, account))
    }
}

/// A reset that is ready to be stored.
struct Ready {
    token: OneTimeToken,
    account: AccountId,
    hash: PasswordHash,
}

/// Returns the token's account, if its credential has not changed since.
async fn find_subject(unit: &mut dyn UnitOfWork, token: &OneTimeToken) -> Result<Account, RedeemResetError> {
    let account = unit.find_account(AccountId::from_uuid(token.subject)).await?.ok_or(RedeemResetError::Unknown)?;
    let is_current = token.epoch == Some(account.credential_epoch) && token.address == account.address;
    if is_current && account.disabled_at.is_none() {
        Ok(account)
    } else {
        Err(RedeemResetError::Gone(Gone::Superseded))
    }
}

/// Returns the account with only what certainly belongs to its owner: if its address was never verified, that is the
/// address alone.
fn as_owned(account: Account) -> Account {
    if account.verified_at.is_some() {
        return account;
    }
    Account {
        password_hash: None,
        former_passwords: Vec::new(),
        user_name: None,
        role: Role::User,
        organization: None,
        organization_role: None,
        profile: Profile::default(),
        secondary_addresses: SecondaryAddresses::default(),
        ..account
    }
}
