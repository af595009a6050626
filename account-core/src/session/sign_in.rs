//! Signing in.

mod identifier;

use std::fmt;

use super::tries::Tries;
use super::{DeviceToken, Lifetime, OpenedSession};
use crate::account::{Account, Credential};
use crate::audit::{Actor, AuditEvent};
use crate::challenge::ChallengeDemand;
use crate::client::Client;
use crate::id::AccountId;
use crate::input::{Input, Reader};
use crate::one_time_token::SecretToken;
use crate::password::policy::PasswordPolicy;
use crate::password::{PassedPolicy, Password, PasswordHash};
use crate::ports::{ChallengePurpose, StoreError, Urgency, UseCase};
use crate::registration::Registration;
use crate::service::{AccountService, Asking, CallContext, Failure};
use crate::violation::{Field, Violations};
pub use identifier::Identification;
pub(crate) use identifier::Identifier;

/// The detail of the audit entry when an administrator signs in with a password that is known to be weaker than the
/// default policy asks.
const WEAK_PASSWORD: &str = "weak_password";

/// A request to sign in. Its `Debug` output hides what was entered.
pub struct SignInRequest {
    /// The email address or the username. White space around it is ignored.
    pub identifier: Identification,
    /// The password.
    pub password: Input,
    /// The secrets of registrations that the client made, newest first. The first that is of that address and pending
    /// counts: if the password is that registration's, the client learns that the address is not verified yet. This
    /// holds until the registration expires, also when the address was taken meanwhile: the client must not learn that.
    /// Any other password is tried at the account. Registrations of other addresses and completed ones change nothing;
    /// none counts when the identifier is a user name.
    pub continuations: Vec<SecretToken>,
    /// The device tokens that the client has kept from earlier sign-ins ([`OpenedSession::device`]). One of the account
    /// gets its owner past limits that strangers have used up.
    pub devices: Vec<DeviceToken>,
    /// How long the session lasts; `None` for the default of the account's role. An administrator's session never lasts
    /// longer than the role's default ([`Lifetime::of_role`]).
    pub lifetime: Option<Lifetime>,
    /// Who sent it.
    pub context: CallContext,
}

impl SignInRequest {
    /// A request of a client that has kept nothing, for a session of the default length.
    pub fn new(
        identifier: impl Into<Identification>,
        password: impl Into<Input>,
        context: impl Into<CallContext>,
    ) -> Self {
        Self {
            identifier: identifier.into(),
            password: password.into(),
            continuations: Vec::new(),
            devices: Vec::new(),
            lifetime: None,
            context: context.into(),
        }
    }
}

impl fmt::Debug for SignInRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInRequest").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// A successful sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedInNow {
    /// The account.
    pub account: Account,
    /// The session.
    pub session: OpenedSession,
}

/// Why signing in failed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The identifier or the password is missing.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// The password is wrong, or the account does not exist, is disabled or only pending. Callers cannot tell these
    /// apart.
    #[error("the credentials are wrong")]
    WrongCredentials,
    /// The password is right, but the registration's address is not verified. Reported only to the client that
    /// registered.
    #[error("the address is not verified")]
    EmailUnverified,
    /// An answer to a challenge is needed. The request can be sent again with one.
    #[error("an answer to a challenge is needed")]
    Challenged(Box<ChallengeDemand>),
    /// Limited (in the same way for existing and other accounts), overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl SignInError {
    /// Returns the outcome for observers.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::WrongCredentials => "wrong_credentials",
            Self::EmailUnverified => "email_unverified",
            Self::Challenged(_) => "challenged",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

use_case_error!(SignInError: Failed, Invalid, Challenged);

/// What the identifier refers to.
#[derive(Default)]
struct Identified {
    credential: Option<Credential>,
    /// The client's registration for this address, if it reads as pending.
    attempt: Option<Registration>,
}

