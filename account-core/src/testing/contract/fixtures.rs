//! Values that the clauses write.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use tokio::task::JoinSet;
use uuid::Uuid;

use crate::account::{Account, OrganizationRole, Role};
use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::email_address::{EmailAddress, EmailKey};
use crate::feature::{FeatureName, StoredFeature};
use crate::id::{AccountId, AuditId, InvitationId, OrganizationId, OutboxId, RegistrationId, SessionId};
use crate::idempotency::IdempotencyRecord;
use crate::invitation::{Invitation, InvitationState};
use crate::name::UserName;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::organization::{ClientId, Organization, RegisteredClient};
use crate::outbox::event::EndpointName;
use crate::outbox::{Intent, OutboxEntry, Queue};
use crate::password::{PassedPolicy, PasswordHash};
use crate::ports::Store;
use crate::ports::store::UnitOfWork;
use crate::profile::{Choices, ClaimedOrigin, Consent, Profile, RegistrationOrigin, Source};
use crate::provider::{IdentityKey, NewIdentity, ProviderAccount, ProviderName};
use crate::registration::{Registration, RegistrationState};
use crate::session::Session;
use crate::timestamp::Timestamp;

pub(super) const MICROSECOND: Duration = Duration::from_micros(1);
pub(super) const MINUTE: Duration = Duration::from_mins(1);

/// A time with microseconds that a coarser clock would lose.
pub(super) const NOW: Timestamp = Timestamp::from_unix_micros(1_767_225_600_123_457);

pub(super) fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(super) fn key(text: &str) -> EmailKey {
    address(text).key().clone()
}

pub(super) fn digest(number: u8) -> TokenDigest {
    let mut bytes = [0xC3; 32];
    bytes[0] = 0;
    bytes[31] = number;
    TokenDigest::from_bytes(bytes)
}

