//! The problems there are: one table of codes, statuses and words.

/// What is the same for every problem of a kind.
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
    MalformedRequest = 400, "malformed_request", "The request cannot be read",
        "Send headers and query in UTF-8.";
    MalformedBody = 400, "malformed_body", "The body is not a JSON object",
        "Send a JSON object (RFC 8259, UTF-8).";
    MalformedIdempotencyKey = 400, "malformed_idempotency_key", "The idempotency key is not usable",
        "Send 16 to 255 visible ASCII characters as Idempotency-Key, best a random UUID.";
    NotFound = 404, "not_found", "There is nothing here",
        "See /docs for what there is.";
    UnknownToken = 404, "unknown_token", "The token or code is missing or unknown",
        "Send the whole last part of the mailed link as token, or registration_id, code and continuation.";
    UnknownRegistration = 404, "unknown_registration", "There is no such registration for this continuation",
        "Send the registration's id with the continuation that was answered with it.";
    MethodNotAllowed = 405, "method_not_allowed", "The method is not allowed here",
        "See /docs for the methods.";
    RequestTimeout = 408, "request_timeout", "The request took too long to arrive",
        "Send it again.";
    ProofRequired = 409, "proof_required", "A proof must come with the token",
        "Send the registration's continuation or password, or a new_password, together with the token.";
    IdempotencyInProgress = 409, "idempotency_in_progress", "A request with this idempotency key is still running",
        "Send the same request again in a moment to get its answer.";
    Expired = 410, "expired", "The link or code has expired",
        "Ask for another verification mail.";
    Used = 410, "used", "The link was used already",
        "Sign in.";
    Superseded = 410, "superseded", "A newer verification mail was sent",
        "Use the link of the newest verification mail.";
    AlreadyRegistered = 410, "already_registered", "The address has an account already",
        "Sign in.";
    CodeExhausted = 410, "code_exhausted", "The code was tried too often",
        "Use the link of the verification mail; no further code is taken for this registration.";
    BodyTooLarge = 413, "body_too_large", "The body is larger than 64 KiB",
        "Send at most 65,536 bytes.";
    UnsupportedMediaType = 415, "unsupported_media_type", "The body is of another media type",
        "Send application/json; a mail as message/rfc822.";
    Invalid = 422, "invalid", "The request breaks rules",
        "Mend what is listed under violations; it is all of it.";
    WrongProof = 422, "wrong_proof", "The proof is not the registration's",
        "Send the password that was chosen at registration, its continuation, or a new_password.";
    IdempotencyMismatch = 422, "idempotency_mismatch", "The idempotency key was used with another body",
        "Use a new key for a new request.";
    RateLimited = 429, "rate_limited", "A limit was reached",
        "Wait as long as Retry-After says.";
    Internal = 500, "internal", "Something went wrong in the service",
        "It is in the service's log under request_id.";
    Overloaded = 503, "overloaded", "The service has more to do than it can",
        "Nothing was changed. Send the request again after Retry-After.";
    Unavailable = 503, "unavailable", "The service cannot do this now",
        "Send the request again after Retry-After.";
    InvalidCursor = 400, "invalid_cursor", "The cursor is not of this list",
        "Send the next_cursor of the page before, with the same filters, or none to begin anew.";
    InvalidQuery = 400, "invalid_query", "A parameter of the query cannot be read",
        "See /docs for the values that each parameter takes.";
    Unauthenticated = 401, "unauthenticated", "A session is needed",
        "Sign in with POST /account/v1/sessions and send its token as bearer token.";
    WrongCredentials = 401, "wrong_credentials", "Address, user name or password is wrong",
        "Check what was typed. A new password can be had with POST /account/v1/password-resets.";
    EmailUnverified = 403, "email_unverified", "The email address is not verified",
        "Open the link in the verification mail, or ask for another one.";
    DeletionPending = 403, "deletion_pending", "The account is about to be deleted",
        "Take it back with POST /account/v1/me/recovery.";
    Forbidden = 403, "forbidden", "This is not for this account",
        "Ask an administrator.";
    ReauthenticationRequired = 403, "reauthentication_required", "The password has to be given again",
        "Send it to POST /account/v1/sessions/current/reauthentication; it counts for five minutes.";
    CrossSite = 403, "cross_site", "The request does not come from a page of this service",
        "Send the session as bearer token instead of as cookie.";
    WrongPassword = 403, "wrong_password", "The password is wrong",
        "Send the account's present password.";
    WrongSession = 403, "wrong_session", "The change was asked for in another session",
        "Use the link in the session in which the change was asked for, or ask for it again in this one.";
    RegistrationClosed = 403, "registration_closed", "Registration is closed",
        "Whoever runs this service does not take registrations now.";
    LastSuperAdmin = 409, "last_super_admin", "This is the last super admin",
        "Make another account a super admin first.";
    AddressRegistered = 409, "address_registered", "The address has an account",
        "Find it with GET /account/v1/admin/accounts.";
    AlreadyInvited = 409, "already_invited", "The address is invited already",
        "Send the invitation again, or revoke it.";
    CodeTaken = 409, "code_taken", "Another organization has the code",
        "Choose another code.";
    ClientTaken = 409, "client_taken", "Another client has the id",
        "Choose another id.";
    NotEmpty = 409, "not_empty", "The organization has members",
        "Remove its members first.";
    NotRedrivable = 409, "not_redrivable", "The entry is not in a state for that",
        "Only dead entries are put back; only dead and waiting ones are dropped.";
    InvitationEnded = 410, "invitation_ended", "The invitation was accepted, revoked or overtaken",
        "Invite the person anew, if they have no account.";
    PreconditionFailed = 412, "precondition_failed", "It was changed meanwhile",
        "Read it again and send the change with its new ETag as If-Match.";
    NotAReport = 422, "not_a_report", "The mail is no delivery report",
        "Send the whole mail as the mail server sent it: multipart/report of the type delivery-status (RFC 3464).";
    ReportTooLarge = 413, "report_too_large", "The mail is larger than 1 MiB",
        "Send at most 1,048,576 bytes.";
}
