//! What a reduction drops, and why.

use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// Something that the reduced document does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::clients) struct Dropped {
    /// The operation's id; none when it is about the whole document.
    pub(in crate::clients) operation: Option<String>,
    pub(in crate::clients) what: String,
    pub(in crate::clients) why: &'static str,
}

/// What becomes of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    Removed,
}

/// Lists what is dropped of one operation.
pub(super) struct Notes {
    pub(super) operation: String,
    pub(super) dropped: Vec<Dropped>,
}

impl Notes {
    pub(super) fn of(operation: &Object, method: &str, path: &str) -> Self {
        let id = operation.get("operationId").and_then(Value::as_str);
        let operation = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
        Self { operation, dropped: Vec::new() }
    }

    pub(super) fn drop(&mut self, what: &str, why: &'static str) {
        self.dropped.push(Dropped { operation: Some(self.operation.clone()), what: what.to_owned(), why });
    }
}
