//! The built-in templates: one set for all languages.

use std::fs;
use std::io;
use std::path::Path;

type File = (&'static str, &'static str);

/// The files of these names below `templates/`, each with its text.
macro_rules! files {
    ($($name:expr),+) => { [$(($name, include_str!(concat!("../templates/", $name)))),+] };
}

/// The three templates of each email.
macro_rules! mails {
    ($($mail:literal)+) => {
        [$(files![concat!($mail, "/subject.txt"), concat!($mail, "/body.txt"), concat!($mail, "/body.html")]),+]
    };
}

const MAILS: [[File; 3]; 22] = mails!(
    "account-made" "address-in-use" "already-registered" "confirm-new-address" "confirm-secondary-address"
    "invitation" "notice-account-disabled" "notice-account-enabled" "notice-address-change-requested"
    "notice-address-changed" "notice-became-administrator" "notice-deletion-cancelled"
    "notice-deletion-requested" "notice-identity-linked" "notice-identity-unlinked" "notice-password-changed" "notice-password-reset"
    "notice-secondary-address-confirmed" "notice-sessions-ended" "provider-link-offer" "reset-password" "verify-address");
/// What emails have in common.
const LAYOUT: [File; 9] = files![
    "layout/mail.txt",
    "layout/mail.html",
    "layout/link.txt",
    "layout/link.html",
    "layout/not-you.txt",
    "layout/not-you.html",
    "layout/sign-in.html",
    "layout/button.css",
    "layout/dark.css"
];

/// Returns the names and texts of all templates: `<mail>/body.txt`.
pub(super) fn files() -> impl Iterator<Item = File> {
    MAILS.into_iter().flatten().chain(LAYOUT)
}

/// Writes all templates to a directory, for an operator to change. Existing files are not overwritten.
pub(crate) fn export(directory: &Path) -> io::Result<usize> {
    // A mix of exported and existing files would be hard to tell apart.
    if let Some((name, _)) = files().find(|(name, _)| directory.join(name).exists()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("`{name}` is there")));
    }
    let mut count = 0;
    for (name, text) in files() {
        let path = directory.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&path)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        count += 1;
    }
    Ok(count)
}
