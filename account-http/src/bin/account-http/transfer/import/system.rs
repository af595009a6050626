//! What other systems export: which of their members are which of ours.

mod firebase;
mod keycloak;
mod members;

use account_core::input::Input;
use account_core::timestamp::Timestamp;
use serde_json::Value;

use super::super::record::Record;
use super::arranged::Arranged;
use super::columns;
use super::line::Object;
use super::lines::FileFormat;
use super::moment;
use super::table::KnownColumns;
use crate::command_line::OtherSystem;

pub(super) use firebase::HashConfig;
use members::Meaning::{self, Disabled, DisabledUntil, Enabled, Is, Moment, Nothing, VerifiedAt};
use members::{FIREBASE_COLUMNS, members};

/// Returns the format that files of a system have, if their name does not tell.
pub(super) fn format(system: OtherSystem, named: FileFormat) -> FileFormat {
    match (system, named) {
        // Its exports have one object per line, whatever they are called.
        (OtherSystem::Auth0, FileFormat::Document) => FileFormat::JsonLines,
        _ => named,
    }
}

/// Returns the columns of a system whose tables have no header line.
pub(super) const fn known_columns(system: OtherSystem) -> Option<&'static KnownColumns> {
    match system {
        OtherSystem::Firebase => Some(&FIREBASE_COLUMNS),
        _ => None,
    }
}

/// Returns the name of the system's member that holds the address.
pub(super) fn address(system: OtherSystem) -> &'static str {
    members(system).iter().find(|(_, meaning)| matches!(meaning, Is("email"))).map_or("email", |(name, _)| name)
}

/// Puts the members of a system in our form. A name that the system does not have, but we do, keeps our meaning: tables
/// have columns of their own.
pub(super) fn arrange(system: OtherSystem, theirs: Object, config: Option<&HashConfig>, now: Timestamp) -> Arranged {
    let theirs = flatten(system, theirs);
    let mut arranged = Arranged::default();
    let known = members(system);
    for (name, value) in &theirs {
        let key = columns::key(name);
        let value = if is_null(value) { &Value::Null } else { value };
        match known.iter().find(|(theirs, _)| *theirs == key) {
            Some((_, meaning)) => add(*meaning, value, now, &mut arranged.members),
            None => match columns::known(&key) {
                Some(ours) => add(Is(ours), value, now, &mut arranged.members),
                None => arranged.unused.push(name.clone()),
            },
        }
    }
    match system {
        OtherSystem::Keycloak => keycloak::complete(&theirs, &mut arranged),
        OtherSystem::Firebase => firebase::complete(&theirs, config, &mut arranged),
        OtherSystem::Django => drop_unusable_password(&mut arranged.members),
        OtherSystem::Supabase => supabase_name(&theirs, &mut arranged.members),
        OtherSystem::Aspnet
        | OtherSystem::Auth0
        | OtherSystem::Devise
        | OtherSystem::Laravel
        | OtherSystem::Wordpress => {}
    }
    drop_addresses(&mut arranged.members);
    arranged
}

/// Adds what a member says. Where that is not clear, the address is not verified and the account is disabled.
fn add(meaning: Meaning, value: &Value, now: Timestamp, members: &mut Object) {
    match meaning {
        Is(member) if !value.is_null() && value.as_str() != Some("") => {
            members.entry(member.to_owned()).or_insert_with(|| value.clone());
        }
        Moment(member) => {
            members.insert(member.to_owned(), moment::rfc3339(value));
        }
        VerifiedAt => {
            let verified = match (says_nothing(value), moment::may_be_after(value, now)) {
                (true, _) => Value::Bool(false),
                (false, false) => Value::Bool(true),
                // No boolean: so it is reported.
                (false, true) => Value::String("no moment in the past".to_owned()),
            };
            members.insert("verified".to_owned(), verified);
        }
        Enabled if !says_nothing(value) && flag(value) != Input::Given(true) => disable(members),
        Disabled if !says_nothing(value) && flag(value) != Input::Given(false) => disable(members),
        DisabledUntil if !says_nothing(value) && moment::may_be_after(value, now) => disable(members),
        Is(_) | Enabled | Disabled | DisabledUntil | Nothing => {}
    }
}

