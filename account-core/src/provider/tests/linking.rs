//! Linking, confirming, unlinking.

use super::*;
use crate::account::password::ChangePasswordError;
use crate::audit::AuditEvent;
use crate::session::FRESH;

/// A session of an account with a password.
async fn with_password(scene: &Scene) -> SecretToken {
    let account = scene.world.account(EMAIL).await;
    scene.world.open(&account).await.token
}

async fn linked(scene: &Scene, provider: &str, token: &SecretToken, person: FakePerson<'_>) -> SecretToken {
    let fresh = scene.world.fresh(token).await;
    match scene.link(provider, fresh, person).await.unwrap() {
        FinishedFlow::Linked { session, .. } => session.token,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_linked_identity_signs_in_and_the_owner_is_told_which_one_it_is() {
    for provider in PROVIDERS {
        let scene = Scene::new();
        let token = with_password(&scene).await;
        // Another address than the account's: the key decides, not the address.
        let person = owner("elsewhere@example.org");
        linked(&scene, provider, &token, person).await;
        let mail = scene.world.mail("notice").await;
        let MailContent::Notice { identity: Some(named), .. } = mail.content else { panic!("no identity") };
        let label = if provider == "github" { "octocat-1" } else { "elsewhere@example.org" };
        assert_eq!((named.provider, named.account.as_deref()), (provider.to_uppercase(), Some(label)));
        let account = scene.signed_in(provider, person).await.account;
        assert_eq!(account.address.as_str(), EMAIL);
        assert!(scene.world.events().contains(&AuditEvent::IdentityLinked));
    }
}

#[tokio::test]
async fn a_link_is_made_only_in_the_session_that_began_it() {
    let scene = Scene::new();
    let token = with_password(&scene).await;
    let other = scene.world.account("jane@acme.com").await;
    let others = scene.world.open(&other).await.token;
    let again = scene.world.open(&scene.world.caller(&token).await.unwrap().account).await.token;
    for caller in [None, Some(&others), Some(&again)] {
        let caller = match caller {
            Some(token) => scene.world.caller(token).await,
            None => None,
        };
        let fresh = scene.world.fresh(&token).await;
        let result = scene.in_session("google", FlowPurpose::Link(fresh), caller, owner(EMAIL)).await;
        assert_eq!(why(result), "SessionMissing");
    }
    assert!(scene.world.store.identities().is_empty());
}

#[tokio::test]
async fn a_second_subject_of_a_provider_is_another_identity() {
    let scene = Scene::new();
    let token = with_password(&scene).await;
    let token = linked(&scene, "google", &token, owner(EMAIL)).await;
    let other = scene.world.account("jane@acme.com").await;
    let others = scene.world.open(&other).await.token;
    // Another account at the same provider confirms nothing, and cannot take the first one's place.
    let caller = scene.world.caller(&token).await.unwrap();
    let confirming = FlowPurpose::Confirm(caller.clone());
    let confirmed = scene.in_session("google", confirming, Some(caller), stranger(EMAIL, Some(true))).await;
    assert_eq!(why(confirmed), "OtherIdentity");
    let fresh = scene.world.fresh(&others).await;
    assert_eq!(why(scene.link("google", fresh, owner(EMAIL)).await), "LinkedElsewhere");
    linked(&scene, "google", &token, FakePerson { number: 2, ..owner(EMAIL) }).await;
    assert_eq!(scene.world.store.identities().len(), 2);
}

#[tokio::test]
async fn linking_again_changes_nothing_and_an_account_has_ten_at_most() {
    let scene = Scene::new();
    let mut token = with_password(&scene).await;
    for number in 1..=10 {
        token = linked(&scene, "google", &token, FakePerson { number, ..owner(EMAIL) }).await;
        let again = scene.world.fresh(&token).await;
        if number < 10 {
            let epoch = again.account().credential_epoch;
            token = linked(&scene, "google", &token, FakePerson { number, ..owner(EMAIL) }).await;
            assert_eq!(scene.world.caller(&token).await.unwrap().account.credential_epoch, epoch);
        }
    }
    let fresh = scene.world.fresh(&token).await;
    assert_eq!(why(scene.begin("google", FlowPurpose::Link(fresh), None).await), "TooMany");
    assert_eq!(scene.world.store.identities().len(), MAX_IDENTITIES);
}

#[tokio::test]
async fn a_session_becomes_fresh_by_the_accounts_identity() {
    let scene = Scene::new();
    let completed = scene.account("google", owner(EMAIL)).await;
    let token = completed.session.unwrap().token;
    scene.world.clock.advance(FRESH);
    let caller = scene.world.caller(&token).await.unwrap();
    assert!(!caller.is_fresh(scene.world.service.now()));
    let confirming = FlowPurpose::Confirm(caller.clone());
    let confirmed = scene.in_session("google", confirming, Some(caller), owner(EMAIL)).await.unwrap();
    let FinishedFlow::Confirmed(session) = confirmed else { panic!("{confirmed:?}") };
    assert!(scene.world.caller(&token).await.is_none(), "the old token stopped working");
    let caller = scene.world.caller(&session.token).await.unwrap();
    assert!(caller.is_fresh(scene.world.service.now()));
}

#[tokio::test]
async fn linking_makes_no_session_fresh() {
    let scene = Scene::new();
    let token = with_password(&scene).await;
    let before = scene.world.caller(&token).await.unwrap().session.authenticated_at;
    scene.world.clock.advance(FRESH);
    let (fresh, caller) = (scene.world.fresh(&token).await, scene.world.caller(&token).await);
    let linked = scene.in_session("google", FlowPurpose::Link(fresh), caller, owner(EMAIL)).await.unwrap();
    let FinishedFlow::Linked { session, .. } = linked else { panic!("{linked:?}") };
    assert_eq!(scene.world.caller(&session.token).await.unwrap().session.authenticated_at, before);
}

#[tokio::test]
async fn an_identity_of_a_provider_that_is_no_longer_offered_is_no_way_to_sign_in() {
    let scene = Scene::new();
    let completed = scene.account("google", owner(EMAIL)).await;
    let token = linked(&scene, "github", &completed.session.unwrap().token, owner(EMAIL)).await;
    let identities = scene.world.store.identities();
    let google = identities.iter().find(|identity| identity.key.provider == named("google")).unwrap();
    let mut settings = (*scene.world.service.settings).clone();
    settings.providers.remove(&named("github"));
    let other = crate::service::AccountService::new((*scene.world.service.ports).clone(), settings);
    let fresh = scene.world.fresh(&token).await;
    assert_eq!(why(other.unlink_identity(&fresh, google.id, &by()).await), "LastWay");
    assert!(scene.world.service.unlink_identity(&fresh, google.id, &by()).await.is_ok());
}

#[tokio::test]
async fn the_last_way_to_sign_in_cannot_be_unlinked() {
    let scene = Scene::new();
    let completed = scene.account("google", owner(EMAIL)).await;
    let token = completed.session.unwrap().token;
    let [identity] = <[Identity; 1]>::try_from(scene.world.store.identities()).unwrap();
    let unlink = async |token: &SecretToken| {
        let fresh = scene.world.fresh(token).await;
        scene.world.service.unlink_identity(&fresh, identity.id, &by()).await
    };
    assert_eq!(why(unlink(&token).await), "LastWay");
    let fresh = scene.world.fresh(&token).await;
    let policy = PasswordPolicy::DEFAULT;
    let weak = scene.world.service.set_first_password(&fresh, "short".into(), policy, &by()).await;
    assert!(matches!(weak, Err(ChangePasswordError::Invalid(_))));
    let set = scene.world.service.set_first_password(&fresh, PASSWORD.into(), policy, &by()).await.unwrap();
    assert!(scene.signs_in_with(EMAIL, PASSWORD).await);
    let fresh = scene.world.fresh(&set.token).await;
    let again = scene.world.service.set_first_password(&fresh, PASSWORD.into(), policy, &by()).await;
    assert_eq!(why(again), "WrongPassword", "it is changed, not set");
    let kept = scene.world.open(fresh.account()).await.token;
    let unlinked = unlink(&set.token).await.unwrap();
    assert!(scene.world.caller(&kept).await.is_none(), "other sessions ended");
    assert!(scene.world.store.identities().is_empty());
    assert_eq!(why(unlink(&unlinked.token).await), "Unknown");
    let told = scene.world.told().await;
    let told: Vec<_> = told.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(told, ["identity_unlinked", "password_changed"]);
    // Now it registers a new person.
    assert!(matches!(scene.enter("google", owner("new@acme.com")).await, Ok(FinishedFlow::Registered { .. })));
}

#[tokio::test]
async fn of_two_requests_that_leave_no_way_together_one_is_refused() {
    let scene = Arc::new(Scene::new());
    let token = scene.account("google", owner(EMAIL)).await.session.unwrap().token;
    let token = linked(&scene, "github", &token, owner(EMAIL)).await;
    let fresh = scene.world.fresh(&token).await;
    let ids: Vec<_> = scene.world.store.identities().iter().map(|identity| identity.id).collect();
    let tasks: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let (scene, fresh) = (Arc::clone(&scene), fresh.clone());
            tokio::spawn(async move { scene.world.service.unlink_identity(&fresh, id, &by()).await.is_ok() })
        })
        .collect();
    let mut unlinked = 0;
    for task in tasks {
        unlinked += usize::from(task.await.unwrap());
    }
    assert_eq!((unlinked, scene.world.store.identities().len()), (1, 1));
}

