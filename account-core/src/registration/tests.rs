//! The use cases on a store in memory, one file a topic.

#![expect(clippy::unchecked_time_subtraction, reason = "the durations are the tests' own")]

mod aborts;
mod activating;
mod bouncing;
mod challenging;
mod codes;
mod completing;
mod continuing;
mod correcting;
mod deciding;
mod delivering;
mod disclosing;
mod failures;
pub(crate) mod faulty_store;
mod hijacking;
mod idempotency;
mod inferring;
mod limits;
mod misspelling;
mod observing;
mod policies;
mod races;
mod redeeming_alone;
mod refusals;
mod refused_senders;
mod resending;
mod secondary_addresses;
mod secrecy;
mod settling;
mod status;
mod suspecting;
mod tokens;
mod uniformity;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use super::draft::{RegistrationDraft, RegistrationRules};
use super::register::{Accepted, RegisterError, RegisterRequest};
use super::resend::{ResendError, ResendTarget};
use super::status::RegistrationStatus;
use super::verify::{CompletedRegistration, Proof, Spend, VerifyError, VerifyRequest};
use crate::account::Account;
use crate::challenge::ChallengeMode;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::id::{AccountId, OrganizationId};
use crate::name::UserName;
use crate::one_time_token::SecretToken;
use crate::one_time_token::master_key::MasterKey;
use crate::organization::Organization;
use crate::outbox::delivery::{DECIDED_TOGETHER, Delivery, Links};
use crate::outbox::mail::{Mail, MailContent};
use crate::password::Password;
use crate::password::argon2::{Argon2Settings, Argon2Workers};
use crate::password::policy::PasswordPolicy;
use crate::ports::store::Insert;
use crate::ports::{Clock, PasswordHasher, Rate, Store, UnitOfWork, Urgency};
use crate::profile::Profile;
use crate::service::{AccountService, CallContext, Ports, Settings};
use crate::session::{SignInError, SignInRequest, SignedInNow};
use crate::testing::{FakeClock, MemoryStore, RecordingMailer, SeededEntropy};
use crate::timestamp::Timestamp;

const EMAIL: &str = "john@acme.com";
const PASSWORD: &str = "velvet lantern gravel orchid";
const NEW_PASSWORD: &str = "a quiet lemon under the table";
const STRANGERS_PASSWORD: &str = "what only the stranger knows";
const MICROSECOND: Duration = Duration::from_micros(1);
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
/// How long a registration lasts.
const TTL: Duration = Duration::from_hours(24);

/// A service with everything around it under the tests' control.
struct World {
    service: AccountService,
    delivery: Delivery,
    store: Arc<MemoryStore>,
    clock: Arc<FakeClock>,
    mailer: Arc<RecordingMailer>,
    hasher: Arc<Argon2Workers>,
}

/// A registration, and the email that came of it.
struct Attempt {
    accepted: Accepted,
    token: String,
    code: String,
}

impl World {
    fn new() -> Self {
        Self::with(|_, _| {})
    }

    /// A world whose ports or settings differ.
    fn with(change: impl FnOnce(&mut Ports, &mut Settings)) -> Self {
        let queues =
            Argon2Settings { memory_kib: 64, iterations: 1, workers: 2, queue: 1_000, ..Argon2Settings::default() };
        let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
        let entropy = Arc::new(SeededEntropy::new(7));
        let (store, clock, mailer) = (Arc::new(MemoryStore::new()), Arc::default(), Arc::default());
        let mut settings = Settings::new(MasterKey::generate(&*entropy));
        let mut ports = Ports::new(
            Arc::clone(&store),
            Arc::clone(&hasher) as Arc<dyn PasswordHasher>,
            Arc::clone(&clock) as Arc<dyn Clock>,
            entropy,
        );
        change(&mut ports, &mut settings);
        let service = AccountService::new(ports, settings);
        let delivery = Delivery::new(&service, Arc::clone(&mailer) as _, Links::new("https://accounts.example.com/"));
        Self { service, delivery, store, clock, mailer, hasher }
    }

