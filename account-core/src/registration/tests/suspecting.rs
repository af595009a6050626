//! Challenges that are asked for once there is a reason: too many registrations, resets or failures.

use super::challenging::{HERE, demand, demanded, failure, proof, register};
use super::*;
use crate::challenge::ChallengeDemand;
use crate::ports::{Challenge, ChallengeFailure};
use crate::recovery::PasswordResetError;

const QUARTER: Duration = Duration::from_mins(15);

/// A world that asks after three registrations, or of one address.
fn adaptive() -> World {
    World::with(|_, settings| {
        settings.challenge.work = 200;
        settings.limits.challenge_after_registrations = Rate::new(6, QUARTER);
        settings.limits.challenge_after_registrations_per_address = Rate::new(2, QUARTER);
        settings.limits.challenge_after_registrations_per_network = Rate::new(4, QUARTER);
        settings.limits.challenge_after_resets_per_address = Rate::new(2, QUARTER);
        settings.limits.challenge_after_failures_per_identifier = Rate::new(2, QUARTER);
    })
}

#[tokio::test]
async fn new_pending_taken_and_unknown_addresses_get_identical_demands() {
    let world = adaptive();
    world.account("taken@acme.com").await;
    world.attempt("pending@acme.com", PASSWORD).await;
    let disabled = Account { disabled_at: Some(world.service.now()), ..account("disabled@acme.com") };
    let inserted = world.commit(async |unit| unit.insert_account(&disabled).await.unwrap()).await;
    assert_eq!(inserted, Insert::Done);
    world.clock.advance(2 * HOUR);
    let mut seen = Vec::new();
    for (number, address) in
        ["taken@acme.com", "pending@acme.com", "new@acme.com", "disabled@acme.com"].into_iter().enumerate()
    {
        let network = format!("10.{number}.0.1");
        let by = |answer| CallContext { challenge_answer: answer, ..client(&network).into() };
        let mut steps = Vec::new();
        for _ in 0..3 {
            steps.push(shape(register(&world, address, &network, None).await));
        }
        for _ in 0..3 {
            steps.push(shape_of_reset(world.service.request_password_reset(address.into(), &by(None)).await));
        }
        for _ in 0..3 {
            let request = SignInRequest { context: by(None), ..sign_in_request(address, "a wrong password here") };
            steps.push(shape_of_sign_in(world.service.sign_in(request).await));
        }
        world.clock.advance(2 * HOUR);
        seen.push(steps);
    }
    assert!(seen.iter().all(|steps| *steps == seen[0]), "{seen:#?}");
    let asked = ["passed", "passed", "asked"];
    assert_eq!(seen[0], [asked, asked, ["wrong", "wrong", "asked"]].concat());
}

fn shape(result: Result<Accepted, RegisterError>) -> &'static str {
    match result {
        Ok(_) => "passed",
        Err(RegisterError::Challenged(demand)) if is_plain(&demand) => "asked",
        Err(other) => panic!("{other:?}"),
    }
}

fn shape_of_reset(result: Result<(), PasswordResetError>) -> &'static str {
    match result {
        Ok(()) => "passed",
        Err(PasswordResetError::Challenged(demand)) if is_plain(&demand) => "asked",
        Err(other) => panic!("{other:?}"),
    }
}

fn shape_of_sign_in(result: Result<SignedInNow, SignInError>) -> &'static str {
    match result {
        Err(SignInError::WrongCredentials) => "wrong",
        Err(SignInError::Challenged(demand)) if is_plain(&demand) => "asked",
        other => panic!("{other:?}"),
    }
}

/// Whether it differs from others in nothing but random text of a fixed length.
fn is_plain(demand: &ChallengeDemand) -> bool {
    let Challenge::ProofOfWork(puzzle) = &demand.challenge else { return false };
    let lengths = [puzzle.salt.len(), puzzle.challenge.len(), puzzle.signature.len(), demand.wait.text().len()];
    lengths == [89, 64, 64, 96] && puzzle.max_number == 200 && demand.failure.is_none()
}

fn sign_in_request(identifier: &str, password: &str) -> SignInRequest {
    SignInRequest {
        identifier: identifier.into(),
        password: password.into(),
        continuations: Vec::new(),
        devices: Vec::new(),
        lifetime: None,
        context: CallContext::by("native"),
    }
}

