//! Schemathesis: sends what the schemas of a document allow and what they forbid, and says where the service differs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use serde_json::Value;
use tokio::process::Command;

use crate::Service;
use crate::clients::base_url;
use crate::python::python;
use crate::smtp_server::{Fault, Point, SmtpServer};

/// An administrator, whose session the requests have.
const ROOT: &str = "root@example.com";
const PASSWORD: &str = "velvet lantern gravel orchid";
/// The check of what schemas allow.
const ALLOWED: &str = "positive_data_acceptance";
/// The check of what schemas forbid.
const FORBIDDEN: &str = "negative_data_rejection";

/// What was found: each with one request that shows it, as JSON.
pub type Findings = BTreeMap<String, String>;

/// Holds a document against a service of its own, and returns what was found with the number of requests.
pub async fn explore(document: &str, scheme: Option<&str>) -> (Findings, usize) {
    let limits = ["CHANGES", "RENEWALS", "SHORT_LINKS"].map(|limit| format!("LIMITS__{limit}"));
    // Emails that are refused stay in the outbox as they are. Of others, some are gone before the next request.
    let mut mail_server = SmtpServer::start();
    mail_server.misbehave(Fault::Says { code: 550, text: "5.1.1 No such user", at: Point::Recipient });
    let mail_settings = mail_server.settings();
    let mail_settings = mail_settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let settings: Vec<_> = limits.iter().map(|limit| (limit.as_str(), "off")).chain(mail_settings).collect();
    let service = Service::start_with(&settings).await;
    let create = ["admin", "create", "--email", ROOT, "--role", "super_admin", "--password-stdin"];
    let output = service.run_with_input(&create, PASSWORD).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents");
    let mut settings = std::fs::read_to_string(files.join("schemathesis.toml")).expect("the settings");
    settings.extend(scheme.map(authentication));
    std::fs::write(service.path("schemathesis.toml"), settings).expect("a file");
    for file in ["hooks.py", "existing.py"] {
        std::fs::copy(files.join(file), service.path(file)).expect("a file");
    }
    let events = service.path("events.ndjson");
    let mut command = Command::new(python("EXPLORER", "explorer"));
    command.args(["-m", "schemathesis.cli", "--config-file", "schemathesis.toml", "run"]).arg(path_of(document));
    command.args(["--url", &base_url(&service), "--report", "ndjson", "--report-ndjson-path"]).arg(&events);
    let known = [("SERVICE", base_url(&service).as_str()), ("EMAIL", ROOT), ("PASSWORD", PASSWORD)]
        .map(|(name, value)| (format!("EXPLORED_{name}"), value.to_owned()));
    command.envs(known);
    let output = command.current_dir(service.path("")).kill_on_drop(true).output().await.expect("Python runs");
    // 1 means that there are findings.
    let has_run = matches!(output.status.code(), Some(0 | 1)) && events.is_file();
    assert!(has_run, "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(events).expect("what was done");
    read(&text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<_>>())
}

fn path_of(document: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../account-http/openapi").join(format!("{document}.json"))
}

/// Has requests sign in by themselves, again when a session has ended.
fn authentication(scheme: &str) -> String {
    format!(
        "\n[auth.dynamic.openapi.{scheme}]\npath = \"/account/v1/sessions\"\nextract_selector = \"/token\"\n\
         payload = {{ email = \"{ROOT}\", password = \"{PASSWORD}\" }}\n"
    )
}

fn read(events: &[Value]) -> (Findings, usize) {
    let (mut findings, mut requests) = (Findings::new(), 0);
    // Operations that name something in their path, and whether one of their requests succeeded.
    let mut succeeded = BTreeMap::<&str, bool>::new();
    for recorder in events.iter().filter_map(|event| event.pointer("/ScenarioFinished/recorder")) {
        for (case, checks) in recorder["checks"].as_object().into_iter().flatten() {
            requests += 1;
            let status = &member(member(&recorder["interactions"], case), "response")["status_code"];
            let is_success = status.as_u64().is_some_and(|status| (200..300).contains(&status));
            *succeeded.entry(recorder["label"].as_str().unwrap_or_default()).or_default() |= is_success;
            for check in checks.as_array().into_iter().flatten().filter(|check| check["status"] == "failure") {
                let label = recorder["label"].as_str().unwrap_or_default();
                let sent = member(member(&recorder["cases"], case), "value");
                let response = member(member(&recorder["interactions"], case), "response");
                for what in what_is_wrong(check, sent, response) {
                    findings.entry(format!("{label}: {what}")).or_insert_with(|| sent.to_string());
                }
            }
        }
    }
    let never = succeeded.iter().filter(|(label, is_success)| label.contains('{') && !**is_success);
    findings.extend(never.map(|(label, _)| (format!("{label}: never succeeds"), String::new())));
    // An error of Schemathesis is no answer of the service's, and no less a finding.
    for event in events.iter().filter(|event| event.get("NonFatalError").is_some() || event.get("FatalError").is_some())
    {
        findings.insert(format!("error: {event}"), String::new());
    }
    (findings, requests)
}

/// A member of an object by a name that is only known now.
fn member<'a>(object: &'a Value, name: &str) -> &'a Value {
    object.get(name).unwrap_or(&Value::Null)
}

