//! The use cases on a store in memory, one file a topic.

mod aborts;
mod accounts;
mod creation;
mod flags;
mod lists;
mod organizations;
mod outbox;
mod roles;
mod statistics;

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::account::{Account, Role};
use crate::audit::{Actor, AuditEvent};
use crate::authorization::Administrator;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::feature::FeatureName;
use crate::id::{AccountId, SessionId};
use crate::one_time_token::SecretToken;
use crate::one_time_token::master_key::MasterKey;
use crate::outbox::Notice;
use crate::outbox::delivery::{Delivery, Links};
use crate::outbox::mail::{Mail, MailContent};
use crate::password::argon2::{Argon2Settings, Argon2Workers};
use crate::ports::store::Insert;
use crate::ports::{Clock, Store, UnitOfWork};
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::register::{Accepted, RegisterError, RegisterRequest};
use crate::service::{AccountService, CallContext, Ports, Settings};
use crate::session::{Lifetime, Session, SignedIn};
use crate::testing::{FakeClock, MemoryStore, RecordingMailer, SeededEntropy};
use crate::timestamp::Timestamp;

pub(crate) const PASSWORD: &str = "velvet lantern gravel orchid";
pub(crate) const MICROSECOND: Duration = Duration::from_micros(1);
pub(crate) const DAY: Duration = Duration::from_hours(24);

