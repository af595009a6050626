//! The limit on open files: connections are files, too.

/// Files besides connections to clients and to the database: the database's files, emails, the log, webhooks, and
/// connections that are being closed.
const OTHER_FILES: u64 = 192;

/// Raises the limit as far as the operating system allows without special rights. Returns it, or `None` if there is
/// none.
#[cfg(unix)]
pub(super) fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum,
        // Some systems report no limit but refuse to set that. The current limit is usually enough.
        Err(_) => current,
    }
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) const fn raise() -> Option<u64> {
    None
}

/// Returns how many connections to clients leave enough files for everything else, at most as many as wanted.
pub(super) fn connections_within(files: Option<u64>, wanted: usize, database_connections: u32) -> usize {
    let Some(files) = files else { return wanted };
    let others = OTHER_FILES + u64::from(database_connections);
    // If there is hardly room for other files, half of the limit goes to connections.
    let possible = files.saturating_sub(others).max(files / 2);
    usize::try_from(possible).map_or(wanted, |possible| possible.min(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_other_files() {
        assert_eq!(connections_within(None, 1_024, 20), 1_024);
        assert_eq!(connections_within(Some(65_536), 1_024, 20), 1_024);
        assert_eq!(connections_within(Some(1_024), 1_024, 20), 812);
        assert_eq!(connections_within(Some(256), 1_024, 20), 128);
    }

    #[cfg(unix)]
    #[test]
    fn the_limit_is_what_the_system_grants() {
        use rustix::process::{Resource, getrlimit};

        assert_eq!(raise(), getrlimit(Resource::Nofile).maximum);
    }
}
