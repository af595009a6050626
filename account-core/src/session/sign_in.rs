//! Signing in.

mod identifier;

use std::fmt;

use super::reauthenticate::read_credential;
use super::tries::Tries;
use super::{Lifetime, OpenedSession};
use crate::account::{Account, Credential};
use crate::audit::{Actor, AuditEvent};
use crate::input::Input;
use crate::one_time_token::SecretToken;
use crate::password::{Password, PasswordHash};
use crate::ports::{HashingSlot, StoreError, Urgency, UseCase};
use crate::registration::Registration;
use crate::service::{AccountService, CallContext, Failure};
use crate::violation::{Field, Violations};
pub use identifier::Identification;
use identifier::Identifier;

/// A request to sign in. It prints nothing of what was typed.
pub struct SignInRequest {
    /// The email address or the user name. White space around it is left away: it is looked up, not kept.
    pub identifier: Identification,
    /// The password.
    pub password: Input,
    /// The secrets of registrations that the client made, newest first. Of the first that is of that address and
    /// pending, the client learns that its password is right and its mailbox not proven yet. Until it expires, also
    /// where the address was taken another way: the client must not learn that. So anyone who has an account may have to leave
    /// them away to sign in. Those of another address or that were completed change nothing, and none does where the
    /// identifier is a user name.
    pub continuations: Vec<SecretToken>,
    /// How long the session lasts; `None`: as long as the account's role has it. An administrator's session never lasts
    /// longer in all than the role has it ([`Lifetime::of_role`]), whatever is asked for.
    pub lifetime: Option<Lifetime>,
    /// Who sent it.
    pub context: CallContext,
}

impl fmt::Debug for SignInRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInRequest").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedInNow {
    /// The account.
    pub account: Account,
    /// The session.
    pub session: OpenedSession,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The identifier or the password is missing.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The password is not the account's, or there is no such account, or it is disabled, or only pending: all alike.
    #[error("the credentials are wrong")]
    WrongCredentials,
    /// The password is right, and the mailbox not proven by this registration: said only to the client that registered.
    #[error("the address is not verified")]
    EmailUnverified,
    /// Limited, alike for known and unknown accounts, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl SignInError {
    /// The outcome, as observers are told it.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::WrongCredentials => "wrong_credentials",
            Self::EmailUnverified => "email_unverified",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

impl<E: Into<Failure>> From<E> for SignInError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What the identifier stands for.
#[derive(Default)]
struct Identified {
    credential: Option<Credential>,
    /// The registration that the client made of that address, if it reads as pending.
    attempt: Option<Registration>,
}

