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

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let problems = open(directory(files).path()).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn only_existing_templates_replace_the_built_in_ones() {
    let directory = directory(&[
        ("verify-address/en/subject.txt", "Welcome{% if operator %} to {{ operator }}{% endif %}\n"),
        ("verify-address/en/body.txt", "Open {{ link }}\r\n{% if code %}or type {{ code }}{% endif %}\r\n"),
        (".git/config", "not a template"),
    ]);
    let templates = open(directory.path()).unwrap();
    let mail = mails::verify_address(TO);
    let changed = templates.render(&mail, Locale::En, Some("Acme & Co")).unwrap();
    assert_eq!(changed.subject, "Welcome to Acme & Co");
    assert_eq!(changed.text, format!("Open {}\nor type 7F3KQ2ZD\n", mails::LINK));
    assert!(changed.html.contains("<title>Welcome to Acme &amp; Co</title>"), "{}", changed.html);
    let ours = built_in();
    for locale in [Locale::De, Locale::Fr] {
        assert_eq!(templates.render(&mail, locale, None).unwrap(), ours.render(&mail, locale, None).unwrap());
    }
    let other = mails::reset_password(TO);
    assert_eq!(templates.render(&other, Locale::En, None).unwrap(), ours.render(&other, Locale::En, None).unwrap());
}

#[test]
fn a_layout_changes_every_mail_of_its_language() {
    let (_, ours) = built_in::files().find(|(name, _)| *name == "layout/de/mail.html").unwrap();
    let layout = ours.replace("</body>", "<p>Acme GmbH, Berlin</p>\n</body>");
    let directory = directory(&[("layout/de/mail.html", &layout)]);
    let templates = open(directory.path()).unwrap();
    for mail in mails::every(TO) {
        let html = |locale| templates.render(&mail, locale, None).unwrap().html;
        assert!(html(Locale::De).contains("Acme GmbH") && !html(Locale::En).contains("Acme GmbH"));
    }
}

#[test]
fn exported_templates_are_complete_and_can_be_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("templates");
    let count = export(&path).unwrap();
    let templates = open(&path).unwrap();
    assert_eq!(templates.overrides().len(), count);
    for mail in mails::every(TO) {
        for locale in Locale::ALL {
            let ours = built_in().render(&mail, locale, Some("MikroCloud")).unwrap();
            assert_eq!(templates.render(&mail, locale, Some("MikroCloud")).unwrap(), ours);
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
        "verify-address/fr/body.txt, line 3: unknown variable `name`; available: account_exists, at, code, expires_at,",
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
    assert!(open(directory.path()).is_ok());
    let found = problems(&[
        ("layout/en/not-you.txt", "{{ forgot }} {% if operator %}{{ operator }}{% endif %}"),
        ("notice-password-changed/en/body.html", text),
    ]);
    assert_eq!(found, ["notice-password-changed/en/body.html: a value is not escaped"]);
}

#[test]
fn a_missing_directory_is_an_error() {
    let found = open(Path::new("/nowhere/at/all")).unwrap_err();
    assert!(found[0].to_string().starts_with("/nowhere/at/all: the folder cannot be read"), "{found:?}");
}
