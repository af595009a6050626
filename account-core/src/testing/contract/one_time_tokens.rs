//! Emailed tokens.

use std::sync::Arc;

use uuid::Uuid;

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, committed, digest, in_parallel, key, read, session_id, token};
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::ports::store::{UnitOfWork, Update};
use crate::timestamp::Timestamp;

const EMAIL: &str = "john@acme.com";
const PURPOSE: Purpose = Purpose::EmailVerification;

/// A token in that state, for its own subject.
fn in_state(number: u8, state: TokenState) -> OneTimeToken {
    OneTimeToken { state, ..token(number, 1, EMAIL) }
}

/// Every field of a token comes back as it was written, the address in the spelling that the email went to.
pub async fn a_token_comes_back_as_it_was_written(subject: &Subject) {
    let mut tokens = vec![token(1, u128::MAX, "JÖRG+Tag@Bücher.example")];
    tokens.extend((2..).zip(TokenState::ALL).map(|(number, state)| in_state(number, state)));
    for byte in [0x00, 0x0A, 0x27, 0x5C, 0xFF] {
        tokens.push(OneTimeToken { digest: TokenDigest::from_bytes([byte; 32]), ..token(9, 9, EMAIL) });
    }
    let expires_at = Timestamp::from_unix_micros(i64::MAX);
    tokens.push(OneTimeToken { generation: u32::MAX, expires_at, ..token(8, 8, EMAIL) });
    for (number, purpose) in (20..).zip(Purpose::ALL) {
        let bound = OneTimeToken { epoch: Some(u32::from(number)), purpose, ..token(number, 1, EMAIL) };
        tokens.push(OneTimeToken { session: Some(session_id(number.into())), ..bound });
    }
    tokens.push(OneTimeToken { epoch: Some(0), session: None, ..token(30, 1, EMAIL) });
    tokens.push(OneTimeToken { epoch: Some(u32::MAX), session: None, ..token(31, 1, EMAIL) });
    tokens.push(OneTimeToken { used_at: Some(NOW - MICROSECOND), ..in_state(32, TokenState::Used) });
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for token in &tokens {
            unit.insert_token(token).await.unwrap();
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for token in &tokens {
            let found = unit.find_token(&token.digest).await.unwrap().unwrap();
            assert_eq!(&found, token);
            assert_eq!(found.address.as_str(), token.address.as_str());
        }
    })
    .await;
}

/// An unknown digest is not an error, and redeems nothing.
pub async fn an_unknown_token_is_absent(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
        let zeros = TokenDigest::from_bytes([0; 32]);
        for unknown in [digest(2), zeros] {
            assert_eq!(unit.find_token(&unknown).await.unwrap(), None);
            assert_eq!(unit.redeem_token(&unknown, PURPOSE, NOW).await.unwrap(), Update::Missed);
        }
    })
    .await;
}

/// A second token with the same digest is an error.
pub async fn a_second_token_with_the_digest_is_an_error(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
    })
    .await;
    let mut unit = subject.store.begin().await.unwrap();
    assert!(unit.insert_token(&token(1, 2, "other@acme.com")).await.is_err());
    drop(unit);
    let found = read(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.find_token(&digest(1)).await.unwrap());
    assert_eq!(found.await, Some(token(1, 1, EMAIL)));
}

/// A token is redeemed once, and then stored as used, with the time.
pub async fn a_token_is_redeemed_once(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
        unit.insert_token(&token(2, 1, EMAIL)).await.unwrap();
        assert_eq!(unit.redeem_token(&digest(1), PURPOSE, NOW).await.unwrap(), Update::Applied);
        assert_eq!(unit.redeem_token(&digest(1), PURPOSE, NOW).await.unwrap(), Update::Missed);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let later = NOW + MICROSECOND;
        assert_eq!(unit.redeem_token(&digest(1), PURPOSE, later).await.unwrap(), Update::Missed);
        let used = OneTimeToken { used_at: Some(NOW), ..in_state(1, TokenState::Used) };
        assert_eq!(unit.find_token(&digest(1)).await.unwrap(), Some(used));
        assert_eq!(unit.find_token(&digest(2)).await.unwrap(), Some(token(2, 1, EMAIL)));
    })
    .await;
}

