//! What goes, when, and what never does.

use super::*;
use crate::administration::tests::{DAY, MICROSECOND, PASSWORD, World, context, draft, token_in, why};
use crate::client::Client;
use crate::outbox::Queue;
use crate::outbox::mail::MailContent;
use crate::password::policy::PasswordPolicy;
use crate::ports::DeliveryError;
use crate::registration::register::Accepted;
use crate::registration::resend::ResendTarget;
use crate::registration::verify::{CompletedRegistration, Proof, Spend, VerifyError, VerifyRequest};

const MINUTE: Duration = Duration::from_mins(1);

async fn verify(world: &World, spend: Spend, proof: Proof) -> Result<CompletedRegistration, VerifyError> {
    let request = VerifyRequest { spend, proof, password_policy: PasswordPolicy::DEFAULT, context: context() };
    world.service.verify_email(request).await
}

async fn tidy(world: &World) -> Tidied {
    world.service.housekeeping().tidy().await.unwrap()
}

fn continuation(accepted: &Accepted) -> Proof {
    Proof { continuations: vec![accepted.continuation.clone()], ..Proof::default() }
}

#[tokio::test]
async fn an_expired_registration_is_wiped_and_its_link_says_expired_for_thirty_days() {
    let world = World::new();
    let accepted = world.register(draft("john@acme.com")).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    let token = token_in(&mail, "");
    let look = async || why(world.service.inspect_token(&token, &[], &Client::default()).await);
    world.clock.set(accepted.expires_at);
    assert_eq!(tidy(&world).await.count("registration_secrets"), 0);
    world.clock.advance(MICROSECOND);
    assert_eq!(tidy(&world).await.count("registration_secrets"), 1);
    let [registration] = world.store.registrations().try_into().unwrap();
    assert_eq!((registration.password_hash, registration.choices), (None, crate::profile::Choices::default()));
    assert_eq!(look().await, "Gone(Expired)");
    world.clock.set(accepted.expires_at + 30 * DAY);
    tidy(&world).await;
    assert_eq!(look().await, "Gone(Expired)");
    world.clock.advance(MICROSECOND);
    let tidied = tidy(&world).await;
    assert_eq!((tidied.count("registrations"), tidied.count("one_time_tokens")), (1, 1));
    assert_eq!(look().await, "Unknown");
}

#[tokio::test]
async fn a_registration_whose_credential_was_wiped_needs_a_new_one() {
    let world = World::new();
    let accepted = world.register(draft("john@acme.com")).await.unwrap();
    world.mails().await;
    world.clock.advance(2 * DAY);
    tidy(&world).await;
    let (registration, continuation_held) = (accepted.registration, accepted.continuation.clone());
    let target = ResendTarget::Registration { registration, continuation: continuation_held };
    world.service.resend_verification(target, &Client::default()).await.unwrap();
    let [mail] = world.mails().await.try_into().unwrap();
    let MailContent::VerifyAddress { code: Some(code), .. } = &mail.content else { panic!("{mail:?}") };
    let (token, code) = (token_in(&mail, ""), code.expose().to_owned());
    let held = [accepted.continuation.clone()];
    let seen = world.service.inspect_token(&token, &held, &Client::default()).await.unwrap();
    assert!(!seen.is_continued && !seen.has_password);
    let by_link = |proof| verify(&world, Spend::Token(token.clone()), proof);
    let by_code = |code: String| {
        verify(&world, Spend::Code { registration: accepted.registration, code }, continuation(&accepted))
    };
    assert_eq!(why(by_link(continuation(&accepted)).await), "ProofRequired");
    let password = Proof { password: Some(PASSWORD.to_owned()), ..Proof::default() };
    assert_eq!(why(by_link(password).await), "WrongProof(Password)");
    // To a code that is wrong it answers like an attempt whose address was taken.
    assert_eq!(why(by_code("00000000".to_owned()).await), "WrongProof(Code)");
    assert_eq!(why(by_code(code).await), "ProofRequired");
    assert!(world.store.accounts().is_empty());
    let fresh = Proof { new_password: "a quiet lemon under the table".into(), ..Proof::default() };
    assert!(by_link(fresh).await.unwrap().account.password_hash.is_some());
}

#[tokio::test]
async fn emails_of_a_clock_that_was_fast_are_sent_once_it_is_set_back() {
    let world = World::new();
    let right = world.clock_now();
    world.clock.set(right + DAY);
    world.register(draft("new@acme.com")).await.unwrap();
    world.register(draft("late@acme.com")).await.unwrap();
    world.mailer.fail_next(DeliveryError::Transient("451 try later".into()));
    assert_eq!(world.mails().await.len(), 1);
    world.register(draft("claimed@acme.com")).await.unwrap();
    world.delivery.claim(&Queue::Mail, 10).await.unwrap();
    world.register(draft("undecided@acme.com")).await.unwrap();
    world.service.request_password_reset("new@acme.com".into(), &context()).await.unwrap();
    world.clock.set(right);
    world.register(draft("today@acme.com")).await.unwrap();
    assert_eq!(world.mails().await.len(), 1, "the rest is due tomorrow");
    assert_eq!(world.service.housekeeping().preview().await.unwrap().count("future_outbox_entries"), 4);
    assert_eq!(tidy(&world).await.count("future_outbox_entries"), 4);
    let mails = world.mails().await;
    assert!(mails.iter().all(|mail| mail.date == world.clock_now()), "none is of tomorrow: {mails:?}");
    let mut sent: Vec<_> = mails.iter().map(|mail| mail.to.as_str().to_owned()).collect();
    sent.sort();
    assert_eq!(sent, ["claimed@acme.com", "late@acme.com", "new@acme.com", "undecided@acme.com"]);
    assert_eq!(tidy(&world).await.count("future_outbox_entries"), 0);
}

