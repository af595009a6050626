//! `/account/v1/gate`: the answer to a reverse proxy that asks whether a request may pass.

use std::fmt::Write;

use account_core::authorization::Verified;
use poem_openapi::{ApiResponse, OpenApi};

use super::tag::Tag;
use crate::caller::Caller;
use crate::problem::{Problems, problem_set};

/// Whether a request may pass.
pub(crate) struct GateApi;

#[derive(ApiResponse)]
enum GateResponse {
    /// The session is valid and the address verified: let the request pass, with these headers.
    #[oai(status = 204)]
    Pass(
        /// Id of the account.
        #[oai(header = "X-Account-Id")]
        String,
        /// Its address. What is not ASCII in the part before the `@` is percent-encoded as UTF-8 (RFC 3986), as is `%`;
        /// the domain is in its ASCII form.
        #[oai(header = "X-Account-Email")]
        String,
        /// What the person may do here: `user`, `admin` or `super_admin`; several would be separated by commas.
        #[oai(header = "X-Account-Roles")]
        String,
    ),
}

problem_set! {
    /// Why a request may not pass.
    GateProblems: Unauthenticated, EmailUnverified, DeletionPending, CrossSite, Internal, Unavailable;
}

#[OpenApi(prefix_path = "/account/v1", tag = "Tag::Sessions")]
impl GateApi {
    /// Check whether a request may pass
    ///
    /// For the auth request of a reverse proxy (nginx `auth_request`, forward auth of Traefik and Caddy), which passes
    /// on the bearer token or cookie. 401: send the person to the sign-in page. 403: the person is signed in but may
    /// not pass, because the address is not verified or the account is scheduled for deletion.
    #[oai(path = "/gate", method = "get", operation_id = "gate")]
    async fn gate(&self, caller: Caller<Verified>) -> Result<GateResponse, Problems<GateProblems>> {
        let account = caller.may.account();
        let email = header_email(account.address.local_part(), account.address.ascii_domain());
        Ok(GateResponse::Pass(account.id.to_string(), email, account.role.name().to_owned()))
    }
}

/// An address as header fields can carry it.
fn header_email(local_part: &str, ascii_domain: &str) -> String {
    let mut text = String::with_capacity(local_part.len() + ascii_domain.len() + 1);
    for byte in local_part.bytes() {
        if byte.is_ascii_graphic() && byte != b'%' {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text.push('@');
    text.push_str(ascii_domain);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ascii_in_the_header() {
        assert_eq!(header_email("john+tag", "acme.com"), "john+tag@acme.com");
        assert_eq!(header_email("jürgen%", "xn--bcher-kva.example"), "j%C3%BCrgen%25@xn--bcher-kva.example");
    }
}
