//! Registrations: writing, finding and renewing them.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, address, all_passed, committed, digest, hash_of, in_parallel, key, read, registration,
    registration_id,
};
use crate::email_address::EmailKey;
use crate::ports::store::{RegistrationFilter, UnitOfWork, Update};
use crate::profile::{Choices, Profile, RegistrationOrigin};
use crate::registration::{CompletedBy, Ending, Registration, RegistrationState};
use crate::timestamp::Timestamp;

const EMAIL: &str = "john@acme.com";

async fn comes_back(subject: &Subject, written: Registration) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&written).await.unwrap();
        assert_eq!(unit.find_registration(written.id).await.unwrap().as_ref(), Some(&written));
    })
    .await;
    let found =
        read(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.find_registration(written.id).await.unwrap());
    let found = found.await.unwrap();
    assert_eq!(found, written);
    assert_eq!(found.address.as_str(), written.address.as_str());
    assert_eq!(found.address.key(), written.address.key());
}

/// Every field of a registration comes back as it was written, the address in its spelling.
pub async fn a_registration_comes_back_as_it_was_written(subject: &Subject) {
    comes_back(subject, registration(1, "JÖRG+Tag@Bücher.example")).await;
}

/// The policy that a password passed comes back with its hash, or that it is unknown.
pub async fn the_policy_that_a_chosen_password_passed_comes_back(subject: &Subject) {
    for (number, passed) in (1..).zip(all_passed()) {
        let password_hash = Some(hash_of(passed));
        comes_back(subject, Registration { password_hash, ..registration(number, EMAIL) }).await;
    }
}

/// Absent values come back absent, not as empty texts.
pub async fn absent_values_come_back_absent(subject: &Subject) {
    comes_back(
        subject,
        Registration {
            password_hash: None,
            choices: Choices::default(),
            origin: RegistrationOrigin { channel: "page".to_owned(), client_address: None },
            ..registration(1, EMAIL)
        },
    )
    .await;
}

/// Times and counts of any size come back exactly, to the microsecond.
pub async fn extreme_times_and_counts_come_back(subject: &Subject) {
    comes_back(
        subject,
        Registration {
            generation: u32::MAX,
            code_tries: u32::MAX,
            corrections: u32::MAX,
            created_at: Timestamp::from_unix_micros(i64::MIN),
            expires_at: Timestamp::from_unix_micros(i64::MAX),
            shown_until: Timestamp::from_unix_micros(i64::MIN),
            ..registration(1, EMAIL)
        },
    )
    .await;
    let created_at = Timestamp::from_unix_micros(-1);
    comes_back(subject, Registration { created_at, code_tries: 0, ..registration(2, EMAIL) }).await;
}

/// A long profile is not truncated.
pub async fn a_long_profile_comes_back_complete(subject: &Subject) {
    let name = Some("\u{1F98A}ä\u{0}\u{1}\n".repeat(2_000));
    let profile = Profile { name: name.map(|name| name.replace('\0', "0")), ..Profile::default() };
    let callback_url = Some(format!("https://app.example/{}", "a".repeat(2_000)));
    comes_back(
        subject,
        Registration { choices: Choices { profile, callback_url, ..Choices::default() }, ..registration(1, EMAIL) },
    )
    .await;
}

/// The longest possible address comes back complete.
pub async fn the_longest_address_comes_back_complete(subject: &Subject) {
    let domain = format!("{}.{}.{}.org", "b".repeat(63), "c".repeat(63), "d".repeat(57));
    comes_back(subject, registration(1, &format!("{}@{domain}", "A".repeat(64)))).await;
}

/// Client addresses of every kind come back as they were.
pub async fn client_addresses_come_back(subject: &Subject) {
    for (number, text) in (1..).zip(["203.0.113.7", "2001:db8::7", "::ffff:203.0.113.7", "::"]) {
        let client_address = Some(text.parse::<IpAddr>().unwrap());
        let origin = RegistrationOrigin { channel: "mikrocloud".to_owned(), client_address };
        comes_back(subject, Registration { origin, ..registration(number, EMAIL) }).await;
    }
}