impl AccountService {
    /// Signs somebody in by password. An account in its days of grace before deletion can be signed in to; one that is
    /// disabled cannot.
    ///
    /// Whatever is wrong, one hash is computed and the same is counted. A right password clears the tries of its
    /// client, and is hashed again where its hash was not made with the current parameters.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(&self, request: SignInRequest) -> Result<SignedInNow, SignInError> {
        let channel = request.context.channel.clone();
        let outcome = self.try_to_sign_in(request).await;
        let word = outcome.as_ref().map_or_else(SignInError::outcome, |_| "signed_in");
        self.observe(UseCase::SignIn, &channel, word);
        outcome
    }

    async fn try_to_sign_in(&self, request: SignInRequest) -> Result<SignedInNow, SignInError> {
        let SignInRequest { identifier, password, continuations, lifetime, context } = request;
        let (identifier, password) = read_credentials(identifier, password).map_err(SignInError::Invalid)?;
        // The place in the hashing queue comes before counting, so that being overloaded costs nobody's quota.
        let slot = self.ports.password_hasher.admit(Urgency::SignIn)?;
        let identifier = Identifier::read(&identifier);
        let Identified { credential, attempt } = self.find_claimed(&identifier, &continuations).await?;
        let tries = credential
            .as_ref()
            .map_or_else(|| Tries::of_nobody(identifier.key(), &context.client), |it| Tries::of(it, &context.client));
        self.count_try(&tries).await?;
        if let Some(attempt) = attempt {
            return Err(self.try_attempt(slot, &password, attempt).await?);
        }
        let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let is_right = self.is_password(slot, &password, hash).await?;
        let credential = credential.as_ref().filter(|credential| is_right && !credential.is_disabled);
        let credential = credential.ok_or(SignInError::WrongCredentials)?;
        let signed_in = self.open_signed_in(credential, &password, lifetime, &context).await?;
        self.forget_tries(&tries).await;
        Ok(signed_in)
    }

    /// The credential of the account that has the identifier. And the first registration of the address that a
    /// continuation is of, if it reads as pending to its holder.
    async fn find_claimed(
        &self,
        identifier: &Identifier,
        continuations: &[SecretToken],
    ) -> Result<Identified, StoreError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let credential = match identifier {
            Identifier::Address(address) => unit.find_credential(address.key()).await?,
            Identifier::UserName(name) => unit.find_credential_by_user_name(name).await?,
            Identifier::Unreadable(_) => None,
        };
        let now = self.ports.clock.now();
        for continuation in continuations {
            let found = unit.find_registration_by_continuation(&continuation.digest()).await?;
            let attempt = found.filter(|attempt| attempt.reads_as_pending(now) && identifier.is_of(attempt));
            if attempt.is_some() {
                return Ok(Identified { credential, attempt });
            }
        }
        Ok(Identified { credential, attempt: None })
    }

    /// What to tell the client that made the registration. Its tries stay counted, or anyone who has a registration of
    /// another person's address could clear their own tries at that person's account.
    async fn try_attempt(
        &self,
        slot: Box<dyn HashingSlot>,
        password: &str,
        attempt: Registration,
    ) -> Result<SignInError, SignInError> {
        let is_right = self.is_password(slot, password, attempt.password_hash).await?;
        Ok(if is_right { SignInError::EmailUnverified } else { SignInError::WrongCredentials })
    }

    async fn open_signed_in(
        &self,
        credential: &Credential,
        password: &str,
        lifetime: Option<Lifetime>,
        context: &CallContext,
    ) -> Result<SignedInNow, SignInError> {
        let rehashed = self.rehash(credential, password).await;
        if rehashed.is_some() {
            let open = || self.try_open(credential, rehashed.clone(), lifetime, context);
            if let Some(signed_in) = self.retried(open).await? {
                return Ok(signed_in);
            }
        }
        let open = || self.try_open(credential, None, lifetime, context);
        self.retried(open).await?.ok_or(SignInError::WrongCredentials)
    }

    /// The password hashed with the current parameters, where its hash was made with others. Not worth failing for:
    /// the next time will do as well.
    async fn rehash(&self, credential: &Credential, password: &str) -> Option<PasswordHash> {
        let hasher = &self.ports.password_hasher;
        credential.password_hash.as_ref().filter(|hash| !hasher.is_current(hash))?;
        let slot = hasher.admit(Urgency::SignIn).ok()?;
        slot.hash(Password::new(password).ok()?, self.salt()).await.ok()
    }

    /// Opens the session, if the account's credential is still the one that was verified. `None` when the new hash
    /// could not be written, and nothing else was either.
    async fn try_open(
        &self,
        verified: &Credential,
        rehashed: Option<PasswordHash>,
        lifetime: Option<Lifetime>,
        context: &CallContext,
    ) -> Result<Option<SignedInNow>, SignInError> {
        let id = verified.account;
        let mut change = self.change(context, Actor::Account(id)).await?;
        // The hash alone may differ: somebody else signed in meanwhile, and it was made again from the same password.
        // Any other change of a credential raises the epoch.
        let is_as_verified = |now: &Account| now.disabled_at.is_none() && now.credential_epoch == verified.epoch;
        let Some(mut account) = change.unit.find_account(id).await?.filter(is_as_verified) else {
            return Err(SignInError::WrongCredentials);
        };
        if let Some(hash) = rehashed
            && account.password_hash == verified.password_hash
        {
            let renewed = Account { password_hash: Some(hash), ..account };
            let Ok(saved) = change.save(renewed).await else { return Ok(None) };
            account = saved;
        }
        let lifetime = lifetime.unwrap_or_else(|| Lifetime::of_role(account.role));
        let session = change.open_session(&account, lifetime).await?;
        change.record(AuditEvent::SignedIn, Some(id), None).await?;
        change.commit().await?;
        Ok(Some(SignedInNow { account, session }))
    }
}

/// Both, or all that is wrong with them.
fn read_credentials(identifier: Identification, password: Input) -> Result<(String, String), Violations> {
    match (identifier.read(), read_credential(Field::Password, password)) {
        (Ok(identifier), Ok(password)) => Ok((identifier, password)),
        (identifier, password) => Err(identifier.err().into_iter().chain(password.err()).collect()),
    }
}
