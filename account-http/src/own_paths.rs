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
    operations: Vec<Operation>,
}

/// A path of an operation.
struct Operation {
    template: Template,
    /// The dialect that it belongs to; `None` for the native API.
    dialect: Option<&'static str>,
}

/// The public URL's path makes a path of the service mean two things.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "requests for `{path}` would have two meanings, because the service's own paths begin alike: choose another path{}",
    or_without(dialects)
)]
pub struct AmbiguousPath {
    path: String,
    /// The dialects that one of the meanings comes from.
    dialects: Vec<&'static str>,
}

/// What else helps: to disable one of the dialects.
fn or_without(dialects: &[&str]) -> String {
    let names: Vec<_> = dialects.iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { String::new() } else { format!(", or disable the dialect {}", names.join(" or ")) }
}

/// What is not in documents: everything below these is the service's own.
fn roots() -> impl Iterator<Item = &'static str> {
    page::ROOTS.into_iter().chain(DOCUMENTS).chain([metrics::PATH])
}

impl OwnPaths {
    /// Takes the operations from documents, each with the dialect that it is of, and with whether its paths are matched
    /// ignoring ASCII case.
    pub(crate) fn new<'a>(
        public_url: &PublicUrl,
        documents: impl IntoIterator<Item = (Option<&'static str>, &'a str, bool)>,
    ) -> Self {
        let before = public_url.path().to_owned();
        if before.is_empty() {
            return Self { before, operations: Vec::new() };
        }
        let operations = documents.into_iter().flat_map(|(dialect, document, is_case_insensitive)| {
            let paths = allowed_methods(document).into_iter();
            paths.map(move |(path, _)| Operation { template: Template::new(&path, is_case_insensitive), dialect })
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
            || self.operations.iter().any(|operation| operation.template.documented(path).is_some())
    }

    /// Checks that no path of the service is another one when the public URL's path is before it.
    pub(crate) fn check(&self) -> Result<(), AmbiguousPath> {
        if self.before.is_empty() {
            return Ok(());
        }
        let operations = self.operations.iter().map(|operation| (operation.template.clone(), operation.dialect));
        for (template, dialect) in operations.chain(roots().map(|root| (Template::new(root, false), None))) {
            let template = template.after(&self.before);
            let path = template.to_string();
            let own = self.operations.iter().find(|own| own.template.overlaps(&template));
            if own.is_some() || roots().any(|root| is_below(root, &path)) {
                let mut dialects: Vec<_> = dialect.into_iter().chain(own.and_then(|own| own.dialect)).collect();
                dialects.dedup();
                return Err(AmbiguousPath { path, dialects });
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
            (None, &["/account/v1/sessions", "/account/v1/sessions/{id}"][..], false),
            (Some("waltid"), &["/v1/sessions", "/auth/account/emailpass", "/v1/account/register"], false),
            (Some("rpost"), &["/api/v1/Account/Register"], true),
        ];
        let documents = documents.map(|(dialect, paths, is_case_insensitive)| {
            let paths: serde_json::Map<_, _> =
                paths.iter().map(|path| ((*path).to_owned(), json!({"post": {}}))).collect();
            (dialect, json!({"paths": paths}).to_string(), is_case_insensitive)
        });
        let public_url = format!("https://example.com{path}").parse().unwrap();
        let documents = documents.iter().map(|(dialect, document, any_case)| (*dialect, document.as_str(), *any_case));
        OwnPaths::new(&public_url, documents)
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
        for (path, meant, help) in [
            ("/account", "/account/v1/sessions", ", or disable the dialect `waltid`"),
            ("/api", "/api/v1/account/register", ", or disable the dialect `waltid` or `rpost`"),
        ] {
            let error = below(path).check().unwrap_err().to_string();
            assert!(error.contains(&format!("`{meant}` would have two meanings")) && error.ends_with(help), "{error}");
        }
        let error = below("/docs").check().unwrap_err().to_string();
        assert!(error.ends_with("choose another path"), "{error}");
        for path in ["/l", "/docs", "/authenticate/x", "/problems", "/metrics"] {
            assert!(below(path).check().is_err(), "{path}");
        }
        for path in ["", "/accounts", "/auth", "/user", "/accounts/v1", "/Account"] {
            assert_eq!(below(path).check(), Ok(()), "{path}");
        }
    }
}