/// Every state comes back.
pub async fn every_state_of_a_registration_comes_back(subject: &Subject) {
    for (number, state) in (1..).zip(RegistrationState::ALL) {
        comes_back(subject, Registration { state, ..registration(number, EMAIL) }).await;
    }
}

/// An unknown id is not an error.
pub async fn an_unknown_registration_is_absent(subject: &Subject) {
    let found = read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let newest = unit.find_newest_uncompleted_registration(&key(EMAIL)).await.unwrap();
        (unit.find_registration(registration_id(1)).await.unwrap(), newest)
    });
    assert_eq!(found.await, (None, None));
}

/// An address can have any number of registrations.
pub async fn an_address_can_have_several_registrations(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in 1..=5 {
            unit.insert_registration(&registration(number, EMAIL)).await.unwrap();
        }
        for number in 1..=5 {
            assert!(unit.find_registration(registration_id(number)).await.unwrap().is_some());
        }
    })
    .await;
}

/// A registration is found by its continuation, in every state.
pub async fn a_registration_is_found_by_its_continuation(subject: &Subject) {
    let with = |number, state| Registration { state, continuation: digest(number), ..registration(number, EMAIL) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(RegistrationState::ALL) {
            unit.insert_registration(&with(number, state)).await.unwrap();
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(RegistrationState::ALL) {
            let found = unit.find_registration_by_continuation(&digest(number)).await.unwrap();
            assert_eq!(found, Some(with(number, state)));
        }
        assert_eq!(unit.find_registration_by_continuation(&digest(9)).await.unwrap(), None);
    })
    .await;
}

/// The newest registration of an address is the one created last, whatever the order of writing.
pub async fn the_newest_registration_was_created_last(subject: &Subject) {
    let later = |number: u8, by: Duration| Registration { created_at: NOW + by, ..registration(number, EMAIL) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&later(9, Duration::ZERO)).await.unwrap();
        unit.insert_registration(&later(1, MICROSECOND * 2)).await.unwrap();
        unit.insert_registration(&later(5, MICROSECOND)).await.unwrap();
        unit.insert_registration(&Registration { created_at: NOW + MINUTE, ..registration(7, "x@acme.com") })
            .await
            .unwrap();
        let newest = unit.find_newest_uncompleted_registration(&key(EMAIL)).await.unwrap();
        assert_eq!(newest, Some(later(1, MICROSECOND * 2)));
    })
    .await;
}

/// Of registrations created in the same microsecond, the one with the highest id is the newest.
pub async fn the_higher_id_is_newer_within_a_microsecond(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in [2, 200, 3] {
            unit.insert_registration(&registration(number, EMAIL)).await.unwrap();
        }
        let newest = unit.find_newest_uncompleted_registration(&key(EMAIL)).await.unwrap();
        assert_eq!(newest.unwrap().id, registration_id(200));
    })
    .await;
}

/// A registration that has expired, or ended without being completed, can still be the newest.
pub async fn the_newest_registration_may_be_anything_but_completed(subject: &Subject) {
    let completed =
        Registration { state: RegistrationState::Completed, created_at: NOW + MINUTE, ..registration(9, EMAIL) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&completed).await.unwrap();
        assert_eq!(unit.find_newest_uncompleted_registration(&key(EMAIL)).await.unwrap(), None);
        let states = [RegistrationState::Pending, RegistrationState::Taken, RegistrationState::Void];
        for (number, state) in (1..).zip(states) {
            let expired = Registration { state, expires_at: NOW, ..registration(number, EMAIL) };
            unit.insert_registration(&expired).await.unwrap();
            let newest = unit.find_newest_uncompleted_registration(&key(EMAIL)).await.unwrap();
            assert_eq!(newest, Some(expired));
        }
    })
    .await;
}

