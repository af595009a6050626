//! Moving in from another system, by the guides of docs/moving-in and their sample files.

use std::collections::{BTreeMap, BTreeSet};

use account_tests::Service;
use account_tests::verifiers::{check_samples, samples};
use serde_json::{Value, json};

use super::{complained, exported, json_lines, said};

/// The password of everybody in the sample files.
const PASSWORD: &str = "it's my old password";
/// How the service of the tests hashes.
const CURRENT: &str = "$argon2id$v=19$m=64,t=1,p=1$";

/// A sample file, and what comes of it.
struct Sample {
    file: &'static str,
    /// The options of the guide.
    options: &'static [&'static str],
    /// Who signs in with the old password.
    sign_in: &'static [&'static str],
    /// Who signs in, but whose address is not verified.
    unverified: &'static [&'static str],
    /// Who is there, but cannot sign in: disabled, or without a password.
    cannot: &'static [&'static str],
    /// Lines that are skipped: number of the line, of the account, and what the reason has in it.
    skipped: &'static [(u64, u64, &'static str)],
}

const FIREBASE_OPTIONS: &[&str] = &["--from", "firebase", "--hash-config", "firebase-hash-config.txt"];

const SAMPLES: [Sample; 11] = [
    Sample {
        file: "keycloak.json",
        options: &["--from", "keycloak"],
        sign_in: &["anna", "ben", "carla"],
        unverified: &[],
        cannot: &["dennis"],
        skipped: &[(125, 5, "the algorithm scram-sha-256 is not supported")],
    },
    Sample {
        file: "django.json",
        options: &["--from", "django", "--assume-verified"],
        sign_in: &["anna", "ben", "carla", "dennis"],
        unverified: &[],
        cannot: &["emma", "frank"],
        skipped: &[(110, 7, "the algorithm md5 is not supported")],
    },
    Sample {
        file: "firebase.json",
        options: FIREBASE_OPTIONS,
        sign_in: &["anna"],
        unverified: &[],
        cannot: &["ben", "carla"],
        skipped: &[(28, 3, "is required")],
    },
    Sample {
        file: "firebase.csv",
        options: FIREBASE_OPTIONS,
        sign_in: &["dennis", "emma"],
        unverified: &[],
        cannot: &["frank"],
        skipped: &[],
    },
    Sample {
        file: "wordpress.csv",
        options: &["--from", "wordpress", "--assume-verified"],
        sign_in: &["anna", "ben", "carla"],
        unverified: &[],
        cannot: &[],
        skipped: &[(5, 4, "the algorithm unsalted MD5 is not supported")],
    },
    Sample {
        file: "aspnet.csv",
        options: &["--from", "aspnet"],
        sign_in: &["anna", "ben", "carla"],
        unverified: &[],
        cannot: &["dennis", "emma"],
        skipped: &[],
    },
    Sample {
        file: "auth0.json",
        options: &["--from", "auth0"],
        sign_in: &["anna"],
        unverified: &[],
        cannot: &[],
        skipped: &[(2, 2, "it is not a complete hash of the format bcrypt")],
    },
    Sample {
        file: "supabase.csv",
        options: &["--from", "supabase"],
        sign_in: &["anna", "ben"],
        unverified: &["carla"],
        cannot: &["dennis"],
        skipped: &[(6, 5, "the algorithm $6$ is not supported")],
    },
    Sample {
        file: "laravel.csv",
        options: &["--from", "laravel"],
        sign_in: &["anna", "ben"],
        unverified: &[],
        cannot: &[],
        skipped: &[(4, 3, "the algorithm unsalted SHA-1 is not supported")],
    },
    Sample {
        file: "devise.tsv",
        options: &["--from", "devise"],
        sign_in: &["anna"],
        unverified: &["ben"],
        cannot: &[],
        skipped: &[(4, 3, "the bcrypt cost is 17, above the limit of 14")],
    },
    Sample {
        file: "flask.csv",
        options: &[],
        sign_in: &["anna", "ben", "carla", "dennis", "emma", "frank"],
        unverified: &[],
        cannot: &[],
        skipped: &[(8, 7, "the algorithm $6$ is not supported")],
    },
];

/// Puts the sample files in the folder of a service.
fn copy_samples(service: &Service) {
    for entry in std::fs::read_dir(samples()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), service.path(entry.file_name().to_str().unwrap())).unwrap();
    }
}

