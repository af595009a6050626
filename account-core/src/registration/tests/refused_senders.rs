//! Mail servers that refuse who sends: one for reasons of its own, or all.

use std::sync::Arc;

use super::*;
use crate::outbox::delivery::{Ended, News, Outcome};
use crate::outbox::refused_sender::RefusedSender;
use crate::outbox::{Fault, OutboxEntry, OutboxState, Queue};
use crate::ports::DeliveryError;
use crate::registration::status::MailProgress;

fn refused() -> DeliveryError {
    DeliveryError::Sender("554 5.7.1 Relay access denied".into())
}

fn shut_out() -> DeliveryError {
    DeliveryError::ShutOut("535 5.7.8 bad credentials".into())
}

impl World {
    /// Delivers everything that is due, to servers that refuse us.
    async fn refuse_all(&self, error: fn() -> DeliveryError) -> Vec<Ended> {
        let mut ended = Vec::new();
        for claimed in self.delivery.claim(&Queue::Mail, 100).await.unwrap() {
            self.mailer.fail_next(error());
            ended.push(self.delivery.deliver(&claimed).await.unwrap());
        }
        ended
    }

    async fn accept_all(&self) -> Vec<Ended> {
        let mut ended = Vec::new();
        for claimed in self.delivery.claim(&Queue::Mail, 100).await.unwrap() {
            ended.push(self.delivery.deliver(&claimed).await.unwrap());
        }
        ended
    }

    fn entry_to(&self, address: &str) -> OutboxEntry {
        let is_to = |entry: &OutboxEntry| entry.intent.address().is_some_and(|to| to.as_str() == address);
        self.store.outbox().into_iter().find(is_to).unwrap()
    }

    fn every_state(&self) -> Vec<OutboxState> {
        self.store.outbox().iter().map(|entry| entry.state).collect()
    }

    /// Registers that address, whose server refuses it until it is given up.
    async fn give_up(&self, address: &str) {
        self.register(address).await;
        while self.entry_to(address).state == OutboxState::Queued {
            self.refuse_all(refused).await;
            self.clock.advance(MINUTE);
        }
    }
}

#[tokio::test]
async fn a_sender_that_one_domain_refuses_gets_three_attempts() {
    let world = World::without_limits();
    let accepted = world.register("john@acme.com").await;
    world.register("jane@acme.com").await;
    world.register("jim@other.com").await;
    for attempt in 1..=3 {
        let outcome = if attempt < 3 { Outcome::Deferred } else { Outcome::Dead };
        let ended = world.refuse_all(refused).await;
        assert_eq!(ended, [outcome; 3], "{attempt}");
        assert!(ended.iter().all(|ended| ended.news.is_none()));
        assert!(ended[0].note.as_ref().unwrap().ends_with("554 5.7.1 Relay access denied"));
        world.clock.advance(MINUTE);
    }
    assert!(world.refuse_all(refused).await.is_empty());
    assert_eq!(world.entry_to("john@acme.com").attempts, 3);
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Failed, "nobody says that the address is wrong");
    let known = world.service.refused_sender().await.unwrap();
    assert_eq!((known.domains.len(), known.is_alarming()), (2, false));
    // Another one can be requested.
    world.resend_by_continuation(&accepted).await.unwrap();
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn refusals_of_a_clock_that_was_fast_raise_no_alarm() {
    let world = World::without_limits();
    world.clock.advance(2 * 60 * MINUTE);
    for address in ["a@one.com", "b@two.com", "c@three.com"] {
        world.register(address).await;
    }
    world.refuse_all(refused).await;
    assert!(world.service.refused_sender().await.unwrap().is_alarming());
    world.clock.set(world.clock.now() - 2 * 60 * MINUTE);
    assert!(!world.service.refused_sender().await.unwrap().is_alarming());
    // A refusal now is looked at, and says that it is over.
    world.register("d@four.com").await;
    let ended = world.refuse_all(refused).await;
    assert_eq!(ended, [Outcome::Deferred]);
    assert_eq!(ended[0].news, Some(News::SenderAccepted));
    assert_eq!(world.entry_to("d@four.com").attempts, 1);
}

