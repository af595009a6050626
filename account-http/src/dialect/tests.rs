//! Two dialects that share the beginnings of their paths, before native routes.

use std::sync::Arc;

use account_core::account::Role;
use account_core::input::Input;
use account_core::one_time_token::master_key::MasterKey;
use account_core::operator::OperatorAccount;
use account_core::password::Password;
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::password::policy::PasswordPolicy;
use account_core::registration::activation::Activation;
use account_core::session::{SignInRequest, SignedIn};
use account_core::testing::{FakeClock, MemoryStore, SeededEntropy};
use account_core::violation::Rule;
use account_core::{AccountService, CallContext, Ports, Settings};
use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode};
use poem::{Endpoint, EndpointExt, Request, Response, Route, endpoint::make_sync, get};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::PlainText;
use poem_openapi::{OpenApi, OpenApiService};

use super::*;
use crate::caller::{Authenticator, Bearer};
use crate::problem::{Problem, ProblemKind};
use crate::settings::{DialectSettings, HttpSettings};

struct First;
struct Second;

#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
#[OpenApi]
impl First {
    #[oai(path = "/api/v1/Account/Register", method = "post", operation_id = "first")]
    async fn register(&self) -> PlainText<&'static str> {
        PlainText("first")
    }

    #[oai(path = "/api/v1/Account/Status/:name", method = "get", operation_id = "status")]
    async fn status(&self, name: Path<String>, code: Query<Option<String>>) -> PlainText<String> {
        PlainText(format!("{} {:?}", name.0, code.0))
    }
}

#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
#[OpenApi]
impl Second {
    #[oai(path = "/api/v1/auth/register", method = "post", operation_id = "second")]
    async fn register(&self) -> PlainText<&'static str> {
        PlainText("second")
    }

    #[oai(path = "/api/v1/auth/register", method = "delete", operation_id = "unregister")]
    async fn unregister(&self) -> PlainText<&'static str> {
        panic!("the-secret")
    }

    #[oai(path = "/api/v1/user/whoami", method = "get", operation_id = "whoami")]
    async fn whoami(&self, bearer: Bearer<SignedIn>) -> PlainText<String> {
        PlainText(format!("{} {}", bearer.context.channel, bearer.may.account.address.as_str()))
    }

    #[oai(path = "/api/v1/user/:id", method = "get", operation_id = "getUser")]
    async fn user(&self, id: Path<u32>) -> PlainText<String> {
        PlainText(format!("user {}", id.0))
    }
}

fn render(problem: &Problem) -> Response {
    let code = problem.kind.facts().code;
    let refused = if problem.refuses_credentials { " refused" } else { "" };
    Response::builder().status(problem.status()).body(format!("<{code}{refused}>"))
}

const FIRST: Dialect = Dialect {
    name: "first",
    password_policy: PasswordPolicy::DEFAULT,
    other_policies: &[],
    activation: Activation::Verified,
    verification_subject: None,
    options: &[],
    is_case_insensitive: true,
    examples: "[]",
    closed_schemas: &[],
    render,
    build: |_| Box::new(OpenApiService::new(First, "First", "1")),
};

#[test]
fn every_documented_password_passes_its_policy_and_not_every_other() {
    let documented = [
        ("default", "velvet lantern gravel orchid"),
        ("mikrocloud", "SDf345FCe"),
        ("rpost", "Secret007"),
        ("waltid", "password123456"),
        ("form", "yourpassword"),
        ("form-strict", "Abcdef1!"),
    ];
    let policies: Vec<_> = password_policies().collect();
    assert_eq!(policies.iter().map(|policy| policy.name).collect::<Vec<_>>(), documented.map(|(name, _)| name));
    for (policy, (_, password)) in policies.iter().zip(documented) {
        assert_eq!(policy.violations(&Password::new(password).unwrap(), &[]), [], "{}", policy.name);
    }
    let broken = |index: usize, password: &str| policies[index].violations(&Password::new(password).unwrap(), &[]);
    assert_eq!(broken(0, "password123456"), [Rule::TooShort { min: 15 }]);
    assert_eq!(broken(1, "SDfxxxFC"), [Rule::NeedsDigitOrSpecial]);
    assert_eq!(broken(1, "SDfxxxFC!"), []);
    assert_eq!(
        broken(2, "a b"),
        [Rule::TooShort { min: 8 }, Rule::NeedsUppercase, Rule::NeedsDigit, Rule::ContainsSpace]
    );
    assert_eq!(broken(3, "        "), [Rule::Blank]);
    assert_eq!(broken(4, &"velvetlanterngravelorchid".repeat(2)), [Rule::TooLong { max: 40 }]);
    assert_eq!(broken(5, "wqzvkfhj"), [Rule::NeedsUppercase, Rule::NeedsDigit, Rule::NeedsSpecial]);
}

