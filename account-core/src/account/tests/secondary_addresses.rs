//! Alternate and notification addresses.

use super::*;

const NOTIFIED: &str = "desk@example.com";

fn notification(text: &str) -> ProfileEdits {
    ProfileEdits { notification_address: text.into(), ..ProfileEdits::default() }
}

#[tokio::test]
async fn a_notification_address_gets_nothing_before_it_is_confirmed_and_notices_afterwards() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let mut session = world.open(&account).await;
    let link = world.link_to_notification(&session.token, NOTIFIED).await;
    session = world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await.unwrap();
    assert_eq!(world.told().await, [("password_changed".to_owned(), EMAIL.to_owned())]);

    let confirmed = world.confirm(&session.token, &link).await.unwrap();
    assert_eq!((confirmed.account.clone(), confirmed.session), (world.now(&account), None));
    let confirmed = confirmed.account.secondary_addresses.notification.unwrap();
    assert_eq!(confirmed.verified_at, Some(world.clock.now()));
    assert!(world.caller(&session.token).await.is_some(), "the session is as it was");
    assert_eq!(world.told().await, [("secondary_address_confirmed".to_owned(), EMAIL.to_owned())]);
    world.change_password(&session.token, NEW_PASSWORD, "another fine passphrase").await.unwrap();
    let expected = [NOTIFIED, EMAIL].map(|to| ("password_changed".to_owned(), to.to_owned()));
    assert_eq!(world.told().await, expected);
    world.forget(NOTIFIED).await.unwrap();
    assert_eq!(world.mails().await.len(), 0, "it serves no recovery");
}

#[tokio::test]
async fn the_link_of_an_address_that_was_replaced_confirms_nothing() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let first = world.link_to_notification(&session.token, NOTIFIED).await;
    let second = world.link_to_notification(&session.token, "Desk@example.com").await;
    assert_eq!(why(world.confirm(&session.token, &first).await), "Gone(Superseded)");
    let notification = world.now(&account).secondary_addresses.notification.unwrap();
    assert_eq!((notification.address.as_str(), notification.verified_at), ("Desk@example.com", None));
    world.confirm(&session.token, &second).await.unwrap();
    let cleared = ProfileEdits { notification_address: Edit::Clear, ..ProfileEdits::default() };
    world.change(&session.token, cleared).await.unwrap();
    assert_eq!(world.now(&account).secondary_addresses, crate::account::SecondaryAddresses::default());
}

#[tokio::test]
async fn no_mail_is_sent_to_an_address_replaced_in_the_meantime() {
    let world = World::new();
    let session = world.open(&world.account(EMAIL).await).await;
    for address in ["one@example.com", "two@example.com"] {
        world.change(&session.token, notification(address)).await.unwrap();
    }
    assert_eq!(world.mail("confirm-secondary-address").await.to.as_str(), "two@example.com");
}

#[tokio::test]
async fn a_confirmed_address_that_is_set_again_stays_confirmed_and_an_unconfirmed_one_is_mailed_again() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let first = world.link_to_notification(&session.token, NOTIFIED).await;
    let version = world.now(&account).version;
    let second = world.link_to_notification(&session.token, NOTIFIED).await;
    assert_ne!(first, second);
    assert_eq!(world.now(&account).version, version, "nothing of the account has changed");
    world.confirm(&session.token, &second).await.unwrap();
    assert_eq!(world.mails().await.len(), 1);
    let confirmed = world.now(&account);
    assert_eq!(world.change(&session.token, notification(NOTIFIED)).await.unwrap(), confirmed);
    assert_eq!(world.mails().await.len(), 0);
    assert!(world.confirm(&session.token, &first).await.is_ok(), "it proves the same mailbox");
    assert_eq!(world.now(&account), confirmed);
    assert_eq!(world.mails().await.len(), 0, "nothing is told twice");
}

#[tokio::test]
async fn setting_an_address_requires_a_fresh_session_and_clearing_one_does_not() {
    let alternate = |text: &str| ProfileEdits { alternate_address: text.into(), ..ProfileEdits::default() };
    let cleared = || ProfileEdits { notification_address: Edit::Clear, ..ProfileEdits::default() };
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let link = world.link_to_notification(&session.token, NOTIFIED).await;
    world.clock.advance(crate::session::FRESH);
    let rows = (world.now(&account), world.store.row_counts());
    let with_more = ProfileEdits { name: "John".into(), ..alternate(NOTIFIED) };
    for edits in [notification("other@example.com"), notification("Desk@example.com"), alternate(NOTIFIED), with_more] {
        let refused = world.change(&session.token, edits).await;
        assert_eq!(why(refused), "NotPermitted(ReauthenticationRequired)");
    }
    let mistyped = world.change(&session.token, notification("no address")).await;
    assert!(matches!(mistyped, Err(ChangeDetailsError::Invalid(_))));
    assert_eq!((world.now(&account), world.store.row_counts()), rows, "nothing was counted either");
    world.change(&session.token, notification(NOTIFIED)).await.unwrap();
    world.confirm(&session.token, &link).await.unwrap();
    world.change(&session.token, notification(NOTIFIED)).await.unwrap();
    world.change(&session.token, cleared()).await.unwrap();
    assert_eq!(world.now(&account).secondary_addresses, crate::account::SecondaryAddresses::default());
    let again = world.change(&session.token, notification(NOTIFIED)).await;
    assert_eq!(why(again), "NotPermitted(ReauthenticationRequired)");
    let caller = world.caller(&session.token).await.unwrap();
    let session = world.service.reauthenticate(&caller, PASSWORD.into(), &by()).await.unwrap();
    assert!(world.change(&session.token, notification(NOTIFIED)).await.is_ok());
}

#[tokio::test]
async fn one_link_confirms_an_address_everywhere_in_any_session_of_the_account() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (session, other) = (world.open(&account).await, world.open(&account).await);
    let stranger = world.open(&world.account("mallory@example.com").await).await;
    let edits = ProfileEdits { alternate_address: NOTIFIED.into(), ..notification(NOTIFIED) };
    world.change(&session.token, edits).await.unwrap();
    let link = link_in(&world.mail("confirm-secondary-address").await);
    assert_eq!(why(world.confirm(&stranger.token, &link).await), "Unknown");
    let confirmed = world.confirm(&other.token, &link).await.unwrap().account.secondary_addresses;
    let is_confirmed = |slot: Option<SecondaryAddress>| slot.unwrap().verified_at.is_some();
    assert!(is_confirmed(confirmed.alternate) && is_confirmed(confirmed.notification));
    assert_eq!(why(world.confirm(&other.token, &link).await), "Gone(Used)");
    assert_eq!(world.events(), [AuditEvent::SecondaryAddressConfirmed, AuditEvent::ProfileChanged]);
}

#[tokio::test]
async fn mails_to_secondary_addresses_are_limited_and_a_refusal_changes_nothing() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    for number in 0..20 {
        world.change(&session.token, notification(&format!("victim{number}@example.com"))).await.unwrap();
    }
    let before = (world.now(&account), world.store.row_counts());
    let refused = world.change(&session.token, notification("another@example.com")).await;
    assert!(matches!(refused, Err(ChangeDetailsError::Failed(Failure::Limited(Limited { limit: "mails", .. })))));
    assert_eq!((world.now(&account), world.store.row_counts()), before);
    let edits = ProfileEdits { name: "John".into(), ..ProfileEdits::default() };
    assert!(world.change(&session.token, edits).await.is_ok(), "what mails nothing is not limited");
}
