//! Registrations: counting tries and ending them.

use std::sync::Arc;

use super::Subject;
use super::fixtures::{MINUTE, NOW, committed, in_parallel, key, read, registration, registration_id};
use crate::ports::store::{UnitOfWork, Update};
use crate::profile::Choices;
use crate::registration::{CompletedBy, Ending, NOT_CORRECTABLE, Registration, RegistrationState};

const EMAIL: &str = "john@acme.com";

/// The registration as it is kept once it has ended.
fn after(number: u8, ending: Ending) -> Registration {
    let ended =
        Registration { state: ending.state(), completed_by: ending.completed_by(), ..registration(number, EMAIL) };
    match ending {
        Ending::Completed(_) => Registration { password_hash: None, choices: Choices::default(), ..ended },
        Ending::Revoked(at) => Registration {
            password_hash: None,
            choices: Choices::default(),
            shown_until: at,
            corrections: NOT_CORRECTABLE,
            ..ended
        },
        Ending::Taken | Ending::Void => ended,
    }
}

/// Every way to end a registration.
fn endings() -> Vec<Ending> {
    let completed = CompletedBy::ALL.into_iter().map(Ending::Completed);
    completed.chain([Ending::Taken, Ending::Void, Ending::Revoked(NOW + MINUTE)]).collect()
}

/// Tries of the code are counted up to the maximum and no further.
pub async fn tries_are_counted_up_to_the_maximum(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
        unit.insert_registration(&registration(2, EMAIL)).await.unwrap();
        for count in 1..=3 {
            assert_eq!(unit.count_code_try(registration_id(1), 3).await.unwrap(), Update::Applied);
            let stored = unit.find_registration(registration_id(1)).await.unwrap();
            assert_eq!(stored, Some(Registration { code_tries: count, ..registration(1, EMAIL) }));
        }
        assert_eq!(unit.count_code_try(registration_id(1), 3).await.unwrap(), Update::Missed);
        assert_eq!(unit.count_code_try(registration_id(1), 0).await.unwrap(), Update::Missed);
        assert_eq!(unit.count_code_try(registration_id(2), 0).await.unwrap(), Update::Missed);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_registration(registration_id(1)).await.unwrap().unwrap().code_tries, 3);
        assert_eq!(unit.find_registration(registration_id(2)).await.unwrap().unwrap().code_tries, 0);
    })
    .await;
}

/// However many parallel tries there are, no more than the maximum pass.
pub async fn parallel_tries_never_exceed_the_maximum(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
    })
    .await;
    let outcomes = in_parallel(30, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.count_code_try(registration_id(1), 5).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 5);
}

/// Tries are counted in every state: the holder of an attempt whose address was taken learns nothing about that.
pub async fn tries_are_counted_in_every_state(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.count_code_try(registration_id(1), 5).await.unwrap(), Update::Missed);
        for (number, state) in (1..).zip(RegistrationState::ALL) {
            let id = registration_id(number.into());
            let written = Registration { state, ..registration(number, EMAIL) };
            unit.insert_registration(&written).await.unwrap();
            assert_eq!(unit.count_code_try(id, 1).await.unwrap(), Update::Applied);
            assert_eq!(unit.count_code_try(id, 1).await.unwrap(), Update::Missed);
            let expected = Registration { code_tries: 1, ..written };
            assert_eq!(unit.find_registration(id).await.unwrap(), Some(expected));
        }
    })
    .await;
}

/// Ending a registration stores its outcome and, if it became an account, what completed it. Only then, or if it was
/// revoked, are its choices and its password hash wiped.
pub async fn completing_a_registration_wipes_its_choices_and_its_hash(subject: &Subject) {
    let outcomes = endings();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, outcome) in (1..).zip(outcomes.clone()) {
            unit.insert_registration(&registration(number, EMAIL)).await.unwrap();
            let ended = unit.end_registration(registration_id(number.into()), outcome).await.unwrap();
            assert_eq!(ended, Update::Applied);
        }
        unit.insert_registration(&registration(9, EMAIL)).await.unwrap();
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, outcome) in (1..).zip(outcomes) {
            let stored = unit.find_registration(registration_id(number.into())).await.unwrap();
            assert_eq!(stored, Some(after(number, outcome)));
        }
        assert_eq!(unit.find_registration(registration_id(9)).await.unwrap(), Some(registration(9, EMAIL)));
    })
    .await;
}

