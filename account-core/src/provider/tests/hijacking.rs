//! The five pre-hijacking attacks (Sudhodanan and Paverd, 2022), with every provider and in every order: what a stranger
//! did first never gets them into the owner's account, and the owner always gets in.

use super::*;

const STRANGERS_PASSWORD: &str = "what only the stranger knows";

/// What providers say of the address, at a stranger's account.
const FLAGS: [Option<bool>; 3] = [Some(true), Some(false), None];

/// The stranger cannot sign in to the owner's account by any means that they have.
async fn assert_shut_out(scene: &Scene, account: &crate::account::Account) {
    assert!(!scene.signs_in_with(EMAIL, STRANGERS_PASSWORD).await);
    let identities = scene.world.store.identities();
    let own = identities.iter().filter(|identity| identity.owner == account.id);
    assert!(own.into_iter().all(|identity| !identity.key.subject.as_str().contains("666")), "{identities:?}");
    for provider in PROVIDERS {
        for is_verified in FLAGS {
            let entered = scene.enter(provider, stranger(EMAIL, is_verified)).await.unwrap();
            assert!(matches!(entered, FinishedFlow::Registered { .. }), "{provider}: {entered:?}");
        }
    }
    assert_eq!(scene.world.store.accounts().len(), 1);
}

/// The token that is emailed now.
async fn emailed(scene: &Scene) -> String {
    link_in(&scene.world.mail("verify-address").await)
}

#[tokio::test]
async fn classic_federated_merge_a_strangers_password_never_works_on_the_owners_account() {
    for provider in PROVIDERS {
        for stranger_is_first in [true, false] {
            let scene = Scene::new();
            let by_password = async || {
                let draft = RegistrationDraft {
                    email: EMAIL.into(),
                    password: STRANGERS_PASSWORD.into(),
                    ..RegistrationDraft::default()
                };
                let request = crate::registration::register::RegisterRequest::new(draft, &scene.rules, by());
                scene.world.service.register(request).await.unwrap()
            };
            let (strangers, owners) = if stranger_is_first {
                (by_password().await, scene.registered(provider, owner(EMAIL)).await)
            } else {
                let owners = scene.registered(provider, owner(EMAIL)).await;
                (by_password().await, owners)
            };
            // The owner clicks on whichever email comes first, in the browser in which they registered.
            let mails = scene.world.mails().await;
            let token = link_in(mails.first().unwrap());
            let completed = scene.redeem(&token, Proof::continuation(owners.continuation)).await.unwrap();
            assert_eq!(completed.account.password_hash, None);
            for mail in &mails {
                let late = Proof::continuation(strangers.continuation.clone());
                assert!(scene.redeem(&link_in(mail), late).await.is_err());
            }
            assert_shut_out(&scene, &completed.account).await;
            assert_eq!(scene.signed_in(provider, owner(EMAIL)).await.account.id, completed.account.id);
        }
    }
}

#[tokio::test]
async fn unexpired_session_every_other_session_ends_with_a_new_way_to_sign_in() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        let account = scene.world.account(EMAIL).await;
        let (kept, own) = (scene.world.open(&account).await, scene.world.open(&account).await);
        let fresh = scene.world.fresh(&own.token).await;
        let linked = scene.link(provider, fresh, owner(EMAIL)).await.unwrap();
        let FinishedFlow::Linked { session, .. } = linked else { panic!("{linked:?}") };
        for ended in [&kept.token, &own.token] {
            assert!(scene.world.caller(ended).await.is_none());
        }
        assert!(scene.world.caller(&session.token).await.is_some());
    }
}

#[tokio::test]
async fn trojan_identifier_nothing_is_linked_before_the_address_is_verified() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        // Created immediately by a stranger, as an operator can choose for a channel.
        let planted = scene.world.account_with(EMAIL, |account| account.verified_at = None).await;
        let session = scene.world.open(&planted).await;
        assert!(scene.world.caller(&session.token).await.unwrap().verified().is_err(), "no capability to link");
        // An account that loses its proof while the person is at the provider is not linked either.
        scene.world.alter(&planted, |account| account.verified_at = Some(account.created_at)).await;
        let fresh = scene.world.fresh(&session.token).await;
        let caller = fresh.verified().signed_in().clone();
        let begun = scene.begin(provider, FlowPurpose::Link(fresh), None).await.unwrap();
        scene.world.alter(&planted, |account| account.verified_at = None).await;
        let back = scene.let_in(provider, &begun, stranger(EMAIL, Some(true)));
        let request = FinishProviderRequest { caller: Some(caller), ..scene.back(provider, &begun, back) };
        assert_eq!(why(scene.finish(request).await), "SessionMissing");
        assert!(scene.world.store.identities().is_empty());
        // The owner gets the address, and nothing of the planted account is left.
        let completed = scene.account(provider, owner(EMAIL)).await;
        assert_shut_out(&scene, &completed.account).await;
    }
}

