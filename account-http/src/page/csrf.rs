//! Telling forms of ours from forms that another site had the browser send.

use hmac::{Hmac, KeyInit, Mac};
use poem::http::{HeaderMap, header};
use sha2::Sha256;
use url::Url;

use account_core::verification_token::SecretToken;
use base64ct::{Base64UrlUnpadded, Encoding};

/// Octets of a browser's secret.
const SECRET_OCTETS: usize = 32;

/// Checks where a form comes from: by what the browser says of the request, and by a token in the form that belongs
/// to the browser's cookie (OWASP cheat sheet on CSRF: fetch metadata, signed double submit).
pub(super) struct FormGuard {
    mac: Hmac<Sha256>,
    /// The origin that pages are served from.
    origin: Option<String>,
}

impl FormGuard {
    pub(super) fn new(key: &[u8; 32], public_url: Option<&Url>) -> Self {
        // HMAC fills short keys up with zeros itself (RFC 2104): this is the same key.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(key) {
            *to = *from;
        }
        let origin = public_url.map(Url::origin).filter(url::Origin::is_tuple);
        Self {
            mac: <Hmac<Sha256> as KeyInit>::new((&block).into()),
            origin: origin.map(|origin| origin.ascii_serialization()),
        }
    }

    /// A browser's secret, for its cookie.
    pub(super) fn make_secret() -> Result<String, getrandom::Error> {
        let mut octets = [0; SECRET_OCTETS];
        getrandom::fill(&mut octets)?;
        Ok(Base64UrlUnpadded::encode_string(&octets))
    }

    /// Whether a cookie's value can be such a secret.
    pub(super) fn is_secret(text: &str) -> bool {
        SecretToken::parse(text).is_some()
    }

    /// The token that stands in the forms of the browser with that secret.
    pub(super) fn token(&self, secret: &str) -> String {
        let mac = self.mac.clone().chain_update(secret.as_bytes());
        Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes())
    }

    /// Whether a token belongs to a browser's secret; compared in constant time.
    pub(super) fn is_token_of(&self, secret: &str, token: &str) -> bool {
        let Ok(octets) = Base64UrlUnpadded::decode_vec(token) else { return false };
        self.mac.clone().chain_update(secret.as_bytes()).verify_slice(&octets).is_ok()
    }

    /// Whether, by what the browser says, a page of ours or the person themselves made the request.
    ///
    /// A browser that keeps the referrer to itself, as pages with a token ask for, says `Origin: null` (Fetch, "append
    /// a request `Origin` header"). That says nothing about the sender; the token then decides alone.
    pub(super) fn is_from_here(&self, headers: &HeaderMap) -> bool {
        if let Some(site) = headers.get("sec-fetch-site") {
            return site == "same-origin" || site == "none";
        }
        let is_ours = |origin: &str| self.origin.as_deref() == Some(origin);
        match headers.get(header::ORIGIN) {
            Some(origin) if origin != "null" => origin.to_str().is_ok_and(is_ours),
            _ => headers.get(header::REFERER).is_none_or(|referrer| {
                let url = referrer.to_str().ok().and_then(|text| Url::parse(text).ok());
                url.is_some_and(|url| is_ours(&url.origin().ascii_serialization()))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> FormGuard {
        FormGuard::new(&[7; 32], Url::parse("https://accounts.example.com/base").ok().as_ref())
    }

    fn is_from_here(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        guard().is_from_here(&headers)
    }

    #[test]
    fn a_token_belongs_to_one_secret_and_one_key() {
        let [one, other] = [(); 2].map(|()| FormGuard::make_secret().unwrap());
        let token = guard().token(&one);
        assert!(guard().is_token_of(&one, &token));
        assert!(!guard().is_token_of(&other, &token));
        assert!(!FormGuard::new(&[8; 32], None).is_token_of(&one, &token));
        for wrong in ["", "A", &token[1..], &token[..20], &format!("{token}A"), &one] {
            assert!(!guard().is_token_of(&one, wrong), "{wrong}");
        }
    }

    #[test]
    fn what_the_browser_says_of_the_request_goes_first() {
        assert!(is_from_here(&[("sec-fetch-site", "same-origin")]));
        assert!(is_from_here(&[("sec-fetch-site", "none"), ("origin", "null")]));
        for site in ["cross-site", "same-site", "", "Same-Origin"] {
            let headers = [("sec-fetch-site", site), ("origin", "https://accounts.example.com")];
            assert!(!is_from_here(&headers), "{site}");
        }
    }

    #[test]
    fn else_origin_or_referrer_must_be_ours() {
        assert!(is_from_here(&[]));
        assert!(is_from_here(&[("origin", "https://accounts.example.com")]));
        assert!(is_from_here(&[("origin", "null")]));
        assert!(is_from_here(&[("referer", "https://accounts.example.com/base/authenticate/register")]));
        for origin in ["http://accounts.example.com", "https://accounts.example.com:8443", "https://example.com", "x"] {
            assert!(!is_from_here(&[("origin", origin)]), "{origin}");
            assert!(!is_from_here(&[("origin", "null"), ("referer", origin)]), "{origin}");
        }
    }

    #[test]
    fn without_a_usable_public_url_no_origin_is_ours() {
        let headers = [(header::ORIGIN, "https://a.org".parse().unwrap())].into_iter().collect();
        assert!(!FormGuard::new(&[7; 32], None).is_from_here(&headers));
    }
}
