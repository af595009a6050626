//! The documented APIs, as `tests/conformance` says them, on the real binary.

use std::collections::BTreeSet;
use std::fmt::Write;

use account_tests::Service;
use account_tests::conformance::{DataFile, files, folders, missing, run, uncalled};

/// Dialects that the service does not have yet, and data files about what it does not do yet. Each has to be missing in
/// fact: what is built has to leave this list.
const NOT_BUILT: &[&str] = &[
    "rpost",
    "waltid",
    "form",
    "mikrocloud/disclosing.http",
    "mikrocloud/immediate.http",
    "mikrocloud/resend.http",
    "mikrocloud/short-links.http",
    "mikrocloud/token.http",
];

/// The surface of the service that joins all others.
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

/// What went wrong in a file, for people.
async fn failures(file: &DataFile) -> String {
    let mut report = String::new();
    for failure in run(&file.content).await {
        writeln!(report, "tests/conformance/{}:{}: {}", file.name, failure.line, failure.case).unwrap();
        for line in failure.differences {
            writeln!(report, "    {line}").unwrap();
        }
    }
    report
}

/// The names of the service's surfaces, as it lists them.
async fn surfaces() -> BTreeSet<String> {
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
    assert_eq!(surfaces().await, expected, "the service's dialects and those with a folder");
    for folder in folders {
        assert!(!files(&folder).is_empty(), "{folder} has no data");
    }
}

#[tokio::test]
async fn what_is_said_to_be_missing_is_missing() {
    let surfaces = surfaces().await;
    for name in NOT_BUILT {
        assert!(!surfaces.contains(*name), "{name} is built: take it from the list");
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
fn every_error_text_status_and_route_is_asked_for() {
    for folder in SUITES {
        assert_eq!(missing(folder), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn every_operation_of_a_dialect_is_called() {
    for folder in SUITES.iter().filter(|folder| **folder != "native") {
        assert_eq!(uncalled(folder), Vec::<String>::new(), "{folder}");
    }
}
