//! How many files the process may have open: connections are files, too.

/// Files beside connections to clients and to the database: the database's own, mails, the log, webhooks, connections
/// that are being closed.
const OTHER_FILES: u64 = 192;

/// Raises the limit to what the operating system grants without asking, and tells it; `None` when there is none.
#[cfg(unix)]
pub(super) fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum,
        // Some systems call it unlimited and refuse that: what holds is enough for most.
        Err(_) => current,
    }
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) const fn raise() -> Option<u64> {
    None
}

/// The connections to clients that leave room for everything else: as many as wanted, if the limit allows that.
pub(super) fn connections_within(files: Option<u64>, wanted: usize, database_connections: u32) -> usize {
    let Some(files) = files else { return wanted };
    let others = OTHER_FILES + u64::from(database_connections);
    // Where there is hardly room for anything, half is better than nothing.
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
