//! Verifying an address: redeems a token or code with a proof, and creates the account.

mod complete;
mod outcome;
mod request;

use super::{MAX_CODE_TRIES, Registration, RegistrationState};
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::RegistrationId;
use crate::input::Input;
use crate::one_time_token::{OneTimeToken, Purpose, SecretToken, TokenDigest, TokenState, VerificationCode};
use crate::password::policy::PasswordPolicy;
use crate::password::{Password, PasswordHash};
use crate::ports::store::Update;
use crate::ports::{HashingSlot, StoreError, UnitOfWork, Urgency, UseCase};
use crate::provider::ProviderName;
use crate::service::AccountService;
use crate::timestamp::Timestamp;
use crate::violation::{Field, Violations};
pub(crate) use complete::Completion;

pub(crate) use complete::end_attempts;
pub use outcome::{CompletedRegistration, Gone, VerifyError};
pub use request::{Proof, Spend, VerifyRequest};

const PURPOSE: Purpose = Purpose::EmailVerification;

/// What a page may show about a token before it is redeemed.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The address that it verifies.
    pub address: EmailAddress,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Whether one of the continuations is a sufficient proof: one click is enough.
    pub is_continued: bool,
    /// Whether the registration has a password that can be used as proof.
    pub has_password: bool,
    /// The provider with whose identity the registration was made: signing in there again is a sufficient proof.
    pub provider: Option<ProviderName>,
    /// Whether the token alone is enough, as the operator configured for the channel.
    pub needs_no_proof: bool,
}

impl AccountService {
    /// Reads a token without changing anything, for the page that a link opens.
    ///
    /// # Errors
    /// [`VerifyError::Unknown`], [`VerifyError::Gone`], [`VerifyError::Closed`] or [`VerifyError::Failed`].
    pub async fn inspect_token(
        &self,
        token: &str,
        continuations: &[SecretToken],
        client: &Client,
    ) -> Result<Inspection, VerifyError> {
        self.count_verification(client).await?;
        let mut unit = self.ports.store.begin_read_only().await?;
        let (token, registration) = self.find_live(&mut *unit, token).await?;
        let continued = find_continued(&mut *unit, &token, continuations, self.ports.clock.now()).await?;
        self.refuse_while_closed(continued.as_ref().unwrap_or(&registration)).await?;
        Ok(Inspection {
            address: token.address,
            expires_at: token.expires_at,
            is_continued: continued.is_some(),
            has_password: registration.password_hash.is_some(),
            provider: registration.choices.identity.as_ref().map(|identity| identity.key.provider.clone()),
            needs_no_proof: self.needs_no_proof(&registration),
        })
    }

    /// Redeems a token or code with a proof, and creates the account.
    ///
    /// Of parallel requests with the same token, exactly one succeeds. The account gets the address that the token was
    /// emailed to.
    ///
    /// # Errors
    /// [`VerifyError`] if the token, code or proof is not accepted.
    pub async fn verify_email(&self, request: VerifyRequest) -> Result<CompletedRegistration, VerifyError> {
        let channel = request.context.channel.clone();
        let outcome = self.prove(request).await;
        let word = outcome.as_ref().map_or_else(VerifyError::outcome, |_| "verified");
        self.observe(UseCase::Verification, &channel, word);
        if outcome.is_ok() {
            self.note_completed();
        }
        outcome
    }

    async fn prove(&self, request: VerifyRequest) -> Result<CompletedRegistration, VerifyError> {
        let VerifyRequest { spend, proof, password_policy, context } = request;
        let needs_hash = !matches!(spend, Spend::Code { .. }) && proof.is_password();
        let client = &context.client;
        let charges = self.verification_charges(client).await;
        let slot = if needs_hash {
            Some(self.counted_place(Urgency::Completion, client, &charges).await?)
        } else {
            self.count(&charges).await?;
            None
        };
        let completion = match spend {
            Spend::Token(token) => self.prove_by_token(&token, None, proof, slot, password_policy, client).await?,
            Spend::TokenMailedTo { token, address } => {
                self.prove_by_token(&token, Some(&address), proof, slot, password_policy, client).await?
            }
            Spend::Code { registration, code } => self.prove_by_code(registration, &code, proof).await?,
        };
        self.complete(&completion, &context).await
    }

