//! Whether an operator's templates make mails that do what they are for: found out at the start, all at once.

use std::collections::BTreeSet;

use super::directory::Problem;
use super::words::{CODE, FORGOT, LINK, MAILS, OPTIONAL, SIGN_IN, SUBJECT, SUBJECT_VARIABLES, Value, Words};
use super::{Locale, Rendered, Templates, built_in};
use crate::config::HeaderText;

/// What a body has to show if ours of that mail does.
const NEEDED: &[&str] = &[LINK, CODE, SIGN_IN, FORGOT];

/// Notes everything that is wrong with the templates that are not ours.
pub(super) fn check(templates: &Templates, problems: &mut Vec<Problem>) {
    for (name, text) in templates.overrides() {
        unknown_variables(templates, name, text, problems);
    }
    let told: BTreeSet<_> = problems.iter().map(|problem| problem.file.clone()).collect();
    let mut found = BTreeSet::new();
    for (mail, variables) in MAILS {
        for locale in Locale::ALL {
            for is_full in [true, false] {
                found.extend(rendering(templates, &probe(mail, variables, is_full), locale));
            }
        }
    }
    // A file that has a problem already has others for the same reason.
    problems.extend(found.into_iter().filter(|problem| !told.contains(&problem.file)));
}

/// Variables that the template names and that its mail has not, used or not.
fn unknown_variables(templates: &Templates, name: &str, text: &str, problems: &mut Vec<Problem>) {
    let Ok(template) = templates.environment.get_template(name) else { return };
    let known = known_variables(name);
    let mut unknown: Vec<_> = template.undeclared_variables(false).into_iter().collect();
    unknown.retain(|variable| !known.contains(variable.as_str()));
    unknown.sort();
    for variable in unknown {
        let line = text.lines().position(|line| line.contains(&variable)).map(|at| at + 1);
        let known: Vec<_> = known.iter().copied().collect();
        let message = format!("there is no variable `{variable}` here; there are {}", known.join(", "));
        problems.push(Problem::new(name, line, message));
    }
}

/// What a template of that name may show. What is shared may show everything: rendering all mails tells the rest.
fn known_variables(name: &str) -> BTreeSet<&'static str> {
    let mail = name.split('/').next().unwrap_or_default();
    let of_mail = MAILS.iter().filter(|(known, _)| *known == mail || mail == "layout").flat_map(|(_, names)| *names);
    if name.ends_with("/subject.txt") {
        SUBJECT_VARIABLES.iter().copied().collect()
    } else {
        of_mail.copied().collect()
    }
}

/// A mail in which every value can be told from the others.
fn probe(mail: &str, variables: &[&'static str], is_full: bool) -> Words {
    let value = |name: &&'static str| {
        let value = match *name {
            name if !is_full && OPTIONAL.contains(&name) => Value::from(()),
            LINK | SIGN_IN | FORGOT => format!("https://probe.invalid/{name}").into(),
            name => format!("probe-{name} <probe>").into(),
        };
        (*name, value)
    };
    let variables = variables.iter().filter(|name| **name != SUBJECT);
    Words { mail: mail.to_owned(), values: variables.map(value).collect() }
}

/// Renders a mail and looks at what comes out.
fn rendering(templates: &Templates, words: &Words, locale: Locale) -> Vec<Problem> {
    let file = |part: &str| format!("{}/{}/{part}", words.mail, locale.tag());
    let rendered = match templates.fill(words, locale) {
        Ok(rendered) => rendered,
        Err(error) => return vec![Problem::of(&file("body.txt"), &error)],
    };
    let Ok(ours) = built_in::templates().fill(words, locale) else { return Vec::new() };
    let mut problems = Vec::new();
    // The probe's own name is no shorter than a service's usually is.
    if rendered.subject.parse::<HeaderText>().is_err() {
        let message = "a subject is one line of 1 to 200 octets without control characters";
        problems.push(Problem::new(&file("subject.txt"), None, message));
    }
    for (name, value) in &words.values {
        if NEEDED.contains(name) {
            problems.extend(missing(&rendered, &ours, name, &value.to_string(), &file));
        }
    }
    if rendered.html.contains("<probe>") {
        problems.push(Problem::new(&file("body.html"), None, "a value is shown without being escaped"));
    }
    problems
}

/// A value that our bodies show and these do not. A link in HTML has to be one.
fn missing(
    rendered: &Rendered,
    ours: &Rendered,
    name: &str,
    value: &str,
    file: &impl Fn(&str) -> String,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if ours.text.contains(value) && !rendered.text.contains(value) {
        problems.push(Problem::new(&file("body.txt"), None, format!("`{{{{ {name} }}}}` is not shown")));
    }
    let (in_html, advice) = if name == CODE {
        (value.replace('<', "&lt;").replace('>', "&gt;"), format!("`{{{{ {name} }}}}` is not shown"))
    } else {
        (format!("href=\"{value}\""), format!("there is no `href=\"{{{{ {name} }}}}\"`"))
    };
    if ours.html.contains(&in_html) && !rendered.html.contains(&in_html) {
        problems.push(Problem::new(&file("body.html"), None, advice));
    }
    problems
}
