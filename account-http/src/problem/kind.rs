//! The problems there are: one table of codes, statuses and words.

/// Every problem that the native API answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ProblemKind {
    MalformedRequest,
    MalformedBody,
    MalformedIdempotencyKey,
    NotFound,
    UnknownToken,
    UnknownRegistration,
    MethodNotAllowed,
    RequestTimeout,
    ProofRequired,
    IdempotencyInProgress,
    Expired,
    Used,
    Superseded,
    AlreadyRegistered,
    CodeExhausted,
    BodyTooLarge,
    UnsupportedMediaType,
    Invalid,
    WrongProof,
    IdempotencyMismatch,
    RateLimited,
    Internal,
    Overloaded,
    Unavailable,
    InvalidCursor,
    InvalidQuery,
    Unauthenticated,
    WrongCredentials,
    EmailUnverified,
    DeletionPending,
    Forbidden,
    ReauthenticationRequired,
    CrossSite,
    WrongPassword,
    WrongSession,
    RegistrationClosed,
    LastSuperAdmin,
    AddressRegistered,
    AlreadyInvited,
    CodeTaken,
    ClientTaken,
    NotEmpty,
    NotRedrivable,
    InvitationEnded,
    PreconditionFailed,
    NotAReport,
    ReportTooLarge,
}

/// What is the same for every problem of a kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) title: &'static str,
    pub(crate) detail: &'static str,
}

const fn facts(code: &'static str, status: u16, title: &'static str, detail: &'static str) -> Facts {
    Facts { code, status, title, detail }
}

impl ProblemKind {
    /// Every kind, for the page that describes them.
    pub(crate) const ALL: [Self; 47] = [
        Self::MalformedRequest,
        Self::MalformedBody,
        Self::MalformedIdempotencyKey,
        Self::NotFound,
        Self::UnknownToken,
        Self::UnknownRegistration,
        Self::MethodNotAllowed,
        Self::RequestTimeout,
        Self::ProofRequired,
        Self::IdempotencyInProgress,
        Self::Expired,
        Self::Used,
        Self::Superseded,
        Self::AlreadyRegistered,
        Self::CodeExhausted,
        Self::BodyTooLarge,
        Self::UnsupportedMediaType,
        Self::Invalid,
        Self::WrongProof,
        Self::IdempotencyMismatch,
        Self::RateLimited,
        Self::Internal,
        Self::Overloaded,
        Self::Unavailable,
        Self::InvalidCursor,
        Self::InvalidQuery,
        Self::Unauthenticated,
        Self::WrongCredentials,
        Self::EmailUnverified,
        Self::DeletionPending,
        Self::Forbidden,
        Self::ReauthenticationRequired,
        Self::CrossSite,
        Self::WrongPassword,
        Self::WrongSession,
        Self::RegistrationClosed,
        Self::LastSuperAdmin,
        Self::AddressRegistered,
        Self::AlreadyInvited,
        Self::CodeTaken,
        Self::ClientTaken,
        Self::NotEmpty,
        Self::NotRedrivable,
        Self::InvitationEnded,
        Self::PreconditionFailed,
        Self::NotAReport,
        Self::ReportTooLarge,
    ];

