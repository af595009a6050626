//! A service with everything around it under the tests' control, and people in it.

use std::fmt::Debug;
use std::sync::Arc;

use crate::account::Account;
use crate::account::address::{AddressChangeError, AddressConfirmed, ConfirmAddressError};
use crate::account::details::{ChangeDetailsError, ProfileEdits};
use crate::account::password::ChangePasswordError;
use crate::audit::{Actor, AuditEvent};
use crate::authorization::{Fresh, Verified};
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::feature::{FeatureName, StoredFeature};
use crate::id::AccountId;
use crate::input::Input;
use crate::one_time_token::SecretToken;
use crate::one_time_token::master_key::MasterKey;
use crate::outbox::delivery::{Delivery, Links};
use crate::outbox::mail::{Mail, MailContent};
use crate::password::argon2::{Argon2Settings, Argon2Workers};
use crate::password::policy::PasswordPolicy;
use crate::password::{PassedPolicy, Password, PasswordHash};
use crate::ports::store::{Insert, Update};
use crate::ports::{Clock, Entropy, PasswordHasher, Rate, Store, UnitOfWork, Urgency};
use crate::recovery::{PasswordResetError, RedeemResetError};
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::register::{Accepted, RegisterRequest};
use crate::service::{AccountService, CallContext, Ports, Settings};
use crate::session::{Lifetime, OpenedSession, SignedIn, SignedInNow};
use crate::testing::{FakeClock, MemoryStore, RecordingMailer, SeededEntropy};

pub(crate) const EMAIL: &str = "john@acme.com";
pub(crate) const PASSWORD: &str = "velvet lantern gravel orchid";
pub(crate) const NEW_PASSWORD: &str = "a quiet lemon under the table";

pub(crate) struct World {
    pub(crate) service: AccountService,
    pub(crate) delivery: Delivery,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) mailer: Arc<RecordingMailer>,
    pub(crate) hasher: Arc<Argon2Workers>,
}

/// A call by nobody in particular.
pub(crate) fn by() -> CallContext {
    CallContext::by("native")
}

/// A call from that client address.
pub(crate) fn from(address: &str) -> CallContext {
    CallContext { client: Client::at(address.parse().unwrap()), ..by() }
}

/// The token in an email's link.
pub(crate) fn link_in(mail: &Mail) -> String {
    let (link, folder) = match &mail.content {
        MailContent::VerifyAddress { link, .. } => (link, ""),
        MailContent::ResetPassword { link, .. } => (link, "reset/"),
        MailContent::ConfirmNewAddress { link, .. } | MailContent::ConfirmSecondaryAddress { link, .. } => {
            (link, "address/")
        }
        MailContent::Invitation { link, .. } => (link, "invitation/"),
        _ => panic!("{mail:?}"),
    };
    link.expose().strip_prefix(&format!("https://accounts.example.com/l/{folder}")).unwrap().to_owned()
}

