//! The file of the master key.
//!
//! Its first line is the key in use; the following lines are retired keys, under which unexpired mails were still
//! made. Empty lines and lines that begin with `#` do not count.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use account_core::one_time_token::master_key::{MasterKey, MasterKeyError};
use account_core::ports::Entropy;
use account_core::service::MasterKeys;
use zeroize::Zeroizing;

use crate::config::MasterKeyFile;

/// The master key cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MasterKeyFileError {
    /// The file cannot be read.
    #[error("the master key cannot be read from `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A named file is not there.
    #[error(
        "`store.master_key_file` names `{}`, which is not there; make one: (umask 077; head -c 32 /dev/urandom | \
         basenc --base64url | tr -d = > FILE)", path.display()
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be made.
    #[error("the master key cannot be written to `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A line is no key.
    #[error("`{}`, line {line}, is no master key", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line's number.
        line: usize,
        /// Why.
        #[source]
        source: MasterKeyError,
    },
    /// There is no key in the file.
    #[error("`{}` holds no master key", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// Reads the master keys. Beside an embedded database, the file is made when it is missing.
///
/// # Errors
/// [`MasterKeyFileError`].
pub(crate) fn load(file: &MasterKeyFile, entropy: &dyn Entropy) -> Result<MasterKeys, MasterKeyFileError> {
    match file {
        MasterKeyFile::Named(path) => match read(path)? {
            Some(keys) => Ok(keys),
            None => Err(MasterKeyFileError::Missing { path: path.clone() }),
        },
        MasterKeyFile::BesideDatabase(path) => {
            if let Some(keys) = read(path)? {
                return Ok(keys);
            }
            let key = MasterKey::generate(entropy);
            make(path, &key).map_err(|source| MasterKeyFileError::Write { path: path.clone(), source })?;
            // What is in the file holds: another process may have been faster.
            read(path)?.ok_or_else(|| MasterKeyFileError::Empty { path: path.clone() })
        }
    }
}

fn read(path: &Path) -> Result<Option<MasterKeys>, MasterKeyFileError> {
    let failed = |source| MasterKeyFileError::Read { path: path.to_owned(), source };
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    warn_if_others_can_read(path);
    let mut keys = Vec::new();
    for (index, line) in text.lines().enumerate() {
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

/// Makes the file, whole from its first moment on and readable by its owner only. One that is there stays.
fn make(path: &Path, key: &MasterKey) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    make_directory(directory)?;
    // The key's id is as random as the key: no two processes use the same name.
    let draft = directory.join(format!(".master-{}.part", key.id()));
    let made = write_new(&draft, key).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // A file system without hard links.
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

/// Makes the file's name survive a power cut: a key that is lost voids every link that was mailed under it.
fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn warn_if_others_can_read(path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    if mode & 0o077 != 0 {
        tracing::warn!(
            event = "master_key_exposed",
            path = %path.display(),
            mode = format_args!("{:03o}", mode & 0o777),
            "others on this machine can read the master key, and with it make every link: chmod 600"
        );
    }
}

#[cfg(not(unix))]
fn warn_if_others_can_read(_: &Path) {}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use account_core::testing::SeededEntropy;

    use super::*;

    fn beside(directory: &Path) -> MasterKeyFile {
        MasterKeyFile::BesideDatabase(directory.join("data/master.key"))
    }

    fn names(directory: &Path) -> Vec<String> {
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_key_is_made_once_and_then_read() {
        let directory = tempfile::tempdir().unwrap();
        let made = load(&beside(directory.path()), &SeededEntropy::new(1)).unwrap();
        let read = load(&beside(directory.path()), &SeededEntropy::new(2)).unwrap();
        assert_eq!(made.current.id(), read.current.id());
        assert_eq!(names(&directory.path().join("data")), ["master.key"]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let directory = tempfile::tempdir().unwrap();
        load(&beside(directory.path()), &SeededEntropy::new(1)).unwrap();
        let mode = |path: &str| fs::metadata(directory.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("data/master.key"), 0o600);
        assert_eq!(mode("data"), 0o700);
    }

    #[test]
    fn processes_that_start_at_once_agree() {
        for round in 0..20 {
            let directory = tempfile::tempdir().unwrap();
            let barrier = Barrier::new(8);
            let ids: Vec<_> = std::thread::scope(|scope| {
                let start = |seed| {
                    let (barrier, directory) = (&barrier, directory.path());
                    scope.spawn(move || {
                        barrier.wait();
                        load(&beside(directory), &SeededEntropy::new(seed)).unwrap().current.id().to_owned()
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
    fn a_named_file_is_never_made() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let error = load(&MasterKeyFile::Named(path.clone()), &SeededEntropy::new(1)).unwrap_err();
        assert!(matches!(error, MasterKeyFileError::Missing { .. }), "{error}");
        assert!(!path.exists());
    }

    #[test]
    fn further_lines_are_retired_keys() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let keys: Vec<_> = (0..3).map(|seed| MasterKey::generate(&SeededEntropy::new(seed))).collect();
        let text = format!("{}\n\n# until May\n{}\n{}", *keys[0].expose(), *keys[1].expose(), *keys[2].expose());
        fs::write(&path, text).unwrap();
        let read = load(&MasterKeyFile::Named(path), &SeededEntropy::new(9)).unwrap();
        assert_eq!(read.current.id(), keys[0].id());
        let retired: Vec<_> = read.retired.iter().map(MasterKey::id).collect();
        assert_eq!(retired, [keys[1].id(), keys[2].id()]);
    }

    #[test]
    fn what_is_no_key_is_named_by_its_line_and_not_repeated() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key");
        let key = MasterKey::generate(&SeededEntropy::new(1));
        fs::write(&path, format!("{}\nalmost-a-secret\n", *key.expose())).unwrap();
        let error = load(&MasterKeyFile::Named(path.clone()), &SeededEntropy::new(1)).unwrap_err();
        assert!(error.to_string().ends_with("line 2, is no master key"), "{error}");
        assert!(!format!("{error:?}").contains("almost"), "{error:?}");
        fs::write(&path, "\n").unwrap();
        let error = load(&MasterKeyFile::Named(path), &SeededEntropy::new(1)).unwrap_err();
        assert!(matches!(error, MasterKeyFileError::Empty { .. }), "{error}");
    }
}
