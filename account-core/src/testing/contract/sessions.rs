//! Sessions.

use std::sync::Arc;
use std::time::Duration;

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, account, account_id, committed, digest, in_parallel, read, session, session_id, token,
};
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::ports::store::{Insert, UnitOfWork, Update};
use crate::session::{MAX_USER_AGENT, Session};
use crate::timestamp::{CLOCK_DIFFERENCE, Timestamp};

/// Every field of a session comes back as it was written; an account may have several.
pub async fn a_session_comes_back_as_it_was_written(subject: &Subject) {
    let far = Session {
        expires_at: Timestamp::from_unix_micros(i64::MAX),
        idle: None,
        token_lasts: None,
        token_expires_at: None,
        client_address: None,
        user_agent: None,
        ..session(2, 1)
    };
    let by_ipv6 = Session {
        client_address: Some("2001:db8::7".parse().unwrap()),
        user_agent: Some("\u{1F98A}".repeat(MAX_USER_AGENT)),
        channel: "page".to_owned(),
        ..session(3, 1)
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, "john@acme.com")).await.unwrap(), Insert::Done);
        unit.insert_session(&session(1, 1)).await.unwrap();
        unit.insert_session(&far).await.unwrap();
        unit.insert_session(&by_ipv6).await.unwrap();
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(session(1, 1)));
        assert_eq!(unit.find_session(&digest(2)).await.unwrap(), Some(far.clone()));
        assert_eq!(unit.find_session(&digest(3)).await.unwrap(), Some(by_ipv6.clone()));
    })
    .await;
}

/// An unknown token is not an error.
pub async fn an_unknown_session_is_absent(subject: &Subject) {
    let found = read(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.find_session(&digest(1)).await);
    assert_eq!(found.await.unwrap(), None);
}

/// A session is found by its id as well as by its token, complete.
pub async fn a_session_is_found_by_its_id(subject: &Subject) {
    furnish(subject).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_session_by_id(session_id(2)).await.unwrap(), Some(session(2, 1)));
        assert_eq!(unit.find_session_by_id(session_id(4)).await.unwrap(), Some(session(4, 2)));
        assert_eq!(unit.find_session_by_id(session_id(9)).await.unwrap(), None);
    })
    .await;
}

/// The lifetime and the expiry of an access token come back as they were written, to the microsecond; each may be
/// present without the other.
pub async fn the_end_of_an_access_token_comes_back_as_it_was_written(subject: &Subject) {
    let ends = [
        (None, None),
        (Some(Duration::from_mins(15)), Some(NOW + MINUTE * 15)),
        (Some(MICROSECOND), None),
        (None, Some(Timestamp::from_unix_micros(i64::MAX))),
    ];
    let ending = (1..).zip(ends).map(|(number, (token_lasts, token_expires_at))| Session {
        token_lasts,
        token_expires_at,
        ..session(number, 1)
    });
    let ending: Vec<Session> = ending.collect();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, "john@acme.com")).await.unwrap(), Insert::Done);
        for session in &ending {
            unit.insert_session(session).await.unwrap();
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for session in &ending {
            assert_eq!(unit.find_session(&session.token).await.unwrap().as_ref(), Some(session));
        }
    })
    .await;
}

/// An expired session is still found: the caller decides whether it counts.
pub async fn an_expired_session_is_still_found(subject: &Subject) {
    let expired = Session { expires_at: Timestamp::from_unix_micros(0), created_at: NOW, ..session(1, 1) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, "john@acme.com")).await.unwrap(), Insert::Done);
        unit.insert_session(&expired).await.unwrap();
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(expired.clone()));
    })
    .await;
}

/// Writes two accounts, and sessions 1, 2, 3 of the first and 4 of the other.
async fn furnish(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, email) in [(1, "john@acme.com"), (2, "other@acme.com")] {
            assert_eq!(unit.insert_account(&account(number, email)).await.unwrap(), Insert::Done);
        }
        for (number, account) in [(2, 1), (1, 1), (4, 2), (3, 1)] {
            unit.insert_session(&session(number, account)).await.unwrap();
        }
    })
    .await;
}

/// The numbers of the sessions that are left, of those that [`furnish`] wrote.
async fn left(unit: &mut dyn UnitOfWork) -> Vec<u8> {
    let mut left = Vec::new();
    for number in 1..=4 {
        if unit.find_session(&digest(number)).await.unwrap().is_some() {
            left.push(number);
        }
    }
    left
}

