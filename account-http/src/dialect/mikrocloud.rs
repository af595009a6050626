//! The mikrocloud dialect: `POST /user`, as its published documentation describes it, and asking for another email.

mod body;
mod field;
mod grammar;
mod tag;
mod verification_mail;

use std::sync::Arc;

use account_core::field_limits as limits;
use account_core::registration::activation::Activation;
use account_core::violation::Field;
use account_core::{AccountService, RegistrationDraft, RegistrationRules};
use poem_openapi::payload::Json;
use poem_openapi::{LicenseObject, Object, OpenApi, OpenApiService};

use super::definition::{Dialect, DialectContext};
use crate::context::{IdempotencyHeader, RequestContext};
use crate::field::{Required, Text};
use crate::problem::{answers, problem_set};
use crate::registering;
use body::{BodyOrEmpty, LooseFlag};
use field::{Address, CountryCode, FullName, PASSWORD_POLICY, Reseller, Secret};
use grammar::{Failure, render};
use tag::Tag;
use verification_mail::VerificationMailApi;

/// The dialect.
pub(super) const DIALECT: Dialect = Dialect {
    name: "mikrocloud",
    password_policy: PASSWORD_POLICY,
    other_policies: &[],
    activation: Activation::Verified,
    verification_subject: None,
    options: &[],
    is_case_insensitive: false,
    examples: include_str!("mikrocloud/examples.json"),
    closed_schemas: &[],
    render,
    build: |context| Box::new(api(context)),
};

/// The route, as idempotency keys are bound to it.
const ROUTE: &str = "POST /user";
/// The documented answer.
const REGISTERED: &str = "Registration was successful, please verify your email address";

/// `POST /user`.
struct MikrocloudApi {
    service: AccountService,
    rules: Arc<RegistrationRules>,
}

/// The dialect over a service.
fn api(context: DialectContext) -> OpenApiService<(MikrocloudApi, VerificationMailApi), ()> {
    let rules = RegistrationRules {
        required: &[Field::Name, Field::Country],
        needs_confirmation: true,
        lengths: limits::MIKROCLOUD,
        ..context.rules(&DIALECT)
    };
    let mails = VerificationMailApi { service: context.service.clone() };
    OpenApiService::new(
        (MikrocloudApi { service: context.service, rules: Arc::new(rules) }, mails),
        "Account registration, mikrocloud dialect",
        env!("CARGO_PKG_VERSION"),
    )
    .description(
        "Stands in for the registration of the MikroCloud account management API. Bodies have at most 64 KiB; a body \
         that is not a JSON object counts as empty. Strings other than passwords are trimmed; unknown members are \
         ignored.",
    )
    .license(LicenseObject::new("MIT OR Apache-2.0").url("https://spdx.org/licenses/MIT.html"))
    .server("/")
}

/// A user who registers.
#[derive(Object)]
#[oai(rename = "UserRegistration", write_only_all)]
struct UserBody {
    /// The user's full name. Up to 255 characters.
    name: Required<FullName>,
    /// The user's email address. Up to 255 characters.
    email: Required<Address>,
    /// The country where the user is based, ISO 3166-1 alpha-2.
    country: Required<CountryCode>,
    /// The user's password. By default at least 8 characters, with at least one uppercase letter, one lowercase
    /// letter, and one number or special character.
    password: Required<Secret>,
    /// The confirmation of the user's password. Must match the password field.
    password_confirmation: Required<Secret>,
    /// Whether the user wants to receive newsletters or not. Default is false.
    newsletter: LooseFlag,
    /// The UUID of a channel partner to associate the user's account with. Nullable; an empty text counts as null.
    reseller_id: Text<Reseller>,
}

impl From<UserBody> for RegistrationDraft {
    fn from(body: UserBody) -> Self {
        Self {
            name: body.name.into_trimmed_input(),
            email: body.email.into_trimmed_input(),
            country: body.country.into_trimmed_input(),
            password: body.password.into_input(),
            password_confirmation: body.password_confirmation.into_input(),
            newsletter: body.newsletter.0,
            organization: body.reseller_id.into_trimmed_input(),
            ..Self::default()
        }
    }
}

/// A message for the user.
#[derive(Object)]
#[oai(rename = "Registered")]
struct RegisteredBody {
    /// A message for the user.
    message: String,
}

answers! {
    /// The registration was recorded; the same for new and for taken addresses.
    UserResponse: 201 Json<RegisteredBody>;
}

problem_set! {
    /// Problems that registering can return.
    RegisterFailures: MalformedIdempotencyKey, RegistrationClosed, RequestTimeout, IdempotencyInProgress, BodyTooLarge,
    UnsupportedMediaType, Invalid, IdempotencyMismatch, RateLimited, Internal, Overloaded, Unavailable;
}

#[OpenApi(tag = "Tag::User")]
impl MikrocloudApi {
    /// Register a user
    ///
    /// Records a registration. The user receives an email with a link to complete it; the link lasts 24 hours.
    #[oai(path = "/user", method = "post", operation_id = "registerUser")]
    async fn register(
        &self,
        context: RequestContext,
        #[oai(name = "Idempotency-Key")] idempotency_key: IdempotencyHeader,
        body: BodyOrEmpty<UserBody>,
    ) -> Result<UserResponse, Failure<RegisterFailures>> {
        let idempotency_key = idempotency_key.for_request(ROUTE, &body.bytes)?;
        let draft = body.value.into();
        registering::register(&self.service, &self.rules, draft, context, idempotency_key).await?;
        Ok(UserResponse::Is(Json(RegisteredBody { message: REGISTERED.to_owned() })))
    }
}