#[tokio::test]
async fn a_reset_sets_the_first_password() {
    let scene = Scene::new();
    let account = scene.account("google", owner(EMAIL)).await.account;
    let link = scene.world.link_to_reset(EMAIL).await;
    scene.world.reset(&link, PASSWORD).await.unwrap();
    assert!(scene.signs_in_with(EMAIL, PASSWORD).await);
    assert_eq!(scene.signed_in("google", owner(EMAIL)).await.account.id, account.id);
}

#[tokio::test]
async fn an_account_without_a_password_has_none_that_is_right() {
    let scene = Scene::new();
    let token = scene.account("google", owner(EMAIL)).await.session.unwrap().token;
    for password in ["", PASSWORD] {
        assert!(!scene.signs_in_with(EMAIL, password).await);
    }
    let caller = scene.world.caller(&token).await.unwrap();
    let again = scene.world.service.reauthenticate(&caller, PASSWORD.into(), &by()).await;
    assert_eq!(why(again), "WrongPassword");
    assert_eq!(
        why(scene.world.change_password(&token, PASSWORD, "a quiet lemon under the table").await),
        "WrongPassword"
    );
}

#[tokio::test]
async fn identities_are_in_the_owners_data_and_go_with_the_account() {
    let scene = Scene::new();
    let token = scene.account("google", owner(EMAIL)).await.session.unwrap().token;
    let fresh = scene.world.fresh(&token).await;
    let data = scene.world.service.export_data(&fresh, &by()).await.unwrap();
    assert_eq!(data.identities, scene.world.store.identities());
    assert_eq!(scene.world.service.own_identities(fresh.verified()).await.unwrap(), data.identities);
    scene.world.service.request_deletion(&fresh, &by()).await.unwrap();
    scene.world.clock.advance(scene.world.service.settings.deletion_grace);
    scene.world.service.housekeeping().tidy().await.unwrap();
    assert!(scene.world.store.accounts().is_empty() && scene.world.store.identities().is_empty());
    assert!(matches!(scene.enter("google", owner(EMAIL)).await, Ok(FinishedFlow::Registered { .. })));
}
