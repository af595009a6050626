use account_core::translation::Arguments;

use super::*;

/// Words that only English has, in the emails at least.
const ENGLISH: [&str; 24] = [
    "the", "you", "your", "account", "this", "that", "someone", "hello", "link", "within", "please", "password",
    "here", "nobody", "sign", "address", "confirm", "choose", "not", "with", "was", "changed", "hours", "days",
];

/// All languages but English.
fn translations() -> impl Iterator<Item = &'static str> {
    LANGUAGES.into_iter().skip(1)
}

/// What the page's button says.
fn keep_account(language: &str) -> String {
    let speaker = Catalog::built_in().speaking(language).unwrap();
    speaker.text("keep-account", &Arguments::none())
}

/// Words of a text without its links, in lower case.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\n', " ");
    let lines = text.split(['\n', ' ', '"']).filter(|word| !word.contains("://"));
    let words = lines.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What people see of an HTML document.
fn shown(html: &str) -> String {
    let (_, body) = html.split_once("<body").unwrap();
    body.split('<').skip(1).map(|piece| piece.split_once('>').unwrap().1).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_mail_has_the_same_elements_links_and_secrets_in_every_language() {
    for mail in mails::every(TO) {
        let english = rendered(&mail);
        for language in translations() {
            let Rendered { text, html, .. } = rendered_in(language, &mail);
            assert_eq!(tree(&html), tree(&english.html), "{html}");
            let direction = if language == "ar" { "rtl" } else { "ltr" };
            let attributes = format!(" lang=\"{language}\" dir=\"{direction}\"");
            assert!(html.contains(&format!("<html{attributes}>")), "{html}");
            assert!(html.contains(&format!("<div class=\"card\"{attributes} ")), "{html}");
            let links = |body: &str| {
                let words = body.split(['"', '\n', '<', '>']).filter(|word| word.starts_with("https://"));
                words.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(links(&text), links(&english.text), "{text}");
            assert_eq!(links(&html), links(&english.html), "{html}");
            for (body, english) in [(&text, &english.text), (&html, &english.html)] {
                for shown in ["7F3KQ2ZD", "MikroCloud"] {
                    assert_eq!(body.contains(shown), english.contains(shown), "{shown}: {body}");
                }
                let is_shown = |body: &str, language| body.replace('\n', " ").contains(&keep_account(language));
                assert_eq!(is_shown(body, language), is_shown(english, "en"), "{body}");
            }
        }
    }
}

#[test]
fn translated_mails_contain_no_english() {
    for mail in mails::every(TO) {
        let english = rendered(&mail);
        assert!(words(&english.text).iter().filter(|word| ENGLISH.contains(&word.as_str())).count() > 5);
        for language in translations() {
            let Rendered { subject, text, html } = rendered_in(language, &mail);
            assert_ne!(subject, english.subject);
            for body in [subject, text, shown(&html)] {
                // French and German have words that are spelled like these.
                let left: Vec<_> = words(&body).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect();
                let allowed: &[&str] = if language == "de" { &["was", "link"] } else { &[] };
                assert!(left.iter().all(|word| allowed.contains(&word.as_str())), "{left:?}: {body}");
            }
        }
    }
}

#[test]
fn every_subject_is_one_line_and_heads_the_document() {
    for language in translations() {
        let mut subjects = BTreeSet::new();
        for mail in mails::every(TO) {
            let Rendered { subject, html, .. } = rendered_in(language, &mail);
            assert!(!subject.is_empty() && subject.chars().count() <= 60 && subject.trim() == subject, "{subject:?}");
            assert!(!subject.contains('\n') && !subject.ends_with('.'), "{subject:?}");
            let escaped = subject.replace('\'', "&#39;");
            assert!(html.contains(&format!("<title>{escaped}</title>")), "{html}");
            subjects.insert(subject);
        }
        assert_eq!(subjects.len(), mails::every(TO).len() - 5, "five mails are of a kind with another");
    }
}

#[test]
fn every_text_has_short_lines_and_starts_with_a_greeting() {
    let arabic = "\u{645}\u{631}\u{62D}\u{628}\u{64B}\u{627}\u{60C}\n\n";
    for (language, greeting) in [("de", "Guten Tag!\n\n"), ("fr", "Bonjour,\n\n"), ("es", "Hola:\n\n"), ("ar", arabic)]
    {
        for mail in mails::every(TO) {
            let Rendered { text, html, .. } = rendered_in(language, &mail);
            for line in text.lines() {
                assert!(line.chars().count() <= 78 || line.starts_with("https://"), "{line}");
                assert_eq!(line.trim(), line);
            }
            assert!(text.starts_with(greeting) && !text.contains("\n\n\n") && !text.contains("  "), "{text}");
            assert!(text.ends_with(".\n") && html.ends_with("</html>\n"), "{text}{html}");
            assert!(!html.contains("\n\n") && !html.contains(" \n"), "{html}");
        }
    }
}

#[test]
fn the_service_is_named_if_it_has_a_name() {
    let arabic = " \u{644}\u{62F}\u{649} \u{2068}MikroCloud\u{2069}";
    for (language, named) in
        [("de", " bei MikroCloud"), ("fr", " sur MikroCloud"), ("es", " en MikroCloud"), ("ar", arabic)]
    {
        for mail in mails::every(TO) {
            let with = rendered_in(language, &mail);
            let without = rendered_with(&Letterhead::default(), language, &mail);
            let words = |body: &str| body.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            for (with, without) in [(&with.text, &without.text), (&with.html, &without.html)] {
                assert!(words(with).contains(named), "{with}");
                assert_eq!(words(without), words(with).replace(named, ""));
            }
        }
    }
}

#[test]
fn times_follow_the_languages_format() {
    for (language, lasts, until) in [
        ("de", " innerhalb von 24 Stunden", " bis zum 8. November 2023 um 05:31 UTC."),
        ("fr", " dans un délai de 24 heures", " jusqu’au 8 novembre 2023 à 05:31 UTC."),
        ("es", " en un plazo de 24 horas", " hasta el 8 de noviembre de 2023 a las 05:31 UTC."),
    ] {
        let Rendered { text, html, .. } = rendered_in(language, &mails::verify_address(TO));
        for body in [text.replace('\n', " "), html.replace("&#39;", "'")] {
            assert!(body.contains(lasts) && body.contains(until), "{body}");
        }
    }
}
