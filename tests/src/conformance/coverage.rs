//! Whether the cases cover what they have to.

use serde_json::Value;

use super::case::{Action, Answer, CaseFile, Request};
use super::folder;

/// The lines of a folder's `must-cover.txt` that no case covers: `text ..` in the body of an answer, `status ..` of one,
/// `header ..` of one, `route METHOD /path`, with parameters in braces, of a request.
#[must_use]
pub fn missing(folder: &str) -> Vec<String> {
    let files = folder::files(folder);
    let files: Vec<_> = files.iter().map(|file| &file.content).collect();
    let list = folder::text(folder, "must-cover.txt");
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter(|line| !is_covered(line, &files)).map(str::to_owned).collect()
}

/// The operations of a dialect's OpenAPI document that no case of its folder calls.
#[must_use]
pub fn uncalled(folder: &str) -> Vec<String> {
    let files = folder::files(folder);
    let files: Vec<_> = files.iter().map(|file| &file.content).collect();
    let document: Value = account_http::openapi_document(folder)
        .map(|text| serde_json::from_str(&text).expect("a document"))
        .unwrap_or_default();
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let routes = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, _)| format!("route {} {path}", method.to_ascii_uppercase()))
    });
    routes.filter(|route| !is_covered(route, &files)).collect()
}

fn is_covered(line: &str, files: &[&CaseFile]) -> bool {
    let (kind, what) = line.split_once(' ').unwrap_or((line, ""));
    match kind {
        "text" => answers(files).any(|answer| answer.body.contains(what)),
        "status" => answers(files).any(|answer| answer.status.to_string() == what),
        "header" => answers(files).any(|answer| answer.headers.iter().any(|(name, _)| name == what)),
        "route" => {
            requests(files).any(|request| fits(what, &request.method, &request.target))
                || commands(files).any(|command| is_called_by(what, command))
        }
        _ => false,
    }
}

fn actions<'a>(files: &'a [&CaseFile]) -> impl Iterator<Item = &'a Action> {
    files.iter().flat_map(|file| &file.cases).flat_map(|case| &case.steps).map(|step| &step.action)
}

fn answers<'a>(files: &'a [&CaseFile]) -> impl Iterator<Item = &'a Answer> {
    actions(files).filter_map(|action| match action {
        Action::Request { expected, .. } | Action::Curl { expected, .. } => Some(expected),
        _ => None,
    })
}

fn requests<'a>(files: &'a [&CaseFile]) -> impl Iterator<Item = &'a Request> {
    actions(files).filter_map(|action| if let Action::Request { request, .. } = action { Some(request) } else { None })
}

fn commands<'a>(files: &'a [&CaseFile]) -> impl Iterator<Item = &'a str> {
    actions(files)
        .filter_map(|action| if let Action::Curl { command, .. } = action { Some(command.as_str()) } else { None })
}

/// Whether a documented command line calls the route; all that are documented post.
fn is_called_by(route: &str, command: &str) -> bool {
    route.strip_prefix("POST ").is_some_and(|path| command.split([' ', '\'', '\n']).any(|word| word.ends_with(path)))
}

/// Whether a request is one of the route's: `METHOD /path`, with parameters in braces.
fn fits(route: &str, method: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    let Some((wanted, template)) = route.split_once(' ') else { return false };
    let (template, path): (Vec<_>, Vec<_>) =
        (template.trim_end_matches('/').split('/').collect(), path.trim_end_matches('/').split('/').collect());
    wanted == method
        && template.len() == path.len()
        && template.iter().zip(&path).all(|(part, given)| part.starts_with('{') || part.eq_ignore_ascii_case(given))
}

#[cfg(test)]
mod tests {
    use super::super::parser::parse;
    use super::*;

    #[test]
    fn only_what_a_case_asks_for_is_covered() {
        let file = parse(
            "=== Title [ours]\n--- request\nGET /api/Status/a%40b.c/?x=1\n--- answer\n404\nRetry-After: 1\n\n{\"message\":\"Not Found\"}\n\
             --- curl\ncurl -X 'POST' 'https://a.b/v1/register'\n--- answer\n201\n",
        );
        let file = file.unwrap();
        for line in [
            "text Not Found",
            "status 404",
            "header Retry-After",
            "route GET /api/Status/{userName}/",
            "route POST /v1/register",
        ] {
            assert!(is_covered(line, &[&file]), "{line}");
        }
        for line in [
            "text not found",
            "status 400",
            "header Content-Type",
            "route POST /api/Status/{userName}/",
            "route GET /api/Status",
            "route GET /v1/register",
            "words Not Found",
        ] {
            assert!(!is_covered(line, &[&file]), "{line}");
        }
    }
}
