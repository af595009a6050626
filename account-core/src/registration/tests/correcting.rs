//! Correcting the address of a registration.

use std::collections::BTreeMap;

use tokio::task::JoinSet;

use super::*;
use crate::audit::{Actor, AuditEvent};
use crate::feature::{FeatureName, StoredFeature};
use crate::outbox::bounce::{DeliveryReport, ReportedAction};
use crate::ports::Charge;
use crate::ports::store::Update;
use crate::registration::activation::RequiredProof;
use crate::registration::correct::{CorrectError, CorrectRequest, Corrected};
use crate::registration::draft::Spelling;
use crate::registration::guard::DomainGuard;
use crate::registration::status::{MailProgress, Progress};
use crate::registration::{MAX_CORRECTIONS, RegistrationState};
use crate::service::{ChannelSettings, Failure, Limited};

const RIGHT: &str = "john@acme.org";

impl World {
    pub(super) async fn correct(&self, of: &Accepted, email: &str) -> Result<Corrected, CorrectError> {
        self.correct_by(of, email, Client::default()).await
    }

    async fn correct_by(&self, of: &Accepted, email: &str, client: Client) -> Result<Corrected, CorrectError> {
        let request = CorrectRequest {
            registration: of.registration,
            continuation: of.continuation.clone(),
            email: email.into(),
            spelling: Spelling::AsTyped,
            context: CallContext { client, ..CallContext::by("native") },
        };
        self.service.correct_address(request).await
    }
}

fn is_limited_by(result: &Result<Corrected, CorrectError>, name: &str) -> bool {
    matches!(result, Err(CorrectError::Failed(Failure::Limited(Limited { limit, .. }))) if *limit == name)
}

#[tokio::test]
async fn the_new_address_gets_a_link_and_the_old_one_keeps_none() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.clock.advance(HOUR);
    let corrected = world.correct(&attempt.accepted, " John@acme.org").await.unwrap();
    assert_eq!(corrected.address.as_str(), "John@acme.org");
    assert_eq!(corrected.expires_at, world.clock.now() + TTL);
    assert_eq!(corrected.corrections_left, MAX_CORRECTIONS - 1);
    let status = world.status(&attempt.accepted).await;
    assert_eq!((status.address.as_str(), status.mail), ("John@acme.org", MailProgress::Queued));
    assert_eq!((status.expires_at, status.corrections_left), (corrected.expires_at, corrected.corrections_left));

    let mail = world.mail().await;
    assert_eq!(mail.to.as_str(), "John@acme.org");
    assert_eq!(why(world.redeem(&attempt.token, continuation(&attempt.accepted)).await), "Gone(Superseded)");
    assert_eq!(why(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await), "Gone(Superseded)");
    assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), "WrongProof(Code)");
    let verified = world.redeem(&token_in(&mail), continuation(&attempt.accepted)).await.unwrap();
    assert!(verified.session.is_some());
    assert_eq!(verified.account.address.as_str(), "John@acme.org");
    assert_ne!(verified.account.id, attempt.accepted.registration.into(), "it has an id of its own");
    assert!(world.signs_in(&verified.account, PASSWORD).await);
    assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Completed);
}

#[tokio::test]
async fn the_code_of_the_new_mail_works() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.correct(&attempt.accepted, RIGHT).await.unwrap();
    let code = code_in(&world.mail().await);
    let verified = world.enter_code(&attempt.accepted, &code).await.unwrap();
    assert_eq!(verified.account.address.as_str(), RIGHT);
}

#[tokio::test]
async fn the_correction_is_in_the_audit_trail_without_the_addresses() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.correct(&attempt.accepted, RIGHT).await.unwrap();
    let [entry] = world.store.audit().try_into().unwrap();
    assert_eq!((entry.event, entry.actor, entry.account), (AuditEvent::RegistrationCorrected, Actor::Service, None));
    let id = attempt.accepted.registration;
    assert_eq!(entry.detail, Some(format!("{id}: j***@acme.com -> j***@acme.org")));
}

