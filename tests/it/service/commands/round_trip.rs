//! From one service to another.

use account_tests::Service;
use serde_json::{Value, json};

use super::import::PASSWORD;
use super::{complained, exported};

/// Everything that can be said of somebody, as awkward as it may be, and of somebody else nothing.
fn people() -> [Value; 3] {
    [
        json!({
            "email": "John.Appleseed@acme.com", "verified": true,
            "password_hash": "$2b$04$IDrtBkWTsclEMT08K/sfROMrjED.7cD0qfUqoTmBXXArF8p7grQKW",
            "username": "test.user", "name": "John \"Johnny\" Appleseed, jr.", "given_name": "John", "family_name": "Äppleseed",
            "country": "ZA", "language": "en-ZA", "time_zone": "Africa/Johannesburg",
            "country_source": "client_address", "time_zone_source": "country", "shown_in": "fr", "phone": "+27831234567",
            "postal_address": "1 Long Street\nCape Town\n8001", "company": "Acme; Sons", "industry": "=1+1",
            "date_of_birth": "1990-02-28", "bio": "One line,\nanother \"line\",\nand '; DROP TABLE account", "avatar_id": "a-1",
            "newsletter": true, "created_at": "2019-05-17T08:30:00Z",
        }),
        json!({"email": "jane@acme.com", "verified": true, "created_at": "2001-01-01T00:00:00Z"}),
        json!({"email": "new@acme.com", "verified": false, "name": "=HYPERLINK(\"https://evil.example\")", "company": "'=1"}),
    ]
}

/// What has to survive. Ids are each service's own; how long an unproven address has been kept starts over.
fn gist(accounts: &[Value]) -> Vec<Value> {
    let mut gists: Vec<_> = accounts.to_vec();
    for account in &mut gists {
        let members = account.as_object_mut().unwrap();
        members.remove("id").unwrap();
        members.remove("updated_at").unwrap();
        if members["verified"] == json!(false) {
            members.remove("created_at").unwrap();
        }
    }
    gists.sort_by_key(|account| account["email"].to_string());
    gists
}

#[tokio::test]
async fn exported_accounts_can_be_imported_unchanged() {
    let first = Service::prepare(&[]);
    first.import(&people()).await;
    let accounts = exported(&first).await;
    for (account, person) in gist(&accounts).iter().zip(gist_of_people()) {
        for (member, value) in person.as_object().unwrap() {
            assert_eq!(&account[member], value, "{member}");
        }
    }
    for file in ["all.jsonl", "all.csv"] {
        let output = first.run(&["export", "--with-hashes", file]).await;
        assert!(output.status.success(), "{}", complained(&output));
        let mut second = Service::prepare(&[]);
        std::fs::copy(first.path(file), second.path(file)).unwrap();
        let output = second.run(&["import", file]).await;
        assert!(output.status.success(), "{file}: {}", complained(&output));
        assert_eq!(gist(&exported(&second).await), gist(&accounts), "{file}");

        second.launch().await;
        for identifier in [json!({"email": "john.appleseed@acme.com"}), json!({"username": "test.user"})] {
            let mut body = identifier;
            body["password"] = json!(PASSWORD);
            let reply = second.post("/account/v1/sessions", &body.to_string()).await;
            assert_eq!(reply.status, 201, "{file} {body}: {}", reply.body);
        }
    }
}

fn gist_of_people() -> Vec<Value> {
    let mut people = people().to_vec();
    people.sort_by_key(|person| person["email"].to_string());
    people
}

#[tokio::test]
async fn hashes_are_exported_only_on_request_and_files_are_private() {
    use std::os::unix::fs::PermissionsExt;

    let service = Service::prepare(&[]);
    service.import(&people()).await;
    for file in ["all.jsonl", "all.csv"] {
        assert!(service.run(&["export", file]).await.status.success());
        let text = std::fs::read_to_string(service.path(file)).unwrap();
        assert!(text.contains("jane@acme.com") && !text.contains("$2b$"), "{file}");
        let mode = std::fs::metadata(service.path(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
        let again = service.run(&["export", file]).await;
        assert_eq!(again.status.code(), Some(1), "{file}: it is there");
        assert_eq!(std::fs::read_to_string(service.path(file)).unwrap(), text, "{file}");
    }
}

#[tokio::test]
async fn exported_cells_are_escaped_unless_raw_is_requested() {
    let service = Service::prepare(&[]);
    service.import(&people()).await;
    for (arguments, name, phone) in [
        (vec!["export", "all.csv"], "\"'=HYPERLINK(\"\"https://evil.example\"\")\"", ",'+27831234567,"),
        (vec!["export", "--raw", "raw.csv"], "\"=HYPERLINK(\"\"https://evil.example\"\")\"", ",+27831234567,"),
    ] {
        assert!(service.run(&arguments).await.status.success());
        let text = std::fs::read_to_string(service.path(arguments.last().unwrap())).unwrap();
        assert!(text.contains(name) && text.contains(phone), "{arguments:?}: {text}");
    }
    let second = Service::prepare(&[]);
    std::fs::copy(service.path("raw.csv"), second.path("raw.csv")).unwrap();
    let output = second.run(&["import", "--raw", "raw.csv"]).await;
    assert!(output.status.success(), "{}", complained(&output));
    assert_eq!(exported(&second).await.len(), 3);
    let gists = [gist(&exported(&second).await), gist(&exported(&service).await)];
    for (one, other) in gists[0].iter().zip(&gists[1]) {
        assert_eq!(
            (&one["name"], &one["company"], &one["phone"]),
            (&other["name"], &other["company"], &other["phone"])
        );
    }
}
