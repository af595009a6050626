//! Accounts: what is counted for them, and how they end.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Subject;
use super::fixtures::{account, account_id, committed, digest, in_parallel, read, session, token};
use crate::account::Account;
use crate::name::UserName;
use crate::one_time_token::{OneTimeToken, Purpose};
use crate::ports::store::{AccountUpdate, Insert, UnitOfWork, Update};

const EMAIL: &str = "john@acme.com";
const OTHER: &str = "other@acme.com";

fn named(number: u8, email: &str, name: &str) -> Account {
    Account { user_name: Some(UserName::from_stored(name.to_owned())), ..account(number, email) }
}

/// The account in the version after it.
fn next(account: &Account) -> Account {
    Account { version: account.version + 1, ..account.clone() }
}

async fn insert(unit: &mut dyn UnitOfWork, accounts: &[&Account]) {
    for account in accounts {
        assert_eq!(unit.insert_account(account).await.unwrap(), Insert::Done);
    }
}

/// Token generations of an account count from 1; counting changes nothing else of the account.
pub async fn token_generations_of_an_account_count_from_1(subject: &Subject) {
    let stored = account(1, EMAIL);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.next_token_generation(stored.id).await.unwrap(), None);
        insert(unit, &[&stored, &account(2, OTHER)]).await;
        for expected in 1..=3 {
            assert_eq!(unit.next_token_generation(stored.id).await.unwrap(), Some(expected));
        }
        assert_eq!(unit.next_token_generation(account_id(2)).await.unwrap(), Some(1));
        assert_eq!(unit.find_account(stored.id).await.unwrap().as_ref(), Some(&stored));
        assert_eq!(unit.update_account(&next(&stored)).await.unwrap(), AccountUpdate::Applied);
    })
    .await;
    let again = committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.next_token_generation(stored.id).await.unwrap()
    });
    assert_eq!(again.await, Some(4), "a change of the account does not start over");
}

/// Of many parallel calls, each gets a different generation.
pub async fn parallel_token_generations_are_distinct(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[&account(1, EMAIL)]).await).await;
    let generations = in_parallel(40, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let generation = unit.next_token_generation(account_id(1)).await.unwrap().unwrap();
            unit.commit().await.unwrap();
            generation
        }
    });
    let generations: BTreeSet<u32> = generations.await.into_iter().collect();
    assert_eq!(generations, (1..=40).collect());
}

/// Deleting an account deletes its sessions, its tokens and the renewal tokens of its sessions, but not those of
/// others.
pub async fn deleting_an_account_deletes_its_sessions_and_tokens(subject: &Subject) {
    let subject_of = |number: u8| if number < 10 { 1 } else { 2 };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&named(1, EMAIL, "john"), &account(2, OTHER)]).await;
        for (number, account) in [(31, 1), (32, 1), (33, 2)] {
            unit.insert_session(&session(number, account)).await.unwrap();
            let renewal = OneTimeToken { purpose: Purpose::SessionRenewal, ..token(number, number.into(), EMAIL) };
            unit.insert_token(&renewal).await.unwrap();
        }
        for (number, purpose) in (1..).zip(Purpose::ALL).chain((11..).zip(Purpose::ALL)) {
            let token = OneTimeToken { purpose, ..token(number, subject_of(number), EMAIL) };
            unit.insert_token(&token).await.unwrap();
        }
        assert_eq!(unit.delete_account(account_id(1), 1).await.unwrap(), Update::Applied);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(account_id(1)).await.unwrap(), None);
        assert_eq!(unit.find_account(account_id(2)).await.unwrap(), Some(account(2, OTHER)));
        for number in 31..=33 {
            assert_eq!(unit.find_session(&digest(number)).await.unwrap().is_some(), number == 33);
            assert_eq!(unit.find_token(&digest(number)).await.unwrap().is_some(), number == 33);
        }
        for number in (1..=6).chain(11..=16) {
            assert_eq!(unit.find_token(&digest(number)).await.unwrap().is_some(), number > 10, "{number}");
        }
        assert_eq!(unit.next_token_generation(account_id(1)).await.unwrap(), None);
        assert_eq!(unit.delete_account(account_id(1), 1).await.unwrap(), Update::Missed);
        insert(unit, &[&named(3, EMAIL, "john")]).await;
    })
    .await;
}

/// An account that has changed in the meantime is not deleted, and neither are its sessions and tokens.
pub async fn an_account_of_another_version_is_not_deleted(subject: &Subject) {
    let stored = Account { version: 5, ..account(1, EMAIL) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&stored]).await;
        unit.insert_session(&session(1, 1)).await.unwrap();
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
        let renewal = OneTimeToken { purpose: Purpose::SessionRenewal, ..token(2, 1, EMAIL) };
        unit.insert_token(&renewal).await.unwrap();
        for version in [0, 1, 4, 6] {
            assert_eq!(unit.delete_account(stored.id, version).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.delete_account(account_id(2), 5).await.unwrap(), Update::Missed);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(stored.id).await.unwrap().as_ref(), Some(&stored));
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(session(1, 1)));
        assert_eq!(unit.find_token(&digest(1)).await.unwrap(), Some(token(1, 1, EMAIL)));
        assert!(unit.find_token(&digest(2)).await.unwrap().is_some());
    })
    .await;
}

/// Rolled back changes, counts and deletions have no effect.
pub async fn a_rolled_back_change_of_an_account_has_no_effect(subject: &Subject) {
    let stored = account(1, EMAIL);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&stored]).await;
        unit.insert_session(&session(1, 1)).await.unwrap();
    })
    .await;
    let mut unit = subject.store.begin().await.unwrap();
    assert_eq!(unit.update_account(&next(&named(1, OTHER, "john"))).await.unwrap(), AccountUpdate::Applied);
    assert_eq!(unit.next_token_generation(stored.id).await.unwrap(), Some(1));
    assert_eq!(unit.delete_account(stored.id, 2).await.unwrap(), Update::Applied);
    drop(unit);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(stored.id).await.unwrap().as_ref(), Some(&stored));
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(session(1, 1)));
        assert_eq!(unit.next_token_generation(stored.id).await.unwrap(), Some(1));
        insert(unit, &[&named(2, OTHER, "john")]).await;
    })
    .await;
}
