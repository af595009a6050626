//! An operator's templates, checked when the service starts.
//!
//! Every page is rendered with little, with everything, and with each optional value there or absent. All problems are
//! reported at once, with file and line. Every form of the built-in pages must be there, with all its fields.

mod forms;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use account_core::translation::{Catalog, Translator};
use minijinja::Value as TemplateValue;
use minijinja::value::Serde;
use serde_json::Value;

use self::forms::missing;
use super::frame::{Frame, LanguageChoice};
use super::samples::Sample;
use super::templates::{BUILT_IN, PageTemplates, Renderer};
use super::{
    confirm_address, dead_link, development, errors, forgot, invitation, password_policy, profile, providers, register,
    sign_in, verify, waiting,
};

/// Maximum size of a template, in bytes.
const MAX_BYTES: u64 = 256 * 1024;
/// Templates that are no pages: pages bring them in.
const SHARED: [&str; 8] = [
    "layout.html",
    "parts.html",
    "profile_details.html",
    "profile_email.html",
    "profile_identities.html",
    "profile_password.html",
    "profile_privacy.html",
    "profile_sessions.html",
];

/// Something that is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct TemplateProblem {
    /// Its file.
    pub file: String,
    /// The line, if one is to blame.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl TemplateProblem {
    fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }

    /// What the engine says about a template, or about one that it brings in.
    fn of(file: &str, error: &minijinja::Error) -> Self {
        // The innermost cause says where: those around it name the template that brings that one in.
        let mut innermost = error;
        while let Some(cause) = std::error::Error::source(innermost).and_then(|source| source.downcast_ref()) {
            innermost = cause;
        }
        let message = innermost.detail().map_or_else(|| innermost.kind().to_string(), str::to_owned);
        Self::new(innermost.name().unwrap_or(file), innermost.line(), message)
    }
}

impl fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// Reads the page templates in a directory, and uses built-in ones where it has none.
///
/// # Errors
/// All problems of all templates.
pub fn open_page_templates(directory: &Path) -> Result<PageTemplates, Vec<TemplateProblem>> {
    let (files, mut problems) = read(directory);
    let mut templates = PageTemplates::default();
    let mut own = Vec::new();
    for (name, text) in files {
        match templates.replace(name, text.clone()) {
            Ok(()) => own.push((name, text)),
            Err(error) => problems.push(TemplateProblem::of(name, &error)),
        }
    }
    if problems.is_empty() && !own.is_empty() {
        problems.extend(Check::new(&templates, own).problems());
    }
    if problems.is_empty() { Ok(templates) } else { Err(problems) }
}

/// Writes the built-in page templates to a directory, for an operator to change. Existing files are not overwritten.
///
/// # Errors
/// If a file is there, or cannot be written.
pub fn export_page_templates(directory: &Path) -> io::Result<usize> {
    fs::create_dir_all(directory)?;
    // A mix of exported and existing files would be hard to tell apart.
    if let Some((name, _)) = BUILT_IN.iter().find(|(name, _)| directory.join(name).exists()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("`{name}` is there")));
    }
    for (name, text) in BUILT_IN {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(directory.join(name))?;
        file.write_all(text.as_bytes())?;
    }
    Ok(BUILT_IN.len())
}

/// The templates of a directory, names and texts, and what cannot be one.
fn read(directory: &Path) -> (Vec<(&'static str, String)>, Vec<TemplateProblem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let entries = fs::read_dir(directory).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.unwrap_or_else(|error| {
        let message = format!("the folder cannot be read: {error}");
        problems.push(TemplateProblem::new(&directory.display().to_string(), None, message));
        Vec::new()
    });
    for entry in entries {
        let found = entry.file_name().to_string_lossy().into_owned();
        // Version control, and how Kubernetes mounts files.
        if found.starts_with('.') {
            continue;
        }
        let Some((name, _)) = BUILT_IN.iter().find(|(name, _)| *name == found) else {
            let message = "no template has that name: it would never be used";
            problems.push(TemplateProblem::new(&found, None, message));
            continue;
        };
        match text(&entry.path()) {
            Ok(text) => files.push((*name, text)),
            Err(message) => problems.push(TemplateProblem::new(name, None, message)),
        }
    }
    files.sort();
    problems.sort();
    (files, problems)
}

fn text(path: &Path) -> Result<String, String> {
    let cannot = |error: std::io::Error| format!("cannot read the file: {error}");
    if fs::metadata(path).map_err(cannot)?.len() > MAX_BYTES {
        return Err(format!("the file has more than {MAX_BYTES} bytes"));
    }
    String::from_utf8(fs::read(path).map_err(cannot)?).map_err(|_| "this is not UTF-8".to_owned())
}

