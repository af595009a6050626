//! Renewing a session by the token that was handed out for that.

use super::*;
use crate::audit::AuditEvent;
use crate::one_time_token::{Purpose, TokenState};
use crate::service::Failure;

const LASTS: Duration = Duration::from_mins(15);
const MONTH: Duration = Duration::from_hours(30 * 24);

/// A session as a dialect opens one.
pub(super) const RENEWABLE: Lifetime = Lifetime { idle: None, absolute: MONTH, token: Some(LASTS) };

impl World {
    pub(super) async fn open(&self, email: &str, lifetime: Lifetime) -> OpenedSession {
        let request = SignInRequest { lifetime: Some(lifetime), ..request(email, PASSWORD) };
        self.service.sign_in(request).await.unwrap().session
    }

    pub(super) async fn renew(&self, opened: &OpenedSession) -> Result<OpenedSession, RenewSessionError> {
        let token = opened.renewal.as_ref().unwrap().expose();
        Ok(self.renew_by(&token).await?.session)
    }

    pub(super) async fn renew_by(&self, token: &str) -> Result<SignedInNow, RenewSessionError> {
        self.service.renew_session(token, &CallContext::by("form")).await
    }

    pub(super) fn count_of(&self, event: AuditEvent) -> usize {
        self.store.audit().iter().filter(|entry| entry.event == event).count()
    }
}

#[tokio::test]
async fn an_access_token_expires_exactly_on_time_and_the_session_continues() {
    let world = World::new();
    world.account(EMAIL).await;
    let start = world.clock.now();
    let opened = world.open(EMAIL, RENEWABLE).await;
    let lasting = world.open(EMAIL, Lifetime { token: None, ..RENEWABLE }).await;
    assert_eq!((opened.token_expires_at, opened.expires_at), (start + LASTS, start + MONTH));
    for (moment, is_accepted) in [
        (start + LASTS - MICROSECOND, true),
        (start + LASTS, false),
        (start + LASTS + SECOND, false),
        (start + MONTH - MICROSECOND, false),
    ] {
        world.clock.set(moment);
        assert_eq!(world.check(&opened.token).await.is_some(), is_accepted, "{moment}");
        let caller = world.check(&lasting.token).await.unwrap();
        assert_eq!(world.service.own_sessions(&caller).await.unwrap().len(), 2, "{moment}");
    }
}

#[tokio::test]
async fn a_session_without_an_access_token_lifetime_cannot_be_renewed() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.sign_in(EMAIL, PASSWORD).await.unwrap().session;
    assert_eq!((opened.renewal, opened.token_expires_at), (None, opened.expires_at));
    assert!(world.store.tokens().is_empty());
}

#[tokio::test]
async fn a_renewed_session_keeps_its_identity() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let before = world.check(&opened.token).await.unwrap().session;
    world.clock.advance(HOUR);
    let now = world.clock.now();
    let renewed = world.renew_by(&opened.renewal.as_ref().unwrap().expose()).await.unwrap();
    assert_eq!(renewed.account, account);
    let renewed = renewed.session;
    assert_eq!((renewed.id, renewed.expires_at), (opened.id, opened.expires_at));
    assert_eq!(renewed.token_expires_at, now + LASTS);
    assert_eq!(world.check(&opened.token).await, None);
    let after = world.check(&renewed.token).await.unwrap();
    assert!(!after.is_fresh(now), "no credential was given");
    let expected = Session {
        token: renewed.token.digest(),
        token_expires_at: Some(now + LASTS),
        last_used_at: now,
        ..before.clone()
    };
    assert_eq!(after.session, expected);
    assert_eq!(world.service.own_sessions(&after).await.unwrap(), [expected]);
    assert_eq!(world.store.audit().len(), 1, "it was signed in");
}

#[tokio::test]
async fn an_access_token_that_was_replaced_is_refused_before_its_end() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let renewed = world.renew(&opened).await.unwrap();
    assert_eq!(world.check(&opened.token).await, None);
    assert!(world.check(&renewed.token).await.is_some());
}

