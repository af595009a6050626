//! Limits: whose events count together, and what a refusal says.

use super::*;
use crate::client::WideNetwork;
use crate::outbox::OutboxState;
use crate::ports::{LimitObserver, Overloaded};
use crate::service::{Failure, Limited};

fn limited<T>(result: Result<T, RegisterError>) -> Limited {
    match result.map(|_| ()) {
        Err(RegisterError::Failed(Failure::Limited(limited))) => limited,
        other => panic!("{other:?}"),
    }
}

fn limited_resend(result: Result<(), ResendError>) -> Limited {
    match result {
        Err(ResendError::Failed(Failure::Limited(limited))) => limited,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn five_resends_a_minute_are_allowed_across_spellings() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for spelling in ["john@acme.com", "JOHN@acme.com", "John@ACME.COM", "ｊohn@acme.com"] {
        world.resend(spelling).await.unwrap();
        world.clock.advance(SECOND);
    }
    world.resend_by_continuation(&attempt.accepted).await.unwrap();
    let expected = |retry_after| Limited { limit: "resend", rate: Rate::new(5, MINUTE), retry_after };
    assert_eq!(limited_resend(world.resend("john@acme.com").await), expected(MINUTE - 4 * SECOND));
    assert_eq!(limited_resend(world.resend_by_continuation(&attempt.accepted).await), expected(MINUTE - 4 * SECOND));
    world.clock.advance(MINUTE - 4 * SECOND - MICROSECOND);
    assert_eq!(limited_resend(world.resend(EMAIL).await), expected(MICROSECOND));
    world.clock.advance(MICROSECOND);
    world.resend(EMAIL).await.unwrap();
}

#[tokio::test]
async fn unknown_addresses_and_unknown_registrations_are_limited_alike() {
    let world = World::new();
    let elsewhere = world.attempt("jane@acme.com", PASSWORD).await;
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let mut refusals = Vec::new();
    for _ in 0..5 {
        world.resend("nobody@acme.com").await.unwrap();
    }
    refusals.push(limited_resend(world.resend("nobody@acme.com").await));
    let wrong = || ResendTarget::Registration {
        registration: attempt.accepted.registration,
        continuation: elsewhere.accepted.continuation.clone(),
    };
    for _ in 0..5 {
        world.service.resend_verification(wrong(), &Client::default()).await.unwrap();
    }
    refusals.push(limited_resend(world.service.resend_verification(wrong(), &Client::default()).await));
    for _ in 0..5 {
        world.resend_by_continuation(&attempt.accepted).await.unwrap();
    }
    refusals.push(limited_resend(world.resend_by_continuation(&attempt.accepted).await));
    assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "{refusals:?}");
}

#[tokio::test]
async fn a_refused_resend_writes_nothing() {
    let world = World::new();
    for _ in 0..8 {
        let _ = world.resend(EMAIL).await;
    }
    assert_eq!(world.store.outbox().len(), 5);
}

#[tokio::test]
async fn registrations_are_counted_by_client_network() {
    let world = World::new();
    for number in 0..30 {
        let neighbour = client(&format!("2001:db8:1:2::{number:x}"));
        world.try_register(draft(&format!("john{number}@acme.com"), PASSWORD), neighbour).await.unwrap();
    }
    let neighbour = client("2001:db8:1:2:ffff:ffff:ffff:ffff");
    let refused = limited(world.try_register(draft(EMAIL, PASSWORD), neighbour).await);
    assert_eq!(refused, Limited { limit: "registrations", rate: Rate::new(30, HOUR), retry_after: HOUR });
    assert!(world.try_register(draft(EMAIL, PASSWORD), client("2001:db8:2:2::1")).await.is_ok());
    let exempt = Client { is_exempt: true, ..neighbour };
    assert!(world.try_register(draft(EMAIL, PASSWORD), exempt).await.is_ok());
    world.clock.advance(HOUR);
    assert!(world.try_register(draft(EMAIL, PASSWORD), neighbour).await.is_ok());
}