/// Every page, with what it is rendered with. A page that has a template needs an entry here: a test counts them.
fn samples() -> Vec<Sample> {
    let single = [
        development::sample(),
        errors::sample(),
        password_policy::sample(),
        profile::view::sample(),
        profile::deletion::sample(),
        providers::start::sample(),
        providers::callback::sample(),
        register::sample(),
        sign_in::sample(),
    ];
    let several = confirm_address::samples().into_iter().chain(dead_link::samples()).chain(forgot::samples());
    single
        .into_iter()
        .chain(several)
        .chain(invitation::samples())
        .chain(verify::samples())
        .chain(waiting::samples())
        .collect()
}

/// What an operator's templates are checked with.
struct Check<'a> {
    templates: &'a PageTemplates,
    own: Vec<(&'static str, String)>,
    words: Translator,
    frames: [Value; 2],
    renderer: Renderer,
    built_in: Renderer,
}

impl<'a> Check<'a> {
    fn new(templates: &'a PageTemplates, own: Vec<(&'static str, String)>) -> Self {
        let catalog = Catalog::built_in();
        let (words, languages) = (catalog.english(), LanguageChoice::of(&catalog));
        let frame = |is_full| serde_json::to_value(Frame::sample(&words, &languages, is_full)).unwrap_or_default();
        Self {
            frames: [frame(false), frame(true)],
            renderer: Renderer::new(templates, &catalog),
            built_in: Renderer::new(&PageTemplates::default(), &catalog),
            templates,
            own,
            words,
        }
    }

    fn problems(&self) -> BTreeSet<TemplateProblem> {
        let samples = samples();
        let mut problems: BTreeSet<_> =
            self.own.iter().flat_map(|(name, text)| self.unknown_variables(name, text, &samples)).collect();
        let told: BTreeSet<_> = problems.iter().map(|problem| problem.file.clone()).collect();
        for sample in &samples {
            let [little_frame, full_frame] = &self.frames;
            let little = with_frame(little_frame, &sample.little);
            let everything = with_frame(full_frame, &sample.everything);
            for values in variants(&little, &everything) {
                problems.extend(self.rendering(sample.template, &values));
            }
        }
        // Further problems in the same file probably have the same cause.
        problems
            .into_iter()
            .filter(|problem| !told.contains(&problem.file) || problem.message.starts_with("unknown"))
            .collect()
    }

    /// Variables that the template names and that its page has not, used or not.
    fn unknown_variables(&self, name: &str, text: &str, samples: &[Sample]) -> Vec<TemplateProblem> {
        if SHARED.contains(&name) {
            return Vec::new();
        }
        let of_page = samples.iter().filter(|sample| sample.template == name);
        let mut known: BTreeSet<&str> = of_page
            .filter_map(|sample| sample.little.as_object())
            .flat_map(|values| values.keys().map(String::as_str))
            .collect();
        known.insert("frame");
        let mut unknown = self.templates.variables(name);
        unknown.retain(|variable| !known.contains(variable.as_str()));
        unknown.sort();
        let available = known.iter().copied().collect::<Vec<_>>().join(", ");
        let problem = |variable: String| {
            let line = text.lines().position(|line| is_named(line, &variable)).map(|at| at + 1);
            TemplateProblem::new(name, line, format!("unknown variable `{variable}`; available: {available}"))
        };
        unknown.into_iter().map(problem).collect()
    }

    /// Renders a page, and looks for the forms of the built-in one.
    fn rendering(&self, template: &str, values: &Value) -> Vec<TemplateProblem> {
        let render =
            |renderer: &Renderer| renderer.render(self.words.tag(), template, TemplateValue::from(Serde(values)));
        // A test renders all of ours.
        let Ok(expected) = render(&self.built_in) else { return Vec::new() };
        match render(&self.renderer) {
            Ok(html) => missing(&expected, &html).into_iter().map(|message| self.blame(template, message)).collect(),
            Err(error) => vec![TemplateProblem::of(template, &error)],
        }
    }

    /// Something is missing on a page: the page's own template is to blame, or else one that it brings in.
    fn blame(&self, template: &str, message: String) -> TemplateProblem {
        let of_name = |name: &str| self.own.iter().find(|(own, _)| *own == name);
        let own = of_name(template).or_else(|| SHARED.iter().find_map(|name| of_name(name)));
        let (file, text) = own.map_or((template, ""), |(name, text)| (*name, text.as_str()));
        let line = text.lines().position(|line| line.contains("<form")).map(|at| at + 1);
        TemplateProblem::new(file, line, message)
    }
}

/// Whether a line has a tag with this name in it.
fn is_named(line: &str, variable: &str) -> bool {
    let tags = line.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let names = tags.flat_map(|tag| tag.split(|c: char| !c.is_alphanumeric() && c != '_'));
    names.into_iter().any(|name| name == variable)
}

fn with_frame(frame: &Value, page: &Value) -> Value {
    let mut values = page.clone();
    if let Some(values) = values.as_object_mut() {
        values.insert("frame".to_owned(), frame.clone());
    }
    values
}

