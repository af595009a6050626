//! What Lighthouse (<https://github.com/GoogleChrome/lighthouse>) says of a page.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tokio::process::Command;

use crate::accessibility::packages;
use crate::browser::CHROMIUM;

/// What is scored. How search engines see pages is not.
const CATEGORIES: &str = "--only-categories=performance,accessibility,best-practices";
const CHROMIUM_FLAGS: &str = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --no-first-run --disable-quic \
                              --disable-background-networking --disable-component-update --disable-sync";

/// A page's scores, from 0 to 100 by category, and what took points from them.
#[derive(Debug)]
pub struct Scores {
    /// By category.
    pub by_category: BTreeMap<String, u64>,
    /// The audits that were not passed.
    pub lost: Vec<String>,
}

impl Scores {
    /// The lowest one.
    #[must_use]
    pub fn lowest(&self) -> u64 {
        self.by_category.values().copied().min().unwrap_or_default()
    }
}

/// Has Lighthouse load a page as on a phone with a slow network, with these cookies. Returns what it says if it cannot
/// judge: on a busy machine it can miss the beginning of the page (`NO_NAVSTART`).
///
/// # Errors
/// What it said.
pub async fn scores(url: &str, cookies: &BTreeMap<String, String>) -> Result<Scores, String> {
    let cookies: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let headers = serde_json::json!({"Cookie": cookies.join("; ")}).to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(packages().join(".bin/lighthouse"));
    command.args([url, "--output=json", "--quiet", "--no-enable-error-reporting", CATEGORIES, CHROMIUM_FLAGS]);
    command.arg(format!("--extra-headers={headers}")).env("CHROME_PATH", CHROMIUM).env("TMPDIR", folder.path());
    let output = command.kill_on_drop(true).output().await.expect("Lighthouse runs");
    let told = || format!("{} {}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(told());
    }
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", told()));
    assert_eq!(report.pointer("/finalDisplayedUrl").and_then(Value::as_str), Some(url), "{}", told());
    Ok(read(&report))
}

fn read(report: &Value) -> Scores {
    let members = |name: &str| report.get(name).and_then(Value::as_object).into_iter().flat_map(Map::iter);
    let score = |value: &Value| value.get("score").and_then(Value::as_f64);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are from 0 to 1")]
    let percent = |score: f64| (score * 100.0).round() as u64;
    let by_category =
        members("categories").map(|(name, category)| (name.clone(), score(category).map_or(0, percent))).collect();
    let is_lost = |audit: &Value| score(audit).is_some_and(|score| score < 1.0);
    let describe = |(name, audit): (&String, &Value)| {
        let shown = audit.get("displayValue").and_then(Value::as_str).unwrap_or_default();
        format!("{name} {shown}")
    };
    let lost = members("audits").filter(|(_, audit)| is_lost(audit)).map(describe).collect();
    Scores { by_category, lost }
}
