//! Taking in what mail servers say of mails.

use account_tests::Service;
use account_tests::service::mail_header;

use super::{complained, said};

const REPORT: &str = include_str!("../../../../account-mail/tests/reports/exim.eml");
/// The mail that the report is about.
const REPORTED: &str = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";

#[tokio::test]
async fn a_mail_that_came_back_is_marked_from_a_file_or_from_standard_input() {
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
    assert_eq!(said(&output), format!("{id}: failed (5.0.0): nothing to do\n"));
}

#[tokio::test]
async fn a_report_of_others_is_well_and_no_report_is_not() {
    let service = Service::prepare(&[]);
    let output = service.run_with_input(&["mail", "bounce"], &REPORT.replace(REPORTED, "abc")).await;
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert_eq!(said(&output), "The report is about no mail of this service.\n");
    let large = format!("{REPORT}{}", "\n".repeat(1_048_576));
    for (mail, complaint) in [("Subject: hello\n\nworld\n", "no delivery report"), (&large, "more than 1 MiB")] {
        let output = service.run_with_input(&["mail", "bounce"], mail).await;
        assert_eq!(output.status.code(), Some(1));
        assert!(complained(&output).contains(complaint), "{}", complained(&output));
    }
    assert_eq!(service.run(&["mail", "bounce", "missing.eml"]).await.status.code(), Some(1));
}
