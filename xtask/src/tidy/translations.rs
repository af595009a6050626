//! The words of pages and emails: every message is used, every one that is used exists, and every language has the same
//! files. What a message contains is compared by the core's own tests.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{File, Tree, Violation};

const FOLDER: &str = "account-core/translations/";
const ENGLISH: &str = "en";

/// What asks for messages.
const USERS: [&str; 5] = [
    "account-core/src/translation/",
    "account-http/src/",
    "account-http/templates/",
    "account-mail/src/",
    "account-mail/templates/",
];

/// What a message's key follows: in templates, and in Rust.
const CALLS: [&str; 4] = ["t(", "h(", ".text(", ".html("];

/// Messages that nothing uses or that do not exist, and languages that lack a file or a message.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let languages = languages(tree);
    let Some(english) = languages.get(ENGLISH) else { return Vec::new() };
    let users: Vec<_> = tree.files().iter().filter(|file| is_user(&file.path)).collect();
    let mut violations = unused(english, &users);
    violations.extend(users.iter().flat_map(|file| missing(english, file)));
    for (language, files) in languages.iter().filter(|(language, _)| **language != ENGLISH) {
        violations.extend(differences(english, language, files));
    }
    violations
}

type Files<'a> = BTreeMap<&'a str, &'a File>;

/// The files of each language, by their names.
fn languages(tree: &Tree) -> BTreeMap<&str, Files<'_>> {
    let mut languages: BTreeMap<&str, Files<'_>> = BTreeMap::new();
    for file in tree.files() {
        if let Some((language, name)) = file.path.strip_prefix(FOLDER).and_then(|path| path.split_once('/')) {
            languages.entry(language).or_default().insert(name, file);
        }
    }
    languages
}

fn is_user(path: &str) -> bool {
    USERS.iter().any(|folder| path.starts_with(folder)) && !path.contains("/tests")
}

/// The keys of a file, with their lines.
fn keys(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let lines = file.text.lines().enumerate();
    lines.filter_map(|(index, line)| {
        Some((index + 1, line.split_once('=')?.0.trim_end())).filter(|(_, key)| is_key(key))
    })
}

/// Whether a text is written as keys are.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Messages that nothing asks for, under their own name or one that begins as theirs: `"register-{}"`.
fn unused(english: &Files<'_>, users: &[&File]) -> Vec<Violation> {
    let mut names = BTreeSet::new();
    let mut beginnings = BTreeSet::new();
    for quoted in users.iter().flat_map(|file| file.text.split(['"', '\\'])) {
        if is_key(quoted) {
            names.insert(quoted);
        } else if let Some((beginning, _)) = quoted.split_once('{').filter(|(beginning, _)| beginning.ends_with('-')) {
            beginnings.insert(beginning);
        }
    }
    let references = english.values().flat_map(|file| file.text.split('{').skip(1));
    names.extend(references.filter_map(|rest| rest.split('}').next()).map(str::trim));
    let is_used = |key: &str| names.contains(key) || beginnings.iter().any(|beginning| key.starts_with(beginning));
    let mut violations = Vec::new();
    for file in english.values() {
        for (line, key) in keys(file).filter(|(_, key)| !is_used(key)) {
            violations.push(Violation::at(&file.path, line, format!("no page and no email uses `{key}`")));
        }
    }
    violations
}

/// Messages that a file asks for and that do not exist.
fn missing(english: &Files<'_>, file: &File) -> Vec<Violation> {
    let there: BTreeSet<_> = english.values().flat_map(|file| keys(file)).map(|(_, key)| key).collect();
    let mut violations = Vec::new();
    for (at, call) in CALLS.iter().flat_map(|call| file.text.match_indices(call)) {
        let (before, rest) = file.text.split_at(at);
        // Not the end of a longer name.
        if !call.starts_with('.') && before.ends_with(|c: char| c.is_alphanumeric() || "_.!".contains(c)) {
            continue;
        }
        let argument = rest.get(call.len()..).unwrap_or_default().trim_start();
        let Some((key, rest)) = argument.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
        // Methods of others have one argument.
        if call.starts_with('.') && !rest.trim_start().starts_with(',') {
            continue;
        }
        if is_key(key) && key.contains('-') && !there.contains(key) {
            let line = before.lines().count().max(1);
            violations.push(Violation::at(&file.path, line, format!("there is no message `{key}`")));
        }
    }
    violations
}

