//! Checks that the lengths in the documents match the core's table.

use account_core::field_limits::{self as limits, ALL, Limits};
use serde_json::{Map, Value};

use crate::dialect::DIALECTS;
use crate::openapi::lengths::{CURSOR, IF_MATCH, SEARCH, of_answer, upper};
use crate::openapi::operations::operations_of;

/// The limits of members: of every schema in the document, or of one if another schema has a member with that name.
/// Members of the native API have the names of their fields, and are only listed where that is not enough.
const MEMBERS: &[(&str, &str, Limits)] = &[
    ("native", "time_zone_hint", limits::TIME_ZONE.core),
    ("native", "OrganizationRequest.code", limits::ORGANIZATION_CODE.core),
    ("native", "X-Registration-Continuation", limits::CONTINUATION.core),
    ("native", "q", SEARCH),
    ("native", "parameters.email", SEARCH),
    ("native", "cursor", CURSOR),
    ("native", "If-Match", IF_MATCH),
    ("native", "EmailVerificationRequest.code", limits::CODE.core),
    ("native", "flow_token", limits::TOKEN.core),
    ("native", "ProviderAnswer.state", limits::TOKEN.core),
    ("native", "ProviderRequest.client_id", limits::CLIENT_ID.core),
    ("native", "RegistrationWithProviderRequest.client_id", limits::CLIENT_ID.core),
    ("native", "redirect_uri", limits::CALLBACK_URL.core),
    ("mikrocloud", "name", limits::NAME.mikrocloud),
    ("mikrocloud", "email", limits::EMAIL.mikrocloud),
    ("mikrocloud", "country", limits::COUNTRY.mikrocloud),
    ("rpost", "Email", limits::EMAIL.rpost),
    ("rpost", "UserEmailAddress", limits::EMAIL.rpost),
    ("rpost", "username", limits::EMAIL.rpost),
    ("rpost", "AlternateEmail", limits::ALTERNATE_ADDRESS.rpost),
    ("rpost", "NotificationEmail", limits::NOTIFICATION_ADDRESS.rpost),
    ("rpost", "ConfirmEmail.Password", limits::PASSWORD.rpost),
    ("rpost", "ConfirmPassword", limits::PASSWORD.rpost),
    ("rpost", "password", limits::PASSWORD.rpost),
    ("rpost", "FirstName", limits::GIVEN_NAME.rpost),
    ("rpost", "LastName", limits::FAMILY_NAME.rpost),
    ("rpost", "PhoneNumber", limits::PHONE.rpost),
    ("rpost", "CallbackUrl", limits::CALLBACK_URL.rpost),
    ("rpost", "ConfirmationCallbackUrl", limits::CALLBACK_URL.rpost),
    ("rpost", "RegistrationApp", limits::APPLICATION.rpost),
    ("rpost", "Language", limits::LANGUAGE.rpost),
    ("rpost", "TimeZone", limits::TIME_ZONE.rpost),
    ("rpost", "Country", limits::COUNTRY.rpost),
    ("rpost", "CompanyName", limits::COMPANY.rpost),
    ("rpost", "Industry", limits::INDUSTRY.rpost),
    ("rpost", "Code", limits::CODE.rpost),
    ("rpost", "Token", limits::TOKEN.rpost),
    ("waltid", "addressCountry", limits::COUNTRY.waltid),
    ("waltid", "cursor", CURSOR),
    ("waltid", "name", limits::NAME.waltid),
    ("waltid", "email", limits::EMAIL.waltid),
    ("waltid", "address", limits::POSTAL_ADDRESS.waltid),
    ("waltid", "timeZone", limits::TIME_ZONE.waltid),
    ("waltid", "languagePreference", limits::LANGUAGE.waltid),
    ("waltid", "EmailPassRequest.password", limits::PASSWORD.waltid),
    ("waltid", "SuperAdminTokenRequest.token", limits::TOKEN.waltid),
    ("waltid", "EmailPassResponse.token", limits::TOKEN.core),
    ("form", "email", limits::EMAIL.form),
    ("form", "name", limits::NAME.form),
    ("form", "account", limits::USER_NAME.form),
    ("form", "bio", limits::BIO.form),
    ("form", "phone", limits::PHONE.form),
    ("form", "refresh_token", limits::TOKEN.form),
    ("form", "Login.password", limits::PASSWORD.form),
    // What other channels have set is shown as well.
    ("form", "PublicUser.name", limits::DISPLAY_NAME),
    ("form", "PublicUser.account", upper(limits::USER_NAME.core)),
    ("form", "PublicUser.bio", upper(limits::BIO.core)),
    ("form", "PublicUser.phone", upper(limits::PHONE.core)),
];

