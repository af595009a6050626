//! What becomes of the token that renews a session when its account changes.

use super::*;
use crate::input::Input;
use crate::one_time_token::{Purpose, TokenState};
use crate::session::{Lifetime, OpenedSession};

const RENEWABLE: Lifetime =
    Lifetime { idle: None, absolute: Duration::from_hours(24), token: Some(Duration::from_mins(15)) };

impl World {
    async fn open_renewable(&self, account: &Account) -> OpenedSession {
        let context = by();
        let mut change = self.service.change(&context, Actor::Service).await.unwrap();
        let opened = change.open_session(account, RENEWABLE).await.unwrap();
        change.commit().await.unwrap();
        opened
    }

    /// What comes of renewing that session.
    async fn renew(&self, opened: &OpenedSession) -> String {
        let token = opened.renewal.as_ref().unwrap().expose();
        why(self.service.renew_session(&token, &by()).await)
    }

    /// How many tokens could renew a session.
    fn live_renewals(&self) -> usize {
        let tokens = self.store.tokens();
        let is_live = |purpose, state| purpose == Purpose::SessionRenewal && state == TokenState::Live;
        tokens.iter().filter(|token| is_live(token.purpose, token.state)).count()
    }
}

#[tokio::test]
async fn after_a_password_change_only_this_session_can_be_renewed_with_a_new_token() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (own, other) = (world.open_renewable(&account).await, world.open_renewable(&account).await);
    let changed = world.change_password(&own.token, PASSWORD, NEW_PASSWORD).await.unwrap();
    assert_eq!((changed.id, changed.expires_at), (own.id, own.expires_at));
    assert_eq!(world.live_renewals(), 1);
    for old in [&own, &other] {
        assert_eq!(world.renew(old).await, "WrongToken");
    }
    assert!(world.service.check_session(&changed.token).await.unwrap().is_some());
    assert_eq!(world.renew(&changed).await, "it succeeded");
}

#[tokio::test]
async fn after_an_address_change_only_this_session_can_be_renewed_with_a_new_token() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (own, other) = (world.open_renewable(&account).await, world.open_renewable(&account).await);
    let link = world.link_to_move(&own.token, "johnny@acme.com").await;
    let moved = world.confirm(&own.token, &link).await.unwrap().session.unwrap();
    assert_eq!((moved.id, world.live_renewals()), (own.id, 1));
    for old in [&own, &other] {
        assert_eq!(world.renew(old).await, "WrongToken");
    }
    let live = world.store.tokens().into_iter().find(|token| token.digest == moved.renewal.as_ref().unwrap().digest());
    assert_eq!(live.unwrap().address.as_str(), "johnny@acme.com");
    assert_eq!(world.renew(&moved).await, "it succeeded");
}

#[tokio::test]
async fn after_a_reset_nothing_can_be_renewed() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let opened = world.open_renewable(&account).await;
    let link = world.link_to_reset(EMAIL).await;
    assert!(world.reset(&link, NEW_PASSWORD).await.unwrap().session.renewal.is_none());
    assert_eq!((world.renew(&opened).await, world.live_renewals()), ("WrongToken".to_owned(), 0));
}

#[tokio::test]
async fn after_administrators_end_access_nothing_can_be_renewed() {
    let world = World::new();
    let chief = world.account_with("chief@acme.com", |account| account.role = Role::SuperAdmin).await;
    let token = world.open(&chief).await.token;
    let admin = world.fresh(&token).await.verified().clone().administrator().unwrap();
    for (number, event) in (1..).zip(["disabled", "sessions ended", "role", "deleted"]) {
        let account = world.account(&format!("john{number}@acme.com")).await;
        let (id, context) = (account.id, by());
        let opened = world.open_renewable(&account).await;
        let service = &world.service;
        match event {
            "disabled" => assert!(service.disable_account(&admin, id, Input::Absent, &context).await.is_ok()),
            "sessions ended" => assert_eq!(service.end_account_sessions(&admin, id, &context).await.unwrap(), 1),
            "role" => assert!(service.set_role(&admin, id, Role::Admin, &context).await.is_ok()),
            _ => assert!(service.delete_account(&admin, id, &context).await.is_ok()),
        }
        assert_eq!((world.renew(&opened).await, world.live_renewals()), ("WrongToken".to_owned(), 0), "{event}");
        let tokens = world.store.tokens();
        assert!(tokens.iter().all(|token| token.session != Some(opened.id)), "{event}");
    }
}

#[tokio::test]
async fn sessions_are_renewed_in_the_grace_period_and_deleted_with_the_account() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let opened = world.open_renewable(&account).await;
    let due = world.service.request_deletion(&world.fresh(&opened.token).await, &by()).await.unwrap();
    assert_eq!((world.renew(&opened).await, world.live_renewals()), ("WrongToken".to_owned(), 0));
    let account = world.now(&account);
    world.clock.set(due - HOUR);
    let last = world.open_renewable(&account).await;
    let renewed = world.service.renew_session(&last.renewal.as_ref().unwrap().expose(), &by()).await.unwrap();
    assert_eq!(renewed.account.deletion_due_at, Some(due));
    let last = renewed.session;
    world.clock.set(due);
    assert_eq!(world.service.housekeeping().tidy().await.unwrap().count("accounts"), 1);
    assert_eq!((world.renew(&last).await, world.store.tokens().len()), ("WrongToken".to_owned(), 0));
}