#[tokio::test]
async fn only_digests_of_the_tokens_are_stored() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let renewed = world.renew(&opened).await.unwrap();
    let mut kept = world.store.tokens();
    kept.sort_by_key(|token| token.generation);
    let now = world.clock.now();
    for ((token, opened), (generation, state, used_at)) in
        kept.iter().zip([&opened, &renewed]).zip([(1, TokenState::Used, Some(now)), (2, TokenState::Live, None)])
    {
        assert_eq!(token.digest, opened.renewal.as_ref().unwrap().digest());
        assert_eq!((token.purpose, token.generation, token.state), (Purpose::SessionRenewal, generation, state));
        assert_eq!(token.used_at, used_at);
        assert_eq!((token.subject, token.session), (opened.id.as_uuid(), Some(opened.id)));
        assert_eq!((&token.address, token.epoch), (&account.address, Some(account.credential_epoch)));
        assert_eq!((token.key_id.as_str(), token.expires_at), ("", opened.expires_at));
    }
    assert_eq!(kept.len(), 2);
    let printed = format!("{kept:?} {renewed:?} {:?} {RENEWABLE:?}", world.store.sessions());
    for secret in [&opened.token, &renewed.token].into_iter().chain(&opened.renewal).chain(&renewed.renewal) {
        assert!(!printed.contains(&**secret.expose()));
    }
    assert!(printed.contains("renewal: Some(SecretToken(..))"), "{printed}");
}

#[tokio::test]
async fn each_token_renews_a_session_once() {
    let world = World::new();
    world.account(EMAIL).await;
    let mut opened = world.open(EMAIL, Lifetime { absolute: 24 * HOUR, ..RENEWABLE }).await;
    let end = opened.expires_at;
    while world.clock.now() + 20 * MINUTE < end {
        world.clock.advance(20 * MINUTE);
        assert_eq!(world.check(&opened.token).await, None);
        opened = world.renew(&opened).await.unwrap();
        assert!(world.check(&opened.token).await.is_some());
        assert_eq!((opened.expires_at, world.store.sessions().len()), (end, 1));
    }
    world.clock.set(end - MINUTE);
    let last = world.renew(&opened).await.unwrap();
    assert_eq!(last.token_expires_at, end, "no token outlives its session");
    world.clock.set(end);
    assert_eq!(world.check(&last.token).await, None);
    assert_eq!(why(world.renew(&last).await), "WrongToken");
    assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 0);
}

#[tokio::test]
async fn renewals_of_a_session_are_limited_without_spending_its_token() {
    let world = World::with(|_, settings| settings.limits.renewals = Rate::new(2, HOUR));
    world.account(EMAIL).await;
    let (mut opened, other) = (world.open(EMAIL, RENEWABLE).await, world.open(EMAIL, RENEWABLE).await);
    for _ in 0..2 {
        opened = world.renew(&opened).await.unwrap();
    }
    let Err(RenewSessionError::Failed(Failure::Limited(limited))) = world.renew(&opened).await else {
        panic!("it was renewed")
    };
    assert_eq!(limited.limit, "renewals");
    assert!(world.renew(&other).await.is_ok(), "each session by itself");
    world.clock.advance(HOUR);
    assert!(world.renew(&opened).await.is_ok());
}

#[tokio::test]
async fn a_token_renews_until_its_session_ends() {
    for (offset, is_late) in [(HOUR.checked_sub(SECOND).unwrap(), false), (HOUR, true), (HOUR + SECOND, true)] {
        let world = World::new();
        world.account(EMAIL).await;
        let opened = world.open(EMAIL, Lifetime { absolute: HOUR, ..RENEWABLE }).await;
        world.clock.advance(offset);
        let expected = if is_late { "WrongToken" } else { "it succeeded" };
        assert_eq!(why(world.renew(&opened).await), expected, "{offset:?}");
        assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 0);
    }
}

