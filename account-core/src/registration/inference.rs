//! What is inferred about a person who registers and does not say it: country, language and time zone.
//!
//! Nothing that was given is ever replaced. Each inferred value keeps its source ([`crate::profile::Profile::sources`]),
//! until somebody changes it.

use super::draft::RegistrationDraft;
use crate::accept_language;
use crate::client::Client;
use crate::ports::{Location, ReferenceData};
use crate::profile::{Profile, Source};
use crate::service::AccountService;
use crate::violation::Field;

/// What the person's browser says of itself.
#[derive(Default)]
pub(crate) struct Hints {
    languages: Option<String>,
    time_zone: Option<String>,
}

impl Hints {
    /// Returns those of a draft.
    pub(crate) fn of(draft: &RegistrationDraft) -> Self {
        Self { languages: draft.browser_language.clone(), time_zone: draft.browser_time_zone.clone() }
    }
}

impl AccountService {
    /// Adds to the profile what is missing and can be inferred. Nothing if a back end registers the person: it is not
    /// where the person is, and does not speak the person's language. Nothing from the client's address if another one is
    /// claimed for the person.
    pub(crate) async fn infer(&self, profile: &mut Profile, hints: &Hints, client: &Client) {
        if profile.claimed_origin.client.is_some() || self.may_be_back_end(client).await {
            return;
        }
        let address = client.public_address().filter(|_| profile.claimed_origin.client_address.is_none());
        let location = address.map(|address| self.ports.geo_locator.locate(address)).unwrap_or_default();
        complete(profile, location, hints, &*self.ports.reference_data);
    }
}

/// Returns the language that a browser with this header prefers.
pub(super) fn preferred_language(accept_language: Option<&str>, reference: &dyn ReferenceData) -> Option<String> {
    accept_language::first_known(accept_language?, |tag| reference.language(tag))
}

/// Adds what is missing. For the time zone, the best source comes first.
fn complete(profile: &mut Profile, location: Location, hints: &Hints, reference: &dyn ReferenceData) {
    let Profile { country, language, time_zone, sources, .. } = profile;
    let mut add = |field: Field, value: &mut Option<String>, inferred: Option<(String, Source)>| {
        if let Some((inferred, source)) = inferred {
            *value = Some(inferred);
            sources.insert(field.name().to_owned(), source);
        }
    };
    if language.is_none() {
        let preferred = preferred_language(hints.languages.as_deref(), reference);
        add(Field::Language, language, preferred.map(|language| (language, Source::AcceptLanguage)));
    }
    if country.is_none() {
        let located = location.country.and_then(|code| reference.country(&code));
        add(Field::Country, country, located.map(|country| (country, Source::ClientAddress)));
    }
    if time_zone.is_none() {
        let known = |name: Option<&str>, source| Some((reference.time_zone(name?)?, source));
        let of_country = || Some((reference.time_zone_of_country(country.as_deref()?)?, Source::Country));
        let inferred = known(location.time_zone.as_deref(), Source::ClientAddress)
            .or_else(|| known(hints.time_zone.as_deref(), Source::Browser))
            .or_else(of_country);
        add(Field::TimeZone, time_zone, inferred);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knows a few of everything.
    struct Few;

    impl ReferenceData for Few {
        fn country(&self, code: &str) -> Option<String> {
            ["DE", "US"].contains(&code).then(|| code.to_owned())
        }

        fn language(&self, tag: &str) -> Option<String> {
            ["de", "de-AT", "fr"].contains(&tag).then(|| tag.to_owned())
        }

        fn time_zone(&self, name: &str) -> Option<String> {
            ["Europe/Berlin", "America/Chicago", "Asia/Tokyo"].contains(&name).then(|| name.to_owned())
        }

        fn time_zone_of_country(&self, code: &str) -> Option<String> {
            (code == "DE").then(|| "Europe/Berlin".to_owned())
        }
    }

    fn text(value: &str) -> Option<String> {
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Each value with its source: country, language, time zone.
    fn completed(given: [&str; 3], location: [&str; 2], hints: [&str; 2]) -> [String; 3] {
        let [country, language, time_zone] = given.map(text);
        let mut profile = Profile { country, language, time_zone, ..Profile::default() };
        let [country, zone] = location.map(text);
        let [languages, time_zone] = hints.map(text);
        complete(&mut profile, Location { country, time_zone: zone }, &Hints { languages, time_zone }, &Few);
        let sources = profile.all_sources();
        let shown = |field: Field, value: Option<&String>| {
            let source = sources.get(field.name()).map_or("none", |source| source.name());
            format!("{} {source}", value.map_or("-", String::as_str))
        };
        [
            shown(Field::Country, profile.country.as_ref()),
            shown(Field::Language, profile.language.as_ref()),
            shown(Field::TimeZone, profile.time_zone.as_ref()),
        ]
    }

    #[test]
    fn each_value_comes_from_its_best_source() {
        let all = completed([""; 3], ["US", "America/Chicago"], ["de-AT,fr;q=0.5", "Asia/Tokyo"]);
        assert_eq!(all, ["US client_address", "de-AT accept_language", "America/Chicago client_address"]);
        let without_city = completed([""; 3], ["DE", ""], ["", "Asia/Tokyo"]);
        assert_eq!(without_city, ["DE client_address", "- none", "Asia/Tokyo browser"]);
        let country_alone = completed([""; 3], ["DE", ""], ["", ""]);
        assert_eq!(country_alone, ["DE client_address", "- none", "Europe/Berlin country"]);
        let several_zones = completed([""; 3], ["US", ""], ["", ""]);
        assert_eq!(several_zones, ["US client_address", "- none", "- none"]);
        assert_eq!(completed([""; 3], ["", ""], ["", ""]), ["- none", "- none", "- none"]);
    }

    #[test]
    fn what_was_given_stays_and_is_not_marked() {
        let given = ["DE", "fr", "Asia/Tokyo"];
        let all = completed(given, ["US", "America/Chicago"], ["de", "Europe/Berlin"]);
        assert_eq!(all, ["DE given", "fr given", "Asia/Tokyo given"]);
        let zone_of_given_country = completed(["DE", "", ""], ["US", ""], ["", ""]);
        assert_eq!(zone_of_given_country, ["DE given", "- none", "Europe/Berlin country"]);
    }

    #[test]
    fn what_is_not_known_is_dropped() {
        let unknown = completed([""; 3], ["A1", "Moon/Sea"], ["*, tlh;q=x", "Nowhere/Else"]);
        assert_eq!(unknown, ["- none", "- none", "- none"]);
        let rescued = completed([""; 3], ["A1", "Moon/Sea"], ["tlh, de;q=0.1", "Asia/Tokyo"]);
        assert_eq!(rescued, ["- none", "de accept_language", "Asia/Tokyo browser"]);
    }
}
