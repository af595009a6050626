//! The documents held against the real binary by Schemathesis, an explorer of another make: what a schema allows is
//! taken, what it forbids is refused, and whatever is answered is documented. Limits are off, hashes are cheap, and every
//! run sends the same.
//!
//! What remains is in `tests/documents/explained.json`, each with its reason. The list does not grow: a finding that is
//! not there fails, and so does an entry that finds nothing any more.

use account_tests::explorer::explore;
use serde::Deserialize;

/// Findings that are meant to be.
#[derive(Deserialize)]
struct Explanation {
    document: String,
    /// As it is printed; `*` stands for anything.
    finding: String,
    why: String,
}

fn explanations() -> Vec<Explanation> {
    serde_json::from_str(include_str!("../documents/explained.json")).unwrap()
}

/// Whether a text is as a pattern says, in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut places = text.char_indices().map(|(place, _)| place).chain([text.len()]);
            places.any(|place| text.get(place..).is_some_and(|text| fits(rest, text)))
        }),
    }
}

async fn agrees(document: &str, scheme: Option<&str>) {
    let (findings, requests) = explore(document, scheme).await;
    assert!(requests > 100, "{document}: only {requests} requests");
    let explanations: Vec<_> = explanations().into_iter().filter(|known| known.document == document).collect();
    let is_explained = |finding: &str| explanations.iter().any(|known| fits(&known.finding, finding));
    let new: Vec<_> = findings.iter().filter(|(finding, _)| !is_explained(finding)).collect();
    let gone = explanations.iter().filter(|known| !findings.keys().any(|finding| fits(&known.finding, finding)));
    let gone: Vec<_> = gone.map(|known| known.finding.as_str()).collect();
    assert!(new.is_empty() && gone.is_empty(), "{document}: not explained: {new:#?}; no longer found: {gone:#?}");
}

#[test]
fn every_explanation_has_a_reason_and_a_document() {
    let explanations = explanations();
    for known in &explanations {
        assert!(known.why.len() > 20, "{}", known.finding);
        let same = |other: &&Explanation| other.document == known.document && other.finding == known.finding;
        assert_eq!(explanations.iter().filter(same).count(), 1, "{}", known.finding);
        assert!(["native", "mikrocloud", "rpost", "waltid", "form"].contains(&known.document.as_str()));
    }
}

#[test]
fn a_star_matches_anything() {
    for (pattern, text) in [("a", "a"), ("*", ""), ("a*c", "abc"), ("*b*", "abc"), ("* x *", "ü x y"), ("a*", "a")] {
        assert!(fits(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [("a", "ab"), ("a*c", "ab"), ("*b", "abc"), ("", "a")] {
        assert!(!fits(pattern, text), "{pattern} {text}");
    }
}

#[tokio::test]
async fn the_native_document_and_the_service_agree() {
    agrees("native", Some("session_token")).await;
}

#[tokio::test]
async fn the_mikrocloud_document_and_the_service_agree() {
    agrees("mikrocloud", None).await;
}

#[tokio::test]
async fn the_rpost_document_and_the_service_agree() {
    agrees("rpost", Some("bearer")).await;
}

#[tokio::test]
async fn the_waltid_document_and_the_service_agree() {
    agrees("waltid", Some("bearer")).await;
}

#[tokio::test]
async fn the_form_document_and_the_service_agree() {
    agrees("form", Some("bearer")).await;
}
