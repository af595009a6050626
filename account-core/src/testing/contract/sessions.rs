//! Sessions.

use super::Subject;
use super::fixtures::{NOW, account, committed, digest, read, session};
use crate::ports::store::{Insert, UnitOfWork};
use crate::session::Session;
use crate::timestamp::Timestamp;

/// Every field of a session comes back as it was written; an account may have several.
pub async fn a_session_comes_back_as_it_was_written(subject: &Subject) {
    let far = Session { expires_at: Timestamp::from_unix_micros(i64::MAX), ..session(2, 1) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, "john@acme.com")).await.unwrap(), Insert::Done);
        unit.insert_session(&session(1, 1)).await.unwrap();
        unit.insert_session(&far).await.unwrap();
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(session(1, 1)));
        assert_eq!(unit.find_session(&digest(2)).await.unwrap(), Some(far.clone()));
    })
    .await;
}

/// A token that nobody has is no error.
pub async fn an_unknown_session_is_absent(subject: &Subject) {
    let found = read(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.find_session(&digest(1)).await);
    assert_eq!(found.await.unwrap(), None);
}

/// A session that has expired is still found: whether it counts is the caller's to decide.
pub async fn an_expired_session_is_still_found(subject: &Subject) {
    let expired = Session { expires_at: Timestamp::from_unix_micros(0), created_at: NOW, ..session(1, 1) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, "john@acme.com")).await.unwrap(), Insert::Done);
        unit.insert_session(&expired).await.unwrap();
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(expired.clone()));
    })
    .await;
}
