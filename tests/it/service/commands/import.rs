//! Taking accounts over.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use account_tests::Service;
use serde_json::{Value, json};

use super::{complained, exported, json_lines, said};

/// The password of everybody who comes from another system. It is one that nobody could choose here.
pub(super) const PASSWORD: &str = "correct horse battery staple";

/// Hashes of it as other systems kept them, made with argon2-cffi, bcrypt and Python's hashlib.
const HASHES: [(&str, &str); 6] = [
    ("argon2id", "$argon2id$v=19$m=256,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$ZL3cqdJlHSPvXIQ//v7CB7+/LmdSzYg5e1+K5sIlBbo"),
    ("argon2i", "$argon2i$v=19$m=256,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$r3mZ+fpBhnhqgvBdiBP5b+p3ywk1n9erdTJLmbIAGgc"),
    ("bcrypt", "$2b$04$IDrtBkWTsclEMT08K/sfROMrjED.7cD0qfUqoTmBXXArF8p7grQKW"),
    ("scrypt", "$scrypt$ln=4,r=8,p=1$c29tZXNhbHQxMjM0NTY3OA$Dgx4t7jSCiM2H4U9ai+ea5RAm7TcSSixBx7OhGfOgfg"),
    ("pbkdf2-sha256", "$pbkdf2-sha256$i=1000$c29tZXNhbHQxMjM0NTY3OA$IE13MN3hGOxi2hfEk/Fhd5Y/O9Shu6lgG8AxkkDAS/Y"),
    (
        "pbkdf2-sha512",
        "$pbkdf2-sha512$i=1000$c29tZXNhbHQxMjM0NTY3OA$JeMXog2eguCIfCUfat7DFNfzgdDIXzXz+GBzBL/sjzTYzFhzBtBRGOQB/LKbNvcwSFb11T7ryWzZra8R1DPzhg",
    ),
];

/// How the service of the tests hashes.
const CURRENT: &str = "$argon2id$v=19$m=64,t=1,p=1$";

/// Everybody who can sign in, and one who never does.
fn good_records() -> Vec<Value> {
    let people = HASHES.iter().map(|(kind, hash)| (format!("{kind}@acme.com"), *hash));
    let never = ("never@acme.com".to_owned(), HASHES[2].1);
    let records = people.chain([never]);
    records.map(|(email, hash)| json!({"email": email, "verified": true, "password_hash": hash})).collect()
}

/// The number of a bad line, and its members with the codes of what is wrong with them.
type Refusal = (usize, Vec<(&'static str, &'static str)>);

