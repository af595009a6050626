//! What the figures were measured on.

use std::{fmt, fs, process::Command, thread};

use crate::{process, workspace::Workspace};

/// A machine and its compiler, in words.
pub(crate) struct Machine {
    cores: usize,
    model: String,
    memory: String,
    system: String,
    compiler: String,
}

impl Machine {
    /// Describes this machine; what it does not tell reads `unknown`.
    pub(crate) fn describe(workspace: &Workspace) -> Self {
        let file = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let unknown = || "unknown".to_owned();
        let mut compiler = Command::new("rustc");
        compiler.arg("--version").current_dir(workspace.root());
        Self {
            cores: thread::available_parallelism().map_or(1, Into::into),
            model: field(&file("/proc/cpuinfo"), "model name").unwrap_or_else(unknown),
            memory: gibibytes(&file("/proc/meminfo")).unwrap_or_else(unknown),
            system: process::capture(Command::new("uname").arg("-sr"))
                .map_or_else(|_| unknown(), |text| text.trim().to_owned()),
            compiler: process::capture(&mut compiler).map_or_else(|_| unknown(), |text| text.trim().to_owned()),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cores, model, memory, system, compiler } = self;
        write!(f, "{cores} cores of {model}, {memory} memory, {system}, {compiler}")
    }
}

/// The machine's memory, from `MemTotal: 24684096 kB`.
fn gibibytes(text: &str) -> Option<String> {
    let kibibytes: u64 = field(text, "MemTotal")?.strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{} GiB", (kibibytes + 512 * 1_024) / (1_024 * 1_024)))
}

/// The value of the first `name : value` line.
fn field(text: &str, name: &str) -> Option<String> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    let value = pairs.into_iter().find(|(key, _)| key.trim() == name)?.1.trim();
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{field, gibibytes};

    #[test]
    fn memory_is_printed_in_round_figures() {
        assert_eq!(gibibytes("MemTotal:       24684096 kB\n").as_deref(), Some("24 GiB"));
        assert_eq!(gibibytes(""), None);
    }

    #[test]
    fn fields_are_found_by_their_full_name() {
        let text = "model\t\t: 1\nmodel name\t: Some CPU @ 2 GHz\n";
        assert_eq!(field(text, "model name").as_deref(), Some("Some CPU @ 2 GHz"));
        assert_eq!(field(text, "name"), None);
    }
}