/// Spellings with the same key are one address; keys are compared byte by byte, without folding case or accents.
pub async fn keys_of_registrations_are_compared_byte_by_byte(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, "Jorg@Acme.com")).await.unwrap();
        for same in ["jorg@acme.com", "JORG@ACME.COM"] {
            assert!(unit.find_newest_uncompleted_registration(&key(same)).await.unwrap().is_some());
        }
        for other in ["jörg@acme.com", "jor@acme.com", "jorgg@acme.com"] {
            assert!(unit.find_newest_uncompleted_registration(&key(other)).await.unwrap().is_none());
        }
        for other in ["JORG@acme.com", "jorg@acme.com ", "jorg@acme.co_", "%", ""] {
            let key = EmailKey::from_stored(other.to_owned());
            assert!(unit.find_newest_uncompleted_registration(&key).await.unwrap().is_none(), "{other:?}");
        }
    })
    .await;
}

/// What a renewal of the registration may look like; everything in it differs.
fn renewal(generation: u32) -> Registration {
    Registration {
        generation,
        code: digest(250),
        key_id: "another".to_owned(),
        expires_at: NOW + MINUTE * 7,
        shown_until: NOW + MINUTE * 3,
        password_hash: None,
        choices: Choices::default(),
        origin: RegistrationOrigin { channel: "page".to_owned(), client_address: None },
        continuation: digest(251),
        code_tries: 3,
        created_at: NOW + MINUTE,
        ..registration(1, "other@acme.com")
    }
}

/// Renewing sets generation, code, key and expiry, and nothing else: the tries of the code stay.
pub async fn renewing_replaces_the_code_and_nothing_else(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&Registration { code_tries: 4, ..registration(1, EMAIL) }).await.unwrap();
        unit.insert_registration(&registration(2, EMAIL)).await.unwrap();
        assert_eq!(unit.renew_registration(&renewal(2)).await.unwrap(), Update::Applied);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let Registration { generation, code, key_id, expires_at, shown_until, .. } = renewal(2);
        let expected =
            Registration { generation, code, key_id, expires_at, shown_until, code_tries: 4, ..registration(1, EMAIL) };
        assert_eq!(unit.find_registration(registration_id(1)).await.unwrap(), Some(expected));
        assert_eq!(unit.find_registration(registration_id(2)).await.unwrap(), Some(registration(2, EMAIL)));
    })
    .await;
}

/// A renewal that does not follow the stored generation is missed.
pub async fn a_renewal_must_follow_the_stored_generation(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&Registration { generation: 3, ..registration(1, EMAIL) }).await.unwrap();
        for generation in [0, 1, 2, 3, 5, u32::MAX] {
            assert_eq!(unit.renew_registration(&renewal(generation)).await.unwrap(), Update::Missed, "{generation}");
        }
        let stored = unit.find_registration(registration_id(1)).await.unwrap();
        assert_eq!(stored, Some(Registration { generation: 3, ..registration(1, EMAIL) }));
        assert_eq!(unit.renew_registration(&renewal(4)).await.unwrap(), Update::Applied);
    })
    .await;
}

/// A completed or missing registration is not renewed; one that ended otherwise is.
pub async fn a_completed_registration_is_not_renewed(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.renew_registration(&renewal(2)).await.unwrap(), Update::Missed);
        for (number, state) in
            (1..).zip([RegistrationState::Taken, RegistrationState::Void, RegistrationState::Completed])
        {
            unit.insert_registration(&Registration { state, ..registration(number, EMAIL) }).await.unwrap();
            let renewal = Registration { id: registration_id(number.into()), ..renewal(2) };
            let renewed = unit.renew_registration(&renewal).await.unwrap();
            assert_eq!(renewed == Update::Applied, state != RegistrationState::Completed, "{state:?}");
        }
    })
    .await;
}