/// The name of the error, as it prints for a log.
pub(crate) fn why<T, E: Debug>(result: Result<T, E>) -> String {
    match result {
        Ok(_) => "it succeeded".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::with_ports(|_, settings| change(settings))
    }

    pub(crate) fn with_ports(change: impl FnOnce(&mut Ports, &mut Settings)) -> Self {
        let queues =
            Argon2Settings { memory_kib: 64, iterations: 1, workers: 2, queue: 1_000, ..Argon2Settings::default() };
        let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
        let entropy = Arc::new(SeededEntropy::new(7));
        let (store, clock, mailer) = (Arc::new(MemoryStore::new()), Arc::<FakeClock>::default(), Arc::default());
        let mut settings = Settings::new(MasterKey::generate(&*entropy));
        let hashing = Arc::clone(&hasher) as Arc<dyn PasswordHasher>;
        let telling = Arc::clone(&clock) as Arc<dyn Clock>;
        let mut ports = Ports::new(Arc::clone(&store), hashing, telling, entropy as Arc<dyn Entropy>);
        change(&mut ports, &mut settings);
        let service = AccountService::new(ports, settings);
        let delivery = Delivery::new(&service, Arc::clone(&mailer) as _, Links::new("https://accounts.example.com/"));
        Self { service, delivery, store, clock, mailer, hasher }
    }

    /// A world in which an address can be emailed as often as one likes.
    pub(crate) fn without_limits() -> Self {
        Self::with(|settings| {
            settings.limits.mails = Rate::OFF;
            settings.limits.mails_per_mailbox = Rate::OFF;
            settings.limits.mail_requests = Rate::OFF;
            settings.limits.resets = Rate::OFF;
            settings.limits.resets_per_day = Rate::OFF;
            settings.limits.sign_ins_per_account = Rate::OFF;
        })
    }

    pub(crate) async fn commit<T>(&self, work: impl AsyncFnOnce(&mut dyn UnitOfWork) -> T) -> T {
        let mut unit = self.store.begin().await.unwrap();
        let outcome = work(unit.as_mut()).await;
        unit.commit().await.unwrap();
        outcome
    }

    /// A hash of a password that is known to pass the default policy.
    pub(crate) async fn hash(&self, password: &str) -> PasswordHash {
        let slot = self.hasher.admit(Urgency::SignIn, None).unwrap();
        let hash = slot.hash(Password::new(password).unwrap(), self.service.salt()).await.unwrap();
        hash.with_passed(Some(PassedPolicy::Default))
    }

    /// An account as it comes from a registration, changed as the test needs it, and written.
    pub(crate) async fn account_with(&self, email: &str, change: impl FnOnce(&mut Account)) -> Account {
        let ports = &self.service.ports;
        let id = AccountId::generate(&*ports.clock, &*ports.entropy);
        let now = self.clock.now();
        let mut account = Account::new(id, EmailAddress::parse(email).unwrap(), now);
        account.verified_at = Some(now);
        account.password_hash = Some(self.hash(PASSWORD).await);
        change(&mut account);
        let inserted = self.commit(async |unit| unit.insert_account(&account).await.unwrap()).await;
        assert_eq!(inserted, Insert::Done);
        account
    }

    pub(crate) async fn account(&self, email: &str) -> Account {
        self.account_with(email, |_| {}).await
    }

    /// The account as it is now.
    pub(crate) fn now(&self, account: &Account) -> Account {
        self.store.accounts().into_iter().find(|stored| stored.id == account.id).unwrap()
    }

    /// Writes the account as the test needs it.
    pub(crate) async fn alter(&self, account: &Account, change: impl FnOnce(&mut Account)) {
        let mut altered = self.now(account);
        change(&mut altered);
        altered.version += 1;
        let _ = self.commit(async |unit| unit.update_account(&altered).await.unwrap()).await;
        assert_eq!(self.now(account), altered);
    }

    pub(crate) async fn open(&self, account: &Account) -> OpenedSession {
        let context = by();
        let mut change = self.service.change(&context, Actor::Service).await.unwrap();
        let opened = change.open_session(account, Lifetime::of_role(account.role)).await.unwrap();
        change.commit().await.unwrap();
        opened
    }

    pub(crate) async fn caller(&self, token: &SecretToken) -> Option<SignedIn> {
        self.store.find_signed_in(&token.digest()).await.unwrap()
    }

    pub(crate) async fn verified(&self, token: &SecretToken) -> Verified {
        self.caller(token).await.unwrap().verified().unwrap()
    }

    pub(crate) async fn fresh(&self, token: &SecretToken) -> Fresh {
        let signed_in = self.caller(token).await.unwrap();
        let fresh = SignedIn {
            session: crate::session::Session { authenticated_at: self.clock.now(), ..signed_in.session },
            ..signed_in
        };
        fresh.verified().unwrap().fresh(self.clock.now()).unwrap()
    }

    /// Delivers what is due; returns the mails.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        self.delivery.run_until_idle().await.unwrap();
        self.mailer.take()
    }

    /// What was emailed to whom, in order.
    pub(crate) async fn told(&self) -> Vec<(String, String)> {
        let mut told: Vec<_> = self.mails().await.iter().map(|mail| (name_of(mail), mail.to.to_string())).collect();
        told.sort();
        told
    }

    /// The one email of that name that is due.
    pub(crate) async fn mail(&self, name: &str) -> Mail {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail.content.name() == name);
        let [mail] = <[Mail; 1]>::try_from(mails).unwrap();
        mail
    }

    /// Gives a feature its first value.
    pub(crate) async fn switch(&self, name: FeatureName, value: &str) {
        let (value, updated_at) = (value.to_owned(), self.clock.now());
        let feature = StoredFeature { name, value, version: 1, updated_at, updated_by: None };
        let stored = self.commit(async |unit| unit.put_feature(&feature).await.unwrap()).await;
        assert_eq!(stored, Update::Applied);
        self.service.feature_cache.forget();
    }

    /// What is in the audit trail, in the order of the events' list.
    pub(crate) fn events(&self) -> Vec<AuditEvent> {
        let mut events: Vec<_> = self.store.audit().iter().map(|entry| entry.event).collect();
        events.sort();
        events
    }

    pub(crate) async fn register(&self, email: &str) -> Accepted {
        let draft =
            RegistrationDraft { email: email.into(), password: PASSWORD.into(), ..RegistrationDraft::default() };
        let (rules, client) = (RegistrationRules::native("native"), Client::default());
        let request = RegisterRequest { draft, rules: &rules, context: client.into(), idempotency_key: None };
        self.service.register(request).await.unwrap()
    }

    pub(crate) async fn change(&self, token: &SecretToken, edits: ProfileEdits) -> Result<Account, ChangeDetailsError> {
        self.service.change_details(&self.verified(token).await, edits, None, &by()).await
    }

    pub(crate) async fn change_password(
        &self,
        token: &SecretToken,
        current: &str,
        new: &str,
    ) -> Result<OpenedSession, ChangePasswordError> {
        let caller = self.verified(token).await;
        let policy = PasswordPolicy::DEFAULT;
        self.service.change_password(&caller, current.into(), new.into(), policy, &from("192.0.2.1")).await
    }

    pub(crate) async fn move_to(&self, token: &SecretToken, email: &str) -> Result<(), AddressChangeError> {
        self.service.request_address_change(&self.fresh(token).await, email.into(), &by()).await
    }

    /// Asks for a change of address and reads the link.
    pub(crate) async fn link_to_move(&self, token: &SecretToken, email: &str) -> String {
        self.move_to(token, email).await.unwrap();
        link_in(&self.mail("confirm-new-address").await)
    }

    /// Sets the notification address and reads the link.
    pub(crate) async fn link_to_notification(&self, token: &SecretToken, email: &str) -> String {
        let edits = ProfileEdits { notification_address: email.into(), ..ProfileEdits::default() };
        self.change(token, edits).await.unwrap();
        link_in(&self.mail("confirm-secondary-address").await)
    }

    pub(crate) async fn confirm(
        &self,
        token: &SecretToken,
        link: &str,
    ) -> Result<AddressConfirmed, ConfirmAddressError> {
        self.service.confirm_address(&self.verified(token).await, link, &by()).await
    }

    pub(crate) async fn forget(&self, email: &str) -> Result<(), PasswordResetError> {
        self.service.request_password_reset(email.into(), &by()).await
    }

    /// Asks for a reset and reads the link.
    pub(crate) async fn link_to_reset(&self, email: &str) -> String {
        self.forget(email).await.unwrap();
        link_in(&self.mail("reset-password").await)
    }

    pub(crate) async fn reset(&self, link: &str, password: &str) -> Result<SignedInNow, RedeemResetError> {
        let password = if password.is_empty() { Input::Absent } else { password.into() };
        self.service.redeem_password_reset(link, password, PasswordPolicy::DEFAULT, &by()).await
    }

    /// Whether the password is the account's.
    pub(crate) async fn is_password(&self, account: &Account, password: &str) -> bool {
        let slot = self.hasher.admit(Urgency::SignIn, None).unwrap();
        slot.verify(Password::new(password).unwrap(), self.now(account).password_hash).await.unwrap()
    }
}

/// Name of the email; of a notice, what it says.
fn name_of(mail: &Mail) -> String {
    match &mail.content {
        MailContent::Notice { notice, .. } => notice.name().to_owned(),
        content => content.name().to_owned(),
    }
}