/// What `FILE.skipped.jsonl` says of skipped lines: numbers of line and account, and the reasons.
fn skipped(service: &Service, file: &str) -> Vec<(u64, u64, String)> {
    let Ok(text) = std::fs::read_to_string(service.path(&format!("{file}.skipped.jsonl"))) else { return vec![] };
    let lines = json_lines(&text).into_iter().filter(|entry| entry["skipped"] == "line");
    let reasons = |entry: &Value| {
        let problems = entry["problems"].as_array().unwrap().iter();
        problems.map(|problem| problem["message"].as_str().unwrap()).collect::<Vec<_>>().join("; ")
    };
    let number = |entry: &Value, member: &str| entry[member].as_u64().unwrap();
    lines.map(|entry| (number(&entry, "line"), number(&entry, "record"), reasons(&entry))).collect()
}

async fn sign_in(service: &Service, email: &str, password: &str) -> u16 {
    let body = json!({"email": email, "password": password}).to_string();
    service.post("/account/v1/sessions", &body).await.status
}

/// Imports a sample, and checks what is reported.
async fn import(service: &Service, sample: &Sample) {
    let Sample { file, options, .. } = sample;
    let output = service.run(&[&["import", file], *options].concat()).await;
    let imported = sample.sign_in.len() + sample.unverified.len() + sample.cannot.len();
    let tally = format!("{imported} imported, 0 already existed, {} skipped.\n", sample.skipped.len());
    assert!(said(&output).starts_with(&tally), "{file}: {} {}", said(&output), complained(&output));
    assert!(!said(&output).contains("without some details"), "{file}: {}", said(&output));
    assert_eq!(output.status.success(), sample.skipped.is_empty(), "{file}");
    let noted = skipped(service, file);
    assert_eq!(noted.len(), sample.skipped.len(), "{file}: {noted:?}");
    for ((line, record, why), (noted_line, noted_record, noted_why)) in sample.skipped.iter().zip(&noted) {
        assert_eq!((line, record), (noted_line, noted_record), "{file}: {noted_why}");
        assert!(noted_why.contains(why), "{file}: {noted_why}");
    }
}

#[test]
fn the_systems_own_libraries_make_the_sample_files() {
    let counts: BTreeMap<_, _> = check_samples()
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(file, count)| (file.to_owned(), count.to_owned()))
        .collect();
    for (file, hashes) in [("django.json", "6"), ("flask.csv", "7"), ("firebase.json", "2"), ("wordpress.csv", "3")] {
        assert_eq!(counts[file], hashes, "{file}");
    }
    for sample in &SAMPLES {
        assert!(counts.contains_key(sample.file), "{}", sample.file);
    }
}

#[tokio::test]
async fn people_of_other_systems_sign_in_with_their_old_passwords() {
    let mut accounts = Vec::new();
    for sample in &SAMPLES {
        // A username belongs to one person.
        let service = Service::start().await;
        copy_samples(&service);
        import(&service, sample).await;
        let system = sample.file.split_once('.').unwrap().0;
        for name in sample.sign_in.iter().chain(sample.unverified) {
            let email = format!("{name}@{system}.example.com");
            assert_eq!(sign_in(&service, &email, "it's my other password").await, 401, "{email}");
            assert_eq!(sign_in(&service, &email, PASSWORD).await, 201, "{email}");
        }
        for name in sample.cannot {
            let email = format!("{name}@{system}.example.com");
            assert_ne!(sign_in(&service, &email, PASSWORD).await, 201, "{email}");
        }
        accounts.extend(exported(&service).await);
    }
    let of = |email: &str| accounts.iter().find(|it| it["email"] == email).unwrap_or_else(|| panic!("{email}"));
    for sample in &SAMPLES {
        let system = sample.file.split_once('.').unwrap().0;
        for (name, is_verified) in
            sample.sign_in.iter().map(|name| (name, true)).chain(sample.unverified.iter().map(|name| (name, false)))
        {
            let account = of(&format!("{name}@{system}.example.com"));
            assert!(account["password_hash"].as_str().unwrap().starts_with(CURRENT), "{account}");
            assert_eq!(account["verified"], is_verified, "{account}");
        }
    }
    let moment = |account: &Value| account["created_at"].as_str().unwrap()[..19].to_owned();
    for email in ["anna@keycloak", "anna@django", "anna@firebase", "dennis@firebase", "anna@wordpress", "anna@laravel"]
    {
        assert_eq!(moment(of(&format!("{email}.example.com"))), "2019-05-17T08:30:00", "{email}");
    }
    for email in
        ["dennis@keycloak", "emma@django", "carla@firebase", "frank@firebase", "dennis@aspnet", "dennis@supabase"]
    {
        assert!(of(&format!("{email}.example.com"))["disabled_at"].is_string(), "{email}: it stays disabled");
    }
    assert_eq!(of("frank@django.example.com")["password_hash"], Value::Null, "the password was unusable");
    let anna = of("anna@keycloak.example.com");
    let expected = (&json!("anna"), &json!("Anna"), &json!("Doe"), &json!("de"));
    assert_eq!((&anna["username"], &anna["given_name"], &anna["family_name"], &anna["language"]), expected);
    assert_eq!(of("anna@supabase.example.com")["name"], "Anna Doe");
    assert_eq!(of("dennis@firebase.example.com")["name"], "Dennis, Doe");
}

