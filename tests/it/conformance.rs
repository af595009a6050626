//! The documented APIs, as `tests/conformance` says them, on the real binary.

use std::collections::BTreeSet;
use std::fmt::Write;

use account_tests::Service;
use account_tests::conformance::{DataFile, SERVICE_STARTS, files, folders, missing, parse, run, uncalled};

/// Dialects that the service does not have yet, and data files about what it does not do yet. Each has to be missing in
/// fact: what is built has to leave this list.
const NOT_BUILT: &[&str] = &[];

/// The channel of the service that joins all others.
const MERGED: &str = "all";
/// The folder of what concerns several dialects.
const CROSS_DIALECT: &str = "cross-dialect";

macro_rules! suites {
    ($($name:ident = $folder:literal),* $(,)?) => {
        /// The folders that have a test below.
        const SUITES: &[&str] = &[$($folder),*];

        $(
            #[tokio::test]
            async fn $name() {
                run_folder($folder).await;
            }
        )*
    };
}

suites! {
    native_answers_as_written = "native",
    mikrocloud_answers_as_documented = "mikrocloud",
    rpost_answers_as_documented = "rpost",
    waltid_answers_as_documented = "waltid",
    form_answers_as_documented = "form",
    dialects_share_accounts = "cross-dialect",
}

fn is_built(folder: &str, file: &DataFile) -> bool {
    let needs = file.content.needs.iter().map(String::as_str);
    let mut named = needs.chain([folder, file.name.as_str()]);
    !named.any(|name| NOT_BUILT.contains(&name))
}

/// Runs a folder's data files; all failures are listed.
async fn run_folder(folder: &str) {
    let mut report = String::new();
    for file in files(folder).iter().filter(|file| is_built(folder, file)) {
        report.push_str(&failures(file).await);
    }
    assert!(report.is_empty(), "\n{report}");
}

/// What went wrong in a file, for people. Every case is named, for who asks for it by `--nocapture`.
async fn failures(file: &DataFile) -> String {
    let mut report = String::new();
    let failures = run(&file.content).await;
    let has_started = failures.iter().all(|failure| failure.case != SERVICE_STARTS);
    for case in &file.content.cases {
        let has_failed = !has_started || failures.iter().any(|failure| failure.case == case.title);
        let outcome = if has_failed { "FAILED" } else { "ok" };
        println!("{}: {} [{}] ... {outcome}", file.name, case.title, case.sources.join("] ["));
    }
    for failure in failures {
        writeln!(report, "tests/conformance/{}:{}: {}", file.name, failure.line, failure.case).unwrap();
        for line in failure.differences {
            writeln!(report, "    {line}").unwrap();
        }
    }
    report
}

