//! Checking an operator's templates at start-up, reporting all errors at once.

use std::collections::BTreeSet;

use super::built_in;
use super::directory::Problem;
use super::locale::Locale;
use super::templates::Templates;
use super::words::{CODE, FORGOT, LINK, MAILS, OPTIONAL, SIGN_IN, SUBJECT, SUBJECT_VARIABLES, Value, Words};
use crate::config::HeaderText;

/// Variables that a body must show if the built-in one does.
const NEEDED: &[&str] = &[LINK, CODE, SIGN_IN, FORGOT];

/// What values of probes hold, to see whether it is escaped.
const MARKUP: &str = "<probe>";

/// Collects all errors in templates that are not built in.
pub(super) fn check(templates: &Templates, problems: &mut Vec<Problem>) {
    for (name, text) in templates.overrides() {
        unknown_variables(templates, name, text, problems);
    }
    let told: BTreeSet<_> = problems.iter().map(|problem| problem.file.clone()).collect();
    let mut found = BTreeSet::new();
    for (mail, variables) in MAILS {
        for locale in Locale::ALL {
            for absent in choices(variables) {
                found.extend(rendering(templates, &probe(mail, variables, &absent), locale));
            }
        }
    }
    // Further errors in the same file probably have the same cause.
    problems.extend(found.into_iter().filter(|problem| !told.contains(&problem.file)));
}

/// Variables that the template names and that its email has not, used or not.
fn unknown_variables(templates: &Templates, name: &str, text: &str, problems: &mut Vec<Problem>) {
    let Ok(template) = templates.environment.get_template(name) else { return };
    let known = known_variables(name);
    let mut unknown: Vec<_> = template.undeclared_variables(false).into_iter().collect();
    unknown.retain(|variable| !known.contains(variable.as_str()));
    unknown.sort();
    for variable in unknown {
        let line = text.lines().position(|line| is_named(line, &variable)).map(|at| at + 1);
        let known: Vec<_> = known.iter().copied().collect();
        let message = format!("unknown variable `{variable}`; available: {}", known.join(", "));
        problems.push(Problem::new(name, line, message));
    }
}

/// Whether a line has a tag with this name in it.
fn is_named(line: &str, variable: &str) -> bool {
    let tags = line.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let names = tags.flat_map(|tag| tag.split(|c: char| !c.is_alphanumeric() && c != '_'));
    names.into_iter().any(|name| name == variable)
}

/// What a template of that name may show. What is shared may show everything: rendering all emails tells the rest.
fn known_variables(name: &str) -> BTreeSet<&'static str> {
    let mail = name.split('/').next().unwrap_or_default();
    let of_mail = MAILS.iter().filter(|(known, _)| *known == mail || mail == "layout").flat_map(|(_, names)| *names);
    if name.ends_with("/subject.txt") {
        SUBJECT_VARIABLES.iter().copied().collect()
    } else {
        of_mail.copied().collect()
    }
}

/// What may be absent of an email's variables, in every way: one can be shown only where another one is there.
fn choices(variables: &[&'static str]) -> Vec<Vec<&'static str>> {
    let optional = variables.iter().filter(|name| OPTIONAL.contains(name));
    optional.fold(vec![Vec::new()], |choices, name| {
        let with = choices.iter().map(|absent| absent.iter().copied().chain([*name]).collect());
        let with: Vec<_> = with.collect();
        [choices, with].concat()
    })
}

/// An email in which every value can be told from the others.
fn probe(mail: &str, variables: &[&'static str], absent: &[&'static str]) -> Words {
    let value = |name: &&'static str| {
        let value = match *name {
            name if absent.contains(&name) => Value::from(()),
            LINK | SIGN_IN | FORGOT => format!("https://probe.invalid/{name}").into(),
            CODE => "PROBECODE".into(),
            name => format!("{name} {MARKUP}").into(),
        };
        (*name, value)
    };
    let variables = variables.iter().filter(|name| **name != SUBJECT);
    Words { mail: mail.to_owned(), values: variables.map(value).collect() }
}

/// Renders an email and looks at what comes out.
fn rendering(templates: &Templates, words: &Words, locale: Locale) -> Vec<Problem> {
    // A test renders all of ours.
    let Ok(ours) = built_in::templates().fill(words, locale) else { return Vec::new() };
    let file = |part: &str| format!("{}/{}/{part}", words.mail, locale.tag());
    let (text, html) = (file("body.txt"), file("body.html"));
    let mut problems = Vec::new();
    match templates.subject(words, locale) {
        Ok(subject) if subject.parse::<HeaderText>().is_ok() => {}
        Ok(_) => {
            let message = "a subject must be one line of 1 to 200 bytes without control characters";
            problems.push(Problem::new(&file("subject.txt"), None, message));
        }
        Err(error) => problems.push(Problem::of(&file("subject.txt"), &error)),
    }
    match templates.body("body.txt", words, "probe", locale) {
        Ok(body) => problems.extend(needed(words).filter_map(|(name, value)| {
            let is_missing = ours.text.contains(&value) && !body.contains(&value);
            is_missing.then(|| Problem::new(&text, None, format!("`{{{{ {name} }}}}` is not shown")))
        })),
        Err(error) => problems.push(Problem::of(&text, &error)),
    }
    match templates.body("body.html", words, "probe", locale) {
        Ok(body) => {
            problems.extend(needed(words).filter_map(|(name, value)| {
                // A link has to be one.
                let (shown, how) = match name {
                    CODE => (value, format!("`{{{{ {name} }}}}` is not shown")),
                    _ => (format!("href=\"{value}\""), format!("there is no `href=\"{{{{ {name} }}}}\"`")),
                };
                let is_missing = ours.html.contains(&shown) && !body.contains(&shown);
                is_missing.then(|| Problem::new(&html, None, how))
            }));
            if body.contains(MARKUP) {
                problems.push(Problem::new(&html, None, "a value is not escaped"));
            }
        }
        Err(error) => problems.push(Problem::of(&html, &error)),
    }
    problems
}

/// The values that have to be shown where ours show them.
fn needed(words: &Words) -> impl Iterator<Item = (&'static str, String)> {
    let needed = words.values.iter().filter(|(name, value)| NEEDED.contains(name) && !value.is_none());
    needed.map(|(name, value)| (*name, value.to_string()))
}
