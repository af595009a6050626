//! `/account/v1/invitations`: accept an invitation.

use account_core::AccountService;
use account_core::consent::GivenConsent;
use account_core::invitation::redeem::AcceptRequest;
use account_core::password::policy::PasswordPolicy;
use account_core::session::SignedInNow;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::account::{AccountBody, SessionBody};
use super::profile::ProfileBody;
use super::tag::Tag;
use crate::body::JsonBody;
use crate::context::RequestContext;
use crate::field::{Password, Required, Secret, TermsVersion, Text};
use crate::problem::{Problems, answers, problem_set};

/// Accepting invitations.
pub(crate) struct InvitationsApi {
    pub(super) service: AccountService,
    pub(super) password_policy: PasswordPolicy,
}

/// The token from the email, a password, and optional details.
#[derive(Object)]
#[oai(rename = "InvitationRedemption", write_only_all)]
struct RedemptionBody {
    /// The last path segment of the emailed link: 43 characters.
    token: Required<Secret>,
    /// The password. See `GET /account/v1/password-policy`.
    password: Required<Password>,
    /// Version of the terms that the person agrees to, as for registering.
    terms_version: Text<TermsVersion>,
    /// Version of the privacy notice, likewise.
    privacy_version: Text<TermsVersion>,
    /// Details.
    #[oai(flatten)]
    profile: ProfileBody,
}

/// An invitation became an account.
#[derive(Object)]
#[oai(rename = "InvitationAccepted")]
struct AcceptedBody {
    /// The account.
    account: AccountBody,
    /// A session of it.
    session: SessionBody,
}

impl From<SignedInNow> for AcceptedBody {
    fn from(signed_in: SignedInNow) -> Self {
        Self { account: signed_in.account.into(), session: signed_in.session.into() }
    }
}

answers! {
    /// The account was created, with a session.
    RedemptionResponse: 201 Json<AcceptedBody>;
}

problem_set! {
    /// Problems that accepting an invitation can return.
    RedemptionProblems: MalformedBody, RegistrationClosed, UnknownToken, RequestTimeout, Expired, Used, Superseded,
    AlreadyRegistered, BodyTooLarge, UnsupportedMediaType, Invalid, RateLimited, Internal, Overloaded, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Registration")]
impl InvitationsApi {
    /// Accept an invitation
    ///
    /// Redeems the emailed token and creates the account, with the role and organization of the invitation.
    #[oai(path = "/invitations/redeem", method = "post", operation_id = "acceptInvitation")]
    async fn redeem(
        &self,
        context: RequestContext,
        body: JsonBody<RedemptionBody>,
    ) -> Result<RedemptionResponse, Problems<RedemptionProblems>> {
        let body = body.value;
        let (terms, privacy) = (body.terms_version.into_input(), body.privacy_version.into_input());
        let request = AcceptRequest {
            token: body.token.into_input().given().unwrap_or_default(),
            password: body.password.into_input(),
            edits: body.profile.into(),
            consent: GivenConsent::Versions { terms, privacy },
            password_policy: self.password_policy,
            context: context.for_channel("native"),
        };
        let signed_in = self.service.accept_invitation(request).await?;
        Ok(RedemptionResponse::Is(Json(signed_in.into())))
    }
}
