//! Challenges: who is asked, what counts as an answer, and that it counts once.

use std::sync::Mutex;

use super::*;
use crate::challenge::{ChallengeAnswer, ChallengeDemand};
use crate::organization::{ClientId, RegisteredClient};
use crate::ports::{
    Challenge, ChallengeError, ChallengeEvent, ChallengeFailure, ChallengeObserver, ChallengePurpose, ChallengeVerdict,
    ChallengeVerifier, Occasion, Overloaded,
};
use crate::recovery::PasswordResetError;
use crate::service::{ChannelSettings, Failure, Limited};
use crate::testing::challenge::solve;

const HERE: &str = "192.0.2.7";
const QUARTER: Duration = Duration::from_mins(15);

/// Keeps what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<(ChallengePurpose, &'static str)>>);

impl Notes {
    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.0.lock().unwrap()).into_iter().map(|(_, event)| event).collect()
    }
}

impl ChallengeObserver for Notes {
    fn observe(&self, purpose: ChallengePurpose, event: ChallengeEvent) {
        self.0.lock().unwrap().push((purpose, event.name()));
    }
}

/// A world in which every registration needs an answer.
fn always(change: impl FnOnce(&mut Ports, &mut Settings)) -> (World, Arc<Notes>) {
    let notes = Arc::<Notes>::default();
    let world = World::with(|ports, settings| {
        settings.challenge.mode = ChallengeMode::Always;
        settings.challenge.work = 200;
        let documented = ChannelSettings { cannot_ask_for_challenges: true, ..ChannelSettings::default() };
        settings.channels.insert("documented".to_owned(), documented);
        ports.challenge_observers.push(Arc::clone(&notes) as _);
        change(ports, settings);
    });
    (world, notes)
}

async fn register(
    world: &World,
    email: &str,
    network: &str,
    answer: Option<ChallengeAnswer>,
) -> Result<Accepted, RegisterError> {
    let context = CallContext { challenge_answer: answer, ..client(network).into() };
    let (draft, rules) = (draft(email, PASSWORD), RegistrationRules::native("native"));
    world.service.register(RegisterRequest { draft, rules: &rules, context, idempotency_key: None }).await
}

/// What is demanded for the registration.
fn demanded<T: Debug>(result: Result<T, RegisterError>) -> ChallengeDemand {
    match result {
        Err(RegisterError::Challenged(demand)) => *demand,
        other => panic!("{other:?}"),
    }
}

async fn demand(world: &World, email: &str) -> ChallengeDemand {
    demanded(register(world, email, HERE, None).await)
}

