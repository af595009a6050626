use std::path::Path;

use tempfile::TempDir;

use super::*;

/// A directory with these files.
fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    directory
}

/// The templates of a directory, with the built-in words.
fn opened(path: &Path) -> Result<Templates, Vec<Problem>> {
    open(Some(path), &Catalog::built_in())
}

fn rendered_by(templates: &Templates, language: &str, mail: &Mail) -> Rendered {
    templates.for_language(Some(language)).render(mail, &named()).unwrap()
}

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let problems = opened(directory(files).path()).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn only_existing_templates_replace_the_built_in_ones() {
    let directory = directory(&[
        ("verify-address/en/subject.txt", "Welcome{% if operator %} to {{ operator }}{% endif %}\n"),
        ("verify-address/en/body.txt", "Open {{ link }}\r\n{% if code %}or type {{ code }}{% endif %}\r\n"),
        (".git/config", "not a template"),
    ]);
    let templates = opened(directory.path()).unwrap();
    let mail = mails::verify_address(TO);
    let letterhead = Letterhead { operator: Some("Acme & Co".to_owned()), ..Letterhead::default() };
    let changed = templates.for_language(None).render(&mail, &letterhead).unwrap();
    assert_eq!(changed.subject, "Welcome to Acme & Co");
    assert_eq!(changed.text, format!("Open {}\nor type 7F3KQ2ZD\n", mails::LINK));
    assert!(changed.html.contains("<title>Welcome to Acme &amp; Co</title>"), "{}", changed.html);
    for language in ["de", "fr", "ar"] {
        assert_eq!(rendered_by(&templates, language, &mail), rendered_in(language, &mail));
    }
    let other = mails::reset_password(TO);
    assert_eq!(rendered_by(&templates, "en", &other), rendered(&other));
}

#[test]
fn a_template_is_for_all_languages_or_for_one() {
    let directory = directory(&[
        ("verify-address/subject.txt", "{{ t(\"mail-verify-address-subject\") }}!"),
        ("verify-address/de/subject.txt", "Willkommen"),
    ]);
    let templates = opened(directory.path()).unwrap();
    let mail = mails::verify_address(TO);
    for language in LANGUAGES {
        let expected = match language {
            "de" => "Willkommen".to_owned(),
            _ => format!("{}!", rendered_in(language, &mail).subject),
        };
        assert_eq!(rendered_by(&templates, language, &mail).subject, expected);
    }
}

#[test]
fn a_layout_changes_every_mail_of_its_language() {
    let (_, ours) = built_in::files().find(|(name, _)| *name == "layout/mail.html").unwrap();
    let layout = ours.replace("</body>", "<p>Acme GmbH, Berlin</p>\n</body>");
    let of_all = directory(&[("layout/mail.html", &layout)]);
    let of_german = directory(&[("layout/de/mail.html", &layout)]);
    let (of_all, of_german) = (opened(of_all.path()).unwrap(), opened(of_german.path()).unwrap());
    for mail in mails::every(TO) {
        for language in LANGUAGES {
            let has_it = |templates| rendered_by(templates, language, &mail).html.contains("Acme GmbH");
            assert_eq!((has_it(&of_all), has_it(&of_german)), (true, language == "de"));
        }
    }
}

#[test]
fn templates_of_the_time_before_the_catalog_can_be_used() {
    let text = "{% extends \"layout/de/link.txt\" %}\n{% block request %}Bitte innerhalb von {{ expires_in }}{% if operator %} bei \
                {{ operator }}{% endif %} bestätigen:{% endblock %}\n{% block otherwise %}Sonst nicht.\n\n{% endblock %}";
    let html = "{% extends \"layout/de/mail.html\" %}\n{% block words %}<p>Am {{ at }}.</p>\n{% include \
                \"layout/de/not-you.html\" %}{% endblock %}";
    let button = "display:inline-block;background:#000000;color:#ffffff";
    let directory = directory(&[
        ("reset-password/de/body.txt", text),
        ("notice-password-changed/de/body.html", html),
        ("layout/button.css", button),
    ]);
    let templates = opened(directory.path()).unwrap();
    let reset = rendered_by(&templates, "de", &mails::reset_password(TO));
    assert!(reset.text.starts_with("Guten Tag!\n\nBitte innerhalb von 1 Stunde bei MikroCloud"), "{}", reset.text);
    assert!(reset.text.contains("Der Link gilt bis zum 7. November 2023"), "{}", reset.text);
    assert!(reset.html.contains(button), "{}", reset.html);
    let changed = rendered_by(&templates, "de", &mails::notice(Notice::PasswordChanged, TO));
    assert!(changed.html.contains("<p>Am 7. November 2023 um 05:30 UTC.</p>"), "{}", changed.html);
    assert!(changed.html.contains("Wenn Sie das waren"), "{}", changed.html);
}