#[tokio::test]
async fn the_networks_of_a_wider_one_count_together() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(5, HOUR));
    let taken = async |world: &World, clients: Vec<String>| {
        let mut taken = 0;
        for (number, address) in clients.iter().enumerate() {
            let draft = draft(&format!("john{number}@acme.com"), PASSWORD);
            taken += usize::from(world.try_register(draft, client(address)).await.is_ok());
        }
        taken
    };
    let of_one_48 = (0..400).map(|number| format!("2001:db8:1:{number:x}::1")).collect();
    assert_eq!(taken(&world, of_one_48).await, 5, "a /48 is what one customer can have");
    let of_one_24 = (0..100).map(|number| format!("198.51.100.{number}")).collect();
    assert_eq!(taken(&world, of_one_24).await, 20, "a /24 is shared by several, and has four times as many");
    let world = World::with(|_, settings| {
        settings.limits.registrations = Rate::new(5, HOUR);
        settings.limits.ipv6_network_factor = 3;
    });
    let of_one_48 = (0..100).map(|number| format!("2001:db8:1:{number:x}::1")).collect();
    assert_eq!(taken(&world, of_one_48).await, 15);
}

#[tokio::test]
async fn a_mailbox_has_a_total_limit_across_networks() {
    let world = World::without_challenges();
    let mut taken = 0;
    for number in 0..400 {
        let stranger = client(&format!("2001:db8:{number:x}:1::1"));
        taken += usize::from(world.try_register(draft(EMAIL, STRANGERS_PASSWORD), stranger).await.is_ok());
    }
    assert_eq!(taken, 28);
    let mut resets = 0;
    for number in 0..400 {
        let context = CallContext::from(client(&format!("2001:db8:{number:x}:2::1")));
        resets += usize::from(world.service.request_password_reset(EMAIL.into(), &context).await.is_ok());
    }
    assert_eq!(resets, 12, "what is kept for resets is not used up by anything else");
    let refused = limited(world.try_register(draft(EMAIL, PASSWORD), client("203.0.113.7")).await);
    assert_eq!(refused, Limited { limit: "mails_per_mailbox", rate: Rate::new(28, TTL), retry_after: TTL });
    world.clock.advance(TTL);
    assert!(world.try_register(draft(EMAIL, PASSWORD), client("203.0.113.7")).await.is_ok());
}

#[tokio::test]
async fn mail_requests_are_limited_per_network() {
    let world = World::new();
    let mut asked = 0;
    for number in 0..200 {
        let address = format!("john{number}@acme.com");
        let (stranger, target) = (client("192.0.2.7"), ResendTarget::Address(address.as_str().into()));
        let context = CallContext::from(stranger);
        asked += usize::from(match number % 2 {
            0 => world.service.resend_verification(target, &stranger).await.is_ok(),
            _ => world.service.request_password_reset(address.as_str().into(), &context).await.is_ok(),
        });
    }
    assert_eq!(asked, 60);
    let elsewhere = ResendTarget::Address("jane@acme.com".into());
    assert!(world.service.resend_verification(elsewhere, &client("203.0.113.7")).await.is_ok());
}

#[tokio::test]
async fn an_ipv4_client_is_one_network_in_both_of_its_spellings() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(2, HOUR));
    for address in ["192.0.2.7", "::ffff:192.0.2.7"] {
        world.try_register(draft(EMAIL, PASSWORD), client(address)).await.unwrap();
    }
    limited(world.try_register(draft(EMAIL, PASSWORD), client("::ffff:c000:207")).await);
    assert!(world.try_register(draft(EMAIL, PASSWORD), client("192.0.2.8")).await.is_ok());
}