#[tokio::test]
async fn firebase_needs_the_parameters_of_the_project() {
    let service = Service::prepare(&[]);
    copy_samples(&service);
    let output = service.run(&["import", "firebase.json", "--from", "firebase"]).await;
    assert!(said(&output).starts_with("1 imported, 0 already existed, 3 skipped."), "{}", said(&output));
    let noted = skipped(&service, "firebase.json");
    assert!(noted[0].2.contains("the project's parameters are missing: name them with --hash-config"), "{noted:?}");
    let text = std::fs::read_to_string(service.path("firebase-hash-config.txt")).unwrap();
    std::fs::write(service.path("part.txt"), text.replace("mem_cost: 14,", "")).unwrap();
    let output = service.run(&["import", "firebase.json", "--from", "firebase", "--hash-config", "part.txt"]).await;
    assert!(complained(&output).contains("`mem_cost` is missing"), "{}", complained(&output));
    let output = service.run(&["import", "keycloak.json", "--from", "keycloak", "--hash-config", "part.txt"]).await;
    assert!(complained(&output).contains("--hash-config is for --from firebase only"), "{}", complained(&output));
    for secret in ["AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "75X2rbR4GJKZztzF"] {
        let all = [said(&output), complained(&output), format!("{noted:?}")].concat();
        assert!(!all.contains(secret), "{all}");
    }
}

/// Lines that cannot be used, put among the good ones of a sample, are named with the numbers that an editor shows.
/// Only a quote that is not closed costs the lines after it.
#[tokio::test]
async fn wrong_lines_are_named_with_their_true_numbers() {
    let service = Service::prepare(&[]);
    copy_samples(&service);
    let wordpress = std::fs::read_to_string(service.path("wordpress.csv")).unwrap();
    let [header, anna, ben, carla, _] = wordpress.lines().collect::<Vec<_>>().try_into().unwrap();
    let unclosed = carla.replace(",Carla", ",\"Carla").replace("carla", "nobody");
    let several = ben.replace(",Ben", ",\"Ben\r\n\r\nDoe\"");
    let lines = ["", header, "", anna, "5,short", &several, "", "", &unclosed, carla, "x,y,z"];
    let text = format!("\u{FEFF}{}\r\n", lines.join("\r\n"));
    std::fs::write(service.path("people.csv"), &text).unwrap();
    let output = service.run(&["import", "people.csv", "--from", "wordpress", "--assume-verified"]).await;
    assert!(said(&output).starts_with("2 imported, 0 already existed, 2 skipped."), "{}", said(&output));
    assert!(said(&output).contains("2 further lines were not read"), "{}", said(&output));
    let numbers: Vec<_> = skipped(&service, "people.csv").iter().map(|(line, record, _)| (*line, *record)).collect();
    let in_editor = |start: &str| text.lines().position(|line| line.starts_with(start)).unwrap() as u64 + 1;
    assert_eq!(numbers, [(in_editor("5,short"), 2), (in_editor("3,nobody"), 4)]);
    let accounts = exported(&service).await;
    let names: BTreeSet<_> = accounts.iter().filter_map(|account| account["username"].as_str()).collect();
    assert_eq!(names, BTreeSet::from(["anna", "ben"]));

    let keycloak = std::fs::read_to_string(service.path("keycloak.json")).unwrap();
    let broken = keycloak.replacen("\"firstName\": \"Ben\"", "\"firstName\" \"Ben\"", 1).replace('\n', "\r\n");
    std::fs::write(service.path("realm.json"), &broken).unwrap();
    let output = service.run(&["import", "realm.json", "--from", "keycloak"]).await;
    assert!(said(&output).starts_with("3 imported, 0 already existed, 2 skipped."), "{}", said(&output));
    let starts: Vec<_> = broken.lines().enumerate().filter(|(_, line)| *line == "    {").collect();
    let noted = skipped(&service, "realm.json");
    assert_eq!((noted[0].0, noted[0].1), (starts[1].0 as u64 + 1, 2), "{noted:?}");
    assert!(noted[0].2.contains("not a JSON object"), "{noted:?}");
}

