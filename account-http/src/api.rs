//! The native API: `/account/v1`, and the operations of the service itself.

pub(crate) mod account;
mod admin;
mod continuation;
mod delivery_reports;
mod email_verifications;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod gate;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod health;
mod invitations;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod lookups;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod me;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod password_policy;
mod password_resets;
mod profile;
mod providers;
mod registrations;
mod sessions;
mod tag;
mod verification_mails;

use std::sync::Arc;

use account_core::password::policy::PasswordPolicy;
use account_core::ports::Store;
use account_core::{AccountService, RegistrationRules};
use poem_openapi::{LicenseObject, OpenApiService};
use serde_json::{Map, Value, json};

use admin::{AdminApis, admin_apis};
use delivery_reports::DeliveryReportsApi;
use email_verifications::EmailVerificationsApi;
use gate::GateApi;
use health::HealthApi;
use invitations::InvitationsApi;
use lookups::LookupsApi;
use me::{ChangesApi, MeApi};
use password_policy::PasswordPolicyApi;
use password_resets::PasswordResetsApi;
use providers::{IdentitiesApi, ProvidersApi};
use registrations::RegistrationsApi;
use sessions::SessionsApi;
use verification_mails::VerificationMailsApi;

pub(crate) use me::personal_data_as_json;
pub(crate) use verification_mails::ACCEPTED;

use crate::metrics::Metrics;
use crate::openapi::{SCHEMAS, document, pretty};
use crate::problem::ProblemKind;
use crate::query_names::is_checked;

/// Where the operations for administrators are.
const ADMINISTRATORS: &str = "/account/v1/admin/";

/// The native API as one service.
pub(crate) type NativeApi = (RegistrationApis, AccountApis, AdminApis, PasswordPolicyApi, LookupsApi, OperationApis);

/// From registering to a verified account.
type RegistrationApis = (RegistrationsApi, ProvidersApi, VerificationMailsApi, EmailVerificationsApi, InvitationsApi);

/// Signing in, and managing your own account.
type AccountApis = (SessionsApi, MeApi, ChangesApi, IdentitiesApi, PasswordResetsApi, GateApi);

/// For operators.
type OperationApis = (DeliveryReportsApi, HealthApi);

/// Creates the native API.
pub(crate) fn native_api(
    service: &AccountService,
    store: Arc<dyn Store>,
    password_policy: PasswordPolicy,
    metrics: &Arc<Metrics>,
) -> OpenApiService<NativeApi, ()> {
    let registration = (
        RegistrationsApi::new(service.clone(), password_policy),
        ProvidersApi::new(service.clone(), password_policy),
        VerificationMailsApi { service: service.clone() },
        EmailVerificationsApi { service: service.clone(), password_policy },
        InvitationsApi { service: service.clone(), password_policy },
    );
    let account = (
        SessionsApi { service: service.clone() },
        MeApi { service: service.clone() },
        ChangesApi { service: service.clone(), password_policy },
        IdentitiesApi { service: service.clone(), rules: RegistrationRules::native("native") },
        PasswordResetsApi { service: service.clone(), password_policy },
        GateApi,
    );
    let policy = PasswordPolicyApi { password_policy };
    let operation = (DeliveryReportsApi { service: service.clone() }, HealthApi { store });
    let apis = (registration, account, admin_apis(service, metrics), policy, LookupsApi, operation);
    OpenApiService::new(apis, "Account registration", env!("CARGO_PKG_VERSION"))
        .description(
            "Register with `POST /account/v1/registrations`. The address gets an email with a link and a code. Redeem \
             the link's token or the code with `POST /account/v1/email-verifications`, together with a proof of who \
             registered. Answers never reveal whether an address has an account.\n\nErrors are problem documents \
             (RFC 9457); their `code` is stable. Bodies have at most 64 KiB, delivery reports 1 MiB. Lengths count Unicode \
             code points.\n\nUnknown query parameters are errors, and so are unknown members of administrators' bodies; the \
             error names the most similar known one. Unknown members of other bodies are ignored.",
        )
        .license(LicenseObject::new("MIT OR Apache-2.0").url("https://spdx.org/licenses/MIT.html"))
        .server("/")
}

/// Returns the document of the native API: administrators' bodies have no other members, and other query parameters
/// are refused.
pub(crate) fn native_document(service: &OpenApiService<NativeApi, ()>) -> String {
    let mut document: Value = serde_json::from_str(&document(service, EXAMPLES, &[])).unwrap_or_default();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    let mut closed = Vec::new();
    for (path, item) in paths {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            if is_checked(path, operation) {
                refuse_unknown_parameters(operation);
            }
            let schema = operation.pointer("/requestBody/content/application~1json/schema/$ref");
            let schema = schema.filter(|_| path.starts_with(ADMINISTRATORS)).and_then(Value::as_str);
            closed.extend(schema.and_then(|schema| schema.strip_prefix('#')).map(str::to_owned));
        }
    }
    for schema in closed {
        if let Some(schema) = document.pointer_mut(&schema).and_then(Value::as_object_mut) {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    pretty(&document)
}

/// Adds what is answered to unknown query parameters.
fn refuse_unknown_parameters(operation: &mut Value) {
    let facts = ProblemKind::UnknownParameter.facts();
    let text = format!("`{}`: {}.", facts.code, facts.title);
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    let response = responses.entry(facts.status.to_string()).or_insert_with(|| {
        let schema = json!({"$ref": format!("{SCHEMAS}Problem")});
        json!({"description": "", "content": {"application/problem+json": {"schema": schema}}})
    });
    if let Some(Value::String(description)) = response.get_mut("description") {
        *description = if description.is_empty() { text } else { format!("{description} {text}") };
    }
}

/// Examples of bodies. The person and the password are those of the published documents and of the guidance on
/// passphrases.
const EXAMPLES: &str = include_str!("api/examples.json");