const SECOND: Dialect = Dialect {
    name: "second",
    is_case_insensitive: false,
    build: |_| Box::new(OpenApiService::new(Second, "Second", "1")),
    ..FIRST
};

/// Both dialects over a service; a token of a session.
async fn site(enabled: &[&str]) -> (BoxEndpoint<'static, Response>, String) {
    let entropy = Arc::new(SeededEntropy::new(7));
    let cheap = Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 8, ..Argon2Settings::default() };
    let ports = Ports::new(
        Arc::new(MemoryStore::default()),
        Arc::new(Argon2Workers::start(cheap).unwrap()),
        Arc::new(FakeClock::default()),
        Arc::clone(&entropy) as _,
    );
    let service = AccountService::new(ports, Settings::new(MasterKey::generate(&*entropy)));
    let password = "velvet lantern gravel orchid".to_owned();
    let account = OperatorAccount { email: "john@acme.com", role: Role::User, password: Some(password.clone()) };
    let context = CallContext::by("operator");
    service.create_account_as_operator(account, PasswordPolicy::DEFAULT, &context).await.unwrap();
    let request = SignInRequest {
        identifier: "john@acme.com".into(),
        password: Input::Given(password),
        continuations: Vec::new(),
        devices: Vec::new(),
        lifetime: None,
        context,
    };
    let token = service.sign_in(request).await.unwrap().session.token.expose().to_string();

    let mut settings = HttpSettings::new("https://accounts.example.com".parse().unwrap());
    for dialect in [FIRST, SECOND] {
        let own = DialectSettings { is_enabled: enabled.contains(&dialect.name), ..dialect.facts().default_settings() };
        settings.dialects.insert(dialect.name, own);
    }
    let mounted =
        [FIRST, SECOND].iter().filter_map(|dialect| Mounted::of(dialect, &service, &settings.dialects)).collect();
    let authenticator = Arc::new(Authenticator::new(&service, &settings.public_url, &[]));
    let dispatch = Arc::new(Dispatch::new(mounted, &authenticator));
    let native = Route::new().at("/account/v1/me", get(make_sync(|_| "native")));
    let site = native.around(move |native, request| {
        let dispatch = Arc::clone(&dispatch);
        async move { dispatch.answer(native, request).await }
    });
    (site.map_to_response().boxed(), token)
}

