//! The waltid dialect: registration through the open and the administrators' route, sign-in, the caller's account, the
//! list of accounts, and the first super admin, created by a token.

mod accounts;
mod answer;
mod body;
mod exception;
mod failure;
mod options;
mod registration;
mod shape;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod sign_in;
mod super_admin;
mod tag;

use std::sync::Arc;

use account_core::RegistrationRules;
use account_core::registration::activation::Activation;
use poem_openapi::{LicenseObject, OpenApiService};

use super::definition::{Dialect, DialectContext};
use accounts::AccountsApi;
use exception::render;
use options::{OPTIONS, offer};
use registration::RegistrationApi;
use shape::Shape;
use sign_in::SignInApi;
use super_admin::SuperAdminApi;
use tag::NAME;

/// The dialect.
pub(super) const DIALECT: Dialect = Dialect {
    name: NAME,
    password_policy: body::PASSWORD_POLICY,
    other_policies: &[],
    activation: Activation::Verified,
    verification_subject: None,
    options: OPTIONS,
    is_case_insensitive: false,
    examples: include_str!("waltid/examples.json"),
    closed_schemas: body::CLOSED_SCHEMAS,
    render,
    build: |context| Box::new(api(context)),
};

/// Builds the dialect for a service.
fn api(context: DialectContext) -> OpenApiService<(RegistrationApi, SignInApi, AccountsApi, SuperAdminApi), ()> {
    let rules: Arc<RegistrationRules> = Arc::new(context.rules(&DIALECT));
    let offer = offer(&context.settings);
    let service = context.service;
    let apis = (
        RegistrationApi { service: service.clone(), rules, shape: Shape::of::<body::RegistrationBody>() },
        SignInApi { service: service.clone(), shape: Shape::of::<body::EmailPassBody>() },
        AccountsApi { service: service.clone() },
        SuperAdminApi { service, offer, shape: Shape::of::<body::SetupBody>() },
    );
    OpenApiService::new(apis, "Account registration, waltid dialect", env!("CARGO_PKG_VERSION"))
        .description(
            "Stands in for the account registration of the walt.id enterprise API. Bodies have at most 64 KiB. Every \
             error has the same form; members that are not documented are refused, at every depth.",
        )
        .license(LicenseObject::new("MIT OR Apache-2.0").url("https://spdx.org/licenses/MIT.html"))
        .server("/")
}