#[tokio::test]
async fn many_refusals_from_the_future_hide_no_alarm() {
    let world = World::without_limits();
    world.clock.advance(2 * 60 * MINUTE);
    for number in 0..201 {
        world.register(&format!("fast.{number}@one.com")).await;
    }
    while !world.refuse_all(refused).await.is_empty() {}
    world.clock.set(world.clock.now() - 2 * 60 * MINUTE);
    for address in ["a@one.com", "b@two.com", "c@three.com"] {
        world.register(address).await;
    }
    let ended = world.refuse_all(refused).await;
    assert!(ended.iter().any(|ended| matches!(ended.news, Some(News::SenderRefused { domains: 3, .. }))));
    let known = world.service.refused_sender().await.unwrap();
    assert_eq!((known.domains.len(), known.last_at), (3, Some(world.clock.now())));
}

#[tokio::test]
async fn three_domains_within_ten_minutes_raise_the_alarm_and_revive_what_was_refused() {
    let world = World::without_limits();
    world.give_up("a@one.com").await;
    world.give_up("b@two.com").await;
    assert_eq!(world.every_state(), [OutboxState::Dead; 2]);
    world.register("c@three.com").await;
    let ended = world.refuse_all(refused).await;
    assert_eq!(ended, [Outcome::Deferred]);
    assert_eq!(ended[0].news, Some(News::SenderRefused { domains: 3, revived: 2 }));
    let known = world.service.refused_sender().await.unwrap();
    assert!(known.is_alarming());
    assert_eq!(known.last_at, Some(world.clock.now()));
    assert!(known.last_note.unwrap().contains("554 5.7.1 Relay access denied"));

    // As long as it takes, nothing is given up, and the server is not stormed.
    let mut attempts = 0;
    for _ in 0..240 {
        world.clock.advance(MINUTE);
        let ended = world.refuse_all(refused).await;
        attempts += ended.len();
        assert!(ended.iter().all(|ended| *ended == Outcome::Deferred && ended.news.is_none()), "{ended:?}");
    }
    assert!((3 * 40..3 * 70).contains(&attempts), "every four to five minutes: {attempts}");

    // Cured: the first one that is accepted brings the others.
    let mut ended = Vec::new();
    while ended.is_empty() {
        world.clock.advance(MINUTE);
        ended = world.accept_all().await;
    }
    while world.every_state().contains(&OutboxState::Queued) {
        ended.extend(world.accept_all().await);
    }
    assert_eq!(ended, [Outcome::HandedOver; 3]);
    let news: Vec<_> = ended.iter().filter_map(|ended| ended.news).collect();
    assert_eq!(news, [News::SenderAccepted]);
    assert_eq!(world.mailer.take().len(), 3);
    assert_eq!(world.service.refused_sender().await.unwrap(), RefusedSender::default());
}

#[tokio::test]
async fn what_was_refused_long_ago_stays_dead() {
    let world = World::without_limits();
    world.give_up("old@old.com").await;
    world.clock.advance(10 * MINUTE);
    for domain in ["one.com", "two.com"] {
        world.give_up(&format!("a@{domain}")).await;
    }
    world.register("c@three.com").await;
    let ended = world.refuse_all(refused).await;
    assert_eq!(ended[0].news, Some(News::SenderRefused { domains: 3, revived: 2 }));
    assert_eq!(world.entry_to("old@old.com").state, OutboxState::Dead);
}

#[tokio::test]
async fn three_domains_in_more_than_ten_minutes_are_no_alarm() {
    let world = World::without_limits();
    for domain in ["one.com", "two.com", "three.com", "four.com"] {
        world.give_up(&format!("a@{domain}")).await;
        world.clock.advance(5 * MINUTE);
    }
    assert_eq!(world.every_state(), [OutboxState::Dead; 4]);
}

#[tokio::test]
async fn many_refusals_of_recipients_or_messages_are_no_alarm() {
    let world = World::without_limits();
    for number in 0..9 {
        world.register(&format!("a@domain{number}.com")).await;
    }
    let recipient = || DeliveryError::Recipient("550 5.1.1".into());
    let ended = world.refuse_all(recipient).await;
    assert!(ended.iter().all(|ended| *ended == Outcome::Dead && ended.news.is_none()));
    assert!(world.store.outbox().iter().all(|entry| entry.refusal.unwrap().fault == Fault::Recipient));
    assert_eq!(world.service.refused_sender().await.unwrap(), RefusedSender::default());
}

