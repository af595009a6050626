//! Names that nothing knows, in queries and bodies: what a person meant by them must not be ignored.

use std::collections::BTreeSet;

/// Maximum number of unknown names that are reported.
const MAX_NAMES: usize = 20;
/// Maximum length of a name that is repeated, in bytes: tokens are longer.
const MAX_NAME: usize = 40;
/// Stands for a name that is not repeated, because it may be a secret or an address: a `=` is easily lost.
pub(crate) const HIDDEN: &str = "..";
/// How similar a name and its beginning are at least: of `query` and `q`, few letters are the same.
const OF_BEGINNING: f64 = 0.6;

/// Returns the known name that is most similar to a wrong one.
pub fn most_similar<T: AsRef<str>>(name: &str, known: impl IntoIterator<Item = T>) -> Option<T> {
    let likeness = |known: &str| {
        let whole = strsim::normalized_damerau_levenshtein(name, known);
        // Of a name with dots, often only the beginning is wrong or missing.
        let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let last = 0.8 * strsim::normalized_damerau_levenshtein(&last(name), &last(known));
        let begins = !known.is_empty() && !name.is_empty() && (name.starts_with(known) || known.starts_with(name));
        // If several names are equally similar, the whole names decide.
        (whole.max(last).max(if begins { OF_BEGINNING } else { 0.0 }), whole)
    };
    let known = known.into_iter().map(|known| (likeness(known.as_ref()), known));
    let nearest = known.max_by(|((a, a_whole), _), ((b, b_whole), _)| a.total_cmp(b).then(a_whole.total_cmp(b_whole)));
    nearest.map(|(_, known)| known)
}

/// A name that nothing knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnknownName {
    /// JSON Pointer to the object with the name; empty for the body itself, and in a query.
    pub(crate) within: String,
    /// The name, or [`HIDDEN`].
    pub(crate) name: String,
    /// The known name that is most similar; `None` if there are no known names.
    pub(crate) nearest: Option<String>,
}

impl UnknownName {
    /// Says what is wrong.
    pub(crate) fn message(&self) -> String {
        match &self.nearest {
            Some(nearest) => format!("unknown; the most similar one is `{nearest}`"),
            None => "unknown; none are accepted here".to_owned(),
        }
    }
}

/// Several of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UnknownNames {
    /// The first ones.
    pub(crate) listed: Vec<UnknownName>,
    /// How many others there are.
    pub(crate) more: usize,
}

impl UnknownNames {
    /// Notes the names in an object that are not known, each once.
    pub(crate) fn note<'a>(&mut self, within: &str, given: impl IntoIterator<Item = &'a str>, known: &[&str]) {
        let unknown: BTreeSet<&str> = given.into_iter().filter(|name| !known.contains(name)).collect();
        for name in unknown {
            if self.listed.len() == MAX_NAMES {
                self.more += 1;
                continue;
            }
            let name = if is_harmless(name) { name } else { HIDDEN };
            let nearest = most_similar(name, known).map(|known| (*known).to_owned());
            self.listed.push(UnknownName { within: within.to_owned(), name: name.to_owned(), nearest });
        }
    }

    /// Returns them, unless there are none.
    pub(crate) fn some(self) -> Option<Self> {
        Some(self).filter(|unknown| !unknown.listed.is_empty())
    }
}

fn is_harmless(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']');
    !name.is_empty() && name.len() <= MAX_NAME && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_name_is_found_by_letters_and_by_its_beginning() {
        let filters = ["q", "role", "state", "organization", "cursor", "limit"];
        for (wrong, right) in [
            ("query", "q"),
            ("limits", "limit"),
            ("Limit", "limit"),
            ("page_limit", "limit"),
            ("organisation", "organization"),
            ("org", "organization"),
            ("roel", "role"),
            ("status", "state"),
        ] {
            assert_eq!(most_similar(wrong, filters), Some(right), "{wrong}");
        }
        assert_eq!(most_similar("", filters).map(str::is_empty), Some(false));
        assert_eq!(most_similar("x", [""; 0]), None);
    }

    fn unknown_names<'a>(given: impl IntoIterator<Item = &'a str>, known: &[&str]) -> Option<UnknownNames> {
        let mut unknown = UnknownNames::default();
        unknown.note("", given, known);
        unknown.some()
    }

    #[test]
    fn unknown_names_are_reported_once_and_only_so_many() {
        let unknown = unknown_names(["role", "uses", "emial", "uses"], &["email", "role"]).unwrap();
        let named: Vec<_> = unknown.listed.iter().map(|unknown| (unknown.name.as_str(), unknown.message())).collect();
        let message = |nearest: &str| format!("unknown; the most similar one is `{nearest}`");
        assert_eq!(named, [("emial", message("email")), ("uses", message("role"))]);
        assert_eq!(unknown_names(["a"], &[]).unwrap().listed[0].message(), "unknown; none are accepted here");
        assert_eq!(unknown_names(["role", "role"], &["email", "role"]), None);
        let many: Vec<String> = (0..1_000).map(|number| format!("name{number}")).collect();
        let mut unknown = unknown_names(many.iter().map(String::as_str), &["email"]).unwrap();
        assert_eq!((unknown.listed.len(), unknown.more), (20, 980));
        unknown.note("/value", ["a", "b"], &["c"]);
        assert_eq!((unknown.listed.len(), unknown.more), (20, 982));
    }

    #[test]
    fn names_that_may_be_secrets_are_not_repeated() {
        let token = "WLSsuMI_fb3YaN6bQPqfeFfbHs_45MfSUU6sMZhHvdE";
        for name in [token, "jane@acme.com", "", "a b", "\u{202E}x", "a`b", &"\u{FC}".repeat(1_000)] {
            assert_eq!(unknown_names([name], &["email"]).unwrap().listed[0].name, HIDDEN, "{name}");
        }
        assert_eq!(unknown_names(["filter[role].x-1"], &["email"]).unwrap().listed[0].name, "filter[role].x-1");
    }
}
