//! The query for session and account that every request of a signed-in client makes.

use std::sync::Arc;

use tokio::task::yield_now;

use super::Subject;
use super::fixtures::{MINUTE, NOW, account, account_id, committed, digest, session, session_id};
use crate::account::{Account, Role};
use crate::ports::store::{AccountUpdate, Insert, UnitOfWork, Update};
use crate::session::{Session, SignedIn};
use crate::timestamp::Timestamp;

const EMAIL: &str = "john@acme.com";

async fn furnish(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&account(2, "other@acme.com")).await.unwrap(), Insert::Done);
        unit.insert_session(&session(1, 1)).await.unwrap();
        unit.insert_session(&session(2, 2)).await.unwrap();
    })
    .await;
}

async fn look(subject: &Subject, number: u8) -> Option<SignedIn> {
    subject.store.find_signed_in(&digest(number)).await.unwrap()
}

/// A token finds its session and the account of that session, both complete.
pub async fn a_token_finds_its_session_and_account(subject: &Subject) {
    furnish(subject).await;
    assert_eq!(look(subject, 1).await, Some(SignedIn { session: session(1, 1), account: account(1, EMAIL) }));
    assert_eq!(look(subject, 2).await.unwrap().account, account(2, "other@acme.com"));
}

/// The query returns when an access token expires, and does not judge it: that is the caller's task.
pub async fn a_token_that_has_ended_still_finds_its_session(subject: &Subject) {
    let renewable =
        Session { token_lasts: Some(MINUTE), token_expires_at: Some(Timestamp::from_unix_micros(0)), ..session(3, 1) };
    let lasting = Session { token_lasts: None, token_expires_at: None, ..session(4, 1) };
    furnish(subject).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_session(&renewable).await.unwrap();
        unit.insert_session(&lasting).await.unwrap();
    })
    .await;
    assert_eq!(look(subject, 3).await.unwrap().session, renewable);
    assert_eq!(look(subject, 4).await.unwrap().session, lasting);
}

/// An unknown token finds nothing.
pub async fn an_unknown_token_finds_nobody(subject: &Subject) {
    assert_eq!(look(subject, 1).await, None);
    furnish(subject).await;
    assert_eq!(look(subject, 9).await, None);
}

/// The caller decides whether a session is live and its account enabled.
pub async fn a_signed_in_account_is_found_in_every_state(subject: &Subject) {
    let disabled = Account { disabled_at: Some(NOW), verified_at: None, ..account(1, EMAIL) };
    let expired = Session { expires_at: Timestamp::from_unix_micros(0), ..session(1, 1) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&disabled).await.unwrap(), Insert::Done);
        unit.insert_session(&expired).await.unwrap();
    })
    .await;
    assert_eq!(look(subject, 1).await, Some(SignedIn { session: expired, account: disabled }));
}

/// Every query sees what was committed before it: changes to the account and the session, and their removal.
pub async fn a_session_check_sees_earlier_commits(subject: &Subject) {
    furnish(subject).await;
    for version in 2..=20 {
        let role = if version % 2 == 0 { Role::Admin } else { Role::User };
        let disabled_at = (version % 3 == 0).then_some(NOW);
        let changed = Account { role, disabled_at, version, ..account(1, EMAIL) };
        committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
            assert_eq!(unit.update_account(&changed).await.unwrap(), AccountUpdate::Applied);
            let touched = unit.touch_session(&digest(1), NOW + MINUTE * version).await.unwrap();
            assert_eq!(touched, Update::Applied);
        })
        .await;
        let seen = look(subject, 1).await.unwrap();
        assert_eq!(seen.account, changed);
        assert_eq!(seen.session.last_used_at, NOW + MINUTE * version);
    }
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.replace_session(&digest(1), &session(3, 1)).await.unwrap(), Update::Applied);
    })
    .await;
    assert_eq!(look(subject, 1).await, None);
    assert_eq!(look(subject, 3).await.unwrap().session, session(3, 1));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_session(account_id(1), session_id(3)).await.unwrap(), Update::Applied);
        assert_eq!(unit.delete_account(account_id(2), 1).await.unwrap(), Update::Applied);
    })
    .await;
    assert_eq!(look(subject, 3).await, None);
    assert_eq!(look(subject, 2).await, None);
}

/// A query does not see, and does not wait for, what others are about to commit.
pub async fn a_session_check_does_not_see_uncommitted_changes(subject: &Subject) {
    furnish(subject).await;
    let mut unit = subject.store.begin().await.unwrap();
    let changed = Account { version: 2, role: Role::SuperAdmin, ..account(1, EMAIL) };
    assert_eq!(unit.update_account(&changed).await.unwrap(), AccountUpdate::Applied);
    assert_eq!(unit.delete_sessions_of_account(account_id(2), None).await.unwrap(), 1);
    assert_eq!(look(subject, 1).await.unwrap().account, account(1, EMAIL));
    assert!(look(subject, 2).await.is_some());
    unit.commit().await.unwrap();
    assert_eq!(look(subject, 1).await.unwrap().account, changed);
    assert_eq!(look(subject, 2).await, None);
}

/// Cancelled units of work leave no old state for later queries.
pub async fn a_session_check_sees_the_newest_state_after_cancelled_units_of_work(subject: &Subject) {
    furnish(subject).await;
    for patience in 0..60_u32 {
        let store = Arc::clone(&subject.store);
        let task = tokio::spawn(async move {
            let mut unit = store.begin_read_only().await.unwrap();
            unit.find_account(account_id(1)).await.unwrap();
            unit.rollback().await.unwrap();
        });
        for _ in 0..patience * patience {
            yield_now().await;
        }
        task.abort();
        drop(task.await);
    }
    for version in 2..=20 {
        let changed = Account { version, ..account(1, EMAIL) };
        committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
            assert_eq!(unit.update_account(&changed).await.unwrap(), AccountUpdate::Applied);
        })
        .await;
        assert_eq!(look(subject, 1).await.unwrap().account, changed);
    }
}
