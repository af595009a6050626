//! Changes of address.

use tokio::task::JoinSet;

use super::*;

const NEW: &str = "johnny@acme.com";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_never_confirms_another_address_than_the_one_it_was_mailed_to() {
    let world = std::sync::Arc::new(World::without_limits());
    for number in 0..150 {
        let account = world.account(&format!("john{number}@acme.com")).await;
        let session = world.open(&account).await;
        let (own, victims) = (format!("own{number}@example.com"), format!("victim{number}@example.com"));
        let mut asking = JoinSet::new();
        for address in [own, victims] {
            let (world, token) = (std::sync::Arc::clone(&world), session.token.clone());
            asking.spawn(async move { world.move_to(&token, &address).await.unwrap() });
        }
        asking.join_all().await;
        let mut mails = world.mails().await;
        mails.retain(|mail| mail.content.name() == "confirm-new-address");
        assert_eq!(mails.len(), 1, "the later one replaces the earlier one");
        let confirmed = world.confirm(&session.token, &link_in(&mails[0])).await.unwrap();
        assert_eq!(confirmed.account.address, mails[0].to);
        assert_eq!(world.now(&account).address, mails[0].to);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_confirms_its_own_address_during_another_change() {
    let world = std::sync::Arc::new(World::without_limits());
    for number in 0..100 {
        let account = world.account(&format!("john{number}@acme.com")).await;
        let session = world.open(&account).await;
        let own = format!("own{number}@example.com");
        let link = world.link_to_move(&session.token, &own).await;
        let (asking, caller) = (std::sync::Arc::clone(&world), world.fresh(&session.token).await);
        let victims = format!("victim{number}@example.com");
        let asked = tokio::spawn(async move {
            why(asking.service.request_address_change(&caller, victims.as_str().into(), &by()).await)
        });
        let outcome = world.confirm(&session.token, &link).await;
        asked.await.unwrap();
        match outcome {
            Ok(confirmed) => assert_eq!(confirmed.account.address.as_str(), own),
            Err(error) => assert_eq!(format!("{error:?}"), "Gone(Superseded)"),
        }
        assert!(!world.now(&account).address.as_str().starts_with("victim"));
        world.mails().await;
    }
}

#[tokio::test]
async fn a_confirmed_change_ends_other_sessions_renews_this_one_and_notifies_both_addresses() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (session, other) = (world.open(&account).await, world.open(&account).await);
    let reset = world.link_to_reset(EMAIL).await;
    world.move_to(&session.token, "Johnny@acme.com").await.unwrap();
    let mut mails = world.mails().await;
    mails.sort_by_key(|mail| mail.content.name());
    let told: Vec<_> = mails.iter().map(|mail| (mail.content.name(), mail.to.as_str())).collect();
    assert_eq!(told, [("confirm-new-address", "Johnny@acme.com"), ("notice", EMAIL)]);
    let confirmed = world.confirm(&session.token, &link_in(&mails[0])).await.unwrap();

    let now = world.now(&account);
    assert_eq!((now.address.as_str(), now.credential_epoch), ("Johnny@acme.com", 1));
    assert_eq!(confirmed.account, now);
    let renewed = confirmed.session.unwrap();
    assert_eq!(renewed.id, session.id);
    assert!(world.caller(&renewed.token).await.is_some());
    for ended in [session.token, other.token] {
        assert!(world.caller(&ended).await.is_none());
    }
    assert_eq!(why(world.reset(&reset, NEW_PASSWORD).await), "Gone(Superseded)");
    let expected = ["Johnny@acme.com", EMAIL].map(|to| ("address_changed".to_owned(), to.to_owned()));
    assert_eq!(world.told().await, expected);
    assert_eq!(world.events(), [AuditEvent::AddressChangeRequested, AuditEvent::AddressChanged]);
}

#[tokio::test]
async fn confirming_an_address_does_not_make_a_session_fresh() {
    let world = World::new();
    let session = world.open(&world.account(EMAIL).await).await;
    let before = world.caller(&session.token).await.unwrap().session;
    let link = world.link_to_move(&session.token, NEW).await;
    world.clock.advance(crate::session::FRESH);
    let renewed = world.confirm(&session.token, &link).await.unwrap().session.unwrap();
    let after = world.caller(&renewed.token).await.unwrap();
    assert_eq!((after.session.authenticated_at, after.session.last_used_at), (before.created_at, world.clock.now()));
    assert!(!after.is_fresh(world.clock.now()));
}

#[tokio::test]
async fn a_confirmed_change_ends_registrations_of_the_address() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let squatter = world.account_with(NEW, |account| account.verified_at = None).await;
    let squatting = world.open(&squatter).await;
    world.register(NEW).await;
    world.mails().await;
    let session = world.open(&account).await;
    let link = world.link_to_move(&session.token, NEW).await;
    world.confirm(&session.token, &link).await.unwrap();
    assert_eq!(world.store.accounts().len(), 1);
    assert!(world.caller(&squatting.token).await.is_none());
    assert_eq!(world.store.registrations()[0].state, crate::registration::RegistrationState::Void);
}