    async fn prove_by_token(
        &self,
        text: &str,
        address: Option<&str>,
        proof: Proof,
        slot: Option<Box<dyn HashingSlot>>,
        policy: PasswordPolicy,
        client: &Client,
    ) -> Result<Completion, VerifyError> {
        // The unit of work ends before hashing starts.
        let mut unit = self.ports.store.begin_read_only().await?;
        let (token, registration) = self.find_live(&mut *unit, text).await?;
        if address.is_some_and(|address| !is_spelling_of(address, &token.address)) {
            return Err(VerifyError::Unknown);
        }
        let continued = find_continued(&mut *unit, &token, &proof.continuations, self.ports.clock.now()).await?;
        drop(unit);
        let subject = continued.as_ref().unwrap_or(&registration);
        self.refuse_while_closed(subject).await?;

        let has_continuation = !proof.continuations.is_empty();
        let has_credential = registration.has_credential();
        let completion = match (proof.new_password, continued, proof.password, slot) {
            (Input::Absent, Some(continued), _, _) => Completion::continuing(continued, token),
            (Input::Absent, None, Some(password), Some(slot)) => {
                check_password(slot, &password, &registration).await?;
                Completion::by_password(registration, token)
            }
            (new_password @ (Input::Given(_) | Input::Mistyped), _, _, Some(slot)) => {
                let mut violations = Violations::default();
                let now = self.ports.clock.now();
                let consents = self.settings.consent.read(proof.consent, client, now, &mut violations);
                let hash = self.hash_new_password(slot, new_password, &token.address, policy, violations).await?;
                Completion::taking(registration, token, hash, consents)
            }
            _ if self.needs_no_proof(&registration) => Completion::by_token_alone(registration, token),
            // Without a credential, only a new password can complete the attempt.
            _ if has_continuation && has_credential => return Err(VerifyError::WrongProof(Field::Continuation)),
            _ => return Err(VerifyError::ProofRequired),
        };
        Ok(completion)
    }

    /// Returns whether the emailed token alone completes the registration. A registration whose credential was wiped
    /// needs a new password.
    fn needs_no_proof(&self, registration: &Registration) -> bool {
        registration.password_hash.is_some()
            && !registration.choices.profile.has_password_by_administrator()
            && self.settings.redeems_by_token(&registration.origin.channel)
    }

    async fn hash_new_password(
        &self,
        slot: Box<dyn HashingSlot>,
        text: Input,
        address: &EmailAddress,
        policy: PasswordPolicy,
        mut violations: Violations,
    ) -> Result<PasswordHash, VerifyError> {
        let words = [address.as_str()];
        let read = self.read_chosen(Field::NewPassword, text, policy, &words, &mut violations).await;
        let chosen = violations.into_value(read).map_err(VerifyError::Invalid)?;
        Ok(chosen.hash(slot, self.salt()).await?)
    }

    async fn count_code_try(&self, id: RegistrationId) -> Result<(), VerifyError> {
        let mut unit = self.ports.store.begin().await?;
        if unit.count_code_try(id, MAX_CODE_TRIES).await? == Update::Missed {
            return Err(VerifyError::TooManyTries);
        }
        Ok(unit.commit().await?)
    }

    async fn prove_by_code(&self, id: RegistrationId, text: &str, proof: Proof) -> Result<Completion, VerifyError> {
        if proof.continuations.is_empty() {
            return Err(VerifyError::ProofRequired);
        }
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_registration(id).await?;
        drop(unit);
        let is_held = |found: &Registration| proof.continuations.iter().any(|held| held.digest() == found.continuation);
        let registration = found.filter(is_held).ok_or(VerifyError::Unknown)?;
        if registration.reads_as_completed() {
            return Err(VerifyError::Gone(Gone::Used));
        }
        if self.ports.clock.now() >= registration.shown_until {
            return Err(VerifyError::Gone(Gone::Expired));
        }
        let code = VerificationCode::parse(text).ok_or(VerifyError::WrongProof(Field::Code))?;
        // Ignore its organization here: an attempt whose address was taken may no longer have one, and its holder must
        // not learn that. The organization counts when the right code completes it.
        self.snapshot().await?.flags.refuses_renewal(&registration.address)?;
        // Count the try before checking the code: parallel guesses get no more tries than sequential ones.
        self.retried(|| self.count_code_try(id)).await?;
        let key = self.settings.master_keys.find(&registration.key_id).ok_or(VerifyError::Unknown)?;
        // An attempt whose address was taken in another way reads as pending to its holder: every code is wrong.
        if registration.state != RegistrationState::Pending
            || !key.code_matches(id.as_uuid(), &code, &registration.code)
        {
            return Err(VerifyError::WrongProof(Field::Code));
        }
        // Only after the code was right: the holder of an attempt whose address was taken must see no difference.
        if !registration.has_credential() {
            return Err(VerifyError::ProofRequired);
        }
        Ok(Completion::by_code(registration))
    }