/// A service with everything around it under the tests' control.
pub(crate) struct World {
    pub(crate) service: AccountService,
    pub(crate) delivery: Delivery,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) mailer: Arc<RecordingMailer>,
    entropy: Arc<SeededEntropy>,
    count: AtomicU32,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_, _| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Ports, &mut Settings)) -> Self {
        let queues =
            Argon2Settings { memory_kib: 64, iterations: 1, workers: 2, queue: 1_000, ..Argon2Settings::default() };
        let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
        let entropy = Arc::new(SeededEntropy::new(7));
        let (store, clock, mailer) = (Arc::new(MemoryStore::new()), Arc::<FakeClock>::default(), Arc::default());
        let mut settings = Settings::new(MasterKey::generate(&*entropy));
        let mut ports =
            Ports::new(Arc::clone(&store), hasher, Arc::clone(&clock) as Arc<dyn Clock>, Arc::clone(&entropy) as _);
        change(&mut ports, &mut settings);
        let service = AccountService::new(ports, settings);
        let delivery = Delivery::new(&service, Arc::clone(&mailer) as _, Links::new("https://accounts.example.com"));
        Self { service, delivery, store, clock, mailer, entropy, count: AtomicU32::new(0) }
    }

    /// Another instance over the same store.
    pub(crate) fn another_instance(&self) -> AccountService {
        AccountService::new(Ports::clone(&self.service.ports), Settings::clone(&self.service.settings))
    }

    /// Does the work in a unit of work of its own and commits it.
    pub(crate) async fn commit<T>(&self, work: impl AsyncFnOnce(&mut dyn UnitOfWork) -> T) -> T {
        let mut unit = self.store.begin().await.unwrap();
        let outcome = work(unit.as_mut()).await;
        unit.commit().await.unwrap();
        outcome
    }

    pub(crate) async fn insert(&self, account: Account) -> Account {
        assert_eq!(self.commit(async |unit| unit.insert_account(&account).await.unwrap()).await, Insert::Done);
        account
    }

    /// An account as it would be, with a proven address.
    pub(crate) fn new_account(&self, email: &str, role: Role) -> Account {
        let now = self.clock.now();
        let id = AccountId::generate(&*self.clock, &*self.entropy);
        Account { verified_at: Some(now), role, ..Account::new(id, EmailAddress::parse(email).unwrap(), now) }
    }

    pub(crate) async fn account(&self, role: Role) -> Account {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        self.insert(self.new_account(&format!("{}.{number}@acme.com", role.name()), role)).await
    }

    pub(crate) async fn session(&self, account: &Account) -> SignedIn {
        let now = self.clock.now();
        let session = Session {
            id: SessionId::generate(&*self.clock, &*self.entropy),
            token: SecretToken::generate(&*self.entropy).digest(),
            account: account.id,
            created_at: now,
            authenticated_at: now,
            last_used_at: now,
            idle: None,
            expires_at: now + Lifetime::of_role(account.role).absolute,
            token_lasts: None,
            token_expires_at: None,
            channel: "native".to_owned(),
            client_address: Some("192.0.2.1".parse().unwrap()),
            user_agent: None,
        };
        self.commit(async |unit| unit.insert_session(&session).await.unwrap()).await;
        SignedIn { session, account: account.clone() }
    }

    pub(crate) async fn signed_in(&self, account: &Account) -> Administrator {
        self.session(account).await.verified().unwrap().administrator().unwrap()
    }

    /// A new administrator, who has just signed in.
    pub(crate) async fn admin(&self, role: Role) -> Administrator {
        self.signed_in(&self.account(role).await).await
    }

    /// Lets a moment pass, so that ids are in the order in which they were made.
    pub(crate) fn tick(&self) {
        self.clock.advance(Duration::from_millis(1));
    }

    pub(crate) fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn stored(&self, id: AccountId) -> Account {
        self.store.accounts().into_iter().find(|account| account.id == id).unwrap()
    }

    pub(crate) async fn set_feature(&self, name: FeatureName, value: &str) {
        let admin = self.admin(Role::Admin).await;
        self.service.set_feature(&admin, name, value, None, &context()).await.unwrap();
    }

    pub(crate) async fn set_registration(&self, value: &str) {
        self.set_feature(FeatureName::AccountRegistration, value).await;
    }

    pub(crate) async fn register(&self, draft: RegistrationDraft) -> Result<Accepted, RegisterError> {
        register_with(&self.service, draft).await
    }

    /// Delivers what is due; returns the mails.
    pub(crate) async fn mails(&self) -> Vec<Mail> {
        self.delivery.run_until_idle().await.unwrap();
        self.mailer.take()
    }

    /// The notices that are in the outbox.
    fn notices(&self) -> Vec<Notice> {
        let notice = |entry: crate::outbox::OutboxEntry| match entry.intent {
            crate::outbox::Intent::Notice { notice, .. } => Some(notice),
            _ => None,
        };
        self.store.outbox().into_iter().filter_map(notice).collect()
    }

    /// The audit trail, oldest first: what, by whom, to whom, in which words.
    pub(crate) fn trail(&self) -> Vec<(AuditEvent, Actor, Option<AccountId>, Option<String>)> {
        self.store.audit().into_iter().map(|entry| (entry.event, entry.actor, entry.account, entry.detail)).collect()
    }
}

pub(crate) async fn register_with(
    service: &AccountService,
    draft: RegistrationDraft,
) -> Result<Accepted, RegisterError> {
    let rules = RegistrationRules::native("native");
    service
        .register(RegisterRequest { draft, rules: &rules, context: CallContext::default(), idempotency_key: None })
        .await
}

pub(crate) fn draft(email: &str) -> RegistrationDraft {
    RegistrationDraft { email: email.into(), password: PASSWORD.into(), ..RegistrationDraft::default() }
}

pub(crate) fn context() -> CallContext {
    CallContext::by("native")
}

/// The token of the link in the email, below that path.
pub(crate) fn token_in(mail: &Mail, path: &str) -> String {
    let (MailContent::VerifyAddress { link, .. } | MailContent::Invitation { link, .. }) = &mail.content else {
        panic!("{mail:?}")
    };
    link.expose().strip_prefix(&format!("https://accounts.example.com/l/{path}")).unwrap().to_owned()
}

/// The name of the error, as it prints for a log.
pub(crate) fn why<T, E: Debug>(result: Result<T, E>) -> String {
    match result {
        Ok(_) => "it succeeded".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
