//! Challenges: who is asked, what counts as an answer, and that it counts once.

use std::sync::Mutex;

use super::*;
use crate::challenge::{ChallengeAnswer, ChallengeDemand};
use crate::organization::{ClientId, RegisteredClient};
use crate::ports::{
    Challenge, ChallengeError, ChallengeEvent, ChallengeFailure, ChallengeObserver, ChallengePurpose, ChallengeVerdict,
    ChallengeVerifier, Occasion,
};
use crate::service::{ChannelSettings, Failure, Limited};
use crate::testing::challenge::solve;

pub(super) const HERE: &str = "192.0.2.7";

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

pub(super) async fn register(
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
pub(super) fn demanded<T: Debug>(result: Result<T, RegisterError>) -> ChallengeDemand {
    match result {
        Err(RegisterError::Challenged(demand)) => *demand,
        other => panic!("{other:?}"),
    }
}

pub(super) async fn demand(world: &World, email: &str) -> ChallengeDemand {
    demanded(register(world, email, HERE, None).await)
}

pub(super) fn proof(demand: &ChallengeDemand) -> Option<ChallengeAnswer> {
    match &demand.challenge {
        Challenge::ProofOfWork(puzzle) => solve(puzzle).map(ChallengeAnswer::Proof),
        other @ Challenge::Other { .. } => panic!("{other:?}"),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a context takes an option")]
fn wait(demand: &ChallengeDemand) -> Option<ChallengeAnswer> {
    Some(ChallengeAnswer::Wait(demand.wait.text().to_owned()))
}

pub(super) fn failure<T: Debug>(result: Result<T, RegisterError>) -> ChallengeFailure {
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
async fn all_rules_are_checked_before_a_challenge_and_overload_uses_up_no_answer() {
    let queues = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 0, ..Argon2Settings::default() };
    let hasher = Arc::new(Argon2Workers::start(queues).unwrap());
    let (world, notes) = always(|ports, _| ports.password_hasher = Arc::clone(&hasher) as _);
    let refused = world.try_register(draft("no address", "short"), client(HERE)).await;
    let Err(RegisterError::Invalid(violations)) = refused else { panic!("{refused:?}") };
    assert_eq!(violations.iter().count(), 2);
    let demand = demand(&world, EMAIL).await;
    let place = hasher.admit(Urgency::Registration, None).unwrap();
    for answer in [None, proof(&demand)] {
        let overloaded = register(&world, EMAIL, HERE, answer).await;
        assert!(matches!(overloaded, Err(RegisterError::Failed(Failure::Overloaded(_)))), "{overloaded:?}");
    }
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
