//! The database goes away, and comes back.

use std::time::{Duration, Instant};

use account_store::testing::{PostgresServer, Stop};
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