pub(super) fn registration_id(number: u128) -> RegistrationId {
    RegistrationId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn account_id(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn outbox_id(number: u128) -> OutboxId {
    OutboxId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn organization_id(number: u128) -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn session_id(number: u128) -> SessionId {
    SessionId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn invitation_id(number: u128) -> InvitationId {
    InvitationId::from_uuid(Uuid::from_u128(number))
}

pub(super) fn audit_id(number: u128) -> AuditId {
    AuditId::from_uuid(Uuid::from_u128(number))
}

/// A hash of a password that passed this policy.
pub(super) fn hash_of(passed: Option<PassedPolicy>) -> PasswordHash {
    PasswordHash::from_phc("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned()).with_passed(passed)
}

/// What may be known of a password: nothing, or the policy that it passed.
pub(super) fn all_passed() -> impl Iterator<Item = Option<PassedPolicy>> {
    std::iter::once(None).chain(PassedPolicy::ALL.map(Some))
}

/// A pending registration with everything that a registrant can choose.
pub(super) fn registration(number: u8, email: &str) -> Registration {
    Registration {
        id: registration_id(number.into()),
        address: address(email),
        password_hash: Some(hash_of(Some(PassedPolicy::Default))),
        choices: Choices {
            profile: profile(),
            user_name: Some(UserName::from_stored(format!("name-{number}"))),
            organization: Some(organization_id(77)),
            organization_role: Some(OrganizationRole::Administrator),
            identity: Some(new_identity()),
            alternate_address: Some(address("Other.Élan@acme.example")),
            notification_address: Some(address("notices@acme.example")),
            callback_url: Some("https://app.example/welcome?a=1&b=%20#top".to_owned()),
            link_to_callback: true,
        },
        origin: RegistrationOrigin { channel: "native".to_owned(), client_address: Some([203, 0, 113, 7].into()) },
        continuation: digest(number),
        state: RegistrationState::Pending,
        completed_by: None,
        corrections: 0,
        generation: 1,
        code: digest(number.wrapping_add(100)),
        key_id: "k3yId_-A".to_owned(),
        code_tries: 0,
        created_at: NOW,
        expires_at: NOW + Duration::from_hours(24),
        shown_until: NOW + Duration::from_hours(24),
    }
}

/// The identity of a registration.
fn new_identity() -> NewIdentity {
    NewIdentity {
        key: IdentityKey {
            provider: ProviderName::parse("google").unwrap(),
            subject: crate::provider::Subject::parse("109876543210").unwrap(),
        },
        account: ProviderAccount {
            label: Some("Zoë@Bücher.example".to_owned()),
            picture_url: Some("https://pictures.example/a?b=c".to_owned()),
            profile_url: None,
        },
    }
}

/// A profile with texts that a narrower encoding would damage.
pub(super) fn profile() -> Profile {
    Profile {
        name: Some("Zoë 李小龍 \u{1F98A} e\u{301} \"quoted\" \\ back".to_owned()),
        given_name: Some(String::new()),
        family_name: Some("O'Neil; DROP TABLE accounts; --".to_owned()),
        country: Some("DE".to_owned()),
        language: Some("de-AT".to_owned()),
        shown_in: Some("en".to_owned()),
        time_zone: Some("Europe/Vienna".to_owned()),
        newsletter: true,
        terms_version: Some("2026-01".to_owned()),
        phone: Some("+43123456789".to_owned()),
        postal_address: Some("Straße 1\r\n1010 Wien\t\u{1F98A}".to_owned()),
        company: Some("Müller & Söhne".to_owned()),
        industry: Some("<it>".to_owned()),
        date_of_birth: Some("2000-02-29".to_owned()),
        bio: Some("x".repeat(2_000)),
        avatar_id: Some("a/b".to_owned()),
        consents: vec![
            Consent::new("terms:2026-01".to_owned(), NOW, Some([203, 0, 113, 7].into()))
                .in_language(Some("de-AT".to_owned())),
            Consent::new("privacy:7".to_owned(), NOW, None),
        ],
        claimed_origin: ClaimedOrigin {
            application: Some("[App] \u{1F98A}".to_owned()),
            client_address: Some("not an address".to_owned()),
            ..ClaimedOrigin::default()
        },
        sources: BTreeMap::from([
            ("country".to_owned(), Source::ClientAddress),
            ("name".to_owned(), Source::Administrator),
        ]),
    }
}

pub(super) fn token(number: u8, subject: u128, email: &str) -> OneTimeToken {
    OneTimeToken {
        digest: digest(number),
        purpose: Purpose::EmailVerification,
        subject: Uuid::from_u128(subject),
        address: address(email),
        generation: 1,
        key_id: "k3yId_-A".to_owned(),
        epoch: None,
        session: None,
        expires_at: NOW + MINUTE,
        state: TokenState::Live,
        used_at: None,
    }
}

/// An account with a verified address.
pub(super) fn account(number: u8, email: &str) -> Account {
    Account {
        verified_at: Some(NOW),
        password_hash: Some(hash_of(Some(PassedPolicy::Default))),
        profile: profile(),
        updated_at: NOW + MICROSECOND,
        ..Account::new(account_id(number.into()), address(email), NOW)
    }
}

pub(super) fn organization(number: u128, code: &str) -> Organization {
    Organization {
        id: organization_id(number),
        code: code.to_owned(),
        name: "Müller & Söhne \u{1F98A}".to_owned(),
        callback_origins: vec!["https://app.example".to_owned(), "https://bücher.example:8443".to_owned()],
        allows_self_named_administrators: true,
        version: 1,
        created_at: NOW,
        updated_at: NOW + MICROSECOND,
    }
}

pub(super) fn session(number: u8, account: u128) -> Session {
    Session {
        id: session_id(number.into()),
        token: digest(number),
        account: account_id(account),
        created_at: NOW,
        authenticated_at: NOW + MICROSECOND,
        last_used_at: NOW + MICROSECOND * 2,
        idle: Some(Duration::from_secs(30) + MICROSECOND),
        expires_at: NOW + MINUTE,
        token_lasts: Some(Duration::from_secs(20) + MICROSECOND),
        token_expires_at: Some(NOW + MICROSECOND * 3),
        channel: "native".to_owned(),
        client_address: Some([203, 0, 113, 7].into()),
        user_agent: Some("Mözilla/5.0 \u{1F98A} (\"quoted\")".to_owned()),
    }
}

/// A client with all optional values.
pub(super) fn client(id: &str) -> RegisteredClient {
    RegisteredClient {
        id: ClientId::parse(id).unwrap(),
        organization: Some(organization_id(77)),
        name: "Portal \u{1F98A}".to_owned(),
        callback_origins: vec!["https://app.example".to_owned()],
        redirect_uris: vec!["https://app.example/in?a=1&b=%20".to_owned(), "app:/in".to_owned()],
        networks: vec!["203.0.113.0/24".parse().unwrap(), "2001:db8::/32".parse().unwrap()],
        version: 1,
        created_at: NOW,
        updated_at: NOW + MICROSECOND,
    }
}

/// A pending invitation with all optional values.
pub(super) fn invitation(number: u8, email: &str) -> Invitation {
    Invitation {
        id: invitation_id(number.into()),
        address: address(email),
        role: Role::Admin,
        organization: Some(organization_id(77)),
        organization_role: Some(OrganizationRole::Administrator),
        invited_by: Some(account_id(78)),
        state: InvitationState::Pending,
        generation: 1,
        key_id: "k3yId_-A".to_owned(),
        created_at: NOW,
        expires_at: NOW + MINUTE,
    }
}

pub(super) fn feature(name: FeatureName, version: u32, value: &str) -> StoredFeature {
    StoredFeature { name, value: value.to_owned(), version, updated_at: NOW, updated_by: Some(account_id(78)) }
}

/// An entry of the audit trail about account 1, by account 2.
pub(super) fn audit_entry(number: u128, event: AuditEvent, at: Timestamp) -> AuditEntry {
    AuditEntry {
        id: audit_id(number),
        at,
        event,
        actor: Actor::Account(account_id(2)),
        account: Some(account_id(1)),
        client_address: Some([203, 0, 113, 7].into()),
        request_id: Some("01J-request".to_owned()),
        detail: Some("Grund \u{1F98A}".to_owned()),
    }
}

/// A queued entry for the registration, due at that time.
pub(super) fn entry(number: u128, registration: u128, due_at: Timestamp) -> OutboxEntry {
    let intent = Intent::Registration {
        registration: registration_id(registration),
        address: address("Jörg@Bücher.example"),
        generation: 1,
    };
    OutboxEntry::new(outbox_id(number), intent, due_at)
}

pub(super) fn queue(endpoint: &str) -> Queue {
    Queue::Endpoint(EndpointName::parse(endpoint).unwrap())
}

/// An event of account 1 for that endpoint.
pub(super) fn event(number: u128, endpoint: &str, due_at: Timestamp) -> OutboxEntry {
    let endpoint = EndpointName::parse(endpoint).unwrap();
    let intent = Intent::Event { account: account_id(1), endpoint, event: AuditEvent::ProfileChanged };
    OutboxEntry::new(outbox_id(number), intent, due_at)
}

pub(super) fn record(number: u8) -> IdempotencyRecord {
    IdempotencyRecord {
        key: digest(number),
        fingerprint: digest(number.wrapping_add(100)),
        started_at: NOW,
        expires_at: NOW + MINUTE,
        answer: None,
    }
}

/// Does the work in a separate unit of work, and commits it.
pub(super) async fn committed<T>(store: &dyn Store, work: impl AsyncFnOnce(&mut dyn UnitOfWork) -> T) -> T {
    let mut unit = store.begin().await.unwrap();
    let outcome = work(unit.as_mut()).await;
    unit.commit().await.unwrap();
    outcome
}

/// Reads what is committed.
pub(super) async fn read<T>(store: &dyn Store, work: impl AsyncFnOnce(&mut dyn UnitOfWork) -> T) -> T {
    let mut unit = store.begin_read_only().await.unwrap();
    let outcome = work(unit.as_mut()).await;
    unit.rollback().await.unwrap();
    outcome
}

/// Runs `count` tasks in parallel, and returns their outcomes.
pub(super) async fn in_parallel<T, F>(count: u8, task: impl Fn(u8) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut tasks = JoinSet::new();
    for number in 0..count {
        tasks.spawn(task(number));
    }
    tasks.join_all().await
}
