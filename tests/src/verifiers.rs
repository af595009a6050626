//! Who verifies our signatures, solves our challenges and makes other systems' hashes, with code that is not ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::WebhookMessage;
use crate::python::python;

/// Whether the library of the Standard Webhooks takes the message, now, for one that is signed with that secret.
#[must_use]
pub fn verifies_webhook(message: &WebhookMessage, secret: &str) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("message.json");
    let text = serde_json::json!({ "headers": message.headers, "body": message.body }).to_string();
    std::fs::write(&path, text).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("verifiers/webhook.py");
    let output =
        Command::new(python("VERIFIERS", "verifiers")).arg(script).arg(secret).arg(path).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout == b"pass\n"
}

/// Whether dkimpy finds at least one signature in the email, and all of them valid, with this TXT record in place of DNS.
#[must_use]
pub fn verifies_dkim(mail: &[u8], name: &str, record: &str) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let (mails, records) = (folder.path().join("mails"), folder.path().join("records"));
    std::fs::create_dir(&mails).expect("a folder");
    std::fs::write(mails.join("mail"), mail).expect("a file");
    std::fs::write(&records, format!("{name}\t{record}")).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../account-mail/tests/dkim/verify.py");
    let now = jiff::Timestamp::now().as_second().to_string();
    let mut command = Command::new(python("VERIFIERS", "verifiers"));
    let output = command.arg(script).arg(mails).arg(records).arg(now).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let verdicts = String::from_utf8(output.stdout).expect("text");
    let mut verdicts = verdicts.split_whitespace().skip(1).peekable();
    verdicts.peek().is_some() && verdicts.all(|verdict| verdict == "pass")
}

/// Has the library of ALTCHA solve a challenge, the JSON of a problem; returns the response.
#[must_use]
pub fn solve_challenge(challenge: &serde_json::Value) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("verifiers/challenge.py");
    let mut command = Command::new(python("VERIFIERS", "verifiers"));
    let output = command.arg(script).arg(challenge.to_string()).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

/// The folder with the sample files of the systems that people move in from.
#[must_use]
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/moving-in/samples")
}

/// Has the systems' own libraries make the sample files and verify their hashes; returns a line for each file, with the
/// number of its hashes.
#[must_use]
pub fn check_samples() -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("moving-in/samples.py");
    let mut command = Command::new(python("OTHER_SYSTEMS", "other-systems"));
    let output = command.arg(script).arg("check").arg(samples()).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}