#[tokio::test]
async fn answer_rows_and_status_are_the_same_for_every_address() {
    let world = World::without_limits();
    world.attempt("pending@acme.com", PASSWORD).await;
    world.account("taken@acme.com").await;
    for email in ["new@acme.com", "pending@acme.com", "taken@acme.com"] {
        let attempt = world.attempt(EMAIL, PASSWORD).await;
        let before = world.store.row_counts();
        let corrected = world.correct(&attempt.accepted, email).await.unwrap();
        let after = world.store.row_counts();
        let gained: BTreeMap<_, _> = after.into_iter().map(|(table, rows)| (table, rows - before[table])).collect();
        let gained: Vec<_> = gained.into_iter().filter(|(_, rows)| *rows > 0).collect();
        assert_eq!(gained, [("audit", 1), ("outbox", 1), ("tokens", 1)], "{email}");
        assert_eq!(corrected.expires_at, world.clock.now() + TTL);
        let [mail] = <[Mail; 1]>::try_from(world.mails().await).unwrap();
        let is_notice = matches!(mail.content, MailContent::AlreadyRegistered { .. });
        assert_eq!(is_notice, email.starts_with("taken"));
        let status = world.status(&attempt.accepted).await;
        assert_eq!((status.progress, status.mail), (Progress::Pending, MailProgress::HandedOver), "{email}");
        assert_eq!((status.address.as_str(), status.corrections_left), (email, MAX_CORRECTIONS - 1));
        assert_eq!(why(world.enter_code(&attempt.accepted, "00000000").await), "WrongProof(Code)", "{email}");
    }
}

#[tokio::test]
async fn an_attempt_whose_address_was_taken_is_corrected_like_a_pending_one() {
    let mut seen = Vec::new();
    for ends in ["not", "void", "taken"] {
        let world = World::without_limits();
        let named = RegistrationDraft { name: "Mallory".into(), ..draft(EMAIL, STRANGERS_PASSWORD) };
        let attempt = world.attempt_by(named).await;
        let owners = match ends {
            "void" => Some(world.account(EMAIL).await.account),
            "taken" => Some(world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.unwrap().account),
            _ => None,
        };
        let Corrected { expires_at, corrections_left, .. } = world.correct(&attempt.accepted, RIGHT).await.unwrap();
        let mail = world.mail().await;
        let status = world.status(&attempt.accepted).await;
        let visible = (status.progress, status.mail, status.expires_at == expires_at, corrections_left);
        let verified = world.redeem(&token_in(&mail), continuation(&attempt.accepted)).await.unwrap();
        assert_ne!(verified.account.id, attempt.accepted.registration.into(), "{ends}");
        assert!(world.signs_in(&verified.account, STRANGERS_PASSWORD).await);
        let (address, name) = (verified.account.address.as_str().to_owned(), verified.account.profile.name.clone());
        seen.push((visible, mail.to.as_str().to_owned(), address, name, verified.session.is_some()));
        // The owner's account is what it was.
        if let Some(owners) = owners {
            let now = world.store.accounts().into_iter().find(|now| now.id == owners.id).unwrap();
            assert_eq!(now, owners, "{ends}");
            assert_ne!(owners.id, verified.account.id);
        }
    }
    assert_eq!(seen[0].3.as_deref(), Some("Mallory"));
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn five_corrections_are_allowed() {
    let world = World::without_limits();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for left in (0..MAX_CORRECTIONS).rev() {
        let corrected = world.correct(&attempt.accepted, &format!("john{left}@acme.com")).await.unwrap();
        assert_eq!(corrected.corrections_left, left);
    }
    let rows = world.store.row_counts();
    assert_eq!(why(world.correct(&attempt.accepted, RIGHT).await), "TooManyCorrections");
    assert_eq!(world.store.row_counts(), rows);
    let mails = world.mails().await;
    assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["john0@acme.com"], "the newest alone");
}