/// A token is valid until the microsecond before it expires.
pub async fn an_expired_token_is_not_redeemed(subject: &Subject) {
    let expiry = NOW + MINUTE;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
        unit.insert_token(&token(2, 1, EMAIL)).await.unwrap();
        for late in [expiry, expiry + MICROSECOND, Timestamp::from_unix_micros(i64::MAX)] {
            assert_eq!(unit.redeem_token(&digest(1), PURPOSE, late).await.unwrap(), Update::Missed);
        }
        assert_eq!(unit.find_token(&digest(1)).await.unwrap(), Some(token(1, 1, EMAIL)));
        assert_eq!(unit.redeem_token(&digest(2), PURPOSE, expiry - MICROSECOND).await.unwrap(), Update::Applied);
    })
    .await;
}

/// Only a live token is redeemed.
pub async fn an_ended_token_is_not_redeemed(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let ended = TokenState::ALL.into_iter().filter(|state| *state != TokenState::Live);
        for (number, state) in (1..).zip(ended) {
            unit.insert_token(&in_state(number, state)).await.unwrap();
            assert_eq!(unit.redeem_token(&digest(number), PURPOSE, NOW).await.unwrap(), Update::Missed);
            assert_eq!(unit.find_token(&digest(number)).await.unwrap(), Some(in_state(number, state)));
        }
    })
    .await;
}

/// A token with one purpose is unknown to every other.
pub async fn a_token_is_spent_only_for_its_purpose(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, purpose) in (1..).zip(Purpose::ALL) {
            unit.insert_token(&OneTimeToken { purpose, ..token(number, 1, EMAIL) }).await.unwrap();
            for other in Purpose::ALL.into_iter().filter(|other| *other != purpose) {
                assert_eq!(unit.redeem_token(&digest(number), other, NOW).await.unwrap(), Update::Missed);
            }
            assert_eq!(unit.redeem_token(&digest(number), purpose, NOW).await.unwrap(), Update::Applied);
        }
    })
    .await;
}

/// Of a hundred parallel redemptions of one token, one wins.
pub async fn one_of_many_parallel_redeems_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
    })
    .await;
    let outcomes = in_parallel(100, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.redeem_token(&digest(1), PURPOSE, NOW).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// A rolled back redemption spends nothing.
pub async fn a_rolled_back_redeem_leaves_the_token_live(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
    })
    .await;
    let mut unit = subject.store.begin().await.unwrap();
    assert_eq!(unit.redeem_token(&digest(1), PURPOSE, NOW).await.unwrap(), Update::Applied);
    drop(unit);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.redeem_token(&digest(1), PURPOSE, NOW).await.unwrap(), Update::Applied);
    })
    .await;
}

/// Of the tokens of one purpose and subject, the live one with the highest generation is found.
pub async fn the_live_token_of_a_subject_is_found(subject: &Subject) {
    let of = |number: u8, generation| OneTimeToken { generation, ..token(number, 1, EMAIL) };
    let ended = TokenState::ALL.into_iter().filter(|state| *state != TokenState::Live);
    let ended: Vec<_> = (20..).zip(ended).map(|(number, state)| OneTimeToken { state, ..of(number, 9) }).collect();
    let own = of(1, 1).subject;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for token in &ended {
            unit.insert_token(token).await.unwrap();
        }
        unit.insert_token(&OneTimeToken { generation: 9, ..token(5, 2, EMAIL) }).await.unwrap();
        unit.insert_token(&OneTimeToken { purpose: Purpose::SessionRenewal, ..of(6, 9) }).await.unwrap();
        assert_eq!(unit.find_live_token(PURPOSE, own).await.unwrap(), None);
        for token in [of(1, 2), of(2, 3), of(3, 1)] {
            unit.insert_token(&token).await.unwrap();
        }
        assert_eq!(unit.find_live_token(PURPOSE, own).await.unwrap(), Some(of(2, 3)));
        assert_eq!(unit.redeem_token(&digest(2), PURPOSE, NOW).await.unwrap(), Update::Applied);
        assert_eq!(unit.find_live_token(PURPOSE, own).await.unwrap(), Some(of(1, 2)));
    })
    .await;
}

