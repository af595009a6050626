//! The master key file.
//!
//! Its first line is the current key. The other lines are retired keys, which unexpired emails were made with. Empty
//! lines and lines that begin with `#` are ignored. To rotate the key, insert a new one as the first line, and remove
//! the last line when the emails made with it have expired.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::one_time_token::master_key::{MasterKey, MasterKeyError};
use crate::ports::Entropy;
use crate::service::MasterKeys;
use crate::system::secret_file::exposed_mode;

/// The master key file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MasterKeyFile {
    /// A file that must exist.
    Existing(PathBuf),
    /// A file that is created with a new key if it does not exist.
    MadeWhenMissing(PathBuf),
}

/// The keys in a file.
#[derive(Debug, Clone)]
pub struct LoadedKeys {
    /// The keys.
    pub keys: MasterKeys,
    /// Whether the file was created: links emailed with an earlier key do not work then.
    pub is_new: bool,
    /// The file's permissions, if other users of this machine can read it ([`exposed_mode`]). They could forge every link.
    pub exposed_mode: Option<u32>,
}

/// Why the master key cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyFileError {
    /// The file cannot be read.
    #[error("cannot read the master key from `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file must exist and does not.
    #[error(
        "the master key file `{}` does not exist; create it with: (umask 077; head -c 32 /dev/urandom | basenc --base64url | \
         tr -d = > FILE)", path.display()
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be created.
    #[error("cannot write the master key to `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A line is not a key.
    #[error("`{}`, line {line}: not a master key", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line's number.
        line: usize,
        /// Why.
        #[source]
        source: MasterKeyError,
    },
    /// The file contains no key.
    #[error("`{}` does not contain a master key", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

impl MasterKeyFile {
    /// Returns the path.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Existing(path) | Self::MadeWhenMissing(path) => path,
        }
    }

    /// Reads the keys, and creates the file if it does not exist and may be created: readable by its owner only, and
    /// the same for processes that start at the same time. Blocks briefly; call it at start-up.
    ///
    /// # Errors
    /// [`MasterKeyFileError`] if the file cannot be read or created, or its content is not valid.
    pub fn load(&self, entropy: &dyn Entropy) -> Result<LoadedKeys, MasterKeyFileError> {
        let path = self.path();
        if let Some(keys) = read(path)? {
            return Ok(LoadedKeys { keys, is_new: false, exposed_mode: exposed_mode(path) });
        }
        let key = match self {
            Self::Existing(path) => return Err(MasterKeyFileError::Missing { path: path.clone() }),
            Self::MadeWhenMissing(_) => MasterKey::generate(entropy),
        };
        make(path, &key).map_err(|source| MasterKeyFileError::Write { path: path.to_owned(), source })?;
        // Use the key in the file: another process may have created it first.
        let keys = read(path)?.ok_or_else(|| MasterKeyFileError::Empty { path: path.to_owned() })?;
        Ok(LoadedKeys { keys, is_new: true, exposed_mode: exposed_mode(path) })
    }
}

fn read(path: &Path) -> Result<Option<MasterKeys>, MasterKeyFileError> {
    let failed = |source| MasterKeyFileError::Read { path: path.to_owned(), source };
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut keys = Vec::new();
    // Some editors put a mark before the text.
    for (index, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let error = |source| MasterKeyFileError::Line { path: path.to_owned(), line: index + 1, source };
        keys.push(MasterKey::parse(line).map_err(error)?);
    }
    let mut keys = keys.into_iter();
    let current = keys.next().ok_or_else(|| MasterKeyFileError::Empty { path: path.to_owned() })?;
    Ok(Some(MasterKeys { current, retired: keys.collect() }))
}

/// Creates the file atomically, readable by its owner only. Keeps an existing one.
fn make(path: &Path, key: &MasterKey) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    make_directory(directory)?;
    // The key's id is random, so no two processes use the same name.
    let draft = directory.join(format!(".master-{}.part", key.id()));
    let made = write_new(&draft, key).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // The file system has no hard links.
        Err(error) if error.kind() != io::ErrorKind::NotFound => write_new(path, key),
        linked => linked,
    });
    let cleared = fs::remove_file(&draft);
    made.and(cleared)?;
    sync_directory(directory)
}