#[tokio::test]
async fn where_the_link_alone_completes_nothing_is_corrected() {
    let world = World::with(|_, settings| {
        let channel = ChannelSettings { required_proof: RequiredProof::TokenAlone, ..ChannelSettings::default() };
        settings.channels.insert("native".to_owned(), channel);
    });
    let pending = world.attempt("jane@acme.com", STRANGERS_PASSWORD).await;
    let completed = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    world.redeem(&completed.token, Proof::default()).await.unwrap();
    for attempt in [&pending, &completed] {
        let status = world.status(&attempt.accepted).await;
        assert_eq!((status.progress, status.corrections_left), (Progress::Pending, 0));
        for email in [RIGHT, status.address.as_str()] {
            assert_eq!(why(world.correct(&attempt.accepted, email).await), "TooManyCorrections");
        }
    }
    // Nor later, when the operator has chosen otherwise.
    let strict = {
        let mut settings = Settings::clone(&world.service.settings);
        settings.channels.clear();
        AccountService::new(Ports::clone(&world.service.ports), settings)
    };
    let world = World { service: strict, ..world };
    assert_eq!(why(world.correct(&completed.accepted, RIGHT).await), "TooManyCorrections");
    assert!(world.correct(&pending.accepted, RIGHT).await.is_ok());
}

#[tokio::test]
async fn a_correction_counts_like_a_registration_and_a_mail() {
    let here = || client("192.0.2.7");
    let world = World::with(|_, settings| {
        settings.limits.registrations = Rate::new(2, HOUR);
        settings.limits.ipv4_network_factor = 1;
        settings.challenge.mode = ChallengeMode::Off;
    });
    let accepted = world.try_register(draft(EMAIL, PASSWORD), here()).await.unwrap();
    world.correct_by(&accepted, RIGHT, here()).await.unwrap();
    let rows = world.store.row_counts();
    assert!(is_limited_by(&world.correct_by(&accepted, EMAIL, here()).await, "registrations"));
    assert_eq!(world.store.row_counts(), rows);

    let world = World::with(|_, settings| {
        settings.limits.mails = Rate::new(2, HOUR);
        settings.challenge.mode = ChallengeMode::Off;
    });
    for _ in 0..2 {
        world.register(RIGHT).await;
    }
    let accepted = world.register(EMAIL).await;
    assert!(is_limited_by(&world.correct(&accepted, RIGHT).await, "mails"));
}

#[tokio::test]
async fn corrections_that_nobody_verifies_arouse_suspicion_like_registrations() {
    for (corrections, is_suspicious) in [(1, false), (2, true)] {
        let world = World::with(|_, settings| settings.limits.challenge_after_unverified = Rate::new(3, HOUR));
        let accepted = world.register(EMAIL).await;
        for number in 0..corrections {
            world.correct(&accepted, &format!("john{number}@acme.com")).await.unwrap();
            world.correct(&accepted, &format!("john{number}@acme.com")).await.unwrap();
        }
        let next = world.try_register(draft("jane@acme.com", PASSWORD), Client::default()).await;
        assert_eq!(matches!(next, Err(RegisterError::Challenged(_))), is_suspicious, "{corrections}");
    }
}

#[tokio::test]
async fn a_correction_is_asked_for_a_challenge_like_a_registration() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    let strict = {
        let mut settings = Settings::clone(&world.service.settings);
        settings.challenge.mode = ChallengeMode::Always;
        AccountService::new(Ports::clone(&world.service.ports), settings)
    };
    let request = CorrectRequest {
        registration: accepted.registration,
        continuation: accepted.continuation.clone(),
        email: RIGHT.into(),
        spelling: Spelling::AsTyped,
        context: CallContext::by("native"),
    };
    assert!(matches!(strict.correct_address(request).await, Err(CorrectError::Challenged(_))));
    assert_eq!(world.status(&accepted).await.address.as_str(), EMAIL);
}