    /// Refuses a registration that can no longer be completed, before anything is hashed or redeemed.
    pub(crate) async fn refuse_while_closed(&self, registration: &Registration) -> Result<(), VerifyError> {
        let organization = registration.choices.organization;
        Ok(self.snapshot().await?.flags.refuses_pending(&registration.address, organization)?)
    }

    /// Returns the token with its registration, if it can be redeemed now.
    pub(crate) async fn find_live(
        &self,
        unit: &mut dyn UnitOfWork,
        text: &str,
    ) -> Result<(OneTimeToken, Registration), VerifyError> {
        let digest = SecretToken::of_link(text).ok_or(VerifyError::Unknown)?.digest();
        let token = self.find_redeemable(unit, &digest).await?;
        let registration = unit.find_registration(RegistrationId::from_uuid(token.subject)).await?;
        let registration = registration.ok_or(VerifyError::Unknown)?;
        match registration.state {
            RegistrationState::Pending => Ok((token, registration)),
            RegistrationState::Completed | RegistrationState::Taken => Err(VerifyError::Gone(Gone::Used)),
            RegistrationState::Void => Err(VerifyError::Gone(Gone::AlreadyRegistered)),
        }
    }

    pub(crate) async fn find_redeemable(
        &self,
        unit: &mut dyn UnitOfWork,
        digest: &TokenDigest,
    ) -> Result<OneTimeToken, VerifyError> {
        let token = unit.find_token(digest).await?.filter(|token| token.purpose == PURPOSE);
        let token = token.ok_or(VerifyError::Unknown)?;
        match token.state {
            TokenState::Used => Err(VerifyError::Gone(Gone::Used)),
            TokenState::Void => Err(VerifyError::Gone(Gone::AlreadyRegistered)),
            TokenState::Superseded => Err(VerifyError::Gone(Gone::Superseded)),
            TokenState::Live if self.ports.clock.now() >= token.expires_at => Err(VerifyError::Gone(Gone::Expired)),
            TokenState::Live => Ok(token),
        }
    }
}

/// Returns whether the text is the address in any spelling, ignoring white space around it.
pub(crate) fn is_spelling_of(text: &str, address: &EmailAddress) -> bool {
    EmailAddress::parse(text.trim()).is_ok_and(|read| read.key() == address.key())
}

/// Checks the password of the registration.
async fn check_password(
    slot: Box<dyn HashingSlot>,
    text: &str,
    registration: &Registration,
) -> Result<(), VerifyError> {
    let wrong = VerifyError::WrongProof(Field::Password);
    let Ok(password) = Password::new(text) else { return Err(wrong) };
    let is_right = slot.verify(password, registration.password_hash.clone()).await?;
    if is_right { Ok(()) } else { Err(wrong) }
}

/// Returns the registration that one of the continuations completes with this token: the token's own, or another
/// pending one of the same address (if the owner clicks an email that a stranger caused, in the browser with which the
/// owner registered, the owner's registration is completed). Registrations that have ended cannot be completed, even if
/// their credential still exists, nor those whose credential was wiped at expiry: the account would have none.
async fn find_continued(
    unit: &mut dyn UnitOfWork,
    token: &OneTimeToken,
    continuations: &[SecretToken],
    now: Timestamp,
) -> Result<Option<Registration>, StoreError> {
    let mut another = None;
    for continuation in continuations {
        let Some(found) = unit.find_registration_by_continuation(&continuation.digest()).await? else { continue };
        if found.state != RegistrationState::Pending || !found.has_credential() {
            continue;
        }
        if found.id.as_uuid() == token.subject {
            return Ok(Some(found));
        }
        if found.is_pending(now) && found.address.key() == token.email_key() {
            another = another.or(Some(found));
        }
    }
    Ok(another)
}
