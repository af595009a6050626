//! Documented command lines, run by the real curl.

use std::process::Stdio;

use tokio::process::Command;

use crate::Reply;
use crate::wire;

/// What curl reads before its command line: so the documented line itself need not be changed to see the whole answer.
const CONFIGURATION: &str = "include\nsilent\nshow-error\nnoproxy = \"*\"\n";
/// The documents pipe answers through jq for colours. Nothing is to be changed here.
const NO_JQ: &str = "jq() { cat; }\n";

/// Runs a documented command line against a service of this machine, and reads the answer.
///
/// # Errors
/// What curl complained about.
pub(super) async fn run(command: &str, port: u16) -> Result<Reply, String> {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::write(home.path().join(".curlrc"), CONFIGURATION).expect("a file");
    let script = format!("{NO_JQ}{}", with_host(command, port));
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).env("CURL_HOME", home.path()).stdin(Stdio::null()).kill_on_drop(true);
    let output = shell.output().await.map_err(|error| format!("sh does not run: {error}"))?;
    let reply = wire::parse(&output.stdout);
    reply.ok_or_else(|| format!("curl failed: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The command line with the origins of its URLs replaced, and nothing else.
fn with_host(command: &str, port: u16) -> String {
    let mut replaced = String::new();
    let mut rest = command;
    while let Some((before, after)) = rest.split_once("://") {
        let before = before.strip_suffix("https").or_else(|| before.strip_suffix("http")).unwrap_or(before);
        let end = after.find(['/', '\'', '"', ' ', '\n']).unwrap_or(after.len());
        replaced.extend([before, &format!("http://127.0.0.1:{port}")]);
        rest = after.split_at(end).1;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::with_host;

    #[test]
    fn only_the_host_is_replaced() {
        assert_eq!(
            with_host("curl -X 'POST' \\\n  'https://sandbox.example.dev/v1/a' \\\n  -d '{\n  \"a\": \"ß\"\n}'", 81),
            "curl -X 'POST' \\\n  'http://127.0.0.1:81/v1/a' \\\n  -d '{\n  \"a\": \"ß\"\n}'"
        );
        assert_eq!(
            with_host("curl --url http://localhost:8000/api \\\n | jq", 81),
            "curl --url http://127.0.0.1:81/api \\\n | jq"
        );
    }
}