#[tokio::test]
async fn no_email_waits_longer_than_between_two_attempts() {
    let world = World::new();
    let right = world.clock_now();
    // By little: what was never tried is due at once, and what was tried waits as it would anyway.
    world.clock.set(right + 20 * MINUTE);
    world.register(draft("tried@acme.com")).await.unwrap();
    world.mailer.fail_next(DeliveryError::Transient("451 try later".into()));
    assert_eq!(world.mails().await.len(), 0);
    world.register(draft("new@acme.com")).await.unwrap();
    world.clock.set(right);
    assert_eq!(tidy(&world).await.count("future_outbox_entries"), 1);
    let [mail] = world.mails().await.try_into().unwrap();
    assert_eq!(mail.to.as_str(), "new@acme.com");
    world.clock.advance(30 * MINUTE);
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn a_dry_run_counts_and_changes_nothing() {
    let world = World::new();
    world.register(draft("john@acme.com")).await.unwrap();
    world.mails().await;
    let user = world.account(Role::User).await;
    world.session(&user).await;
    world.insert(Account { verified_at: None, ..world.new_account("new@acme.com", Role::User) }).await;
    world.clock.advance(1_000 * DAY);
    let rows = world.store.row_counts();
    let preview = world.service.housekeeping().preview().await.unwrap();
    assert_eq!(world.store.row_counts(), rows);
    assert!(preview.total() > 0);
    let tidied = tidy(&world).await;
    for kind in ["accounts", "registrations", "one_time_tokens", "sessions", "outbox_entries"] {
        assert_eq!((kind, preview.count(kind)), (kind, tidied.count(kind)));
    }
    assert_eq!(tidied.count("accounts"), 1);
    assert_eq!(tidy(&world).await.to_string(), "nothing");
}

#[tokio::test]
async fn a_verified_account_is_deleted_only_at_its_owners_request() {
    let world = World::new();
    let proven = world.account(Role::User).await;
    let due_at = world.clock_now() + 40 * DAY;
    let leaving = Account { deletion_due_at: Some(due_at), ..world.new_account("leaving@acme.com", Role::User) };
    let leaving = world.insert(leaving).await;
    let forgotten = Account { verified_at: None, ..world.new_account("new@acme.com", Role::User) };
    let forgotten = world.insert(forgotten).await;
    let left = |world: &World| world.store.accounts().into_iter().map(|account| account.id).collect::<Vec<_>>();
    let all = [proven.id, leaving.id, forgotten.id];
    world.clock.advance(30 * DAY);
    tidy(&world).await;
    assert_eq!(left(&world), sorted(&all));
    world.clock.advance(MICROSECOND);
    assert_eq!(tidy(&world).await.count("accounts"), 1);
    assert_eq!(left(&world), sorted(&[proven.id, leaving.id]));
    world.clock.set(due_at);
    assert_eq!(tidy(&world).await.count("accounts"), 1);
    world.clock.advance(10_000 * DAY);
    assert_eq!(tidy(&world).await.count("accounts"), 0);
    assert_eq!(left(&world), [proven.id]);
}

fn sorted(ids: &[crate::id::AccountId]) -> Vec<crate::id::AccountId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn accounts_are_deleted_by_the_service_and_the_last_super_admin_stays() {
    let world = World::new();
    let due = Some(world.clock_now());
    let last = Account { deletion_due_at: due, ..world.new_account("root@acme.com", Role::SuperAdmin) };
    let last = world.insert(last).await;
    let user = Account { deletion_due_at: due, ..world.new_account("user@acme.com", Role::User) };
    let user = world.insert(user).await;
    assert_eq!(tidy(&world).await.count("accounts"), 1);
    assert_eq!(world.store.accounts(), [last]);
    assert_eq!(world.trail(), [(AuditEvent::AccountDeleted, Actor::Service, Some(user.id), None)]);
    world.account(Role::SuperAdmin).await;
    assert_eq!(tidy(&world).await.count("accounts"), 1);
}

#[tokio::test]
async fn one_run_has_a_bounded_amount_of_work() {
    let world = World::new();
    let user = world.account(Role::User).await;
    let session = world.session(&user).await.session;
    let housekeeping = Housekeeping { batch: 5, max_batches: 2, ..world.service.housekeeping() };
    let more = 11;
    world
        .commit(async |unit| {
            for number in 1..more {
                let token = crate::one_time_token::TokenDigest::from_bytes(bytes(number));
                let id = crate::id::SessionId::from_uuid(uuid::Uuid::from_u128(number.into()));
                unit.insert_session(&crate::session::Session { id, token, ..session.clone() }).await.unwrap();
            }
        })
        .await;
    world.clock.advance(100 * DAY);
    let first = housekeeping.tidy().await.unwrap();
    assert_eq!((first.count("sessions"), first.has_more), (more - 1, true));
    let second = housekeeping.tidy().await.unwrap();
    assert_eq!((second.count("sessions"), second.has_more), (1, false));
}

fn bytes(number: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes
}
