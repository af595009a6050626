use std::sync::Arc;
use std::time::Duration;

use super::check::{self, Reference};
use super::language::Language;
use super::*;
use crate::timestamp::Timestamp;

fn speaking(tag: &str) -> Translator {
    Catalog::built_in().speaking(tag).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// The catalog with these files of an operator.
fn with(files: &[(&str, &str)]) -> Result<Arc<Catalog>, Vec<CatalogProblem>> {
    Catalog::with_files(files.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())))
}

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    with(files).unwrap_err().iter().map(ToString::to_string).collect()
}

/// A language that is not built in.
const ITALIAN: &str = "language-name = Italiano\nlanguage-direction = ltr\n";

mod built_in_languages {
    use super::*;
    use crate::translation::built_in;

    /// Each language's parsed files.
    fn parsed() -> Vec<(&'static str, Vec<Arc<fluent_bundle::FluentResource>>)> {
        let parse = |tag, files: &[(&str, &str)]| {
            let files = files.iter().map(|(name, text)| {
                check::parse(tag, (*text).to_owned()).unwrap_or_else(|problems| panic!("{name}: {problems:?}"))
            });
            files.collect::<Vec<_>>()
        };
        built_in::LANGUAGES.iter().map(|(tag, files)| (*tag, parse(tag, files))).collect()
    }

    #[test]
    fn every_language_has_the_messages_variables_and_tags_of_english() {
        let languages = parsed();
        let english = Reference::of(&languages[0].1);
        let gaps: Vec<_> = languages.iter().flat_map(|(tag, own)| check::gaps(tag, own, &english)).collect();
        assert_eq!(gaps, Vec::<String>::new());
    }

    #[test]
    fn a_message_that_is_missing_or_differs_is_found() {
        let one = |text: &str| vec![check::parse("it", text.to_owned()).unwrap()];
        let english = Reference::of(&one("a = { $x } <a>y</a>\nb = { $count ->\n    [one] 1\n   *[other] n\n}\n"));
        for (text, gap) in [
            ("a = { $x } <a>y</a>", "it: `b` is missing"),
            ("a = { $x } <a>y</a>\nb = { $count }\nc = 1", "it: English has no `c`"),
            ("a = <a>y</a>\nb = { $count }", "it: `a` lacks `$x`"),
            ("a = { $x } { $y } <a>y</a>\nb = { $count }", "it: `a`: unknown variable `$y`; available: `$x`"),
            ("a = { $x } y\nb = { $count }", "it: `a`: `<a>` is there 0 times, and 1 times in English"),
            ("a = { $x } </a>y<a>\nb = { $count }", "it: `a`: the tags are not ended in the order of their starts"),
        ] {
            assert_eq!(check::gaps("it", &one(text), &english), [gap]);
        }
        assert_eq!(check::gaps("it", &one("a = <a>{ $x }</a>\nb = { $count }"), &english), Vec::<String>::new());
    }

    #[test]
    fn a_key_exists_once() {
        for (tag, files) in built_in::LANGUAGES {
            let mut keys = std::collections::BTreeSet::new();
            let lines = files.iter().flat_map(|(_, text)| text.lines());
            for key in lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
                let (key, _) = key.split_once(" =").unwrap();
                assert!(keys.insert(key), "{tag}: {key}");
                assert!(key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{key}");
            }
            assert!(keys.len() > 10);
        }
    }

    /// The texts of a language, each with the key that it belongs to. Comments are none.
    fn texts(tag: &str) -> Vec<(String, String)> {
        let (_, files) = built_in::LANGUAGES.into_iter().find(|(known, _)| *known == tag).unwrap();
        let mut key = String::new();
        let mut texts = Vec::new();
        for line in files.iter().flat_map(|(_, text)| text.lines()).filter(|line| !line.starts_with('#')) {
            let is_message = line.starts_with(|c: char| c.is_ascii_lowercase());
            let (name, text) = if is_message { line.split_once(" =").unwrap() } else { ("", line) };
            if is_message {
                name.clone_into(&mut key);
            }
            texts.push((key.clone(), text.trim().to_owned()));
        }
        assert!(texts.len() > 300, "{tag}: {}", texts.len());
        texts
    }

