//! How soon an email leaves that one instance has written and another one sends.

use std::time::Duration;

use account_tests::{Service, SmtpServer};
use tokio::time::{sleep, timeout};

use crate::clock::{Chance, now};
use crate::crowd;
use crate::readiness;

/// The longest that it may take.
pub(super) const AT_MOST: Duration = Duration::from_secs(1);
const SAMPLES: usize = 40;
const PATIENCE: Duration = Duration::from_secs(30);
/// Apart by up to this, so that no rhythm of the worker is met.
const APART: Duration = Duration::from_millis(900);

/// Starts that instance again without a worker, registers there, and waits for the email that another one sends.
pub(super) async fn measure(writer: &mut Service, mail_server: &SmtpServer) -> Vec<Duration> {
    writer.stop().await;
    writer.launch_process_with(&["--no-worker"]);
    readiness::wait(writer.port()).await;
    let (chance, mut waits) = (Chance::new(1), Vec::new());
    for number in 0..SAMPLES {
        sleep(chance.below(APART)).await;
        let address = format!("waiting-{number}@example.org");
        let network = format!("192.168.{number}.1");
        let reply = crowd::register(writer.port(), &address, &[("X-Forwarded-For", &network)]).await;
        let answered = now();
        assert!(reply.is_ok_and(|reply| reply.status == 202), "a registration is acknowledged");
        let arrived = timeout(PATIENCE, arrival(mail_server, &address)).await.expect("its mail arrives");
        waits.push(Duration::from_secs_f64((arrived - answered).max(0.0)));
    }
    waits
}

/// When the email to that address came.
async fn arrival(mail_server: &SmtpServer, address: &str) -> f64 {
    loop {
        let noted = mail_server.noted_bytes();
        let mails = mail_server.mails();
        let mail = mails.iter().rev().find(|mail| mail.to.iter().any(|to| to == address));
        if let Some(mail) = mail {
            return mail.arrived;
        }
        while mail_server.noted_bytes() == noted {
            sleep(Duration::from_millis(5)).await;
        }
    }
}