    /// A world that shows what limits do by themselves.
    fn without_challenges() -> Self {
        Self::with(|_, settings| settings.challenge.mode = ChallengeMode::Off)
    }

    /// A world in which an address can be emailed as often as one likes.
    fn without_limits() -> Self {
        Self::with(|_, settings| {
            settings.limits.mails = Rate::OFF;
            settings.limits.mails_per_mailbox = Rate::OFF;
            settings.limits.resend = Rate::OFF;
            settings.challenge.mode = ChallengeMode::Off;
        })
    }

    async fn try_register(&self, draft: RegistrationDraft, client: Client) -> Result<Accepted, RegisterError> {
        self.register_by(&RegistrationRules::native("native"), draft, client).await
    }

    async fn register_by(
        &self,
        rules: &RegistrationRules,
        draft: RegistrationDraft,
        client: Client,
    ) -> Result<Accepted, RegisterError> {
        self.service.register(RegisterRequest { draft, rules, context: client.into(), idempotency_key: None }).await
    }

    async fn sign_in(&self, identifier: &str, password: &str) -> Result<SignedInNow, SignInError> {
        let request = SignInRequest {
            identifier: identifier.into(),
            password: password.into(),
            continuations: Vec::new(),
            devices: Vec::new(),
            lifetime: None,
            context: CallContext::by("native"),
        };
        self.service.sign_in(request).await
    }

    async fn register(&self, email: &str) -> Accepted {
        self.try_register(draft(email, PASSWORD), Client::default()).await.unwrap()
    }

    /// Decides what is due.
    async fn decide(&self) {
        while self.delivery.decide(DECIDED_TOGETHER).await.unwrap().has_more() {}
    }

    /// Delivers what is due; returns the mails.
    async fn mails(&self) -> Vec<Mail> {
        self.delivery.run_until_idle().await.unwrap();
        self.mailer.take()
    }

    /// The one email that is due.
    async fn mail(&self) -> Mail {
        let [mail] = <[Mail; 1]>::try_from(self.mails().await).unwrap();
        mail
    }

    /// Registers and reads the email.
    async fn attempt(&self, email: &str, password: &str) -> Attempt {
        self.attempt_by(draft(email, password)).await
    }

    async fn attempt_by(&self, draft: RegistrationDraft) -> Attempt {
        let accepted = self.try_register(draft, Client::default()).await.unwrap();
        let mail = self.mail().await;
        Attempt { accepted, token: token_in(&mail), code: code_in(&mail) }
    }

    async fn verify(&self, spend: Spend, proof: Proof) -> Result<CompletedRegistration, VerifyError> {
        let (password_policy, context) = (PasswordPolicy::DEFAULT, CallContext::by("native"));
        self.service.verify_email(VerifyRequest { spend, proof, password_policy, context }).await
    }

    async fn redeem(&self, token: &str, proof: Proof) -> Result<CompletedRegistration, VerifyError> {
        self.verify(Spend::Token(token.to_owned()), proof).await
    }

    async fn enter_code(&self, attempt: &Accepted, code: &str) -> Result<CompletedRegistration, VerifyError> {
        let spend = Spend::Code { registration: attempt.registration, code: code.to_owned() };
        self.verify(spend, continuation(attempt)).await
    }

    /// Registers, reads the email and clicks in the same browser.
    async fn account(&self, email: &str) -> CompletedRegistration {
        let attempt = self.attempt(email, PASSWORD).await;
        self.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap()
    }

    async fn resend(&self, email: &str) -> Result<(), ResendError> {
        self.service.resend_verification(ResendTarget::Address(email.into()), &Client::default()).await
    }

    async fn resend_by_continuation(&self, of: &Accepted) -> Result<(), ResendError> {
        let target =
            ResendTarget::Registration { registration: of.registration, continuation: of.continuation.clone() };
        self.service.resend_verification(target, &Client::default()).await
    }

    async fn status(&self, of: &Accepted) -> RegistrationStatus {
        let client = Client::default();
        self.service.registration_status(of.registration, &of.continuation, &client).await.unwrap().unwrap()
    }

