//! Many at once.

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use super::*;

const SPELLINGS: [&str; 5] = ["john@acme.com", "John@acme.com", "JOHN@ACME.COM", "john@Acme.Com", "ｊohn@acme.com"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_redeems_wins() {
    let world = Arc::new(World::new());
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let mut redeems = JoinSet::new();
    for number in 0..100 {
        let (world, token) = (Arc::clone(&world), attempt.token.clone());
        let proof = match number % 3 {
            0 => continuation(&attempt.accepted),
            1 => password(PASSWORD),
            _ => new_password(NEW_PASSWORD),
        };
        redeems.spawn(async move { why(world.redeem(&token, proof).await) });
    }
    let outcomes = redeems.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "Gone(Used)").count(), 99, "{outcomes:?}");
    assert_eq!(world.store.accounts().len(), 1);
    assert!(world.store.row_counts()["sessions"] <= 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn link_and_code_of_one_registration_complete_it_once() {
    let world = Arc::new(World::new());
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let mut tasks = JoinSet::new();
    for number in 0..10 {
        let (world, accepted) = (Arc::clone(&world), attempt.accepted.clone());
        let (token, code) = (attempt.token.clone(), attempt.code.clone());
        tasks.spawn(async move {
            if number % 2 == 0 {
                why(world.redeem(&token, continuation(&accepted)).await)
            } else {
                why(world.enter_code(&accepted, &code).await)
            }
        });
    }
    let outcomes = tasks.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().all(|outcome| outcome == "it succeeded" || outcome == "Gone(Used)"), "{outcomes:?}");
    assert_eq!((world.store.accounts().len(), world.store.row_counts()["sessions"]), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_registrations_of_one_address_create_one_account() {
    let world = Arc::new(World::without_limits());
    let mut registering = JoinSet::new();
    for number in 0..200 {
        let world = Arc::clone(&world);
        registering.spawn(async move { world.register(SPELLINGS[number % SPELLINGS.len()]).await });
    }
    let accepted = registering.join_all().await;
    assert_eq!(accepted.iter().map(|accepted| accepted.registration).collect::<BTreeSet<_>>().len(), 200);

    let mails = world.mails().await;
    assert_eq!(mails.iter().map(token_in).collect::<BTreeSet<_>>().len(), 200, "each attempt has a mail of its own");
    let everything = Arc::new(accepted);
    let mut redeems = JoinSet::new();
    for mail in mails {
        let (world, everything) = (Arc::clone(&world), Arc::clone(&everything));
        redeems.spawn(async move { why(world.redeem(&token_in(&mail), continuations(&*everything)).await) });
    }
    let outcomes = redeems.join_all().await;
    let count = |what: &str| outcomes.iter().filter(|outcome| *outcome == what).count();
    assert_eq!(count("it succeeded"), 1);
    assert_eq!(count("Gone(AlreadyRegistered)") + count("Gone(Used)"), 199, "{outcomes:?}");
    assert_eq!((world.store.accounts().len(), world.store.row_counts()["sessions"]), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_claims_of_a_user_name_wins() {
    let world = Arc::new(World::new());
    let mut attempts = Vec::new();
    for number in 0..10 {
        let email = format!("john{number}@acme.com");
        let wanted = RegistrationDraft { user_name: "john".into(), ..draft(&email, PASSWORD) };
        attempts.push(world.attempt_by(wanted).await);
    }
    let mut tasks = JoinSet::new();
    for attempt in attempts {
        let world = Arc::clone(&world);
        tasks.spawn(async move {
            let verified = world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
            assert_eq!(verified.is_user_name_taken, verified.account.user_name.is_none());
            verified.is_user_name_taken
        });
    }
    let losers = tasks.join_all().await.into_iter().filter(|is_taken| *is_taken).count();
    assert_eq!((losers, world.store.accounts().len()), (9, 10));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_mail_each_entry_once() {
    let world = Arc::new(World::new());
    for number in 0..40 {
        world.register(&format!("john{number}@acme.com")).await;
    }
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        let world = Arc::clone(&world);
        workers.spawn(async move { world.delivery.run_until_idle().await.unwrap() });
    }
    assert_eq!(workers.join_all().await.into_iter().sum::<usize>(), 40);
    let ids: BTreeSet<_> = world.mailer.take().iter().map(|mail| mail.id).collect();
    assert_eq!(ids.len(), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_resends_leave_one_good_link() {
    let world = Arc::new(World::without_limits());
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    for _ in 0..20 {
        world.resend_by_continuation(&attempt.accepted).await.unwrap();
    }
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        let world = Arc::clone(&world);
        workers.spawn(async move { world.delivery.run_until_idle().await.unwrap() });
    }
    workers.join_all().await;
    let mut good = 0;
    for mail in world.mailer.take() {
        let refused = why(world.service.inspect_token(&token_in(&mail), &[], &Client::default()).await);
        assert!(refused == "it succeeded" || refused == "Gone(Superseded)", "{refused}");
        good += usize::from(refused == "it succeeded");
    }
    assert_eq!(good, 1);
}