    /// What is the same for every problem of the kind.
    #[expect(clippy::too_many_lines, reason = "a table, one entry a kind")]
    pub(crate) const fn facts(self) -> Facts {
        match self {
            Self::MalformedRequest => {
                facts("malformed_request", 400, "The request cannot be read", "Send headers and query in UTF-8.")
            }
            Self::MalformedBody => {
                facts("malformed_body", 400, "The body is not a JSON object", "Send a JSON object (RFC 8259, UTF-8).")
            }
            Self::MalformedIdempotencyKey => facts(
                "malformed_idempotency_key",
                400,
                "The idempotency key is not usable",
                "Send 16 to 255 visible ASCII characters as Idempotency-Key, best a random UUID.",
            ),
            Self::NotFound => facts("not_found", 404, "There is nothing here", "See /docs for what there is."),
            Self::UnknownToken => facts(
                "unknown_token",
                404,
                "The token or code is missing or unknown",
                "Send the whole last part of the mailed link as token, or registration_id, code and continuation.",
            ),
            Self::UnknownRegistration => facts(
                "unknown_registration",
                404,
                "There is no such registration for this continuation",
                "Send the registration's id with the continuation that was answered with it.",
            ),
            Self::MethodNotAllowed => {
                facts("method_not_allowed", 405, "The method is not allowed here", "See /docs for the methods.")
            }
            Self::RequestTimeout => {
                facts("request_timeout", 408, "The request took too long to arrive", "Send it again.")
            }
            Self::ProofRequired => facts(
                "proof_required",
                409,
                "A proof must come with the token",
                "Send the registration's continuation or password, or a new_password, together with the token.",
            ),
            Self::IdempotencyInProgress => facts(
                "idempotency_in_progress",
                409,
                "A request with this idempotency key is still running",
                "Send the same request again in a moment to get its answer.",
            ),
            Self::Expired => {
                facts("expired", 410, "The link or code has expired", "Ask for another verification mail.")
            }
            Self::Used => facts("used", 410, "The link was used already", "Sign in."),
            Self::Superseded => facts(
                "superseded",
                410,
                "A newer verification mail was sent",
                "Use the link of the newest verification mail.",
            ),
            Self::AlreadyRegistered => {
                facts("already_registered", 410, "The address has an account already", "Sign in.")
            }
            Self::CodeExhausted => facts(
                "code_exhausted",
                410,
                "The code was tried too often",
                "Use the link of the verification mail; no further code is taken for this registration.",
            ),
            Self::BodyTooLarge => {
                facts("body_too_large", 413, "The body is larger than 64 KiB", "Send at most 65,536 bytes.")
            }
            Self::UnsupportedMediaType => facts(
                "unsupported_media_type",
                415,
                "The body is of another media type",
                "Send application/json; a mail as message/rfc822.",
            ),
            Self::Invalid => facts(
                "invalid",
                422,
                "The request breaks rules",
                "Mend what is listed under violations; it is all of it.",
            ),
            Self::WrongProof => facts(
                "wrong_proof",
                422,
                "The proof is not the registration's",
                "Send the password that was chosen at registration, its continuation, or a new_password.",
            ),
            Self::IdempotencyMismatch => facts(
                "idempotency_mismatch",
                422,
                "The idempotency key was used with another body",
                "Use a new key for a new request.",
            ),
            Self::RateLimited => facts("rate_limited", 429, "A limit was reached", "Wait as long as Retry-After says."),
            Self::Internal => facts(
                "internal",
                500,
                "Something went wrong in the service",
                "It is in the service's log under request_id.",
            ),
            Self::Overloaded => facts(
                "overloaded",
                503,
                "The service has more to do than it can",
                "Nothing was changed. Send the request again after Retry-After.",
            ),
            Self::InvalidCursor => facts(
                "invalid_cursor",
                400,
                "The cursor is not of this list",
                "Send the next_cursor of the page before, with the same filters, or none to begin anew.",
            ),
            Self::InvalidQuery => facts(
                "invalid_query",
                400,
                "A parameter of the query cannot be read",
                "See /docs for the values that each parameter takes.",
            ),
            Self::Unauthenticated => facts(
                "unauthenticated",
                401,
                "A session is needed",
                "Sign in with POST /account/v1/sessions and send its token as bearer token.",
            ),
            Self::WrongCredentials => facts(
                "wrong_credentials",
                401,
                "Address, user name or password is wrong",
                "Check what was typed. A new password can be had with POST /account/v1/password-resets.",
            ),
            Self::EmailUnverified => facts(
                "email_unverified",
                403,
                "The email address is not verified",
                "Open the link in the verification mail, or ask for another one.",
            ),
            Self::DeletionPending => facts(
                "deletion_pending",
                403,
                "The account is about to be deleted",
                "Take it back with POST /account/v1/me/recovery.",
            ),
            Self::Forbidden => facts("forbidden", 403, "This is not for this account", "Ask an administrator."),
            Self::ReauthenticationRequired => facts(
                "reauthentication_required",
                403,
                "The password has to be given again",
                "Send it to POST /account/v1/sessions/current/reauthentication; it counts for five minutes.",
            ),
            Self::CrossSite => facts(
                "cross_site",
                403,
                "The request does not come from a page of this service",
                "Send the session as bearer token instead of as cookie.",
            ),
            Self::WrongPassword => {
                facts("wrong_password", 403, "The password is wrong", "Send the account's present password.")
            }
            Self::WrongSession => facts(
                "wrong_session",
                403,
                "The change was asked for in another session",
                "Use the link in the session in which the change was asked for, or ask for it again in this one.",
            ),
            Self::RegistrationClosed => facts(
                "registration_closed",
                403,
                "Registration is closed",
                "Whoever runs this service does not take registrations now.",
            ),
            Self::LastSuperAdmin => facts(
                "last_super_admin",
                409,
                "This is the last super admin",
                "Make another account a super admin first.",
            ),
            Self::AddressRegistered => facts(
                "address_registered",
                409,
                "The address has an account",
                "Find it with GET /account/v1/admin/accounts.",
            ),
            Self::AlreadyInvited => facts(
                "already_invited",
                409,
                "The address is invited already",
                "Send the invitation again, or revoke it.",
            ),
            Self::CodeTaken => facts("code_taken", 409, "Another organization has the code", "Choose another code."),
            Self::ClientTaken => facts("client_taken", 409, "Another client has the id", "Choose another id."),
            Self::NotEmpty => facts("not_empty", 409, "The organization has members", "Remove its members first."),
            Self::NotRedrivable => facts(
                "not_redrivable",
                409,
                "The entry is not in a state for that",
                "Only dead entries are put back; only dead and waiting ones are dropped.",
            ),
            Self::InvitationEnded => facts(
                "invitation_ended",
                410,
                "The invitation was accepted, revoked or overtaken",
                "Invite the person anew, if they have no account.",
            ),
            Self::NotAReport => facts(
                "not_a_report",
                422,
                "The mail is no delivery report",
                "Send the whole mail as the mail server sent it: multipart/report of the type delivery-status (RFC 3464).",
            ),
            Self::ReportTooLarge => {
                facts("report_too_large", 413, "The mail is larger than 1 MiB", "Send at most 1,048,576 bytes.")
            }
            Self::PreconditionFailed => facts(
                "precondition_failed",
                412,
                "It was changed meanwhile",
                "Read it again and send the change with its new ETag as If-Match.",
            ),
            Self::Unavailable => {
                facts("unavailable", 503, "The service cannot do this now", "Send the request again after Retry-After.")
            }
        }
    }
}