fn write_new(path: &Path, key: &MasterKey) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(key.expose().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Syncs the directory, so that the file survives a power failure: a lost key would invalidate every emailed link.
fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;
    use crate::testing::SeededEntropy;

    fn beside(directory: &Path) -> MasterKeyFile {
        MasterKeyFile::MadeWhenMissing(directory.join("data/master.key"))
    }

    fn names(directory: &Path) -> Vec<String> {
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_key_is_created_once_and_then_read() {
        let directory = tempfile::tempdir().unwrap();
        let made = beside(directory.path()).load(&SeededEntropy::new(1)).unwrap();
        let read = beside(directory.path()).load(&SeededEntropy::new(2)).unwrap();
        assert_eq!(made.keys.current.id(), read.keys.current.id());
        assert!(made.is_new && !read.is_new);
        assert_eq!(read.exposed_mode, None);
        assert_eq!(names(&directory.path().join("data")), ["master.key"]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let directory = tempfile::tempdir().unwrap();
        beside(directory.path()).load(&SeededEntropy::new(1)).unwrap();
        let mode = |path: &str| fs::metadata(directory.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("data/master.key"), 0o600);
        assert_eq!(mode("data"), 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_readable_by_others_is_reported() {
        use std::os::unix::fs::PermissionsExt;

        let directory = tempfile::tempdir().unwrap();
        let file = beside(directory.path());
        file.load(&SeededEntropy::new(1)).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o604)).unwrap();
        assert_eq!(file.load(&SeededEntropy::new(1)).unwrap().exposed_mode, Some(0o604));
    }

    #[test]
    fn processes_that_start_at_the_same_time_agree() {
        for round in 0..20 {
            let directory = tempfile::tempdir().unwrap();
            let barrier = Barrier::new(8);
            let ids: Vec<_> = std::thread::scope(|scope| {
                let start = |seed| {
                    let (barrier, directory) = (&barrier, directory.path());
                    scope.spawn(move || {
                        barrier.wait();
                        beside(directory).load(&SeededEntropy::new(seed)).unwrap().keys.current.id().to_owned()
                    })
                };
                let threads: Vec<_> = (0..8).map(|thread| start(round * 8 + thread)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
            assert_eq!(names(&directory.path().join("data")), ["master.key"]);
        }
    }

    #[test]
    fn a_required_file_is_never_created() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let error = MasterKeyFile::Existing(path.clone()).load(&SeededEntropy::new(1)).unwrap_err();
        assert!(matches!(error, MasterKeyFileError::Missing { .. }), "{error}");
        assert!(!path.exists());
    }

    #[test]
    fn additional_lines_are_retired_keys() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let keys: Vec<_> = (0..3).map(|seed| MasterKey::generate(&SeededEntropy::new(seed))).collect();
        let text =
            format!("\u{FEFF}{}\n\n# until May\n{}\n{}", *keys[0].expose(), *keys[1].expose(), *keys[2].expose());
        fs::write(&path, text).unwrap();
        let read = MasterKeyFile::Existing(path).load(&SeededEntropy::new(9)).unwrap();
        assert_eq!(read.keys.current.id(), keys[0].id());
        let retired: Vec<_> = read.keys.retired.iter().map(MasterKey::id).collect();
        assert_eq!(retired, [keys[1].id(), keys[2].id()]);
    }

    #[test]
    fn invalid_keys_are_reported_by_line_and_not_repeated() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let key = MasterKey::generate(&SeededEntropy::new(1));
        fs::write(&path, format!("{}\nalmost-a-secret\n", *key.expose())).unwrap();
        let error = MasterKeyFile::Existing(path.clone()).load(&SeededEntropy::new(1)).unwrap_err();
        assert!(error.to_string().ends_with("line 2: not a master key"), "{error}");
        assert!(!format!("{error:?}").contains("almost"), "{error:?}");
        fs::write(&path, "\n").unwrap();
        let error = MasterKeyFile::Existing(path).load(&SeededEntropy::new(1)).unwrap_err();
        assert!(matches!(error, MasterKeyFileError::Empty { .. }), "{error}");
    }
}