    #[test]
    fn french_has_its_spaces_and_one_apostrophe() {
        for (key, text) in texts("fr") {
            assert!(!text.contains('\''), "{key}: the apostrophe is U+2019: {text}");
            for (at, mark) in text.match_indices(['?', '!', ':', ';', '\u{bb}']) {
                let before = text[..at].chars().next_back();
                // A line break would part them.
                assert_eq!(before, Some('\u{a0}'), "{key}: no U+00A0 before {mark}: {text}");
            }
            for (at, _) in text.match_indices('\u{ab}') {
                assert!(text[at..].starts_with("\u{ab}\u{a0}"), "{key}: no U+00A0 behind the quotation mark: {text}");
            }
        }
    }

    #[test]
    fn a_thing_has_one_name_and_readers_one_form_of_address() {
        let unwanted: [(&str, &[&str]); 5] = [
            ("en", &["sign up", "signed up", "log in", "logged in", "e-mail", "user name", "sign-up"]),
            (
                "de",
                &[
                    "du",
                    "dich",
                    "dir",
                    "dein",
                    "deine",
                    "deinen",
                    "einloggen",
                    "Betreiber",
                    "Email",
                    "Mail-Adresse",
                    "erstellt",
                    "eingerichtet",
                    "Super-Admin",
                    "Nutzername",
                    "Hilfe",
                ],
            ),
            (
                "fr",
                &[
                    "tu",
                    "toi",
                    "ton",
                    "tes",
                    "ta",
                    "courriel",
                    "inscrit",
                    "inscrire",
                    "l’administrateur du service",
                    "super-administrateur",
                    "Aide",
                ],
            ),
            (
                "es",
                &["t\u{fa}", "tu", "tus", "ti", "email", "e-mail", "administrador del servicio", "Ayuda", "verifique"],
            ),
            // Requests are verbal nouns, which do not depend on the reader's gender.
            (
                "ar",
                &[
                    "\u{627}\u{641}\u{62a}\u{62d}",
                    "\u{623}\u{62f}\u{62e}\u{644}",
                    "\u{627}\u{62e}\u{62a}\u{631}",
                    "\u{627}\u{643}\u{62a}\u{628}",
                    "\u{62d}\u{627}\u{648}\u{644}\u{64a}",
                    "\u{627}\u{636}\u{63a}\u{637}",
                    "\u{62a}\u{62d}\u{642}\u{642}",
                    "\u{627}\u{644}\u{645}\u{633}\u{624}\u{648}\u{644}",
                ],
            ),
        ];
        for (tag, unwanted) in unwanted {
            for (key, text) in texts(tag) {
                let words =
                    format!(" {} ", text.replace(|c: char| !c.is_alphanumeric() && c != '-' && c != '\u{2019}', " "));
                for unwanted in unwanted {
                    assert!(!words.contains(&format!(" {unwanted} ")), "{tag}: {key}: {unwanted}: {text}");
                }
            }
        }
    }

    #[test]
    fn arabic_counts_have_every_plural_form_that_differs() {
        for (key, text) in texts("ar").iter().filter(|(_, text)| text.ends_with("->")) {
            let forms: Vec<_> = texts("ar").into_iter().filter(|(of, _)| of == key).map(|(_, text)| text).collect();
            if text.contains("$named") {
                continue;
            }
            for form in ["[one]", "[two]", "[few]", "*[other]"] {
                assert!(forms.iter().any(|text| text.starts_with(form)), "{key} lacks {form}");
            }
        }
    }

    #[test]
    fn english_is_first_and_the_others_follow_by_their_own_names() {
        let names: Vec<_> = Catalog::built_in().languages().map(|language| language.name()).collect();
        let arabic = "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64A}\u{629}";
        assert_eq!(names, ["English", "Deutsch", "Espa\u{F1}ol", "Fran\u{E7}ais", arabic]);
        let from_right: Vec<_> = Catalog::built_in().languages().filter(Translator::is_right_to_left).collect();
        assert_eq!(from_right.iter().map(Translator::tag).collect::<Vec<_>>(), ["ar"]);
        assert_eq!(Catalog::built_in().english().tag(), "en");
    }
}

