//! Emails as files: one `.eml` per email in a directory.

mod directory;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use account_core::id::OutboxId;
use account_core::outbox::mail::Mail;
use account_core::ports::{DeliveryError, Mailer};
use async_trait::async_trait;

use crate::config::MailSettings;
use crate::message::Composer;
use directory::{Directory, EXTENSION};

/// Writes each email to `{directory}/{outbox id}.eml`.
///
/// A file appears under this name only when it is complete, and `send` returns only when file and name would survive a
/// power failure: the content is synced, then renamed into place, then the directory is synced. (Emails written at the
/// same time share one sync of the directory.) Otherwise the outbox would mark an email as sent that a crash can still
/// lose. Sending the same email again replaces its file.
///
/// The directory is created if it does not exist (mode 0700, files 0600): an email contains a link that gives access to
/// an account.
#[derive(Debug)]
pub struct FileMailer {
    composer: Composer,
    directory: Arc<Directory>,
}

/// The directory for emails cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the directory `{}` for emails", path.display())]
pub struct FileMailerError {
    path: PathBuf,
    #[source]
    source: std::io::Error,
}

/// Returns the file of an email in this directory.
#[must_use]
pub fn mail_file(directory: &Path, id: OutboxId) -> PathBuf {
    directory.join(format!("{id}.{EXTENSION}"))
}

impl FileMailer {
    /// Opens the directory, and creates it if it does not exist. Blocks briefly; call it at start-up.
    ///
    /// # Errors
    /// [`FileMailerError`] if the directory cannot be created or read.
    pub fn open(directory: impl Into<PathBuf>, settings: &MailSettings) -> Result<Self, FileMailerError> {
        let path = directory.into();
        match Directory::open(path.clone()) {
            Ok(directory) => Ok(Self { composer: Composer::new(settings), directory: Arc::new(directory) }),
            Err(source) => Err(FileMailerError { path, source }),
        }
    }

    /// Returns the directory of the mails.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }
}

#[async_trait]
impl Mailer for FileMailer {
    /// # Errors
    /// Permanent if the email cannot be composed. Transient if it cannot be signed or written: a full disk may be
    /// cleared.
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let composed = self.composer.compose(mail)?;
        let directory = Arc::clone(&self.directory);
        let name = mail.id.to_string();
        match tokio::task::spawn_blocking(move || directory.write(&name, &composed.bytes)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(DeliveryError::Transient(Box::new(error))),
            Err(error) => Err(DeliveryError::Transient(Box::new(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::mails;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_mail_becomes_one_file_however_often_it_is_sent() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("data/mail");
        let mailer = FileMailer::open(&path, &MailSettings::default()).unwrap();
        let mail = mails::verify_address("john@acme.com");
        for _ in 0..3 {
            mailer.send(&mail).await.unwrap();
        }
        assert_eq!(names(&path), [format!("{}.eml", mail.id)]);
        let written = std::fs::read(mail_file(&path, mail.id)).unwrap();
        assert_eq!(written, Composer::new(&MailSettings::default()).compose(&mail).unwrap().bytes);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_can_read_the_mails() {
        use std::os::unix::fs::PermissionsExt;

        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("mail");
        let mailer = FileMailer::open(&path, &MailSettings::default()).unwrap();
        let mail = mails::verify_address("john@acme.com");
        mailer.send(&mail).await.unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o700);
        assert_eq!(mode(&path.join(format!("{}.eml", mail.id))), 0o600);
    }

    #[tokio::test]
    async fn a_missing_directory_is_a_transient_error() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("mail");
        let mailer = FileMailer::open(&path, &MailSettings::default()).unwrap();
        std::fs::remove_dir(&path).unwrap();
        let result = mailer.send(&mails::verify_address("john@acme.com")).await;
        assert!(matches!(result, Err(DeliveryError::Transient(_))), "{result:?}");
        std::fs::create_dir(&path).unwrap();
        mailer.send(&mails::verify_address("john@acme.com")).await.unwrap();
    }

    #[tokio::test]
    async fn a_mail_that_cannot_be_built_is_a_permanent_error() {
        let root = tempfile::tempdir().unwrap();
        let mailer = FileMailer::open(root.path(), &MailSettings::default()).unwrap();
        let result = mailer.send(&mails::verify_address_with_link("https://x.org/\r\nBcc: a@x.org")).await;
        assert!(matches!(result, Err(DeliveryError::Permanent(_))), "{result:?}");
        assert!(names(root.path()).is_empty());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn mails_sent_together_are_all_written() {
        let root = tempfile::tempdir().unwrap();
        let mailer = Arc::new(FileMailer::open(root.path(), &MailSettings::default()).unwrap());
        let mut sends = tokio::task::JoinSet::new();
        for number in 0..50 {
            let mailer = Arc::clone(&mailer);
            sends.spawn(async move { mailer.send(&mails::numbered(number, "john@acme.com")).await });
        }
        while let Some(sent) = sends.join_next().await {
            sent.unwrap().unwrap();
        }
        assert_eq!(names(root.path()).len(), 50);
    }

    #[test]
    fn a_directory_that_cannot_be_created_is_named() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("file");
        std::fs::write(&path, "").unwrap();
        let error = FileMailer::open(path.join("mail"), &MailSettings::default()).unwrap_err();
        assert!(error.to_string().contains("mail"), "{error}");
        assert!(FileMailer::open(path, &MailSettings::default()).is_err());
    }
}
