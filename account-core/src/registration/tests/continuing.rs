//! Going on in the tab in which one registered.

use tokio::task::JoinSet;

use super::*;
use crate::account::Role;
use crate::audit::AuditEvent;
use crate::ports::store::AccountUpdate;
use crate::registration::activation::RequiredProof;
use crate::registration::continue_session::ContinueError;
use crate::registration::offer::OFFER_LASTS;
use crate::registration::status::Progress;
use crate::service::ChannelSettings;

impl World {
    pub(super) async fn go_on(&self, of: &Accepted) -> Result<SignedInNow, ContinueError> {
        let context = CallContext::by("page");
        self.service.continue_registration(of.registration, &of.continuation, &context).await
    }

    /// An attempt that was completed with its password, in another browser.
    async fn completed_elsewhere(&self) -> Attempt {
        let attempt = self.attempt(EMAIL, PASSWORD).await;
        self.clock.advance(HOUR);
        assert_eq!(self.redeem(&attempt.token, password(PASSWORD)).await.unwrap().session, None);
        attempt
    }
}

#[tokio::test]
async fn the_tab_goes_on_after_the_password_was_given_elsewhere() {
    let world = World::new();
    let attempt = world.completed_elsewhere().await;
    let status = world.status(&attempt.accepted).await;
    assert_eq!((status.progress, status.opens_session), (Progress::Completed, true));
    let signed_in = world.go_on(&attempt.accepted).await.unwrap();
    assert_eq!(signed_in.account, world.only_account());
    let [session] = world.store.sessions().try_into().unwrap();
    assert_eq!(session.token, signed_in.session.token.digest());
    assert_eq!(session.authenticated_at, attempt.accepted.created_at, "the password was given then, not now");
    assert_eq!(session.created_at, world.clock.now());
    let audit = world.store.audit();
    let entry = audit.iter().find(|entry| entry.event == AuditEvent::SignedIn).unwrap();
    assert_eq!((entry.account, entry.detail.as_deref()), (Some(signed_in.account.id), Some("registration")));

    assert_eq!(why(world.go_on(&attempt.accepted).await), "Gone", "once");
    let status = world.status(&attempt.accepted).await;
    assert_eq!((status.progress, status.opens_session), (Progress::Completed, false));
}

#[tokio::test]
async fn who_completed_it_here_has_a_session_already() {
    let world = World::new();
    let by_link = world.attempt(EMAIL, PASSWORD).await;
    world.redeem(&by_link.token, continuation(&by_link.accepted)).await.unwrap();
    let by_code = world.attempt("jane@acme.com", PASSWORD).await;
    world.enter_code(&by_code.accepted, &by_code.code).await.unwrap();
    for attempt in [by_link, by_code] {
        let status = world.status(&attempt.accepted).await;
        assert_eq!((status.progress, status.opens_session), (Progress::Completed, false));
        assert_eq!(why(world.go_on(&attempt.accepted).await), "Gone");
    }
}

#[tokio::test]
async fn a_token_alone_lets_nobody_go_on() {
    let world = World::with(|_, settings| {
        let channel = ChannelSettings { required_proof: RequiredProof::TokenAlone, ..ChannelSettings::default() };
        settings.channels.insert("native".to_owned(), channel);
    });
    let attempt = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    let before = world.status(&attempt.accepted).await;
    world.redeem(&attempt.token, Proof::default()).await.unwrap();
    assert_eq!(world.status(&attempt.accepted).await, before);
    assert_eq!(why(world.go_on(&attempt.accepted).await), "Pending");
    assert_eq!(why(world.enter_code(&attempt.accepted, &attempt.code).await), "WrongProof(Code)");
    world.clock.advance(TTL);
    assert_eq!(world.status(&attempt.accepted).await.progress, Progress::Expired);
    assert_eq!(world.store.sessions(), []);
}

#[tokio::test]
async fn an_attempt_whose_address_was_taken_does_not_go_on() {
    let world = World::without_limits();
    let pending = world.attempt("jane@acme.com", STRANGERS_PASSWORD).await;
    let taken = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    let void = world.attempt(EMAIL, STRANGERS_PASSWORD).await;
    world.redeem(&taken.token, new_password(NEW_PASSWORD)).await.unwrap();
    for attempt in [&pending, &taken, &void] {
        let status = world.status(&attempt.accepted).await;
        assert_eq!((status.progress, status.opens_session), (Progress::Pending, false));
        assert_eq!(why(world.go_on(&attempt.accepted).await), "Pending");
    }
    let mixed = Accepted { continuation: void.accepted.continuation.clone(), ..pending.accepted };
    assert_eq!(why(world.go_on(&mixed).await), "Unknown");
    assert_eq!(world.store.sessions(), []);
}

#[tokio::test]
async fn it_can_be_done_for_ten_minutes() {
    for (late, expected) in [(false, "it succeeded"), (true, "Gone")] {
        let world = World::new();
        let attempt = world.completed_elsewhere().await;
        world.clock.advance(OFFER_LASTS - MICROSECOND);
        if late {
            world.clock.advance(MICROSECOND);
        }
        assert_eq!(world.status(&attempt.accepted).await.opens_session, !late);
        assert_eq!(why(world.go_on(&attempt.accepted).await), expected);
    }
}

#[tokio::test]
async fn whatever_needs_the_password_again_ends_it() {
    type Change = fn(&mut Account);
    let changes: [Change; 4] = [
        |account| account.credential_epoch += 1,
        |account| account.disabled_at = Some(account.created_at),
        |account| account.deletion_due_at = Some(account.created_at),
        |account| account.role = Role::Admin,
    ];
    for change in changes {
        let world = World::new();
        let attempt = world.completed_elsewhere().await;
        let mut account = world.only_account();
        change(&mut account);
        account.version += 1;
        let updated = world.commit(async |unit| unit.update_account(&account).await.unwrap()).await;
        assert_eq!(updated, AccountUpdate::Applied);
        assert_eq!(why(world.go_on(&attempt.accepted).await), "Gone");
        assert_eq!(world.store.sessions(), []);
    }
}

#[tokio::test]
async fn a_reset_of_the_password_ends_it() {
    let world = World::new();
    let attempt = world.completed_elsewhere().await;
    world.service.request_password_reset(EMAIL.into(), &CallContext::by("native")).await.unwrap();
    let MailContent::ResetPassword { link, .. } = world.mail().await.content else { panic!("no reset") };
    let token = link.expose().rsplit('/').next().unwrap().to_owned();
    let (policy, context) = (PasswordPolicy::DEFAULT, CallContext::by("native"));
    world.service.redeem_password_reset(&token, NEW_PASSWORD.into(), policy, &context).await.unwrap();
    assert!(!world.status(&attempt.accepted).await.opens_session);
    assert_eq!(why(world.go_on(&attempt.accepted).await), "Gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_at_once_one_gets_the_session() {
    let world = Arc::new(World::new());
    let attempt = world.completed_elsewhere().await;
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        let (world, accepted) = (Arc::clone(&world), attempt.accepted.clone());
        tasks.spawn(async move { why(world.go_on(&accepted).await) });
    }
    let outcomes = tasks.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "Gone").count(), 99, "{outcomes:?}");
    assert_eq!(world.store.sessions().len(), 1);
}
