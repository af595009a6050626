//! Running other programs.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::{error::Error, say::say};

/// Runs `command` in the foreground, its command line shown first.
///
/// # Errors
/// [`Error::Start`] when there is no such program, [`Error::Failed`] when it ends with a failure.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    say(format_args!("$ {}", line(command)));
    let status = command.status().map_err(|source| Error::Start { command: line(command), source })?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: line(command), status }) }
}

/// Runs `command` in the foreground like [`run`], and passes each line of its standard output on to `read` too.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_reading(command: &mut Command, mut read: impl FnMut(&str)) -> Result<(), Error> {
    say(format_args!("$ {}", line(command)));
    let spawned = command.stdout(Stdio::piped()).spawn();
    let start = |source| Error::Start { command: line(command), source };
    let mut child = spawned.map_err(start)?;
    for bytes in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).split(b'\n').flatten()) {
        let text = String::from_utf8_lossy(&bytes);
        say(&text);
        read(&text);
    }
    let status = child.wait().map_err(start)?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: line(command), status }) }
}

/// Runs `command` silently and returns what it prints to standard output.
///
/// # Errors
/// As [`run`], and [`Error::Output`] when the output is not UTF-8.
pub(crate) fn capture(command: &mut Command) -> Result<String, Error> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Error::Start { command: line(command), source })?;
    if !output.status.success() {
        return Err(Error::Failed { command: line(command), status: output.status });
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Error::Output { command: line(command), what: "bytes that are not UTF-8".to_owned() })
}

/// Runs `command` silently and returns what it prints to standard error, also shown when it fails.
///
/// # Errors
/// As [`run`].
pub(crate) fn capture_errors(command: &mut Command) -> Result<String, Error> {
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .map_err(|source| Error::Start { command: line(command), source })?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        return Ok(told);
    }
    say(told);
    Err(Error::Failed { command: line(command), status: output.status })
}

/// Whether `command` can be started and succeeds; what it prints is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command line as one would type it, for people.
pub(crate) fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{capture, run, run_reading, succeeds};
    use crate::error::Error;

    #[test]
    fn a_failing_program_is_an_error_that_names_its_command_line() {
        let error = run(Command::new("git").arg("no-such-subcommand")).unwrap_err();
        assert!(matches!(error, Error::Failed { command, .. } if command == "git no-such-subcommand"));
    }

    #[test]
    fn lines_are_passed_on_also_those_of_a_failing_program() {
        let mut lines = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; printf 'two \\377'; exit 3"]);
        let error = run_reading(&mut command, |line| lines.push(line.to_owned())).unwrap_err();
        assert!(matches!(error, Error::Failed { status, .. } if status.code() == Some(3)));
        assert_eq!(lines, ["one", "two \u{fffd}"]);
    }

    #[test]
    fn an_absent_program_is_told_apart_from_a_failing_one() {
        let error = capture(&mut Command::new("no-such-program-anywhere")).unwrap_err();
        assert!(matches!(error, Error::Start { .. }));
        assert!(!succeeds(&mut Command::new("no-such-program-anywhere")));
    }
}
