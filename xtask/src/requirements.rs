//! The programs that checks and tests start, and how a machine gets them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{error::Error, process, say::say};

/// A program that some check or test starts.
pub(crate) struct Need {
    program: &'static str,
    /// What it is run with to see whether it is there, and whole.
    version: &'static [&'static str],
    /// The Debian package that has it.
    package: &'static str,
    purpose: &'static str,
}

/// What packages of npm need: TypeScript clients, and what checks the pages.
pub(crate) const NODE: &[Need] = &[
    Need { program: "node", version: &["--version"], package: "nodejs", purpose: "runs packages of npm" },
    Need { program: "npm", version: &["--version"], package: "npm", purpose: "installs packages of npm" },
];

/// Everything the tests need beside cargo and [`NODE`]. A new need is a line here.
pub(crate) const TESTS: &[Need] = &[
    Need {
        program: "chromium",
        version: &["--version"],
        package: "chromium",
        purpose: "the browser of the page tests",
    },
    Need {
        program: "chromedriver",
        version: &["--version"],
        package: "chromium-driver",
        purpose: "drives the browser of the page tests",
    },
    Need { program: "nginx", version: &["-v"], package: "nginx", purpose: "the reverse proxy of the gate's tests" },
    Need { program: "curl", version: &["--version"], package: "curl", purpose: "runs the documented command lines" },
    Need {
        program: "python3",
        // Debian's Python comes without what an environment is made with.
        version: &["-c", "import ensurepip, venv"],
        package: "python3-venv",
        purpose: "runs the verifier of mails' signatures, and the mail server of the tests",
    },
    Need {
        program: "initdb",
        version: &["--version"],
        package: "postgresql",
        purpose: "throwaway databases of the store's tests",
    },
    Need {
        // Debian's package brings Galera (galera-4) and what nodes copy their state with (rsync).
        program: "mariadbd",
        version: &["--version"],
        package: "mariadb-server",
        purpose: "throwaway databases of the store's tests",
    },
    Need {
        program: "pgbouncer",
        version: &["--version"],
        package: "pgbouncer",
        purpose: "the pooler in front of a throwaway database of the store's tests",
    },
];

/// Sees to it that every need is there: installs packages when that is possible (root on Debian), and never skips.
///
/// # Errors
/// [`Error::Missing`] names the first package that has to be installed by hand; or the installation failed.
pub(crate) fn provide(needs: &[Need]) -> Result<(), Error> {
    let missing = missing(needs, is_installed);
    let Some(first) = missing.first() else {
        return Ok(());
    };
    if !may_install() {
        return Err(first.error());
    }
    install(&missing)?;
    match missing.iter().find(|need| !is_installed(need)) {
        None => Ok(()),
        Some(still) => Err(still.error()),
    }
}

impl Need {
    fn error(&self) -> Error {
        Error::Missing { program: self.program, package: self.package, purpose: self.purpose }
    }
}

fn missing(needs: &[Need], is_installed: impl Fn(&Need) -> bool) -> Vec<&Need> {
    needs.iter().filter(|need| !is_installed(need)).collect()
}

fn is_installed(need: &Need) -> bool {
    candidates(need.program).into_iter().any(|program| process::succeeds(Command::new(program).args(need.version)))
}

/// Where the program may be: Debian keeps those of each version of PostgreSQL in a directory of their own, and servers
/// where only root looks for programs.
fn candidates(program: &str) -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let directories = versions.map(|version| version.path().join("bin")).chain([PathBuf::from("/usr/sbin")]);
    std::iter::once(program.into()).chain(directories.map(|directory| directory.join(program))).collect()
}

fn may_install() -> bool {
    let is_root = process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    is_root && Path::new("/etc/debian_version").exists()
}

fn install(needs: &[&Need]) -> Result<(), Error> {
    for need in needs {
        say(format_args!("{} is absent: installing {}", need.program, need.package));
    }
    process::run(apt_get().arg("update"))?;
    let packages = needs.iter().map(|need| need.package);
    process::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    // No service is started for having been installed: tests start their own.
    command.arg("--quiet").env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    command
}

#[cfg(test)]
mod tests {
    use super::{TESTS, missing};

    #[test]
    fn only_absent_programs_are_installed() {
        let packages: Vec<_> =
            missing(TESTS, |need| need.program == "chromium").iter().map(|need| need.package).collect();
        let expected =
            ["chromium-driver", "nginx", "curl", "python3-venv", "postgresql", "mariadb-server", "pgbouncer"];
        assert_eq!(packages, expected);
    }

    #[test]
    fn a_missing_program_is_an_error_that_names_its_package() {
        let all = missing(TESTS, |_| false);
        let texts: Vec<_> = all.iter().map(|need| need.error().to_string()).collect();
        assert_eq!(
            texts.last().map(String::as_str),
            Some(
                "`pgbouncer` is absent (the pooler in front of a throwaway database of the store's tests): install the \
                 package `pgbouncer`"
            )
        );
    }
}
