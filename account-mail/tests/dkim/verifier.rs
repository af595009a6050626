//! dkimpy, with a file in place of DNS.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What was found of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    Fail,
}

/// Emails to be verified together.
pub(crate) struct Verifier {
    folder: TempDir,
}

impl Verifier {
    /// One who finds these records in DNS, and no others.
    pub(crate) fn with(records: &[(String, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lines: Vec<_> = records.iter().map(|(name, text)| format!("{name}\t{text}")).collect();
        std::fs::write(folder.path().join("records"), lines.join("\n")).unwrap();
        std::fs::create_dir(folder.path().join("mails")).unwrap();
        Self { folder }
    }

    /// A further email.
    pub(crate) fn add(&mut self, name: &str, mail: &[u8]) {
        std::fs::write(self.folder.path().join("mails").join(name), mail).unwrap();
    }

    /// Verifies them at that time: each email's name, and what was found of its signatures from the top.
    pub(crate) fn verdicts(self, now: u64) -> Vec<(String, Vec<Verdict>)> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dkim/verify.py");
        let mut command = Command::new(python());
        command.arg(script).arg(self.folder.path().join("mails")).arg(self.folder.path().join("records"));
        let output = command.arg(now.to_string()).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let verdict = |word: &str| if word == "pass" { Verdict::Pass } else { Verdict::Fail };
        let line = |line: &str| {
            let mut words = line.split(' ');
            (words.next().unwrap().to_owned(), words.map(verdict).collect())
        };
        String::from_utf8(output.stdout).unwrap().lines().map(line).collect()
    }
}

/// The Python that has dkimpy: the one that `cargo xtask test` has named, or made earlier in the target folder.
fn python() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "where the verifier is, is told by the person who runs the tests")]
    let named = std::env::var_os("VERIFIERS").map(PathBuf::from);
    let path = named.unwrap_or_else(|| {
        let this = std::env::current_exe().expect("a path of the test binary");
        this.ancestors().nth(3).expect("a target folder").join("verifiers/bin/python")
    });
    assert!(path.is_file(), "{} is not there: run the tests by `cargo xtask test`", path.display());
    path
}
