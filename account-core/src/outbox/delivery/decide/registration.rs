//! Mails for registrations: the verification link, or a notice that the address already has an account.

use super::{Decision, Delivery, Due};
use crate::account::Account;
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::one_time_token::{Purpose, TokenState};
use crate::outbox::mail::{Link, Mail, MailContent};
use crate::outbox::{Decided, OutboxEntry};
use crate::ports::store::Update;
use crate::ports::{StoreError, UnitOfWork};
use crate::profile::Choices;
use crate::registration::allowed_callback::is_still_allowed;
use crate::registration::{Registration, RegistrationState, derive_token};
use crate::service::FeatureFlags;

const PURPOSE: Purpose = Purpose::EmailVerification;

impl Delivery {
    /// Decides on the mail with this generation of the registration, if no newer one has replaced it.
    pub(super) async fn registration_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        registration: RegistrationId,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let found = unit.find_registration(registration).await?;
        let Some(found) = found else { return Ok(Decision::Drop("the registration is gone")) };
        if found.generation != generation {
            return Ok(Decision::Drop("a newer mail takes its place"));
        }
        self.compose(unit, entry, &found).await
    }

    /// Decides for a resend which registration gets a new mail.
    pub(super) async fn resend(&self, entry: &OutboxEntry, address: &EmailAddress) -> Result<Decision, StoreError> {
        let mut unit = self.store.begin().await?;
        // Completing a registration of the address ends its tokens at the same time: lock the address.
        unit.hold_addresses(&[address.key()]).await?;
        let found = match entry.intent.registration() {
            Some(id) => unit.find_registration(id).await?,
            None => unit.find_newest_uncompleted_registration(address.key()).await?,
        };
        match found.filter(|found| found.state != RegistrationState::Completed) {
            Some(found) => self.renew(unit, entry, found).await,
            None => Ok(Decision::Drop("no registration is pending")),
        }
    }

    /// Gives the registration a new token and code, once, and records that this entry mails them.
    async fn renew(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        entry: &OutboxEntry,
        found: Registration,
    ) -> Result<Decision, StoreError> {
        if FeatureFlags::of(&mut *unit).await?.refuses_renewal(&found.address).is_err() {
            // The mail would lead nowhere.
            return Ok(Decision::Drop("registration is closed"));
        }
        if unit.has_bounced(found.id).await? {
            return Ok(Decision::Drop("a mail to its address came back"));
        }
        let is_pending = found.state == RegistrationState::Pending;
        let key = &self.master_keys.current;
        let expires_at = self.clock.now() + self.verification_ttl;
        let (token, code) = derive_token(key, found.id, found.generation + 1, &found.address, expires_at);
        let renewed =
            Registration { generation: token.generation, code, key_id: token.key_id.clone(), expires_at, ..found };
        // Update the registration first: of two renewals at the same time, one fails here.
        if unit.renew_registration(&renewed).await? == Update::Missed {
            return Ok(Decision::Drop("the registration has just ended or was just renewed"));
        }
        if is_pending {
            unit.end_tokens_of_subject(PURPOSE, token.subject, TokenState::Superseded).await?;
            unit.insert_token(&token).await?;
        }
        let decided = Decided::Registration(renewed.id, renewed.generation);
        if unit.decide_entry(entry.id, entry.fence, decided).await? == Update::Missed {
            return Ok(Decision::Lost);
        }
        // If the address was taken in another way, no verification mail is due. But to its holder the attempt must look
        // and last like a pending one.
        let decision = self.compose(&mut *unit, entry, &renewed).await?;
        unit.commit().await?;
        Ok(decision)
    }

    /// Composes the mail for the current state of a registration.
    pub(super) async fn compose(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        registration: &Registration,
    ) -> Result<Decision, StoreError> {
        if registration.state == RegistrationState::Completed {
            return Ok(Decision::Drop("the registration has ended"));
        }
        let useful_until = registration.expires_at;
        if self.clock.now() >= useful_until {
            return Ok(Decision::GiveUp("the token in it has expired"));
        }
        let account = unit.find_account_by_email(registration.address.key()).await?;
        let mail = match account {
            // Also for an attempt whose address was taken: its holder sees the state of the mail.
            Some(account) => self.already_registered(entry, account),
            None if registration.state != RegistrationState::Pending => {
                return Ok(Decision::Drop("the registration has ended"));
            }
            None => match self.verify_address(unit, entry, registration).await? {
                Some(mail) => mail,
                None => return Ok(Decision::GiveUp("the master key of its token is not configured any more")),
            },
        };
        Ok(Decision::Send { what: Due::Mail(Box::new(mail)), useful_until })
    }

    /// Sent to the address as the account spells it, not as the attempt did.
    fn already_registered(&self, entry: &OutboxEntry, account: Account) -> Mail {
        Mail {
            id: entry.id,
            to: account.address,
            language: account.profile.language,
            date: entry.created_at,
            content: MailContent::AlreadyRegistered {
                sign_in: self.links.page("sign-in"),
                forgot: self.links.page("forgot"),
                deletion_due_at: account.deletion_due_at,
            },
        }
    }

    /// Returns `None` if the key of its token no longer exists.
    async fn verify_address(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        registration: &Registration,
    ) -> Result<Option<Mail>, StoreError> {
        let Some(key) = self.master_keys.find(&registration.key_id) else { return Ok(None) };
        let (subject, generation, address) =
            (registration.id.as_uuid(), registration.generation, &registration.address);
        let token = key.token(PURPOSE, subject, generation, address);
        let Choices { profile, callback_url, link_to_callback, .. } = &registration.choices;
        let goes_there =
            *link_to_callback && is_still_allowed(unit, &self.callback_origins, &registration.choices).await?;
        let callback = callback_url.as_deref().filter(|_| goes_there);
        let link = callback.and_then(|callback| Link::with_token(callback, &token));
        let link = link.unwrap_or_else(|| self.links.token(PURPOSE, &token));
        let expires_at = registration.expires_at;
        let channel = self.channels.get(&registration.origin.channel);
        let content = if profile.has_password_by_administrator() {
            MailContent::AccountMade { link, expires_at }
        } else {
            let is_code_of_use = !channel.is_some_and(|channel| channel.withholds_continuation);
            let code = is_code_of_use.then(|| key.code(PURPOSE, subject, generation, address));
            // Look it up, because the configured activation may have changed since.
            let account_exists = unit.find_account(registration.id.into()).await?.is_some();
            let subject = channel.and_then(|channel| channel.verification_subject.clone());
            MailContent::VerifyAddress { link, code, expires_at, account_exists, subject }
        };
        Ok(Some(Mail {
            id: entry.id,
            to: address.clone(),
            language: profile.language.clone(),
            date: entry.created_at,
            content,
        }))
    }
}