/// Members with a new password: their limits are those of the API's policy.
const CHOSEN_PASSWORDS: &[&str] = &["password", "Password", "NewPassword", "password_confirmation", "password_confirm"];

/// Returns the differences from the core's table, one line each: lengths that differ, and members that the table lacks.
#[must_use]
pub fn limit_differences(api: &str, document: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let mut differences = Vec::new();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    for (schema, body) in schemas {
        for (member, shape) in body.get("properties").and_then(Value::as_object).into_iter().flatten() {
            differences.extend(difference(api, schema, member, shape));
        }
    }
    for operation in operations_of(&document) {
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            let shape = parameter.get("schema").unwrap_or(&Value::Null);
            differences.extend(difference(api, "parameters", name, shape));
        }
    }
    differences
}

fn difference(api: &str, schema: &str, member: &str, shape: &Value) -> Option<String> {
    let shape = shape.as_object()?;
    let (min, max) = (length(shape, "minLength"), length(shape, "maxLength"));
    // That a required text is not empty is no length of the field.
    if max.is_none() && min.unwrap_or_default() <= 1 {
        return None;
    }
    let place = format!("{api}: {schema}.{member}");
    let Some(limits) = limits_of(api, schema, member) else {
        return Some(format!("{place} has a length that is in no row of account-core/src/field_limits.rs"));
    };
    let (is_min, is_max) = (min.unwrap_or_default(), max.unwrap_or(usize::MAX));
    // Where a field is required, an empty text is refused whatever its limits are.
    let is_right = is_max == limits.max && (is_min == limits.min || (is_min, limits.min) == (1, 0));
    (!is_right).then(|| format!("{place} is of {is_min} to {is_max}, the table says {} to {}", limits.min, limits.max))
}

fn length(shape: &Map<String, Value>, keyword: &str) -> Option<usize> {
    shape.get(keyword).and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok())
}

/// The limits that the table has for a member.
fn limits_of(api: &str, schema: &str, member: &str) -> Option<Limits> {
    let listed = |name: &str| MEMBERS.iter().find(|(of, known, _)| *of == api && *known == name);
    if let Some((_, _, limits)) = listed(&format!("{schema}.{member}")).or_else(|| listed(member)) {
        return Some(*limits);
    }
    if member == "Idempotency-Key" {
        return Some(limits::IDEMPOTENCY_KEY.core);
    }
    match DIALECTS.iter().find(|dialect| dialect.name == api) {
        Some(dialect) => CHOSEN_PASSWORDS.contains(&member).then(|| dialect.password_policy.limits()),
        None => {
            of_answer(schema, member).or_else(|| ALL.iter().find(|row| row.field.name() == member).map(|row| row.core))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document_names, openapi_document};

    #[test]
    fn every_length_in_the_committed_documents_is_the_tables() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi");
        let mut lengths = 0;
        for api in document_names().filter(|api| *api != "all") {
            let document = std::fs::read_to_string(format!("{folder}/{api}.json")).unwrap();
            assert_eq!(limit_differences(api, &document), [""; 0]);
            lengths += document.matches("\"maxLength\"").count();
        }
        assert!(lengths > 100, "{lengths}");
    }

    #[test]
    fn another_length_is_a_difference() {
        let document = openapi_document("native").unwrap();
        let planted = document.replace("\"maxLength\": 100", "\"maxLength\": 32");
        let differences = limit_differences("native", &planted);
        assert!(
            differences.iter().any(|it| it == "native: DetailsChange.phone is of 1 to 32, the table says 1 to 100")
        );
        let unknown = document.replace("\"phone\"", "\"fax\"");
        assert!(limit_differences("native", &unknown).iter().any(|it| it.starts_with("native: DetailsChange.fax has")));
    }
}