/// Of many parallel renewals of one generation, one wins.
pub async fn one_of_many_parallel_renewals_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
    })
    .await;
    let outcomes = in_parallel(20, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.renew_registration(&renewal(2)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// What a correction of the registration may look like; everything in it differs.
fn correction(generation: u32, corrections: u32) -> Registration {
    Registration {
        corrections,
        state: RegistrationState::Void,
        completed_by: Some(CompletedBy::Code),
        ..renewal(generation)
    }
}

/// Correcting sets the address, what comes with it, and the number of corrections, and nothing else; an attempt that was
/// taken or voided is pending again.
pub async fn correcting_replaces_the_address_and_nothing_else(subject: &Subject) {
    let states = [RegistrationState::Pending, RegistrationState::Taken, RegistrationState::Void];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(states) {
            unit.insert_registration(&Registration { state, code_tries: 4, ..registration(number, EMAIL) })
                .await
                .unwrap();
            let corrected = Registration { id: registration_id(number.into()), ..correction(2, 1) };
            assert_eq!(unit.correct_registration(&corrected).await.unwrap(), Update::Applied, "{state:?}");
        }
        unit.insert_registration(&registration(9, EMAIL)).await.unwrap();
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let Registration { address, generation, code, code_tries, key_id, expires_at, shown_until, .. } =
            correction(2, 1);
        for number in [1, 2, 3] {
            let expected = Registration {
                address: address.clone(),
                generation,
                code,
                key_id: key_id.clone(),
                expires_at,
                shown_until,
                corrections: 1,
                code_tries,
                ..registration(number, EMAIL)
            };
            assert_eq!(unit.find_registration(registration_id(number.into())).await.unwrap(), Some(expected));
        }
        assert_eq!(unit.find_registration(registration_id(9)).await.unwrap(), Some(registration(9, EMAIL)));
        let newest = unit.find_newest_uncompleted_registration(address.key()).await.unwrap();
        assert_eq!(newest.map(|newest| newest.id), Some(registration_id(3)), "it is found by its new address");
    })
    .await;
}

/// A correction that does not follow the stored generation and number of corrections is missed, and so is one of a
/// completed or missing registration.
pub async fn a_correction_must_follow_what_is_stored(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.correct_registration(&correction(2, 1)).await.unwrap(), Update::Missed);
        let stored = Registration { generation: 3, corrections: 1, ..registration(1, EMAIL) };
        unit.insert_registration(&stored).await.unwrap();
        for (generation, corrections) in [(3, 2), (5, 2), (0, 2), (4, 1), (4, 3), (4, 0), (u32::MAX, u32::MAX)] {
            let outcome = unit.correct_registration(&correction(generation, corrections)).await.unwrap();
            assert_eq!(outcome, Update::Missed, "{generation} {corrections}");
        }
        assert_eq!(unit.find_registration(registration_id(1)).await.unwrap(), Some(stored));
        assert_eq!(unit.correct_registration(&correction(4, 2)).await.unwrap(), Update::Applied);
        let completed = Registration { state: RegistrationState::Completed, ..registration(2, EMAIL) };
        unit.insert_registration(&completed).await.unwrap();
        let corrected = Registration { id: registration_id(2), ..correction(2, 1) };
        assert_eq!(unit.correct_registration(&corrected).await.unwrap(), Update::Missed);
    })
    .await;
}

