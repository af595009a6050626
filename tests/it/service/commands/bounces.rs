//! Taking in what mail servers say of mails.

use account_tests::Service;
use account_tests::service::mail_header;

use super::{complained, said};

const REPORT: &str = include_str!("../../../../account-mail/tests/reports/exim.eml");
/// The email that the report is about.
const REPORTED: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";

#[tokio::test]
async fn a_bounce_is_read_from_a_file_or_standard_input() {
    let service = Service::start().await;
    assert_eq!(service.register("jon@acme.com").await.status, 202);
    let mail = service.wait_for_mail_to("jon@acme.com").await;
    let message_id = mail_header(&mail, "Message-ID").unwrap();
    let id = message_id.trim_start_matches('<').split('@').next().unwrap().to_owned();
    let report = REPORT.replace(REPORTED, &id);
    let output = service.run_with_input(&["mail", "bounce"], &report).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert_eq!(said(&output), format!("{id}: failed (5.0.0): marked as bounced\n"));
    std::fs::write(service.path("report.eml"), report).unwrap();
    let output = service.run(&["mail", "bounce", "report.eml"]).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert_eq!(said(&output), format!("{id}: failed (5.0.0): ignored\n"));
}

#[tokio::test]
async fn foreign_reports_succeed_and_invalid_ones_fail() {
    let service = Service::prepare(&[]);
    let output = service.run_with_input(&["mail", "bounce"], &REPORT.replace(REPORTED, "abc")).await;
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert_eq!(said(&output), "The report does not concern any email of this service.\n");
    let large = format!("{REPORT}{}", "\n".repeat(1_048_576));
    for (mail, complaint) in [("Subject: hello\n\nworld\n", "not a delivery report"), (&large, "larger than 1 MiB")] {
        let output = service.run_with_input(&["mail", "bounce"], mail).await;
        assert_eq!(output.status.code(), Some(65));
        assert!(complained(&output).contains(complaint), "{}", complained(&output));
    }
    assert_eq!(service.run(&["mail", "bounce", "missing.eml"]).await.status.code(), Some(66));
}

#[tokio::test]
async fn a_report_that_cannot_be_processed_now_is_retried() {
    // Nothing listens at port 1, no folder is below a file, and there is no such setting.
    for setting in [
        ("STORE__URL", "postgres://account@127.0.0.1:1/account"),
        ("STORE__URL", "sqlite:///dev/null/account.db"),
        ("STORE__NO_SUCH_KEY", "x"),
    ] {
        let service = Service::prepare(&[setting]);
        let output = service.run_with_input(&["mail", "bounce"], REPORT).await;
        assert_eq!(output.status.code(), Some(75), "{setting:?}: {}", complained(&output));
    }
    let output = Service::prepare(&[]).run_with_input(&["mail", "bounce", "--no-such-option"], REPORT).await;
    assert_eq!(output.status.code(), Some(75), "{}", complained(&output));
}

#[tokio::test]
async fn reports_over_http_are_limited_per_client_network_before_authentication() {
    let token = "EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ";
    let settings =
        [("LIMITS__VERIFICATIONS", "2/min"), ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8"), ("MAIL__REPORTS__TOKEN", token)];
    let service = Service::start_with(&settings).await;
    let hand_in = async |token: &str, network: &str| {
        let authorization = format!("Bearer {token}");
        let headers = [
            ("Content-Type", "message/rfc822"),
            ("Authorization", authorization.as_str()),
            ("X-Forwarded-For", network),
        ];
        service.request("POST", "/account/v1/delivery-reports", &headers, REPORT).await
    };
    assert_eq!(hand_in(token, "192.0.2.1").await.status, 202);
    assert_eq!(hand_in("guessed", "192.0.2.1").await.status, 401);
    for presented in [token, "guessed"] {
        let reply = hand_in(presented, "192.0.2.1").await;
        assert_eq!((reply.status, reply.text("/limit").as_str()), (429, "verifications"), "{presented}");
        assert!((1..=60).contains(&reply.header("retry-after").parse::<u64>().unwrap()));
    }
    assert_eq!(hand_in(token, "198.51.100.7").await.status, 202);
}
