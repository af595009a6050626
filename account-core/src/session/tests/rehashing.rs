//! Hashes of earlier parameters are replaced when their owner signs in.

use super::*;

#[tokio::test]
async fn raised_parameters_are_used_from_the_next_sign_in_on() {
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
async fn a_full_queue_puts_it_off() {
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
async fn somebody_who_signs_in_at_the_same_time_is_not_refused() {
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
async fn a_change_that_is_made_at_the_same_time_stays() {
    let old = World::new();
    let id = old.account(EMAIL).await.id;
    let world = old.with_iterations(2);
    let other = world.clone();
    world.meanwhile(async move { other.change_account(id, |account| account.role = Role::Admin).await });
    let signed_in = world.sign_in(EMAIL, PASSWORD).await.unwrap();
    assert_eq!((signed_in.account.role, signed_in.account.version), (Role::Admin, 3));
    assert_eq!(world.find(id), signed_in.account);
}
