//! Which path of the service a request means. Below a path of its host, reverse proxies either remove that path from
//! requests or keep it: both is understood.

use crate::openapi::allowed_methods;
use crate::path_template::{Template, is_below};
use crate::public_url::PublicUrl;
use crate::{metrics, page};

/// Where documents, their viewers and the descriptions of problems are.
const DOCUMENTS: [&str; 4] = ["/docs", "/openapi", "/openapi.json", "/problems"];

/// The paths of the service, and the public URL's path, which requests may have before them.
pub(crate) struct OwnPaths {
    /// Empty if the service has its host for itself.
    before: String,
    /// The operations of all APIs.
    operations: Vec<Template>,
}

/// The public URL's path makes a path of the service mean two things.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "requests for `{path}` would have two meanings, because the service's own paths begin alike: choose another path, \
     or disable the dialect"
)]
pub struct AmbiguousPath {
    path: String,
}

/// What is not in documents: everything below these is the service's own.
fn roots() -> impl Iterator<Item = &'static str> {
    page::ROOTS.into_iter().chain(DOCUMENTS).chain([metrics::PATH])
}

impl OwnPaths {
    /// Takes the operations from documents, each with whether its paths are matched ignoring ASCII case.
    pub(crate) fn new<'a>(public_url: &PublicUrl, documents: impl IntoIterator<Item = (&'a str, bool)>) -> Self {
        let before = public_url.path().to_owned();
        if before.is_empty() {
            return Self { before, operations: Vec::new() };
        }
        let operations = documents.into_iter().flat_map(|(document, is_case_insensitive)| {
            let paths = allowed_methods(document).into_iter();
            paths.map(move |(path, _)| Template::new(&path, is_case_insensitive))
        });
        Self { before, operations: operations.collect() }
    }

    /// Returns the service's path that a request for this path means.
    pub(crate) fn meant<'a>(&self, path: &'a str) -> &'a str {
        if self.before.is_empty() || !is_below(&self.before, path) || self.is_own(path) {
            return path;
        }
        path.get(self.before.len()..).filter(|rest| !rest.is_empty()).unwrap_or("/")
    }

    fn is_own(&self, path: &str) -> bool {
        roots().any(|root| is_below(root, path))
            || self.operations.iter().any(|template| template.documented(path).is_some())
    }

    /// Checks that no path of the service is another one when the public URL's path is before it.
    pub(crate) fn check(&self) -> Result<(), AmbiguousPath> {
        if self.before.is_empty() {
            return Ok(());
        }
        let all = self.operations.iter().cloned().chain(roots().map(|root| Template::new(root, false)));
        for template in all.map(|template| template.after(&self.before)) {
            let path = template.to_string();
            if roots().any(|root| is_below(root, &path)) || self.operations.iter().any(|own| own.overlaps(&template)) {
                return Err(AmbiguousPath { path });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn below(path: &str) -> OwnPaths {
        let documents = [
            (&["/account/v1/sessions", "/account/v1/sessions/{id}"][..], false),
            (&["/v1/sessions", "/auth/account/emailpass"], false),
            (&["/api/v1/Account/Register"], true),
        ];
        let documents = documents.map(|(paths, is_case_insensitive)| {
            let paths: serde_json::Map<_, _> =
                paths.iter().map(|path| ((*path).to_owned(), json!({"post": {}}))).collect();
            (json!({"paths": paths}).to_string(), is_case_insensitive)
        });
        let public_url = format!("https://example.com{path}").parse().unwrap();
        OwnPaths::new(&public_url, documents.iter().map(|(document, is_any_case)| (document.as_str(), *is_any_case)))
    }

    #[test]
    fn a_path_means_the_same_with_and_without_the_public_urls_path() {
        let paths = below("/shop/accounts");
        for own in
            ["/authenticate/register", "/l/x", "/account/v1/sessions", "/nothing", "/", "/API/v1/account/register/"]
        {
            assert_eq!(paths.meant(own), own);
            assert_eq!(paths.meant(&format!("/shop/accounts{own}")), own);
        }
        assert_eq!(paths.meant("/shop/accounts"), "/");
        for other in
            ["/shop/accountsx/l/x", "/Shop/accounts/l/x", "/shop//accounts/l/x", "/shop/l/x", "//shop/accounts/l/x"]
        {
            assert_eq!(paths.meant(other), other);
        }
        assert_eq!(paths.meant("/shop/accounts/shop/accounts/l/x"), "/shop/accounts/l/x", "once only");
        assert_eq!(below("").meant("/shop/accounts/l/x"), "/shop/accounts/l/x");
    }

    #[test]
    fn a_path_that_the_service_has_itself_is_not_taken_for_the_public_urls() {
        let paths = below("/auth");
        assert_eq!(paths.meant("/auth/account/emailpass"), "/auth/account/emailpass");
        assert_eq!(paths.meant("/auth/auth/account/emailpass"), "/auth/account/emailpass");
        assert_eq!(paths.meant("/auth/account/v1/sessions"), "/account/v1/sessions");
        assert_eq!(paths.check(), Ok(()));
    }

    #[test]
    fn a_path_that_gives_a_request_two_meanings_is_refused() {
        let ambiguous = AmbiguousPath { path: "/account/v1/sessions".to_owned() };
        assert_eq!(below("/account").check(), Err(ambiguous));
        for path in ["/l", "/docs", "/authenticate/x", "/problems", "/metrics"] {
            assert!(below(path).check().is_err(), "{path}");
        }
        for path in ["", "/accounts", "/auth", "/user", "/accounts/v1", "/Account"] {
            assert_eq!(below(path).check(), Ok(()), "{path}");
        }
    }
}