/// The good lines with bad ones among them, and of each bad line its number and what is wrong with it.
fn mixed_json_lines() -> (String, Vec<Refusal>) {
    let bad: [(&str, Vec<(&str, &str)>); 6] = [
        (r#"{"email":"no address","verified":true}"#, vec![("email", "malformed")]),
        (
            r#"{"email":"a@acme.com","password_hash":"5f4dcc3b5aa765d61d8327deb882cf99"}"#,
            vec![("password_hash", "unknown")],
        ),
        (r#"{"email":"b@acme.com","#, vec![("", "malformed")]),
        (
            r#"{"email":["c@acme.com"],"verified":"perhaps"}"#,
            vec![("email", "must_be_text"), ("verified", "must_be_boolean")],
        ),
        (
            r#"{"email":"d","created_at":"2999-01-01T00:00:00Z","organization":"nowhere","country":"XX"}"#,
            vec![
                ("country", "unknown"),
                ("created_at", "out_of_range"),
                ("email", "malformed"),
                ("organization", "unknown"),
            ],
        ),
        (r#"{"verified":true}"#, vec![("email", "required")]),
    ];
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    let good = good_records();
    for (good, (bad, problems)) in good.iter().zip(bad) {
        lines.extend([good.to_string(), bad.to_owned()]);
        expected.push((lines.len(), problems));
    }
    lines.extend(good.iter().skip(expected.len()).map(Value::to_string));
    (lines.join("\n"), expected)
}

/// The same as a table, with bad lines of its own.
fn mixed_table() -> (String, Vec<Refusal>) {
    let good = good_records().into_iter().map(|record| {
        let [email, hash] = ["email", "password_hash"].map(|member| record[member].as_str().unwrap().to_owned());
        // Two lines, because of the line end in the biography.
        format!("{email},yes,\"{hash}\",\"John \"\"Appleseed\"\",\nthe first\"")
    });
    let bad = ["short@acme.com,true", "long@acme.com,true,,,,", "maybe,maybe,,", "odd@acme.com,true,plain,"];
    let header = ["email,verified,password_hash,bio".to_owned()];
    let lines: Vec<_> = header.into_iter().chain(good).chain(bad.map(str::to_owned)).collect();
    let expected = vec![
        (16, vec![("", "malformed")]),
        (17, vec![("", "malformed")]),
        (18, vec![("email", "malformed"), ("verified", "must_be_boolean")]),
        (19, vec![("password_hash", "unknown")]),
    ];
    (lines.join("\n"), expected)
}

/// What `FILE.skipped.jsonl` says: numbers of lines, and in each the members with their codes, sorted.
fn refused(service: &Service, file: &str) -> Vec<(usize, Vec<(String, String)>)> {
    let text = std::fs::read_to_string(service.path(&format!("{file}.skipped.jsonl"))).unwrap();
    let of = |problem: &Value, member: &str| problem[member].as_str().unwrap_or_default().to_owned();
    let lines = json_lines(&text).into_iter().map(|entry| {
        let problems = entry["problems"].as_array().unwrap().iter();
        let mut problems: Vec<_> = problems.map(|problem| (of(problem, "member"), of(problem, "code"))).collect();
        problems.sort();
        (usize::try_from(entry["line"].as_u64().unwrap()).unwrap(), problems)
    });
    lines.collect()
}

async fn sign_in(service: &Service, email: &str, password: &str) -> u16 {
    let body = json!({"email": email, "password": password}).to_string();
    service.post("/account/v1/sessions", &body).await.status
}

#[tokio::test]
async fn an_import_accepts_good_lines_and_numbers_the_others() {
    for (file, (text, expected)) in [("people.jsonl", mixed_json_lines()), ("people.csv", mixed_table())] {
        let service = Service::prepare(&[]);
        std::fs::write(service.path(file), text).unwrap();
        let output = service.run(&["import", file]).await;
        assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
        let tally = format!("7 imported, 0 already existed, {} skipped.\n", expected.len());
        assert!(said(&output).ends_with(&tally), "{file}: {}", said(&output));
        assert!(complained(&output).contains(&format!("{} lines were skipped", expected.len())), "{file}");
        let owned = |(member, code): (&str, &str)| (member.to_owned(), code.to_owned());
        let expected: Vec<_> = expected.into_iter().map(|(n, all)| (n, all.into_iter().map(owned).collect())).collect();
        assert_eq!(refused(&service, file), expected, "{file}");
        let emails: BTreeSet<_> = exported(&service).await.iter().map(|it| it["email"].to_string()).collect();
        let good: BTreeSet<_> = good_records().iter().map(|it| it["email"].to_string()).collect();
        assert_eq!(emails, good, "{file}");
        assert!(!service.path(&format!("{file}.progress")).exists(), "{file}: it is done");

        let again = service.run(&["import", file]).await;
        assert!(said(&again).contains("0 imported, 7 already existed"), "{file}: {}", said(&again));
    }
}

#[tokio::test]
async fn a_detail_that_cannot_be_used_is_reported_and_costs_no_account() {
    let service = Service::prepare(&[]);
    let hash = HASHES[2].1;
    let lines = [
        format!(
            r#"{{"email":" kos@acme.com","verified":true,"password_hash":"{hash}","country":"Kosovo","language":"iw"}}"#
        ),
        format!(
            r#"{{"email":"moon@acme.com","verified":true,"password_hash":"{hash}","country":"Moon","time_zone":"Moon"}}"#
        ),
    ];
    std::fs::write(service.path("people.jsonl"), lines.join("\n")).unwrap();
    let output = service.run(&["import", "people.jsonl"]).await;
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(said(&output).contains("2 imported, 0 already existed, 0 skipped.\n1 of them were imported without some"));
    let problems = [("country", "unknown"), ("time_zone", "unknown")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(refused(&service, "people.jsonl"), [(2, problems.to_vec())]);
    let exported = exported(&service).await;
    let of = |email: &str| exported.iter().find(|it| it["email"] == email).unwrap();
    assert_eq!((&of("kos@acme.com")["country"], &of("kos@acme.com")["language"]), (&json!("XK"), &json!("he")));
    assert_eq!(of("moon@acme.com")["country"], Value::Null);
    assert!(of("moon@acme.com")["password_hash"].as_str().is_some_and(|kept| kept == hash), "so the person signs in");
}

#[tokio::test]
async fn an_address_that_occurs_twice_is_noted_with_its_first_line() {
    let service = Service::prepare(&[]);
    let text = "email,verified\na@acme.com,t\nb@acme.com,t\nA@acme.com,t\n";
    std::fs::write(service.path("people.csv"), text).unwrap();
    let output = service.run(&["import", "people.csv"]).await;
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(
        said(&output).starts_with("2 imported, 1 already existed, 0 skipped.\n1 line repeats an address"),
        "{}",
        said(&output)
    );
    let noted = std::fs::read_to_string(service.path("people.csv.skipped.jsonl")).unwrap();
    assert!(noted.contains("the address is in line 2 already"), "{noted}");
    assert_eq!(refused(&service, "people.csv"), [(4, vec![("email".to_owned(), "repeated".to_owned())])]);
}

#[tokio::test]
async fn accounts_after_a_missing_brace_are_imported() {
    let service = Service::prepare(&[]);
    let account = |name: &str| format!(r#"{{"email":"{name}@acme.com","verified":true}}"#);
    let broken = account("b").replace('}', "");
    let text = format!("[\n{},\n{broken},\n{},\n{}\n]\n", account("a"), account("c"), account("d"));
    std::fs::write(service.path("people.json"), text).unwrap();
    let output = service.run(&["import", "people.json"]).await;
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    assert!(said(&output).contains("3 imported, 0 already existed, 1 skipped."), "{}", said(&output));
    assert_eq!(refused(&service, "people.json"), [(3, vec![(String::new(), "malformed".to_owned())])]);
    let noted = std::fs::read_to_string(service.path("people.json.skipped.jsonl")).unwrap();
    assert!(noted.contains("a brace or bracket in it is missing, or too many"), "{noted}");
}

#[tokio::test]
async fn an_account_that_the_database_refuses_is_skipped_alone() {
    // What a database refuses for good is not known in advance, so it is told to refuse somebody.
    let service = Service::prepare(&[("STORE__URL", "sqlite://account-data/account.db")]);
    assert!(service.run(&["migrate"]).await.status.success());
    let script = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute(\"CREATE TRIGGER refuse BEFORE INSERT \
                  ON accounts WHEN NEW.email_key LIKE 'b@%' BEGIN SELECT RAISE(ABORT, 'refused: b@acme.com'); END\")";
    let mut python = std::process::Command::new("python3");
    let made = python.args(["-c", script]).arg(service.path("account-data/account.db")).output().unwrap();
    assert!(made.status.success(), "{}", complained(&made));
    std::fs::write(service.path("people.csv"), "email,verified\na@acme.com,t\nb@acme.com,t\nc@acme.com,t\n").unwrap();
    let output = service.run(&["import", "people.csv"]).await;
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    assert!(said(&output).contains("2 imported, 0 already existed, 1 skipped."), "{}", said(&output));
    assert_eq!(refused(&service, "people.csv"), [(3, vec![(String::new(), "not_stored".to_owned())])]);
    assert!(!complained(&output).contains("b@acme.com"), "{}", complained(&output));
    let emails: Vec<_> = exported(&service).await.iter().map(|it| it["email"].clone()).collect();
    assert_eq!(emails, ["a@acme.com", "c@acme.com"]);
}

#[tokio::test]
async fn commands_do_not_repeat_the_risks_of_the_settings() {
    // Without https, and with hashes that cost too little.
    let mut service = Service::prepare(&[("STORE__URL", "sqlite://account-data/account.db")]);
    std::fs::write(service.path("people.csv"), "email,verified\na@acme.com,t\n").unwrap();
    let output = service.run(&["import", "people.csv"]).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert!(![said(&output), complained(&output)].concat().contains("risk"), "{}", complained(&output));
    let checked = service.run(&["config", "check"]).await;
    assert!(said(&checked).contains("hashing.memory_kib"), "{}", said(&checked));
    service.launch().await;
    assert!(service.output().contains("risky_setting"), "{}", service.output());
}

#[tokio::test]
async fn refused_lines_are_not_repeated_anywhere() {
    let service = Service::prepare(&[]);
    let line =
        r#"{"email":"secretive@acme.com","password_hash":"$2b$31$IDrtBkWTsclEMT08K/sfROsecret","name":"Sleuth"}"#;
    std::fs::write(service.path("people.jsonl"), line).unwrap();
    let output = service.run(&["import", "people.jsonl"]).await;
    assert_eq!(output.status.code(), Some(1));
    let noted = std::fs::read_to_string(service.path("people.jsonl.skipped.jsonl")).unwrap();
    assert_eq!(refused(&service, "people.jsonl").len(), 1);
    for part in ["secretive", "IDrtBkWTsclEMT08K", "Sleuth"] {
        assert!(![noted.clone(), said(&output), complained(&output)].concat().contains(part), "{part}");
    }
}

#[tokio::test]
async fn an_imported_account_gets_a_current_hash_at_sign_in() {
    let service = Service::start().await;
    service.import(&good_records()).await;
    for (kind, _) in HASHES {
        let email = format!("{kind}@acme.com");
        assert_eq!(sign_in(&service, &email, "another lantern gravel orchid").await, 401, "{kind}");
        assert_eq!(sign_in(&service, &email, PASSWORD).await, 201, "{kind}");
    }
    let accounts = exported(&service).await;
    let hash = |email: &str| {
        let account = accounts.iter().find(|account| account["email"] == email);
        account.unwrap()["password_hash"].as_str().unwrap().to_owned()
    };
    for (kind, _) in HASHES {
        let email = format!("{kind}@acme.com");
        assert!(hash(&email).starts_with(CURRENT), "{kind}: {}", hash(&email));
        assert_eq!(sign_in(&service, &email, PASSWORD).await, 201, "{kind}, once more");
        assert_eq!(sign_in(&service, &email, "another lantern gravel orchid").await, 401, "{kind}, once more");
    }
    assert_eq!(hash("never@acme.com"), HASHES[2].1, "nobody has signed in with that one");
    let again = exported(&service).await;
    assert_eq!(again, accounts, "a current hash stays as it is");
}

#[tokio::test]
async fn a_killed_import_resumes() {
    const PEOPLE: usize = 6_000;
    let email = |n: usize| format!("p{n}@acme.com");
    let bad = "{\"email\":\"nobody\"}\n";
    let json: Vec<_> = (0..PEOPLE).map(|n| format!("{}\n", json!({"email": email(n), "verified": true}))).collect();
    let table: Vec<_> = (0..PEOPLE).map(|n| format!("{},true,\"a\nb\"\n", email(n))).collect();
    let document = format!("[{}{}{}]", bad.replace('\n', ",\n"), json.join(","), bad.replacen('{', ",{", 1));
    let (json, table) = (json.concat(), table.concat());
    let files = [
        ("people.json", document),
        ("people.jsonl", format!("{bad}{json}{bad}")),
        ("people.csv", format!("email,verified,bio\nnobody,true,\n{table}nobody,true,\n")),
    ];
    for (file, text) in files {
        let service = Service::prepare(&[]);
        assert!(service.run(&["migrate"]).await.status.success());
        std::fs::write(service.path(file), text).unwrap();
        let progress = service.path(&format!("{file}.progress"));
        let mut command = service.command(&["import", file]);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let start = Instant::now();
        while !progress.exists() {
            assert!(start.elapsed() < Duration::from_mins(1), "{file}: no batch was done");
            assert_eq!(process.try_wait().unwrap(), None, "{file}: it ended before it could be killed");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        process.kill().await.unwrap();
        assert!(progress.exists(), "{file}: it was over before it was killed");
        let done = exported(&service).await.len();
        assert!((1..PEOPLE).contains(&done), "{file}: {done}");

        let output = service.run(&["import", file]).await;
        assert_eq!(output.status.code(), Some(1), "{file}: {}", complained(&output));
        assert!(said(&output).starts_with("Resuming an interrupted import of this file after line "), "{file}");
        assert_eq!(refused(&service, file).len(), 2, "{file}: the bad line at the beginning is still noted");
        let accounts = exported(&service).await;
        let emails: BTreeSet<_> =
            accounts.iter().map(|account| account["email"].as_str().unwrap().to_owned()).collect();
        assert_eq!(accounts.len(), PEOPLE, "{file}");
        assert_eq!(emails, (0..PEOPLE).map(email).collect(), "{file}");
        assert!(!progress.exists(), "{file}: it is done");
    }
}
