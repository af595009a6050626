//! What emails have of the operator's looks.

/// What emails have of the operator's looks. By default nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branding {
    /// The colors of buttons. Default: white on blue.
    pub button: Option<ButtonColors>,
    /// Where people get help: a link at the end of every email.
    pub support_url: Option<FooterUrl>,
    /// The terms of service: a link at the end of every email.
    pub terms_url: Option<FooterUrl>,
    /// The privacy policy: a link at the end of every email.
    pub privacy_url: Option<FooterUrl>,
}

/// The colors of buttons, which contrast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ButtonColors {
    background: String,
    text: String,
}

/// A URL that can stand in an email, as plain text and in an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterUrl(String);

/// A value that emails cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BrandingError {
    /// Not a color in the form `#rrggbb`.
    #[error("not a color in the form `#rrggbb`")]
    Color,
    /// Not a URL of printable ASCII characters that begins with `https://`, `http://` or `mailto:`.
    #[error("not a URL that begins with `https://`, `http://` or `mailto:`, of printable ASCII characters")]
    Url,
}

impl ButtonColors {
    /// Takes the colors, as `#rrggbb`. The caller MUST have checked that they contrast.
    ///
    /// # Errors
    /// [`BrandingError::Color`] if one has another form.
    pub fn new(background: &str, text: &str) -> Result<Self, BrandingError> {
        let color = |color: &str| {
            let digits = color.strip_prefix('#').ok_or(BrandingError::Color)?;
            let is_color = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_color.then(|| color.to_ascii_lowercase()).ok_or(BrandingError::Color)
        };
        Ok(Self { background: color(background)?, text: color(text)? })
    }

    pub(crate) fn background(&self) -> &str {
        &self.background
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl FooterUrl {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for FooterUrl {
    type Err = BrandingError;

    fn from_str(text: &str) -> Result<Self, BrandingError> {
        let is_known = ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme));
        if is_known && is_fit_for_mail(text) { Ok(Self(text.to_owned())) } else { Err(BrandingError::Url) }
    }
}

/// Whether a URL is safe on a line of its own and in an attribute: one that the URL standard serializes has none of the
/// refused characters.
pub(crate) fn is_fit_for_mail(url: &str) -> bool {
    url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_have_six_hexadecimal_digits() {
        let colors = ButtonColors::new("#0A7f00", "#ffffff").unwrap();
        assert_eq!((colors.background(), colors.text()), ("#0a7f00", "#ffffff"));
        for color in ["", "#fff", "0a7f00", "#0a7f0g", "#0a7f000", "red", "#0a7f00;x:y"] {
            assert_eq!(ButtonColors::new(color, "#ffffff"), Err(BrandingError::Color), "{color}");
            assert_eq!(ButtonColors::new("#ffffff", color), Err(BrandingError::Color), "{color}");
        }
    }

    #[test]
    fn footer_urls_are_safe_in_an_email() {
        for url in ["https://acme.com/terms?a=b&c", "http://x", "mailto:help@acme.com"] {
            assert_eq!(url.parse::<FooterUrl>().unwrap().as_str(), url);
        }
        for url in ["", "/terms", "javascript:alert(1)", "https://x/\r\nBcc: y", "https://x/\"", "https://\u{E9}"] {
            assert_eq!(url.parse::<FooterUrl>(), Err(BrandingError::Url), "{url:?}");
        }
    }
}
