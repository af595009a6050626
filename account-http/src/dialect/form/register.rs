//! `POST /api/v1/auth/register`.

use std::sync::Arc;

use account_core::email_address::EmailAddress;
use account_core::input::Input;
use account_core::name::UserName;
use account_core::registration::register::RegisterError;
use account_core::{AccountService, RegistrationDraft, RegistrationRules};
use poem_openapi::{Object, OpenApi};

use super::field::{AccountName, Address, FullName, NewSecret, normalized_input};
use super::grammar::{self, Code, Codes, Failure, FieldCodes};
use super::public_user::{PublicUser, Registrant};
use super::tag::Tag;
use crate::body::form::FormBody;
use crate::context::{IdempotencyHeader, RequestContext};
use crate::field::Required;
use crate::json::OrderedJson;
use crate::problem::{answers, problem_set};
use crate::registering;

/// The route, which idempotency keys are bound to.
const ROUTE: &str = "POST /api/v1/auth/register";

/// Registration.
pub(super) struct RegisterApi {
    pub(super) service: AccountService,
    pub(super) rules: Arc<RegistrationRules>,
    /// Whether the answer claims that the address is verified, although it is not.
    pub(super) claims_verified: bool,
}

/// A user who registers.
#[derive(Object)]
#[oai(rename = "UserRegistration", write_only_all)]
struct RegisterBody {
    /// The full name: 8 to 40 characters.
    name: Required<FullName>,
    /// The name of the account: 6 to 32 characters of letters, digits, `.`, `_` and `-`. Surrounding white space is
    /// removed, and it is lowercased.
    account: Required<AccountName>,
    /// The address: at most 255 characters. Surrounding white space is removed, and it is lowercased.
    email: Required<Address>,
    /// The password. By default 8 to 40 characters.
    password: Required<NewSecret>,
    /// The password again.
    password_confirm: Required<NewSecret>,
}

impl From<RegisterBody> for RegistrationDraft {
    fn from(body: RegisterBody) -> Self {
        Self {
            name: body.name.into_input(),
            user_name: normalized_input(body.account.into_input()),
            email: normalized_input(body.email.into_input()),
            password: body.password.into_input(),
            password_confirmation: body.password_confirm.into_input(),
            ..Self::default()
        }
    }
}

/// What the answer needs after the draft is consumed: the fields that were not strings, and the values to repeat.
struct Sent {
    not_text: FieldCodes,
    registrant: Registrant,
}

impl Sent {
    fn of(draft: &RegistrationDraft) -> Self {
        let fields = [
            ("name", &draft.name),
            ("account", &draft.user_name),
            ("email", &draft.email),
            ("password", &draft.password),
            ("password_confirm", &draft.password_confirmation),
        ];
        let text = |input: &Input| input.clone().given().unwrap_or_default();
        let (email, account) = (text(&draft.email), text(&draft.user_name));
        let registrant = Registrant {
            name: text(&draft.name),
            // As they are stored, which is how the account will show them.
            email: EmailAddress::parse(&email).map(|address| address.as_str().to_owned()).unwrap_or(email),
            account: UserName::parse(&account).map(|name| name.as_str().to_owned()).unwrap_or(account),
        };
        Self { not_text: fields.into_iter().filter_map(grammar::not_text).collect(), registrant }
    }
}

answers! {
    /// The registration was received; the same for new and taken addresses. An email with a link is on its way.
    RegisterResponse: 201 OrderedJson<PublicUser>;
}

problem_set! {
    /// Problems that registering can return.
    RegisterFailures: MalformedBody, MalformedIdempotencyKey, RegistrationClosed, RequestTimeout, IdempotencyInProgress,
    BodyTooLarge, Invalid, IdempotencyMismatch, RateLimited, Internal, Overloaded, Unavailable;
}

impl Codes for RegisterFailures {
    const CODES: &'static [Code] = &[
        grammar::PASSWORDS_DO_NOT_MATCH,
        grammar::DOES_NOT_MEET_COMPLEXITY,
        grammar::EMAIL_ALREADY_REGISTERED,
        grammar::ACCOUNT_NAME_ALREADY_TAKEN,
    ];
}

#[OpenApi(prefix_path = "/api/v1/auth", tag = "Tag::Auth")]
impl RegisterApi {
    /// Register a user
    ///
    /// Records a registration. The user receives an email with a link that completes it, and can then sign in. The
    /// checks run in this order, and only the errors of the first one that fails are returned: all five fields are
    /// present and are strings; the passwords match; the password is complex enough (if the policy requires it);
    /// lengths and formats of all fields; the address and the account name are not taken.
    #[oai(path = "/register", method = "post", operation_id = "formRegister")]
    async fn register(
        &self,
        context: RequestContext,
        #[oai(name = "Idempotency-Key")] idempotency_key: IdempotencyHeader,
        body: FormBody<RegisterBody>,
    ) -> Result<RegisterResponse, Failure<RegisterFailures>> {
        let idempotency_key = idempotency_key.for_request(ROUTE, &body.bytes)?;
        let draft = RegistrationDraft::from(body.value);
        let sent = Sent::of(&draft);
        let accepted = registering::register(&self.service, &self.rules, draft, context, idempotency_key).await;
        let accepted = accepted.map_err(|error| match error {
            RegisterError::Invalid(violations) => {
                Failure::<RegisterFailures>::worded(grammar::first_check(&sent.not_text, &violations))
            }
            other => other.into(),
        })?;
        let user = PublicUser::registered(sent.registrant, &accepted, self.claims_verified);
        Ok(RegisterResponse::Is(OrderedJson(user)))
    }
}
