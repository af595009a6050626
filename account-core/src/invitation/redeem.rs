//! Accepting an invitation: redeems its link with a password, and creates the account.

use super::right::is_vouched_for;
use super::{Invitation, InvitationState};
use crate::account::Account;
use crate::account::Role;
use crate::account::details::{ProfileEdits, note_taken_user_name};
use crate::audit::{Actor, AuditEvent};
use crate::consent::GivenConsent;
use crate::email_address::EmailAddress;
use crate::id::{AccountId, InvitationId};
use crate::input::Input;
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenDigest, TokenState};
use crate::outbox::Notice;
use crate::password::PasswordHash;
use crate::password::policy::PasswordPolicy;
use crate::ports::store::{Insert, Unique, Update};
use crate::ports::{HashingSlot, StoreError, UnitOfWork, Urgency};
use crate::profile::Source;
use crate::registration::verify::{Gone, end_attempts};
use crate::service::{AccountService, CallContext, Change, Failure, FeatureFlags};
use crate::session::Lifetime;
use crate::session::SignedInNow;
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violation, Violations};

const PURPOSE: Purpose = Purpose::Invitation;

/// A request to accept an invitation. The account's role, organization and address come from the invitation, not from
/// the request.
pub struct AcceptRequest {
    /// The token of the link, as received.
    pub token: String,
    /// The password that the person chooses.
    pub password: Input,
    /// Details of the person. Secondary addresses are ignored here, because each must be verified.
    pub edits: ProfileEdits,
    /// What the person agrees to.
    pub consent: GivenConsent,
    /// The policy that the password must meet; an administrator's password must meet the default policy too.
    pub password_policy: PasswordPolicy,
    /// The caller.
    pub context: CallContext,
}

opaque_debug!(AcceptRequest);

/// What a page may show about an invitation before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationInspection {
    /// The invited address.
    pub address: EmailAddress,
    /// When it expires.
    pub expires_at: Timestamp,
    /// The role that it gives; it decides which passwords are accepted ([`Role::password_policy`]).
    pub role: Role,
}

/// Why an invitation was not accepted. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// There is no such token.
    #[error("the token is unknown")]
    Unknown,
    /// The token can no longer be used.
    #[error("the token is no longer valid")]
    Gone(Gone),
    /// The password or details break rules. The list is complete.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// Registration is closed, also for pending invitations.
    #[error("registration is closed")]
    RegistrationClosed {
        /// The reason that the administrators gave.
        reason: Option<String>,
    },
    /// Limited, overloaded or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(AcceptError: Failed, Invalid, RegistrationClosed);

impl AccountService {
    /// Reads the token of an invitation without changing anything, for the page that its link opens.
    ///
    /// # Errors
    /// [`AcceptError::Unknown`], [`AcceptError::Gone`], [`AcceptError::RegistrationClosed`] or [`AcceptError::Failed`].
    pub async fn inspect_invitation(
        &self,
        token: &str,
        context: &CallContext,
    ) -> Result<InvitationInspection, AcceptError> {
        self.count_verification(&context.client).await?;
        let (token, invitation) = self.find_invited(token).await?;
        Ok(InvitationInspection { address: token.address, expires_at: token.expires_at, role: invitation.role })
    }

    /// Accepts an invitation: creates the account with the role and organization of the invitation, and signs the
    /// person in.
    ///
    /// Of parallel requests with the same token, exactly one succeeds. A requested username that is taken is reported
    /// like any other broken rule, and the token can still be used.
    ///
    /// # Errors
    /// [`AcceptError`] if the token, the password or the details are not accepted.
    pub async fn accept_invitation(&self, request: AcceptRequest) -> Result<SignedInNow, AcceptError> {
        let AcceptRequest { token, password, edits, consent, password_policy, context } = request;
        let charges = self.verification_charges(&context.client).await;
        let slot = self.counted_place(Urgency::Completion, &context.client, &charges).await?;
        let (token, invitation) = self.find_invited(&token).await?;
        let now = self.ports.clock.now();
        let mut account = account_of(&invitation, &token.address, now);
        let mut unit = self.ports.store.begin_read_only().await?;
        let rules = self.edit_rules(&FeatureFlags::of(&mut *unit).await?);
        let mut violations = edits.apply(&mut account, &rules, Source::Given);
        note_taken_user_name(&mut *unit, &account, &mut violations).await?;
        drop(unit);
        account.profile.consents = self.settings.consent.read(consent, &context.client, now, &mut violations);
        account.password_hash = Some(self.hash_chosen(slot, password, &account, password_policy, violations).await?);
        let digest = &token.digest;
        let accepted = self.retried(|| self.accept(account.clone(), &invitation, digest, &context));
        match accepted.await? {
            Some(signed_in) => Ok(signed_in),
            None => Err(self.retried(|| self.lose_invitations(&token.address)).await?),
        }
    }