/// A registration whose address was corrected is pending like any other: it is found, renewed, corrected again, listed,
/// and ended, by its id and by its new address.
pub async fn a_corrected_registration_is_pending_like_any_other(subject: &Subject) {
    const RIGHT: &str = "right@acme.com";
    let corrected = |number: u8, generation: u32, corrections: u32| Registration {
        id: registration_id(number.into()),
        address: address(RIGHT),
        ..correction(generation, corrections)
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in [1, 2, 3] {
            unit.insert_registration(&registration(number, EMAIL)).await.unwrap();
            assert_eq!(unit.correct_registration(&corrected(number, 2, 1)).await.unwrap(), Update::Applied);
        }
        unit.insert_registration(&Registration { corrections: 1, ..registration(4, RIGHT) }).await.unwrap();
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let states = async |unit: &mut dyn UnitOfWork, state| {
            let listed = unit
                .list_registrations(
                    &RegistrationFilter { state: Some(state), ..RegistrationFilter::default() },
                    None,
                    9,
                )
                .await
                .unwrap();
            assert!(listed.iter().all(|listed| listed.state == state));
            listed.iter().map(|listed| listed.id).collect::<Vec<_>>()
        };
        let ids = |numbers: &[u128]| numbers.iter().map(|number| registration_id(*number)).collect::<Vec<_>>();
        assert_eq!(states(unit, RegistrationState::Pending).await, ids(&[4, 3, 2, 1]));
        assert_eq!(unit.renew_registration(&corrected(1, 3, 1)).await.unwrap(), Update::Applied);
        assert_eq!(unit.correct_registration(&corrected(1, 4, 2)).await.unwrap(), Update::Applied);
        let completed = Ending::Completed(CompletedBy::Code);
        assert_eq!(unit.end_registration(registration_id(1), completed).await.unwrap(), Update::Applied);
        assert_eq!(unit.end_registration(registration_id(2), Ending::Taken).await.unwrap(), Update::Applied);
        assert_eq!(unit.void_registrations(&key(EMAIL)).await.unwrap(), 0);
        assert_eq!(unit.void_registrations(&key(RIGHT)).await.unwrap(), 2);
        assert_eq!(states(unit, RegistrationState::Pending).await, []);
        assert_eq!(states(unit, RegistrationState::Completed).await, ids(&[1]));
        assert_eq!(states(unit, RegistrationState::Taken).await, ids(&[2]));
        assert_eq!(states(unit, RegistrationState::Void).await, ids(&[4, 3]));
    })
    .await;
}

/// Of many parallel corrections of one generation, one wins.
pub async fn one_of_many_parallel_corrections_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.insert_registration(&registration(1, EMAIL)).await.unwrap();
    })
    .await;
    let outcomes = in_parallel(20, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.correct_registration(&correction(2, 1)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
}

/// What completed a registration comes back.
pub async fn what_completed_a_registration_comes_back(subject: &Subject) {
    for (number, by) in (1..).zip(CompletedBy::ALL) {
        let completed_by = Some(by);
        comes_back(subject, Registration { completed_by, ..registration(number, EMAIL) }).await;
    }
}

/// Finds which of many keys have a registration that is not completed.
pub async fn keys_of_registrations_that_are_not_completed_are_found_together(subject: &Subject) {
    let email = |state: RegistrationState| format!("{}@acme.com", state.name());
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, state) in (1..).zip(RegistrationState::ALL) {
            unit.insert_registration(&Registration { state, ..registration(number, &email(state)) }).await.unwrap();
        }
        let completed = Registration { state: RegistrationState::Completed, ..registration(91, EMAIL) };
        unit.insert_registration(&completed).await.unwrap();
        assert_eq!(unit.find_uncompleted_keys(&[]).await.unwrap(), BTreeSet::new());
        let mut sought: Vec<EmailKey> = (0..1_500).map(|number| key(&format!("nobody{number}@acme.com"))).collect();
        sought.push(key(EMAIL));
        assert_eq!(unit.find_uncompleted_keys(&sought).await.unwrap(), BTreeSet::new());
        sought.extend(RegistrationState::ALL.map(|state| key(&email(state))));
        let uncompleted = RegistrationState::ALL.into_iter().filter(|state| *state != RegistrationState::Completed);
        let uncompleted: BTreeSet<EmailKey> = uncompleted.map(|state| key(&email(state))).collect();
        assert_eq!(unit.find_uncompleted_keys(&sought).await.unwrap(), uncompleted);
        unit.insert_registration(&registration(92, EMAIL)).await.unwrap();
        assert_eq!(unit.find_uncompleted_keys(&[key(EMAIL)]).await.unwrap(), BTreeSet::from([key(EMAIL)]));
    })
    .await;
}
