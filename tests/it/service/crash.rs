//! The process is killed at any moment.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use account_tests::Service;
use account_tests::service::mail_header;
use futures_util::future::join_all;

const KILLS: u64 = 12;

/// Every acknowledged registration is there after the last start, and has its email; an email that was sent twice has
/// the same Message-ID (and so the same file).
#[tokio::test]
async fn killing_the_service_loses_no_acknowledged_registration_and_no_mail() {
    let mut service = Service::prepare(&[]);
    let acknowledged = Mutex::new(BTreeMap::new());
    for round in 0..KILLS {
        service.launch().await;
        let running = &service;
        let clients = join_all((0..8).map(|client| {
            let acknowledged = &acknowledged;
            async move {
                for n in 0.. {
                    let email = format!("p{round}-{client}-{n}@acme.com");
                    let body = serde_json::json!({"email": email, "password": "velvet lantern gravel orchid"});
                    let headers = [("Content-Type", "application/json")];
                    match running.try_request("POST", "/account/v1/registrations", &headers, &body.to_string()).await {
                        Ok(reply) => {
                            assert_eq!(reply.status, 202, "{}", reply.body);
                            let known = (reply.text("/registration_id"), reply.text("/continuation"));
                            acknowledged.lock().unwrap().insert(email, known);
                        }
                        // It was killed: whether this one counts, nobody was told.
                        Err(_) => return,
                    }
                }
            }
        }));
        // Moments from right after the start to well under way, spread without a pattern.
        let moment = Duration::from_millis(40 + (round * 7_919) % 400);
        let signal = async {
            tokio::time::sleep(moment).await;
            running.signal("KILL").await;
        };
        futures_util::future::join(clients, signal).await;
        service.kill().await;
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() > 50, "enough to mean something: {}", acknowledged.len());

    service.launch().await;
    for (email, (id, continuation)) in &acknowledged {
        let path = format!("/account/v1/registrations/{id}");
        let reply = service.request("GET", &path, &[("X-Registration-Continuation", continuation)], "").await;
        assert_eq!((reply.status, &reply.text("/email")), (200, email), "an acknowledged registration is lost");
    }
    // Leases of the killed workers run out after 20 seconds; then the last emails go out.
    let mut missing = Vec::new();
    for _ in 0..600 {
        let recipients: Vec<_> = service.mails().values().filter_map(|mail| mail_header(mail, "To")).collect();
        missing = acknowledged.keys().filter(|email| !recipients.contains(email)).cloned().collect();
        if missing.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(missing.is_empty(), "{} of {} have no mail: {}", missing.len(), acknowledged.len(), service.output());
    for (name, mail) in service.mails() {
        let id = mail_header(&mail, "Message-ID").unwrap();
        assert!(id.starts_with(&format!("<{}@", name.trim_end_matches(".eml"))), "{name}: {id}");
    }
}
