//! `/account/v1/lookups`: what countries, languages and time zones there are.

use std::sync::LazyLock;

use account_core::reference_data::{countries, languages, time_zones};
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::tag::Tag;
use crate::etag::{content_tag, is_known};
use crate::json::compact_json;
use crate::problem::{Problems, problem_set};

/// How long a list may be kept before asking again.
const CACHE_CONTROL: &str = "public, max-age=3600";

/// Saying what countries, languages and time zones there are.
pub(crate) struct LookupsApi;

/// A value that a field accepts, and its English name.
#[derive(Object, Clone)]
#[oai(rename = "LookupItem")]
struct ItemBody {
    /// The value to send.
    code: String,
    /// The English name; the code itself if there is no name.
    name: String,
}

/// All values that a field accepts, in the byte order of their codes.
#[derive(Object, Clone)]
#[oai(rename = "Lookup")]
struct LookupBody {
    /// The items.
    items: Vec<ItemBody>,
}

/// A list as it is answered, made once.
struct List {
    body: LookupBody,
    etag: String,
}

static COUNTRIES: LazyLock<List> = LazyLock::new(|| List::new(countries().map(|country| (country.code, country.name))));
static LANGUAGES: LazyLock<List> =
    LazyLock::new(|| List::new(languages().map(|language| (language.tag, language.description))));
static TIME_ZONES: LazyLock<List> = LazyLock::new(|| List::new(time_zones().map(|name| (name, name))));

impl List {
    /// The list of these codes with their names.
    fn new(items: impl Iterator<Item = (&'static str, &'static str)>) -> Self {
        let items = items.map(|(code, name)| ItemBody { code: code.to_owned(), name: name.to_owned() });
        let body = LookupBody { items: items.collect() };
        let etag = content_tag(&compact_json(&body));
        Self { body, etag }
    }

    fn answer(&self, if_none_match: Option<&str>) -> LookupResponse {
        let (etag, lasting) = (self.etag.clone(), CACHE_CONTROL.to_owned());
        if is_known(if_none_match, &etag) {
            LookupResponse::NotModified(etag, lasting)
        } else {
            LookupResponse::Items(Json(self.body.clone()), etag, lasting)
        }
    }
}

#[derive(ApiResponse)]
enum LookupResponse {
    /// The list.
    #[oai(status = 200)]
    Items(
        Json<LookupBody>,
        /// Changes with the list.
        #[oai(header = "ETag")]
        String,
        /// How long a client may use the list without asking again: an hour.
        #[oai(header = "Cache-Control")]
        String,
    ),
    /// The client has the current list.
    #[oai(status = 304)]
    NotModified(
        /// The `ETag` of the current list.
        #[oai(header = "ETag")]
        String,
        /// How long a client may use the list without asking again: an hour.
        #[oai(header = "Cache-Control")]
        String,
    ),
}

problem_set! {
    /// Problems that reading a list can return.
    LookupProblems: MethodNotAllowed, Internal;
}

#[OpenApi(prefix_path = "/account/v1/lookups", tag = "Tag::Lookups")]
impl LookupsApi {
    /// List countries
    ///
    /// ISO 3166-1 alpha-2 codes with the English names of Unicode's CLDR.
    #[oai(path = "/countries", method = "get", operation_id = "listCountries")]
    async fn countries(
        &self,
        /// The `ETag` of the list that the client has.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<LookupResponse, Problems<LookupProblems>> {
        Ok(COUNTRIES.answer(if_none_match.0.as_deref()))
    }

    /// List languages
    ///
    /// BCP 47 tags with the English descriptions of Unicode's CLDR. Fields also accept a listed language with another
    /// country or script, as browsers send it: `ru-DE`.
    #[oai(path = "/languages", method = "get", operation_id = "listLanguages")]
    async fn languages(
        &self,
        /// The `ETag` of the list that the client has.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<LookupResponse, Problems<LookupProblems>> {
        Ok(LANGUAGES.answer(if_none_match.0.as_deref()))
    }

    /// List time zones
    ///
    /// Canonical names of the IANA database, which has no other names: `name` is the `code` again. A field takes a link
    /// of that database and a Windows time zone id, too.
    #[oai(path = "/time-zones", method = "get", operation_id = "listTimeZones")]
    async fn time_zones(
        &self,
        /// The `ETag` of the list that the client has.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<LookupResponse, Problems<LookupProblems>> {
        Ok(TIME_ZONES.answer(if_none_match.0.as_deref()))
    }
}
