//! One limit that is watched.

use std::collections::VecDeque;
use std::time::Duration;

use account_core::timestamp::Timestamp;

use super::networks::Networks;

/// More refusals than this within [`WINDOW`] are taken for an attack.
pub(super) const THRESHOLD: usize = 100;
/// The time in which refusals are counted, and the shortest time that an attack is taken to last.
const WINDOW: Duration = Duration::from_mins(5);
/// How often an attack that goes on is told again.
const REPEAT: Duration = Duration::from_mins(15);

/// The last refusals of a limit, and the attack that goes on, if any.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// In order; as many as it takes to know whether the threshold is exceeded.
    recent: VecDeque<Refusal>,
    attack: Option<Attack>,
}

#[derive(Debug, Clone, Copy)]
struct Refusal {
    at: Timestamp,
    /// A hash of the client's network, if that is known.
    network: Option<u64>,
}

#[derive(Debug)]
struct Attack {
    /// When the first of the refusals came that made it one.
    since: Timestamp,
    noticed: Timestamp,
    told: Timestamp,
    refused: u64,
    networks: Networks,
}

/// What there is to tell of a limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// An attack seems to have begun.
    Began(Figures),
    /// It goes on.
    GoesOn(Figures),
    /// It is over.
    Over(Figures),
}

/// The figures of an attack, from its beginning.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Figures {
    /// Requests that were refused.
    pub(super) refused: u64,
    /// Client networks that they came from, if any is known.
    pub(super) networks: Option<u64>,
    /// How long it has lasted.
    pub(super) seconds: u64,
}

impl Watched {
    /// The limit refuses a request. An earlier attack may turn out to be over, and another one to have begun.
    pub(super) fn refused(&mut self, network: Option<u64>, now: Timestamp) -> [Option<News>; 2] {
        let over = self.look(now);
        if self.recent.len() > THRESHOLD {
            self.recent.pop_front();
        }
        self.recent.push_back(Refusal { at: now, network });
        if let Some(attack) = &mut self.attack {
            attack.add(network);
            let is_due = now.since(attack.told) >= REPEAT;
            if is_due {
                attack.told = now;
            }
            return [over, is_due.then(|| News::GoesOn(attack.figures(now)))];
        }
        let first = self.recent.front().filter(|first| is_recent(first, now) && self.recent.len() > THRESHOLD);
        let Some(first) = first else { return [over, None] };
        let mut attack = Attack { since: first.at, noticed: now, told: now, refused: 0, networks: Networks::default() };
        for refusal in &self.recent {
            attack.add(refusal.network);
        }
        let figures = attack.figures(now);
        self.attack = Some(attack);
        [over, Some(News::Began(figures))]
    }

    /// Ends the attack if at most half of the threshold were refused lately: one that goes up and down around the
    /// threshold is one attack.
    pub(super) fn look(&mut self, now: Timestamp) -> Option<News> {
        self.cap(now);
        let recent = self.recent.iter().rev().take_while(|refusal| is_recent(refusal, now)).count();
        let is_over = |attack: &mut Attack| recent <= THRESHOLD / 2 && now.since(attack.noticed) >= WINDOW;
        let attack = self.attack.take_if(is_over)?;
        Some(News::Over(attack.figures(now)))
    }

    #[cfg(test)]
    pub(super) fn is_attacked(&self) -> bool {
        self.attack.is_some()
    }

    /// Takes what is later than now for now: the clock was set back.
    fn cap(&mut self, now: Timestamp) {
        for refusal in self.recent.iter_mut().rev().take_while(|refusal| refusal.at > now) {
            refusal.at = now;
        }
        if let Some(attack) = &mut self.attack {
            for time in [&mut attack.since, &mut attack.noticed, &mut attack.told] {
                *time = (*time).min(now);
            }
        }
    }
}

impl Attack {
    fn add(&mut self, network: Option<u64>) {
        self.refused += 1;
        if let Some(network) = network {
            self.networks.add(network);
        }
    }

    fn figures(&self, now: Timestamp) -> Figures {
        let seconds = now.since(self.since).as_secs();
        Figures { refused: self.refused, networks: self.networks.count(), seconds }
    }
}

