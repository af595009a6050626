//! Providers that the operator trusts with addresses.

use super::*;
use crate::audit::AuditEvent;
use crate::registration::tests::faulty_store::FaultyStore;
use crate::testing::MemoryStore;

#[tokio::test]
async fn a_trusted_provider_that_vouches_for_a_free_address_makes_the_account_at_once() {
    for provider in PROVIDERS {
        let scene = Scene::trusting();
        let entered = scene.enter(provider, owner(EMAIL)).await.unwrap();
        let FinishedFlow::Completed(completed) = entered else { panic!("{entered:?}") };
        assert!(completed.session.is_some() && completed.account.verified_at.is_some());
        assert_eq!(scene.world.told().await, [("identity_linked".to_owned(), EMAIL.to_owned())]);
        assert_eq!(scene.world.events(), [AuditEvent::RegistrationCompleted]);
        assert_eq!(scene.signed_in(provider, owner(EMAIL)).await.account.id, completed.account.id);
    }
}

#[tokio::test]
async fn only_the_providers_explicit_flag_counts() {
    for provider in PROVIDERS {
        for is_verified in [Some(false), None] {
            let scene = Scene::trusting();
            let person = FakePerson { is_verified, ..owner(EMAIL) };
            let entered = scene.enter(provider, person).await.unwrap();
            assert!(matches!(entered, FinishedFlow::Registered { .. }), "{provider} {is_verified:?}");
            assert!(scene.world.store.accounts().is_empty());
        }
    }
}

#[tokio::test]
async fn a_flag_of_another_type_or_payload_does_not_count() {
    use serde_json::json;
    for (main, user_info) in [
        (json!({"email": EMAIL, "email_verified": "true"}), None),
        (json!({"email": EMAIL, "email_verified": 1}), None),
        (json!({"email": EMAIL}), Some(json!({"email_verified": true}))),
        (json!({"email": EMAIL}), Some(json!({"email": "other@acme.com", "email_verified": true}))),
        (json!({"email_verified": true}), Some(json!({"email": EMAIL}))),
    ] {
        let scene = Scene::trusting();
        let begun = scene.begin_to_enter("google").await;
        let provider = &scene.providers["google"];
        let mut claims = provider.claims(FakePerson { email: None, is_verified: None, ..owner(EMAIL) });
        let subject = claims.main["sub"].clone();
        claims.main.extend(main.as_object().unwrap().clone());
        claims.user_info = user_info.map(|user_info| {
            let mut user_info = user_info.as_object().unwrap().clone();
            user_info.insert("sub".to_owned(), subject);
            user_info
        });
        let back = provider.let_in(&begun.url, claims);
        let entered = scene.finish(scene.back("google", &begun, back)).await.unwrap();
        assert!(matches!(entered, FinishedFlow::Registered { .. }), "{entered:?}");
        assert!(scene.world.store.accounts().is_empty());
    }
}

#[tokio::test]
async fn a_providers_word_ends_other_attempts_for_the_address() {
    let scene = Scene::trusting();
    let pending = scene.world.register(EMAIL).await;
    let token = link_in(&scene.world.mail("verify-address").await);
    let planted = scene.world.account_with(EMAIL, |account| account.verified_at = None).await;
    let session = scene.world.open(&planted).await;
    let entered = scene.enter("google", owner(EMAIL)).await.unwrap();
    assert!(matches!(entered, FinishedFlow::Completed(_)));
    let late = scene.redeem(&token, Proof::continuation(pending.continuation)).await;
    assert_eq!(why(late), "Gone(AlreadyRegistered)");
    assert!(scene.world.caller(&session.token).await.is_none());
    assert_eq!(scene.world.store.accounts().len(), 1);
    assert!(!scene.signs_in_with(EMAIL, PASSWORD).await);
}

#[tokio::test]
async fn of_two_that_a_provider_vouches_for_at_once_one_gets_the_address() {
    let scene = Arc::new(Scene::trusting());
    let tasks: Vec<_> = PROVIDERS
        .into_iter()
        .map(|provider| {
            let scene = Arc::clone(&scene);
            tokio::spawn(async move { scene.enter(provider, owner(EMAIL)).await.unwrap() })
        })
        .collect();
    let mut completed = 0;
    for task in tasks {
        completed += usize::from(matches!(task.await.unwrap(), FinishedFlow::Completed(_)));
    }
    assert_eq!((completed, scene.world.store.accounts().len(), scene.world.store.identities().len()), (1, 1, 1));
}

/// A scene whose store can be made to fail.
fn faulty() -> (Scene, FaultyStore) {
    let memory = MemoryStore::new();
    let store = FaultyStore::over(Arc::new(memory.clone()), false);
    let mut scene = Scene::with(|ports, settings| {
        ports.store = Arc::new(store.clone());
        ports.rate_limiter = Arc::new(store.clone());
        settings.providers.values_mut().for_each(|provider| provider.trusts_verified_email = true);
    });
    scene.world.store = Arc::new(memory);
    (scene, store)
}

#[tokio::test]
async fn whatever_call_of_the_store_fails_there_is_everything_or_nothing() {
    for number in 1.. {
        let (scene, store) = faulty();
        let begun = scene.begin_to_enter("google").await;
        let back = scene.let_in("google", &begun, owner(EMAIL));
        store.fail_at(number);
        let entered = scene.finish(scene.back("google", &begun, back)).await;
        if !store.has_failed() {
            assert!(matches!(entered, Ok(FinishedFlow::Completed(_))));
            assert!(number > 10, "{number}");
            return;
        }
        let rows = scene.world.store.row_counts();
        let made = ["accounts", "identities", "sessions", "registrations", "outbox"].map(|table| rows[table]);
        let expected = usize::from(entered.is_ok());
        assert_eq!(made, [expected; 5], "call {number}: {entered:?}");
    }
}