mod choosing_a_language {
    use super::*;

    #[test]
    fn a_variety_finds_its_language() {
        let catalog = with(&[("pt-br", "language-name = Portugu\u{EA}s\nlanguage-direction = ltr\n")]).unwrap();
        for (tag, found) in [
            ("de", Some("de")),
            ("DE_at", Some("de")),
            ("es-419", Some("es")),
            ("ar-EG-u-nu-arab", Some("ar")),
            ("pt-BR", Some("pt-BR")),
            ("pt", None),
            ("den", None),
            ("tlh", None),
            ("", None),
            ("-", None),
            (&format!("de{}", "-x".repeat(31)), Some("de")),
            (&format!("de{}", "-x".repeat(32)), None),
        ] {
            assert_eq!(catalog.speaking(tag).map(|found| found.tag().to_owned()).as_deref(), found, "{tag}");
        }
    }

    #[test]
    fn a_browsers_most_preferred_language_that_we_speak_is_taken() {
        for (header, found) in [
            ("de-AT,de;q=0.9,en;q=0.8", Some("de")),
            ("tlh, fr-CA;q=0.3, en;q=0.2", Some("fr")),
            ("en;q=0.1, ar", Some("ar")),
            ("it, *", None),
            ("", None),
        ] {
            let language = Catalog::built_in().for_header(header);
            assert_eq!(language.map(|found| found.tag().to_owned()).as_deref(), found, "{header}");
        }
    }
}

mod messages {
    use super::*;

    /// A language with one message.
    fn language(tag: &str, direction: &str, message: &str) -> Translator {
        let text = format!("language-direction = {direction}\nmessage = {message}\n");
        Translator::new(Arc::new(Language::new(tag, vec![check::parse(tag, text).unwrap()])))
    }

    fn two(first: &str, second: &str) -> Arguments {
        Arguments::none().with("first", first).with("second", second)
    }

    #[test]
    fn a_message_is_text_without_tags_or_html_with_escaped_values() {
        let english = language("en", "ltr", "<strong>{ $first }</strong> & <a>{ $second }</a>");
        let arguments = two("<a>x</a>", "\"y\"");
        assert_eq!(english.text("message", &arguments), "<a>x</a> & \"y\"");
        assert_eq!(
            english.html("message", &arguments, &["/l?a=1&b=2"]),
            "<strong>&lt;a&gt;x&lt;/a&gt;</strong> &amp; <a href=\"/l?a=1&amp;b=2\">&quot;y&quot;</a>"
        );
    }

    #[test]
    fn values_are_isolated_where_the_language_is_written_from_right_to_left() {
        let message = "{ $first } <a>{ $second }</a> { $page_url } { $kind ->\n    [x] X\n   *[other] O\n}";
        let arguments = two("x", "<").with("page_url", "/p").with("kind", "x").with("unused", "");
        let arabic = language("ar", "rtl", message);
        assert_eq!(arabic.text("message", &arguments), "\u{2068}x\u{2069} \u{2068}<\u{2069} /p X");
        let html = "\u{2068}x\u{2069} <a href=\"/\">\u{2068}&lt;\u{2069}</a> /p X";
        assert_eq!(arabic.html("message", &arguments, &["/"]), html);
        assert_eq!(language("de", "ltr", message).text("message", &arguments), "x < /p X");
        let arabic = speaking("ar");
        assert!(!arabic.text("span-days", &Arguments::none().with("count", 5_u64)).contains('\u{2068}'));
    }

    #[test]
    fn a_message_says_what_it_needs() {
        let english = language("en", "ltr", "<a>{ $first }</a> { $count ->\n    [one] 1\n   *[other] n\n}");
        let names: Vec<_> = english.variables("message").unwrap().collect();
        assert_eq!((names, english.links("message")), (vec!["count", "first"], Some(1)));
        assert!(english.variables("no-message").is_none() && english.links("no-message").is_none());
    }