#[tokio::test]
async fn beyond_the_address_limit_each_network_has_one_mail_a_day() {
    let world = World::without_challenges();
    for number in 0..20 {
        let stranger = client(&format!("198.51.{number}.1"));
        world.try_register(draft("JOHN@acme.com", STRANGERS_PASSWORD), stranger).await.unwrap();
    }
    // Without a network there is no exception.
    let refused = limited(world.try_register(draft(EMAIL, PASSWORD), Client::default()).await);
    assert_eq!(refused, Limited { limit: "mails", rate: Rate::new(20, TTL), retry_after: TTL });
    // The owner, elsewhere, gets through: once.
    let owner = client("203.0.113.7");
    world.try_register(draft(EMAIL, PASSWORD), owner).await.unwrap();
    assert_eq!(limited(world.try_register(draft(EMAIL, PASSWORD), owner).await).limit, "mails");
    let again = world.service.resend_verification(ResendTarget::Address(EMAIL.into()), &owner).await;
    assert_eq!(limited_resend(again).limit, "mails");
    // Other addresses are not concerned.
    world.try_register(draft("jane@acme.com", PASSWORD), owner).await.unwrap();
    world.clock.advance(TTL);
    world.try_register(draft(EMAIL, PASSWORD), owner).await.unwrap();
}

#[tokio::test]
async fn resends_and_registrations_share_the_mail_limit() {
    let world = World::new();
    for minute in 0..3 {
        for _ in 0..5 {
            world.resend(EMAIL).await.unwrap();
        }
        world.clock.advance(MINUTE + minute * SECOND);
    }
    for _ in 0..5 {
        world.register(EMAIL).await;
    }
    assert_eq!(limited(world.try_register(draft(EMAIL, PASSWORD), Client::default()).await).limit, "mails");
    assert_eq!(limited_resend(world.resend(EMAIL).await).limit, "mails");
}

#[tokio::test]
async fn verifications_are_counted_by_client_network() {
    let world = World::with(|_, settings| settings.limits.verifications = Rate::new(3, MINUTE));
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let from = client("192.0.2.7");
    assert_eq!(why(world.service.inspect_token("x", &[], &from).await), "Unknown");
    let request = |token: &str| VerifyRequest {
        spend: Spend::Token(token.to_owned()),
        proof: continuation(&attempt.accepted),
        password_policy: PasswordPolicy::DEFAULT,
        context: CallContext::from(from),
    };
    assert_eq!(why(world.service.verify_email(request("x")).await), "Unknown");
    world.service.resend_verification(ResendTarget::Address("x@acme.com".into()), &from).await.unwrap();
    let refused = why(world.service.verify_email(request(&attempt.token)).await);
    assert!(refused.starts_with("Failed(Limited(Limited { limit: \"verifications\""), "{refused}");
    assert_eq!(world.store.accounts(), []);
    world.clock.advance(MINUTE);
    assert!(world.service.verify_email(request(&attempt.token)).await.is_ok());
}

#[tokio::test]
async fn overload_uses_no_quota() {
    let queues = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 0, ..Argon2Settings::default() };
    let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
    let world = World::with(|ports, settings| {
        ports.password_hasher = Arc::clone(&hasher) as _;
        settings.limits.registrations = Rate::new(1, HOUR);
        settings.limits.mails = Rate::new(1, TTL);
    });
    let taken = hasher.admit(Urgency::SignIn, None).unwrap();
    for _ in 0..3 {
        let refused = world.try_register(draft(EMAIL, PASSWORD), client("192.0.2.7")).await;
        assert!(matches!(refused, Err(RegisterError::Failed(Failure::Overloaded(Overloaded { .. })))));
    }
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0);
    drop(taken);
    world.try_register(draft(EMAIL, PASSWORD), client("192.0.2.7")).await.unwrap();
    assert_eq!(hasher.places_taken(), 0);
}

