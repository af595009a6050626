//! Emails about accounts that the worker decides by reading.

use std::sync::Arc;

use super::*;
use crate::id::InvitationId;
use crate::invitation::{Invitation, InvitationState};
use crate::one_time_token::Purpose;
use crate::one_time_token::master_key::MasterKey;
use crate::outbox::delivery::{Delivery, Links, Outcome};
use crate::outbox::{Intent, Notice, OutboxState, Queue};
use crate::ports::DeliveryError;
use crate::service::{AccountService, Issue, Ports, Settings};
use crate::testing::SeededEntropy;

impl World {
    async fn enqueue(&self, intent: Intent) {
        let context = by();
        let mut change = self.service.change(&context, Actor::Service).await.unwrap();
        change.enqueue(intent).await.unwrap();
        change.commit().await.unwrap();
    }

    async fn invite(&self, email: &str) -> Invitation {
        let (ports, key) = (&self.service.ports, &self.service.settings.master_keys.current);
        let context = by();
        let mut change = self.service.change(&context, Actor::Operator).await.unwrap();
        let invitation = Invitation {
            id: InvitationId::generate(&*ports.clock, &*ports.entropy),
            address: crate::email_address::EmailAddress::parse(email).unwrap(),
            role: Role::User,
            organization: None,
            organization_role: None,
            invited_by: None,
            state: InvitationState::Pending,
            generation: 1,
            key_id: key.id().to_owned(),
            created_at: change.now,
            expires_at: change.now + 7 * 24 * HOUR,
        };
        let (subject, address) = (invitation.id.as_uuid(), &invitation.address);
        let (purpose, expires_at) = (Purpose::Invitation, invitation.expires_at);
        change.unit.insert_invitation(&invitation).await.unwrap();
        change
            .issue(Issue { purpose, subject, generation: 1, address, epoch: None, session: None, expires_at })
            .await
            .unwrap();
        let (id, address) = (invitation.id, invitation.address.clone());
        change.enqueue(Intent::Invitation { invitation: id, address, generation: 1 }).await.unwrap();
        change.commit().await.unwrap();
        invitation
    }

    async fn deliver_one(&self) -> Outcome {
        let claimed = self.delivery.claim(&Queue::Mail, 1).await.unwrap();
        self.delivery.deliver(&claimed[0]).await.unwrap().outcome
    }
}

#[tokio::test]
async fn every_notice_goes_to_the_address_it_names_in_the_accounts_language() {
    let world = World::new();
    let account = world.account_with(EMAIL, |account| account.profile.language = Some("de".to_owned())).await;
    let old = crate::email_address::EmailAddress::parse("old@acme.com").unwrap();
    let happened = world.clock.now();
    for notice in Notice::ALL {
        world.enqueue(Intent::Notice { account: account.id, address: old.clone(), notice, identity: None }).await;
        world.clock.advance(SECOND);
        let mail = world.mail("notice").await;
        let MailContent::Notice { notice: told, at, sign_in, forgot, .. } = &mail.content else { panic!() };
        assert_eq!((*told, mail.to.as_str(), mail.language.as_deref()), (notice, "old@acme.com", Some("de")));
        assert!(*at >= happened && *at < world.clock.now(), "when it happened, not when it is told");
        assert_eq!(sign_in.expose(), "https://accounts.example.com/authenticate/sign-in");
        assert_eq!(forgot.expose(), "https://accounts.example.com/authenticate/forgot");
    }
}

#[tokio::test]
async fn a_notice_is_sent_within_three_days() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let (id, address) = (account.id, account.address);
    world.enqueue(Intent::Notice { account: id, address, notice: Notice::PasswordChanged, identity: None }).await;
    world.mailer.fail_next(DeliveryError::Transient("451".into()));
    assert_eq!(world.deliver_one().await, Outcome::Deferred);
    world.clock.advance(3 * 24 * HOUR - MICROSECOND);
    world.mailer.fail_next(DeliveryError::Transient("451".into()));
    assert_eq!(world.deliver_one().await, Outcome::Dead);
    let entry = world.store.outbox().remove(0);
    let redriven = world.commit(async |unit| unit.redrive_entry(entry.id, world.clock.now()).await.unwrap()).await;
    assert_eq!(redriven, crate::ports::store::Update::Applied);
    world.clock.advance(MICROSECOND);
    assert_eq!(world.deliver_one().await, Outcome::Dead, "nobody is told of it by now");
    assert_eq!(world.mailer.sent().len(), 0);
}

#[tokio::test]
async fn only_the_current_generation_of_a_pending_invitation_is_mailed() {
    let world = World::new();
    let invitation = world.invite("New@acme.com").await;
    let mail = world.mail("invitation").await;
    assert_eq!(mail.to.as_str(), "New@acme.com");
    let token = SecretToken::parse(&link_in(&mail)).unwrap();
    assert!(world.store.tokens().iter().any(|stored| stored.digest == token.digest()));
    let (id, address) = (invitation.id, invitation.address.clone());
    let again = |generation| Intent::Invitation { invitation: id, address: address.clone(), generation };
    world.enqueue(again(2)).await;
    assert_eq!(world.mails().await.len(), 0, "that generation was never made");
    world.commit(async |unit| unit.end_invitation(id, InvitationState::Revoked).await.map(|_| ()).unwrap()).await;
    world.enqueue(again(1)).await;
    assert_eq!(world.mails().await.len(), 0);
    let states: Vec<_> = world.store.outbox().iter().map(|entry| entry.state).collect();
    assert_eq!(states.iter().filter(|state| **state == OutboxState::Dropped).count(), 2);
}

#[tokio::test]
async fn registering_during_deletion_is_told_the_last_day_to_cancel() {
    let world = World::new();
    let due_at = world.clock.now() + HOUR;
    world.account_with(EMAIL, |account| account.deletion_due_at = Some(due_at)).await;
    world.register(EMAIL).await;
    let mail = world.mail("already-registered").await;
    let MailContent::AlreadyRegistered { deletion_due_at, .. } = mail.content else { panic!() };
    assert_eq!(deletion_due_at, Some(due_at));
}

#[tokio::test]
async fn links_of_a_retired_master_key_are_mailed_while_it_is_configured() {
    for is_kept in [true, false] {
        let world = World::new();
        let account = world.account(EMAIL).await;
        let session = world.open(&account).await;
        world.move_to(&session.token, "jay@acme.com").await.unwrap();
        let mut settings = Settings::clone(&world.service.settings);
        let next = MasterKey::generate(&SeededEntropy::new(9));
        let earlier = std::mem::replace(&mut settings.master_keys.current, next);
        settings.master_keys.retired.extend(is_kept.then_some(earlier));
        let service = AccountService::new(Ports::clone(&world.service.ports), settings);
        let links = Links::new("https://accounts.example.com");
        Delivery::new(&service, Arc::clone(&world.mailer) as _, links).run_until_idle().await.unwrap();
        let mut mails = world.mailer.take();
        mails.retain(|mail| mail.content.name() == "confirm-new-address");
        if is_kept {
            let caller = world.verified(&session.token).await;
            let confirmed = service.confirm_address(&caller, &link_in(&mails[0]), &by()).await.unwrap();
            assert_eq!(confirmed.account.address.as_str(), "jay@acme.com");
        } else {
            assert_eq!(mails.len(), 0);
            let dead = world.store.outbox().into_iter().filter(|entry| entry.state == OutboxState::Dead);
            assert_eq!(dead.count(), 1, "it can be sent once the key is there again");
        }
    }
}
