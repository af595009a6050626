//! The database goes away, and comes back.

use std::time::{Duration, Instant};

use account_store::testing::{PostgresServer, Stop, TcpSwitch};
use account_tests::{Reply, Service};
use tokio::time::sleep;

/// Asks until it is so, and returns how long that took.
async fn wait_for(service: &Service, status: u16) -> (Duration, Reply) {
    let begun = Instant::now();
    loop {
        let reply = service.request("GET", "/health/readiness", &[], "").await;
        if reply.status == status {
            return (begun.elapsed(), reply);
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "readiness stays {}", reply.status);
        sleep(Duration::from_millis(20)).await;
    }
}

/// A proxy sends requests elsewhere meanwhile, and nobody has to restart the service.
#[tokio::test(flavor = "multi_thread")]
async fn readiness_follows_the_database() {
    let mut database = PostgresServer::start().await;
    let mut service = Service::prepare(&[("STORE__URL", &database.url())]);
    service.launch().await;
    for how in [Stop::Fast, Stop::Immediate] {
        database.stop(how);
        let (red, reply) = wait_for(&service, 503).await;
        assert!(red < Duration::from_secs(2), "{how:?}: red only after {red:?}");
        assert_eq!(reply.header("retry-after"), "1");
        assert_eq!(service.request("GET", "/health/liveness", &[], "").await.status, 204, "{how:?}: it is alive");
        database.start_again().await;
        let (green, _) = wait_for(&service, 204).await;
        assert!(green < Duration::from_secs(10), "{how:?}: green only after {green:?}");
        // A connection that was in use a moment ago is not asked whether it is still there: it may fail once.
        let begun = Instant::now();
        while service.register("ada@acme.com").await.status != 202 {
            assert!(begun.elapsed() < Duration::from_secs(10), "{how:?}: it does not serve: {}", service.output());
            sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Returns the settings of a service whose database is behind the switch.
fn behind(switch: &TcpSwitch) -> String {
    format!("postgres://account@127.0.0.1:{}/postgres", switch.port())
}

/// Longest time that a request may take: waiting for a connection, then for one statement.
const LONGEST_ANSWER: Duration = Duration::from_secs(25);
/// The documented time that a stopping process has: for what it does, to close the database, and for the last traces.
const LONGEST_STOP: Duration = Duration::from_secs(25 + 3 + 2);

/// Packets that are lost are not noticed by anybody but the clock.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_database_is_an_answer_in_time_and_delays_no_stop() {
    let database = PostgresServer::start().await;
    let switch = TcpSwitch::to(database.socket()).await.unwrap();
    let mut service = Service::prepare(&[("STORE__URL", &behind(&switch))]);
    service.launch().await;
    assert_eq!(service.register("ada@acme.com").await.status, 202);
    switch.swallow();
    let (red, _) = wait_for(&service, 503).await;
    assert!(red < Duration::from_secs(3), "red only after {red:?}");
    let begun = Instant::now();
    let running = &service;
    let requests = (0..4).map(|n| async move { running.register(&format!("p{n}@acme.com")).await });
    for reply in futures_util::future::join_all(requests).await {
        assert_eq!((reply.status, reply.header("retry-after").is_empty()), (503, false));
    }
    assert!(begun.elapsed() < LONGEST_ANSWER, "answered only after {:?}", begun.elapsed());

    switch.pass();
    let (green, _) = wait_for(&service, 204).await;
    assert!(green < Duration::from_secs(5), "green only after {green:?}");
    while service.register("bob@acme.com").await.status != 202 {
        assert!(begun.elapsed() < LONGEST_ANSWER + Duration::from_secs(5), "it does not serve: {}", service.output());
    }

    switch.swallow();
    let begun = Instant::now();
    let running = &service;
    let requests = (4..8).map(|n| async move { running.register(&format!("p{n}@acme.com")).await.status });
    let requests = futures_util::future::join_all(requests);
    let signal = async {
        sleep(Duration::from_millis(100)).await;
        running.signal("TERM").await;
    };
    let (statuses, ()) = futures_util::future::join(requests, signal).await;
    assert_eq!(statuses, [503; 4]);
    service.stop_status().await;
    assert!(begun.elapsed() < LONGEST_STOP, "stopped only after {:?}: {}", begun.elapsed(), service.output());
}

/// Nothing listens there, and nobody comes.
#[tokio::test]
async fn a_start_without_its_database_says_why_once_and_ends_after_a_while() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://account:geheim@127.0.0.1:{port}/account");
    let service = Service::prepare(&[("STORE__URL", &url), ("STORE__WAIT", "3s")]);
    let begun = Instant::now();
    let output = service.command(&["serve"]).output().await.unwrap();
    assert!(!output.status.success());
    assert!((Duration::from_secs(3)..Duration::from_secs(8)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let reason = format!("cannot reach PostgreSQL at 127.0.0.1:{port}: connection refused");
    // In the log, and as the last word.
    assert_eq!(text.matches(&reason).count(), 2, "{text}");
    assert!(!text.contains("geheim"), "{text}");
}

#[tokio::test]
async fn a_start_waits_for_its_database() {
    let mut database = PostgresServer::start().await;
    database.stop(Stop::Fast);
    let mut service = Service::prepare(&[("STORE__URL", &database.url())]);
    service.launch_process();
    let begun = Instant::now();
    while !service.output().contains("there is no such socket") {
        assert!(begun.elapsed() < Duration::from_secs(5), "it does not say why: {}", service.output());
        sleep(Duration::from_millis(20)).await;
    }
    database.start_again().await;
    service.wait_until_ready().await;
    assert_eq!(service.register("ada@acme.com").await.status, 202);
}

#[tokio::test]
async fn a_misspelled_parameter_of_the_databases_url_is_a_problem_of_the_configuration() {
    let url = "postgres://account:geheim@db.example.com/account?sslmod=verify-full";
    let service = Service::prepare(&[("STORE__URL", url)]);
    let output = service.command(&["config", "check"]).output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && text.contains("`sslmod`") && text.contains("`sslmode`"), "{text}");
    assert!(!text.contains("geheim"), "{text}");
}