#[tokio::test]
async fn rules_and_guards_are_those_of_registering() {
    let world = World::with(|ports, _| {
        ports.guards = vec![Arc::new(DomainGuard::new(&[], &["acme.net".to_owned()], true).unwrap())];
    });
    let accepted = world.register(EMAIL).await;
    let rows = world.store.row_counts();
    for (email, rule) in [
        ("", "Required"),
        ("john", "Malformed"),
        ("a@b.org,c@d.org", "Malformed"),
        ("john@acme.net", "DomainDenied"),
        ("john@mailinator.com", "DomainDisposable"),
    ] {
        let refused = why(world.correct(&accepted, email).await);
        assert!(refused.contains(rule), "{email}: {refused}");
    }
    assert_eq!(world.store.row_counts(), rows);
    let closed = StoredFeature {
        name: FeatureName::AccountRegistration,
        value: r#"{"mode":"closed","reason":"Full."}"#.to_owned(),
        version: 1,
        updated_at: world.clock.now(),
        updated_by: None,
    };
    let put = world.commit(async |unit| unit.put_feature(&closed).await.unwrap()).await;
    assert_eq!(put, Update::Applied);
    world.clock.advance(MINUTE);
    assert!(matches!(world.correct(&accepted, RIGHT).await, Err(CorrectError::Closed { .. })));
}

#[tokio::test]
async fn what_is_completed_expired_or_unknown_is_not_corrected() {
    let world = World::without_limits();
    let (one, other) = (world.register("one@acme.com").await, world.register("two@acme.com").await);
    let mixed = Accepted { continuation: one.continuation.clone(), ..other };
    assert_eq!(why(world.correct(&mixed, RIGHT).await), "Unknown");
    world.mails().await;
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    assert_eq!(why(world.correct(&attempt.accepted, RIGHT).await), "Completed");
    world.clock.set(one.expires_at - MICROSECOND);
    assert!(world.correct(&one, RIGHT).await.is_ok());
    world.clock.set(mixed.expires_at);
    let other = Accepted { continuation: one.continuation, ..one };
    assert!(world.correct(&other, RIGHT).await.is_ok(), "it lasts longer now");
    world.clock.advance(TTL);
    assert_eq!(why(world.correct(&other, RIGHT).await), "Expired");
}

#[tokio::test]
async fn after_a_bounce_the_corrected_address_gets_its_mail() {
    let world = World::without_limits();
    let attempt = world.register(EMAIL).await;
    let mail = world.mail().await;
    let report = DeliveryReport { mail: mail.id, action: ReportedAction::Failed, status: "5.1.1".to_owned() };
    world.service.report_delivery(&report, &CallContext::by("operator")).await.unwrap();
    assert_eq!(world.status(&attempt).await.mail, MailProgress::Bounced);
    world.clock.advance(SECOND);
    world.correct(&attempt, RIGHT).await.unwrap();
    assert_eq!(world.status(&attempt).await.mail, MailProgress::Queued);
    assert_eq!(world.mail().await.to.as_str(), RIGHT);
    assert_eq!(world.status(&attempt).await.mail, MailProgress::HandedOver);
    world.clock.advance(SECOND);
    world.resend_by_continuation(&attempt).await.unwrap();
    assert_eq!(world.mail().await.to.as_str(), RIGHT);
    // Back at the address that takes no email, none is sent.
    world.clock.advance(SECOND);
    world.correct(&attempt, EMAIL).await.unwrap();
    assert!(world.mails().await.is_empty());
    assert_eq!(world.status(&attempt).await.mail, MailProgress::Bounced);
}

