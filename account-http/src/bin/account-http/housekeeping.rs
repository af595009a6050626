//! Housekeeping: by a worker every minute, and by a command.

use std::sync::Arc;
use std::time::Duration;

use account_core::error_chain::chain;
use account_core::housekeeping::{Housekeeping, Tidied};
use account_http::metrics::Metrics;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::error::CommandError;
use crate::output::print;

/// Time from one look to the next.
const PAUSE: Duration = Duration::from_mins(1);

/// Tidies up now and then, until it is told to stop.
pub(crate) async fn run(housekeeping: Housekeeping, metrics: Arc<Metrics>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = sleep(PAUSE) => {}
        }
        let tidied = housekeeping.tidy().await;
        if let Ok(tidied) = &tidied {
            metrics.count_removed(tidied);
        }
        match tidied {
            Ok(tidied) if tidied.total() == 0 => tracing::debug!(event = "housekeeping", "nothing to remove"),
            Ok(tidied) => {
                for (what, count) in tidied.counts.iter().filter(|(_, count)| *count > 0) {
                    tracing::info!(event = "housekeeping", what, count);
                }
            }
            // The next look may find the store again; nothing depends on when it is done.
            Err(error) => tracing::warn!(event = "housekeeping_failed", error = chain(&error)),
        }
    }
}

/// Tidies up once, or says what there would be to do.
///
/// # Errors
/// When the store fails.
pub(crate) async fn command(housekeeping: &Housekeeping, is_dry_run: bool) -> Result<(), CommandError> {
    let (tidied, verb) = if is_dry_run {
        (housekeeping.preview().await.map_err(CommandError::Work)?, "to remove")
    } else {
        (until_done(housekeeping).await?, "removed")
    };
    if tidied.total() == 0 {
        print("There is nothing to remove.\n");
    }
    for (what, count) in tidied.counts.iter().filter(|(_, count)| *count > 0) {
        print(&format!("{what}: {count} {verb}\n"));
    }
    Ok(())
}

/// One look after another, until there is nothing more.
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
