//! Commands on the service's machine, and what becomes of their work.

mod admin;
mod bounces;
mod housekeeping;
mod import;
mod mail;
mod moving_in;
mod round_trip;

use std::process::Output;

use account_tests::Service;
use serde_json::Value;

/// What a command printed to standard output.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a command printed to standard error beside its log.
fn complained(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    text.split_inclusive('\n').filter(|line| !line.starts_with('{')).collect()
}

/// Every account, with the hash of its password, in the order of their ids.
async fn exported(service: &Service) -> Vec<Value> {
    let path = service.path("exported.jsonl");
    let _ = std::fs::remove_file(&path);
    let output = service.run(&["export", "--with-hashes", "exported.jsonl"]).await;
    assert!(output.status.success(), "{}", complained(&output));
    json_lines(&std::fs::read_to_string(path).unwrap())
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