#[tokio::test]
async fn a_mail_that_was_requested_before_a_correction_goes_nowhere() {
    let world = World::without_limits();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    world.resend_by_continuation(&attempt.accepted).await.unwrap();
    world.resend(EMAIL).await.unwrap();
    world.clock.advance(SECOND);
    world.correct(&attempt.accepted, RIGHT).await.unwrap();
    let mail = world.mail().await;
    assert_eq!(mail.to.as_str(), RIGHT);
    assert!(world.redeem(&token_in(&mail), continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test]
async fn a_corrected_registration_uses_nothing_of_the_budget_of_the_former_addresss_owner() {
    for owners in [0, 2] {
        let world = World::with(|_, settings| settings.limits.mails = Rate::new(2, HOUR));
        let draft = RegistrationDraft {
            alternate_address: "other@acme.com".into(),
            notification_address: "desk@acme.com".into(),
            ..draft(EMAIL, STRANGERS_PASSWORD)
        };
        let attempt = world.attempt_by(draft).await;
        let owner = world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.unwrap().account;
        let key = format!("account {}", owner.id);
        for _ in 0..owners {
            let charge = Charge::new("mails", key.clone(), world.service.settings.limits.mails);
            world.service.count(&[charge]).await.unwrap();
        }
        world.correct(&attempt.accepted, RIGHT).await.unwrap();
        let token = token_in(&world.mail().await);
        world.redeem(&token, continuation(&attempt.accepted)).await.unwrap();
        assert_eq!(world.mails().await.len(), 2, "the owner's mails do not count for the stranger");
        let charge = Charge::new("mails", key, world.service.settings.limits.mails);
        assert_eq!(world.service.count(&[charge]).await.is_ok(), owners == 0, "nor the other way round");
    }
}

#[tokio::test]
async fn a_secondary_address_that_became_the_own_one_is_left_out() {
    let world = World::without_limits();
    let with_another = RegistrationDraft { alternate_address: RIGHT.into(), ..draft(EMAIL, PASSWORD) };
    let attempt = world.attempt_by(with_another).await;
    world.correct(&attempt.accepted, RIGHT).await.unwrap();
    let token = token_in(&world.mail().await);
    let account = world.redeem(&token, continuation(&attempt.accepted)).await.unwrap().account;
    assert!(account.secondary_addresses.alternate.is_none());
    assert!(world.mails().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_corrections_at_once_the_last_one_counts_and_five_pass() {
    let world = Arc::new(World::without_limits());
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let mut corrections = JoinSet::new();
    for number in 0..20 {
        let (world, accepted) = (Arc::clone(&world), attempt.accepted.clone());
        corrections.spawn(async move { why(world.correct(&accepted, &format!("john{number}@acme.com")).await) });
    }
    let outcomes = corrections.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 5, "{outcomes:?}");
    let [mail] = <[Mail; 1]>::try_from(world.mails().await).unwrap();
    assert_eq!(mail.to, world.status(&attempt.accepted).await.address);
    assert!(world.redeem(&token_in(&mail), continuation(&attempt.accepted)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_correction_many_times_at_once_is_one() {
    let world = Arc::new(World::without_limits());
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let mut corrections = JoinSet::new();
    for _ in 0..20 {
        let (world, accepted) = (Arc::clone(&world), attempt.accepted.clone());
        corrections.spawn(async move { world.correct(&accepted, RIGHT).await.unwrap() });
    }
    let answers = corrections.join_all().await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0].corrections_left, MAX_CORRECTIONS - 1);
    assert_eq!(world.mail().await.to.as_str(), RIGHT);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_races_a_correction_proves_no_other_address() {
    for _ in 0..50 {
        let world = Arc::new(World::without_limits());
        let attempt = world.attempt("mallory@acme.com", STRANGERS_PASSWORD).await;
        let mut tasks = JoinSet::new();
        let (racing, accepted) = (Arc::clone(&world), attempt.accepted.clone());
        tasks.spawn(async move { why(racing.correct(&accepted, EMAIL).await) });
        let (racing, accepted, token) = (Arc::clone(&world), attempt.accepted.clone(), attempt.token.clone());
        tasks.spawn(async move { why(racing.redeem(&token, continuation(&accepted)).await) });
        let (racing, accepted, code) = (Arc::clone(&world), attempt.accepted.clone(), attempt.code.clone());
        tasks.spawn(async move { why(racing.enter_code(&accepted, &code).await) });
        let outcomes = tasks.join_all().await;
        let [registration] = world.store.registrations().try_into().unwrap();
        if let Some(account) = world.store.accounts().first() {
            assert_eq!(account.address.as_str(), "mallory@acme.com", "{outcomes:?}");
            assert_eq!(registration.state, RegistrationState::Completed);
        } else {
            assert_eq!((registration.address.as_str(), registration.state), (EMAIL, RegistrationState::Pending));
        }
    }
}
