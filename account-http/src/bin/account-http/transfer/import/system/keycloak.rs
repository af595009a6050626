//! Keycloak's credentials and attributes.

use serde_json::{Map, Value};

use super::super::arranged::Arranged;
use super::super::line::Object;

/// Adds the hash, the language and the telephone number.
pub(super) fn complete(theirs: &Object, arranged: &mut Arranged) {
    let attribute = |name: &str| {
        let value = theirs.get("attributes")?.get(name)?;
        value.as_array().and_then(|values| values.first()).unwrap_or(value).as_str()
    };
    for (name, member) in [("locale", "language"), ("phoneNumber", "phone"), ("zoneinfo", "time_zone")] {
        if let Some(value) = attribute(name) {
            arranged.members.insert(member.to_owned(), Value::String(value.to_owned()));
        }
    }
    let credentials = theirs.get("credentials").and_then(Value::as_array);
    let password = credentials.into_iter().flatten().find(|credential| credential["type"] == "password");
    match password.map(hash) {
        Some(Ok(hash)) => {
            arranged.members.insert("password_hash".to_owned(), Value::String(hash));
        }
        Some(Err(why)) => arranged.hash_problem = Some(why),
        None => {}
    }
}

/// Returns the hash of a credential as a PHC string (`PasswordCredentialModel`, `PasswordSecretData` and
/// `PasswordCredentialData` of org.keycloak.models.credential; `Pbkdf2PasswordHashProvider` and
/// `Argon2PasswordHashProvider`).
fn hash(credential: &Value) -> Result<String, String> {
    let incomplete = || "the credential is incomplete".to_owned();
    // Before version 8 all was in one object, with other names.
    let nested = nested(credential, "secretData").zip(nested(credential, "credentialData"));
    let (secret, data) = nested.unwrap_or_else(|| {
        let all = credential.as_object().cloned().unwrap_or_default();
        (all.clone(), all)
    });
    let text = |name: &str| secret.get(name).and_then(Value::as_str);
    let value = text("value").or_else(|| text("hashedSaltedValue")).ok_or_else(incomplete)?;
    let salt = text("salt").unwrap_or_default().trim_end_matches('=');
    let iterations = data.get("hashIterations").and_then(Value::as_i64).unwrap_or_default();
    let algorithm = data.get("algorithm").and_then(Value::as_str).unwrap_or_default();
    let output = value.trim_end_matches('=');
    match algorithm {
        "pbkdf2" => Ok(format!("$pbkdf2-sha1$i={iterations}${salt}${output}")),
        "pbkdf2-sha256" | "pbkdf2-sha512" => Ok(format!("${algorithm}$i={iterations}${salt}${output}")),
        "argon2" => {
            let parameter = |name: &str| {
                let values = data.get("additionalParameters").and_then(|all| all.get(name));
                let value = values.and_then(|values| values.as_array().map_or(Some(values), |list| list.first()));
                value.and_then(Value::as_str).ok_or_else(incomplete)
            };
            let version = match parameter("version")? {
                "1.0" => 16,
                "1.3" => 19,
                _ => return Err(incomplete()),
            };
            let (kind, memory) = (parameter("type")?, parameter("memory")?);
            let parallelism = parameter("parallelism")?;
            Ok(format!("$argon2{kind}$v={version}$m={memory},t={iterations},p={parallelism}${salt}${output}"))
        }
        // Extensions keep complete hashes, for example of bcrypt.
        _ if value.starts_with('$') => Ok(value.to_owned()),
        "" => Err(incomplete()),
        other => {
            let name = other.chars().filter(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_')).take(30);
            Err(format!("the algorithm {} is not supported", name.collect::<String>()))
        }
    }
}

/// Returns an object that is written as a text.
fn nested(credential: &Value, name: &str) -> Option<Map<String, Value>> {
    match credential.get(name)? {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Object(object) => Some(object.clone()),
        _ => None,
    }
}
