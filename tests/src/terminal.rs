//! A person at a terminal, on which a command of the binary runs.

use std::path::Path;

use serde::Deserialize;
use tokio::process::Command;

use crate::Service;

/// How a command on a terminal ended.
#[derive(Debug, Deserialize)]
pub struct Ended {
    /// Its exit status.
    pub status: i32,
    /// Everything that the terminal has shown.
    pub screen: String,
    /// Whether the terminal shows what is typed, as before.
    pub has_echo: bool,
}

/// Runs a command of the binary on a terminal. Of each pair, the second text is typed once the first one is shown.
pub async fn at_terminal(service: &Service, arguments: &[&str], conversation: &[(&str, &str)]) -> Ended {
    let command = service.command(arguments);
    let command = command.as_std();
    let mut terminal = Command::new("python3");
    terminal.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("terminal/converse.py"));
    terminal.arg(serde_json::to_string(conversation).expect("JSON"));
    terminal.arg(command.get_program()).args(command.get_args()).kill_on_drop(true);
    terminal.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        terminal.current_dir(folder);
    }
    let output = terminal.output().await.expect("Python runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {complaint}"))
}