#[tokio::test]
async fn an_idle_session_is_not_renewed_and_a_renewal_counts_as_use() {
    let world = World::new();
    world.account(EMAIL).await;
    let mut opened = world.open(EMAIL, Lifetime { idle: Some(HOUR), ..RENEWABLE }).await;
    for _ in 0..5 {
        world.clock.advance(HOUR.checked_sub(SECOND).unwrap());
        opened = world.renew(&opened).await.unwrap();
    }
    world.clock.advance(HOUR);
    assert_eq!(why(world.renew(&opened).await), "WrongToken");
}

#[tokio::test]
async fn neither_token_works_in_place_of_the_other() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    assert_eq!(world.check(opened.renewal.as_ref().unwrap()).await, None);
    assert_eq!(why(world.renew_by(&opened.token.expose()).await), "WrongToken");
    assert!(world.check(&opened.token).await.is_some());
    assert!(world.renew(&opened).await.is_ok());
}

#[tokio::test]
async fn a_truncated_or_altered_token_has_no_effect() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let text = opened.renewal.as_ref().unwrap().expose().to_string();
    let mut altered: Vec<String> = (0..text.len()).map(|length| text[..length].to_owned()).collect();
    altered.extend((1..text.len()).map(|start| text[start..].to_owned()));
    altered.extend([
        text.to_ascii_uppercase(),
        text.to_ascii_lowercase(),
        format!(" {text}"),
        format!("Bearer {text}"),
    ]);
    altered.extend(["=", "A", " ", "\0", "\n"].map(|more| format!("{text}{more}")));
    for place in 0..text.len() {
        for with in ["A", "z", "-", "_", "é"].into_iter().filter(|with| &text[place..=place] != *with) {
            altered.push(format!("{}{with}{}", &text[..place], &text[place + 1..]));
        }
    }
    let (rows, tokens) = (world.store.row_counts(), world.store.tokens());
    for wrong in altered {
        assert_eq!(why(world.renew_by(&wrong).await), "WrongToken", "{wrong:?}");
    }
    assert_eq!((world.store.row_counts(), world.store.tokens()), (rows, tokens));
    assert!(world.renew(&opened).await.is_ok());
}

#[tokio::test]
async fn a_disabled_account_renews_nothing_and_spends_no_token() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let opened = world.open(EMAIL, RENEWABLE).await;
    world.change_account(id, |account| account.disabled_at = Some(account.created_at)).await;
    let tokens = world.store.tokens();
    for _ in 0..2 {
        assert_eq!(why(world.renew(&opened).await), "WrongToken");
    }
    assert_eq!(world.store.tokens(), tokens, "a refusal is no use");
    world.change_account(id, |account| account.disabled_at = None).await;
    assert!(world.renew(&opened).await.is_ok());
}

#[tokio::test]
async fn a_token_from_before_a_credential_change_renews_nothing() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let opened = world.open(EMAIL, RENEWABLE).await;
    world.change_account(id, |account| account.credential_epoch += 1).await;
    assert_eq!(why(world.renew(&opened).await), "WrongToken");
}

#[tokio::test]
async fn a_session_that_its_owner_ended_is_not_renewed() {
    let world = World::new();
    world.account(EMAIL).await;
    let [one, other, own] =
        [world.open(EMAIL, RENEWABLE).await, world.open(EMAIL, RENEWABLE).await, world.open(EMAIL, RENEWABLE).await];
    let caller = world.check(&own.token).await.unwrap();
    let context = CallContext::by("native");
    assert!(world.service.end_session(&caller, one.id, &context).await.unwrap());
    assert_eq!(why(world.renew(&one).await), "WrongToken");
    assert!(world.renew(&other).await.is_ok(), "it goes on");
    // Its access token has ended, and it has not: it is one of those that are ended.
    world.clock.advance(LASTS);
    let own = world.renew(&own).await.unwrap();
    let caller = world.check(&own.token).await.unwrap();
    assert_eq!(world.service.end_other_sessions(&caller, &context).await.unwrap(), 1);
    assert_eq!(why(world.renew(&other).await), "WrongToken");
    assert!(world.service.end_session(&caller, own.id, &context).await.unwrap());
    assert_eq!(why(world.renew(&own).await), "WrongToken");
    assert!(world.store.tokens().is_empty());
    assert_eq!(world.count_of(AuditEvent::SessionRenewalReused), 0);
}

