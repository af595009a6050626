//! Guessing passwords: whose guesses count together, and what ends a count.

use super::*;
use crate::service::{Failure, Limited};

pub(super) const HERE: &str = "192.0.2.7";

pub(super) async fn guess(world: &World, identifier: &str) -> bool {
    match world.sign_in_from(HERE, identifier, WRONG).await {
        Err(SignInError::WrongCredentials) => true,
        Err(SignInError::Failed(Failure::Limited(_))) => false,
        other => panic!("{other:?}"),
    }
}

/// Guesses until a limit is reached; returns how many verdicts were given.
pub(super) async fn verdicts(world: &World, identifiers: &[&str]) -> usize {
    let mut given = 0;
    for identifier in identifiers.iter().cycle().take(60) {
        given += usize::from(guess(world, identifier).await);
    }
    given
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_guesses_get_no_more_verdicts_than_the_limit() {
    let world = World::new();
    world.account(EMAIL).await;
    let guesses: Vec<_> = (0..200)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { guess(&world, EMAIL).await })
        })
        .collect();
    let mut given = 0;
    for guess in guesses {
        given += usize::from(guess.await.unwrap());
    }
    assert_eq!((given, world.take_hashes()), (10, (0, 10)));
    assert!(is_limited(&world.sign_in_from(HERE, EMAIL, PASSWORD).await), "the right one comes too late");
    assert!(world.sign_in_from("198.51.100.1", EMAIL, PASSWORD).await.is_ok(), "but not for the owner elsewhere");
}

#[tokio::test]
async fn spellings_of_an_address_and_its_user_name_count_as_one() {
    let world = World::new();
    let user_name = Some(UserName::parse("johnny").unwrap());
    let account = Account { user_name, ..world.draft_account(EMAIL, PASSWORD).await };
    world.insert(account).await;
    let spellings = [
        "john@acme.com",
        "JOHN@acme.com",
        "ｊohn@ACME.com",
        " john@acme.com",
        "johnny",
        "Johnny",
        "ＪＯＨＮＮＹ",
        "johnny ",
    ];
    assert_eq!(verdicts(&world, &spellings).await, 10);
}

#[tokio::test]
async fn spellings_of_an_unknown_identifier_count_as_one() {
    let world = World::new();
    assert_eq!(
        verdicts(&world, &["nobody@acme.com", "NOBODY@acme.com", "ｎobody@acme.com", "nobody@acme.com "]).await,
        10
    );
    assert_eq!(verdicts(&world, &["nobody", "NOBODY", "ｎobody"]).await, 10);
    assert_eq!(verdicts(&world, &["no body@", "NO BODY@", "ｎo body@"]).await, 10);
}

#[tokio::test]
async fn the_addresses_of_one_network_count_as_one() {
    let world = World::new();
    world.account(EMAIL).await;
    let mut given = 0;
    for number in 0..500 {
        let address = format!("2001:db8:1:2:{number:x}::{number:x}");
        given += usize::from(!is_limited(&world.sign_in_from(&address, EMAIL, WRONG).await));
    }
    assert_eq!(given, 10);
    for address in ["::ffff:192.0.2.7", "192.0.2.7", "::ffff:c000:207"].iter().cycle().take(30) {
        given += usize::from(!is_limited(&world.sign_in_from(address, EMAIL, WRONG).await));
    }
    assert_eq!(given, 20);
}