#[tokio::test]
async fn a_pending_change_ends_when_the_credential_changes() {
    for way in ["reset", "password", "deletion", "another change"] {
        let world = World::new();
        let account = world.account(EMAIL).await;
        let session = world.open(&account).await;
        let link = world.link_to_move(&session.token, NEW).await;
        let token = match way {
            "reset" => {
                let reset = world.link_to_reset(EMAIL).await;
                world.reset(&reset, NEW_PASSWORD).await.unwrap().session.token
            }
            "password" => world.change_password(&session.token, PASSWORD, NEW_PASSWORD).await.unwrap().token,
            "deletion" => {
                world.service.request_deletion(&world.fresh(&session.token).await, &by()).await.unwrap();
                let back = world.open(&account).await.token;
                world.service.cancel_deletion(&world.caller(&back).await.unwrap(), &by()).await.unwrap();
                back
            }
            _ => {
                let later = world.link_to_move(&session.token, "jay@acme.com").await;
                assert_eq!(why(world.confirm(&session.token, &link).await), "Gone(Superseded)");
                world.confirm(&session.token, &later).await.unwrap().session.unwrap().token
            }
        };
        assert_eq!(why(world.confirm(&token, &link).await), "Gone(Superseded)", "{way}");
        assert_ne!(world.now(&account).address.as_str(), NEW);
    }
}

#[tokio::test]
async fn only_the_requesting_session_confirms() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (asking, other) = (world.open(&account).await, world.open(&account).await);
    let stranger = world.open(&world.account("mallory@example.com").await).await;
    let link = world.link_to_move(&asking.token, NEW).await;
    assert_eq!(why(world.confirm(&other.token, &link).await), "WrongSession");
    assert_eq!(why(world.confirm(&stranger.token, &link).await), "Unknown");
    assert!(world.confirm(&asking.token, &link).await.is_ok(), "the link stayed good");
}

#[tokio::test]
async fn a_free_address_and_a_taken_one_leave_the_same_rows_and_only_the_mails_differ() {
    let mut rows = Vec::new();
    for is_taken in [true, false] {
        let world = World::new();
        world.account(if is_taken { "Jane@acme.com" } else { "joan@acme.com" }).await;
        let session = world.open(&world.account(EMAIL).await).await;
        world.move_to(&session.token, "jane@acme.com").await.unwrap();
        rows.push(world.store.row_counts());
        let told = world.told().await;
        let expected =
            if is_taken { ("address-in-use", "Jane@acme.com") } else { ("confirm-new-address", "jane@acme.com") };
        assert!(told.contains(&(expected.0.to_owned(), expected.1.to_owned())), "{told:?}");
        assert!(told.contains(&("address_change_requested".to_owned(), EMAIL.to_owned())), "{told:?}");
    }
    assert_eq!(rows[0], rows[1]);
}

