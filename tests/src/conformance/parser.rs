//! Reading data files. `tests/conformance/README.md` describes the format.

use std::fmt;

use super::case::{Action, Answer, Case, CaseFile, Effort, MailLine, Request, Step, StoreLine};

/// Words in front of what an email is expected to be, beside its headers.
const LINK: &str = "Link";
const CONTAINS: &str = "Contains";
const LACKS: &str = "Lacks";
/// The status of a request whose answer is not read yet.
const UNANSWERED: u16 = 0;

/// A file that is not as the format wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// What begins at a line that is marked, up to the next such line.
struct Section<'a> {
    line: usize,
    mark: Mark<'a>,
    text: String,
}

#[derive(Clone, Copy)]
enum Mark<'a> {
    Head,
    Case(&'a str),
    Step(&'a str),
}

/// Reads a data file.
///
/// # Errors
/// [`Misread`] at the first line that is wrong.
pub fn parse(text: &str) -> Result<CaseFile, Misread> {
    let mut file = CaseFile::default();
    for section in sections(text) {
        let misread = |what: String| Misread { line: section.line, what };
        match section.mark {
            Mark::Head => head(&mut file, &section.text).map_err(misread)?,
            Mark::Case(title) => {
                finish(file.cases.last()).map_err(misread)?;
                only_comments(&section.text).map_err(misread)?;
                let case = case(title).map_err(misread)?;
                if file.cases.iter().any(|other| other.title == case.title) {
                    return Err(misread(format!("{:?} is the title of two cases", case.title)));
                }
                file.cases.push(case);
            }
            Mark::Step(words) => {
                let case = file.cases.last_mut().ok_or_else(|| misread("a step before the first case".to_owned()))?;
                step(&mut case.steps, section.line, words, &section.text).map_err(misread)?;
            }
        }
    }
    let line = text.lines().count();
    finish(file.cases.last()).map_err(|what| Misread { line, what })?;
    if file.cases.is_empty() {
        return Err(Misread { line, what: "there is no case".to_owned() });
    }
    Ok(file)
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section { line: 1, mark: Mark::Head, text: String::new() }];
    for (index, line) in text.lines().enumerate() {
        let case = line.strip_prefix("=== ").map(Mark::Case);
        if let Some(mark) = case.or_else(|| line.strip_prefix("--- ").map(Mark::Step)) {
            sections.push(Section { line: index + 1, mark, text: String::new() });
        } else if let Some(section) = sections.last_mut() {
            section.text.extend([line, "\n"]);
        }
    }
    for section in &mut sections {
        section.text.truncate(section.text.trim_end_matches('\n').len());
    }
    sections
}

fn head(file: &mut CaseFile, text: &str) -> Result<(), String> {
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((key, value)) = line.strip_prefix("setting ").and_then(|rest| rest.split_once(" = ")) {
            file.settings.push((key.to_owned(), value.to_owned()));
        } else if let Some((name, text)) = line.strip_prefix("file ").and_then(|rest| rest.split_once(" = ")) {
            file.files.push((name.to_owned(), text.to_owned()));
        } else if let Some(names) = line.strip_prefix("needs ") {
            file.needs.extend(names.split(", ").map(str::to_owned));
        } else {
            return Err(format!(
                "before the first case stand `setting KEY = VALUE`, `file NAME = TEXT` and `needs NAMES`, not {line:?}"
            ));
        }
    }
    Ok(())
}

fn only_comments(text: &str) -> Result<(), String> {
    match text.lines().find(|line| !line.is_empty() && !line.starts_with('#')) {
        Some(line) => Err(format!("under a title stand comments and then steps, not {line:?}")),
        None => Ok(()),
    }
}

/// A title with its sources in brackets at the end.
fn case(title: &str) -> Result<Case, String> {
    let (title, sources) =
        title.split_once(" [").ok_or("a title ends with its source: [seed 000], [known] or [ours]")?;
    let sources: Vec<_> = sources.trim_end_matches(']').split("] [").map(str::to_owned).collect();
    let is_known = |source: &str| {
        matches!(source, "known" | "ours")
            || source.strip_prefix("seed 00").is_some_and(|number| matches!(number, "0" | "1" | "2" | "3" | "4"))
    };
    match sources.iter().find(|source| !is_known(source)) {
        Some(source) => Err(format!("[{source}] is no source")),
        None => Ok(Case { title: title.to_owned(), sources, steps: Vec::new() }),
    }
}

/// Refuses a case that does nothing.
fn finish(case: Option<&Case>) -> Result<(), String> {
    match case {
        Some(case) if case.steps.is_empty() => Err(format!("{:?} has no steps", case.title)),
        Some(case) => answered(case.steps.last()),
        None => Ok(()),
    }
}

/// Refuses a request whose answer is not said.
fn answered(step: Option<&Step>) -> Result<(), String> {
    match step.map(|step| &step.action) {
        Some(Action::Request { expected, .. } | Action::Curl { expected, .. }) if expected.status == UNANSWERED => {
            Err("the request before has no answer".to_owned())
        }
        _ => Ok(()),
    }
}