/// Files and messages that only one of two languages has.
fn differences(english: &Files<'_>, language: &str, files: &Files<'_>) -> Vec<Violation> {
    let names: BTreeSet<_> = english.keys().chain(files.keys()).copied().collect();
    let mut violations = Vec::new();
    for name in names {
        let path = format!("{FOLDER}{language}/{name}");
        let keys = |files: &Files<'_>| files.get(name).map(|file| keys(file).map(|(_, key)| key.to_owned()).collect());
        let (Some(ours), Some(theirs)): (Option<BTreeSet<String>>, Option<BTreeSet<String>>) =
            (keys(english), keys(files))
        else {
            violations.push(Violation::of(&path, "English and this language do not both have this file"));
            continue;
        };
        for key in ours.symmetric_difference(&theirs) {
            violations.push(Violation::of(&path, format!("English and this language do not both have `{key}`")));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::violations;
    use crate::tidy::tree::Tree;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        violations(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    const ENGLISH: (&str, &str) = (
        "account-core/translations/en/mail.ftl",
        "# note = x\nmail-a = A\nmail-b = { mail-a }\n    more = text\nmail-c = { $count ->\n    [one] 1\n   *[other] n\n}\n",
    );
    const GERMAN: (&str, &str) = ("account-core/translations/de/mail.ftl", "mail-a = A\nmail-b = B\nmail-c = C\n");
    const TEMPLATE: (&str, &str) = ("account-mail/src/templates/x/body.txt", "{{ t(\"mail-b\") }}");
    const RUST: (&str, &str) = ("account-mail/src/x.rs", "fn f(s: &T) { s.text(\n    \"mail-c\", x); }");

    #[test]
    fn messages_that_are_used_and_translated_are_fine() {
        assert_eq!(messages(&[ENGLISH, GERMAN, TEMPLATE, RUST]), Vec::<String>::new());
    }

    #[test]
    fn a_message_that_nothing_uses_is_found() {
        let path = "account-core/translations/en/mail.ftl";
        assert_eq!(messages(&[ENGLISH, GERMAN, TEMPLATE]), [format!("{path}:5: no page and no email uses `mail-c`")]);
        let in_a_test = ("account-mail/src/template/tests.rs", RUST.1);
        assert_eq!(messages(&[ENGLISH, GERMAN, TEMPLATE, in_a_test]).len(), 1);
        let by_beginning = ("account-http/src/x.rs", "fn f() { format!(\"mail-{kind}\"); }");
        assert_eq!(messages(&[ENGLISH, GERMAN, TEMPLATE, by_beginning]), Vec::<String>::new());
    }

    #[test]
    fn a_message_that_does_not_exist_is_found() {
        for (path, text) in [
            ("account-http/templates/x.html", "<p>\n{{ h(\"mail-d\", links=[a]) }}"),
            ("account-http/src/x.rs", "fn f() {\n    speaker.html(\"mail-d\", y) }"),
        ] {
            let found = messages(&[ENGLISH, GERMAN, TEMPLATE, RUST, (path, text)]);
            assert_eq!(found, [format!("{path}:2: there is no message `mail-d`")]);
        }
        let others =
            ("account-http/src/x.rs", "fn f() { start(\"mail-d\"); query.text(\"signed-out\"); print(\"x-y\") }");
        assert_eq!(messages(&[ENGLISH, GERMAN, TEMPLATE, RUST, others]), Vec::<String>::new());
    }

    #[test]
    fn a_language_without_a_file_or_a_message_is_found() {
        let german = (GERMAN.0, "mail-a = A\nmail-b = B\nmail-d = D\n");
        let french = ("account-core/translations/fr/page.ftl", "mail-a = A\n");
        let found = messages(&[ENGLISH, german, french, TEMPLATE, RUST]);
        let folder = "account-core/translations";
        assert_eq!(
            found,
            [
                format!("{folder}/de/mail.ftl: English and this language do not both have `mail-c`"),
                format!("{folder}/de/mail.ftl: English and this language do not both have `mail-d`"),
                format!("{folder}/fr/mail.ftl: English and this language do not both have this file"),
                format!("{folder}/fr/page.ftl: English and this language do not both have this file"),
            ]
        );
    }
}