/// The names of the service's channels, as it lists them.
async fn channels() -> BTreeSet<String> {
    let output = Service::prepare(&[]).run(&["openapi", "--list"]).await;
    assert!(output.status.success());
    let list = String::from_utf8(output.stdout).unwrap();
    list.lines().filter(|name| *name != MERGED).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_dialect_has_a_folder_and_every_folder_a_dialect() {
    let folders: BTreeSet<_> = folders().into_iter().collect();
    assert_eq!(folders, SUITES.iter().map(ToString::to_string).collect(), "folders and tests");
    let not_built = |folder: &&String| folder.as_str() == CROSS_DIALECT || NOT_BUILT.contains(&folder.as_str());
    let expected: BTreeSet<_> = folders.iter().filter(|folder| !not_built(folder)).cloned().collect();
    assert_eq!(channels().await, expected, "the service's dialects and those with a folder");
    for folder in folders {
        assert!(!files(&folder).is_empty(), "{folder} has no data");
    }
}

#[tokio::test]
async fn listed_gaps_are_real() {
    let channels = channels().await;
    for name in NOT_BUILT {
        assert!(!channels.contains(*name), "{name} is built: take it from the list");
        let Some((folder, _)) = name.split_once('/') else {
            assert!(SUITES.contains(name), "{name} is no dialect");
            continue;
        };
        let file = files(folder).into_iter().find(|file| file.name == *name);
        let file = file.unwrap_or_else(|| panic!("there is no {name}"));
        assert!(!failures(&file).await.is_empty(), "{name} passes: take it from the list");
    }
}

#[test]
fn every_error_text_status_and_route_is_covered() {
    for folder in SUITES {
        assert_eq!(missing(folder), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn every_document_has_cases() {
    let files: Vec<_> = SUITES.iter().flat_map(|folder| files(folder)).collect();
    let sources: BTreeSet<_> =
        files.iter().flat_map(|file| &file.content.cases).flat_map(|case| case.sources.iter().cloned()).collect();
    assert_eq!(
        sources.into_iter().collect::<Vec<_>>(),
        ["known", "ours", "seed 000", "seed 001", "seed 002", "seed 003", "seed 004"]
    );
}

#[test]
fn every_operation_of_a_dialect_is_called() {
    for folder in SUITES.iter().filter(|folder| **folder != "native") {
        assert_eq!(uncalled(folder), Vec::<String>::new(), "{folder}");
    }
}

/// Cases that are right, each but for the last step.
const WRONG: &str = r#"
=== A wrong status [ours]
--- request
POST /user
Content-Type: application/json

{}
--- answer
400

{{anything}}

=== A wrong header [ours]
--- request
GET /health/liveness
--- answer
204
X-Header: {{anything}}

=== A wrong body [ours]
--- request
POST /user
Content-Type: application/json

{"name":"John","email":"john@acme.com","country":"ZA","password":"SDf345FCe","password_confirmation":"SDf345FCe"}
--- answer
201

{"message":"Registration was successful, please verify your email address."}

=== A wrong answer to a command [ours]
--- curl
curl https://www.example.com/account/v1/nothing
--- answer
200

{{anything}}

=== A command that does not run [ours]
--- curl
curl --no-such-option https://www.example.com/
--- answer
200

=== A wrong subject [ours]
--- mail to john@acme.com
Subject: Verify

=== A mail too few [ours]
--- mail to john@acme.com
To: john@acme.com

=== A mail too many [ours]
--- request
POST /user
Content-Type: application/json

{"name":"Jane","email":"jane@acme.com","country":"ZA","password":"SDf345FCe","password_confirmation":"SDf345FCe"}
--- answer
201

{{anything}}
--- no mail to jane@acme.com

=== A wrong password [ours]
--- request
POST /user
Content-Type: application/json

{"name":"June","email":"june@acme.com","country":"ZA","password":"SDf345FCe","password_confirmation":"SDf345FCe"}
--- answer
201

{{anything}}
--- verify june@acme.com with SDf345FCd

=== Nobody [ours]
--- sign in june@acme.com with SDf345FCe

=== An account too few, and a registration of another kind [ours]
--- store
account june@acme.com {}
registration june@acme.com {"channel":"native"}
no registration june@acme.com

=== A value that was never seen [ours]
--- request
GET /l/{{unseen}}
--- answer
303

{{anything}}

=== What is right stays right [ours]
--- request
GET /health/liveness
--- answer
204
"#;

#[tokio::test]
async fn every_unexpected_answer_fails() {
    let file = parse(WRONG).unwrap();
    let failed: Vec<_> = run(&file).await.into_iter().map(|failure| failure.case).collect();
    let (right, wrong) = file.cases.split_last().unwrap();
    assert_eq!(failed, wrong.iter().map(|case| case.title.clone()).collect::<Vec<_>>());
    assert!(!failed.contains(&right.title));
}

#[tokio::test]
async fn a_service_that_does_not_start_fails() {
    let file = parse("setting no.such = 1\n=== Nothing [ours]\n--- no mail to a@b.c\n").unwrap();
    let failed: Vec<_> = run(&file).await.into_iter().map(|failure| failure.case).collect();
    assert_eq!(failed, [SERVICE_STARTS]);
}