/// A page with little, with everything, and with each value that differs taken from the other one.
fn variants(little: &Value, everything: &Value) -> Vec<Value> {
    let mut paths = Vec::new();
    differences(little, everything, "", &mut paths);
    let swapped = paths.iter().flat_map(|path| {
        [(little, everything), (everything, little)].map(|(base, other)| {
            let mut values = base.clone();
            if let (Some(place), Some(value)) = (values.pointer_mut(path), other.pointer(path)) {
                value.clone_into(place);
            }
            values
        })
    });
    [little.clone(), everything.clone()].into_iter().chain(swapped).collect()
}

/// Where two values differ (RFC 6901).
fn differences(one: &Value, other: &Value, path: &str, paths: &mut Vec<String>) {
    match (one.as_object(), other.as_object()) {
        (Some(one), Some(other)) => {
            for (name, value) in one {
                differences(value, other.get(name).unwrap_or(&Value::Null), &format!("{path}/{name}"), paths);
            }
        }
        _ if one != other => paths.push(path.to_owned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a directory with these files.
    fn problems(files: &[(&str, &str)]) -> Vec<String> {
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(directory.path().join(name), text).unwrap();
        }
        let opened = open_page_templates(directory.path());
        opened.map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
    }

    fn built_in(name: &str) -> &'static str {
        BUILT_IN.iter().find(|(known, _)| *known == name).unwrap().1
    }

    #[test]
    fn the_built_in_templates_are_in_order() {
        assert_eq!(problems(&BUILT_IN), [""; 0]);
        let catalog = Catalog::built_in();
        let renderer = Renderer::new(&PageTemplates::default(), &catalog);
        let languages = LanguageChoice::of(&catalog);
        for words in catalog.languages() {
            let frame = |is_full| serde_json::to_value(Frame::sample(&words, &languages, is_full)).unwrap();
            for sample in samples() {
                let little = with_frame(&frame(false), &sample.little);
                for values in variants(&little, &with_frame(&frame(true), &sample.everything)) {
                    let html = renderer.render(words.tag(), sample.template, TemplateValue::from(Serde(&values)));
                    let html = html.unwrap_or_else(|error| panic!("{}: {error:#}", sample.template));
                    assert!(!html.contains("{$") && !html.contains(">none<"), "{html}");
                }
            }
        }
    }

    #[test]
    fn every_page_has_a_sample() {
        let sampled: BTreeSet<_> = samples().iter().map(|sample| sample.template).chain(SHARED).collect();
        assert_eq!(sampled, BUILT_IN.iter().map(|(name, _)| *name).collect());
    }

    #[test]
    fn every_problem_is_listed_with_its_line() {
        let register = built_in("register.html").replace("name=\"email\"", "name=\"mail\"");
        let sign_in = built_in("sign_in.html").replace("{{ email }}", "{{ mail }}");
        let forgot = built_in("forgot_sent.html").replace("\"forgot-sent-text\"", "\"forgotten\"");
        let found = problems(&[
            ("register.html", &register),
            ("sign_in.html", &sign_in),
            ("forgot_sent.html", &forgot),
            ("verified.html", "{{ onward }}"),
            ("completed.html", "{% if address %}{{ address }}"),
            ("welcome.html", ""),
        ]);
        assert_eq!(found.len(), 2, "what cannot be parsed comes first: {found:#?}");
        assert!(found[0].starts_with("welcome.html: no template has that name"), "{found:#?}");
        assert!(found[1].starts_with("completed.html, line 1: "), "{found:#?}");
        let found = problems(&[
            ("register.html", &register),
            ("sign_in.html", &sign_in),
            ("forgot_sent.html", &forgot),
            ("verified.html", "{{ onward }}"),
        ]);
        let starts = [
            "forgot_sent.html, line 5: there is no message `forgotten`",
            "register.html, line 10: the form for `/authenticate/register` lacks the field `email`",
            "sign_in.html, line 22: unknown variable `mail`; available: alert, challenge, email",
            "verified.html, line 1: a variable that can be absent is used outside of `{% if .. %}`",
            "verified.html: the form for `/authenticate/language` is missing",
        ];
        for start in starts {
            assert!(found.iter().any(|problem| problem.starts_with(start)), "{start} is not in {found:#?}");
        }
        assert_eq!(found.len(), starts.len(), "{found:#?}");
    }

    #[test]
    fn a_layout_of_ones_own_is_taken() {
        let layout = built_in("layout.html").replace("<header class=\"top\">", "<header class=\"top\"><hr>");
        assert_eq!(problems(&[("layout.html", &layout)]), [""; 0]);
        let without = layout.replace("name=\"back\"", "name=\"from\"");
        let found = problems(&[("layout.html", &without)]);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].starts_with(
                "layout.html, line 24: the form for `/authenticate/language` lacks the hidden field `back`"
            ),
            "{found:#?}"
        );
    }
}