#[test]
fn a_new_language_has_every_mail() {
    let words = "language-name = Italiano\nlanguage-direction = ltr\nmail-greeting = Buongiorno,\n";
    let catalog = Catalog::with_files([("it".to_owned(), words.to_owned())]).unwrap();
    let directory = directory(&[("verify-address/it/subject.txt", "Benvenuti")]);
    let templates = open(Some(directory.path()), &catalog).unwrap();
    let mail = mails::verify_address(TO);
    let italian = rendered_by(&templates, "it-CH", &mail);
    assert_eq!(italian.subject, "Benvenuti");
    assert!(italian.text.starts_with("Buongiorno,\n\nSomeone (hopefully you)"), "{}", italian.text);
    assert!(italian.html.starts_with("<!DOCTYPE html>\n<html lang=\"it\" dir=\"ltr\">"), "{}", italian.html);
    assert!(opened(directory.path()).is_err(), "it is a language of the catalog only");
}

#[test]
fn words_that_make_an_email_impossible_are_found() {
    let words = "mail-verify-address-subject =\n    One\n    Two\n";
    let catalog = Catalog::with_files([("de".to_owned(), words.to_owned())]).unwrap();
    let found: Vec<_> = open(None, &catalog).unwrap_err().iter().map(ToString::to_string).collect();
    let subject = "a subject must be one line of 1 to 200 bytes without control characters";
    assert_eq!(found, [format!("verify-address/de/subject.txt: {subject}")]);
    assert!(open(None, &Catalog::built_in()).is_ok());
}

#[test]
fn messages_that_do_not_exist_or_lack_a_value_are_found() {
    let body = |words: &str| format!("{{{{ link }}}}{{% if code %}}{{{{ code }}}}{{% endif %}}{words}");
    for (words, problem) in [
        ("{{ t(\"mail-gruss\") }}", "there is no message `mail-gruss`"),
        ("{{ t(\"mail-lasting\") }}", "the message `mail-lasting` needs a value for `expires_at`"),
        ("{{ t(\"mail-lasting\", expires_at=none) }}", "`expires_at` of the message `mail-lasting` has no value"),
        ("{{ h(\"mail-not-you\", links=[link]) }}", "`h` is for HTML"),
    ] {
        let found = problems(&[("verify-address/body.txt", &body(words))]);
        assert!(found[0].starts_with(&format!("verify-address/body.txt, line 1: {problem}")), "{found:?}");
        assert_eq!(found.len(), 1);
    }
    let text = "<a href=\"{{ link }}\">{% if code %}{{ code }}{% endif %}</a>{{ h(\"mail-not-you\") }}";
    let found = problems(&[("verify-address/body.html", text)]);
    assert_eq!(found, ["verify-address/body.html, line 1: the message `mail-not-you` has 1 links, and 0 are given"]);
}

#[test]
fn exported_templates_are_complete_and_can_be_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("templates");
    let count = export(&path).unwrap();
    let templates = opened(&path).unwrap();
    assert_eq!(templates.overrides().len(), count);
    for mail in mails::every(TO) {
        for language in LANGUAGES {
            assert_eq!(rendered_by(&templates, language, &mail), rendered_in(language, &mail));
        }
    }
    assert!(export(&path).is_err(), "nothing is written over");
}

fn collect(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names);
        } else {
            names.insert(name);
        }
    }
}

#[test]
fn every_template_file_is_compiled_in() {
    let mut there = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/templates"), "", &mut there);
    assert_eq!(built_in::files().map(|(name, _)| name.to_owned()).collect::<BTreeSet<_>>(), there);
}

