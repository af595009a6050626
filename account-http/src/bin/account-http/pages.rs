//! `pages`: exports the templates.

use account_http::export_page_templates;

use crate::command_line::TemplatesOptions;
use crate::error::CommandError;
use crate::output::print;

/// Writes the built-in templates.
///
/// # Errors
/// If a file already exists or cannot be written.
pub(crate) fn export_templates(options: &TemplatesOptions) -> Result<(), CommandError> {
    let path = &options.export;
    let count = export_page_templates(path);
    let count = count.map_err(|source| CommandError::Templates { path: path.clone(), source })?;
    print(&format!(
        "{count} templates were written. Edit the ones you want to change, delete the others so that they stay up to \
         date, and set `pages.template_directory`.\n"
    ));
    Ok(())
}
