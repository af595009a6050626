//! Why a database cannot be used.

use maxminddb::MaxMindDbError;

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CityDatabaseError {
    /// The file cannot be read.
    #[error("cannot read the file")]
    Unreadable(#[source] std::io::Error),
    /// The path is that of a directory or something else.
    #[error("not a file")]
    NotAFile,
    /// The file is larger than any database of cities.
    #[error("larger than 1 GiB")]
    TooLarge,
    /// The file was written to while it was read.
    #[error("the file changed while it was read: replace it by renaming a complete file")]
    Changed,
    /// The file has another format, or is damaged.
    #[error("not a database in MaxMind's format (.mmdb), or a damaged one")]
    Damaged(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It is a database of something else, such as providers.
    #[error("a database of the type {0:?}, which says no countries: a database of cities or countries is needed")]
    OtherKind(String),
}

impl From<MaxMindDbError> for CityDatabaseError {
    fn from(error: MaxMindDbError) -> Self {
        Self::Damaged(error.into())
    }
}