#[tokio::test]
async fn a_table_is_understood_as_it_was_written_and_otherwise_refused_at_once() {
    let service = Service::prepare(&[]);
    let import = async |file: &str, text: &str, options: &[&str]| {
        std::fs::write(service.path(file), text).unwrap();
        let output = service.run(&[&["import", file], options].concat()).await;
        (output.status.success(), said(&output), complained(&output))
    };
    for (n, (file, text)) in [
        ("a.csv", "\u{FEFF}EMail;VERIFIED;Name\r\na@acme.com;t;\"Doe; Jane\"\r\n"),
        ("b.csv", "\"email\"\t\" Verified \"\tname\nb@acme.com\t1\tDoe, Jane\n"),
        ("c.tsv", "Email\tverified\nc@acme.com\tTRUE\n"),
        ("d.jsonl", "\u{FEFF}{\"Email\":\"d@acme.com\",\"verified\":1}\r\n\r\n"),
        ("e.json", "\u{FEFF}[{\"email\":\"e@acme.com\",\"verified\":\"t\"}]"),
    ]
    .into_iter()
    .enumerate()
    {
        let (is_done, said, complained) = import(file, text, &[]).await;
        assert!(is_done && said.starts_with("1 imported"), "{file}: {said} {complained}");
        let accounts = exported(&service).await;
        assert_eq!((accounts.len(), &accounts[n]["verified"]), (n + 1, &json!(true)), "{file}");
    }
    let found = exported(&service).await;
    assert_eq!((&found[0]["name"], &found[1]["name"]), (&json!("Doe; Jane"), &json!("Doe, Jane")));

    for (file, text, reason) in [
        (
            "f.csv",
            "Mail,Name\nf@acme.com,F\n",
            "there is no column `email` with the addresses; columns found: `Mail`, `Name`",
        ),
        ("p.csv", "p@acme.com,P\n", "p.csv: the first line does not look like a header: 2 cells"),
        (
            "g.csv",
            "email,email_verified\ng@acme.com,t\n",
            "unknown column `email_verified` in line 1; did you mean `verified`?",
        ),
        ("h.csv", "email,Email\nh@acme.com,h@acme.com\n", "the column `Email` is there twice"),
        (
            "i.jsonl",
            "{\"email\":\"i@acme.com\"}\n{\"email\":\"j@acme.com\",\"pasword_hash\":\"\"}",
            "unknown member `pasword_hash` in line 2; did you mean `password_hash`?",
        ),
        ("k.json", "{\"accounts\":[]}", "the file has no array of accounts"),
        ("l.csv", "", "the file is empty"),
        ("m.xlsx", "", "the name must end in .csv, .tsv, .jsonl or .json"),
    ] {
        let (is_done, said, complained) = import(file, text, &[]).await;
        assert!(!is_done && complained.contains(reason), "{file}: {said} {complained}");
        assert_eq!(exported(&service).await.len(), 5, "{file}");
        assert!(!service.path(&format!("{file}.skipped.jsonl")).exists(), "{file}");
    }
    let text = "email,Email_Verified,source\ng@acme.com,t,web\n";
    let (is_done, ..) =
        import("g.csv", text, &["--ignore-column", "email_verified", "--ignore-column", "Source"]).await;
    assert!(is_done);
    assert_eq!(exported(&service).await[5]["verified"], false);
    let (is_done, ..) = import("n.csv", "email,verified\nn@acme.com,\no@acme.com,f\n", &["--assume-verified"]).await;
    assert!(is_done);
    let accounts = exported(&service).await;
    let verified = |email: &str| accounts.iter().find(|it| it["email"] == email).unwrap()["verified"].clone();
    assert_eq!([verified("n@acme.com"), verified("o@acme.com")], [true, false], "what the file says counts");
}
