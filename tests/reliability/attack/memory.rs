//! The service's memory.

use std::time::Duration;

use account_tests::Service;
use tokio::time::sleep;

/// The pause between two measurements.
const PAUSE: Duration = Duration::from_millis(50);

/// Returns the maximum resident memory during the work, in MiB.
pub(super) async fn peak_during<T>(service: &Service, work: impl Future<Output = T>) -> (T, u64) {
    let (mut work, mut peak) = (std::pin::pin!(work), resident_mib(service));
    loop {
        tokio::select! {
            done = &mut work => return (done, peak.max(resident_mib(service))),
            () = sleep(PAUSE) => peak = peak.max(resident_mib(service)),
        }
    }
}

/// Returns the current resident memory, in MiB.
pub(super) fn resident_mib(service: &Service) -> u64 {
    service.resident_kib().div_ceil(1_024)
}
