//! Starting and stopping.

use std::time::Duration;

use account_tests::Service;

#[tokio::test]
async fn a_stopping_service_finishes_accepted_requests() {
    // One expensive hash at a time, so that requests are under way when the signal comes.
    let settings = [("HASHING__MEMORY_KIB", "65536"), ("HASHING__ITERATIONS", "3"), ("HASHING__WORKERS", "1")];
    let mut service = Service::start_with(&settings).await;
    let running = &service;
    let requests = futures_util::future::join_all(
        (0..4).map(|n| async move { running.register(&format!("p{n}@acme.com")).await.status }),
    );
    let signal = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        running.signal("TERM").await;
    };
    let (statuses, ()) = futures_util::future::join(requests, signal).await;
    assert_eq!(statuses, [202; 4]);
    let status = service.stop_status().await;
    assert!(status.success(), "{status}: {}", service.output());
    assert!(service.try_request("GET", "/health/liveness", &[], "").await.is_err(), "nobody listens any more");

    service.launch().await;
    service.wait_for_mails(4).await;
}

#[tokio::test]
async fn the_start_message_says_where_everything_is() {
    let service = Service::start().await;
    let output = service.output();
    for text in ["/authenticate/register", "/docs", "account-data/mail", "curl"] {
        assert!(output.contains(text), "{text}: {output}");
    }
}

#[tokio::test]
async fn an_unknown_key_is_an_error_that_names_the_nearest_one() {
    let service = Service::prepare(&[("HTTP__BINT", "127.0.0.1:1"), ("LIMITS__RESEND", "often")]);
    let output = service.command(&["serve"]).output().await.unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("ACCOUNT_HTTP__BINT") && text.contains("http.bind"), "{text}");
    assert!(text.contains("limits.resend"), "all problems at once: {text}");
}
