//! Paths: templates of the documents, and which requests are theirs.

use std::fmt;

use poem::http::Uri;
use poem::http::uri::PathAndQuery;

/// A path of a document: `/accounts/{id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    is_case_insensitive: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Parameter,
}

impl Template {
    pub(crate) fn new(path: &str, is_case_insensitive: bool) -> Self {
        let part = |part: &str| {
            if part.starts_with('{') { Part::Parameter } else { Part::Literal(part.to_owned()) }
        };
        Self { parts: path.split('/').map(part).collect(), is_case_insensitive }
    }

    /// The path in the document's spelling, its parameters as the client spells them; `None` if it is not the
    /// template's.
    pub(crate) fn documented(&self, path: &str) -> Option<String> {
        let path = if self.is_case_insensitive { path.strip_suffix('/').unwrap_or(path) } else { path };
        // Asked of every template for every request: nothing is allocated for those of other paths.
        let mut rest = path.split('/');
        let is_its = self.parts.iter().all(|part| rest.next().is_some_and(|given| self.takes(part, given)));
        if !is_its || rest.next().is_some() {
            return None;
        }
        let spelled = self.parts.iter().zip(path.split('/')).map(|(part, given)| match part {
            Part::Literal(literal) => literal.as_str(),
            Part::Parameter => given,
        });
        Some(spelled.collect::<Vec<_>>().join("/"))
    }

    fn takes(&self, part: &Part, given: &str) -> bool {
        match part {
            Part::Literal(literal) => self.is_spelled(literal, given),
            Part::Parameter => !given.is_empty(),
        }
    }

    fn is_spelled(&self, literal: &str, given: &str) -> bool {
        if self.is_case_insensitive { literal.eq_ignore_ascii_case(given) } else { literal == given }
    }

    /// The template of the same paths after another one.
    pub(crate) fn after(&self, before: &str) -> Self {
        let before = before.split('/').map(|part| Part::Literal(part.to_owned()));
        // Every path begins with a slash: the first part is empty.
        Self { parts: before.chain(self.parts.iter().skip(1).cloned()).collect(), ..*self }
    }

    /// Whether some path is one of both templates.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let ignores_case = self.is_case_insensitive || other.is_case_insensitive;
        self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(|pair| match pair {
                (Part::Literal(a), Part::Literal(b)) => a == b || (ignores_case && a.eq_ignore_ascii_case(b)),
                (Part::Parameter, _) | (_, Part::Parameter) => true,
            })
    }

    /// Orders templates of one path: what is literal earlier goes before, as the router has it.
    pub(crate) fn rank(&self) -> Vec<bool> {
        self.parts.iter().map(|part| *part == Part::Parameter).collect()
    }
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts.iter().map(|part| match part {
            Part::Literal(literal) => literal.as_str(),
            Part::Parameter => "..",
        });
        formatter.write_str(&parts.collect::<Vec<_>>().join("/"))
    }
}

/// Whether the path is the root or below it.
pub(crate) fn is_below(root: &str, path: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the URI with another path, and its query.
pub(crate) fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let text = uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(text).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_matches_exactly_its_paths() {
        let exact = Template::new("/api/v1/user/{id}", false);
        assert_eq!(exact.documented("/api/v1/user/A%2Fb").as_deref(), Some("/api/v1/user/A%2Fb"));
        for path in ["/api/v1/user", "/api/v1/user/", "/api/v1/user/a/", "/api/v1/User/a", "/api/v1/user/a/b", "/"] {
            assert_eq!(exact.documented(path), None, "{path}");
        }
    }

    #[test]
    fn a_case_insensitive_template_returns_the_documented_spelling() {
        let lenient = Template::new("/api/v1/Account/Status/{userName}", true);
        for path in ["/API/v1/account/STATUS/JohnA", "/api/v1/Account/Status/JohnA/"] {
            assert_eq!(lenient.documented(path).as_deref(), Some("/api/v1/Account/Status/JohnA"), "{path}");
        }
        for path in ["/api/v1/Account/Status/", "/api/v1/Account/Status//", "/api/v1/Account/Status/a//"] {
            assert_eq!(lenient.documented(path), None, "{path}");
        }
    }

    #[test]
    fn a_literal_takes_precedence_over_a_parameter() {
        let (literal, parameter) = (Template::new("/user/whoami", false), Template::new("/user/{id}", false));
        assert!(literal.rank() < parameter.rank());
    }

    #[test]
    fn templates_overlap_if_a_path_can_be_both() {
        let overlap = |a: &str, b: &str| Template::new(a, false).overlaps(&Template::new(b, false));
        assert!(overlap("/user/{id}", "/user/whoami") && overlap("/{a}/b", "/a/{b}") && overlap("/a", "/a"));
        assert!(!overlap("/user/{id}", "/user") && !overlap("/user/{id}", "/User/a") && !overlap("/a", "/a/"));
        assert!(Template::new("/User", true).overlaps(&Template::new("/user", false)));
        assert_eq!(Template::new("/user/{id}", false).after("/a/b").to_string(), "/a/b/user/..");
    }
}
