//! Deciding which email to send for an intent, or what an event contains.

mod account;
mod event;
mod invitation;
mod registration;
mod reset;

use super::Delivery;
use super::decision::{Decision, Due};
use crate::account::Account;
use crate::email_address::EmailAddress;
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenState};
use crate::outbox::mail::NamedIdentity;
use crate::outbox::{AboutIdentity, Intent, OutboxEntry};
use crate::ports::{StoreError, UnitOfWork};

/// An emailed token that can still be used.
struct Live {
    secret: SecretToken,
    token: OneTimeToken,
}

impl Delivery {
    /// Decides for each entry, in one unit of work.
    pub(super) async fn decide_by_reading(&self, entries: &[OutboxEntry]) -> Result<Vec<Decision>, StoreError> {
        let mut unit = self.store.begin_read_only().await?;
        let mut decisions = Vec::with_capacity(entries.len());
        for entry in entries {
            decisions.push(self.look_up(&mut *unit, entry).await?);
        }
        Ok(decisions)
    }

    /// Decides for one entry, in its own unit of work.
    pub(super) async fn decide_one_by_reading(&self, entry: &OutboxEntry) -> Result<Decision, StoreError> {
        self.look_up(&mut *self.store.begin_read_only().await?, entry).await
    }

    /// Returns the decision for an entry that needs no new token.
    async fn look_up(&self, unit: &mut dyn UnitOfWork, entry: &OutboxEntry) -> Result<Decision, StoreError> {
        let now = self.clock.now();
        if entry.created_at.is_from_the_future(now) {
            // No email says that it is of tomorrow.
            let capped = OutboxEntry { created_at: now, ..entry.clone() };
            return self.look_up_intent(unit, &capped).await;
        }
        self.look_up_intent(unit, entry).await
    }

    async fn look_up_intent(&self, unit: &mut dyn UnitOfWork, entry: &OutboxEntry) -> Result<Decision, StoreError> {
        match &entry.intent {
            Intent::Registration { registration, generation, .. }
            | Intent::Resend { registration: Some(registration), generation: Some(generation), .. } => {
                self.registration_mail(unit, entry, *registration, *generation).await
            }
            Intent::PasswordReset { decided: Some((account, generation)), .. } => {
                self.reset_mail(unit, entry, *account, *generation).await
            }
            Intent::RepeatVerification { address } => self.repeated_verification(unit, entry, address).await,
            Intent::AddressChange { account, address, generation } => {
                self.address_change_mail(unit, entry, *account, address, *generation).await
            }
            Intent::SecondaryAddress { account, address, generation } => {
                self.secondary_address_mail(unit, entry, *account, address, *generation).await
            }
            Intent::Invitation { invitation, generation, .. } => {
                self.invitation_mail(unit, entry, *invitation, *generation).await
            }
            Intent::Notice { account, address, notice, identity } => {
                self.notice_mail(unit, entry, *account, address, (*notice, identity.as_ref())).await
            }
            Intent::Event { account, endpoint, event } => self.event(unit, entry, *account, endpoint, *event).await,
            // They wait in another queue until they are decided. A decided one names its registration.
            Intent::Resend { .. } | Intent::PasswordReset { decided: None, .. } => {
                Ok(Decision::GiveUp("it was never decided"))
            }
        }
    }

    /// Returns an identity as emails name it.
    fn named(&self, about: &AboutIdentity) -> NamedIdentity {
        let settings = self.providers.get(&about.provider);
        // A provider that is no longer configured: by its name.
        let provider = settings.map_or_else(|| about.provider.to_string(), |settings| settings.title.clone());
        NamedIdentity { provider, account: about.label.clone() }
    }

    /// Returns the account's token with this generation and address and its derived secret, or the reason why the email
    /// is no longer due.
    async fn find_live(
        &self,
        unit: &mut dyn UnitOfWork,
        purpose: Purpose,
        account: &Account,
        generation: u32,
        address: &EmailAddress,
    ) -> Result<Result<Live, Decision>, StoreError> {
        for key in std::iter::once(&self.master_keys.current).chain(&self.master_keys.retired) {
            let secret = key.token(purpose, account.id.as_uuid(), generation, address);
            let Some(token) = unit.find_token(&secret.digest()).await? else { continue };
            return Ok(if token.state != TokenState::Live {
                Err(Decision::Drop("its token is no longer valid"))
            } else if self.clock.now() >= token.expires_at {
                Err(Decision::GiveUp("its token has expired"))
            } else {
                Ok(Live { secret, token })
            });
        }
        // Tokens are kept longer than emails, and deleted only with their account: so it is the key that is missing.
        Ok(Err(Decision::GiveUp("the master key of its token is no longer configured")))
    }
}
