//! When services could not be expected to register anybody.

use std::time::{Duration, Instant};

/// How long a service may take to recover from one.
const RECOVERY: Duration = Duration::from_secs(5);

/// The outages of all services.
#[derive(Debug, Default)]
pub(super) struct Outages(Vec<Outage>);

#[derive(Debug)]
struct Outage {
    service: usize,
    from: Instant,
    until: Instant,
}

impl Outages {
    /// Notes that the server of that service was lost, and when it or another one took writes.
    pub(super) fn note(&mut self, service: usize, lost: Instant, writable: Instant) {
        self.0.push(Outage { service, from: lost, until: writable + RECOVERY });
    }

    /// Whether a request to that service that took from `begun` to `ended` can be refused because of one of them.
    pub(super) fn explain(&self, service: usize, begun: Instant, ended: Instant) -> bool {
        self.0.iter().any(|outage| outage.service == service && begun <= outage.until && ended >= outage.from)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Outages;

    #[test]
    fn only_an_outage_of_the_same_service_and_time_explains_a_refusal() {
        let (lost, second) = (Instant::now(), Duration::from_secs(1));
        let mut outages = Outages::default();
        outages.note(1, lost, lost + second);
        let before = lost.checked_sub(second).unwrap();
        for (service, begun, ended, is_explained) in [
            (1, before, lost + second, true),
            (1, before, before + second / 2, false),
            (1, lost + 6 * second, lost + 9 * second, true),
            (1, lost + 7 * second, lost + 9 * second, false),
            (2, lost, lost + second, false),
        ] {
            assert_eq!(outages.explain(service, begun, ended), is_explained, "{service}, {begun:?}, {ended:?}");
        }
    }
}