fn what_is_wrong(check: &Value, sent: &Value, response: &Value) -> BTreeSet<String> {
    let status = &response["status_code"];
    match check["name"].as_str().unwrap_or_default() {
        ALLOWED => complaints(&body_of(response)).into_iter().map(|what| format!("{status} refuses {what}")).collect(),
        FORBIDDEN => {
            let data = sent.pointer("/meta/phase/data").unwrap_or(&Value::Null);
            let text = |name: &str| member(data, name).as_str().unwrap_or_default().to_owned();
            let place = [text("location"), text("parameter")].into_iter().find(|place| !place.is_empty());
            let place = place.unwrap_or_default();
            BTreeSet::from([format!("{status} takes {} {place} {}", text("parameter_location"), text("scenario"))])
        }
        name => BTreeSet::from([format!("{status} {name} {}", check["failure"])]),
    }
}

fn body_of(response: &Value) -> Value {
    let bytes = Base64::decode_vec(response.pointer("/content/$base64").and_then(Value::as_str).unwrap_or_default())
        .unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// What an answer complains of, in words that stay the same: codes, by field where the API has them by field.
fn complaints(body: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let listed = |pointer: &str, say: &dyn Fn(&Value) -> String| -> Vec<String> {
        body.pointer(pointer).and_then(Value::as_array).into_iter().flatten().map(say).collect()
    };
    let by_field = body["errors"].as_object().into_iter().flatten();
    let by_field = by_field.map(|(field, texts)| format!("{field} {}", text(texts.get(0).unwrap_or(texts))));
    let one =
        ["/errors", "/error", "/code", "/message"].into_iter().filter_map(|pointer| body.pointer(pointer)?.as_str());
    [
        listed("/violations", &|violation| format!("{} {}", text(&violation["pointer"]), text(&violation["code"]))),
        listed("/details/violations", &|violation| {
            format!("{} {}", text(&violation["field"]), text(&violation["rule"]))
        }),
        listed("/Message", &|message| text(&message["MessageId"])),
        by_field.collect(),
        one.take(1).map(str::to_owned).collect(),
    ]
    .into_iter()
    .find(|complaints| !complaints.is_empty())
    .unwrap_or_else(|| vec!["without a word".to_owned()])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn complaints_have_stable_texts() {
        for (body, expected) in [
            (
                json!({"code": "invalid", "violations": [{"pointer": "/email", "code": "malformed"}]}),
                "/email malformed",
            ),
            (json!({"code": "400", "details": {"violations": [{"field": "a.b", "rule": "unknown"}]}}), "a.b unknown"),
            (json!({"Message": [{"Message": "..", "MessageId": "ACCT-4005"}]}), "ACCT-4005"),
            (json!({"message": "..", "errors": {"name": ["Required."]}}), "name Required."),
            (json!({"errors": {"name": "TOO_SHORT"}}), "name TOO_SHORT"),
            (json!({"errors": "MALFORMED_BODY"}), "MALFORMED_BODY"),
            (json!({"error": "invalid_grant", "error_description": ".."}), "invalid_grant"),
            (json!({"code": "invalid_cursor"}), "invalid_cursor"),
            (json!(null), "without a word"),
        ] {
            assert_eq!(complaints(&body), [expected], "{body}");
        }
    }

    #[test]
    fn findings_are_differences_between_schema_and_service() {
        let body = Base64::encode_string(br#"{"code": "invalid_cursor"}"#);
        let event = json!({"ScenarioFinished": {"recorder": {
            "label": "GET /a",
            "cases": {
                "1": {"value": {"query": {"cursor": "x"}}},
                "2": {"value": {"meta": {"phase": {"data": {
                    "location": "/properties/b/type", "parameter_location": "body", "scenario": "incorrect_type",
                }}}}},
            },
            "checks": {
                "1": [{"name": "not_a_server_error", "status": "success"}, {"name": ALLOWED, "status": "failure"}],
                "2": [{"name": FORBIDDEN, "status": "failure"}],
            },
            "interactions": {
                "1": {"response": {"status_code": 400, "content": {"$base64": body}}},
                "2": {"response": {"status_code": 200}},
            },
        }}});
        let (findings, requests) = read(&[event]);
        let expected =
            ["GET /a: 200 takes body /properties/b/type incorrect_type", "GET /a: 400 refuses invalid_cursor"];
        assert_eq!((findings.into_keys().collect::<Vec<_>>(), requests), (expected.map(str::to_owned).into(), 2));
    }
}
