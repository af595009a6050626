//! Checking an operator's templates at start-up, reporting all errors at once.

use std::collections::BTreeSet;

use minijinja::Environment;

use super::directory::Problem;
use super::edition::{Edition, Rendered};
use super::templates::{Templates, built_in_templates};
use super::translate::FUNCTIONS;
use super::words::{
    CODE, FORGOT, LINK, Letterhead, MAILS, OF_EVERY_MAIL, OPERATOR, OPTIONAL, SIGN_IN, SUBJECT, SUBJECT_VARIABLES,
    Value, Words,
};
use crate::config::{Branding, HeaderText};

/// Variables that a body must show if the built-in one does.
const NEEDED: &[&str] = &[LINK, CODE, SIGN_IN, FORGOT];

/// What values of probes hold, to see whether it is escaped.
const MARKUP: &str = "<probe>";

/// Collects all errors in templates and words that are not built in.
pub(super) fn check(templates: &Templates, problems: &mut BTreeSet<Problem>) {
    for (name, text) in templates.overrides() {
        unknown_variables(name, text, problems);
    }
    let told: BTreeSet<_> = problems.iter().map(|problem| problem.file.clone()).collect();
    let ours = built_in_templates();
    let ours = ours.for_language(None);
    let mut found = BTreeSet::new();
    for (mail, variables) in MAILS {
        for (absent, letterhead) in choices(variables) {
            let of_ours = ours.fill(&probe(mail, variables, &absent, &letterhead, ours));
            // A test renders all of ours.
            let Ok(of_ours) = of_ours else { continue };
            for edition in templates.editions() {
                let words = probe(mail, variables, &absent, &letterhead, edition);
                found.extend(rendering(edition, &words, &of_ours));
            }
        }
    }
    // Further errors in the same file probably have the same cause.
    problems.extend(found.into_iter().filter(|problem| !told.contains(&problem.file)));
}

/// Variables that the template names and that its email has not, used or not.
fn unknown_variables(name: &str, text: &str, problems: &mut BTreeSet<Problem>) {
    let environment = Environment::empty();
    // What cannot be parsed is a problem already.
    let Ok(template) = environment.template_from_named_str(name, text) else { return };
    let known = known_variables(name);
    let mut unknown: Vec<_> = template.undeclared_variables(false).into_iter().collect();
    unknown.retain(|variable| !known.contains(variable.as_str()) && !FUNCTIONS.contains(&variable.as_str()));
    unknown.sort();
    for variable in unknown {
        let line = text.lines().position(|line| is_named(line, &variable)).map(|at| at + 1);
        let known: Vec<_> = known.iter().copied().collect();
        let message = format!("unknown variable `{variable}`; available: {}", known.join(", "));
        problems.insert(Problem::new(name, line, message));
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
        of_mail.chain(OF_EVERY_MAIL).copied().collect()
    }
}

/// What may be absent of an email's variables, in every way: one can be shown only where another one is there. The links
/// at the end of emails are all there, all absent, or alone.
fn choices(variables: &[&'static str]) -> Vec<(Vec<&'static str>, Letterhead)> {
    let optional = variables.iter().filter(|name| OPTIONAL.contains(name));
    let absent = optional.fold(vec![Vec::new()], |choices, name| {
        let with = choices.iter().map(|absent| absent.iter().copied().chain([*name]).collect());
        let with: Vec<_> = with.collect();
        [choices, with].concat()
    });
    let link =
        |is_there: bool, name: &str| is_there.then(|| format!("https://probe.invalid/{name}").parse().ok()).flatten();
    let links = [[true; 3], [false; 3], [true, false, false], [false, true, false], [false, false, true]];
    let letterheads = links.map(|[support, terms, privacy]| {
        let (support_url, terms_url, privacy_url) = (link(support, "a"), link(terms, "b"), link(privacy, "c"));
        Letterhead { operator: None, branding: Branding { button: None, support_url, terms_url, privacy_url } }
    });
    let with_letterhead = |absent: &Vec<_>| letterheads.clone().map(|letterhead| (absent.clone(), letterhead));
    absent.iter().flat_map(with_letterhead).collect()
}

/// An email in which every value can be told from the others.
fn probe(
    mail: &str,
    variables: &[&'static str],
    absent: &[&'static str],
    letterhead: &Letterhead,
    edition: &Edition,
) -> Words {
    let value = |name: &&'static str| {
        let value = match *name {
            name if absent.contains(&name) => Value::from(()),
            LINK | SIGN_IN | FORGOT => format!("https://probe.invalid/{name}").into(),
            CODE => "PROBECODE".into(),
            name => format!("{name} {MARKUP}").into(),
        };
        (*name, value)
    };
    let of_every_mail = letterhead.values(edition.translator()).into_iter().filter(|(name, _)| *name != OPERATOR);
    let variables = variables.iter().filter(|name| **name != SUBJECT);
    Words { mail: mail.to_owned(), values: variables.map(value).chain(of_every_mail).collect() }
}

/// Renders an email and looks at what comes out.
fn rendering(edition: &Edition, words: &Words, ours: &Rendered) -> Vec<Problem> {
    let name = |part: &str| format!("{}/{part}", words.mail);
    let file = |part: &str| edition.file(&name(part));
    let (text, html) = (file("body.txt"), file("body.html"));
    let mut problems = Vec::new();
    match edition.subject(words) {
        Ok(subject) if subject.parse::<HeaderText>().is_ok() => {}
        Ok(_) => {
            let message = "a subject must be one line of 1 to 200 bytes without control characters";
            problems.push(Problem::new(&file("subject.txt"), None, message));
        }
        Err(error) => problems.push(edition.problem(&name("subject.txt"), &error)),
    }
    match edition.body("body.txt", words, "probe") {
        Ok(body) => problems.extend(needed(words).filter_map(|(name, value)| {
            let is_missing = ours.text.contains(&value) && !body.contains(&value);
            is_missing.then(|| Problem::new(&text, None, format!("`{{{{ {name} }}}}` is not shown")))
        })),
        Err(error) => problems.push(edition.problem(&name("body.txt"), &error)),
    }
    match edition.body("body.html", words, "probe") {
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
        Err(error) => problems.push(edition.problem(&name("body.html"), &error)),
    }
    problems
}

/// The values that have to be shown where ours show them.
fn needed(words: &Words) -> impl Iterator<Item = (&'static str, String)> {
    let needed = words.values.iter().filter(|(name, value)| NEEDED.contains(name) && !value.is_none());
    needed.map(|(name, value)| (*name, value.to_string()))
}
