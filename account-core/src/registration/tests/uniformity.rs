//! New, pending and taken addresses: same answer, same rows, same limits.

use std::collections::BTreeMap;

use super::*;
use crate::registration::RegistrationState;
use crate::registration::status::MailProgress;

const NEW: &str = "new@acme.com";
const PENDING: &str = "pending@acme.com";
const TAKEN: &str = "taken@acme.com";
const ADDRESSES: [&str; 3] = [NEW, PENDING, TAKEN];

async fn populated_world() -> World {
    let world = World::new();
    world.attempt(PENDING, PASSWORD).await;
    world.account(TAKEN).await;
    world
}

/// How many rows each table gained while the work was done.
async fn gained(world: &World, work: impl AsyncFnOnce()) -> BTreeMap<&'static str, usize> {
    let before = world.store.row_counts();
    work().await;
    let after = world.store.row_counts();
    after.into_iter().map(|(table, rows)| (table, rows - before[table])).filter(|(_, rows)| *rows > 0).collect()
}

#[tokio::test]
async fn registering_writes_the_same_rows_for_every_address() {
    let world = populated_world().await;
    for email in ADDRESSES {
        let gained = gained(&world, async || {
            world.register(email).await;
        })
        .await;
        assert_eq!(gained, BTreeMap::from([("registrations", 1), ("tokens", 1), ("outbox", 1)]), "{email}");
    }
    let registrations = world.store.registrations();
    let pending: Vec<_> = registrations.iter().filter(|stored| stored.state == RegistrationState::Pending).collect();
    assert_eq!(pending.len(), 4, "three, and the one that was pending already");
    for registration in pending {
        assert!(registration.password_hash.is_some());
        assert_eq!((registration.generation, registration.code_tries), (1, 0));
    }
}

#[tokio::test]
async fn registering_answers_the_same_for_every_address() {
    let world = populated_world().await;
    for email in ADDRESSES {
        let accepted = world.register(email).await;
        assert_eq!(accepted.expires_at, world.clock.now() + TTL);
        let status = world.status(&accepted).await;
        assert_eq!((status.address.as_str(), status.mail), (email, MailProgress::Queued));
        assert_eq!(world.mails().await.len(), 1, "{email}: one mail, whichever it is");
        let delivered = world.status(&accepted).await;
        assert_eq!(delivered.mail, MailProgress::HandedOver);
        assert_eq!((delivered.progress, delivered.expires_at), (status.progress, status.expires_at));
    }
}

#[tokio::test]
async fn an_attempt_for_a_taken_address_has_codes_and_tries_like_any_other() {
    let world = populated_world().await;
    let mut seen = Vec::new();
    for email in ADDRESSES {
        let accepted = world.register(email).await;
        world.mails().await;
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(why(world.enter_code(&accepted, "00000000").await));
        }
        answers.push(why(world.resend_by_continuation(&accepted).await));
        world.mails().await;
        let status = world.status(&accepted).await;
        answers.push(format!("{:?} {:?} {}", status.progress, status.mail, status.expires_at));
        seen.push(answers);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn an_attempt_that_was_voided_or_taken_answers_codes_like_a_pending_one() {
    let world = World::without_limits();
    let mut seen = Vec::new();
    for (email, ends) in [("one@acme.com", "not"), ("two@acme.com", "void"), ("three@acme.com", "taken")] {
        let attempt = world.attempt(email, STRANGERS_PASSWORD).await;
        match ends {
            "void" => drop(world.account(email).await),
            "taken" => drop(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.unwrap()),
            _ => {}
        }
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(why(world.enter_code(&attempt.accepted, &another(&attempt.code)).await));
        }
        let status = world.status(&attempt.accepted).await;
        answers.push(format!("{:?} {:?} {}", status.progress, status.mail, status.expires_at));
        seen.push(answers);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn requesting_a_mail_writes_the_same_rows_for_every_address() {
    let world = populated_world().await;
    for email in ADDRESSES {
        let gained = gained(&world, async || world.resend(email).await.unwrap()).await;
        assert_eq!(gained, BTreeMap::from([("outbox", 1)]), "{email}");
    }
}

#[tokio::test]
async fn limits_are_the_same_for_every_address() {
    let world = populated_world().await;
    world.clock.advance(TTL);
    for email in ADDRESSES {
        let mut answers = Vec::new();
        for _ in 0..7 {
            answers.push(why(world.resend(email).await));
        }
        for _ in 0..17 {
            answers.push(why(world.try_register(draft(email, PASSWORD), Client::default()).await));
        }
        let allowed = answers.iter().filter(|answer| *answer == "it succeeded").count();
        assert_eq!(allowed, 5 + 15, "{email}: five resends a minute, twenty mails a day");
    }
}

#[tokio::test]
async fn the_owner_of_a_taken_address_gets_the_other_mail_at_the_accounts_spelling() {
    let world = World::new();
    let taken = RegistrationDraft { language: "de".into(), ..draft("John.Doe@acme.com", PASSWORD) };
    let attempt = world.attempt_by(taken).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    let stranger = RegistrationDraft { language: "fr".into(), ..draft("JOHN.DOE@ACME.COM", STRANGERS_PASSWORD) };
    world.try_register(stranger, Client::default()).await.unwrap();
    let mail = world.mail().await;
    assert_eq!(mail.to.as_str(), "John.Doe@acme.com");
    assert_eq!(mail.language.as_deref(), Some("de"), "the owner's language, not the stranger's");
    let MailContent::AlreadyRegistered { sign_in, forgot, .. } = mail.content else { panic!("{mail:?}") };
    assert_eq!(sign_in.expose(), "https://accounts.example.com/authenticate/sign-in");
    assert_eq!(forgot.expose(), "https://accounts.example.com/authenticate/forgot");
}

#[tokio::test]
async fn a_verification_mail_goes_to_the_spelling_that_was_registered() {
    let world = World::new();
    let german = RegistrationDraft { language: "de".into(), ..draft("John.Doe@ACME.com", PASSWORD) };
    world.try_register(german, Client::default()).await.unwrap();
    let mail = world.mail().await;
    assert_eq!(mail.to.as_str(), "John.Doe@ACME.com");
    assert_eq!(mail.language.as_deref(), Some("de"));
    let MailContent::VerifyAddress { expires_at, .. } = mail.content else { panic!("{mail:?}") };
    assert_eq!(expires_at, world.clock.now() + TTL);
}

#[tokio::test]
async fn a_resend_extends_overtaken_attempts_like_pending_ones() {
    let world = World::new();
    let overtaken = world.register(TAKEN).await;
    let _ = world.mails().await;
    world.account(TAKEN).await;
    let pending = world.register(PENDING).await;
    let _ = world.mails().await;
    for by_address in [true, false] {
        world.clock.advance(TTL / 2);
        for (email, attempt) in [(TAKEN, &overtaken), (PENDING, &pending)] {
            if by_address {
                world.resend(email).await.unwrap();
            } else {
                world.resend_by_continuation(attempt).await.unwrap();
            }
        }
        let _ = world.mails().await;
        let (overtaken, pending) = (world.status(&overtaken).await, world.status(&pending).await);
        assert_eq!(overtaken.expires_at, pending.expires_at);
        assert_eq!(overtaken.progress, pending.progress);
        assert_eq!(overtaken.mail, pending.mail);
    }
}
