//! Values that a case learns on its way, and texts with places for them.

use std::collections::BTreeMap;

/// Values by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables(BTreeMap<String, String>);

impl Variables {
    /// Learns a value.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// The value of that name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The text with every `{{name}}` replaced.
    ///
    /// # Errors
    /// When there is no such value.
    pub(super) fn fill(&self, text: &str) -> Result<String, String> {
        let mut filled = String::new();
        for piece in pieces(text)? {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Place(name) => {
                    filled.push_str(self.get(name).ok_or_else(|| format!("nothing has set {{{{{name}}}}}"))?);
                }
            }
        }
        Ok(filled)
    }

    /// The text of a vendor's document, with every `{name}` replaced that there is a value for.
    pub(super) fn fill_vendors(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }
}

/// A piece of a text with places.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Itself.
    Text(&'a str),
    /// What stands between `{{` and `}}`.
    Place(&'a str),
}

/// Cuts a text at its places.
///
/// # Errors
/// When a place does not end.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (place, behind) = after.split_once("}}").ok_or("a {{ without its }}")?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Place(place));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Variables {
        let mut variables = Variables::default();
        variables.set("yourToken", "abc");
        variables
    }

    #[test]
    fn placeholders_are_filled_and_everything_else_stays() {
        assert_eq!(
            known().fill(r#"{"a":{"b":"{{yourToken}}"}} {yourToken}"#).unwrap(),
            r#"{"a":{"b":"abc"}} {yourToken}"#
        );
        assert_eq!(known().fill_vendors("Bearer {yourToken} {other}"), "Bearer abc {other}");
    }

    #[test]
    fn a_placeholder_without_a_value_is_an_error() {
        assert_eq!(known().fill("{{other}}").unwrap_err(), "nothing has set {{other}}");
        assert_eq!(known().fill("{{yourToken").unwrap_err(), "a {{ without its }}");
    }
}
