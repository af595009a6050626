//! How many items the arrays of answers have at most.

use account_core::account::export::MAX_EXPORTED_EVENTS;
use account_core::administration::statistics::MAX_DAYS;
use account_core::feature::MAX_LISTED;
use account_core::field_limits::MAX_LIST;
use account_core::paging::MAX_PAGE;
use account_core::ports::Urgency;
use account_core::session::MAX_SESSIONS;
use serde_json::{Value, json};

use super::operations::operations;

/// More than there are countries, languages or time zones.
const MAX_LOOKUP: usize = 2_000;
/// More than a body of the size that is read can break rules.
const MAX_VIOLATIONS: usize = 1_000;
/// More than an operator has endpoints, former ones included.
const MAX_QUEUES: usize = 1_000;
/// More than an account has members, a field has rules, and there are limits.
const FEW: usize = 100;

/// Arrays by where they stand below `/components/schemas`, beside the pages of lists.
const ARRAYS: &[(&str, usize)] = &[
    ("Account/properties/consents", FEW),
    ("Account/properties/sources", FEW),
    ("Client/properties/callback_origins", MAX_LIST),
    ("Client/properties/networks", MAX_LIST),
    ("Client/properties/redirect_uris", MAX_LIST),
    ("IdentityList/properties/identities", FEW),
    ("Lookup/properties/items", MAX_LOOKUP),
    ("Organization/properties/callback_origins", MAX_LIST),
    ("PersonalData/properties/events", MAX_EXPORTED_EVENTS as usize),
    ("PersonalData/properties/sessions", MAX_SESSIONS),
    ("Problem/properties/violations", MAX_VIOLATIONS),
    ("ProviderList/properties/providers", FEW),
    ("RegistrationFeature/properties/domains", MAX_LISTED),
    ("RegistrationFeature/properties/organizations", MAX_LISTED),
    ("SessionList/properties/sessions", MAX_SESSIONS),
    ("Statistics/properties/items", MAX_DAYS as usize),
    ("Statistics/properties/queues", MAX_QUEUES),
    ("InstanceFigures/properties/hashing", Urgency::ALL.len()),
    ("InstanceFigures/properties/limits", FEW),
    // mikrocloud
    ("ValidationError/properties/errors/additionalProperties", FEW),
    // rpost
    ("Answer/properties/Message", MAX_VIOLATIONS),
    ("ConfirmedAnswer/properties/Message", MAX_VIOLATIONS),
    ("DetailsAnswer/properties/Message", MAX_VIOLATIONS),
    ("LookupAnswer/properties/Message", MAX_VIOLATIONS),
    ("LookupAnswer/properties/ResultContent", MAX_LOOKUP),
    ("StatusAnswer/properties/Message", MAX_VIOLATIONS),
    // waltid
    ("Account/properties/flags", 0),
    ("Account/properties/roles/additionalProperties", FEW),
    ("ExceptionDetails/properties/missingFields", FEW),
    ("ExceptionDetails/properties/unknownFields", FEW),
    ("ExceptionDetails/properties/violations", MAX_VIOLATIONS),
];

/// Bounds every array of a document that has no bound yet.
pub(super) fn bound_arrays(document: &mut Value) {
    if let Some(schemas) = document.pointer_mut("/components/schemas") {
        for (place, max) in ARRAYS {
            schemas.pointer_mut(&format!("/{place}")).into_iter().for_each(|array| bound(array, *max));
        }
        for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
            if name.ends_with("List") {
                schema.pointer_mut("/properties/items").into_iter().for_each(|array| bound(array, MAX_PAGE as usize));
            }
        }
    }
    // A list that is an answer by itself is a page.
    for operation in operations(document) {
        for answer in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten() {
            for media in answer.1.get_mut("content").and_then(Value::as_object_mut).into_iter().flatten() {
                media.1.get_mut("schema").into_iter().for_each(|schema| bound(schema, MAX_PAGE as usize));
            }
        }
    }
}

fn bound(schema: &mut Value, max: usize) {
    if let Value::Object(schema) = schema
        && schema.get("type").and_then(Value::as_str) == Some("array")
    {
        schema.entry("maxItems").or_insert_with(|| json!(max));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi_document;

    #[test]
    fn every_bound_is_one_of_an_array() {
        let documents = ["native", "mikrocloud", "rpost", "waltid"].map(|name| openapi_document(name).unwrap());
        let documents = documents.map(|text| serde_json::from_str::<Value>(&text).unwrap());
        for (place, max) in ARRAYS {
            let mut arrays =
                documents.iter().filter_map(|document| document.pointer(&format!("/components/schemas/{place}")));
            assert!(arrays.any(|array| array["maxItems"] == *max), "{place}");
        }
    }
}