async fn call(site: &BoxEndpoint<'static, Response>, method: Method, path: &str, token: Option<&str>) -> (u16, String) {
    let mut request = Request::builder().method(method).uri(path.parse().unwrap());
    if let Some(token) = token {
        request = request.header("authorization", token);
    }
    let response = site.get_response(request.finish()).await;
    let status = response.status().as_u16();
    (status, response.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn dialects_can_share_path_prefixes() {
    let (site, _) = site(&["first", "second"]).await;
    for (method, path, expected) in [
        (Method::POST, "/api/v1/Account/Register", "first"),
        (Method::POST, "/api/v1/auth/register", "second"),
        (Method::GET, "/api/v1/user/5", "user 5"),
        (Method::GET, "/account/v1/me", "native"),
    ] {
        assert_eq!(call(&site, method, path, None).await, (200, expected.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn only_dialects_that_opt_in_accept_other_spellings() {
    let (site, _) = site(&["first", "second"]).await;
    for path in ["/API/V1/account/register", "/api/v1/Account/Register/", "/api/v1/account/REGISTER/"] {
        assert_eq!(call(&site, Method::POST, path, None).await.1, "first", "{path}");
    }
    for path in ["/api/v1/auth/Register", "/api/v1/auth/register/", "/api/v1/Account/Register//"] {
        assert_eq!(call(&site, Method::POST, path, None).await.0, 404, "{path}");
    }
    let (_, text) = call(&site, Method::GET, "/api/v1/ACCOUNT/status/John%2FA/?code=Ab", None).await;
    assert_eq!(text, "John/A Some(\"Ab\")", "what the client names stays as it spells it");
}

#[tokio::test]
async fn every_error_under_a_path_is_in_the_dialects_grammar() {
    let (site, _) = site(&["first", "second"]).await;
    for (method, path, expected) in [
        (Method::GET, "/api/v1/auth/register", (405, "<method_not_allowed>")),
        (Method::DELETE, "/api/v1/auth/register", (500, "<internal>")),
        (Method::GET, "/api/v1/user/five", (404, "<not_found>")),
        (Method::GET, "/api/v1/user/whoami", (401, "<unauthenticated>")),
    ] {
        assert_eq!(call(&site, method, path, None).await, (expected.0, expected.1.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_method_that_is_not_allowed_is_answered_with_those_that_are() {
    let (site, _) = site(&["first", "second"]).await;
    for (path, expected) in [
        ("/api/v1/auth/register", "DELETE, POST"),
        ("/api/v1/account/register/", "POST"),
        ("/api/v1/user/whoami", "GET, HEAD"),
    ] {
        let request = Request::builder().method(Method::PUT).uri(path.parse().unwrap()).finish();
        let response = site.get_response(request).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(response.header("allow"), Some(expected), "{path}");
    }
}

#[tokio::test]
async fn missing_and_invalid_bearer_tokens_are_distinct_errors() {
    let (site, token) = site(&["second"]).await;
    let whoami = async |token: Option<&str>| call(&site, Method::GET, "/api/v1/user/whoami", token).await;
    let none = (401, "<unauthenticated>".to_owned());
    assert_eq!(whoami(None).await, none);
    assert_eq!(whoami(Some("Basic am9objpwYXNzd29yZA==")).await, none);
    let refused = (401, "<unauthenticated refused>".to_owned());
    assert_eq!(whoami(Some("Bearer nonsense")).await, refused);
    assert_eq!(whoami(Some(&format!("Bearer {}", "A".repeat(43)))).await, refused);
    assert_eq!(whoami(Some("Bearer ")).await, refused);
    for scheme in ["Bearer", "bearer"] {
        assert_eq!(whoami(Some(&format!("{scheme} {token}"))).await, (200, "second john@acme.com".to_owned()));
    }
    let request = Request::builder().uri("/api/v1/user/whoami".parse().unwrap()).finish();
    assert_eq!(site.get_response(request).await.header("www-authenticate"), Some("Bearer"));
}

#[tokio::test]
async fn a_disabled_dialect_has_no_routes() {
    let (site, _) = site(&["second"]).await;
    assert_eq!(call(&site, Method::POST, "/api/v1/Account/Register", None).await.0, 404);
    assert_eq!(call(&site, Method::POST, "/api/v1/auth/register", None).await.1, "second");
}

#[test]
fn every_dialect_has_a_distinct_name_usable_in_paths_and_settings() {
    let names: std::collections::BTreeSet<_> = dialects().map(|dialect| dialect.name).collect();
    assert_eq!(names.len(), DIALECTS.len());
    for name in names {
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()) && !["native", "page", "all"].contains(&name));
    }
}

#[test]
fn every_dialect_renders_every_problem_with_an_error_status() {
    for dialect in DIALECTS {
        for kind in ProblemKind::ALL {
            let status = (dialect.render)(&Problem::new(kind)).status();
            assert!(status.is_client_error() || status.is_server_error(), "{} {kind:?}: {status}", dialect.name);
            assert_eq!(status.is_server_error(), kind.facts().status >= 500, "{} {kind:?}", dialect.name);
        }
    }
}
