//! What a registration is refused for: all of it at once, before anything is written.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use async_trait::async_trait;
use mockall::mock;
use uuid::Uuid;

use super::*;
use crate::password::Password;
use crate::ports::{Applicant, BreachedPasswords, BreachedPasswordsError, RegistrationGuard};
use crate::violation::{Field, Rule, Violation};

/// A guard that objects to every address from its so-manieth question on.
#[derive(Default)]
pub(super) struct Veto {
    patience: AtomicUsize,
}

impl Veto {
    pub(super) fn after(questions: usize) -> Arc<dyn RegistrationGuard> {
        Arc::new(Self { patience: questions.into() })
    }
}

#[async_trait]
impl RegistrationGuard for Veto {
    async fn check(&self, applicant: &Applicant<'_>) -> Vec<Violation> {
        assert_eq!(applicant.origin.channel, "native");
        let is_patient = self.patience.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
        if is_patient { Vec::new() } else { vec![Violation::new(Field::Email, Rule::DomainDenied)] }
    }
}

mock! {
    pub(super) Breached {}
    #[async_trait]
    impl BreachedPasswords for Breached {
        async fn is_breached(&self, password: &Password) -> Result<bool, BreachedPasswordsError>;
    }
}

fn broken<T>(result: Result<T, RegisterError>) -> Vec<(Field, Rule)> {
    match result.map(|_| ()) {
        Err(RegisterError::Invalid(violations)) => {
            violations.iter().map(|violation| (violation.field, violation.rule)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn all_violations_are_reported_at_once() {
    let mut breached = MockBreached::new();
    breached.expect_is_breached().returning(|_| Ok(true));
    let world = World::with(|ports, _| {
        ports.guards = vec![Veto::after(0), Veto::after(0)];
        ports.breached_passwords = Arc::new(breached);
    });
    let unknown = OrganizationId::from_uuid(Uuid::from_u128(5));
    let draft = RegistrationDraft {
        country: "Atlantis".into(),
        callback_url: "https://evil.example.com/".into(),
        password_confirmation: "something else".into(),
        organization: unknown.to_string().into(),
        ..draft(EMAIL, "short")
    };
    assert_eq!(
        broken(world.try_register(draft, Client::default()).await),
        [
            (Field::Country, Rule::Unknown),
            (Field::CallbackUrl, Rule::OriginNotAllowed),
            (Field::Organization, Rule::Unknown),
            (Field::Password, Rule::TooShort { min: 15 }),
            (Field::PasswordConfirmation, Rule::ConfirmationMismatch),
            (Field::Password, Rule::Common),
            (Field::Email, Rule::DomainDenied),
            (Field::Email, Rule::DomainDenied),
        ]
    );
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0);
}

#[tokio::test]
async fn a_veto_writes_nothing_and_counts_nothing() {
    let world = World::with(|ports, settings| {
        ports.guards.push(Veto::after(0));
        settings.limits.registrations = Rate::new(0, HOUR);
    });
    for _ in 0..3 {
        let refused = world.try_register(draft(EMAIL, PASSWORD), client("192.0.2.7")).await;
        assert_eq!(broken(refused), [(Field::Email, Rule::DomainDenied)]);
    }
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0);
}

#[tokio::test]
async fn a_common_password_is_reported_once() {
    let world = World::new();
    let refused = world.try_register(draft(EMAIL, "#1ghettofabolous"), Client::default()).await;
    assert_eq!(broken(refused), [(Field::Password, Rule::Common)]);
}

#[tokio::test]
async fn a_breached_password_is_refused_wherever_a_blocklist_applies() {
    let mut breached = MockBreached::new();
    breached.expect_is_breached().returning(|password| Ok(password.expose() != PASSWORD));
    let world = World::with(|ports, _| ports.breached_passwords = Arc::new(breached));
    let refused = world.try_register(draft(EMAIL, NEW_PASSWORD), Client::default()).await;
    assert_eq!(broken(refused), [(Field::Password, Rule::Common)]);

    let password_policy = PasswordPolicy { min: 8, ..PasswordPolicy::PERMISSIVE };
    let permissive = RegistrationRules { password_policy, ..RegistrationRules::native("form") };
    let draft_of_dialect = draft("jane@acme.com", "yourpassword");
    let request = RegisterRequest {
        draft: draft_of_dialect,
        rules: &permissive,
        context: CallContext::default(),
        idempotency_key: None,
    };
    assert!(world.service.register(request).await.is_ok());
    world.mails().await;

    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let refused = why(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await);
    assert!(refused.contains("field: NewPassword, rule: Common"), "{refused}");
    let refused = why(world.redeem(&attempt.token, new_password("short")).await);
    assert!(refused.contains("rule: TooShort") && refused.contains("rule: Common"), "all of it: {refused}");
}

#[tokio::test]
async fn an_unavailable_breach_source_stops_nobody() {
    let mut breached = MockBreached::new();
    breached.expect_is_breached().returning(|_| Err(BreachedPasswordsError("gone".into())));
    let world = World::with(|ports, _| ports.breached_passwords = Arc::new(breached));
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    assert!(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.is_ok());
}

#[tokio::test]
async fn only_accounts_hold_user_names() {
    let world = World::new();
    world.take_user_name("john").await;
    let wanting = |name: &str| RegistrationDraft { user_name: name.into(), ..draft(EMAIL, PASSWORD) };
    let before = world.store.row_counts();
    let refused = world.try_register(wanting("John"), Client::default()).await;
    assert_eq!(broken(refused), [(Field::UserName, Rule::Taken)]);
    assert_eq!(world.store.row_counts(), before);
    world.try_register(wanting("johnny"), Client::default()).await.unwrap();
    world.try_register(wanting("johnny"), Client::default()).await.unwrap();
}

#[tokio::test]
async fn probing_user_names_is_limited() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(3, HOUR));
    world.take_user_name("john").await;
    let wanting = RegistrationDraft { user_name: "john".into(), ..draft(EMAIL, PASSWORD) };
    for _ in 0..3 {
        let refused = world.try_register(wanting.clone(), client("192.0.2.7")).await;
        assert_eq!(broken(refused), [(Field::UserName, Rule::Taken)]);
    }
    let refused = why(world.try_register(wanting, client("192.0.2.7")).await);
    assert!(refused.starts_with("Failed(Limited("), "{refused}");
}

