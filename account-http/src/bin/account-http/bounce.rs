//! `mail bounce`: processes delivery reports.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::Path;

use account_core::outbox::bounce::{HandInError, HandedIn, Reported, ReportedAction, Reporter};
use account_core::ports::delivery_reports::MAX_REPORT_BYTES;
use account_core::{AccountService, CallContext};

use crate::command_line::Bounce;
use crate::error::CommandError;
use crate::output::print;

/// The input is wrong (`EX_DATAERR` of `sysexits.h`): a mail server gives up.
const DATA_ERROR: u8 = 65;
/// The file does not exist or cannot be read (`EX_NOINPUT`).
const NO_INPUT: u8 = 66;
/// Try again later (`EX_TEMPFAIL`): a mail server keeps the report in its queue.
pub(crate) const TRY_LATER: u8 = 75;

/// Returns the exit status after an error, for the mail server that pipes the report into the command. Everything that
/// is not the report's fault, even a wrong configuration, can be fixed while the mail server keeps the report. There is
/// no other copy of it.
pub(crate) fn exit_status(error: &CommandError) -> u8 {
    match error {
        CommandError::NotAReport(_) => DATA_ERROR,
        CommandError::ReportFile(error) if is_missing(error) => NO_INPUT,
        _ => TRY_LATER,
    }
}

/// Returns whether the arguments are for this command, wherever options occur.
pub(crate) fn is_meant(mut arguments: impl Iterator<Item = OsString>) -> bool {
    arguments.any(|argument| argument == "mail") && arguments.any(|argument| argument == "bounce")
}

/// Returns whether trying again cannot help.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied)
}

/// Processes a report.
///
/// # Errors
/// If it cannot be read, is not a report, or the store fails.
pub(crate) async fn take_in(service: &AccountService, bounce: &Bounce) -> Result<(), CommandError> {
    let bytes = read(bounce.file.as_deref())?;
    let handed_in = service.hand_in_report(&Reporter::operator(), &bytes, &CallContext::by("operator")).await;
    let handed_in = handed_in.map_err(|error| match error {
        HandInError::NotAReport(error) => error.into(),
        HandInError::Failed(failure) => CommandError::Failed(failure),
    })?;
    if handed_in.is_empty() {
        print("The report does not concern any email of this service.\n");
    }
    for entry in &handed_in {
        print(&line(entry));
    }
    Ok(())
}

/// Reads one byte more than the maximum, to detect a report that is too large.
fn read(file: Option<&Path>) -> Result<Vec<u8>, CommandError> {
    let limit = u64::try_from(MAX_REPORT_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = match file {
        Some(file) => File::open(file).map_err(CommandError::ReportFile)?.take(limit).read_to_end(&mut bytes),
        None => stdin().lock().take(limit).read_to_end(&mut bytes),
    };
    read.map_err(CommandError::Report)?;
    Ok(bytes)
}

fn line(entry: &HandedIn) -> String {
    let HandedIn { report, outcome } = entry;
    let said = match report.action {
        ReportedAction::Failed => "failed",
        ReportedAction::Delayed => "delayed",
        ReportedAction::Delivered => "delivered",
    };
    let done = match outcome {
        Reported::Marked => "marked as bounced",
        Reported::Ignored => "ignored",
    };
    let status = if report.status.is_empty() { String::new() } else { format!(" ({})", report.status) };
    format!("{}: {said}{status}: {done}\n", report.mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_keeps_what_is_not_the_reports_fault() {
        for (error, status) in [
            (CommandError::ReportFile(io::ErrorKind::NotFound.into()), NO_INPUT),
            (CommandError::ReportFile(io::ErrorKind::PermissionDenied.into()), NO_INPUT),
            (CommandError::ReportFile(io::ErrorKind::Interrupted.into()), TRY_LATER),
            (CommandError::Report(io::ErrorKind::PermissionDenied.into()), TRY_LATER),
        ] {
            assert_eq!(exit_status(&error), status, "{error:?}");
        }
        assert!(matches!(read(Some(Path::new("/nowhere/report.eml"))), Err(CommandError::ReportFile(_))));
    }

    #[test]
    fn the_command_is_recognized_wherever_its_options_are() {
        let is_meant = |line: &str| is_meant(line.split(' ').map(OsString::from));
        assert!(is_meant("account-http mail bounce --nothing"));
        assert!(is_meant("account-http --config a.toml mail --config b.toml bounce a b"));
        assert!(!is_meant("account-http mail doctor") && !is_meant("account-http bounce mail"));
    }
}
