//! Logos and icons.

use hyper::body::Bytes;

/// Maximum size of an image, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// An image: SVG, PNG, WebP or ICO, told by its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    bytes: Bytes,
    media_type: &'static str,
}

/// Why bytes are not an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// They are too many.
    #[error("it has more than 256 KiB")]
    TooLarge,
    /// They have another format.
    #[error("it is not an SVG, PNG, WebP or ICO image")]
    Format,
}

impl Image {
    /// Reads an image. Its format is told by the content.
    ///
    /// # Errors
    /// If it is too large, or has another format.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ImageError> {
        if bytes.len() > MAX_BYTES {
            return Err(ImageError::TooLarge);
        }
        let media_type = media_type(&bytes).ok_or(ImageError::Format)?;
        Ok(Self { bytes: bytes.into(), media_type })
    }

    /// Returns its media type.
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        self.media_type
    }

    pub(crate) fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0, 0, 1, 0, ..] => Some("image/x-icon"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => is_svg(bytes).then_some("image/svg+xml"),
    }
}

/// Whether these bytes are a document whose first element is `svg`: before it stand a declaration, comments, a document
/// type and white space at most.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = match rest {
            rest if rest.starts_with("<?") => "?>",
            rest if rest.starts_with("<!--") => "-->",
            rest if rest.starts_with("<!DOCTYPE") => ">",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    rest.strip_prefix("<svg").is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_the_format() {
        for (bytes, media_type) in [
            (b"\x89PNG\r\n\x1a\n....".to_vec(), "image/png"),
            (b"\0\0\x01\0\x01\0".to_vec(), "image/x-icon"),
            (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), "image/webp"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "image/svg+xml"),
            (b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- a logo -->\n<!DOCTYPE svg>\n<svg>".to_vec(), "image/svg+xml"),
        ] {
            assert_eq!(Image::parse(bytes).map(|image| image.media_type()), Ok(media_type));
        }
        for other in
            ["", "<html><svg>", "GIF89a", "<svgx>", "<?xml", "<!-- <svg> -->", "<script>alert(1)</script><svg>"]
        {
            assert_eq!(Image::parse(other.as_bytes().to_vec()), Err(ImageError::Format), "{other}");
        }
    }

    #[test]
    fn large_images_are_refused() {
        let image = |size: usize| {
            let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
            bytes.resize(size, 0);
            Image::parse(bytes).map(|image| image.bytes().len())
        };
        assert_eq!(image(MAX_BYTES), Ok(MAX_BYTES));
        assert_eq!(image(MAX_BYTES + 1), Err(ImageError::TooLarge));
    }
}
