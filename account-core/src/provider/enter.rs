//! Signing in or registering with an identity.

use super::kept_draft::KeptDraft;
use super::{FinishProviderError, FinishedFlow, Identity, NewIdentity, ProviderIdentity, ProviderPerson, Verification};
use crate::audit::{Actor, AuditEvent};
use crate::id::RegistrationId;
use crate::input::Input;
use crate::one_time_token::{Purpose, TokenState};
use crate::outbox::{AboutIdentity, Intent, Notice};
use crate::ports::StoreError;
use crate::ports::store::Update;
use crate::profile::Source;
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::inference::Hints;
use crate::registration::register::{Accepted, Attempt, Examined};
use crate::registration::verify::{CompletedRegistration, Completion};
use crate::service::{AccountService, CallContext, Change, FeatureFlags, Way};
use crate::session::{Lifetime, SignedInNow};
use crate::violation::{Field, Violations};

/// What became of a registration.
enum Entered {
    /// An email is on its way.
    Waiting(Accepted),
    /// The provider vouches for the address: there is an account.
    Completed(Box<CompletedRegistration>),
}

impl AccountService {
    /// Signs in to the account of the identity, or registers the person.
    pub(super) async fn enter(
        &self,
        identity: ProviderIdentity,
        kept: KeptDraft,
        rules: &RegistrationRules,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        match self.retried(|| self.sign_in_with(&identity, context)).await? {
            Some(signed_in) => Ok(FinishedFlow::SignedIn(signed_in)),
            None => self.register_with(identity, kept, rules, context).await,
        }
    }

    /// Opens a session of the account that the identity is linked to; `None` if it is linked to none.
    async fn sign_in_with(
        &self,
        identity: &ProviderIdentity,
        context: &CallContext,
    ) -> Result<Option<SignedInNow>, FinishProviderError> {
        let found = self.ports.store.begin_read_only().await?.find_identity(&identity.key).await?;
        let Some(Identity { owner: id, .. }) = found else { return Ok(None) };
        let mut change = self.change(context, Actor::Account(id)).await?;
        // Locked first: unlinking and deleting lock the account too.
        let account = change.unit.find_account(id).await?;
        let now = change.unit.find_identity(&identity.key).await?.filter(|now| now.owner == id);
        let Some((account, now)) = account.zip(now) else {
            return Err(StoreError::aborted("the identity was just unlinked").into());
        };
        if account.disabled_at.is_some() {
            return Err(FinishProviderError::Disabled);
        }
        change.note_use(now, &identity.account).await?;
        let session = change.open_session(&account, Lifetime::of_role(account.role)).await?;
        let detail = identity.key.provider.to_string();
        change.record(AuditEvent::SignedIn, Some(id), Some(detail)).await?;
        change.commit().await?;
        Ok(Some(SignedInNow { account, session }))
    }

    /// Registers the person with the identity. Nothing is hashed. By its rules it is a registration like any other; no
    /// challenge is asked for, because an account at a provider costs more than any.
    async fn register_with(
        &self,
        identity: ProviderIdentity,
        kept: KeptDraft,
        rules: &RegistrationRules,
        context: &CallContext,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let context = CallContext { channel: rules.channel.to_owned(), ..context.clone() };
        let client = &context.client;
        let snapshot = self.snapshot().await?;
        snapshot.flags.closed_to_all(Way::Provider)?;
        let ProviderIdentity { key, account, person } = identity;
        let claim = person.address.clone().ok_or(FinishProviderError::NoAddress)?;
        let mut draft = kept.into_draft();
        draft.email = claim.address.as_str().into();
        let said = self.tell(&mut draft, person);
        let hints = Hints::of(&draft);
        let Examined { reading, origin } = self.examine_fields(draft, rules, client, Way::Provider).await?;
        let (mut choices, address) = (reading.choices, reading.violations.into_value(reading.address)?);
        snapshot.flags.closed_to(&address, choices.organization, Way::Provider)?;
        self.count(&self.registration_charges(address.key(), client).await).await?;
        choices.profile.sources.extend(said);
        self.infer(&mut choices.profile, &hints, client).await;
        let is_vouched_for = claim.verification == Verification::Verified
            && self.find_provider(&key.provider).is_some_and(|(_, settings)| settings.trusts_verified_email);
        choices.identity = Some(NewIdentity { key, account });
        let attempt = Attempt { address: address.clone(), password_hash: None, choices, origin };
        match self.retried(|| self.write_entered(attempt.clone(), is_vouched_for, &context)).await? {
            Entered::Waiting(accepted) => {
                self.note_accepted(client).await;
                Ok(FinishedFlow::Registered { accepted, address })
            }
            Entered::Completed(completed) => Ok(FinishedFlow::Completed(completed)),
        }
    }

