//! Asking for a reset: answers, rows, emails and limits.

use super::*;
use crate::client::Client;
use crate::input::Input;
use crate::one_time_token::TokenState;
use crate::outbox::delivery::{LEASE, Outcome};
use crate::outbox::{Intent, OutboxState, Queue};
use crate::ports::DeliveryError;
use crate::recovery::PasswordResetError;
use crate::service::{Failure, Limited};

fn limited(result: Result<(), PasswordResetError>) -> &'static str {
    match result {
        Err(PasswordResetError::Failed(Failure::Limited(Limited { limit, .. }))) => limit,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn answers_and_rows_are_alike_for_known_unknown_pending_and_disabled_addresses() {
    let mut seen = Vec::new();
    for kind in ["known", "unknown", "pending", "disabled", "unproven", "deleting"] {
        let world = World::new();
        let now = Some(world.clock.now());
        match kind {
            "known" => drop(world.account(EMAIL).await),
            "pending" => drop(world.register(EMAIL).await),
            "disabled" => drop(world.account_with(EMAIL, |account| account.disabled_at = now).await),
            "unproven" => drop(world.account_with(EMAIL, |account| account.verified_at = None).await),
            "deleting" => drop(world.account_with(EMAIL, |account| account.deletion_due_at = now).await),
            _ => {}
        }
        world.mails().await;
        let before = world.store.row_counts();
        world.forget("JOHN@acme.com").await.unwrap();
        let after = world.store.row_counts();
        let written: Vec<_> =
            after.iter().map(|(table, count)| (*table, count - before[table])).filter(|(_, more)| *more > 0).collect();
        let entry = world.store.outbox().into_iter().find(|entry| entry.state == OutboxState::Queued).unwrap();
        let Intent::PasswordReset { address, decided: None } = entry.intent else { panic!() };
        seen.push((written, address, entry.due_at, entry.note));
    }
    assert_eq!(seen[0].0, [("outbox", 1)]);
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
}

#[tokio::test]
async fn the_mail_goes_to_the_accounts_own_spelling_and_to_nobody_else() {
    let world = World::new();
    world.account("John@acme.com").await;
    world.forget("JOHN@ACME.COM").await.unwrap();
    let mail = world.mail("reset-password").await;
    assert_eq!(mail.to.as_str(), "John@acme.com");
    world.account_with("gone@acme.com", |account| account.disabled_at = Some(world.clock.now())).await;
    for address in ["nobody@acme.com", "gone@acme.com"] {
        world.forget(address).await.unwrap();
        assert_eq!(world.mails().await.len(), 0, "{address}");
    }
}

#[tokio::test]
async fn look_alike_addresses_get_no_mail() {
    let world = World::new();
    for victim in ["mike@acme.com", "miss@acme.com", "kim@acme.com"] {
        world.account(victim).await;
    }
    for twin in ["m\u{131}ke@acme.com", "mik\u{435}@acme.com", "mike@acm\u{435}.com", "mik\u{117}@acme.com"] {
        world.forget(twin).await.unwrap();
        assert_eq!(world.mails().await.len(), 0, "{twin}");
    }
    // Spellings of the same key: the email goes where the account's email goes.
    for (twin, victim) in [("mi\u{17F}s@acme.com", "miss@acme.com"), ("\u{212A}im@acme.com", "kim@acme.com")] {
        world.forget(twin).await.unwrap();
        assert_eq!(world.mail("reset-password").await.to.as_str(), victim);
    }
}

#[tokio::test]
async fn a_list_of_addresses_is_refused() {
    let world = World::new();
    world.account(EMAIL).await;
    for text in [
        "",
        " ",
        "john@acme.com,mallory@example.com",
        "john@acme.com;mallory@example.com",
        "john@acme.com mallory@example.com",
        "[\"john@acme.com\",\"mallory@example.com\"]",
        "john@acme.com\r\nBcc: mallory@example.com",
        "John <john@acme.com>",
        "=?utf-8?q?john?=@acme.com",
    ] {
        assert!(why(world.forget(text).await).starts_with("Invalid("), "{text:?}");
    }
    for input in [Input::Absent, Input::Mistyped] {
        assert!(why(world.service.request_password_reset(input, &by()).await).starts_with("Invalid("));
    }
    assert_eq!(world.store.outbox(), []);
}

#[tokio::test]
async fn for_an_address_that_is_only_pending_its_newest_registration_is_mailed_again() {
    let world = World::new();
    world.register(EMAIL).await;
    let first = link_in(&world.mail("verify-address").await);
    let before = world.store.registrations();
    world.clock.advance(HOUR);
    world.forget(EMAIL).await.unwrap();
    assert_eq!(link_in(&world.mail("verify-address").await), first);
    assert_eq!(world.store.registrations(), before);
    assert_eq!(world.store.tokens().len(), 1);
}

#[tokio::test]
async fn a_reset_does_not_tell_a_registrant_whether_the_address_has_an_account() {
    let mut seen = Vec::new();
    for has_account in [false, true] {
        let world = World::new();
        if has_account {
            world.account(EMAIL).await;
        }
        let accepted = world.register(EMAIL).await;
        let mut statuses = Vec::new();
        for step in 0..4 {
            if step % 2 == 1 {
                world.forget(EMAIL).await.unwrap();
            }
            let status = |world: &World| {
                let (service, continuation) = (world.service.clone(), accepted.continuation.clone());
                async move { service.registration_status(accepted.registration, &continuation, &Client::default()).await }
            };
            let queued = status(&world).await.unwrap().unwrap();
            world.mails().await;
            let sent = status(&world).await.unwrap().unwrap();
            for status in [queued, sent] {
                statuses.push(format!("{:?} {:?} {}", status.progress, status.mail, status.expires_at));
            }
            world.clock.advance(10 * HOUR);
        }
        seen.push(statuses);
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn of_several_unverified_accounts_the_newest_enabled_one_is_reset() {
    let world = World::new();
    let mut accounts = Vec::new();
    for number in 0..3 {
        world.clock.advance(HOUR);
        let email = ["JOHN@acme.com", "John@acme.com", EMAIL][number];
        accounts.push(world.account_with(email, |account| account.verified_at = None).await);
    }
    world.alter(&accounts[2], |account| account.disabled_at = Some(account.created_at)).await;
    world.forget(EMAIL).await.unwrap();
    assert_eq!(world.mail("reset-password").await.to.as_str(), "John@acme.com");
}

#[tokio::test]
async fn only_the_newest_link_works_and_queued_mails_give_way_to_it() {
    let world = World::new();
    world.account(EMAIL).await;
    world.forget(EMAIL).await.unwrap();
    world.delivery.decide(9).await.unwrap();
    let waiting = world.delivery.claim(&Queue::Mail, 1).await.unwrap();
    world.mailer.fail_next(DeliveryError::Transient("451".into()));
    assert_eq!(world.delivery.deliver(&waiting[0]).await.unwrap(), Outcome::Deferred);
    let first = world.store.tokens().remove(0);
    let second = world.link_to_reset(EMAIL).await;
    let state = |token: &crate::one_time_token::OneTimeToken| {
        world.store.tokens().into_iter().find(|stored| stored.digest == token.digest).unwrap().state
    };
    assert_eq!(state(&first), TokenState::Superseded);
    world.clock.advance(LEASE);
    assert_eq!(world.mails().await.len(), 0, "the link of the first is of no use any more");
    assert!(world.reset(&second, NEW_PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_retried_mail_has_the_same_link_until_it_expires() {
    let world = World::new();
    world.account(EMAIL).await;
    world.forget(EMAIL).await.unwrap();
    world.delivery.decide(9).await.unwrap();
    let expires_at = world.clock.now() + HOUR;
    for _ in 0..2 {
        world.mailer.fail_next(DeliveryError::Transient("451".into()));
        let claimed = world.delivery.claim(&Queue::Mail, 1).await.unwrap();
        assert_eq!(world.delivery.deliver(&claimed[0]).await.unwrap(), Outcome::Deferred);
        world.clock.advance(HOUR / 60);
    }
    let mail = world.mail("reset-password").await;
    assert_eq!(world.store.tokens().len(), 1);
    assert_eq!(world.store.tokens()[0].expires_at, expires_at);
    assert!(world.reset(&link_in(&mail), NEW_PASSWORD).await.is_ok());

    let world = World::new();
    world.account(EMAIL).await;
    world.forget(EMAIL).await.unwrap();
    world.delivery.decide(9).await.unwrap();
    world.mailer.fail_next(DeliveryError::Transient("451".into()));
    let claimed = world.delivery.claim(&Queue::Mail, 1).await.unwrap();
    assert_eq!(world.delivery.deliver(&claimed[0]).await.unwrap(), Outcome::Deferred);
    world.clock.advance(HOUR);
    assert_eq!(world.mails().await.len(), 0);
    assert_eq!(world.store.outbox()[0].state, OutboxState::Dead);
}

#[tokio::test]
async fn nothing_else_uses_up_the_limit_of_resets() {
    let world = World::new();
    world.account(EMAIL).await;
    for _ in 0..20 {
        world.register(EMAIL).await;
    }
    for _ in 0..5 {
        world.forget(EMAIL).await.unwrap();
    }
    assert_eq!(limited(world.forget("JOHN@acme.com").await), "resets");
    world.clock.advance(HOUR);
    for _ in 0..5 {
        world.forget(EMAIL).await.unwrap();
    }
    world.clock.advance(HOUR);
    assert_eq!(limited(world.forget(EMAIL).await), "resets_per_day");
    assert_eq!(world.store.outbox().len(), 30, "what is refused writes nothing");
    world.clock.advance(22 * HOUR);
    world.forget(EMAIL).await.unwrap();
}

#[tokio::test]
async fn beyond_the_limit_each_network_has_one_mail_a_day() {
    let world = World::new();
    let forget = async |network: &str| world.service.request_password_reset(EMAIL.into(), &from(network)).await;
    for number in 0..5 {
        forget(&format!("198.51.{number}.1")).await.unwrap();
    }
    forget("2001:db8:1:2::1").await.unwrap();
    assert_eq!(limited(forget("2001:db8:1:2::2").await), "resets", "the same network");
    forget("192.0.2.1").await.unwrap();
    assert_eq!(limited(forget("192.0.2.1").await), "resets");
    assert_eq!(limited(world.forget(EMAIL).await), "resets", "nobody's network has none");
}

#[tokio::test]
async fn unknown_addresses_are_limited_alike() {
    let mut refusals = Vec::new();
    for is_known in [true, false] {
        let world = World::with(|settings| settings.limits.resets = Rate::new(2, HOUR));
        if is_known {
            world.account(EMAIL).await;
        }
        for _ in 0..2 {
            world.forget(EMAIL).await.unwrap();
        }
        refusals.push(why(world.forget(EMAIL).await));
    }
    assert_eq!(refusals[0], refusals[1]);
}
