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
    pub(crate) const ALL: [Self; 24] = [
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
                facts("body_too_large", 413, "The body is larger than 64 KiB", "Send at most 65,536 octets.")
            }
            Self::UnsupportedMediaType => {
                facts("unsupported_media_type", 415, "The body is of another media type", "Send application/json.")
            }
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
            Self::Unavailable => {
                facts("unavailable", 503, "The service cannot do this now", "Send the request again after Retry-After.")
            }
        }
    }
}
