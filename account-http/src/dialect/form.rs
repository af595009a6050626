//! The form dialect: registration by a form, as its published documentation describes it, and what is known of signing
//! in to the same system and managing the account there.

mod field;
mod grammar;
mod public_user;
mod register;
mod session;
mod tag;
#[expect(clippy::unused_async, reason = "poem-openapi takes async handlers only")]
mod user;

use std::sync::Arc;

use account_core::RegistrationRules;
use account_core::field_limits as limits;
use account_core::registration::activation::Activation;
use account_core::violation::Field;
use poem_openapi::{LicenseObject, OpenApiService};

use super::definition::{Dialect, DialectContext};
use crate::settings::dialect::{DialectOption, OptionKind};
use field::{PASSWORD_POLICY, STRICT_PASSWORD_POLICY};
use grammar::render;
use register::RegisterApi;
use session::SessionApi;
use tag::NAME;
use user::UserApi;

/// Option: whether the answer to a registration says that the address is verified, as the documentation prints it.
const CLAIM_VERIFIED: &str = "claim_verified";

/// The dialect.
pub(super) const DIALECT: Dialect = Dialect {
    name: NAME,
    password_policy: PASSWORD_POLICY,
    other_policies: &[STRICT_PASSWORD_POLICY],
    activation: Activation::Verified,
    verification_subject: None,
    options: &[DialectOption {
        name: CLAIM_VERIFIED,
        kind: OptionKind::Flag { default: false },
        allowed: "`true` or `false`",
        about: "Whether every registration is answered with `is_verified: true`, as the published documentation shows.",
        risk: Some("answers claim that the address is verified before it is: do not trust `is_verified` in them."),
    }],
    is_case_insensitive: false,
    examples: include_str!("form/examples.json"),
    closed_schemas: &[],
    render,
    build: |context| Box::new(api(context)),
};

/// The dialect over a service.
fn api(context: DialectContext) -> OpenApiService<(RegisterApi, SessionApi, UserApi), ()> {
    let rules = RegistrationRules {
        required: &[Field::Name, Field::UserName],
        needs_confirmation: true,
        lengths: limits::FORM,
        ..context.rules(&DIALECT)
    };
    let register = RegisterApi {
        service: context.service.clone(),
        rules: Arc::new(rules),
        claims_verified: context.settings.is_on(CLAIM_VERIFIED),
    };
    let session = SessionApi { service: context.service.clone() };
    OpenApiService::new(
        (register, session, UserApi { service: context.service }),
        "Account registration, form dialect",
        env!("CARGO_PKG_VERSION"),
    )
    .description(
        "Stands in for the registration, sign-in and account API whose forms are posted to `/api/v1/auth/register`. \
         Bodies have at most 64 KiB and 64 fields. Unknown fields are ignored; a field that is sent twice counts as \
         not a string. Every error is `{\"errors\": ..}`: a code, or codes by field.",
    )
    .license(LicenseObject::new("MIT OR Apache-2.0").url("https://spdx.org/licenses/MIT.html"))
    .server("/")
}
