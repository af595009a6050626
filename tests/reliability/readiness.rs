//! How long restarts take.

use std::time::{Duration, Instant};

use account_tests::exchange;
use tokio::time::{sleep, timeout};

const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(5);

/// Waits until the process at that port says that it is ready; returns how long that took.
pub(crate) async fn wait(port: u16) -> Duration {
    let begun = Instant::now();
    let ready = async {
        while !exchange(port, "GET", "/health/readiness", &[], "").await.is_ok_and(|reply| reply.status == 204) {
            sleep(PAUSE).await;
        }
    };
    timeout(PATIENCE, ready).await.expect("the service becomes ready within a minute");
    begun.elapsed()
}

/// Median and longest of some times, in words.
pub(crate) fn summary(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    match (sorted.get(sorted.len() / 2), sorted.last()) {
        (Some(median), Some(longest)) => format!("{} / {} ms", median.as_millis(), longest.as_millis()),
        _ => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::summary;

    #[test]
    fn times_have_a_median_and_a_maximum() {
        let times = [90, 10, 20].map(Duration::from_millis);
        assert_eq!(summary(&times), "20 / 90 ms");
        assert_eq!(summary(&[]), "none");
    }
}
