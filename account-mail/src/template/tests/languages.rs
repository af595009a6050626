use super::*;

/// Words that only English has, in the emails at least. `Keep my account` is what the page's button says.
const ENGLISH: [&str; 24] = [
    "the", "you", "your", "account", "this", "that", "someone", "hello", "link", "within", "please", "password",
    "here", "nobody", "sign", "address", "confirm", "choose", "not", "with", "was", "changed", "hours", "days",
];

fn translations() -> impl Iterator<Item = Locale> {
    Locale::ALL.into_iter().filter(|locale| *locale != Locale::En)
}

/// Words of a text without its links, in lower case.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\n', " ").replace("Keep my account", "");
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
        for locale in translations() {
            let Rendered { text, html, .. } = rendered_in(locale, &mail);
            assert_eq!(tree(&html), tree(&english.html), "{html}");
            assert!(html.contains(&format!("<html lang=\"{}\">", locale.tag())), "{html}");
            let links = |body: &str| {
                let words = body.split(['"', '\n', '<', '>']).filter(|word| word.starts_with("https://"));
                words.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(links(&text), links(&english.text), "{text}");
            assert_eq!(links(&html), links(&english.html), "{html}");
            for (body, english) in [(&text, &english.text), (&html, &english.html)] {
                for shown in ["7F3KQ2ZD", "Keep my account", " MikroCloud"] {
                    let is_shown = |body: &str| body.replace('\n', " ").contains(shown);
                    assert_eq!(is_shown(body), is_shown(english), "{shown}: {body}");
                }
            }
        }
    }
}

#[test]
fn translated_mails_contain_no_english() {
    for mail in mails::every(TO) {
        let english = rendered(&mail);
        assert!(words(&english.text).iter().filter(|word| ENGLISH.contains(&word.as_str())).count() > 5);
        for locale in translations() {
            let Rendered { subject, text, html } = rendered_in(locale, &mail);
            assert_ne!(subject, english.subject);
            for body in [subject, text, shown(&html)] {
                // French and German have words that are spelled like these.
                let left: Vec<_> = words(&body).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect();
                let allowed: &[&str] = if locale == Locale::De { &["was", "link"] } else { &[] };
                assert!(left.iter().all(|word| allowed.contains(&word.as_str())), "{left:?}: {body}");
            }
        }
    }
}

#[test]
fn every_subject_is_one_line_and_heads_the_document() {
    for locale in translations() {
        let mut subjects = BTreeSet::new();
        for mail in mails::every(TO) {
            let Rendered { subject, html, .. } = rendered_in(locale, &mail);
            assert!(!subject.is_empty() && subject.chars().count() <= 60 && subject.trim() == subject, "{subject:?}");
            assert!(!subject.contains('\n') && !subject.ends_with('.'), "{subject:?}");
            let escaped = subject.replace('\'', "&#39;");
            assert!(html.contains(&format!("<title>{escaped}</title>")), "{html}");
            subjects.insert(subject);
        }
        assert_eq!(subjects.len(), mails::every(TO).len() - 4, "four mails are of a kind with another");
    }
}

#[test]
fn every_text_has_short_lines_and_starts_with_a_greeting() {
    for (locale, greeting) in [(Locale::De, "Guten Tag!\n\n"), (Locale::Fr, "Bonjour,\n\n"), (Locale::Es, "Hola:\n\n")]
    {
        for mail in mails::every(TO) {
            let Rendered { text, html, .. } = rendered_in(locale, &mail);
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
    for (locale, named) in
        [(Locale::De, " bei MikroCloud"), (Locale::Fr, " sur MikroCloud"), (Locale::Es, " en MikroCloud")]
    {
        for mail in mails::every(TO) {
            let with = rendered_in(locale, &mail);
            let without = built_in().render(&mail, locale, None).unwrap();
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
    for (locale, lasts, until) in [
        (Locale::De, " innerhalb von 24 Stunden", " bis zum 8. November 2023 um 05:31 Uhr (UTC)."),
        (Locale::Fr, " dans un délai de 24 heures", " jusqu'au 8 novembre 2023 à 5\u{A0}h\u{A0}31 (UTC)."),
        (Locale::Es, " en un plazo de 24 horas", " hasta el 8 de noviembre de 2023 a las 5:31 (UTC)."),
    ] {
        let Rendered { text, html, .. } = rendered_in(locale, &mails::verify_address(TO));
        for body in [text.replace('\n', " "), html] {
            assert!(body.contains(lasts) && body.contains(until), "{body}");
        }
    }
}
