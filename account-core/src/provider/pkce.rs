//! Proof Key for Code Exchange (RFC 7636).

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::one_time_token::SecretToken;

/// The `code_verifier`: only a holder of it can exchange the code. It prints as `PkceVerifier(..)`.
#[derive(Clone)]
pub struct PkceVerifier(SecretToken);

impl PkceVerifier {
    pub(crate) const fn new(secret: SecretToken) -> Self {
        Self(secret)
    }

    /// Returns its text: 43 characters of base64url.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        self.0.expose()
    }

    /// Returns the `code_challenge` for `code_challenge_method=S256`.
    #[must_use]
    pub fn challenge(&self) -> String {
        Base64UrlUnpadded::encode_string(&Sha256::digest(self.expose().as_bytes()))
    }
}

opaque_debug!(PkceVerifier);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = PkceVerifier::new(SecretToken::parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap());
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
