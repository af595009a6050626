//! Going on in the tab in which one registered, after the registration was completed elsewhere.

use super::Registration;
use super::offer::find_offer;
use crate::account::{Account, Role};
use crate::audit::{Actor, AuditEvent};
use crate::id::{AccountId, RegistrationId};
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken};
use crate::ports::UseCase;
use crate::ports::store::Update;
use crate::service::{AccountService, CallContext, Failure};
use crate::session::{Lifetime, SignedInNow};

/// The detail of the audit entry of such a sign-in.
const DETAIL: &str = "registration";

/// Why no session was opened.
#[derive(Debug, thiserror::Error)]
pub enum ContinueError {
    /// There is no such registration, or the continuation does not belong to it.
    #[error("the registration is unknown")]
    Unknown,
    /// It is not completed, as far as its holder may know.
    #[error("the registration is not completed")]
    Pending,
    /// It opens no session, or no longer: the person signs in with the password.
    #[error("the registration opens no session")]
    Gone,
    /// Limited or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl ContinueError {
    /// Returns the outcome for observers.
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Gone => "gone",
            Self::Failed(failure) => failure.outcome(),
        }
    }
}

use_case_error!(ContinueError: Failed);

impl AccountService {
    /// Opens a session for the client that registered, if the registration was completed elsewhere with its password: in
    /// another browser, which got no session. Once, and within [`OFFER_LASTS`](super::offer::OFFER_LASTS). Of parallel
    /// requests, one gets the session.
    ///
    /// Not if a credential or the role changed since, nor if the account is disabled or about to be deleted. The session
    /// is as fresh as the registration is old: its client gave the password then, not now.
    ///
    /// # Errors
    /// [`ContinueError`]; no session was opened.
    pub async fn continue_registration(
        &self,
        registration: RegistrationId,
        continuation: &SecretToken,
        context: &CallContext,
    ) -> Result<SignedInNow, ContinueError> {
        let outcome = self.try_continue(registration, continuation, context).await;
        let word = outcome.as_ref().map_or_else(ContinueError::outcome, |_| "signed_in");
        self.observe(UseCase::Continuation, &context.channel, word);
        outcome
    }

    async fn try_continue(
        &self,
        registration: RegistrationId,
        continuation: &SecretToken,
        context: &CallContext,
    ) -> Result<SignedInNow, ContinueError> {
        self.count_verification(&context.client).await?;
        let found = self.find_continued(registration, continuation).await?.ok_or(ContinueError::Unknown)?;
        if !found.reads_as_completed() {
            return Err(ContinueError::Pending);
        }
        self.retried(|| self.open_offered(&found, context)).await
    }

    async fn open_offered(
        &self,
        registration: &Registration,
        context: &CallContext,
    ) -> Result<SignedInNow, ContinueError> {
        // The account's id is known only from the offer, and the account is locked before the offer is used.
        let mut change = self.change(context, Actor::Service).await?;
        let offer = find_offer(&mut *change.unit, registration, change.now).await?.ok_or(ContinueError::Gone)?;
        let id = AccountId::from_uuid(offer.subject);
        let account = change.unit.find_account(id).await?.filter(|account| is_as_offered(account, &offer));
        let account = account.ok_or(ContinueError::Gone)?;
        let purpose = Purpose::RegistrationSession;
        if change.unit.redeem_token(&offer.digest, purpose, change.now).await? == Update::Missed {
            return Err(ContinueError::Gone);
        }
        change.actor = Actor::Account(id);
        let lifetime = Lifetime::of_role(account.role);
        let session = change.open_session_since(&account, lifetime, registration.created_at).await?;
        change.record(AuditEvent::SignedIn, Some(id), Some(DETAIL.to_owned())).await?;
        change.commit().await?;
        Ok(SignedInNow { account, session })
    }
}

/// Returns whether nothing has happened to the account since that needs the password again.
fn is_as_offered(account: &Account, offer: &OneTimeToken) -> bool {
    account.disabled_at.is_none()
        && account.deletion_due_at.is_none()
        && account.role == Role::User
        && offer.epoch == Some(account.credential_epoch)
}