    /// Adds to the draft what the person has not said and the provider knows. Returns which fields these are.
    fn tell(&self, draft: &mut RegistrationDraft, person: ProviderPerson) -> Vec<(String, Source)> {
        let ProviderPerson { address: _, name, given_name, family_name, language, country, time_zone } = person;
        let reference = &*self.ports.reference_data;
        let names_nobody = [&draft.name, &draft.given_name, &draft.family_name].iter().all(|it| **it == Input::Absent);
        let [name, given_name, family_name] = [name, given_name, family_name].map(|part| part.filter(|_| names_nobody));
        let known = [
            (Field::Name, &mut draft.name, name),
            (Field::GivenName, &mut draft.given_name, given_name),
            (Field::FamilyName, &mut draft.family_name, family_name),
            (Field::Language, &mut draft.language, language.and_then(|tag| reference.language(&tag))),
            (Field::Country, &mut draft.country, country.and_then(|code| reference.country(&code))),
            (Field::TimeZone, &mut draft.time_zone, time_zone.and_then(|name| reference.time_zone(&name))),
        ];
        let mut said = Vec::new();
        for (field, input, value) in known {
            if let Some(value) = value
                && *input == Input::Absent
            {
                *input = Input::Given(value);
                said.push((field.name().to_owned(), Source::Provider));
            }
        }
        said
    }

    /// Stores the registration with its token and the outbox entry for its email; or, if the provider vouches for the
    /// address and that has no account, the account: in one commit either way.
    async fn write_entered(
        &self,
        mut attempt: Attempt,
        is_vouched_for: bool,
        context: &CallContext,
    ) -> Result<Entered, FinishProviderError> {
        let id = RegistrationId::generate(&*self.ports.clock, &*self.ports.entropy);
        let mut change = self.change(context, Actor::Account(id.into())).await?;
        if is_vouched_for {
            change.unit.hold_addresses(&[attempt.address.key()]).await?;
        }
        // Check again: the snapshot may be outdated.
        let flags = FeatureFlags::of(&mut *change.unit).await?;
        flags.closed_to(&attempt.address, attempt.choices.organization, Way::Provider)?;
        attempt.choices.profile.newsletter &= flags.newsletter.enabled;
        let mut violations = Violations::default();
        change.note_taken_name(&attempt, &mut violations).await?;
        violations.into_result()?;
        // An account with the address is never signed in to or linked: its owner is emailed, as for any provider.
        if !is_vouched_for || change.unit.find_account_by_email(attempt.address.key()).await?.is_some() {
            let (_, accepted) = change.insert_attempt(id, attempt).await?;
            change.commit().await?;
            return Ok(Entered::Waiting(accepted));
        }
        let completed = self.complete_vouched_for(change, id, attempt, &flags).await?;
        Ok(Entered::Completed(Box::new(completed)))
    }

    /// Completes a registration in the unit of work that makes it.
    async fn complete_vouched_for(
        &self,
        mut change: Change<'_>,
        id: RegistrationId,
        attempt: Attempt,
        flags: &FeatureFlags,
    ) -> Result<CompletedRegistration, FinishProviderError> {
        let (registration, _) = change.insert_unmailed(id, attempt).await?;
        if let Some(NewIdentity { key, account }) = &registration.choices.identity {
            // Nobody has asked the owner of the mailbox: they are told.
            let about = AboutIdentity { provider: key.provider.clone(), label: account.label.clone() };
            let (address, notice) = (registration.address.clone(), Notice::IdentityLinked);
            change.enqueue(Intent::Notice { account: id.into(), address, notice, identity: Some(about) }).await?;
        }
        let completion = Completion::vouched_for(registration);
        if change.unit.end_registration(id, completion.ending()).await? == Update::Missed {
            return Err(StoreError::transient("the registration has just ended").into());
        }
        change.unit.end_tokens_of_subject(Purpose::EmailVerification, id.as_uuid(), TokenState::Used).await?;
        let completed = self.create_account_of(change, &completion, id.into(), flags, &[]).await?;
        self.note_completed();
        completed.ok_or_else(|| StoreError::aborted("another registration was faster").into())
    }
}
