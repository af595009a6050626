//! `/account/v1/me/identities`: accounts at providers that are linked to the caller's account.

use account_core::authorization::{Fresh, Verified};
use account_core::provider::{FinishedFlow, FlowPurpose, Identity};
use account_core::session::SignedIn;
use account_core::{AccountService, RegistrationRules};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};

use super::bodies::{AnswerBody, FinishedBody, ProviderBody};
use super::{BegunResponse, FinishedResponse, begin, finish};
use crate::api::account::SessionBody;
use crate::api::tag::Tag;
use crate::body::JsonBody;
use crate::caller::Caller;
use crate::problem::{Problem, ProblemKind, Problems, answers, problem_set};

/// The accounts at providers that are linked.
pub(crate) struct IdentitiesApi {
    pub(in crate::api) service: AccountService,
    /// Of the channel; nobody registers here.
    pub(in crate::api) rules: RegistrationRules,
}

/// A linked account at a provider.
#[derive(Object)]
#[oai(rename = "Identity", skip_serializing_if_is_none)]
struct IdentityBody {
    /// Its id, for unlinking it.
    id: String,
    /// Name of the provider.
    provider: String,
    /// What the person knows the account there by: an address or a login name.
    account: Option<String>,
    /// URL of the picture there.
    picture_url: Option<String>,
    /// URL of the public profile there.
    profile_url: Option<String>,
    /// When it was linked (RFC 3339, UTC).
    linked_at: String,
    /// When it was last used (RFC 3339, UTC).
    last_used_at: String,
}

impl From<Identity> for IdentityBody {
    fn from(identity: Identity) -> Self {
        Self {
            id: identity.id.to_string(),
            provider: identity.key.provider.to_string(),
            account: identity.account.label,
            picture_url: identity.account.picture_url,
            profile_url: identity.account.profile_url,
            linked_at: identity.linked_at.to_string(),
            last_used_at: identity.last_used_at.to_string(),
        }
    }
}

/// The linked accounts.
#[derive(Object)]
#[oai(rename = "IdentityList")]
struct IdentitiesBody {
    /// The first linked first.
    identities: Vec<IdentityBody>,
}

answers! {
    /// The linked accounts.
    IdentitiesResponse: 200 Json<IdentitiesBody>;
    /// The account was unlinked. All other sessions were ended; this one goes on under a new token.
    UnlinkResponse: 200 Json<SessionBody>;
}

problem_set! {
    /// Problems that listing linked accounts can return.
    ListProblems: Unauthenticated, EmailUnverified, DeletionPending, CrossSite, Internal, Unavailable;
    /// Problems that going to a provider to link an account can return.
    LinkProblems: MalformedBody, Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired, CrossSite,
    UnknownProvider, RequestTimeout, TooManyIdentities, BodyTooLarge, UnsupportedMediaType, UnknownApp, RateLimited,
    Internal, ProviderFailed, ProviderUnavailable, Unavailable;
    /// Problems that going to a provider to confirm who one is can return.
    ConfirmProblems: MalformedBody, Unauthenticated, CrossSite, UnknownProvider, RequestTimeout, BodyTooLarge,
    UnsupportedMediaType, UnknownApp, RateLimited, Internal, ProviderFailed, ProviderUnavailable, Unavailable;
    /// Problems that handing in the provider's answer can return.
    AnswerProblems: MalformedBody, Unauthenticated, CrossSite, ProviderDenied, WrongSession, UnknownProvider, UnknownFlow,
    RequestTimeout, OtherIdentity, IdentityTaken, TooManyIdentities, BodyTooLarge, UnsupportedMediaType, RateLimited,
    Internal, ProviderFailed, ProviderUnavailable, Unavailable;
    /// Problems that unlinking an account can return.
    UnlinkProblems: Unauthenticated, EmailUnverified, DeletionPending, ReauthenticationRequired, CrossSite,
    UnknownIdentity, LastSignInMethod, RateLimited, Internal, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Account")]
impl IdentitiesApi {
    /// List the linked accounts
    ///
    /// The accounts at providers that the person can sign in with.
    #[oai(path = "/me/identities", method = "get", operation_id = "listIdentities")]
    async fn list(&self, caller: Caller<Verified>) -> Result<IdentitiesResponse, Problems<ListProblems>> {
        let identities = self.service.own_identities(&caller.may).await?;
        let identities = identities.into_iter().map(Into::into).collect();
        Ok(IdentitiesResponse::Is(Json(IdentitiesBody { identities })))
    }

    /// Link an account at a provider
    ///
    /// Only for apps of registered clients. Answers the address at the provider: open it in the person's browser, then
    /// send the provider's answer to `POST /account/v1/me/identities/answers` in the same session.
    #[oai(path = "/me/identities", method = "post", operation_id = "linkIdentity")]
    async fn link(
        &self,
        caller: Caller<Fresh>,
        body: JsonBody<ProviderBody>,
    ) -> Result<BegunResponse, Problems<LinkProblems>> {
        let Caller { may, context, .. } = caller;
        Ok(begin(&self.service, body.value.into(), FlowPurpose::Link(may), None, context).await?)
    }

    /// Reauthenticate with a provider
    ///
    /// For people without a password: signing in once more with a linked account counts like the password for five
    /// minutes. Send the provider's answer to `POST /account/v1/me/identities/answers` in the same session.
    #[oai(path = "/me/identities/reauthentication", method = "post", operation_id = "reauthenticateWithProvider")]
    async fn confirm(
        &self,
        caller: Caller<SignedIn>,
        body: JsonBody<ProviderBody>,
    ) -> Result<BegunResponse, Problems<ConfirmProblems>> {
        let Caller { may, context, .. } = caller;
        Ok(begin(&self.service, body.value.into(), FlowPurpose::Confirm(may), None, context).await?)
    }

    /// Hand in a provider's answer
    ///
    /// After linking or reauthenticating: once, and in the session that began. The session goes on under a new token.
    #[oai(path = "/me/identities/answers", method = "post", operation_id = "finishIdentity")]
    async fn answer(
        &self,
        caller: Caller<SignedIn>,
        body: JsonBody<AnswerBody>,
    ) -> Result<FinishedResponse, Problems<AnswerProblems>> {
        let (may, context) = (caller.may.clone(), caller.context.clone());
        let finished = finish(&self.service, &self.rules, body.value, Some(may), context).await?;
        if let FinishedFlow::Linked { session, .. } | FinishedFlow::Confirmed(session) = &finished {
            caller.keep(session);
        }
        Ok(FinishedResponse::Is(Json(FinishedBody::from(finished))))
    }

    /// Unlink an account
    ///
    /// The last way to sign in cannot be removed. All other sessions end.
    #[oai(path = "/me/identities/:id", method = "delete", operation_id = "unlinkIdentity")]
    async fn unlink(
        &self,
        caller: Caller<Fresh>,
        /// Id of the linked account.
        id: Path<String>,
    ) -> Result<UnlinkResponse, Problems<UnlinkProblems>> {
        let id = id.parse().map_err(|_| Problem::new(ProblemKind::UnknownIdentity))?;
        let session = self.service.unlink_identity(&caller.may, id, &caller.context).await?;
        caller.keep(&session);
        Ok(UnlinkResponse::Is(Json(session.into())))
    }
}