#[tokio::test]
async fn a_service_that_is_shut_out_gives_nothing_up_and_raises_the_alarm() {
    let world = World::without_limits();
    let accepted = world.register("john@acme.com").await;
    for _ in 0..30 {
        assert!(world.refuse_all(shut_out).await.iter().all(|ended| *ended == Outcome::Deferred));
        world.clock.advance(10 * MINUTE);
    }
    assert!(world.entry_to("john@acme.com").attempts > 10);
    assert_eq!(world.status(&accepted).await.mail, MailProgress::Deferred);
    for domain in ["one.com", "two.com", "three.com"] {
        world.register(&format!("a@{domain}")).await;
    }
    let news: Vec<_> = world.refuse_all(shut_out).await.into_iter().filter_map(|ended| ended.news).collect();
    assert!(matches!(news[..], [News::SenderRefused { domains: 3, revived: 0 }]), "{news:?}");
}

#[tokio::test]
async fn a_domain_that_refuses_us_after_the_cure_is_alone_again() {
    let world = World::without_limits();
    for domain in ["one.com", "two.com", "three.com"] {
        world.register(&format!("a@{domain}")).await;
    }
    for _ in 0..9 {
        world.refuse_all(refused).await;
        world.clock.advance(5 * MINUTE);
    }
    assert_eq!(world.every_state(), [OutboxState::Queued; 3]);
    // Two accept us, the third does not.
    for _ in 0..9 {
        for claimed in world.delivery.claim(&Queue::Mail, 100).await.unwrap() {
            if claimed.entry().intent.address().unwrap().as_str() == "a@three.com" {
                world.mailer.fail_next(refused());
            }
            world.delivery.deliver(&claimed).await.unwrap();
        }
        world.clock.advance(5 * MINUTE);
    }
    let states = ["one.com", "two.com", "three.com"].map(|domain| world.entry_to(&format!("a@{domain}")).state);
    assert_eq!(states, [OutboxState::HandedOver, OutboxState::HandedOver, OutboxState::Dead]);
    assert!(!world.service.refused_sender().await.unwrap().is_alarming());
}

#[tokio::test]
async fn an_alarm_is_everybodys() {
    let world = World::without_limits();
    // Another process on the same store, which has seen nothing.
    let other = Delivery::new(&world.service, Arc::clone(&world.mailer) as _, Links::new("https://x.org"));
    world.give_up("a@one.com").await;
    world.give_up("b@two.com").await;
    world.register("c@three.com").await;
    world.mailer.fail_next(refused());
    let claimed = other.claim(&Queue::Mail, 1).await.unwrap();
    let ended = other.deliver(&claimed[0]).await.unwrap();
    assert_eq!(ended.news, Some(News::SenderRefused { domains: 3, revived: 2 }));
    assert_eq!(world.every_state(), [OutboxState::Queued; 3]);
    // The first one is told, too, and gives nothing up.
    world.clock.advance(5 * MINUTE);
    let ended = world.refuse_all(refused).await;
    assert_eq!(ended, [Outcome::Deferred; 3]);
    assert_eq!(ended[0].news, Some(News::SenderRefused { domains: 3, revived: 0 }));
}

#[tokio::test]
async fn many_that_wait_are_released_step_by_step() {
    let world = World::without_limits();
    for number in 0..60 {
        world.register(&format!("a@domain{number}.com")).await;
    }
    for _ in 0..8 {
        world.refuse_all(refused).await;
        world.clock.advance(5 * MINUTE);
    }
    // One is accepted, and at most four more are tried for it.
    let [claimed] = <[_; 1]>::try_from(world.delivery.claim(&Queue::Mail, 1).await.unwrap()).unwrap();
    let rest = world.delivery.claim(&Queue::Mail, 100).await.unwrap();
    for claimed in &rest {
        world.mailer.fail_next(refused());
        world.delivery.deliver(claimed).await.unwrap();
    }
    world.delivery.deliver(&claimed).await.unwrap();
    assert_eq!(world.refuse_all(refused).await.len(), 4);
    assert!(world.refuse_all(refused).await.is_empty(), "no storm");
    world.clock.advance(5 * MINUTE);
    let mut rounds = 0;
    while world.every_state().contains(&OutboxState::Queued) {
        world.accept_all().await;
        rounds += 1;
    }
    assert!(rounds <= 4, "{rounds}");
    assert_eq!(world.mailer.take().len(), 60);
}
