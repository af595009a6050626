//! Deleting one's account, taking that back, and what is handed out.

use super::*;
use crate::authorization::NotPermitted;

#[tokio::test]
async fn an_account_scheduled_for_deletion_can_only_cancel_it() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (session, other) = (world.open(&account).await, world.open(&account).await);
    let notification = world.link_to_notification(&session.token, "desk@example.com").await;
    let (change, reset) = (world.link_to_move(&session.token, "jay@acme.com").await, world.link_to_reset(EMAIL).await);
    let due_at = world.service.request_deletion(&world.fresh(&session.token).await, &by()).await.unwrap();
    assert_eq!(due_at, world.clock.now() + 7 * 24 * HOUR);
    assert_eq!((world.now(&account).deletion_due_at, world.now(&account).credential_epoch), (Some(due_at), 1));
    for ended in [&session.token, &other.token] {
        assert!(world.caller(ended).await.is_none());
    }
    assert_eq!(why(world.reset(&reset, NEW_PASSWORD).await), "Gone(Superseded)");
    assert_eq!(world.told().await, [("deletion_requested".to_owned(), EMAIL.to_owned())]);

    for at in [due_at - MICROSECOND, due_at, due_at + SECOND] {
        world.clock.set(at);
        let back = world.open(&account).await;
        let caller = world.caller(&back.token).await.unwrap();
        assert_eq!(caller.clone().verified(), Err(NotPermitted::DeletionPending));
        let kept = world.service.cancel_deletion(&caller, &by()).await.unwrap();
        assert_eq!((kept.deletion_due_at, &kept), (None, &world.now(&account)));
        assert_eq!(world.told().await, [("deletion_cancelled".to_owned(), EMAIL.to_owned())]);
        for link in [&notification, &change] {
            assert_eq!(why(world.confirm(&back.token, link).await.map(|_| ())).split('(').next(), Some("Gone"));
        }
        let again = world.service.cancel_deletion(&world.caller(&back.token).await.unwrap(), &by()).await.unwrap();
        assert_eq!(again, kept, "there is nothing to take back any more");
        assert_eq!(world.mails().await.len(), 0);
        world.alter(&account, |account| account.deletion_due_at = Some(due_at)).await;
    }
}

#[tokio::test]
async fn the_last_super_admin_stays() {
    let world = World::new();
    let super_admin = |account: &mut Account| account.role = Role::SuperAdmin;
    let last = world.account_with(EMAIL, super_admin).await;
    let session = world.open(&last).await;
    for unfit in 0..3 {
        let other = world.account_with(&format!("unfit{unfit}@acme.com"), super_admin).await;
        let now = Some(world.clock.now());
        world
            .alter(&other, |other| match unfit {
                0 => other.disabled_at = now,
                1 => other.deletion_due_at = now,
                _ => other.role = Role::Admin,
            })
            .await;
    }
    let fresh = world.fresh(&session.token).await;
    let refused = world.service.request_deletion(&fresh, &by()).await;
    assert!(matches!(refused, Err(DeletionError::LastSuperAdmin)));
    assert_eq!(world.now(&last), last);
    world.account_with("second@acme.com", super_admin).await;
    assert!(world.service.request_deletion(&fresh, &by()).await.is_ok());
}

#[tokio::test]
async fn an_export_contains_only_the_persons_own_data() {
    let world = World::new();
    let (account, other) = (world.account(EMAIL).await, world.account("jane@acme.com").await);
    let gone = world.open(&account).await;
    world.clock.advance(31 * 24 * HOUR);
    let (session, _) = (world.open(&account).await, world.open(&other).await);
    let context = CallContext { request_id: Some("theirs".to_owned()), ..from("203.0.113.9") };
    let mut change = world.service.change(&context, Actor::Account(other.id)).await.unwrap();
    change.record(AuditEvent::AccountEnabled, Some(account.id), Some("A mistake".to_owned())).await.unwrap();
    change.record(AuditEvent::SignedIn, Some(other.id), None).await.unwrap();
    change.commit().await.unwrap();

    let context = from("192.0.2.1");
    let data = world.service.export_data(&world.fresh(&session.token).await, &context).await.unwrap();
    assert_eq!(data.account, account);
    assert_eq!(data.sessions.iter().map(|session| session.id).collect::<Vec<_>>(), [session.id]);
    assert!(world.caller(&gone.token).await.is_some(), "it is kept, and not live");
    let events: BTreeSet<_> = data.events.iter().map(|entry| entry.event).collect();
    assert_eq!(events, [AuditEvent::AccountEnabled, AuditEvent::DataExported].into());
    for entry in data.events {
        let reason = (entry.event == AuditEvent::AccountEnabled).then(|| "A mistake".to_owned());
        assert_eq!(entry.detail, reason, "what is said of a person is theirs to read");
        let is_own = entry.actor == Actor::Account(account.id);
        assert_eq!((entry.client_address.is_some(), entry.request_id), (is_own, None));
    }
}
