//! Figures.

use super::*;
use crate::administration::statistics::{QueueFigures, Waits};
use crate::outbox::Queue;
use crate::password::policy::PasswordPolicy;
use crate::ports::DeliveryError;
use crate::registration::verify::{Proof, Spend, VerifyRequest};

#[tokio::test]
async fn figures_name_every_day_and_end_today() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    world.register(draft("john@acme.com")).await.unwrap();
    world.mails().await;
    world.clock.advance(DAY);
    world.register(draft("jane@acme.com")).await.unwrap();
    let figures = world.service.statistics(&admin, 3).await.unwrap().days;
    let days: Vec<_> =
        figures.iter().map(|day| (day.day.as_str(), day.registrations_started, day.mails_handed_over)).collect();
    assert_eq!(days, [("2025-12-31", 0, 0), ("2026-01-01", 1, 1), ("2026-01-02", 1, 0)]);
    assert_eq!(world.service.statistics(&admin, 0).await.unwrap().days.len(), 1);
    assert_eq!(world.service.statistics(&admin, 1_000).await.unwrap().days.len(), 31);
}

#[tokio::test]
async fn figures_say_how_long_people_waited() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let today = async || world.service.statistics(&admin, 1).await.unwrap().days.remove(0);
    assert_eq!((today().await.until_mailed, today().await.until_confirmed), (None, None));
    // 1 to 20 seconds.
    for seconds in 1..=20 {
        world.register(draft(&format!("{seconds}@acme.com"))).await.unwrap();
        world.clock.advance(Duration::from_secs(seconds));
        world.mails().await;
    }
    let expected = Waits { count: 20, median: Duration::from_secs(10), p95: Duration::from_secs(19) };
    assert_eq!(today().await.until_mailed, Some(expected));
    let accepted = world.register(draft("john@acme.com")).await.unwrap();
    let mails = world.mails().await;
    world.clock.advance(Duration::from_mins(3));
    let request = VerifyRequest {
        spend: Spend::Token(token_in(&mails[0], "")),
        proof: Proof::continuation(accepted.continuation),
        password_policy: PasswordPolicy::DEFAULT,
        context: context(),
    };
    world.service.verify_email(request).await.unwrap();
    let waited = Duration::from_mins(3);
    assert_eq!(today().await.until_confirmed, Some(Waits { count: 1, median: waited, p95: waited }));
}

#[tokio::test]
async fn figures_show_what_waits_in_the_outbox() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let queues = async || world.service.statistics(&admin, 1).await.unwrap().queues;
    let figures = |queue, queued, dead, oldest: Option<u64>| QueueFigures {
        queue,
        queued,
        dead,
        oldest: oldest.map(Duration::from_secs),
    };
    let none = [figures(Queue::Deciding, 0, 0, None), figures(Queue::Mail, 0, 0, None)];
    assert_eq!(queues().await, none);
    world.register(draft("john@acme.com")).await.unwrap();
    world.mailer.fail_next(DeliveryError::Permanent("refused".into()));
    assert_eq!(world.mails().await.len(), 0);
    for email in ["jane@acme.com", "joe@acme.com"] {
        world.register(draft(email)).await.unwrap();
        world.clock.advance(Duration::from_secs(7));
    }
    assert_eq!(queues().await, [figures(Queue::Deciding, 0, 0, None), figures(Queue::Mail, 2, 1, Some(14))]);
}
