//! What the tests share.

use std::time::Duration;

use account_core::outbox::mail::Mail;
use account_core::ports::{DeliveryError, Mailer};
use account_mail::SmtpMailer;
use account_mail::config::{MailSettings, SmtpSettings};
use account_mail::testing::SmtpSink;

/// Long enough for everything that is answered at all.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// For what is never answered.
pub(crate) const IMPATIENCE: Duration = Duration::from_millis(300);

pub(crate) fn settings(sink: &SmtpSink) -> SmtpSettings {
    SmtpSettings::parse(&sink.url()).unwrap().with_deadline(PATIENCE)
}

pub(crate) fn mailer(sink: &SmtpSink) -> SmtpMailer {
    SmtpMailer::new(&settings(sink), &MailSettings::default()).unwrap()
}

/// The verdict and its reason: `transient: RCPT: the server answered ..`.
pub(crate) async fn verdict(mailer: &SmtpMailer, mail: &Mail) -> Result<(), String> {
    mailer.send(mail).await.map_err(|error| match error {
        DeliveryError::Transient(reason) => format!("transient: {reason}"),
        DeliveryError::ShutOut(reason) => format!("shut out: {reason}"),
        DeliveryError::Permanent(reason) => format!("permanent: {reason}"),
        DeliveryError::Recipient(reason) => format!("recipient: {reason}"),
        DeliveryError::Sender(reason) => format!("sender: {reason}"),
    })
}

/// Fails unless the verdict begins so.
#[track_caller]
pub(crate) fn assert_verdict(verdict: &Result<(), String>, expected: &str) {
    match verdict {
        Err(text) if text.starts_with(expected) => {}
        other => panic!("{expected}.. expected, got {other:?}"),
    }
}