    /// Uses the token and stores the account, all or nothing. `None` if another account has verified the address.
    async fn accept(
        &self,
        mut account: Account,
        invitation: &Invitation,
        token: &TokenDigest,
        context: &CallContext,
    ) -> Result<Option<SignedInNow>, AcceptError> {
        let mut change = self.change(context, Actor::Account(account.id)).await?;
        let now = change.now;
        (account.verified_at, account.created_at, account.updated_at) = (Some(now), now, now);
        change.unit.hold_addresses(&[account.address.key()]).await?;
        let flags = FeatureFlags::of(&mut *change.unit).await?;
        flags.refuses_pending_invitations()?;
        account.profile.newsletter &= flags.newsletter.enabled;
        spend(&mut *change.unit, token, invitation.id, now).await?;
        must_be_vouched_for(&mut *change.unit, invitation).await?;
        forget_gone_organization(&mut change, &mut account).await?;
        match change.unit.insert_account(&account).await? {
            Insert::Done => {}
            Insert::Conflict(Unique::UserName) => {
                return Err(Violations::from(Violation::new(Field::UserName, Rule::Taken)).into());
            }
            Insert::Conflict(_) => return Ok(None),
        }
        end_attempts(&mut change, account.address.key(), account.id).await?;
        let detail = format!("{} {}", invitation.id, account.role.name());
        change.record(AuditEvent::InvitationAccepted, Some(account.id), Some(detail)).await?;
        if account.role > Role::User {
            change.notify(&account, Notice::BecameAdministrator).await?;
        }
        let session = change.open_session(&account, Lifetime::of_role(account.role)).await?;
        change.commit().await?;
        Ok(Some(SignedInNow { account, session }))
    }

    /// The token of that text and its invitation, if it can be accepted now.
    async fn find_invited(&self, text: &str) -> Result<(OneTimeToken, Invitation), AcceptError> {
        let digest = SecretToken::of_link(text).ok_or(AcceptError::Unknown)?.digest();
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = find_pending(&mut *unit, &digest, self.ports.clock.now()).await?;
        must_be_vouched_for(&mut *unit, &found.1).await?;
        self.snapshot().await?.flags.refuses_pending_invitations()?;
        Ok(found)
    }

    /// Hashes the password, unless anything breaks rules.
    async fn hash_chosen(
        &self,
        slot: Box<dyn HashingSlot>,
        text: Input,
        account: &Account,
        policy: PasswordPolicy,
        mut violations: Violations,
    ) -> Result<PasswordHash, AcceptError> {
        let (words, policy) = (account.own_words(), account.role.password_policy(policy));
        let read = self.read_chosen(Field::Password, text, policy, &words, &mut violations).await;
        let chosen = violations.into_value(read)?;
        Ok(chosen.hash(slot, self.salt()).await?)
    }

    /// The address already has an account: end its invitations, so that their links say so from now on.
    async fn lose_invitations(&self, address: &EmailAddress) -> Result<AcceptError, AcceptError> {
        let mut unit = self.ports.store.begin().await?;
        unit.hold_addresses(&[address.key()]).await?;
        unit.void_invitations(address.key()).await?;
        unit.end_tokens_of_key(PURPOSE, address.key(), TokenState::Void).await?;
        unit.commit().await?;
        Ok(AcceptError::Gone(Gone::AlreadyRegistered))
    }
}

/// Makes the account: its address, role and organization are those of the invitation.
fn account_of(invitation: &Invitation, address: &EmailAddress, now: Timestamp) -> Account {
    Account {
        role: invitation.role,
        organization: invitation.organization,
        organization_role: invitation.organization_role,
        ..Account::new(AccountId::from(invitation.id), address.clone(), now)
    }
}

/// Returns the token with its invitation, if it can be redeemed now.
async fn find_pending(
    unit: &mut dyn UnitOfWork,
    digest: &TokenDigest,
    now: Timestamp,
) -> Result<(OneTimeToken, Invitation), AcceptError> {
    let token = unit.find_token(digest).await?.filter(|token| token.purpose == PURPOSE);
    let token = token.ok_or(AcceptError::Unknown)?;
    let invitation = unit.find_invitation(InvitationId::from_uuid(token.subject)).await?;
    let invitation = invitation.ok_or(AcceptError::Unknown)?;
    let gone = match (invitation.state, token.state) {
        (InvitationState::Accepted, _) | (_, TokenState::Used) => Gone::Used,
        (InvitationState::Void, _) | (InvitationState::Pending, TokenState::Void) => Gone::AlreadyRegistered,
        // Do not tell invited people that they were uninvited: report an expired link.
        (InvitationState::Revoked, _) => Gone::Expired,
        (InvitationState::Pending, TokenState::Superseded) => Gone::Superseded,
        (InvitationState::Pending, TokenState::Live) if now >= token.expires_at.min(invitation.expires_at) => {
            Gone::Expired
        }
        (InvitationState::Pending, TokenState::Live) => return Ok((token, invitation)),
    };
    Err(AcceptError::Gone(gone))
}

/// Refuses an invitation whose inviter has lost the permission to make it, as if it were revoked.
async fn must_be_vouched_for(unit: &mut dyn UnitOfWork, invitation: &Invitation) -> Result<(), AcceptError> {
    if is_vouched_for(unit, invitation).await? { Ok(()) } else { Err(AcceptError::Gone(Gone::Expired)) }
}

/// Marks token and invitation as used. A second request finds nothing to mark.
async fn spend(
    unit: &mut dyn UnitOfWork,
    digest: &TokenDigest,
    invitation: InvitationId,
    now: Timestamp,
) -> Result<(), AcceptError> {
    let is_first = unit.redeem_token(digest, PURPOSE, now).await? == Update::Applied
        && unit.end_invitation(invitation, InvitationState::Accepted).await? == Update::Applied;
    if is_first {
        unit.end_tokens_of_subject(PURPOSE, invitation.as_uuid(), TokenState::Used).await?;
        return Ok(());
    }
    // Another request was faster since the token was read: return its new state.
    find_pending(unit, digest, now).await?;
    Err(AcceptError::Gone(Gone::Used))
}

/// The organization may have been deleted since the invitation was made.
async fn forget_gone_organization(change: &mut Change<'_>, account: &mut Account) -> Result<(), StoreError> {
    if let Some(organization) = account.organization
        && change.unit.find_organization(organization).await?.is_none()
    {
        (account.organization, account.organization_role) = (None, None);
    }
    Ok(())
}