#[tokio::test]
async fn an_account_has_a_hundred_tries_a_day_in_total() {
    let world = World::new();
    world.account(EMAIL).await;
    for number in 0..100 {
        let address = format!("198.51.{number}.1");
        assert_eq!(why(world.sign_in_from(&address, EMAIL, WRONG).await), "WrongCredentials");
    }
    // Somebody from a network that has not tried yet has one more.
    assert!(guess(&world, EMAIL).await);
    let Err(SignInError::Failed(Failure::Limited(limited))) = world.sign_in_from(HERE, EMAIL, PASSWORD).await else {
        panic!()
    };
    let rate = Rate::new(100, 24 * HOUR);
    assert_eq!(limited, Limited { limit: "sign_ins_per_account", rate, retry_after: 24 * HOUR });
    world.clock.advance(24 * HOUR);
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_limit_reports_when_the_oldest_try_expires() {
    let world = World::new();
    for _ in 0..10 {
        assert!(guess(&world, EMAIL).await);
        world.clock.advance(SECOND);
    }
    let Err(SignInError::Failed(Failure::Limited(limited))) = world.sign_in_from(HERE, EMAIL, WRONG).await else {
        panic!()
    };
    let retry_after = Duration::from_secs(15 * 60 - 10);
    assert_eq!(limited, Limited { limit: "sign_ins", rate: Rate::new(10, 15 * MINUTE), retry_after });
    world.clock.advance(retry_after);
    assert!(guess(&world, EMAIL).await);
}

#[tokio::test]
async fn the_right_password_clears_only_its_clients_tries() {
    let world = World::new();
    world.account(EMAIL).await;
    for _ in 0..4 {
        for _ in 0..9 {
            assert!(guess(&world, EMAIL).await);
        }
        assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
    }
    // Thirty-six wrong ones of the account's hundred are counted all the same; the right ones are not.
    let mut given = 0;
    for number in 0..200 {
        let address = format!("198.51.{}.{}", number / 10, number % 10);
        given += usize::from(!is_limited(&world.sign_in_from(&address, EMAIL, WRONG).await));
    }
    // Ten from each of six networks, four of the seventh; then one from each of the rest, and of the seventh.
    assert_eq!(given, 64 + 14);
}

#[tokio::test]
async fn successful_sign_ins_use_no_quota() {
    let world = World::with(|_, settings| {
        settings.limits.sign_ins = Rate::new(2, HOUR);
        settings.limits.sign_ins_per_account = Rate::new(2, 24 * HOUR);
        settings.limits.sign_in_failures = Rate::new(2, HOUR);
        settings.limits.sign_ins_per_new_network = Rate::new(0, HOUR);
    });
    world.account(EMAIL).await;
    for _ in 0..300 {
        assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
        world.clock.advance(SECOND);
    }
    assert!(guess(&world, EMAIL).await && guess(&world, EMAIL).await);
    assert!(!guess(&world, EMAIL).await);
}

/// A stranger who guesses as fast as the limits allow, from so many networks, for a day; and an owner at home who types
/// the password wrong once, and then right, at each hour of it.
async fn owner_at_home(devices: &[DeviceToken], world: &World) -> usize {
    let mut kept_out = 0;
    for hour in 0..24 {
        for network in 0..30 {
            for _ in 0..40 {
                let _ = world.sign_in_from(&format!("198.51.{network}.1"), EMAIL, WRONG).await;
            }
        }
        let home = format!("203.0.{hour}.7");
        let context = CallContext::from(client(&home));
        let mut is_in = false;
        for password in [WRONG, PASSWORD, PASSWORD].into_iter().skip(usize::from(devices.is_empty())) {
            let (devices, context) = (devices.to_vec(), context.clone());
            let request = SignInRequest { devices, context, ..request(EMAIL, password) };
            is_in |= world.service.sign_in(request).await.is_ok();
        }
        kept_out += usize::from(!is_in);
        world.clock.advance(HOUR);
    }
    kept_out
}

#[tokio::test]
async fn an_owner_can_sign_in_throughout_an_attack() {
    let world = World::new();
    world.account(EMAIL).await;
    assert_eq!(owner_at_home(&[], &world).await, 0, "from a network that has not tried today");
    let world = World::new();
    world.account(EMAIL).await;
    let device = world.sign_in(EMAIL, PASSWORD).await.unwrap().session.device;
    assert_eq!(owner_at_home(&[device], &world).await, 0, "and from a known device, with a slip each time");
}

#[tokio::test]
async fn an_owner_at_one_address_gets_in_at_any_quarter_of_a_day_of_guesses() {
    // From 13 addresses as often as each may, every quarter; from 1,000 networks once an hour each.
    for (networks, guesses, pause) in [(13, 12, 1), (1_000, 1, 4)] {
        let world = World::new();
        world.account(EMAIL).await;
        let device = world.sign_in(EMAIL, PASSWORD).await.unwrap().session.device;
        let sign_in = async |devices: &[DeviceToken], password| {
            let (devices, context) = (devices.to_vec(), CallContext::from(client("203.0.113.7")));
            world.service.sign_in(SignInRequest { devices, context, ..request(EMAIL, password) }).await.is_ok()
        };
        let (mut verdicts, mut kept_out) = (0, Vec::new());
        for quarter in 0..96 {
            let guesses = if quarter % pause == 0 { guesses } else { 0 };
            for number in 0..networks * guesses {
                let stranger = format!("198.{}.{}.1", number % networks / 250, number % networks % 250);
                verdicts += usize::from(!is_limited(&world.sign_in_from(&stranger, EMAIL, WRONG).await));
            }
            // Not in the same microsecond as a guess: what is taken back is known by its moment.
            world.clock.advance(SECOND);
            if !sign_in(&[], PASSWORD).await {
                kept_out.push((quarter, "an unknown device"));
            }
            // The device has 20 wrong ones a day.
            let devices = [device.clone()];
            if quarter % 5 == 0 {
                assert!(!sign_in(&devices, WRONG).await);
            }
            if !sign_in(&devices, PASSWORD).await {
                kept_out.push((quarter, "a known device"));
            }
            world.clock.advance(14 * MINUTE + 59 * SECOND);
        }
        assert_eq!(kept_out, []);
        assert!((100..=100 + networks).contains(&verdicts), "{verdicts} verdicts in a day from {networks} networks");
    }
}

#[tokio::test]
async fn tries_of_one_network_over_many_accounts_are_limited() {
    let world = World::new();
    for number in 0..20 {
        world.account(&format!("john{number}@acme.com")).await;
    }
    let device = world.sign_in("john7@acme.com", PASSWORD).await.unwrap().session.device;
    let mut verdicts = 0;
    for number in 0..640 {
        verdicts += usize::from(guess(&world, &format!("john{number}@acme.com")).await);
        world.clock.advance(Duration::from_millis(27));
    }
    assert_eq!(verdicts, 100, "known or not");
    assert!(is_limited(&world.sign_in_from(HERE, "john8@acme.com", PASSWORD).await));
    let from_device = |email: &str, password: &str| {
        let (devices, context) = (vec![device.clone()], CallContext::from(client(HERE)));
        world.service.sign_in(SignInRequest { devices, context, ..request(email, password) })
    };
    assert!(from_device("john7@acme.com", PASSWORD).await.is_ok(), "past a full network, from a known device");
    assert!(is_limited(&from_device("john8@acme.com", PASSWORD).await), "which is known for its own account alone");
    let mut verdicts = 0;
    for _ in 0..60 {
        verdicts += usize::from(!is_limited(&from_device("john7@acme.com", WRONG).await));
        world.clock.advance(16 * MINUTE / 10);
    }
    assert!(verdicts <= 20 + 100, "a known device has a limit too: {verdicts}");
}

#[tokio::test]
async fn known_and_unknown_addresses_have_exactly_the_same_limit() {
    let mut answers = Vec::new();
    for is_known in [true, false] {
        let world = World::new();
        if is_known {
            world.account(EMAIL).await;
        }
        let mut given = Vec::new();
        for number in 0..150 {
            let answer = world.sign_in_from(&format!("198.51.{number}.1"), EMAIL, WRONG).await;
            given.push(why(answer));
            given.push(why(world.sign_in_from(&format!("198.51.{}.2", number / 3), EMAIL, WRONG).await));
        }
        answers.push(given);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].iter().any(|answer| answer.starts_with("Failed(Limited")));
}