    #[test]
    fn spans_have_the_plural_forms_of_the_language_and_are_rounded_down() {
        for (seconds, words) in [
            (0, "1 minute"),
            (90, "2 minutes"),
            (59 * 60, "59 minutes"),
            (3600, "1 hour"),
            (7199, "2 hours"),
            (23 * 3600 + 3540, "23 hours"),
            (86_399, "24 hours"),
            (86_400, "24 hours"),
            (47 * 3600, "47 hours"),
            (48 * 3600, "2 days"),
            (7 * 86_400, "7 days"),
        ] {
            assert_eq!(speaking("en").span(Duration::from_secs(seconds)), words, "{seconds} s");
            assert_eq!(speaking("en").span_within(Duration::from_secs(seconds)), words, "{seconds} s");
        }
        for (tag, on_its_own, within) in [
            ("de", ["1 Minute", "1 Stunde", "24 Stunden", "7 Tage"], "7 Tagen"),
            ("fr", ["1 minute", "1 heure", "24 heures", "7 jours"], "7 jours"),
            ("es", ["1 minuto", "1 hora", "24 horas", "7 d\u{ED}as"], "7 d\u{ED}as"),
        ] {
            let spans = [60, 3600, 86_400, 7 * 86_400].map(|seconds| speaking(tag).span(Duration::from_secs(seconds)));
            assert_eq!(spans, on_its_own);
            assert_eq!(speaking(tag).span_within(Duration::from_hours(7 * 24)), within);
        }
        assert!(speaking("en").span(Duration::MAX).ends_with(" days"));
    }

    #[test]
    fn arabic_has_six_plural_forms() {
        let days = |count: u64| speaking("ar").span(Duration::from_secs(count * 86_400));
        assert_eq!(days(2), "\u{64A}\u{648}\u{645}\u{627}\u{646}");
        assert_eq!(days(7), "7 \u{623}\u{64A}\u{627}\u{645}");
        assert_eq!(days(30), "30 \u{64A}\u{648}\u{645}\u{64B}\u{627}");
        assert_eq!(days(100), "100 \u{64A}\u{648}\u{645}");
        let within = speaking("ar").span_within(Duration::from_hours(48));
        assert_eq!(within, "\u{64A}\u{648}\u{645}\u{64A}\u{646}");
    }

    #[test]
    fn lists_are_joined_as_the_language_does() {
        let list = |tag, count: usize| speaking(tag).list_and(&["a", "b", "c", "d"].map(str::to_owned)[..count]);
        assert_eq!([0, 1, 2, 3, 4].map(|count| list("en", count)), ["", "a", "a and b", "a, b and c", "a, b, c and d"]);
        assert_eq!(list("de", 3), "a, b und c");
        assert_eq!(list("fr", 2), "a et b");
    }
}

mod dates {
    use super::*;

    #[test]
    fn a_moment_is_written_as_the_language_does() {
        for (tag, words) in [
            ("en", "7 November 2023 at 05:30 UTC"),
            ("de", "7. November 2023 um 05:30 UTC"),
            ("fr", "7 novembre 2023 \u{E0} 05:30 UTC"),
            ("es", "7 de noviembre de 2023 a las 05:30 UTC"),
        ] {
            assert_eq!(speaking(tag).moment(at("2023-11-07T05:30:59Z"), None), words);
        }
        let arabic = speaking("ar").moment(at("2023-11-07T05:30:59Z"), None);
        assert!(arabic.starts_with("7 \u{646}\u{648}\u{641}\u{645}\u{628}\u{631} 2023"), "{arabic}");
        assert_eq!(speaking("en").date(at("2023-11-07T05:30:59Z"), None), "7 November 2023");
    }

