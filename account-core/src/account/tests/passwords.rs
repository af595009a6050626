//! Changes of password.

use tokio::task::JoinSet;

use super::*;
use crate::password::PassedPolicy;

#[tokio::test]
async fn a_changed_password_ends_other_sessions_and_renews_this_one() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (session, other) = (world.open(&account).await, world.open(&account).await);
    let reset = world.link_to_reset(EMAIL).await;
    let renewed = world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await.unwrap();
    assert_ne!((renewed.id, &renewed.token), (session.id, &session.token));
    assert!(world.caller(&renewed.token).await.is_some());
    for ended in [&session.token, &other.token] {
        assert!(world.caller(ended).await.is_none());
    }
    let now = world.now(&account);
    assert_eq!((now.credential_epoch, now.former_passwords.len(), now.version), (1, 1, 2));
    assert!(world.is_password(&account, NEW_PASSWORD).await && !world.is_password(&account, PASSWORD).await);
    assert_eq!(why(world.reset(&reset, "something else entirely").await), "Gone(Superseded)");
    assert_eq!(world.told().await, [("password_changed".to_owned(), EMAIL.to_owned())]);
    assert_eq!(world.events(), [AuditEvent::PasswordChanged]);
}

#[tokio::test]
async fn only_the_last_three_passwords_are_refused() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let mut session = world.open(&account).await;
    let passwords = [PASSWORD, "the second of my passwords", "the third of my passwords", "the fourth of my passwords"];
    for (index, new) in passwords.iter().enumerate().skip(1) {
        let current = passwords[index - 1];
        for used in &passwords[index.saturating_sub(3)..index] {
            let refused = world.change_password(&session.token, current, used).await;
            let Err(ChangePasswordError::Invalid(violations)) = refused else { panic!("{refused:?}") };
            assert_eq!(rules(&violations), [(Field::NewPassword, Rule::UsedBefore)]);
        }
        session = world.change_password(&session.token, current, new).await.unwrap();
    }
    assert_eq!(world.now(&account).former_passwords.len(), 2);
    session = world.change_password(&session.token, passwords[3], passwords[0]).await.unwrap();
    for used in &passwords[2..] {
        assert!(why(world.change_password(&session.token, passwords[0], used).await).contains("UsedBefore"));
    }
}

#[tokio::test]
async fn all_violations_of_the_new_password_are_reported_and_cost_no_try() {
    let world = World::new();
    let session = world.open(&world.account(EMAIL).await).await;
    let caller = world.verified(&session.token).await;
    let policy = PasswordPolicy::DEFAULT;
    for _ in 0..20 {
        let refused =
            world.service.change_password(&caller, Input::Absent, "john@acme.com".into(), policy, &by()).await;
        let Err(ChangePasswordError::Invalid(violations)) = refused else { panic!("{refused:?}") };
        let expected = [
            (Field::CurrentPassword, Rule::Required),
            (Field::NewPassword, Rule::TooShort { min: 15 }),
            (Field::NewPassword, Rule::ContainsPersonalWord),
        ];
        assert_eq!(rules(&violations), expected);
    }
    let refused = world.service.change_password(&caller, Input::Mistyped, Input::Mistyped, policy, &by()).await;
    let Err(ChangePasswordError::Invalid(violations)) = refused else { panic!("{refused:?}") };
    let expected = [(Field::CurrentPassword, Rule::MustBeText), (Field::NewPassword, Rule::MustBeText)];
    assert_eq!(rules(&violations), expected);
    assert!(world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await.is_ok());
}