/// Returns whether a flag or a moment has no value. MySQL may have a day zero in its place.
fn says_nothing(value: &Value) -> bool {
    let text = value.as_str().map(|text| text.trim().to_ascii_lowercase());
    value.is_null() || text.is_some_and(|text| matches!(&*text, "" | "null" | "\\n") || text.starts_with("0000-00-00"))
}

/// Reads a flag as our own members are read.
fn flag(value: &Value) -> Input<bool> {
    let member = "flag";
    Record(Object::from([(member.to_owned(), value.clone())])).flag(member)
}

fn disable(members: &mut Object) {
    members.insert("disabled_at".to_owned(), Value::Bool(true));
}

/// Returns whether a cell is what SQL Server and MySQL write for no value. People are called Null.
fn is_null(value: &Value) -> bool {
    value.as_str().is_some_and(|text| matches!(text.trim(), "NULL" | "\\N"))
}

/// Moves the members of a nested object up: `dumpdata` of Django has the fields of a model in `fields`.
fn flatten(system: OtherSystem, mut theirs: Object) -> Object {
    if system == OtherSystem::Django
        && let Some(Value::Object(fields)) = theirs.remove("fields")
    {
        theirs.extend(fields);
    }
    theirs
}

/// Django writes `!` and a random text if there is no password (`UNUSABLE_PASSWORD_PREFIX`).
fn drop_unusable_password(members: &mut Object) {
    if members.get("password_hash").and_then(Value::as_str).is_some_and(|hash| hash.starts_with('!')) {
        members.remove("password_hash");
    }
}

/// Supabase has the name that a provider told, or the application set, in a JSON object.
fn supabase_name(theirs: &Object, members: &mut Object) {
    let data = theirs.iter().find(|(name, _)| columns::key(name) == "raw_user_meta_data").map(|(_, data)| data);
    let parsed = match data {
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        Some(Value::Object(object)) => Some(object.clone()),
        _ => None,
    };
    let Some(object): Option<serde_json::Map<String, Value>> = parsed else { return };
    if let Some(name) = ["full_name", "name"].iter().find_map(|name| object.get(*name)?.as_str()) {
        members.entry("name".to_owned()).or_insert_with(|| Value::String(name.to_owned()));
    }
}

