//! Writing files atomically.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A temporary file older than this was left behind by a crash. Writing an email takes seconds.
const LEFT_BEHIND: Duration = Duration::from_mins(10);

/// Ends the names of mails.
pub(super) const EXTENSION: &str = "eml";

/// A directory of mails.
#[derive(Debug)]
pub(super) struct Directory {
    path: PathBuf,
    /// Makes temporary names unique within the process; they also contain the process id.
    counter: AtomicU64,
    synchronisation: Synchronisation,
}

/// Syncs of a directory, shared by all tasks that wait for one.
#[derive(Debug, Default)]
struct Synchronisation {
    /// How many have started.
    begun: AtomicU64,
    /// Number of the last one that succeeded. Locked during a sync.
    done: Mutex<u64>,
}

impl Directory {
    /// Creates the directory if it does not exist, and deletes temporary files that crashes have left.
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        make(&path)?;
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let name = entry.file_name();
            let hidden = name.to_str().is_some_and(|name| name.starts_with('.'));
            let passing = hidden && Path::new(&name).extension().is_some_and(|extension| extension == "tmp");
            if passing && entry.metadata().is_ok_and(|data| is_left_behind(&data)) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(Self { path, counter: AtomicU64::new(0), synchronisation: Synchronisation::default() })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes `{name}.eml`, replacing an existing one. Returns when file and name are on disk.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let (mut file, passing) = self.create(name)?;
        let target = self.path.join(format!("{name}.{EXTENSION}"));
        let written = file.write_all(bytes).and_then(|()| file.sync_data()).and_then(|()| fs::rename(&passing, target));
        if let Err(error) = written {
            // If this fails, the next start deletes it.
            let _ = fs::remove_file(&passing);
            return Err(error);
        }
        self.synchronisation.after_change(&self.path)
    }

    /// Creates a file with a unique name that is not mistaken for an email.
    fn create(&self, name: &str) -> io::Result<(File, PathBuf)> {
        loop {
            let number = self.counter.fetch_add(1, Ordering::Relaxed);
            let path = self.path.join(format!(".{name}.{}-{number}.tmp", std::process::id()));
            match private_file().open(&path) {
                Ok(file) => return Ok((file, path)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Synchronisation {
    /// Returns after a sync of the directory that started after this call.
    fn after_change(&self, directory: &Path) -> io::Result<()> {
        let begun = self.begun.load(Ordering::SeqCst);
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if *done > begun {
            return Ok(());
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        synchronise(directory)?;
        *done = number;
        Ok(())
    }
}

fn is_left_behind(data: &fs::Metadata) -> bool {
    data.modified().ok().and_then(|time| time.elapsed().ok()).is_some_and(|age| age > LEFT_BEHIND)
}

/// Creates a directory with its parents, and syncs their names.
fn make(path: &Path) -> io::Result<()> {
    let missing: Vec<_> = path.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
    private_directory().create(path)?;
    for path in missing {
        match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => synchronise(parent)?,
            _ => synchronise(Path::new("."))?,
        }
    }
    Ok(())
}

fn private_directory() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Syncs the names in a directory. Opens the directory again, because it may have been replaced.
#[cfg(unix)]
fn synchronise(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// On systems where a directory cannot be opened, the file system takes care of names.
#[cfg(not(unix))]
fn synchronise(_directory: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_left_by_a_crash_are_removed() {
        let root = tempfile::tempdir().unwrap();
        let old = root.path().join(".a.1-0.tmp");
        let fresh = root.path().join(".b.1-0.tmp");
        let mail = root.path().join("c.eml");
        for path in [&old, &fresh, &mail] {
            let file = File::create(path).unwrap();
            if path != &fresh {
                file.set_modified(std::time::UNIX_EPOCH).unwrap();
            }
        }
        Directory::open(root.path().to_owned()).unwrap();
        assert_eq!([old.exists(), fresh.exists(), mail.exists()], [false, true, true]);
    }

    #[test]
    fn a_temporary_name_in_use_is_skipped() {
        let root = tempfile::tempdir().unwrap();
        let directory = Directory::open(root.path().to_owned()).unwrap();
        let taken = root.path().join(format!(".a.{}-0.tmp", std::process::id()));
        fs::write(&taken, "another's").unwrap();
        directory.write("a", b"mail").unwrap();
        assert_eq!(fs::read(root.path().join("a.eml")).unwrap(), b"mail");
        assert_eq!(fs::read(taken).unwrap(), b"another's");
    }

    #[test]
    fn a_sync_covers_all_writes_that_preceded_it() {
        let root = tempfile::tempdir().unwrap();
        let synchronisation = Synchronisation::default();
        synchronisation.after_change(root.path()).unwrap();
        assert_eq!(synchronisation.begun.load(Ordering::SeqCst), 1);
        // One that began earlier is not enough for a change made now.
        synchronisation.after_change(root.path()).unwrap();
        assert_eq!(synchronisation.begun.load(Ordering::SeqCst), 2);
        // One that began and ended since is.
        *synchronisation.done.lock().unwrap() = 3;
        synchronisation.after_change(Path::new("/nowhere")).unwrap();
    }
}