/// An account's sessions are listed by descending id, including expired ones, and no other account's.
pub async fn sessions_of_an_account_are_listed_newest_first(subject: &Subject) {
    furnish(subject).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let expired = Session { expires_at: Timestamp::from_unix_micros(0), ..session(9, 1) };
        unit.insert_session(&expired).await.unwrap();
        let listed = unit.find_sessions_of_account(account_id(1)).await.unwrap();
        assert_eq!(listed, [expired, session(3, 1), session(2, 1), session(1, 1)]);
        assert_eq!(unit.find_sessions_of_account(account_id(2)).await.unwrap(), [session(4, 2)]);
        assert_eq!(unit.find_sessions_of_account(account_id(3)).await.unwrap(), []);
    })
    .await;
}

/// Of very many sessions, the newest thousand are listed.
pub async fn a_thousand_sessions_of_an_account_are_listed_at_most(subject: &Subject) {
    let numbered = |number: u16| {
        let mut bytes = [0xC3; 32];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        Session { id: session_id(number.into()), token: TokenDigest::from_bytes(bytes), ..session(0, 1) }
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, "john@acme.com")).await.unwrap(), Insert::Done);
        for number in 1..=1_003 {
            unit.insert_session(&numbered(number)).await.unwrap();
        }
        let listed = unit.find_sessions_of_account(account_id(1)).await.unwrap();
        assert_eq!(listed, (4..=1_003).rev().map(numbered).collect::<Vec<_>>());
    })
    .await;
}

/// The last use of a session only moves forward, unless it is further ahead than clocks differ, and changes nothing else.
pub async fn the_last_use_of_a_session_moves_forward_only(subject: &Subject) {
    furnish(subject).await;
    let used = session(1, 1).last_used_at;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for earlier in [used, used - MICROSECOND, used - CLOCK_DIFFERENCE] {
            assert_eq!(unit.touch_session(&digest(1), earlier).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.touch_session(&digest(9), NOW + MINUTE).await.unwrap(), Update::Missed);
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(session(1, 1)));
        assert_eq!(unit.touch_session(&digest(1), used + MICROSECOND).await.unwrap(), Update::Applied);
        assert_eq!(unit.touch_session(&digest(1), used + MICROSECOND).await.unwrap(), Update::Missed);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let touched = Session { last_used_at: used + MICROSECOND, ..session(1, 1) };
        assert_eq!(unit.find_session(&digest(1)).await.unwrap(), Some(touched));
        assert_eq!(unit.find_session(&digest(2)).await.unwrap(), Some(session(2, 1)));
    })
    .await;
    let set_back = used - CLOCK_DIFFERENCE;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.touch_session(&digest(1), set_back).await.unwrap(), Update::Applied);
        assert_eq!(unit.touch_session(&digest(1), set_back).await.unwrap(), Update::Missed);
        let found = unit.find_session(&digest(1)).await.unwrap();
        assert_eq!(found, Some(Session { last_used_at: set_back, ..session(1, 1) }));
        assert_eq!(unit.find_session(&digest(2)).await.unwrap(), Some(session(2, 1)));
    })
    .await;
}

/// A session that replaces another is found only by its own token; other sessions stay.
pub async fn a_session_can_replace_another(subject: &Subject) {
    furnish(subject).await;
    let renewed = Session {
        authenticated_at: NOW + MINUTE,
        last_used_at: NOW + MINUTE,
        idle: None,
        expires_at: NOW + MINUTE * 2,
        token_lasts: None,
        token_expires_at: Some(NOW + MINUTE),
        channel: "page".to_owned(),
        client_address: None,
        user_agent: None,
        ..session(9, 1)
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.replace_session(&digest(8), &renewed).await.unwrap(), Update::Missed);
        assert_eq!(unit.find_session(&digest(9)).await.unwrap(), None);
        assert_eq!(unit.replace_session(&digest(1), &renewed).await.unwrap(), Update::Applied);
        assert_eq!(unit.replace_session(&digest(1), &renewed).await.unwrap(), Update::Missed);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_session(&digest(9)).await.unwrap().as_ref(), Some(&renewed));
        let listed = unit.find_sessions_of_account(account_id(1)).await.unwrap();
        assert_eq!(listed, [renewed.clone(), session(3, 1), session(2, 1)]);
        let same_token = Session { authenticated_at: NOW + MINUTE, ..session(2, 1) };
        assert_eq!(unit.replace_session(&digest(2), &same_token).await.unwrap(), Update::Applied);
        assert_eq!(unit.find_session(&digest(2)).await.unwrap(), Some(same_token));
        let same_id = Session { id: session_id(3), ..session(10, 1) };
        assert_eq!(unit.replace_session(&digest(3), &same_id).await.unwrap(), Update::Applied);
        assert_eq!(unit.find_session(&digest(10)).await.unwrap(), Some(same_id));
    })
    .await;
}