/// Ending the tokens of a subject ends its live ones, expired or not, and no others.
pub async fn tokens_of_a_subject_end_together(subject: &Subject) {
    let id = Uuid::from_u128(1);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
        unit.insert_token(&token(2, 1, "other@acme.com")).await.unwrap();
        unit.insert_token(&in_state(3, TokenState::Used)).await.unwrap();
        unit.insert_token(&token(4, 2, EMAIL)).await.unwrap();
        assert_eq!(unit.end_tokens_of_subject(PURPOSE, id, TokenState::Superseded).await.unwrap(), 2);
        assert_eq!(unit.end_tokens_of_subject(PURPOSE, id, TokenState::Superseded).await.unwrap(), 0);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_token(&digest(1)).await.unwrap(), Some(in_state(1, TokenState::Superseded)));
        assert_eq!(unit.find_token(&digest(2)).await.unwrap().unwrap().state, TokenState::Superseded);
        assert_eq!(unit.find_token(&digest(3)).await.unwrap().unwrap().state, TokenState::Used);
        assert_eq!(unit.find_token(&digest(4)).await.unwrap().unwrap().state, TokenState::Live);
    })
    .await;
}

/// Removes the tokens of one purpose and subject with a lower generation, in every state, and no others.
pub async fn older_tokens_of_a_subject_are_removed(subject: &Subject) {
    let of = |number: u8, generation| OneTimeToken { generation, ..token(number, 1, EMAIL) };
    let older = [OneTimeToken { state: TokenState::Used, ..of(1, 1) }, of(2, 2)];
    let spared = [
        of(3, 3),
        of(4, u32::MAX),
        OneTimeToken { generation: 1, ..token(5, 2, EMAIL) },
        OneTimeToken { purpose: Purpose::SessionRenewal, ..of(6, 1) },
    ];
    let own = older[0].subject;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for token in older.iter().chain(&spared) {
            unit.insert_token(token).await.unwrap();
        }
        assert_eq!(unit.delete_tokens_below(PURPOSE, own, 0).await.unwrap(), 0);
        assert_eq!(unit.delete_tokens_below(PURPOSE, own, 3).await.unwrap(), 2);
        assert_eq!(unit.delete_tokens_below(PURPOSE, own, 3).await.unwrap(), 0);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for token in &older {
            assert_eq!(unit.find_token(&token.digest).await.unwrap(), None);
        }
        for token in &spared {
            assert_eq!(unit.find_token(&token.digest).await.unwrap().as_ref(), Some(token));
        }
    })
    .await;
}

/// Ending the tokens of an address ends the live ones of every spelling of it, and no others.
pub async fn tokens_of_an_address_end_together(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_token(&token(1, 1, EMAIL)).await.unwrap();
        unit.insert_token(&token(2, 2, "JOHN@Acme.com")).await.unwrap();
        unit.insert_token(&in_state(3, TokenState::Used)).await.unwrap();
        unit.insert_token(&token(4, 1, "jöhn@acme.com")).await.unwrap();
        assert_eq!(unit.end_tokens_of_key(PURPOSE, &key(EMAIL), TokenState::Void).await.unwrap(), 2);
        assert_eq!(unit.end_tokens_of_key(PURPOSE, &key(EMAIL), TokenState::Void).await.unwrap(), 0);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_token(&digest(1)).await.unwrap(), Some(in_state(1, TokenState::Void)));
        assert_eq!(unit.find_token(&digest(2)).await.unwrap().unwrap().state, TokenState::Void);
        assert_eq!(unit.find_token(&digest(3)).await.unwrap().unwrap().state, TokenState::Used);
        assert_eq!(unit.find_token(&digest(4)).await.unwrap().unwrap().state, TokenState::Live);
    })
    .await;
}

/// Ending the tokens of one purpose does not end those of others, by subject or by address.
pub async fn tokens_end_by_their_own_purpose(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, purpose) in (1..).zip(Purpose::ALL) {
            unit.insert_token(&OneTimeToken { purpose, ..token(number, 1, EMAIL) }).await.unwrap();
        }
        let id = Uuid::from_u128(1);
        let reset = Purpose::PasswordReset;
        assert_eq!(unit.end_tokens_of_subject(reset, id, TokenState::Superseded).await.unwrap(), 1);
        assert_eq!(unit.end_tokens_of_key(reset, &key(EMAIL), TokenState::Void).await.unwrap(), 0);
        assert_eq!(unit.end_tokens_of_key(Purpose::Invitation, &key(EMAIL), TokenState::Void).await.unwrap(), 1);
        for (number, purpose) in (1..).zip(Purpose::ALL) {
            let expected = match purpose {
                Purpose::PasswordReset => TokenState::Superseded,
                Purpose::Invitation => TokenState::Void,
                _ => TokenState::Live,
            };
            assert_eq!(unit.find_token(&digest(number)).await.unwrap().unwrap().state, expected, "{purpose:?}");
        }
    })
    .await;
}
