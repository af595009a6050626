//! The languages that are compiled in.

/// English: every message, and what is said where a language has none.
pub(super) const ENGLISH: &str = "en";

/// A file's name and its text.
type File = (&'static str, &'static str);

/// All files of one language. Together they are one catalog: a key exists once.
macro_rules! files {
    ($tag:literal) => {
        (
            $tag,
            [
                ("shared", include_str!(concat!("../../translations/", $tag, "/shared.ftl"))),
                ("mail", include_str!(concat!("../../translations/", $tag, "/mail.ftl"))),
                ("pages", include_str!(concat!("../../translations/", $tag, "/pages.ftl"))),
                ("profile", include_str!(concat!("../../translations/", $tag, "/profile.ftl"))),
                ("console", include_str!(concat!("../../translations/", $tag, "/console.ftl"))),
            ],
        )
    };
}

/// Every language's tag and files, English first.
pub(super) const LANGUAGES: [(&str, [File; 5]); 5] =
    [files!("en"), files!("de"), files!("fr"), files!("es"), files!("ar")];
