//! How the pages look: an operator's logo, color, stylesheet and links.

mod accent;
mod image;

pub use accent::{AccentColor, AccentColorError};
pub use image::{Image, ImageError};

/// Maximum size of an operator's stylesheet, in bytes.
const MAX_STYLESHEET_BYTES: usize = 64 * 1024;

/// How the pages look, and which links they end with. The default has nothing of an operator's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looks {
    /// The logo, in place of the operator's name.
    pub logo: Option<Image>,
    /// The logo on a dark page, if it is another one.
    pub dark_logo: Option<Image>,
    /// The icon of the pages in a browser.
    pub favicon: Option<Image>,
    /// The color of buttons and links.
    pub accent: Option<AccentColor>,
    /// A stylesheet that is loaded after the built-in one.
    pub stylesheet: Option<Stylesheet>,
    /// The address of the terms.
    pub terms_url: Option<String>,
    /// The address of the privacy policy.
    pub privacy_url: Option<String>,
    /// The address of a page with help.
    pub support_url: Option<String>,
}

/// A stylesheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stylesheet(String);

/// Why bytes are not a stylesheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StylesheetError {
    /// They are too many.
    #[error("it has more than 64 KiB")]
    TooLarge,
    /// They are not text.
    #[error("it is not UTF-8")]
    Encoding,
}

impl Stylesheet {
    /// Reads a stylesheet.
    ///
    /// # Errors
    /// If it is too large, or not UTF-8.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, StylesheetError> {
        if bytes.len() > MAX_STYLESHEET_BYTES {
            return Err(StylesheetError::TooLarge);
        }
        String::from_utf8(bytes).map(Self).map_err(|_| StylesheetError::Encoding)
    }

    /// Returns its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
