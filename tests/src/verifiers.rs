//! Who verifies our signatures with code that is not ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::WebhookMessage;

/// Whether the library of the Standard Webhooks takes the message, now, for one that is signed with that secret.
#[must_use]
pub fn verifies_webhook(message: &WebhookMessage, secret: &str) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("message.json");
    let text = serde_json::json!({ "headers": message.headers, "body": message.body }).to_string();
    std::fs::write(&path, text).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("verifiers/webhook.py");
    let output = Command::new(python()).arg(script).arg(secret).arg(path).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout == b"pass\n"
}

/// The Python that has the verifiers: the one that `cargo xtask test` has named, or made earlier in the target folder.
fn python() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "where the verifiers are, is told by the person who runs the tests")]
    let named = std::env::var_os("VERIFIERS").map(PathBuf::from);
    let path = named.unwrap_or_else(|| {
        let this = std::env::current_exe().expect("a path of the test binary");
        this.ancestors().nth(3).expect("a target folder").join("verifiers/bin/python")
    });
    assert!(path.is_file(), "{} is not there: run the tests by `cargo xtask test`", path.display());
    path
}
