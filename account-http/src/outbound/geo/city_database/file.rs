//! Reading a whole file, and noticing that it is another one.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use super::error::CityDatabaseError;

/// No database of cities is larger.
const MAX_BYTES: u64 = 1 << 30;

/// What tells a file from the one that was there before: a new file has another number, one that was written to another
/// time or size. A program that writes to a file can set its time back (`rsync --times --inplace`), but not that of its last
/// change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    number: Option<Number>,
}

/// Numbers of device and file, and the time of the last change in seconds and nanoseconds.
type Number = (u64, u64, i64, i64);

impl Stamp {
    /// Returns the stamp of the file at a path.
    pub(super) fn of(path: &Path) -> Result<Self, CityDatabaseError> {
        let metadata = std::fs::metadata(path).map_err(CityDatabaseError::Unreadable)?;
        if metadata.is_file() { Ok(Self::from(&metadata)) } else { Err(CityDatabaseError::NotAFile) }
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), modified: metadata.modified().ok(), number: number(metadata) }
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no number")]
fn number(metadata: &Metadata) -> Option<Number> {
    use std::os::unix::fs::MetadataExt;

    Some((metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<Number> {
    None
}

/// Reads a file, unless it changes meanwhile.
pub(super) fn read(path: &Path) -> Result<(Stamp, Vec<u8>), CityDatabaseError> {
    // Before it is opened: opening a pipe would wait for a writer.
    let expected = Stamp::of(path)?;
    if expected.bytes > MAX_BYTES {
        return Err(CityDatabaseError::TooLarge);
    }
    let file = File::open(path).map_err(CityDatabaseError::Unreadable)?;
    let mut bytes = Vec::with_capacity(usize::try_from(expected.bytes).unwrap_or_default());
    (&file).take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(CityDatabaseError::Unreadable)?;
    let stamp = Stamp::from(&file.metadata().map_err(CityDatabaseError::Unreadable)?);
    let is_whole = u64::try_from(bytes.len()).is_ok_and(|read| read == stamp.bytes);
    if is_whole && stamp == expected { Ok((stamp, bytes)) } else { Err(CityDatabaseError::Changed) }
}
