//! `POST /api/v1/Account/ResendActivationLink` and `ConfirmEmail`.

use account_core::AccountService;
use account_core::consent::GivenConsent;
use account_core::input::{Input, Reader};
use account_core::password::policy::PasswordPolicy;
use account_core::registration::resend::ResendTarget;
use account_core::registration::verify::{Proof, Spend, VerifyRequest};
use account_core::service::token_of_link;
use account_core::violation::Field;
use poem_openapi::{Object, OpenApi};
use serde::Serialize;

use super::body::{Body, object, secret};
use super::envelope::{Nothing, Optional, ResultContent, Success};
use super::failure::Failure;
use super::field::{Address, Application, CallbackUrl, ChosenPassword, GivenPassword, MailedCode};
use super::tag::{NAME, Tag};
use crate::context::RequestContext;
use crate::field::{Flag, Required, Text};
use crate::problem::problem_set;

/// The answer to requests for another email.
const RESENT: &str = "If a registration is pending for the address, an email with an activation link will be sent.";
/// The answer to activations.
const ACTIVATED: &str = "The email address is confirmed.";

/// Activating accounts.
pub(super) struct ActivationApi {
    pub(super) service: AccountService,
    pub(super) policy: PasswordPolicy,
}

/// Request for another email.
#[derive(Object)]
#[oai(rename = "ResendActivationLink", rename_all = "PascalCase", write_only_all)]
struct ResendBody {
    /// The address that was registered.
    email: Required<Address>,
    /// Not used: the link leads where the registration said.
    #[expect(dead_code, reason = "anyone who asks need not be who registered: it is documented, and leads nowhere")]
    confirmation_callback_url: Text<CallbackUrl>,
    /// Not used: the link leads where the registration said.
    #[expect(dead_code, reason = "documented, and not used")]
    activate_via_callback_url: Flag,
    /// Not used.
    #[expect(dead_code, reason = "documented, and not used")]
    registration_app: Text<Application>,
}

/// The token from the email, and the proof of who registered.
#[derive(Object)]
#[oai(rename = "ConfirmEmail", rename_all = "PascalCase", write_only_all)]
struct ConfirmBody {
    /// The address that was registered.
    email: Required<Address>,
    /// The `code` parameter of the callback URL, the complete link from the email, or its last part.
    code: Required<MailedCode>,
    /// The password of the registration.
    password: Text<GivenPassword>,
    /// A new password instead: the owner of the mailbox gets the address, and nothing else of the registration is kept.
    /// It takes precedence over `Password`.
    new_password: Text<ChosenPassword>,
}

/// Where to go on.
#[derive(Debug, Object, Serialize)]
#[oai(rename = "Confirmed", rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct ConfirmedBody {
    /// The callback URL of the registration.
    confirmation_callback_url: String,
}

impl ResultContent for Optional<ConfirmedBody> {
    const ENVELOPE: &'static str = "ConfirmedAnswer";
}

problem_set! {
    /// Problems that requesting an email can return.
    ResendFailures: MalformedBody, Invalid, RequestTimeout, BodyTooLarge, UnsupportedMediaType, RateLimited, Internal,
    Unavailable;
    /// Problems that activating an account can return.
    ConfirmFailures: MalformedBody, Invalid, UnknownToken, Expired, Used, Superseded, AlreadyRegistered, ProofRequired,
    WrongProof, RegistrationClosed, RequestTimeout, BodyTooLarge, UnsupportedMediaType, RateLimited, Internal,
    Overloaded, Unavailable;
}

#[OpenApi(tag = "Tag::Account")]
impl ActivationApi {
    /// Request another activation link
    ///
    /// The answer is the same whether or not anything is pending. The newest link replaces earlier ones. At most 5 per
    /// minute per user, counted in the same way for unknown addresses. The link always leads where the registration
    /// said, because the person who asks need not be the one who registered.
    #[oai(path = "/api/v1/Account/ResendActivationLink", method = "post", operation_id = "rpostResendActivationLink")]
    async fn resend(
        &self,
        context: RequestContext,
        body: Body<ResendBody>,
    ) -> Result<Success<Nothing>, Failure<ResendFailures>> {
        let body: ResendBody = object(body.value)?;
        let target = ResendTarget::Address(body.email.into_trimmed_input());
        self.service.resend_verification(target, &context.client).await?;
        Ok(Success::done(RESENT))
    }

    /// Activate an account
    ///
    /// Redeems the emailed code with a proof of who registered: the password of the registration, or a new one. Without
    /// a proof, a stranger could make the owner of a mailbox confirm an account whose password the stranger knows.
    #[oai(path = "/api/v1/Account/ConfirmEmail", method = "post", operation_id = "rpostConfirmEmail")]
    async fn confirm(
        &self,
        context: RequestContext,
        body: Body<ConfirmBody>,
    ) -> Result<Success<Optional<ConfirmedBody>>, Failure<ConfirmFailures>> {
        let body: ConfirmBody = object(body.value)?;
        let mut reader = Reader::default();
        let address = reader.required_string(Field::Email, body.email.into_trimmed_input());
        let code = reader.required_string(Field::Code, body.code.into_trimmed_input());
        let (address, code) = reader.violations.into_value(address.zip(code))?;
        let proof = Proof::read(Input::Absent, secret(body.password), secret(body.new_password))?;
        let proof = proof.agreeing(GivenConsent::NotAsked);
        let spend = Spend::TokenMailedTo { token: token_of_link(&code).to_owned(), address };
        let context = context.for_channel(NAME);
        let request = VerifyRequest { spend, proof, password_policy: self.policy, context };
        let verified = self.service.verify_email(request).await?;
        let next = verified.callback_url.map(|url| ConfirmedBody { confirmation_callback_url: url });
        Ok(Success::with(ACTIVATED, Optional(next)))
    }
}
