//! Who can read the file of a secret.

use std::path::Path;

/// Returns the permissions of a secret's file, if other users of this machine can read or replace what it contains. `None` also
/// if the file cannot be looked at.
///
/// Files that only the group `root` can read, besides their owner, are accepted: systemd hands over credentials in that way,
/// with an access list for the service alone.
#[cfg(unix)]
#[must_use]
pub fn exposed_mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;

    let metadata = std::fs::metadata(path).ok()?;
    exposing(metadata.mode(), metadata.gid())
}

/// Always `None`: there are no such permissions here.
#[cfg(not(unix))]
#[must_use]
pub fn exposed_mode(_: &Path) -> Option<u32> {
    None
}

#[cfg(unix)]
fn exposing(mode: u32, group: u32) -> Option<u32> {
    const ROOT: u32 = 0;
    let mode = mode & 0o777;
    let accepted = if group == ROOT { 0o740 } else { 0o700 };
    (mode & !accepted != 0).then_some(mode)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const GROUP: u32 = 1000;

    #[test]
    fn what_the_group_or_others_can_read_or_write_is_exposed() {
        for mode in [0o600, 0o400, 0o700] {
            assert_eq!(exposing(0o100_000 | mode, GROUP), None, "{mode:o}");
        }
        for mode in [0o640, 0o620, 0o604, 0o602, 0o440, 0o644] {
            assert_eq!(exposing(0o100_000 | mode, GROUP), Some(mode), "{mode:o}");
        }
    }

    #[test]
    fn the_group_root_may_read_and_no_more() {
        assert_eq!(exposing(0o440, 0), None);
        for mode in [0o460, 0o444] {
            assert_eq!(exposing(mode, 0), Some(mode), "{mode:o}");
        }
    }

    #[test]
    fn a_file_is_looked_at_and_one_that_is_not_there_exposes_nothing() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let set = |mode| fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        set(0o600);
        assert_eq!(exposed_mode(file.path()), None);
        set(0o604);
        assert_eq!(exposed_mode(file.path()), Some(0o604));
        assert_eq!(exposed_mode(Path::new("/nowhere/at/all")), None);
    }
}