#[tokio::test]
async fn an_organization_must_be_known() {
    let world = World::new();
    let id = OrganizationId::from_uuid(Uuid::from_u128(5));
    let joining = || RegistrationDraft { organization: id.to_string().into(), ..draft(EMAIL, PASSWORD) };
    let refused = world.try_register(joining(), Client::default()).await;
    assert_eq!(broken(refused), [(Field::Organization, Rule::Unknown)]);
    let organization = organization(id, "acme");
    let inserted = world.commit(async |unit| unit.insert_organization(&organization).await.unwrap()).await;
    assert_eq!(inserted, Insert::Done);
    assert!(world.try_register(joining(), Client::default()).await.is_ok());
}

#[tokio::test]
async fn a_throw_away_mailbox_is_refused_from_the_start() {
    let world = World::new();
    let refused = world.try_register(draft("john@mailinator.com", PASSWORD), Client::default()).await;
    assert_eq!(broken(refused), [(Field::Email, Rule::DomainDisposable)]);
}

#[tokio::test]
async fn lists_and_other_tricks_are_not_addresses() {
    let world = World::new();
    for text in [
        "john@acme.com,eve@evil.example",
        "john@acme.com;eve@evil.example",
        "John <john@acme.com>",
        "john@acme.com\r\nBcc: eve@evil.example",
        "john@acme.com\0",
        "=?utf-8?q?john?=@acme.com",
        "\"john\"@acme.com",
        "john@[192.0.2.7]",
        "john@localhost",
    ] {
        let refused = world.try_register(draft(text, PASSWORD), Client::default()).await;
        assert_eq!(broken(refused), [(Field::Email, Rule::Malformed)], "{text:?}");
    }
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0);
}