#[test]
fn all_errors_are_reported_at_once_with_file_and_line() {
    let found = problems(&[
        ("welcome/en/body.txt", "x"),
        ("verify-address/it/body.txt", "x"),
        ("verify-address/en/body.md", "x"),
        ("verify-address/de/body.txt", "{{ link }}\n{{ code }\n"),
        ("verify-address/fr/body.txt", "name: {{ link }}\n{% if code %}{{ code }}{% endif %}\n{{ name }}\n"),
        ("verify-address/es/body.txt", "{% if code %}{{ code }}{% endif %}\nfalta el enlace\n"),
        ("reset-password/en/subject.txt", "One\nTwo\n"),
        ("reset-password/de/subject.txt", "{{ link }}\n"),
        ("reset-password/en/body.html", "<p>{{ link }}</p>"),
        ("invitation/en/body.txt", "a\u{7}b {{ link }}"),
        ("invitation/de/body.txt", "{% extends \"layout/de/no.txt\" %}"),
        ("notice-password-changed/en/body.txt", "{{ operator }}: {{ forgot }}"),
        ("notice-password-changed/en/body.html", "<a href=\"{{ forgot }}\">{{ operator|safe }}</a>"),
        ("notice-password-reset/en/body.txt", "{{ at }}"),
        ("already-registered/en/body.txt", "{{ sign_in }} {{ forgot }}\n{{ deletion_due_at }}"),
    ]);
    let expected = [
        "already-registered/en/body.txt, line 2: a variable that can be absent is used outside",
        "invitation/de/body.txt",
        "invitation/en/body.txt, line 1: contains a control character",
        "notice-password-changed/en/body.html",
        "notice-password-changed/en/body.txt, line 1: a variable that can be absent",
        "notice-password-reset/en/body.txt: `{{ forgot }}` is not shown",
        "reset-password/de/subject.txt, line 1: unknown variable `link`; available: operator",
        "reset-password/en/body.html: there is no `href=\"{{ link }}\"`",
        "reset-password/en/subject.txt: a subject must be one line of 1 to 200 bytes",
        "verify-address/de/body.txt, line 2: ",
        "verify-address/en/body.md: no template has that name",
        "verify-address/es/body.txt: `{{ link }}` is not shown",
        "verify-address/fr/body.txt, line 3: unknown variable `name`; available: account_exists, at, button_color,",
        "verify-address/it: there is no email or language with this name",
        "welcome: there is no email or language with this name",
    ];
    let mut found = found;
    found.sort();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
}

#[test]
fn errors_inside_conditions_are_found() {
    let code = "{{ link }}{% if account_exists %}{{ code }}{% elif code %}{{ code }}{% endif %}";
    let found = problems(&[("verify-address/en/body.txt", code)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("verify-address/en/body.txt, line 1: a variable that can be absent"), "{found:?}");
    let code = "{{ link }}{% if operator %}{% if code %}{{ code }}{% endif %}{% endif %}";
    let found = problems(&[("verify-address/en/body.txt", code)]);
    assert_eq!(found, ["verify-address/en/body.txt: `{{ code }}` is not shown"]);
}

#[test]
fn unknown_functions_and_filters_and_endless_loops_are_errors() {
    for text in [
        "{{ link|upper }}{% if code %}{{ code }}{% endif %}",
        "{{ range(9) }}{{ link }}{% if code %}{{ code }}{% endif %}",
        "{{ link }}{% if code %}{{ code }}{% endif %}{% include \"verify-address/en/body.txt\" %}",
        "{{ link }}{% if code %}{{ code }}{% endif %}{% include \"/etc/passwd\" %}",
        "{{ link }}{% if code %}{{ code }}{% endif %}{% if operator.name %}x{% endif %}",
        "{{ link }}{% if code %}{{ code }}{% endif %}{% if operator %}",
    ] {
        let found = problems(&[("verify-address/en/body.txt", text)]);
        assert!(found[0].starts_with("verify-address/en/body.txt"), "{found:?}");
    }
}

#[test]
fn html_that_does_not_escape_is_found() {
    let text = "<a href=\"{{ forgot }}\">x</a>{% include \"layout/en/not-you.txt\" %}{{ subject }}{% if operator %}{{ operator }}{% endif %}";
    let directory = directory(&[("notice-password-changed/en/body.html", text)]);
    assert!(opened(directory.path()).is_ok());
    let found = problems(&[
        ("layout/en/not-you.txt", "{{ forgot }} {% if operator %}{{ operator }}{% endif %}"),
        ("notice-password-changed/en/body.html", text),
    ]);
    assert_eq!(found, ["notice-password-changed/en/body.html: a value is not escaped"]);
}

#[test]
fn a_missing_directory_is_an_error() {
    let found = opened(Path::new("/nowhere/at/all")).unwrap_err();
    assert!(found[0].to_string().starts_with("/nowhere/at/all: the folder cannot be read"), "{found:?}");
}
