//! One media type for each body.

use serde_json::Value;

use super::notes::{Fate, Notes, Object};

/// Media types of requests that progenitor sends, the best first.
const SENT: [&str; 2] = ["application/json", "application/x-www-form-urlencoded"];

/// Keeps the media type that progenitor sends best. An operation that has none of them goes.
pub(super) fn keep_one_of_request(content: &mut Object, notes: &mut Notes) -> Fate {
    let sent = |wanted: &str| content.keys().find(|key| essence(key) == wanted).cloned();
    let Some(kept) = SENT.into_iter().find_map(sent) else {
        notes.drop("the operation", "progenitor supports none of its media types");
        return Fate::Removed;
    };
    keep(content, &kept, "request", "progenitor supports one media type per request", notes);
    Fate::Kept
}

/// Keeps the JSON of an answer, called `application/json`, else the first of its media types, which is not decoded.
pub(super) fn keep_one_of_answer(status: &str, content: &mut Object, notes: &mut Notes) {
    let Some(kept) = content.keys().find(|key| is_json(key)).or_else(|| content.keys().next()).cloned() else {
        return;
    };
    keep(content, &kept, &format!("answer {status}"), "progenitor supports one media type per response status", notes);
    if is_json(&kept)
        && let Some(media) = content.remove(&kept)
    {
        content.insert("application/json".to_owned(), media);
    }
}

/// The schema of an answer that is decoded; none when it is not.
pub(super) fn decoded(response: &Value) -> Option<&Value> {
    response.pointer("/content/application~1json/schema")
}

fn keep(content: &mut Object, kept: &str, place: &str, why: &'static str, notes: &mut Notes) {
    content.retain(|key, _| {
        if key != kept {
            notes.drop(&format!("{place} as `{key}`"), why);
        }
        key == kept
    });
    for media in content.values_mut().filter_map(Value::as_object_mut) {
        if media.remove("encoding").is_some() {
            notes.drop(&format!("{place}: how its fields are encoded"), "progenitor encodes all fields the same way");
        }
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
