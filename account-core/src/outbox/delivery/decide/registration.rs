//! Emails for registrations: the verification link, or a notice that the address already has an account.

use super::{Decision, Delivery, Due};
use crate::account::Account;
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::one_time_token::Purpose;
use crate::outbox::mail::{Link, Mail, MailContent};
use crate::outbox::{AboutIdentity, OutboxEntry};
use crate::ports::{StoreError, UnitOfWork};
use crate::profile::Choices;
use crate::provider::NewIdentity;
use crate::registration::allowed_callback::is_still_allowed;
use crate::registration::{Registration, RegistrationState};

const PURPOSE: Purpose = Purpose::EmailVerification;
const EXPIRED: &str = "its token has expired";

impl Delivery {
    /// Decides on the email with this generation of the registration, if no newer one has replaced it.
    pub(super) async fn registration_mail(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        registration: RegistrationId,
        generation: u32,
    ) -> Result<Decision, StoreError> {
        let found = unit.find_registration(registration).await?;
        let Some(found) = found else { return Ok(Decision::Drop("the registration no longer exists")) };
        // The holder sees how this ends, and must not learn whether the registration was renewed by address meanwhile.
        if found.state != RegistrationState::Completed && self.clock.now() >= found.shown_until {
            return Ok(Decision::GiveUp(EXPIRED));
        }
        if found.generation != generation {
            return Ok(Decision::Drop("a newer email replaced it"));
        }
        // A resend is refused earlier. The address can have been corrected back to one that takes no email.
        if found.was_corrected() && unit.has_bounced(registration, found.address.key()).await? {
            return Ok(Decision::Drop("an earlier email to the address bounced"));
        }
        self.compose(unit, entry, &found).await
    }

    /// Returns the verification email of the address's newest registration, for a reset of an address that is only
    /// pending.
    pub(super) async fn repeated_verification(
        &self,
        unit: &mut dyn UnitOfWork,
        entry: &OutboxEntry,
        address: &EmailAddress,
    ) -> Result<Decision, StoreError> {
        match unit.find_newest_uncompleted_registration(address.key()).await? {
            Some(newest) => self.compose(unit, entry, &newest).await,
            None => Ok(Decision::Drop("the registration no longer exists")),
        }
    }

    /// Composes the email for the current state of a registration.
    async fn compose(
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
            return Ok(Decision::GiveUp(EXPIRED));
        }
        let account = unit.find_account_by_email(registration.address.key()).await?;
        let mail = match account {
            // Also for an attempt whose address was taken: its holder sees the state of the email.
            Some(account) => self.already_registered(entry, account, registration.choices.identity.as_ref()),
            None if registration.state != RegistrationState::Pending => {
                return Ok(Decision::Drop("the registration has ended"));
            }
            None => match self.verify_address(unit, entry, registration).await? {
                Some(mail) => mail,
                None => return Ok(Decision::GiveUp("the master key of its token is no longer configured")),
            },
        };
        Ok(Decision::Send { what: Due::Mail(Box::new(mail)), useful_until })
    }

    /// Sent to the address as the account spells it, not as the attempt did.
    fn already_registered(&self, entry: &OutboxEntry, account: Account, identity: Option<&NewIdentity>) -> Mail {
        let (sign_in, forgot) = (self.links.page("sign-in"), self.links.page("forgot"));
        let deletion_due_at = account.deletion_due_at;
        let content = match identity {
            None => MailContent::AlreadyRegistered { sign_in, forgot, deletion_due_at },
            Some(NewIdentity { key, account: at_provider }) => {
                // A stranger chose an address that is not the one written to. It could be a message or look like a link.
                let is_theirs = |label: &String| !label.contains('@') || *label == account.address.as_str();
                let label = at_provider.label.clone().filter(is_theirs);
                let about = AboutIdentity { provider: key.provider.clone(), label };
                MailContent::ProviderLinkOffer { identity: self.named(&about), sign_in, forgot, deletion_due_at }
            }
        };
        Mail {
            id: entry.id,
            to: account.address,
            language: account.profile.email_language(),
            date: entry.created_at,
            content,
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
            // Look it up, because the configured activation may have changed since. A verified one is somebody else's, who
            // took the former address of a corrected registration: the email must not tell.
            let account = unit.find_account(registration.id.into()).await?;
            let account_exists = account.is_some_and(|account| account.verified_at.is_none());
            let subject = channel.and_then(|channel| channel.verification_subject.clone());
            MailContent::VerifyAddress { link, code, expires_at, account_exists, subject }
        };
        Ok(Some(Mail {
            id: entry.id,
            to: address.clone(),
            language: profile.email_language(),
            date: entry.created_at,
            content,
        }))
    }
}
