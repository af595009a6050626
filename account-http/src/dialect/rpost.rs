//! The rpost dialect: registration, activation, sign-in and account details, as in the vendor's account API.

mod activation;
mod body;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod details;
mod envelope;
mod failure;
mod field;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod lookups;
mod message;
mod passwords;
mod register;
mod status;
mod tag;
mod token;

use std::sync::Arc;

use account_core::registration::activation::Activation;
use poem_openapi::{LicenseObject, OpenApi, OpenApiService};

use super::definition::{Dialect, DialectContext};
use super::dialect_api::DialectApi;
use crate::settings::dialect::{DialectOption, OptionKind};
use activation::ActivationApi;
use details::DetailsApi;
use failure::render;
use field::PASSWORD_POLICY;
use lookups::LookupsApi;
use passwords::PasswordsApi;
use register::RegisterApi;
use status::{OpenStatusApi, StatusApi};
use tag::NAME;
use token::TokenApi;

/// The dialect.
pub(super) const DIALECT: Dialect = Dialect {
    name: NAME,
    password_policy: PASSWORD_POLICY,
    other_policies: &[],
    activation: Activation::Verified,
    verification_subject: Some("Activate your account"),
    options: &[DialectOption {
        name: OPEN_STATUS,
        kind: OptionKind::Flag { default: false },
        allowed: "`true` or `false`",
        about: "Whether anyone, and not only administrators, may call `GET /api/v1/Account/Status/{userName}`.",
        risk: Some("anyone can find out which addresses have an account, and the names of their owners."),
    }],
    is_case_insensitive: true,
    examples: include_str!("rpost/examples.json"),
    closed_schemas: &[],
    render,
    build,
};

const OPEN_STATUS: &str = "open_status";

/// The dialect over a service. Whom `Status` is for shows in the document as well.
fn build(context: DialectContext) -> Box<dyn DialectApi> {
    let service = context.service.clone();
    if context.settings.is_on(OPEN_STATUS) {
        Box::new(documented(context, OpenStatusApi { service }))
    } else {
        Box::new(documented(context, StatusApi { service }))
    }
}

fn documented<S: OpenApi>(context: DialectContext, status: S) -> OpenApiService<impl OpenApi + use<S>, ()> {
    let policy = context.settings.password_policy;
    let rules = Arc::new(register::rules(&context.rules(&DIALECT)));
    let service = context.service;
    let apis = (
        RegisterApi { service: service.clone(), rules },
        ActivationApi { service: service.clone(), policy },
        LookupsApi,
        TokenApi { service: service.clone() },
        DetailsApi { service: service.clone() },
        PasswordsApi { service, policy },
        status,
    );
    OpenApiService::new(apis, "Account registration, rpost dialect", env!("CARGO_PKG_VERSION"))
        .description(
            "Stands in for the registration of RPost's account API. The case of paths does not matter. Bodies are JSON \
             objects of at most 64 KiB. Strings other than passwords are trimmed; empty ones and null count as absent; \
             unknown members are ignored. Every answer except those of `/Token` is an envelope whose `StatusCode` is \
             the HTTP status, with one message for every broken rule.",
        )
        .license(LicenseObject::new("MIT OR Apache-2.0").url("https://spdx.org/licenses/MIT.html"))
        .server("/")
}
