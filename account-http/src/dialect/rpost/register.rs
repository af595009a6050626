//! `POST /api/v1/Account/Register`.

use std::sync::Arc;

use account_core::field_limits::RPOST;
use account_core::violation::Field;
use account_core::{AccountService, RegistrationDraft, RegistrationRules};
use poem_openapi::{Object, OpenApi};

use super::body::{Body, object, secret};
use super::envelope::{Nothing, Success};
use super::failure::Failure;
use super::field::{
    Address, AnyText, Application, CallbackUrl, ChosenPassword, CompanyName, CountryCode, GivenPassword, IndustryCode,
    LanguageCode, NotificationAddress, OtherAddress, PersonName, PhoneNumber, TimeZoneCode,
};
use super::tag::Tag;
use crate::context::{IdempotencyHeader, RequestContext};
use crate::field::{Flag, Required, Text};
use crate::problem::problem_set;
use crate::registering;

/// The route, as idempotency keys are bound to it.
const ROUTE: &str = "POST /api/v1/Account/Register";
/// What is told anyone who registers.
const REGISTERED: &str = "Registration received. An email with an activation link will be sent to the user.";

/// Registering.
pub(super) struct RegisterApi {
    pub(super) service: AccountService,
    pub(super) rules: Arc<RegistrationRules>,
}

/// The rules as documented: required fields and lengths.
pub(super) fn rules(of_settings: &RegistrationRules) -> RegistrationRules {
    RegistrationRules {
        required: &[Field::GivenName, Field::FamilyName, Field::Application, Field::Language],
        lengths: RPOST,
        ..of_settings.clone()
    }
}

/// A user who registers.
#[derive(Object)]
#[oai(rename = "UserRegisterBindingModel", rename_all = "PascalCase", write_only_all)]
struct UserBody {
    /// A valid email address to be used as username.
    email: Required<Address>,
    /// By default a minimum of 8 and maximum of 25 characters, including at least one uppercase letter, one lowercase
    /// letter, one number, and no spaces.
    password: Required<ChosenPassword>,
    /// Confirm password. Must match where it is given.
    confirm_password: Text<GivenPassword>,
    /// User's first name.
    first_name: Required<PersonName>,
    /// User's last name.
    last_name: Required<PersonName>,
    /// Phone number.
    phone_number: Text<PhoneNumber>,
    /// A valid email address to be used as an alternate email address.
    alternate_email: Text<OtherAddress>,
    /// URL to navigate to after email activation. Its origin has to be registered.
    confirmation_callback_url: Text<CallbackUrl>,
    /// App used for registration.
    registration_app: Required<Application>,
    /// Language code, see `/api/v1/Lookup/Language`.
    language: Required<LanguageCode>,
    /// Timezone code, see `/api/v1/Lookup/TimeZone`; names of the IANA database are accepted too.
    time_zone: Text<TimeZoneCode>,
    /// A valid email address to be used as an alternate notification address.
    notification_email: Text<NotificationAddress>,
    /// Country code, see `/api/v1/Lookup/Country`.
    country: Text<CountryCode>,
    /// Company name.
    company_name: Text<CompanyName>,
    /// Industry code.
    industry: Text<IndustryCode>,
    /// Whether the app's terms and conditions are agreed to.
    #[oai(rename = "RPostTermCondition")]
    rpost_term_condition: Flag,
    /// Id of a registered client.
    client_id: Text<AnyText>,
    /// Code of the customer: an organization.
    customer_code: Text<AnyText>,
    /// True if the user should be a customer administrator. The customer has to allow it.
    is_admin_user: Flag,
    /// If true, the activation code is appended to the callback URL, as `code`.
    activate_via_callback_url: Flag,
    /// IP address. Kept as a claim; never used as the client's address.
    #[oai(rename = "IPAddress")]
    ip_address: Text<AnyText>,
    /// Originating URL.
    #[oai(rename = "OriginatingURL")]
    originating_url: Text<AnyText>,
    /// Registration app site.
    registration_app_site: Text<AnyText>,
}

impl From<UserBody> for RegistrationDraft {
    fn from(body: UserBody) -> Self {
        Self {
            email: body.email.into_trimmed_input(),
            password: secret(body.password),
            password_confirmation: secret(body.confirm_password),
            given_name: body.first_name.into_trimmed_input(),
            family_name: body.last_name.into_trimmed_input(),
            phone: body.phone_number.into_trimmed_input(),
            alternate_address: body.alternate_email.into_trimmed_input(),
            callback_url: body.confirmation_callback_url.into_trimmed_input(),
            application: body.registration_app.into_trimmed_input(),
            language: body.language.into_trimmed_input(),
            time_zone: body.time_zone.into_trimmed_input(),
            notification_address: body.notification_email.into_trimmed_input(),
            country: body.country.into_trimmed_input(),
            company: body.company_name.into_trimmed_input(),
            industry: body.industry.into_trimmed_input(),
            terms_accepted: body.rpost_term_condition.0,
            client_id: body.client_id.into_trimmed_input(),
            organization_code: body.customer_code.into_trimmed_input(),
            wants_to_administer: body.is_admin_user.0,
            link_to_callback: body.activate_via_callback_url.0,
            claimed_address: body.ip_address.into_trimmed_input(),
            originating_url: body.originating_url.into_trimmed_input(),
            application_site: body.registration_app_site.into_trimmed_input(),
            ..Self::default()
        }
    }
}

problem_set! {
    /// Problems that registering can return.
    RegisterFailures: MalformedBody, MalformedIdempotencyKey, RegistrationClosed, Invalid, RequestTimeout,
    IdempotencyInProgress, BodyTooLarge, UnsupportedMediaType, IdempotencyMismatch, RateLimited, Internal, Overloaded,
    Unavailable;
}

#[OpenApi(tag = "Tag::Account")]
impl RegisterApi {
    /// Register a new user
    ///
    /// An email with an activation link will be sent to the user. The answer is the same for addresses that have an
    /// account already.
    #[oai(path = "/api/v1/Account/Register", method = "post", operation_id = "rpostRegister")]
    async fn register(
        &self,
        context: RequestContext,
        #[oai(name = "Idempotency-Key")] idempotency_key: IdempotencyHeader,
        body: Body<UserBody>,
    ) -> Result<Success<Nothing>, Failure<RegisterFailures>> {
        let idempotency_key = idempotency_key.for_request(ROUTE, &body.bytes)?;
        let draft = object::<UserBody>(body.value)?.into();
        registering::register(&self.service, &self.rules, draft, context, idempotency_key).await?;
        Ok(Success::done(REGISTERED))
    }
}