    #[test]
    fn a_moment_is_in_the_persons_zone_with_its_name() {
        for (zone, words) in [
            ("Europe/Berlin", "1 January 2024 at 00:30 CET"),
            ("America/New_York", "31 December 2023 at 18:30 GMT-5"),
            ("Asia/Kolkata", "1 January 2024 at 05:00 GMT+5:30"),
            ("Mars/Olympus", "31 December 2023 at 23:30 UTC"),
            ("UTC", "31 December 2023 at 23:30 UTC"),
        ] {
            assert_eq!(speaking("en").moment(at("2023-12-31T23:30:00Z"), Some(zone)), words, "{zone}");
        }
        assert_eq!(speaking("fr").moment(at("2023-11-07T05:30:59Z"), Some("UTC")), "7 novembre 2023 \u{E0} 05:30 UTC");
        assert_eq!(
            speaking("de").moment(at("2024-07-01T10:00:00Z"), Some("Europe/Berlin")),
            "1. Juli 2024 um 12:00 MESZ"
        );
        assert_eq!(speaking("en").date(at("2023-12-31T23:30:00Z"), Some("Europe/Berlin")), "1 January 2024");
    }

    #[test]
    fn zones_are_so_far_ahead_of_utc() {
        for (zone, summer, winter) in [
            ("Africa/Johannesburg", "UTC+2", "UTC+2"),
            ("Europe/Berlin", "UTC+2", "UTC+1"),
            ("Europe/London", "UTC+1", "UTC"),
            ("Asia/Kathmandu", "UTC+5:45", "UTC+5:45"),
            ("America/St_Johns", "UTC\u{2212}2:30", "UTC\u{2212}3:30"),
            ("UTC", "UTC", "UTC"),
        ] {
            let offsets = ["2024-07-01T10:00:00Z", "2024-01-01T10:00:00Z"].map(|moment| utc_offset(zone, at(moment)));
            assert_eq!(offsets, [summer, winter].map(|offset| Some(offset.to_owned())), "{zone}");
        }
        assert_eq!(utc_offset("Mars/Olympus", at("2024-07-01T10:00:00Z")), None);
    }

    #[test]
    fn what_has_no_date_is_written_as_before() {
        assert_eq!(speaking("en").short_moment(at("2023-11-07T05:30:59Z"), None), "7 Nov 2023, 05:30 UTC");
        assert_eq!(speaking("de").moment(Timestamp::from_unix_micros(i64::MAX), None), "9223372036854s");
    }
}

mod files_of_an_operator {
    use super::*;

    #[test]
    fn a_file_replaces_single_messages() {
        let catalog = with(&[("de", "# Ours\nsign-in = Einloggen\n")]).unwrap();
        let german = catalog.speaking("de").unwrap();
        assert_eq!(german.text("sign-in", &Arguments::none()), "Einloggen");
        assert_eq!(german.text("keep-account", &Arguments::none()), "Konto behalten");
        assert_eq!(speaking("de").text("sign-in", &Arguments::none()), "Anmelden");
        assert_eq!((catalog.missing(), catalog.own_messages()), (Vec::new(), 1));
        assert_ne!(*catalog, *Catalog::built_in());
        assert_eq!(*with(&[]).unwrap(), *Catalog::built_in());
    }

    #[test]
    fn a_file_adds_a_language_and_english_stands_in_for_what_it_lacks() {
        let catalog =
            with(&[("it", &format!("{ITALIAN}sign-in = Accedi\n")), ("en", "keep-account = Keep it")]).unwrap();
        let italian = catalog.speaking("it-CH").unwrap();
        assert_eq!((italian.tag(), italian.name().as_str()), ("it", "Italiano"));
        assert_eq!(italian.text("sign-in", &Arguments::none()), "Accedi");
        assert_eq!(italian.text("keep-account", &Arguments::none()), "Keep it");
        assert_eq!(italian.date(at("2023-11-07T05:30:59Z"), None), "7 novembre 2023");
        let [(tag, missing)] = <[_; 1]>::try_from(catalog.missing()).unwrap();
        assert_eq!(tag, "it");
        assert!(missing.contains(&"keep-account".to_owned()) && !missing.contains(&"sign-in".to_owned()));
    }

    #[test]
    fn the_exported_file_is_a_complete_language() {
        let english = Catalog::english_file();
        assert!(with(&[("en", &english)]).is_ok());
        let catalog = with(&[("it", &english)]).unwrap();
        assert_eq!(catalog.missing(), Vec::new());
    }