#[tokio::test]
async fn unexpired_change_a_link_that_was_begun_before_a_reset_is_refused() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        let account = scene.world.account(EMAIL).await;
        let stolen = scene.world.open(&account).await;
        let fresh = scene.world.fresh(&stolen.token).await;
        let caller = fresh.verified().signed_in().clone();
        let begun = scene.begin(provider, FlowPurpose::Link(fresh), None).await.unwrap();
        let link = scene.world.link_to_reset(EMAIL).await;
        let recovered = scene.world.reset(&link, "a quiet lemon under the table").await.unwrap();
        let own = scene.world.caller(&recovered.session.token).await.unwrap();
        for caller in [Some(caller), Some(own), None] {
            let begun = Begun { ..begun.clone() };
            let back = scene.let_in(provider, &begun, stranger(EMAIL, Some(true)));
            let request = FinishProviderRequest { caller, ..scene.back(provider, &begun, back) };
            assert!(scene.finish(request).await.is_err());
        }
        assert!(scene.world.store.identities().is_empty());
        let account = scene.world.now(&account);
        assert_shut_out(&scene, &account).await;
    }
}

#[tokio::test]
async fn non_verifying_provider_a_strangers_account_with_the_owners_address_gets_in_nowhere() {
    for provider in PROVIDERS {
        for is_verified in FLAGS {
            for stranger_is_first in [true, false] {
                let scene = Scene::new();
                let (strangers, owners) = if stranger_is_first {
                    let strangers = scene.registered(provider, stranger(EMAIL, is_verified)).await;
                    (strangers, scene.registered(provider, owner(EMAIL)).await)
                } else {
                    let owners = scene.registered(provider, owner(EMAIL)).await;
                    (scene.registered(provider, stranger(EMAIL, is_verified)).await, owners)
                };
                let tokens: Vec<_> = scene.world.mails().await.iter().map(link_in).collect();
                // A click alone completes nothing.
                for token in &tokens {
                    assert_eq!(why(scene.redeem(token, Proof::default()).await), "ProofRequired");
                }
                let completed = scene.redeem(&tokens[0], Proof::continuation(owners.continuation)).await.unwrap();
                for token in &tokens {
                    let late = Proof::continuation(strangers.continuation.clone());
                    assert!(scene.redeem(token, late).await.is_err());
                }
                assert_shut_out(&scene, &completed.account).await;
                assert_eq!(scene.signed_in(provider, owner(EMAIL)).await.account.id, completed.account.id);
            }
        }
    }
}

#[tokio::test]
async fn non_verifying_provider_the_owner_takes_the_address_and_the_strangers_identity_is_dropped() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        let strangers = scene.registered(provider, stranger(EMAIL, Some(true))).await;
        let token = emailed(&scene).await;
        let proof = Proof { new_password: PASSWORD.into(), ..Proof::default() };
        let completed = scene.redeem(&token, proof).await.unwrap();
        assert!(scene.world.store.identities().is_empty());
        assert_eq!(completed.account.profile.name, None, "nothing of the attempt is kept");
        assert!(scene.signs_in_with(EMAIL, PASSWORD).await);
        assert!(scene.redeem(&token, Proof::continuation(strangers.continuation)).await.is_err());
        assert_shut_out(&scene, &completed.account).await;
    }
}

#[tokio::test]
async fn an_account_with_the_address_is_never_linked_silently() {
    for scene in [Scene::new(), Scene::trusting()] {
        let account = scene.world.account(EMAIL).await;
        for provider in PROVIDERS {
            for person in FLAGS.map(|flag| stranger(EMAIL, flag)).into_iter().chain([owner(EMAIL)]) {
                let entered = scene.enter(provider, person).await.unwrap();
                assert!(matches!(entered, FinishedFlow::Registered { .. }), "{entered:?}");
            }
        }
        let rows = scene.world.store.row_counts();
        assert_eq!((rows["identities"], rows["sessions"], rows["accounts"]), (0, 0, 1));
        assert_eq!(scene.world.now(&account), account);
    }
}