fn step(steps: &mut Vec<Step>, line: usize, words: &str, text: &str) -> Result<(), String> {
    if let Some(aside) = words.strip_prefix("answer") {
        return answer_last(steps.last_mut(), aside, text);
    }
    answered(steps.last())?;
    let action = action(words, text)?;
    steps.push(Step { line, action });
    Ok(())
}

fn answer_last(last: Option<&mut Step>, aside: &str, text: &str) -> Result<(), String> {
    let counts_white_space = match aside {
        "" => true,
        ", white space aside" => false,
        other => return Err(format!("`answer{other}` is unknown")),
    };
    match last.map(|step| &mut step.action) {
        Some(Action::Request { expected, .. } | Action::Curl { expected, .. }) if expected.status == UNANSWERED => {
            *expected = Answer { counts_white_space, ..answer(text)? };
            Ok(())
        }
        _ => Err("an answer without a request".to_owned()),
    }
}

fn action(words: &str, text: &str) -> Result<Action, String> {
    let unanswered =
        || Answer { status: UNANSWERED, headers: Vec::new(), body: String::new(), counts_white_space: true };
    let has_no_text = text.is_empty();
    match words.split_once(' ').unwrap_or((words, "")) {
        ("request", "") => {
            Ok(Action::Request { request: request(text)?, effort: Effort::Times(1), expected: unanswered() })
        }
        ("request,", rest) => {
            Ok(Action::Request { request: request(text)?, effort: effort(rest)?, expected: unanswered() })
        }
        ("curl", "") if text.starts_with("curl ") => {
            Ok(Action::Curl { command: text.to_owned(), expected: unanswered() })
        }
        ("mail", rest) => {
            let to = rest.strip_prefix("to ").ok_or("`mail to ADDRESS`")?.to_owned();
            Ok(Action::Mail { to, expected: text.lines().map(mail_line).collect::<Result<_, _>>()? })
        }
        ("no", rest) if has_no_text => {
            Ok(Action::NoMail { to: rest.strip_prefix("mail to ").ok_or("`no mail to ADDRESS`")?.to_owned() })
        }
        ("verify", rest) if has_no_text => {
            let (email, password) = rest.split_once(" with ").ok_or("`verify ADDRESS with PASSWORD`")?;
            Ok(Action::Verify { email: email.to_owned(), password: password.to_owned() })
        }
        ("sign", rest) if has_no_text => {
            let words = rest.strip_prefix("in ").and_then(|rest| rest.split_once(" with "));
            let (email, password) = words.ok_or("`sign in ADDRESS with PASSWORD`")?;
            Ok(Action::SignIn { email: email.to_owned(), password: password.to_owned() })
        }
        ("store", "") => Ok(Action::Store(text.lines().map(store_line).collect::<Result<_, _>>()?)),
        _ => Err(format!("`--- {words}` is no step, or not with this text")),
    }
}

fn effort(words: &str) -> Result<Effort, String> {
    let times = words.strip_suffix(" times").and_then(|count| count.parse().ok()).filter(|count| *count > 0);
    match (words, times) {
        ("until it is answered so", _) => Ok(Effort::UntilAnswered),
        (_, Some(times)) => Ok(Effort::Times(times)),
        _ => Err(format!("a request is sent `N times` or `until it is answered so`, not `{words}`")),
    }
}

fn request(text: &str) -> Result<Request, String> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let first = lines.next().and_then(|line| line.split_once(' '));
    let (method, target) = first.ok_or("a request begins with METHOD /path")?;
    if !target.starts_with('/') || target.contains(' ') {
        return Err(format!("{target:?} is no path"));
    }
    let headers = lines.map(header).collect::<Result<_, _>>()?;
    Ok(Request { method: method.to_owned(), target: target.to_owned(), headers, body: body.to_owned() })
}

fn answer(text: &str) -> Result<Answer, String> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.parse().ok()).filter(|status| (200..600).contains(status));
    let status = status.ok_or("an answer begins with its status")?;
    let headers = lines.map(header).collect::<Result<_, _>>()?;
    Ok(Answer { status, headers, body: body.to_owned(), counts_white_space: true })
}

fn header(line: &str) -> Result<(String, String), String> {
    let (name, value) = line.split_once(": ").ok_or_else(|| format!("{line:?} is no header"))?;
    Ok((name.to_owned(), value.to_owned()))
}

fn mail_line(line: &str) -> Result<MailLine, String> {
    let (name, value) = header(line)?;
    Ok(match name.as_str() {
        LINK => MailLine::Link(value),
        CONTAINS => MailLine::Contains(value),
        LACKS => MailLine::Lacks(value),
        _ => MailLine::Header(name, value),
    })
}

fn store_line(line: &str) -> Result<StoreLine, String> {
    let unknown = || format!("`account ADDRESS {{..}}` or `no account ADDRESS`, and registrations alike, not {line:?}");
    match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
        ["no", "account", address] => Ok(StoreLine::NoAccount(address.to_owned())),
        ["no", "registration", address] => Ok(StoreLine::NoRegistration(address.to_owned())),
        [kind @ ("account" | "registration"), address, members] => {
            let members = serde_json::from_str(members).map_err(|error| format!("{members:?}: {error}"))?;
            let kind = if kind == "account" { StoreLine::Account } else { StoreLine::Registration };
            Ok(kind(address.to_owned(), members))
        }
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests;
