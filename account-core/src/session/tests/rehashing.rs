//! Hashes of earlier parameters are replaced when their owner signs in.

use super::*;
use crate::audit::AuditEvent;

#[tokio::test]
async fn raised_parameters_apply_from_the_next_sign_in() {
    let old = World::new();
    let former = vec![PasswordHash::from_phc("$argon2id$former".to_owned())];
    let account =
        Account { credential_epoch: 7, former_passwords: former.clone(), ..old.draft_account(EMAIL, PASSWORD).await };
    let before = old.insert(account).await;
    let world = old.with_iterations(2);
    assert_eq!(why(world.sign_in(EMAIL, WRONG).await), "WrongCredentials");
    assert_eq!(world.take_hashes(), (0, 1), "a wrong one is not hashed again");
    let signed_in = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    assert_eq!(world.take_hashes(), (1, 1));
    let after = world.find(before.id);
    assert_eq!(signed_in.account, after);
    let hash = after.password_hash.clone().unwrap();
    assert!(hash.as_phc().starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{}", hash.as_phc());
    assert_eq!(Account { password_hash: after.password_hash.clone(), version: 2, ..before }, after);
    assert_eq!((after.credential_epoch, after.former_passwords), (7, former));
    assert!(world.sign_in(EMAIL, PASSWORD).await.is_ok());
    assert_eq!(world.take_hashes(), (0, 1), "once is enough");
}

#[tokio::test]
async fn a_full_queue_postpones_rehashing() {
    let old = World::new();
    let before = old.account(EMAIL).await;
    let world = old.with_iterations(2);
    world.hasher.places.store(1, Ordering::SeqCst);
    assert_eq!(world.sign_in(EMAIL, PASSWORD).await.unwrap().account, before);
    assert_eq!(world.find(before.id), before);
    world.hasher.places.store(usize::MAX, Ordering::SeqCst);
    assert_ne!(world.sign_in(EMAIL, PASSWORD).await.unwrap().account.password_hash, before.password_hash);
}

#[tokio::test]
async fn a_concurrent_sign_in_is_not_refused() {
    let old = World::new();
    let id = old.account(EMAIL).await.id;
    let world = old.with_iterations(2);
    let other = world.clone();
    world.meanwhile(async move {
        other.sign_in(EMAIL, PASSWORD).await.unwrap();
    });
    assert!(world.sign_in(EMAIL, PASSWORD).await.is_ok());
    assert_eq!((world.store.sessions().len(), world.find(id).version), (2, 2));
}

#[tokio::test]
async fn a_concurrent_change_is_kept() {
    let old = World::new();
    let id = old.account(EMAIL).await.id;
    let world = old.with_iterations(2);
    let other = world.clone();
    world.meanwhile(async move { other.change_account(id, |account| account.role = Role::Admin).await });
    let signed_in = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    assert_eq!((signed_in.account.role, signed_in.account.version), (Role::Admin, 3));
    assert_eq!(world.find(id), signed_in.account);
}

#[tokio::test]
async fn a_new_hash_of_a_weak_password_stays_a_weak_passwords() {
    let old = World::new();
    for passed in PassedPolicy::ALL {
        let email = format!("{}@acme.com", passed.name());
        let account = old.draft_account(&email, PASSWORD).await;
        let hash = account.password_hash.clone().map(|hash| hash.with_passed(Some(passed)));
        let before = old.insert(Account { password_hash: hash, ..account }).await;
        let world = old.with_iterations(2);
        world.sign_in(&email, PASSWORD).await.unwrap();
        let after = world.find(before.id).password_hash.unwrap();
        assert!(after.as_phc().starts_with("$argon2id$v=19$m=64,t=2,p=1$"), "{}", after.as_phc());
        assert_eq!(after.passed(), Some(passed));
    }
}

/// An account whose password nobody has compared with a policy yet.
async fn unjudged(world: &World, email: &str, password: &str) -> Account {
    let account = world.draft_account(email, password).await;
    let hash = account.password_hash.clone().map(|hash| hash.with_passed(None));
    world.insert(Account { password_hash: hash, ..account }).await
}

#[tokio::test]
async fn a_password_of_unknown_strength_is_compared_when_its_owner_signs_in() {
    let world = World::new();
    let cases = [
        ("john@acme.com", PASSWORD, PassedPolicy::Default),
        ("jane@acme.com", "a1-lamp-q", PassedPolicy::Weaker),
        ("joseph.of.acme@acme.com", "joseph.of.acme@acme.com", PassedPolicy::Weaker),
    ];
    for (email, password, expected) in cases {
        let before = unjudged(&world, email, password).await;
        world.take_hashes();
        assert_eq!(why(world.sign_in(email, WRONG).await), "WrongCredentials");
        assert_eq!(world.find(before.id), before, "a wrong one tells nothing");
        let signed_in = world.sign_in(email, password).await.unwrap();
        assert_eq!(world.take_hashes(), (0, 2), "nothing is hashed for it");
        let hash = before.password_hash.clone().map(|hash| hash.with_passed(Some(expected)));
        assert_eq!(signed_in.account, Account { password_hash: hash, version: 2, ..before.clone() });
        assert_eq!(world.find(before.id), signed_in.account);
        world.sign_in(email, password).await.unwrap();
        assert_eq!(world.find(before.id).version, 2, "once is enough");
    }
}

#[tokio::test]
async fn a_password_that_is_replaced_meanwhile_is_not_taken_for_the_one_that_was_compared() {
    let world = World::new();
    let id = unjudged(&world, EMAIL, PASSWORD).await.id;
    let weak = world.draft_account(EMAIL, "a1-lamp-q").await.password_hash.unwrap().with_passed(None);
    let (other, replaced) = (world.clone(), weak.clone());
    world.meanwhile(async move {
        let replace = |account: &mut Account| {
            account.replace_password(replaced);
        };
        other.change_account(id, replace).await;
    });
    assert_eq!(why(world.sign_in(EMAIL, PASSWORD).await), "WrongCredentials");
    assert_eq!(world.find(id).password_hash, Some(weak));
}

#[tokio::test]
async fn an_administrator_with_a_weak_password_stays_one_and_is_named_in_the_audit_trail() {
    let world = World::new();
    let cases = [
        (Role::User, "a1-lamp-q", None),
        (Role::Admin, PASSWORD, None),
        (Role::Admin, "a1-lamp-q", Some("weak_password")),
        (Role::SuperAdmin, "a1-lamp-q", Some("weak_password")),
    ];
    for (number, (role, password, expected)) in cases.into_iter().enumerate() {
        let email = format!("{}{number}@acme.com", role.name());
        let id = unjudged(&world, &email, password).await.id;
        world.change_account(id, |account| account.role = role).await;
        for _ in 0..2 {
            assert_eq!(world.sign_in(&email, password).await.unwrap().account.role, role);
            let entry = world.store.audit().pop().unwrap();
            assert_eq!((entry.event, entry.account), (AuditEvent::SignedIn, Some(id)));
            assert_eq!(entry.detail.as_deref(), expected);
            world.clock.advance(SECOND);
        }
    }
}