/// Of many parallel replacements of one session, one wins.
pub async fn one_of_many_parallel_replacements_wins(subject: &Subject) {
    furnish(subject).await;
    let outcomes = in_parallel(20, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.replace_session(&digest(1), &session(number + 100, 1)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
    let listed = read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.find_sessions_of_account(account_id(1)).await.unwrap()
    });
    assert_eq!(listed.await.len(), 3);
}

/// A session is removed only for its own account.
pub async fn an_account_removes_its_own_sessions_only(subject: &Subject) {
    furnish(subject).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_session(account_id(1), session_id(4)).await.unwrap(), Update::Missed);
        assert_eq!(unit.delete_session(account_id(1), session_id(9)).await.unwrap(), Update::Missed);
        assert_eq!(left(unit).await, [1, 2, 3, 4]);
        assert_eq!(unit.delete_session(account_id(1), session_id(2)).await.unwrap(), Update::Applied);
        assert_eq!(unit.delete_session(account_id(1), session_id(2)).await.unwrap(), Update::Missed);
    })
    .await;
    assert_eq!(read(&*subject.store, left).await, [1, 3, 4]);
}

/// The renewal tokens of a session are removed with it, including used ones; those of other sessions and those with
/// other purposes stay, whatever their subject.
pub async fn removing_a_session_removes_its_renewal_tokens(subject: &Subject) {
    let renewing = |number: u8, session: u8, state| OneTimeToken {
        purpose: Purpose::SessionRenewal,
        subject: session_id(session.into()).as_uuid(),
        state,
        ..token(number, 0, "john@acme.com")
    };
    furnish(subject).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in 1..=4 {
            unit.insert_token(&renewing(number, number, TokenState::Live)).await.unwrap();
            unit.insert_token(&renewing(number + 10, number, TokenState::Used)).await.unwrap();
            let other = OneTimeToken { purpose: Purpose::PasswordReset, ..renewing(0, number, TokenState::Live) };
            unit.insert_token(&OneTimeToken { digest: digest(number + 20), ..other }).await.unwrap();
        }
    })
    .await;
    let left = async |unit: &mut dyn UnitOfWork| {
        let mut left = Vec::new();
        for number in 1..=24 {
            if unit.find_token(&digest(number)).await.unwrap().is_some() {
                left.push(number);
            }
        }
        left
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_session(account_id(1), session_id(4)).await.unwrap(), Update::Missed);
        assert_eq!(left(unit).await, [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24]);
        assert_eq!(unit.delete_session(account_id(1), session_id(1)).await.unwrap(), Update::Applied);
        assert_eq!(left(unit).await, [2, 3, 4, 12, 13, 14, 21, 22, 23, 24]);
        assert_eq!(unit.delete_sessions_of_account(account_id(1), Some(&digest(2))).await.unwrap(), 1);
        assert_eq!(left(unit).await, [2, 4, 12, 14, 21, 22, 23, 24]);
        assert_eq!(unit.delete_sessions_of_account(account_id(1), None).await.unwrap(), 1);
    })
    .await;
    assert_eq!(read(&*subject.store, left).await, [4, 14, 21, 22, 23, 24]);
}

/// All sessions of an account are removed except the excepted one; other accounts' sessions stay.
pub async fn all_sessions_of_an_account_but_one_are_removed(subject: &Subject) {
    furnish(subject).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let removed = unit.delete_sessions_of_account(account_id(1), Some(&digest(2))).await.unwrap();
        assert_eq!(removed, 2);
        assert_eq!(left(unit).await, [2, 4]);
        let removed = unit.delete_sessions_of_account(account_id(1), Some(&digest(2))).await.unwrap();
        assert_eq!(removed, 0);
        let others = unit.delete_sessions_of_account(account_id(1), Some(&digest(4))).await.unwrap();
        assert_eq!(others, 1, "the exception of another account saves nothing");
        assert_eq!(unit.delete_sessions_of_account(account_id(2), None).await.unwrap(), 1);
        assert_eq!(unit.delete_sessions_of_account(account_id(3), None).await.unwrap(), 0);
    })
    .await;
    assert_eq!(read(&*subject.store, left).await, [0_u8; 0]);
}
