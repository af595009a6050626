//! All problems: one table of codes, statuses and texts.

/// What all problems of a kind have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) title: &'static str,
    pub(crate) detail: &'static str,
}

macro_rules! problems {
    ($($kind:ident = $status:literal, $code:literal, $title:literal, $detail:literal;)+) => {
        /// Every problem that the native API answers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum ProblemKind {
            $($kind,)+
        }

        impl ProblemKind {
            /// Every kind, for the page that describes them.
            pub(crate) const ALL: [Self; [$($code),+].len()] = [$(Self::$kind),+];

            /// What is the same for every problem of the kind.
            pub(crate) const fn facts(self) -> Facts {
                match self {
                    $(Self::$kind => Facts { code: $code, status: $status, title: $title, detail: $detail },)+
                }
            }
        }
    };
}

// kind = status, code, title, detail
problems! {
    MalformedRequest = 400, "malformed_request", "Malformed request",
        "Send headers and query parameters in UTF-8.";
    MalformedHead = 400, "malformed_head", "Malformed request",
        "Send a request line and headers that follow HTTP/1.1 (RFC 9112).";
    InvalidHost = 400, "invalid_host", "Invalid Host header",
        "Send exactly one `Host` header with the host, and the port if it is not the default.";
    MalformedBody = 400, "malformed_body", "Malformed body",
        "Send a JSON object in UTF-8.";
    MalformedIdempotencyKey = 400, "malformed_idempotency_key", "Invalid idempotency key",
        "Send 16 to 255 visible ASCII characters as `Idempotency-Key`, such as a random UUID.";
    NotFound = 404, "not_found", "Not found",
        "Check the path and the ids in it. /docs lists all operations.";
    UnknownToken = 404, "unknown_token", "Unknown token or code",
        "Send the complete last part of the link as `token`, or `registration_id`, `code` and `continuation`.";
    UnknownRegistration = 404, "unknown_registration", "Unknown registration",
        "Send the id of the registration and the `continuation` that came with it.";
    UnknownProvider = 404, "unknown_provider", "Unknown provider",
        "GET /account/v1/providers lists those that are offered.";
    UnknownFlow = 404, "unknown_flow", "Unknown or finished sign-in",
        "It was finished, has expired, or began elsewhere. Begin again, and send the `flow_token` that came with the address.";
    UnknownIdentity = 404, "unknown_identity", "Unknown linked account",
        "GET /account/v1/me/identities lists the linked accounts.";
    MethodNotAllowed = 405, "method_not_allowed", "Method not allowed",
        "See /docs for the methods of this path.";
    RequestTimeout = 408, "request_timeout", "Request timed out",
        "Send the request again.";
    ProofRequired = 409, "proof_required", "Proof required",
        "Send the `continuation` or `password` of the registration, or a `new_password`, with the token.";
    IdempotencyInProgress = 409, "idempotency_in_progress", "Request in progress",
        "A request with this idempotency key is still running. Send it again to get its answer.";
    Expired = 410, "expired", "Link or code expired",
        "Request another email, or ask for another invitation.";
    Used = 410, "used", "Link already used",
        "Sign in, or request another email.";
    Superseded = 410, "superseded", "Link replaced by a newer one",
        "Use the link or code in the newest email.";
    AlreadyRegistered = 410, "already_registered", "Already registered",
        "The address already has an account. Sign in.";
    CodeExhausted = 410, "code_exhausted", "Too many incorrect codes",
        "Use the link in the verification email instead.";
    AlreadyCompleted = 410, "already_completed", "Registration already completed",
        "The registration is an account now. Sign in, and change the address with PUT /account/v1/me/email.";
    RegistrationExpired = 410, "registration_expired", "Registration expired",
        "Register again.";
    CorrectionsExhausted = 410, "corrections_exhausted", "Too many corrections",
        "Register again, with the right address.";
    SignInNeeded = 410, "sign_in_needed", "Sign-in needed",
        "The registration opens no session, or no longer. Sign in with POST /account/v1/sessions.";
    BodyTooLarge = 413, "body_too_large", "Body too large",
        "Send at most 65,536 bytes.";
    UnsupportedMediaType = 415, "unsupported_media_type", "Unsupported media type",
        "Send `application/json`, or an email as `message/rfc822`.";
    UnknownMember = 422, "unknown_member", "Unknown member in the body",
        "Remove or rename the members that `violations` lists.";
    Invalid = 422, "invalid", "Validation failed",
        "Fix every entry in `violations`; the list is complete.";
    UnknownApp = 422, "unknown_app", "Unknown client or redirect URI",
        "Send the id of a registered client, and one of its redirect URIs.";
    NoProviderAddress = 422, "no_provider_address", "No email address",
        "The provider names no email address that can be used. Register with an address and a password.";
    WrongProof = 422, "wrong_proof", "Wrong proof",
        "Send the `password` or `continuation` of the registration, or a `new_password`.";
    IdempotencyMismatch = 422, "idempotency_mismatch", "Idempotency key reused",
        "This key was used with another body. Use a new key for a new request.";
    RateLimited = 429, "rate_limited", "Too many requests",
        "Too many attempts.";
    HeadTooLarge = 431, "head_too_large", "Request headers too large",
        "Send at most 16,384 bytes of request line and headers, and at most 100 headers.";
    Internal = 500, "internal", "Internal error",
        "If it happens again, report it with the `request_id`.";
    ProviderFailed = 502, "provider_failed", "Provider failed",
        "The provider's answer cannot be used. Nothing was changed.";
    ProviderUnavailable = 503, "provider_unavailable", "Provider unavailable",
        "The provider does not answer. Nothing was changed.";
    Overloaded = 503, "overloaded", "Service overloaded",
        "Nothing was changed.";
    Unavailable = 503, "unavailable", "Service unavailable",
        "The service cannot handle this request at the moment.";
    TooManyConnections = 503, "too_many_connections", "Too many connections",
        "Close connections that you do not need.";
    InvalidCursor = 400, "invalid_cursor", "Invalid cursor",
        "Send the `next_cursor` of the previous page with the same filters, or omit it to start over.";
    UnknownParameter = 400, "unknown_parameter", "Unknown query parameter",
        "See /docs for the parameters of each operation.";
    InvalidQuery = 400, "invalid_query", "Invalid query parameter",
        "See /docs for the values that each parameter takes.";
    Unauthenticated = 401, "unauthenticated", "Authentication required",
        "Sign in with POST /account/v1/sessions and send the token as a bearer token.";
    WrongCredentials = 401, "wrong_credentials", "Incorrect email, username or password",
        "Try again, or reset the password with POST /account/v1/password-resets.";
    EmailUnverified = 403, "email_unverified", "Email address not verified",
        "Open the link in the verification email, or request another one.";
    DeletionPending = 403, "deletion_pending", "Account scheduled for deletion",
        "Cancel the deletion with POST /account/v1/me/recovery.";
    Forbidden = 403, "forbidden", "Forbidden",
        "Your account does not have permission to do this.";
    ReauthenticationRequired = 403, "reauthentication_required", "Reauthentication required",
        "Send the password to POST /account/v1/sessions/current/reauthentication. It counts for five minutes.";
    CrossSite = 403, "cross_site", "Cross-site request",
        "Send the session as a bearer token instead of a cookie.";
    WrongPassword = 403, "wrong_password", "Incorrect password",
        "Send the current password of the account.";
    WrongSession = 403, "wrong_session", "Wrong session",
        "Open the link in the session that requested the change, or request it again in this one.";
    RegistrationClosed = 403, "registration_closed", "Registration is closed",
        "New registrations are not accepted at the moment.";
    ChallengeRequired = 403, "challenge_required", "Challenge required",
        "Solve `challenge`, and send the request again with the solution as `challenge_response`.";
    ProviderDenied = 403, "provider_denied", "Not let in by the provider",
        "The person did not sign in there, or did not agree. Begin again.";
    AccountDisabled = 403, "account_disabled", "Account disabled",
        "An administrator disabled the account.";
    OtherIdentity = 409, "other_identity", "Another account at the provider",
        "Sign in there with the account that this is about.";
    IdentityTaken = 409, "identity_taken", "Linked to another account",
        "The account at the provider is linked to another account here. Unlink it there first.";
    TooManyIdentities = 409, "too_many_identities", "Too many linked accounts",
        "Unlink one of them first.";
    LastSignInMethod = 409, "last_sign_in_method", "Last way to sign in",
        "Set a password or link another account first.";
    LastSuperAdmin = 409, "last_super_admin", "Last super admin",
        "Make another account a super admin first.";
    WeakPassword = 409, "weak_password", "Password may be too weak",
        "An administrator's password must meet the default policy. Ask the person to choose a new password of at least 15 characters, then give them the role.";
    AddressRegistered = 409, "address_registered", "Address already registered",
        "Find the account with GET /account/v1/admin/accounts.";
    AlreadyInvited = 409, "already_invited", "Already invited",
        "Resend the invitation, or revoke it.";
    CodeTaken = 409, "code_taken", "Organization code already taken",
        "Another organization has this code. Choose another one.";
    ClientTaken = 409, "client_taken", "Client id already taken",
        "Another client has this id. Choose another one.";
    NotEmpty = 409, "not_empty", "Organization not empty",
        "Remove its members first.";
    NotRedrivable = 409, "not_redrivable", "Outbox entry in the wrong state",
        "Only dead entries can be requeued; only dead and queued ones can be dropped.";
    InvitationEnded = 410, "invitation_ended", "Invitation no longer valid",
        "It was accepted, revoked or replaced. If the person has no account, invite them again.";
    PreconditionFailed = 412, "precondition_failed", "Precondition failed",
        "The resource was changed in the meantime. Read it again, and send your change with the new `ETag` as `If-Match`.";
    NotAReport = 422, "not_a_report", "Not a delivery report",
        "Send the complete email as the mail server sent it: `multipart/report` of type `delivery-status` (RFC 3464).";
    ReportTooLarge = 413, "report_too_large", "Report too large",
        "Send at most 1,048,576 bytes.";
}
