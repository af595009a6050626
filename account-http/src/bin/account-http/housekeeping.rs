//! Housekeeping by command; the worker does it every minute.

use account_core::housekeeping::{Housekeeping, Tidied};

use crate::error::CommandError;
use crate::output::print;

/// Deletes expired data, or prints what would be deleted.
///
/// # Errors
/// If the store fails.
pub(crate) async fn command(housekeeping: &Housekeeping, is_dry_run: bool) -> Result<(), CommandError> {
    let (tidied, verb) = if is_dry_run {
        (housekeeping.preview().await.map_err(CommandError::Work)?, "to delete")
    } else {
        (until_done(housekeeping).await?, "deleted")
    };
    if tidied.total() == 0 {
        print("Nothing to delete.\n");
    }
    for (what, count) in tidied.counts.iter().filter(|(_, count)| *count > 0) {
        print(&format!("{what}: {count} {verb}\n"));
    }
    Ok(())
}

/// Repeats until there is nothing left to delete.
async fn until_done(housekeeping: &Housekeeping) -> Result<Tidied, CommandError> {
    let mut all = housekeeping.tidy().await.map_err(CommandError::Work)?;
    while all.has_more {
        let next = housekeeping.tidy().await.map_err(CommandError::Work)?;
        for (sum, (_, count)) in all.counts.iter_mut().zip(&next.counts) {
            sum.1 += count;
        }
        all.has_more = next.has_more;
    }
    Ok(all)
}