impl AccountService {
    /// Signs a person in with a password. An account in its deletion grace period can be signed in to; a disabled one
    /// cannot.
    ///
    /// Whatever is wrong, one try is counted, and one hash is computed: two, if the client made a pending registration of
    /// the address and the password is not that registration's, whether there is an account or not. A right password
    /// takes its try back, clears the tries of its client, and is hashed again where its hash was not made with the
    /// current parameters, and compared with the default policy where nobody knows yet which policy it passed.
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
        let SignInRequest { identifier, password, continuations, devices, lifetime, context } = request;
        let mut reader = Reader::default();
        let identifier = identifier.read(&mut reader);
        let password = reader.required_string(Field::Password, password);
        let (identifier, password) = reader.violations.into_value(identifier.zip(password))?;
        let identifier = Identifier::read(&identifier);
        // A client that brings a device token may be beyond that limit.
        let of_client = devices.is_empty().then_some(("sign_in_failures", self.settings.limits.sign_in_failures));
        self.refuse_if_overloaded(Urgency::SignIn, &context.client, of_client).await?;
        let Identified { credential, attempt } = self.find_claimed(&identifier, &continuations).await?;
        let tries = match &credential {
            Some(credential) => {
                let device = DeviceToken::find(&devices, &self.settings.master_keys, credential);
                Tries::of(credential, &context.client, device)
            }
            None => Tries::of_nobody(identifier.key(), &context.client),
        };
        let asking = Asking { purpose: ChallengePurpose::SignIn, identifier: identifier.key(), context: &context };
        let places = self.challenged_places_for_try(&tries, attempt.is_some(), &asking).await?;
        let (mut slot, second_slot, counted) = places;
        if let (Some(attempt), Some(second_slot)) = (attempt, second_slot) {
            // The try stays counted, or anyone who has a registration of another person's address could clear their own
            // tries at that person's account.
            if self.judge_try(slot, &password, attempt.password_hash, &counted).await? {
                return Err(SignInError::EmailUnverified);
            }
            slot = second_slot;
        }
        let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let is_right = self.judge_try(slot, &password, hash, &counted).await?;
        let credential = credential.as_ref().filter(|credential| is_right && !credential.is_disabled);
        let Some(credential) = credential else {
            self.note_failure(identifier.key(), &context.client).await;
            return Err(SignInError::WrongCredentials);
        };
        let signed_in = self.open_signed_in(credential, &password, lifetime, &context).await?;
        self.take_back_try(&counted).await;
        Ok(signed_in)
    }

    /// Returns the credential of the account with this identifier, and the first registration of the address that one
    /// of the continuations belongs to, if it reads as pending to its holder.
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

    async fn open_signed_in(
        &self,
        credential: &Credential,
        password: &str,
        lifetime: Option<Lifetime>,
        context: &CallContext,
    ) -> Result<SignedInNow, SignInError> {
        let renewed = self.renewed(credential, password, &context.client).await;
        if renewed.is_some() {
            let open = || self.try_open(credential, renewed.clone(), lifetime, context);
            if let Some(signed_in) = self.retried(open).await? {
                return Ok(signed_in);
            }
        }
        let open = || self.try_open(credential, None, lifetime, context);
        self.retried(open).await?.ok_or(SignInError::WrongCredentials)
    }

    /// Returns what to store in place of the hash: one with the current parameters if it was made with others, and with
    /// the policy that the password passes if that is unknown. Failing is fine: the next sign-in tries again.
    ///
    /// An imported hash that may be of another text stays as it is: a hash of what was sent, perhaps with a pasted space,
    /// would not match what the person usually types.
    async fn renewed(&self, credential: &Credential, password: &str, client: &Client) -> Option<PasswordHash> {
        let hash = credential.password_hash.as_ref()?;
        #[cfg(feature = "imported-hashes")]
        if Password::new(password).is_ok_and(|password| hash.may_be_of_other_text(&password)) {
            return None;
        }
        let passed = match hash.passed() {
            None => self.find_passed(credential.account, password).await,
            known => known,
        };
        let is_current = self.ports.password_hasher.is_current(hash);
        let rehashed = if is_current { None } else { self.rehash(password, client).await };
        let renewed = rehashed.unwrap_or_else(|| hash.clone()).with_passed(passed);
        (renewed != *hash).then_some(renewed)
    }

    async fn rehash(&self, password: &str, client: &Client) -> Option<PasswordHash> {
        let slot = self.place(Urgency::SignIn, client).ok()?;
        slot.hash(Password::new(password).ok()?, self.salt()).await.ok()
    }

    /// Returns the policy that the account's password passes. Only now, with the right password, can that be found out.
    async fn find_passed(&self, id: AccountId, password: &str) -> Option<PassedPolicy> {
        let account = self.ports.store.begin_read_only().await.ok()?.find_account(id).await.ok()??;
        let (policy, words) = (PasswordPolicy::DEFAULT, account.own_words());
        let mut violations = Violations::default();
        let read = self.read_chosen(Field::Password, password.into(), policy, &words, &mut violations).await;
        Some(read?.passed)
    }

    /// Opens the session, if the account's credential is still the one that was verified. `None` if the new hash could
    /// not be stored; nothing else was stored then either.
    async fn try_open(
        &self,
        verified: &Credential,
        renewed: Option<PasswordHash>,
        lifetime: Option<Lifetime>,
        context: &CallContext,
    ) -> Result<Option<SignedInNow>, SignInError> {
        let id = verified.account;
        let mut change = self.change(context, Actor::Account(id)).await?;
        // A different hash alone is fine: it was upgraded by another sign-in in the meantime. Any other change of a
        // credential increments the epoch.
        let is_as_verified = |now: &Account| now.disabled_at.is_none() && now.credential_epoch == verified.epoch;
        let Some(mut account) = change.unit.find_account(id).await?.filter(is_as_verified) else {
            return Err(SignInError::WrongCredentials);
        };
        if let Some(hash) = renewed
            && account.password_hash == verified.password_hash
        {
            let account_now = Account { password_hash: Some(hash), ..account };
            let Ok(saved) = change.save(account_now).await else { return Ok(None) };
            account = saved;
        }
        let lifetime = lifetime.unwrap_or_else(|| Lifetime::of_role(account.role));
        let session = change.open_session(&account, lifetime).await?;
        let detail = account.is_weak_administrator().then(|| WEAK_PASSWORD.to_owned());
        change.record(AuditEvent::SignedIn, Some(id), detail).await?;
        change.commit().await?;
        Ok(Some(SignedInNow { account, session }))
    }
}