fn is_recent(refusal: &Refusal, now: Timestamp) -> bool {
    now.since(refusal.at) < WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_unix_micros(1_767_225_600_000_000);
    const SECOND: Duration = Duration::from_secs(1);
    const HALF: usize = THRESHOLD / 2;

    /// Refuses that many requests of that many networks at a time, and returns what is told.
    fn refuse(watched: &mut Watched, count: usize, networks: u64, now: Timestamp) -> Vec<News> {
        let refused = (0_u64..).take(count).flat_map(|number| watched.refused(Some(number % networks), now));
        refused.flatten().collect()
    }

    fn figures(refused: u64, networks: u64, seconds: u64) -> Figures {
        Figures { refused, networks: Some(networks), seconds }
    }

    #[test]
    fn as_many_as_the_threshold_are_no_attack_and_one_more_is() {
        let mut watched = Watched::default();
        assert_eq!(refuse(&mut watched, THRESHOLD, 3, START), []);
        let end = START + WINDOW - Duration::from_micros(1);
        assert_eq!(refuse(&mut watched, 1, 1, end), [News::Began(figures(101, 3, 299))]);
        let mut watched = Watched::default();
        refuse(&mut watched, THRESHOLD, 3, START);
        assert_eq!(refuse(&mut watched, 1, 1, START + WINDOW), [], "the first have left the window");
    }

    #[test]
    fn refusals_that_come_slowly_are_never_an_attack() {
        let mut watched = Watched::default();
        for number in 0..10_000 {
            // One hundred in five minutes.
            assert_eq!(refuse(&mut watched, 1, 1, START + number * 3 * SECOND), [], "{number}");
        }
    }

    #[test]
    fn an_attack_is_told_once_in_fifteen_minutes_while_it_goes_on() {
        let mut watched = Watched::default();
        let mut told = Vec::new();
        for second in 0..3_600 {
            told.extend(refuse(&mut watched, 1, 50, START + second * SECOND));
            assert!(watched.recent.len() <= THRESHOLD + 1);
        }
        let expected = [
            News::Began(figures(101, 1, 100)),
            News::GoesOn(figures(1_001, 1, 1_000)),
            News::GoesOn(figures(1_901, 1, 1_900)),
            News::GoesOn(figures(2_801, 1, 2_800)),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn it_is_over_when_at_most_half_of_the_threshold_come_in_the_window() {
        let mut watched = Watched::default();
        assert_eq!(refuse(&mut watched, THRESHOLD + 1, 7, START).len(), 1);
        let later = START + WINDOW;
        assert_eq!(refuse(&mut watched, HALF + 1, 1, later - SECOND), []);
        assert_eq!(watched.look(later), None, "more than half");
        let end = later - SECOND + WINDOW;
        assert_eq!(watched.look(end - Duration::from_micros(1)), None);
        assert_eq!(watched.look(end), Some(News::Over(figures(152, 7, 599))));
        assert_eq!(watched.look(end), None, "told once");
    }

    #[test]
    fn it_lasts_a_window_at_least_so_that_it_does_not_begin_again_and_again() {
        let mut watched = Watched::default();
        refuse(&mut watched, THRESHOLD - 10, 1, START);
        let noticed = START + WINDOW - SECOND;
        assert_eq!(refuse(&mut watched, 11, 1, noticed).len(), 1);
        assert_eq!(watched.look(noticed + SECOND), None, "eleven are left, but it was noticed a second ago");
        assert!(matches!(watched.look(noticed + WINDOW), Some(News::Over(_))));
    }

    #[test]
    fn an_attack_that_nobody_saw_end_is_over_at_the_next_refusal() {
        let mut watched = Watched::default();
        refuse(&mut watched, THRESHOLD + 1, 1, START);
        let next_day = START + Duration::from_hours(24);
        assert_eq!(refuse(&mut watched, 1, 1, next_day), [News::Over(figures(101, 1, 86_400))]);
        assert_eq!(refuse(&mut watched, THRESHOLD - 1, 1, next_day), []);
        assert_eq!(refuse(&mut watched, 1, 2, next_day), [News::Began(figures(101, 1, 0))]);
    }

    #[test]
    fn clients_without_a_known_network_count_as_none() {
        let mut watched = Watched::default();
        let told: Vec<_> = (0..=THRESHOLD).flat_map(|_| watched.refused(None, START)).flatten().collect();
        assert_eq!(told, [News::Began(Figures { refused: 101, networks: None, seconds: 0 })]);
    }

    #[test]
    fn a_clock_that_is_set_back_neither_begins_an_attack_nor_keeps_one() {
        let mut watched = Watched::default();
        refuse(&mut watched, THRESHOLD + 1, 1, START);
        let earlier = START - Duration::from_hours(1);
        assert_eq!(watched.look(earlier), None);
        assert!(matches!(watched.look(earlier + WINDOW), Some(News::Over(_))));
        let mut watched = Watched::default();
        refuse(&mut watched, THRESHOLD, 1, START);
        assert_eq!(refuse(&mut watched, 0, 1, earlier), []);
        assert_eq!(watched.look(earlier), None);
        assert_eq!(refuse(&mut watched, THRESHOLD, 1, earlier + WINDOW), [], "the earlier ones have left the window");
    }
}
