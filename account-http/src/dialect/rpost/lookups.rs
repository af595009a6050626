//! `GET /api/v1/Lookup/..`: the codes that fields take.

use std::sync::LazyLock;

use account_core::reference_data::{countries, languages, windows_time_zones};
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde::Serialize;

use super::envelope::{Envelope, Ordered, ResultContent, Success};
use super::failure::Failure;
use super::tag::Tag;
use crate::problem::problem_set;

/// How long a list may be kept before asking again.
const CACHE_CONTROL: &str = "public, max-age=3600";

/// The lists of codes.
pub(super) struct LookupsApi;

/// A code that a field accepts.
#[derive(Debug, Clone, Object, Serialize)]
#[oai(rename = "LookupItem", rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct ItemBody {
    /// The value to send.
    code: String,
    /// Its English name.
    description: String,
}

impl ResultContent for Vec<ItemBody> {
    const ENVELOPE: &'static str = "LookupAnswer";
}

static LANGUAGES: LazyLock<Vec<ItemBody>> =
    LazyLock::new(|| list(languages().map(|language| (language_code(language.tag), language.description))));
static TIME_ZONES: LazyLock<Vec<ItemBody>> =
    LazyLock::new(|| list(windows_time_zones().map(|zone| (zone.id.to_owned(), zone.iana_name))));
static COUNTRIES: LazyLock<Vec<ItemBody>> =
    LazyLock::new(|| list(countries().map(|country| (country.code.to_owned(), country.name))));

fn list(items: impl Iterator<Item = (String, &'static str)>) -> Vec<ItemBody> {
    items.map(|(code, description)| ItemBody { code, description: description.to_owned() }).collect()
}

/// The dialect's spelling of a language: BCP 47 in lower case.
pub(super) fn language_code(tag: &str) -> String {
    tag.to_ascii_lowercase()
}

#[derive(ApiResponse)]
enum LookupResponse {
    /// The list.
    #[oai(status = 200)]
    List(
        Ordered<Envelope<Vec<ItemBody>>>,
        /// How long a client may use the list without asking again: an hour.
        #[oai(header = "Cache-Control")]
        String,
    ),
}

fn answer(list: &[ItemBody]) -> LookupResponse {
    let envelope = Success::with("The list of codes.", list.to_vec()).envelope();
    LookupResponse::List(Ordered(envelope), CACHE_CONTROL.to_owned())
}

problem_set! {
    /// Problems that reading a list can return.
    LookupFailures: MethodNotAllowed, Internal;
}

#[OpenApi(prefix_path = "/api/v1/Lookup", tag = "Tag::Lookup")]
impl LookupsApi {
    /// List languages
    ///
    /// BCP 47 tags in lower case, with the English descriptions of Unicode's CLDR.
    #[oai(path = "/Language", method = "get", operation_id = "rpostListLanguages")]
    async fn languages(&self) -> Result<LookupResponse, Failure<LookupFailures>> {
        Ok(answer(&LANGUAGES))
    }

    /// List time zones
    ///
    /// Windows time zone ids, each with the IANA time zone that it stands for. Fields also accept names of the IANA
    /// database.
    #[oai(path = "/TimeZone", method = "get", operation_id = "rpostListTimeZones")]
    async fn time_zones(&self) -> Result<LookupResponse, Failure<LookupFailures>> {
        Ok(answer(&TIME_ZONES))
    }

    /// List countries
    ///
    /// ISO 3166-1 alpha-2 codes with the English names of Unicode's CLDR.
    #[oai(path = "/Country", method = "get", operation_id = "rpostListCountries")]
    async fn countries(&self) -> Result<LookupResponse, Failure<LookupFailures>> {
        Ok(answer(&COUNTRIES))
    }
}