#[tokio::test]
async fn an_owner_is_told_of_an_attempt_whatever_the_asker_tries_next() {
    let world = World::without_limits();
    world.account("jane@acme.com").await;
    let session = world.open(&world.account(EMAIL).await).await;
    for address in ["jane@acme.com", "joan@acme.com"] {
        world.move_to(&session.token, address).await.unwrap();
    }
    let told = world.told().await;
    assert!(told.contains(&("address-in-use".to_owned(), "jane@acme.com".to_owned())), "{told:?}");
    assert!(told.contains(&("confirm-new-address".to_owned(), "joan@acme.com".to_owned())), "{told:?}");
    // Too late, it would only confuse.
    world.move_to(&session.token, "jane@acme.com").await.unwrap();
    world.clock.advance(Duration::from_hours(1));
    assert!(world.told().await.iter().all(|(mail, _)| mail != "address-in-use"));
}

#[tokio::test]
async fn an_address_taken_in_the_meantime_changes_nothing_and_stays_refused() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let link = world.link_to_move(&session.token, NEW).await;
    world.account("JOHNNY@acme.com").await;
    let before = (world.now(&account), world.store.sessions());
    for _ in 0..2 {
        assert_eq!(why(world.confirm(&session.token, &link).await), "Gone(AlreadyRegistered)");
        assert_eq!((world.now(&account), world.store.sessions()), before);
    }
}

#[tokio::test]
async fn an_address_that_may_not_register_cannot_be_changed_to() {
    let world = World::new();
    let session = world.open(&world.account(EMAIL).await).await;
    for (address, rule) in [
        ("", "Required"),
        ("a@acme.com,b@acme.com", "Malformed"),
        ("[\"a@acme.com\",\"b@acme.com\"]", "Malformed"),
        ("johnny@acme.com\r\nBcc: b@acme.com", "Malformed"),
        ("x@mailinator.com", "DomainDisposable"),
    ] {
        let refused = why(world.move_to(&session.token, address).await);
        assert_eq!(refused, format!("Invalid(Violations([Violation {{ field: Email, rule: {rule} }}]))"));
    }
    let fresh = world.fresh(&session.token).await;
    let refused = why(world.service.request_address_change(&fresh, Input::Mistyped, &by()).await);
    assert!(refused.contains("MustBeText"), "{refused}");
    assert_eq!(world.store.outbox(), []);
}

#[tokio::test]
async fn mails_to_strangers_are_limited() {
    let world = World::new();
    let (first, second) = (world.account(EMAIL).await, world.account("jane@acme.com").await);
    let (first, second) = (world.open(&first).await, world.open(&second).await);
    for number in 0..10 {
        world.move_to(&first.token, &format!("victim{number}@example.com")).await.unwrap();
        world.move_to(&first.token, "victim@example.com").await.unwrap();
        world.move_to(&second.token, "victim@example.com").await.unwrap();
    }
    for (token, address) in [(&first.token, "another@example.com"), (&second.token, "VICTIM@example.com")] {
        let refused = why(world.move_to(token, address).await);
        assert!(refused.starts_with("Failed(Limited(Limited { limit: \"mails\""), "{refused}");
    }
}

#[tokio::test]
async fn another_spelling_of_the_same_address_is_an_ordinary_change() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let link = world.link_to_move(&session.token, "John@ACME.com").await;
    world.confirm(&session.token, &link).await.unwrap();
    assert_eq!(world.now(&account).address.as_str(), "John@ACME.com");
    assert_eq!(world.told().await, [("address_changed".to_owned(), EMAIL.to_owned())], "it is one mailbox");
}

#[tokio::test]
async fn a_session_that_has_just_ended_requests_and_confirms_nothing() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let link = world.link_to_move(&session.token, NEW).await;
    let (fresh, verified) = (world.fresh(&session.token).await, world.verified(&session.token).await);
    world.commit(async |unit| unit.delete_sessions_of_account(account.id, None).await.unwrap()).await;
    let rows = world.store.row_counts();
    let asked = world.service.request_address_change(&fresh, "jay@acme.com".into(), &by()).await;
    assert!(why(asked).starts_with("Failed(Unavailable"));
    assert!(why(world.service.confirm_address(&verified, &link, &by()).await).starts_with("Failed(Unavailable"));
    assert_eq!((world.store.row_counts(), world.now(&account)), (rows, account));
}