    #[test]
    fn terms_and_references_can_be_used() {
        let text = "-brand = Acme\nsign-in = { -brand } { keep-account }\n";
        let english = with(&[("en", text)]).unwrap().english();
        assert_eq!(english.text("sign-in", &Arguments::none()), "Acme Keep my account");
    }

    #[test]
    fn a_term_is_checked_in_english_messages_that_stand_in() {
        let english = "-brand = Acme\nsign-in = { -brand }\nkeep-account = Keep\n";
        let italian = |brand: &str| format!("{ITALIAN}keep-account = Conserva\n-brand = {brand}\n");
        assert!(with(&[("en", english), ("it", &italian("Acme Italia"))]).is_ok());
        assert_eq!(
            problems(&[("en", english), ("it", &italian("<strong>Acme</strong> { $name }"))]),
            [
                "it.ftl, line 4: `-brand` in the English `sign-in`: `<strong>` is there 1 times, and 0 times in English",
                "it.ftl, line 4: `-brand` in the English `sign-in`: unknown variable `$name`; available: none",
            ]
        );
    }

    #[test]
    fn all_problems_are_reported_at_once_with_file_and_line() {
        let found = problems(&[
            ("notes about words", "sign-in = x"),
            ("it", "sign-in = Accedi\n"),
            ("pt", "language-name = Portugu\u{EA}s\nlanguage-direction = left\n"),
            ("fr", "sign-in = x\nsign-in = y\n"),
            ("de", "sign-in = An{melden\nkeep-account = Konto behalten\n"),
            ("DE", "sign-in = Anmelden\n"),
            (
                "es",
                "sign-on = x\nsign-in = { $name }\nlist-and = { $first } <b>{ $second }</b>\nkeep-account = <a>x</a>\n\
                 span-days = { NUMBER($count) }\nspan-hours = { no-such }\nlist-comma = { \"<a>\" }\n\
                 span-minutes = { $count ->\n    [one] <strong>1</strong>\n   *[other] n\n}\n",
            ),
            ("en", "sign-in = { keep-account }\nkeep-account = { sign-in }\nlist-and = x\n    .title = y\n"),
        ]);
        let expected = [
            "de.ftl, line 2: expected a token starting with \"}\"",
            "en.ftl, line 1: `sign-in`: messages refer to each other in a circle, or too deeply",
            "en.ftl, line 2: `keep-account`: messages refer to each other in a circle, or too deeply",
            "en.ftl, line 3: `list-and`: a message has no attributes",
            "es.ftl, line 1: no page and no email has a message `sign-on`",
            "es.ftl, line 2: `sign-in`: unknown variable `$name`; available: none",
            "es.ftl, line 3: `list-and`: `<` is only for the tags `<strong>` and `<a>`, without attributes",
            "es.ftl, line 4: `keep-account`: `<a>` is there 1 times, and 0 times in English",
            "es.ftl, line 5: `span-days`: there is no function `NUMBER`",
            "es.ftl, line 6: `span-hours`: refers to `no-such`, which does not exist",
            "es.ftl, line 7: `list-comma`: a text in quotation marks has no markup and no control characters",
            "es.ftl, line 8: `span-minutes`: the variants have different tags",
            "fr.ftl, line 1: `sign-in` is there twice",
            "it.ftl: `language-direction` is missing, which every new language must have",
            "it.ftl: `language-name` is missing, which every new language must have",
            "notes about words.ftl: the name is not a language's tag, as in `it` or `pt-BR`",
            "pt.ftl, line 2: `language-direction` is `ltr` or `rtl`",
        ];
        for expected in expected {
            assert!(found.iter().any(|found| found.starts_with(expected)), "{expected}: {found:#?}");
        }
        let also = ["es.ftl, line 8: `span-minutes`: `<strong>` is there 1 times, and 0 times in English"];
        assert_eq!(found.len(), expected.len() + also.len(), "{found:#?}");
    }

    #[test]
    fn two_files_of_one_language_are_a_problem() {
        let found = problems(&[("de", "sign-in = x"), ("DE", "sign-in = y")]);
        assert_eq!(found, ["DE.ftl: another file has the same language"]);
    }
}