#[tokio::test]
async fn wrong_passwords_count_like_sign_in_tries() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let too_long = "x".repeat(257);
    for wrong in [NEW_PASSWORD, &too_long].into_iter().cycle().take(10) {
        assert_eq!(why(world.change_password(&session.token, wrong, "another fine passphrase").await), "WrongPassword");
    }
    for password in [NEW_PASSWORD, PASSWORD] {
        let refused = world.change_password(&session.token, password, "another fine passphrase").await;
        let Err(ChangePasswordError::Failed(Failure::Limited(Limited { limit, rate, .. }))) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((limit, rate), ("sign_ins", Rate::new(10, HOUR / 4)));
    }
    world.clock.advance(HOUR / 4);
    assert!(world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_guesses_get_no_more_answers_than_the_limit() {
    let world = std::sync::Arc::new(World::new());
    let session = world.open(&world.account(EMAIL).await).await;
    let mut guessing = JoinSet::new();
    for number in 0..100 {
        let (world, token) = (std::sync::Arc::clone(&world), session.token.clone());
        guessing.spawn(async move {
            why(world.change_password(&token, &format!("guess number {number}"), NEW_PASSWORD).await)
        });
    }
    let outcomes = guessing.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "WrongPassword").count(), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_parallel_changes_one_succeeds() {
    let world = std::sync::Arc::new(World::with(|settings| settings.limits.sign_ins = Rate::OFF));
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let caller = world.verified(&session.token).await;
    let mut changing = JoinSet::new();
    for number in 0..20 {
        let (world, caller) = (std::sync::Arc::clone(&world), caller.clone());
        changing.spawn(async move {
            let new = format!("a fine passphrase {number}");
            let policy = PasswordPolicy::DEFAULT;
            why(world.service.change_password(&caller, PASSWORD.into(), new.into(), policy, &by()).await)
        });
    }
    let outcomes = changing.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 1);
    assert!(outcomes.iter().all(|outcome| outcome == "it succeeded" || outcome.starts_with("Failed(Unavailable")));
    assert_eq!((world.now(&account).credential_epoch, world.store.sessions().len()), (1, 1));
}

#[tokio::test]
async fn no_password_is_right_for_an_account_without_one() {
    let world = World::new();
    let account = world.account_with(EMAIL, |account| account.password_hash = None).await;
    let session = world.open(&account).await;
    assert_eq!(why(world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await), "WrongPassword");
}

/// As some documented APIs have it: eight characters, of whatever kind.
const WEAK_POLICY: PasswordPolicy = PasswordPolicy { name: "form", min: 8, ..PasswordPolicy::PERMISSIVE };
const WEAK: &str = "a1-lamp-q";

#[tokio::test]
async fn a_new_password_is_recorded_with_the_policy_that_it_passes() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let mut session = world.open(&account).await;
    for (current, new, expected) in
        [(PASSWORD, WEAK, PassedPolicy::Weaker), (WEAK, NEW_PASSWORD, PassedPolicy::Default)]
    {
        let caller = world.verified(&session.token).await;
        let changed = world.service.change_password(&caller, current.into(), new.into(), WEAK_POLICY, &by()).await;
        session = changed.unwrap();
        let now = world.now(&account);
        assert_eq!(now.password_hash.unwrap().passed(), Some(expected));
        assert!(now.former_passwords.iter().all(|former| former.passed().is_none()));
    }
}

#[tokio::test]
async fn an_administrator_changes_to_a_password_of_the_default_policy_by_whatever_channel() {
    let world = World::new();
    for role in [Role::Admin, Role::SuperAdmin] {
        let account = world.account_with(&format!("{}@acme.com", role.name()), |account| account.role = role).await;
        let caller = world.verified(&world.open(&account).await.token).await;
        let change = async |new: &str| {
            world.service.change_password(&caller, PASSWORD.into(), new.into(), WEAK_POLICY, &by()).await
        };
        let refused = change(WEAK).await;
        let Err(ChangePasswordError::Invalid(violations)) = refused else { panic!("{refused:?}") };
        assert_eq!(rules(&violations), [(Field::NewPassword, Rule::TooShort { min: 15 })]);
        assert_eq!(world.now(&account), account);
        assert!(change(NEW_PASSWORD).await.is_ok());
        assert_eq!(world.now(&account).password_hash.unwrap().passed(), Some(PassedPolicy::Default));
    }
}

#[tokio::test]
async fn who_becomes_an_administrator_meanwhile_gets_no_weak_password() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let caller = world.verified(&world.open(&account).await.token).await;
    // As a change of role does.
    world.alter(&account, |account| (account.role, account.credential_epoch) = (Role::Admin, 1)).await;
    let promoted = world.now(&account);
    let refused = world.service.change_password(&caller, PASSWORD.into(), WEAK.into(), WEAK_POLICY, &by()).await;
    assert!(why(refused).contains("Store(StoreError"));
    assert_eq!(world.now(&account), promoted);
}
