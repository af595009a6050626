//! Files with secrets that others can read or change.

use std::path::{Path, PathBuf};

use account_core::system::secret_file::exposed_mode;

use crate::config::key_source::KeySource;
use crate::config::reader::NOT_SHOWN;
use crate::config::settled::Config;

/// How the names of settings end whose value is the path of a file with a key.
const KEY_FILE: &str = "key_file";

/// What the files with secrets bring: a setting and what can happen.
pub(super) fn secret_files(config: &Config) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (name, path) in files_of(config) {
        if let Some(mode) = exposed_mode(&path) {
            let path = path.display();
            let message = format!(
                "other users of this machine can read or change this secret: `{path}` has mode {mode:03o}. Run `chmod 600 {path}`."
            );
            found.push((name, message));
        }
        if let Some((owner, running)) = foreign_owner(&path) {
            let path = path.display();
            let message = format!(
                "the user with id {owner} owns `{path}`, and can read or change this secret. The owner must be root or the user \
                 that runs the service; this command runs as {running}."
            );
            found.push((name, message));
        }
    }
    found
}

/// The files with secrets, each with one of the settings that are in it.
fn files_of(config: &Config) -> Vec<(&'static str, PathBuf)> {
    let mut files = vec![("store.master_key_file", config.store.master_key_file.path().to_owned())];
    for effective in &config.effective {
        let name = effective.key.name;
        let path = match &effective.origin {
            KeySource::Default => None,
            _ if name.ends_with(KEY_FILE) => Some(PathBuf::from(&effective.shown)),
            _ if config.secret_files.contains_key(name) => config.secret_files.get(name).cloned(),
            // The file with the settings is one, too, if there is a secret in it.
            KeySource::File { path, .. } if effective.shown == NOT_SHOWN => Some(PathBuf::from(path)),
            _ => None,
        };
        files.extend(path.filter(|path| !files.iter().any(|(_, known)| known == path)).map(|path| (name, path)));
    }
    files
}

/// The file's owner and the user that runs this, if the owner is neither that user nor root.
#[cfg(unix)]
fn foreign_owner(path: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;

    let owner = std::fs::metadata(path).ok()?.uid();
    let running = rustix::process::geteuid().as_raw();
    is_foreign(owner, running).then_some((owner, running))
}

#[cfg(not(unix))]
fn foreign_owner(_: &Path) -> Option<(u32, u32)> {
    None
}

#[cfg(unix)]
fn is_foreign(owner: u32, running: u32) -> bool {
    const ROOT: u32 = 0;
    owner != ROOT && owner != running
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_root_or_to_who_runs_the_service() {
        assert!(!is_foreign(0, 1000) && !is_foreign(1000, 1000) && !is_foreign(0, 0));
        assert!(is_foreign(1001, 1000) && is_foreign(1001, 0));
    }
}
