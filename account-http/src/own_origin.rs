//! The service's own origin, and whether a browser's request comes from one of its pages.

use poem::http::{HeaderMap, header};
use url::Url;

use crate::public_url::PublicUrl;

/// The origin of the pages.
#[derive(Debug, Clone)]
pub(crate) struct OwnOrigin(String);

impl OwnOrigin {
    pub(crate) fn new(public_url: &PublicUrl) -> Self {
        Self(public_url.origin())
    }

    /// Returns whether, according to the browser, one of our pages or the person themselves may have made the request.
    ///
    /// A browser that sends no referrer, as pages with a token request, sends `Origin: null` (Fetch, "append a request
    /// `Origin` header"). That says nothing about the sender, so only the form's token decides.
    pub(crate) fn may_be_sender(&self, headers: &HeaderMap) -> bool {
        if let Some(site) = headers.get("sec-fetch-site") {
            return site == "same-origin" || site == "none";
        }
        match headers.get(header::ORIGIN) {
            Some(origin) if origin != "null" => origin.to_str().is_ok_and(|origin| self.is(origin)),
            _ => headers.get(header::REFERER).is_none_or(|referrer| {
                let url = referrer.to_str().ok().and_then(|text| Url::parse(text).ok());
                url.is_some_and(|url| self.is(&url.origin().ascii_serialization()))
            }),
        }
    }

    /// Returns whether the browser says that one of our pages made the request, for calls without any other proof of
    /// it.
    pub(crate) fn is_sender(&self, headers: &HeaderMap) -> bool {
        match headers.get("sec-fetch-site") {
            Some(site) => site == "same-origin",
            None => headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).is_some_and(|o| self.is(o)),
        }
    }

    /// Returns whether the browser says that a page of another origin made the request. Other clients do not say.
    pub(crate) fn is_foreign(&self, headers: &HeaderMap) -> bool {
        match headers.get("sec-fetch-site") {
            Some(site) => site != "same-origin" && site != "none",
            None => headers.get(header::ORIGIN).is_some_and(|origin| !origin.to_str().is_ok_and(|it| self.is(it))),
        }
    }

    fn is(&self, origin: &str) -> bool {
        self.0 == origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(headers: &[(&'static str, &str)]) -> HeaderMap {
        headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn own() -> OwnOrigin {
        OwnOrigin::new(&"https://accounts.example.com/base".parse().unwrap())
    }

    fn may_be_sender(given: &[(&'static str, &str)]) -> bool {
        own().may_be_sender(&headers(given))
    }

    #[test]
    fn only_browsers_report_cross_site_requests() {
        assert!(!own().is_foreign(&headers(&[])));
        for ours in
            [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", "https://accounts.example.com")]
        {
            assert!(!own().is_foreign(&headers(&[ours])), "{ours:?}");
        }
        for foreign in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "null"),
            ("origin", "https://evil.example.com"),
        ] {
            assert!(own().is_foreign(&headers(&[foreign])), "{foreign:?}");
        }
    }

    #[test]
    fn a_call_without_a_form_token_needs_fetch_metadata() {
        assert!(own().is_sender(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(own().is_sender(&headers(&[("origin", "https://accounts.example.com")])));
        for given in [
            &[][..],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://accounts.example.com")],
            &[("origin", "null")],
            &[("referer", "https://accounts.example.com/")],
        ] {
            assert!(!own().is_sender(&headers(given)), "{given:?}");
        }
    }

    #[test]
    fn fetch_metadata_takes_precedence() {
        assert!(may_be_sender(&[("sec-fetch-site", "same-origin")]));
        assert!(may_be_sender(&[("sec-fetch-site", "none"), ("origin", "null")]));
        for site in ["cross-site", "same-site", "", "Same-Origin"] {
            let headers = [("sec-fetch-site", site), ("origin", "https://accounts.example.com")];
            assert!(!may_be_sender(&headers), "{site}");
        }
    }

    #[test]
    fn otherwise_origin_or_referrer_must_be_ours() {
        assert!(may_be_sender(&[]));
        assert!(may_be_sender(&[("origin", "https://accounts.example.com")]));
        assert!(may_be_sender(&[("origin", "null")]));
        assert!(may_be_sender(&[("referer", "https://accounts.example.com/base/authenticate/register")]));
        for origin in ["http://accounts.example.com", "https://accounts.example.com:8443", "https://example.com", "x"] {
            assert!(!may_be_sender(&[("origin", origin)]), "{origin}");
            assert!(!may_be_sender(&[("origin", "null"), ("referer", origin)]), "{origin}");
        }
    }
}
