//! The Pythons that tests start, each with packages of its own.

use std::path::PathBuf;

/// The Python of an environment: the one that `cargo xtask` has named by that variable, or made earlier in a folder of
/// that name in the target folder.
pub(crate) fn python(variable: &str, folder: &str) -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "where a Python is, is told by the person who runs the tests")]
    let named = std::env::var_os(variable).map(PathBuf::from);
    let made = || {
        let this = std::env::current_exe().expect("a path of this program");
        this.ancestors().map(|above| above.join(folder).join("bin/python")).find(|path| path.is_file())
    };
    let path = named.or_else(made).filter(|path| path.is_file());
    path.unwrap_or_else(|| panic!("an environment {folder}: run the tests by `cargo xtask test`"))
}
