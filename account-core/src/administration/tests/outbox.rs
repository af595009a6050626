//! The outbox.

use super::*;
use crate::outbox::OutboxState;
use crate::paging::PageRequest;
use crate::ports::DeliveryError;

#[tokio::test]
async fn a_dead_entry_is_requeued_and_settled_ones_stay() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    world.register(draft("john@acme.com")).await.unwrap();
    world.mailer.fail_next(DeliveryError::Permanent("refused".into()));
    assert_eq!(world.mails().await.len(), 0);
    let list = async |state| world.service.list_outbox(&admin, state, PageRequest::default()).await.unwrap().items;
    let [dead] = list(Some(OutboxState::Dead)).await.try_into().unwrap();
    let redriven = world.service.redrive(&admin, dead.id, &context()).await.unwrap();
    assert_eq!(redriven.state, OutboxState::Queued);
    assert_eq!(world.mails().await.len(), 1);
    assert_eq!(why(world.service.redrive(&admin, dead.id, &context()).await), "NotRedrivable");
    assert_eq!(why(world.service.drop_entry(&admin, dead.id, &context()).await), "NotRedrivable");
    let unknown = crate::id::OutboxId::from_uuid(uuid::Uuid::from_u128(1));
    assert_eq!(why(world.service.drop_entry(&admin, unknown, &context()).await), "NotFound");
    assert_eq!(why(world.service.read_outbox_entry(&admin, unknown).await), "NotFound");
    let (actor, detail) = (Actor::Account(admin.id()), Some(dead.id.to_string()));
    assert_eq!(world.trail(), [(AuditEvent::OutboxRedriven, actor, None, detail)]);
}

#[tokio::test]
async fn a_queued_mail_can_be_dropped() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    world.register(draft("john@acme.com")).await.unwrap();
    let id = world.store.outbox()[0].id;
    let dropped = world.service.drop_entry(&admin, id, &context()).await.unwrap();
    assert_eq!(dropped.state, OutboxState::Dropped);
    assert_eq!(world.mails().await.len(), 0);
}
