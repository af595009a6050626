//! The position of an import, stored beside its file until the import is done.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file::beside;

/// Number of bytes at the start of a file that identify it.
const HEAD: u64 = 65_536;

/// The position of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Identifies the file.
    file: Fingerprint,
    /// Digest of the options.
    options: String,
    /// Number of bytes processed.
    pub(super) offset: u64,
    /// Number of lines processed.
    pub(super) line: u64,
    /// Number of bytes that the file with the skipped lines had.
    pub(super) skipped: u64,
    /// The results so far.
    pub(super) tally: Tally,
}

/// An interrupted import of the file had other options. They decide which accounts are verified, so that two of them must
/// not be mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an interrupted import of this file had other options: use the same again, or start over with --restart")]
pub(super) struct OtherOptions;

/// What happened to the lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Accounts that were created.
    pub(super) imported: u64,
    /// Accounts that already existed.
    pub(super) already_there: u64,
    /// Lines that were skipped.
    pub(super) refused: u64,
    /// Accounts that were created without some details.
    #[serde(default)]
    pub(super) in_part: u64,
    /// Accounts whose address an earlier line of the file has. They count as accounts that already existed.
    #[serde(default)]
    pub(super) repeated: u64,
    /// Lines that were skipped with the one before them, because nobody knows where a quote ends.
    #[serde(default)]
    pub(super) unread_lines: u64,
}

impl Tally {
    /// Returns how many accounts of the file were processed.
    pub(super) const fn total(self) -> u64 {
        self.imported + self.already_there + self.refused
    }
}

/// Identifies a file by its length and its first bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Fingerprint {
    length: u64,
    head: String,
}

impl Position {
    /// Reads the start of a file, which is imported with these options.
    pub(super) fn beginning_of(file: &Path, options: &[u8]) -> io::Result<Self> {
        let opened = File::open(file)?;
        let length = opened.metadata()?.len();
        let mut head = Vec::new();
        opened.take(HEAD).read_to_end(&mut head)?;
        let digest = |bytes: &[u8]| Base64UrlUnpadded::encode_string(&Sha256::digest(bytes));
        let (file, options) = (Fingerprint { length, head: digest(&head) }, digest(options));
        Ok(Self { file, options, offset: 0, line: 0, skipped: 0, tally: Tally::default() })
    }

    /// Returns the position of an earlier, interrupted import of the same file.
    ///
    /// # Errors
    /// [`OtherOptions`].
    pub(super) fn left_at(&self, kept: &Path) -> Result<Option<Self>, OtherOptions> {
        let text = fs::read_to_string(kept).ok();
        let position = text.and_then(|text| serde_json::from_str::<Self>(&text).ok());
        match position.filter(|position| position.file == self.file) {
            Some(position) if position.options != self.options => Err(OtherOptions),
            position => Ok(position),
        }
    }

    /// Stores the position atomically: a reader finds either this position or the previous one.
    pub(super) fn keep(&self, kept: &Path) -> io::Result<()> {
        let new = beside(kept, ".new");
        fs::write(&new, serde_json::to_vec(self)?)?;
        fs::rename(new, kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_of_one_file_and_its_options_only() {
        let folder = tempfile::tempdir().unwrap();
        let [file, other, kept] = ["a.csv", "b.csv", "a.csv.progress"].map(|name| folder.path().join(name));
        fs::write(&file, "email\na@example.com\n").unwrap();
        fs::write(&other, "email\nb@example.com\n").unwrap();
        let beginning = Position::beginning_of(&file, b"verified").unwrap();
        assert_eq!(beginning.left_at(&kept), Ok(None));
        let position = Position { offset: 20, line: 2, ..beginning.clone() };
        position.keep(&kept).unwrap();
        assert_eq!(beginning.left_at(&kept), Ok(Some(position)));
        assert_eq!(Position::beginning_of(&other, b"verified").unwrap().left_at(&kept), Ok(None));
        assert_eq!(Position::beginning_of(&file, b"").unwrap().left_at(&kept), Err(OtherOptions));
        fs::write(&kept, "{").unwrap();
        assert_eq!(beginning.left_at(&kept), Ok(None));
    }
}