/// Leaves out a username or name that is the address: several systems fill them with it.
fn drop_addresses(members: &mut Object) {
    let Some(email) = members.get("email").and_then(Value::as_str).map(str::to_lowercase) else { return };
    for member in ["username", "name"] {
        let is_address = |value: &Value| value.as_str().is_some_and(|text| text.to_lowercase() == email);
        if members.get(member).is_some_and(is_address) {
            members.remove(member);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(system: OtherSystem, theirs: &Value) -> Arranged {
        let now = Timestamp::parse_rfc3339("2024-01-05T10:11:12Z").unwrap();
        arrange(system, theirs.as_object().unwrap().clone().into_iter().collect(), None, now)
    }

    fn members_of(system: OtherSystem, theirs: &Value) -> Value {
        Value::Object(of(system, theirs).members.into_iter().collect())
    }

    #[test]
    fn names_are_compared_without_case_and_ours_count_where_theirs_do_not() {
        let theirs = json!({"Email": "a@x.org", "NAME": "Null", "country": "DE", "stripe_id": "1", "password": "NULL"});
        let arranged = of(OtherSystem::Laravel, &theirs);
        let expected = json!({"email": "a@x.org", "name": "Null", "country": "DE"});
        assert_eq!(Value::Object(arranged.members.into_iter().collect()), expected);
        assert_eq!(arranged.unused, ["stripe_id"]);
    }

    #[test]
    fn whatever_disables_an_account_disables_it_here() {
        for (system, theirs, is_disabled) in [
            (OtherSystem::Django, json!({"pk": 1, "fields": {"is_active": false}}), true),
            (OtherSystem::Django, json!({"is_active": "f"}), true),
            (OtherSystem::Django, json!({"is_active": "t"}), false),
            (OtherSystem::Django, json!({"is_active": " True "}), false),
            (OtherSystem::Django, json!({"is_active": 1}), false),
            (OtherSystem::Django, json!({"is_active": " "}), false),
            (OtherSystem::Django, json!({"is_active": null}), false),
            (OtherSystem::Django, json!({"is_active": "off"}), true),
            (OtherSystem::Django, json!({"is_active": 2}), true),
            (OtherSystem::Keycloak, json!({"enabled": "disabled"}), true),
            (OtherSystem::Laravel, json!({"deleted_at": " NULL "}), false),
            (OtherSystem::Laravel, json!({"deleted_at": "0000-00-00 00:00:00"}), false),
            (OtherSystem::Keycloak, json!({"enabled": false}), true),
            (OtherSystem::Keycloak, json!({}), false),
            (OtherSystem::Firebase, json!({"disabled": ""}), false),
            (OtherSystem::Firebase, json!({"disabled": true}), true),
            (OtherSystem::Aspnet, json!({"LockoutEnd": "2024-01-05 10:11:13 +00:00"}), true),
            (OtherSystem::Aspnet, json!({"LockoutEnd": "2024-01-05 10:11:11 +00:00"}), false),
            (OtherSystem::Aspnet, json!({"LockoutEnd": "NULL"}), false),
            (OtherSystem::Supabase, json!({"banned_until": "infinity"}), true),
            (OtherSystem::Supabase, json!({"deleted_at": "2024-01-01 00:00:00+00"}), true),
            (OtherSystem::Wordpress, json!({"spam": "0", "deleted": 1}), true),
            (OtherSystem::Wordpress, json!({"spam": "0", "deleted": 0}), false),
            (OtherSystem::Auth0, json!({"blocked": true}), true),
        ] {
            assert_eq!(of(system, &theirs).members.contains_key("disabled_at"), is_disabled, "{theirs}");
        }
    }

    #[test]
    fn only_a_moment_in_the_past_verifies_an_address() {
        for (written, verified) in [
            (json!("2024-01-05 10:11:12"), Input::Given(true)),
            (json!(" 2019-05-17 08:30:00+00 "), Input::Given(true)),
            (json!(1_558_081_800_000_i64), Input::Given(true)),
            (json!(null), Input::Given(false)),
            (json!(""), Input::Given(false)),
            (json!("  "), Input::Given(false)),
            (json!("null"), Input::Given(false)),
            (json!(" NULL"), Input::Given(false)),
            (json!("0000-00-00 00:00:00"), Input::Given(false)),
            // These are reported.
            (json!("2024-01-05 10:11:13"), Input::Mistyped),
            (json!("infinity"), Input::Mistyped),
            (json!("never"), Input::Mistyped),
            (json!("1"), Input::Mistyped),
            (json!(true), Input::Mistyped),
            (json!({}), Input::Mistyped),
        ] {
            let theirs = json!({"email_verified_at": written});
            let record = Record(of(OtherSystem::Laravel, &theirs).members);
            assert_eq!(record.flag("verified"), verified, "{written}");
        }
    }

    #[test]
    fn keycloak_credentials_of_all_versions_become_hashes() {
        let old = json!({"type": "password", "hashedSaltedValue": "AAA=", "salt": "BBB=", "hashIterations": 27_500,
            "algorithm": "pbkdf2-sha256"});
        let new = json!({"type": "password", "secretData": "{\"value\":\"AAA=\",\"salt\":\"BBB=\"}",
            "credentialData": "{\"hashIterations\":27500,\"algorithm\":\"pbkdf2-sha256\"}"});
        for password in [old, new] {
            let theirs = json!({"credentials": [{"type": "otp"}, password]});
            let expected = json!({"password_hash": "$pbkdf2-sha256$i=27500$BBB$AAA"});
            assert_eq!(members_of(OtherSystem::Keycloak, &theirs), expected);
        }
        let broken = json!({"credentials": [{"type": "password", "secretData": "{", "credentialData": "{}"}]});
        assert_eq!(of(OtherSystem::Keycloak, &broken).hash_problem.unwrap(), "the credential is incomplete");
        assert_eq!(members_of(OtherSystem::Keycloak, &json!({"credentials": []})), json!({}));
    }

    #[test]
    fn an_export_of_firebase_without_hashes_is_reported() {
        let arranged = of(OtherSystem::Firebase, &json!({"passwordHash": "UkVEQUNURUQ=", "salt": "x"}));
        assert!(arranged.hash_problem.unwrap().starts_with("the export has no hashes"));
    }

    #[test]
    fn a_username_that_is_the_address_is_none() {
        let theirs = json!({"UserName": "Jane@x.org", "Email": "jane@x.org"});
        assert_eq!(members_of(OtherSystem::Aspnet, &theirs), json!({"email": "jane@x.org"}));
    }
}