#[tokio::test]
async fn a_session_made_fresh_is_renewed_only_by_a_new_token() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    world.clock.advance(MINUTE);
    let caller = world.check(&opened.token).await.unwrap();
    let context = CallContext::by("native");
    let fresh = world.service.reauthenticate(&caller, PASSWORD.into(), &context).await.unwrap();
    assert_eq!((fresh.id, fresh.token_expires_at), (opened.id, world.clock.now() + LASTS));
    assert_eq!(why(world.renew(&opened).await), "WrongToken");
    assert!(world.check(&fresh.token).await.is_some(), "it was not used before: the session goes on");
    assert!(world.renew(&fresh).await.is_ok());
}

#[tokio::test]
async fn administrators_sessions_never_exceed_the_roles_lifetime() {
    for (role, absolute) in [(Role::User, MONTH), (Role::Admin, 8 * HOUR), (Role::SuperAdmin, 8 * HOUR)] {
        let world = World::new();
        let account = Account { role, ..world.draft_account(EMAIL, PASSWORD).await };
        world.insert(account).await;
        let start = world.clock.now();
        for asked in [MONTH, HOUR] {
            let opened = world.open(EMAIL, Lifetime { absolute: asked, ..RENEWABLE }).await;
            assert_eq!(opened.expires_at, start + absolute.min(asked), "{role:?}");
            assert_eq!(opened.token_expires_at, start + LASTS);
        }
        let long = world.open(EMAIL, Lifetime { token: Some(MONTH), ..RENEWABLE }).await;
        assert_eq!(long.token_expires_at, start + absolute, "{role:?}");
    }
}

#[tokio::test]
async fn renewals_are_limited_for_each_client_network() {
    let world = World::with(|_, settings| settings.limits.verifications = Rate::new(3, MINUTE));
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let token = opened.renewal.as_ref().unwrap().expose();
    let from = async |address: &str, token: &str| {
        why(world.service.renew_session(token, &CallContext::from(client(address))).await)
    };
    for _ in 0..3 {
        assert_eq!(from("192.0.2.7", "guess").await, "WrongToken");
    }
    assert!(from("192.0.2.7", &token).await.starts_with("Failed(Limited"));
    assert_eq!(from("192.0.2.8", &token).await, "it succeeded", "a refused call has used up nothing");
}

#[tokio::test]
async fn housekeeping_removes_only_sessions_that_cannot_be_renewed() {
    let world = World::new();
    world.account(EMAIL).await;
    let opened = world.open(EMAIL, RENEWABLE).await;
    let housekeeping = world.service.housekeeping();
    world.clock.set(opened.expires_at - HOUR);
    housekeeping.tidy().await.unwrap();
    let renewed = world.renew(&opened).await.unwrap();
    world.clock.set(opened.expires_at - SECOND);
    housekeeping.tidy().await.unwrap();
    let renewed = world.renew(&renewed).await.unwrap();
    assert_eq!((world.store.sessions().len(), world.store.tokens().len()), (1, 3));
    world.clock.set(renewed.expires_at);
    assert_eq!(housekeeping.tidy().await.unwrap().count("sessions"), 1);
    world.clock.advance(world.service.settings.retention.outcomes + SECOND);
    assert_eq!(housekeeping.tidy().await.unwrap().count("one_time_tokens"), 3);
    assert!(world.store.tokens().is_empty());
}