/// A registration ends once; a later outcome changes nothing.
pub async fn a_registration_ends_once(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let missed = unit.end_registration(registration_id(1), Ending::Taken).await.unwrap();
        assert_eq!(missed, Update::Missed);
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
        let ended = unit.end_registration(registration_id(1), Ending::Completed(CompletedBy::Code)).await.unwrap();
        assert_eq!(ended, Update::Applied);
        for ending in endings() {
            assert_eq!(unit.end_registration(registration_id(1), ending).await.unwrap(), Update::Missed);
        }
        let stored = unit.find_registration(registration_id(1)).await.unwrap();
        assert_eq!(stored, Some(after(1, Ending::Completed(CompletedBy::Code))));
    })
    .await;
}

/// A registration that was not completed can still be revoked.
pub async fn a_registration_that_was_not_completed_is_revoked(subject: &Subject) {
    let revoked = Ending::Revoked(NOW + MINUTE);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, ending) in [(1, Ending::Taken), (2, Ending::Void)] {
            unit.insert_registration(&after(number, ending)).await.unwrap();
            assert_eq!(unit.end_registration(registration_id(number.into()), revoked).await.unwrap(), Update::Applied);
            let stored = unit.find_registration(registration_id(number.into())).await.unwrap();
            assert_eq!(stored, Some(after(number, revoked)));
        }
    })
    .await;
}

/// An expired registration can still be ended.
pub async fn an_expired_registration_can_be_ended(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&Registration { expires_at: NOW, ..registration(1, EMAIL) }).await.unwrap();
        let ended = unit.end_registration(registration_id(1), Ending::Void).await.unwrap();
        assert_eq!(ended, Update::Applied);
    })
    .await;
}

/// Of many parallel endings of one registration, one wins.
pub async fn one_of_many_parallel_endings_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
    })
    .await;
    let outcomes = in_parallel(30, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome =
                unit.end_registration(registration_id(1), Ending::Completed(CompletedBy::Code)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// Voiding ends every pending registration of the key, including expired ones, and no others. Choices and hashes stay.
pub async fn voiding_ends_every_pending_registration_of_the_key(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
        unit.insert_registration(&registration(2, EMAIL)).await.unwrap();
        unit.insert_registration(&Registration { expires_at: NOW, ..registration(3, EMAIL) }).await.unwrap();
        unit.insert_registration(&after(4, Ending::Completed(CompletedBy::Code))).await.unwrap();
        unit.insert_registration(&registration(5, "jöhn@acme.com")).await.unwrap();
        assert_eq!(unit.void_registrations(&key("JOHN@acme.com")).await.unwrap(), 3);
        assert_eq!(unit.void_registrations(&key(EMAIL)).await.unwrap(), 0);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in [1, 2] {
            let stored = unit.find_registration(registration_id(number.into())).await.unwrap();
            assert_eq!(stored, Some(after(number, Ending::Void)));
        }
        let expired = Registration { expires_at: NOW, ..after(3, Ending::Void) };
        assert_eq!(unit.find_registration(registration_id(3)).await.unwrap(), Some(expired));
        let completed = after(4, Ending::Completed(CompletedBy::Code));
        assert_eq!(unit.find_registration(registration_id(4)).await.unwrap(), Some(completed));
        let other = registration(5, "jöhn@acme.com");
        assert_eq!(unit.find_registration(registration_id(5)).await.unwrap(), Some(other));
    })
    .await;
}
