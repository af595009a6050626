//! Doing what a data file says, on the real binary.

use std::time::Instant;

use super::case::{Action, Answer, CaseFile, Effort, Request, Step};
use super::stage::Stage;
use super::{answer, curl, mail};
use crate::patience::{PATIENCE, PAUSE};
use crate::service::token_of;

/// The case before every file's own.
pub const SERVICE_STARTS: &str = "The service starts with the settings of the file";

/// A case that did not go as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Title of the case.
    pub case: String,
    /// The line of the step that went wrong. Later steps of the case were not tried.
    pub line: usize,
    /// What was expected, and what there was.
    pub differences: Vec<String>,
}

/// Runs the cases of a file, one after the other, on a service of their own. All failures are answered.
pub async fn run(file: &CaseFile) -> Vec<Failure> {
    let mut stage = match Stage::open(file).await {
        Ok(stage) => stage,
        Err(differences) => {
            return vec![Failure { case: SERVICE_STARTS.to_owned(), line: 1, differences }];
        }
    };
    let mut failures = Vec::new();
    for case in &file.cases {
        for step in &case.steps {
            let differences = take(&mut stage, step).await.err().unwrap_or_default();
            if !differences.is_empty() {
                failures.push(Failure { case: case.title.clone(), line: step.line, differences });
                break;
            }
        }
    }
    failures
}

/// Takes a step. An error is what differs.
async fn take(stage: &mut Stage, step: &Step) -> Result<(), Vec<String>> {
    match &step.action {
        Action::Request { request, effort, expected } => send(stage, request, *effort, expected).await,
        Action::Curl { command, expected } => {
            let command = stage.variables.fill_vendors(command);
            let reply = curl::run(&command, stage.service.port()).await.map_err(|why| vec![why])?;
            none(answer::differences(expected, &reply, &mut stage.variables))
        }
        Action::Mail { to, expected } => {
            let next = stage.next_mail(to).await.ok_or_else(|| vec![format!("no mail to {to} came")])?;
            none(mail::differences(expected, &next, &mut stage.variables))
        }
        Action::NoMail { to } => {
            none(stage.next_mail(to).await.map(|mail| format!("a mail to {to} came: {mail}")).into_iter().collect())
        }
        Action::Verify { email, password } => verify(stage, email, password).await,
        Action::SignIn { email, password } => stage.sign_in(email, password).await,
        Action::Store(lines) => {
            let mut found = Vec::new();
            for line in lines {
                found.extend(stage.lacking(line).await);
            }
            none(found)
        }
    }
}

fn none(found: Vec<String>) -> Result<(), Vec<String>> {
    if found.is_empty() { Ok(()) } else { Err(found) }
}

async fn send(stage: &mut Stage, request: &Request, effort: Effort, expected: &Answer) -> Result<(), Vec<String>> {
    let until = Instant::now() + PATIENCE;
    let times = if let Effort::Times(times) = effort { times } else { 1 };
    let mut sent = 0;
    while sent < times {
        let differences = exchange(stage, request, expected).await;
        match effort {
            Effort::UntilAnswered if !differences.is_empty() && Instant::now() < until => {
                tokio::time::sleep(PAUSE).await;
            }
            _ => {
                none(differences)?;
                sent += 1;
            }
        }
    }
    Ok(())
}

async fn exchange(stage: &mut Stage, request: &Request, expected: &Answer) -> Vec<String> {
    let filled = match filled(stage, request) {
        Ok(filled) => filled,
        Err(why) => return vec![why],
    };
    let headers: Vec<_> = filled.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    match stage.service.try_request(&filled.method, &filled.target, &headers, &filled.body).await {
        Ok(reply) => answer::differences(expected, &reply, &mut stage.variables),
        Err(error) => vec![format!("{} {}: {error}", filled.method, filled.target)],
    }
}

/// The request with known values in the places for them. Lines of multipart bodies end as their standard wants it.
fn filled(stage: &Stage, request: &Request) -> Result<Request, String> {
    let fill = |text: &str| stage.variables.fill(text);
    let headers: Result<Vec<_>, String> =
        request.headers.iter().map(|(name, value)| Ok((name.clone(), fill(value)?))).collect();
    let headers = headers?;
    let is_multipart = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type") && value.to_ascii_lowercase().starts_with("multipart/")
    });
    let body = fill(&request.body)?;
    let body = if is_multipart { body.replace('\n', "\r\n") + "\r\n" } else { body };
    Ok(Request { method: request.method.clone(), target: fill(&request.target)?, headers, body })
}

/// The owner of a mailbox takes the next email's link, and proves with the password who registered.
async fn verify(stage: &mut Stage, email: &str, password: &str) -> Result<(), Vec<String>> {
    let mail = stage.next_mail(email).await.ok_or_else(|| vec![format!("no mail to {email} came")])?;
    let token = token_of(&mail).ok_or_else(|| vec![format!("the mail to {email} has no link: {mail}")])?;
    let body = serde_json::json!({"token": token, "password": password});
    let reply = stage.service.post("/account/v1/email-verifications", &body.to_string()).await;
    if reply.status == 200 {
        return Ok(());
    }
    Err(vec![format!("{email} is not verified: {} {}", reply.status, reply.body)])
}