#[tokio::test]
async fn a_new_credential_clears_the_throttle() {
    let world = World::with(|_, settings| {
        settings.limits.sign_ins_per_account = Rate::new(10, 24 * HOUR);
        settings.limits.sign_ins_per_new_network = Rate::new(0, HOUR);
    });
    let id = world.account(EMAIL).await.id;
    assert_eq!(verdicts(&world, &[EMAIL]).await, 10);
    world.change_account(id, |account| account.credential_epoch += 1).await;
    assert!(world.sign_in_from(HERE, EMAIL, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_strangers_account_with_the_same_address_clears_no_tries() {
    let world = World::new();
    world.account(EMAIL).await;
    let own = world.draft_account(EMAIL, "what the stranger knows").await;
    let user_name = Some(UserName::parse("stranger").unwrap());
    world.insert(Account { verified_at: None, user_name, ..own }).await;
    let mut given = 0;
    for _ in 0..20 {
        given += usize::from(guess(&world, EMAIL).await);
        let _ = world.sign_in_from(HERE, "stranger", "what the stranger knows").await;
    }
    assert_eq!(given, 10);
}

#[tokio::test]
async fn a_strangers_registration_of_the_same_address_clears_no_tries() {
    let world = World::new();
    world.account(EMAIL).await;
    let accepted = world.register(EMAIL, "what the stranger knows").await;
    let mut answers = Vec::new();
    for _ in 0..20 {
        let continuations = vec![accepted.continuation.clone()];
        let context = CallContext::from(client(HERE));
        let own = SignInRequest { continuations, context, ..request(EMAIL, "what the stranger knows") };
        answers.push(why(world.service.sign_in(own).await));
        answers.push(why(world.sign_in_from(HERE, EMAIL, WRONG).await));
    }
    assert_eq!(answers.iter().filter(|answer| !answer.starts_with("Failed(Limited")).count(), 10);
}
