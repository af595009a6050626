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