    /// Whether the password is the account's.
    async fn signs_in(&self, account: &Account, password: &str) -> bool {
        let slot = self.hasher.admit(Urgency::SignIn, None).unwrap();
        slot.verify(Password::new(password).unwrap(), account.password_hash.clone()).await.unwrap()
    }

    /// The one account there is.
    fn only_account(&self) -> Account {
        let [account] = <[Account; 1]>::try_from(self.store.accounts()).unwrap();
        account
    }

    /// Does the work in a unit of work of its own and commits it.
    async fn commit<T>(&self, work: impl AsyncFnOnce(&mut dyn UnitOfWork) -> T) -> T {
        let mut unit = self.store.begin().await.unwrap();
        let outcome = work(unit.as_mut()).await;
        unit.commit().await.unwrap();
        outcome
    }

    /// Makes an account with that user name, of an address of its own.
    async fn take_user_name(&self, name: &str) {
        let account = Account { user_name: Some(UserName::parse(name).unwrap()), ..account("other@acme.com") };
        let inserted = self.commit(async |unit| unit.insert_account(&account).await.unwrap()).await;
        assert_eq!(inserted, Insert::Done);
    }
}

/// A draft with nothing but address and password.
fn draft(email: &str, password: &str) -> RegistrationDraft {
    RegistrationDraft { email: email.into(), password: password.into(), ..RegistrationDraft::default() }
}

/// A draft with everything filled in.
fn full_draft(email: &str, password: &str, organization: OrganizationId) -> RegistrationDraft {
    RegistrationDraft {
        name: "Mallory Stranger".into(),
        given_name: "Mallory".into(),
        family_name: "Stranger".into(),
        user_name: "mallory".into(),
        country: "DE".into(),
        language: "de".into(),
        time_zone: "Europe/Berlin".into(),
        newsletter: true.into(),
        terms_version: "2026-01".into(),
        callback_url: "https://portal.example.com/welcome".into(),
        organization: organization.to_string().into(),
        ..draft(email, password)
    }
}

fn account(email: &str) -> Account {
    let now = Timestamp::from_unix_micros(0);
    let id = AccountId::generate(&FakeClock::at(now), &SeededEntropy::new(99));
    Account { verified_at: Some(now), ..Account::new(id, EmailAddress::parse(email).unwrap(), now) }
}

fn organization(id: OrganizationId, code: &str) -> Organization {
    let now = Timestamp::from_unix_micros(0);
    Organization {
        id,
        code: code.to_owned(),
        name: code.to_owned(),
        callback_origins: Vec::new(),
        allows_self_named_administrators: false,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn client(address: &str) -> Client {
    Client::at(address.parse().unwrap())
}

fn token_in(mail: &Mail) -> String {
    let MailContent::VerifyAddress { link, .. } = &mail.content else { panic!("{mail:?}") };
    link.expose().strip_prefix("https://accounts.example.com/l/").unwrap().to_owned()
}

fn code_in(mail: &Mail) -> String {
    let MailContent::VerifyAddress { code: Some(code), .. } = &mail.content else { panic!("{mail:?}") };
    code.expose().to_owned()
}

/// A code that is not that one.
fn another(code: &str) -> String {
    let first = if code.starts_with('0') { "1" } else { "0" };
    format!("{first}{}", &code[1..])
}

fn continuation(of: &Accepted) -> Proof {
    continuations([of])
}

fn continuations<'a>(of: impl IntoIterator<Item = &'a Accepted>) -> Proof {
    let held: Vec<SecretToken> = of.into_iter().map(|accepted| accepted.continuation.clone()).collect();
    Proof { continuations: held, ..Proof::default() }
}

fn password(text: &str) -> Proof {
    Proof { password: Some(text.to_owned()), ..Proof::default() }
}

fn new_password(text: &str) -> Proof {
    Proof { new_password: text.into(), ..Proof::default() }
}

/// The name of the error, as it prints for a log.
fn why<T, E: Debug>(result: Result<T, E>) -> String {
    match result {
        Ok(_) => "it succeeded".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