fn proof(demand: &ChallengeDemand) -> Option<ChallengeAnswer> {
    match &demand.challenge {
        Challenge::ProofOfWork(puzzle) => solve(puzzle).map(ChallengeAnswer::Proof),
        other @ Challenge::Other { .. } => panic!("{other:?}"),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a context takes an option")]
fn wait(demand: &ChallengeDemand) -> Option<ChallengeAnswer> {
    Some(ChallengeAnswer::Wait(demand.wait.text().to_owned()))
}

fn failure<T: Debug>(result: Result<T, RegisterError>) -> ChallengeFailure {
    demanded(result).failure.expect("an answer was sent")
}

fn limit<T: Debug>(result: Result<T, RegisterError>) -> &'static str {
    match result {
        Err(RegisterError::Failed(Failure::Limited(Limited { limit, .. }))) => limit,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_proof_registers_its_address_once() {
    let (world, notes) = always(|_, _| {});
    let demand = demand(&world, EMAIL).await;
    assert_eq!(demand.failure, None);
    assert_eq!(failure(register(&world, "jane@acme.com", HERE, proof(&demand)).await), ChallengeFailure::OtherRequest);
    // Another spelling is the same address; another network is fine, people move.
    register(&world, "John@ACME.com", "203.0.113.9", proof(&demand)).await.unwrap();
    assert_eq!(failure(register(&world, EMAIL, HERE, proof(&demand)).await), ChallengeFailure::Used);
    assert_eq!(world.store.registrations().len(), 1);
    assert_eq!(notes.take(), ["demanded", "other_request", "proved", "used"]);
    world.clock.advance(11 * MINUTE);
    assert_eq!(failure(register(&world, EMAIL, HERE, proof(&demand)).await), ChallengeFailure::Expired);
    let nonsense = Some(ChallengeAnswer::Proof("nonsense".to_owned()));
    assert_eq!(failure(register(&world, EMAIL, HERE, nonsense).await), ChallengeFailure::Malformed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_parallel_requests_with_one_answer_one_passes() {
    let (world, _) = always(|_, _| {});
    let demand = demand(&world, EMAIL).await;
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (service, challenge_answer) = (world.service.clone(), proof(&demand));
        requests.spawn(async move {
            let context = CallContext { challenge_answer, ..client(HERE).into() };
            let (draft, rules) = (draft(EMAIL, PASSWORD), RegistrationRules::native("native"));
            service.register(RegisterRequest { draft, rules: &rules, context, idempotency_key: None }).await
        });
    }
    let outcomes = requests.join_all().await;
    let accepted = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(accepted, 1);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(failure(outcome), ChallengeFailure::Used);
    }
}

/// Two instances share nothing but the store.
#[tokio::test]
async fn an_answer_that_was_used_at_one_instance_is_used_at_all() {
    let (world, _) = always(|_, _| {});
    let other = AccountService::new(Ports::clone(&world.service.ports), Settings::clone(&world.service.settings));
    let demand = demand(&world, EMAIL).await;
    let by_other = async |answer| {
        let context = CallContext { challenge_answer: answer, ..client(HERE).into() };
        let (draft, rules) = (draft(EMAIL, PASSWORD), RegistrationRules::native("native"));
        other.register(RegisterRequest { draft, rules: &rules, context, idempotency_key: None }).await
    };
    by_other(proof(&demand)).await.unwrap();
    assert_eq!(failure(register(&world, EMAIL, HERE, proof(&demand)).await), ChallengeFailure::Used);
    assert_eq!(failure(by_other(proof(&demand)).await), ChallengeFailure::Used);
}

#[tokio::test]
async fn who_is_refused_for_another_reason_can_use_the_answer_again() {
    let (world, notes) = always(|_, settings| settings.limits.registrations = Rate::new(1, HOUR));
    let (first, second) = (demand(&world, EMAIL).await, demand(&world, "jane@acme.com").await);
    register(&world, EMAIL, HERE, proof(&first)).await.unwrap();
    assert_eq!(limit(register(&world, "jane@acme.com", HERE, proof(&second)).await), "registrations");
    assert_eq!(limit(register(&world, "jane@acme.com", HERE, None).await), "registrations", "known limits come first");
    register(&world, "jane@acme.com", "203.0.113.9", proof(&second)).await.unwrap();
    assert_eq!(notes.take(), ["demanded", "demanded", "proved", "proved"]);
}

#[tokio::test]
async fn all_rules_are_checked_before_a_challenge_and_a_challenge_before_a_place_and_a_write() {
    let queues = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 0, ..Argon2Settings::default() };
    let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
    let (world, notes) = always(|ports, _| ports.password_hasher = Arc::clone(&hasher) as _);
    let refused = world.try_register(draft("no address", "short"), client(HERE)).await;
    let Err(RegisterError::Invalid(violations)) = refused else { panic!("{refused:?}") };
    assert_eq!(violations.iter().count(), 2);
    let place = hasher.admit(Urgency::Registration, None).unwrap();
    let demand = demand(&world, EMAIL).await;
    let overloaded = register(&world, EMAIL, HERE, proof(&demand)).await;
    assert!(matches!(overloaded, Err(RegisterError::Failed(Failure::Overloaded(Overloaded { .. })))), "{overloaded:?}");
    assert_eq!(world.store.row_counts().values().sum::<usize>(), 0, "counters are rows as well");
    drop(place);
    register(&world, EMAIL, HERE, proof(&demand)).await.unwrap();
    assert_eq!(notes.take(), ["demanded", "proved"]);
}

#[tokio::test]
async fn waiting_registers_as_well_as_often_as_waits_are_allowed() {
    let (world, notes) = always(|_, settings| {
        settings.limits.challenge_waits = Rate::new(1, HOUR);
        settings.limits.challenge_waits_in_all = Rate::new(3, HOUR);
        settings.limits.ipv4_network_factor = 2;
    });
    let waiting = async |email: &str, network: &str| {
        let demand = demanded(register(&world, email, network, None).await);
        world.clock.advance(30 * SECOND);
        register(&world, email, network, wait(&demand)).await
    };
    let demand = demand(&world, EMAIL).await;
    assert_eq!(failure(register(&world, EMAIL, HERE, wait(&demand)).await), ChallengeFailure::Early);
    world.clock.advance(30 * SECOND);
    assert_eq!(failure(register(&world, "jane@acme.com", HERE, wait(&demand)).await), ChallengeFailure::Wrong);
    register(&world, EMAIL, HERE, wait(&demand)).await.unwrap();
    notes.take();
    assert_eq!(limit(waiting("a@acme.com", HERE).await), "challenge_waits");
    waiting("b@acme.com", "192.0.2.8").await.unwrap();
    assert_eq!(limit(waiting("c@acme.com", "192.0.2.9").await), "challenge_waits", "the /24 has two");
    let elsewhere = demanded(register(&world, "d@acme.com", "198.51.100.1", None).await);
    world.clock.advance(30 * SECOND);
    register(&world, "d@acme.com", "198.51.100.1", wait(&elsewhere)).await.unwrap();
    assert_eq!(
        limit(register(&world, "d@acme.com", "198.51.100.1", wait(&elsewhere)).await),
        "challenge_waits",
        "the limit of the network comes before"
    );
    assert_eq!(limit(waiting("e@acme.com", "203.0.113.9").await), "challenge_waits_in_all");
    let solved = demanded(register(&world, "e@acme.com", "203.0.113.9", None).await);
    register(&world, "e@acme.com", "203.0.113.9", proof(&solved)).await.unwrap();
    assert_eq!(notes.take().iter().filter(|event| **event == "waited").count(), 2);
}

#[tokio::test]
async fn a_wait_counts_once() {
    let (world, _) = always(|_, _| {});
    let demand = demand(&world, EMAIL).await;
    world.clock.advance(30 * SECOND);
    register(&world, EMAIL, HERE, wait(&demand)).await.unwrap();
    assert_eq!(failure(register(&world, EMAIL, "203.0.113.9", wait(&demand)).await), ChallengeFailure::Used);
    world.clock.advance(11 * MINUTE);
    assert_eq!(failure(register(&world, EMAIL, HERE, wait(&demand)).await), ChallengeFailure::Expired);
}

#[tokio::test]
async fn an_api_that_cannot_ask_has_an_allowance_that_exempt_clients_do_not_need() {
    let (world, notes) = always(|_, settings| settings.limits.unchallenged_registrations = Rate::new(2, HOUR));
    let rules = RegistrationRules::native("documented");
    let by_api = async |email: &str, client: Client| world.register_by(&rules, draft(email, PASSWORD), client).await;
    by_api("a@acme.com", client("192.0.2.1")).await.unwrap();
    by_api("b@acme.com", client("203.0.113.1")).await.unwrap();
    assert_eq!(limit(by_api("c@acme.com", client("198.51.100.1")).await), "unchallenged_registrations");
    let exempt = Client { is_exempt: true, ..client("198.51.100.1") };
    by_api("c@acme.com", exempt).await.unwrap();
    assert_eq!(notes.take(), ["unchallenged", "unchallenged"]);
    register(&world, "d@acme.com", HERE, None).await.expect_err("others are still asked");
    world.clock.advance(HOUR);
    by_api("e@acme.com", client("198.51.100.1")).await.unwrap();
}

#[tokio::test]
async fn exempt_clients_and_those_of_registered_clients_are_not_asked() {
    let (world, _) = always(|_, _| {});
    let exempt = Client { is_exempt: true, ..client(HERE) };
    world.try_register(draft(EMAIL, PASSWORD), exempt).await.unwrap();
    let now = world.service.now();
    let registered = RegisteredClient {
        id: ClientId::parse("portal").unwrap(),
        organization: None,
        name: "Portal".to_owned(),
        callback_origins: Vec::new(),
        redirect_uris: Vec::new(),
        networks: vec!["192.0.2.0/28".parse().unwrap()],
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let inserted = world.commit(async |unit| unit.insert_client(&registered).await.unwrap()).await;
    assert_eq!(inserted, Insert::Done);
    world.clock.advance(SECOND);
    world.try_register(draft("jane@acme.com", PASSWORD), client(HERE)).await.unwrap();
    demanded(world.try_register(draft("jane@acme.com", PASSWORD), client("192.0.2.77")).await);
}

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

#[tokio::test]
async fn off_asks_nobody() {
    let (world, notes) = always(|_, settings| {
        settings.challenge.mode = ChallengeMode::Off;
        settings.limits.challenge_after_registrations = Rate::new(0, HOUR);
    });
    register(&world, EMAIL, HERE, None).await.unwrap();
    assert_eq!(notes.take(), [""; 0]);
}

/// A CAPTCHA service, as an operator would put it behind the port: it knows which token was for which site key.
struct Captcha;

#[async_trait::async_trait]
impl ChallengeVerifier for Captcha {
    async fn demand(&self, _: &Occasion<'_>) -> Result<Challenge, ChallengeError> {
        let parameters = [("site_key".to_owned(), "k1".to_owned())].into();
        Ok(Challenge::Other { provider: "captcha".to_owned(), parameters })
    }

    async fn verify(&self, response: &str, occasion: &Occasion<'_>) -> Result<ChallengeVerdict, ChallengeError> {
        match response.split_once(' ') {
            Some(("away", _)) => Err(ChallengeError::new("connection refused")),
            Some((token, address)) if address == occasion.identifier => {
                Ok(ChallengeVerdict::Passed { challenge: token.to_owned() })
            }
            _ => Ok(ChallengeVerdict::Failed(ChallengeFailure::Wrong)),
        }
    }

    fn lifetime(&self) -> Duration {
        Duration::from_mins(2)
    }
}

#[tokio::test]
async fn a_captcha_service_can_take_the_place_of_the_proof() {
    let (world, _) = always(|ports, _| ports.challenge_verifier = Some(Arc::new(Captcha)));
    let demand = demand(&world, EMAIL).await;
    assert!(matches!(demand.challenge, Challenge::Other { provider, .. } if provider == "captcha"));
    let answer = |text: &str| Some(ChallengeAnswer::Proof(text.to_owned()));
    assert_eq!(failure(register(&world, EMAIL, HERE, answer("robot")).await), ChallengeFailure::Wrong);
    let away = register(&world, EMAIL, HERE, answer("away john@acme.com")).await;
    assert!(matches!(away, Err(RegisterError::Failed(Failure::Unavailable(_)))), "{away:?}");
    register(&world, EMAIL, HERE, answer("t1 john@acme.com")).await.unwrap();
    assert_eq!(failure(register(&world, EMAIL, HERE, answer("t1 john@acme.com")).await), ChallengeFailure::Used);
}