#[tokio::test]
async fn a_wave_of_registrations_is_asked_and_a_calm_quarter_of_an_hour_later_nobody_is() {
    let world = adaptive();
    for number in 0..6 {
        register(&world, &format!("{number}@acme.com"), &format!("10.{number}.0.1"), None).await.unwrap();
    }
    let solved = demand(&world, EMAIL).await;
    // Bots that do not solve keep it up.
    for number in 0..20 {
        world.clock.advance(MINUTE);
        demanded(register(&world, &format!("{number}@x.com"), &format!("10.9.{number}.1"), None).await);
    }
    assert_eq!(failure(register(&world, EMAIL, HERE, proof(&solved)).await), ChallengeFailure::Expired);
    let solved = demand(&world, EMAIL).await;
    register(&world, EMAIL, HERE, proof(&solved)).await.unwrap();
    world.clock.advance(2 * QUARTER);
    register(&world, "late@acme.com", HERE, None).await.unwrap();
}

#[tokio::test]
async fn many_registrations_that_nobody_completes_are_a_reason_to_ask() {
    let world = World::with(|_, settings| settings.limits.challenge_after_unverified = Rate::new(3, HOUR));
    for number in 0..5 {
        world.account(&format!("person{number}@acme.com")).await;
    }
    for number in 0..3 {
        world.register(&format!("bot{number}@acme.com")).await;
    }
    demanded(world.try_register(draft(EMAIL, PASSWORD), Client::default()).await);
    world.clock.advance(2 * HOUR);
    world.register(EMAIL).await;
}

#[tokio::test]
async fn after_failures_signing_in_needs_a_proof_except_where_the_owner_has_signed_in() {
    let world = adaptive();
    world.account(EMAIL).await;
    let sign_in = async |password: &str, network: &str, devices: Vec<_>, challenge_answer| {
        let context = CallContext { challenge_answer, ..client(network).into() };
        world.service.sign_in(SignInRequest { devices, context, ..sign_in_request(EMAIL, password) }).await
    };
    let device = sign_in(PASSWORD, "198.51.100.1", Vec::new(), None).await.unwrap().session.device;
    for network in ["10.0.0.1", "10.1.0.1"] {
        let wrong = sign_in("a wrong password here", network, Vec::new(), None).await;
        assert!(matches!(wrong, Err(SignInError::WrongCredentials)));
    }
    let demanded = |result| match result {
        Err(SignInError::Challenged(demand)) => *demand,
        other => panic!("{other:?}"),
    };
    let asked = demanded(sign_in(PASSWORD, HERE, Vec::new(), None).await);
    sign_in(PASSWORD, "198.51.100.1", vec![device], None).await.unwrap();
    let wrong = sign_in("a wrong password here", HERE, Vec::new(), proof(&asked)).await;
    assert!(matches!(wrong, Err(SignInError::WrongCredentials)), "{wrong:?}");
    let again = demanded(sign_in(PASSWORD, HERE, Vec::new(), proof(&asked)).await);
    assert_eq!(again.failure, Some(ChallengeFailure::Used));
    sign_in(PASSWORD, HERE, Vec::new(), proof(&again)).await.unwrap();
    // The right password does not give the proof back.
    assert_eq!(
        demanded(sign_in(PASSWORD, HERE, Vec::new(), proof(&again)).await).failure,
        Some(ChallengeFailure::Used)
    );
}

#[tokio::test]
async fn a_reset_with_a_proof_is_one_reset() {
    let world = adaptive();
    world.account(EMAIL).await;
    let request = async |answer| {
        let context = CallContext { challenge_answer: answer, ..client(HERE).into() };
        world.service.request_password_reset(EMAIL.into(), &context).await
    };
    for _ in 0..2 {
        request(None).await.unwrap();
    }
    let Err(PasswordResetError::Challenged(demand)) = request(None).await else { panic!() };
    request(proof(&demand)).await.unwrap();
    let Err(PasswordResetError::Challenged(again)) = request(proof(&demand)).await else { panic!() };
    assert_eq!(again.failure, Some(ChallengeFailure::Used));
}
