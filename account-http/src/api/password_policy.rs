//! `/account/v1/password-policy`: what passwords are taken.

use account_core::password::policy::{Guessable, PasswordPolicy};
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::tag::Tag;
use crate::etag::{content_tag, is_known};
use crate::json::compact_json;
use crate::problem::{Problems, problem_set};

/// Saying what passwords are taken.
pub(crate) struct PasswordPolicyApi {
    pub(super) password_policy: PasswordPolicy,
}

/// A password policy. Lengths count Unicode code points of the NFKC form.
#[derive(Object)]
#[oai(rename = "PasswordPolicy", skip_serializing_if_is_none)]
#[expect(clippy::struct_excessive_bools, reason = "each rule is there or not, independent of the others")]
struct PolicyBody {
    /// Name of the policy.
    name: String,
    /// Minimum number of code points.
    min_length: usize,
    /// Maximum number of code points.
    max_length: usize,
    /// Whether an uppercase letter is required.
    needs_uppercase: bool,
    /// Whether a lowercase letter is required.
    needs_lowercase: bool,
    /// Whether a digit is required.
    needs_digit: bool,
    /// Whether a digit or a special character is required.
    needs_digit_or_special: bool,
    /// Special characters, if one of them is required.
    needs_one_of: Option<String>,
    /// Whether white space is allowed.
    allows_spaces: bool,
    /// Whether passwords that are easy to guess are refused: common ones, repetitions, and those that consist of the
    /// person's name or address.
    refuses_common: bool,
}

impl From<PasswordPolicy> for PolicyBody {
    fn from(policy: PasswordPolicy) -> Self {
        Self {
            name: policy.name.to_owned(),
            min_length: policy.min,
            max_length: policy.max,
            needs_uppercase: policy.uppercase,
            needs_lowercase: policy.lowercase,
            needs_digit: policy.digit,
            needs_digit_or_special: policy.digit_or_special,
            needs_one_of: policy.special.map(str::to_owned),
            allows_spaces: !policy.no_spaces,
            refuses_common: policy.guessable > Guessable::Accepted,
        }
    }
}

#[derive(ApiResponse)]
enum PolicyResponse {
    /// The policy that new passwords must meet.
    #[oai(status = 200)]
    Policy(
        Json<PolicyBody>,
        /// Changes with the policy.
        #[oai(header = "ETag")]
        String,
        /// How long a client may use the policy without asking again: an hour.
        #[oai(header = "Cache-Control")]
        String,
    ),
    /// The client has the current policy.
    #[oai(status = 304)]
    NotModified,
}

problem_set! {
    /// Problems that reading the policy can return.
    PolicyProblems: MethodNotAllowed, Internal;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Passwords")]
impl PasswordPolicyApi {
    /// Get the password policy
    ///
    /// The policy of the native API and the pages. Each dialect has its own. Passwords of administrators must meet the
    /// policy `default` as well.
    #[oai(path = "/password-policy", method = "get", operation_id = "getPasswordPolicy")]
    async fn get(
        &self,
        /// The `ETag` of the policy that the client has.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<PolicyResponse, Problems<PolicyProblems>> {
        let body = PolicyBody::from(self.password_policy);
        let etag = content_tag(&compact_json(&body));
        if is_known(if_none_match.0.as_deref(), &etag) {
            return Ok(PolicyResponse::NotModified);
        }
        Ok(PolicyResponse::Policy(Json(body), etag, "public, max-age=3600".to_owned()))
    }
}