#[tokio::test]
async fn overload_is_said_before_anything_is_examined_and_after_known_limits() {
    let queues = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 0, ..Argon2Settings::default() };
    let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
    let world = World::with(|ports, settings| {
        ports.password_hasher = Arc::clone(&hasher) as _;
        settings.limits.registrations = Rate::new(1, HOUR);
    });
    world.try_register(draft(EMAIL, PASSWORD), client("192.0.2.7")).await.unwrap();
    limited(world.try_register(draft("jane@acme.com", PASSWORD), client("192.0.2.7")).await);
    let taken = hasher.admit(Urgency::SignIn, None).unwrap();
    limited(world.try_register(draft(EMAIL, "short"), client("192.0.2.7")).await);
    let refused = world.try_register(draft(EMAIL, "short"), client("198.51.100.7")).await;
    assert!(matches!(refused, Err(RegisterError::Failed(Failure::Overloaded(_)))), "{refused:?}");
    assert_eq!(hasher.load().refused, 1);
    drop(taken);
    let refused = world.try_register(draft(EMAIL, "short"), client("198.51.100.7")).await;
    assert!(matches!(refused, Err(RegisterError::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn overload_does_not_spend_the_token() {
    let queues = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 0, ..Argon2Settings::default() };
    let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
    let world = World::with(|ports, _| ports.password_hasher = Arc::clone(&hasher) as _);
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let taken = hasher.admit(Urgency::SignIn, None).unwrap();
    for proof in [password(PASSWORD), new_password(NEW_PASSWORD)] {
        assert!(why(world.redeem(&attempt.token, proof).await).starts_with("Failed(Overloaded("));
    }
    drop(taken);
    assert!(world.redeem(&attempt.token, password(PASSWORD)).await.is_ok());
}

#[tokio::test]
async fn a_refused_registration_frees_its_hashing_slot() {
    let world = World::with(|_, settings| settings.limits.mails = Rate::new(0, TTL));
    limited(world.try_register(draft(EMAIL, PASSWORD), Client::default()).await);
    assert_eq!(world.hasher.places_taken(), 0);
    assert!(world.store.outbox().iter().all(|entry| entry.state == OutboxState::Queued));
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0);
}

/// Records what limits refuse.
#[derive(Default)]
struct Refusals(std::sync::Mutex<Vec<(&'static str, Option<String>)>>);

impl LimitObserver for Refusals {
    fn refused(&self, limit: &'static str, network: Option<WideNetwork>) {
        self.0.lock().unwrap().push((limit, network.map(|network| network.to_string())));
    }
}

#[tokio::test]
async fn what_limits_refuse_is_told_with_the_wide_network_that_asks() {
    let refusals = Arc::new(Refusals::default());
    let world = World::with(|ports, settings| {
        ports.limit_observers = vec![Arc::clone(&refusals) as _, Arc::clone(&refusals) as _];
        settings.limits.registrations = Rate::new(1, HOUR);
        settings.limits.mails = Rate::new(2, HOUR);
        settings.limits.mails_per_new_network = Rate::new(0, HOUR);
    });
    let told = || {
        let mut told = std::mem::take(&mut *refusals.0.lock().unwrap());
        assert_eq!(told.len() % 2, 0, "each observer is told");
        told.dedup();
        told
    };
    let register = async |address: &str| {
        let client = if address.is_empty() { Client::default() } else { client(address) };
        world.try_register(draft(EMAIL, PASSWORD), client).await.is_ok()
    };
    assert!(register("192.0.2.7").await && register("2001:db8:1:2::1").await);
    assert_eq!(told(), []);
    // The second time, the limit is known to be reached.
    for _ in 0..2 {
        assert!(!register("192.0.2.7").await);
        assert_eq!(told(), [("registrations", Some("192.0.2.0/24".to_owned()))]);
    }
    assert!(!register("2001:db8:1:2::1").await);
    assert_eq!(told(), [("registrations", Some("2001:db8:1::/48".to_owned()))]);
    assert!(!register("198.51.100.7").await);
    assert_eq!(told(), [("mails", Some("198.51.100.0/24".to_owned()))]);
    assert!(!register("").await);
    assert_eq!(told(), [("mails", None)], "whose network is not known");
    world.service.observe_own_limit("documents", &client("192.0.2.7"));
    assert_eq!(told(), [("documents", Some("192.0.2.0/24".to_owned()))]);
}
