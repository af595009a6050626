//! The built-in templates.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::engine::environment;
use super::templates::Templates;

type File = (&'static str, &'static str);

/// The files of these names below `templates/`, each with its text.
macro_rules! files {
    ($($name:expr),+) => { [$(($name, include_str!(concat!("../templates/", $name)))),+] };
}

/// The three templates of each email, in one language.
macro_rules! mails {
    ($locale:literal: $($mail:literal)+) => {
        &[$(files![
            concat!($mail, "/", $locale, "/subject.txt"),
            concat!($mail, "/", $locale, "/body.txt"),
            concat!($mail, "/", $locale, "/body.html")
        ]),+]
    };
}

/// Those of every email.
macro_rules! every_mail {
    ($locale:literal) => {
        mails!($locale:
            "account-made" "address-in-use" "already-registered" "confirm-new-address" "confirm-secondary-address"
            "invitation" "notice-account-disabled" "notice-account-enabled" "notice-address-change-requested"
            "notice-address-changed" "notice-became-administrator" "notice-deletion-cancelled"
            "notice-deletion-requested" "notice-password-changed" "notice-password-reset"
            "notice-secondary-address-confirmed" "notice-sessions-ended" "reset-password" "verify-address")
    };
}

/// What emails of one language have in common.
macro_rules! layout {
    ($locale:literal) => {
        files![
            concat!("layout/", $locale, "/mail.txt"),
            concat!("layout/", $locale, "/mail.html"),
            concat!("layout/", $locale, "/link.txt"),
            concat!("layout/", $locale, "/link.html"),
            concat!("layout/", $locale, "/not-you.txt"),
            concat!("layout/", $locale, "/not-you.html"),
            concat!("layout/", $locale, "/sign-in.html")
        ]
    };
}

const MAILS: [&[[File; 3]]; 4] = [every_mail!("en"), every_mail!("de"), every_mail!("fr"), every_mail!("es")];
const LAYOUTS: [[File; 7]; 4] = [layout!("en"), layout!("de"), layout!("fr"), layout!("es")];
const STYLES: [File; 2] = files!["layout/button.css", "layout/dark.css"];

/// Returns the names and texts of all templates.
pub(super) fn files() -> impl Iterator<Item = File> {
    let mails = MAILS.into_iter().flatten().flatten().copied();
    mails.chain(LAYOUTS.into_iter().flatten()).chain(STYLES)
}

/// Returns all templates, parsed once.
pub(crate) fn templates() -> Arc<Templates> {
    static TEMPLATES: LazyLock<Arc<Templates>> = LazyLock::new(|| {
        let mut environment = environment();
        for (name, text) in files() {
            // A template that cannot be parsed would be missing at rendering; a test renders all of them.
            let _ = environment.add_template(name, text);
        }
        Arc::new(Templates { environment, overrides: Vec::new(), rewritten: Vec::new() })
    });
    Arc::clone(&TEMPLATES)
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
