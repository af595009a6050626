//! `translations`: exports the words of pages and emails, for a translation to start from.

use std::fs;
use std::io::{self, Write as _};

use account_core::translation::Catalog;

use crate::command_line::TranslationsOptions;
use crate::error::CommandError;
use crate::output::print;

/// The name of the exported file.
const FILE: &str = "en.ftl";

/// Writes all messages in English.
///
/// # Errors
/// If the file already exists or cannot be written.
pub(crate) fn export(options: &TranslationsOptions) -> Result<(), CommandError> {
    let folder = &options.export;
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(folder.join(FILE))?;
        file.write_all(Catalog::english_file().as_bytes())
    };
    write().map_err(|source| CommandError::Translations { path: folder.join(FILE), source })?;
    print(&format!(
        "{} was written. Rename it to the tag of your language, such as it.ftl, translate it, and set \
         `translations.directory`. To change some of our words, keep only those in a file of that language.\n",
        folder.join(FILE).display()
    ));
    Ok(())
}
