//! Who gets a place in the hashing queue, and in which order: arithmetic without threads or a clock.
//!
//! A place is taken by a request that was admitted, waits for a worker, or is being computed. What is scarce is shared on
//! two levels. Each class of requests ([`Urgency`]) has a share of the places and of the workers' turns, and may use more
//! while the others leave room. Within a class, the client networks take turns, whatever each of them sends. One that has just
//! come is served before those that go on, as in FQ-CoDel (RFC 8290): a person with one request does not wait for a round
//! of everybody who sends many.

mod class;

use std::time::{Duration, Instant};

use crate::client::WideNetwork;
use crate::ports::{HashingRefusal, Overloaded, Urgency};
pub(super) use class::Place;
use class::{Class, Held, NEWCOMERS};

/// Shares of the classes, in the order of [`Urgency::ALL`]: sign-ins have half, the others a quarter each.
const SHARES: [usize; 3] = [2, 1, 1];
/// The sum of the shares.
const WHOLE: usize = 4;
/// What the spare worker does.
const URGENT: [Urgency; 2] = [Urgency::SignIn, Urgency::Completion];
/// How much one measurement moves the estimate of what a hash costs: one part in so many.
const INERTIA: u32 = 8;
/// What those are told who are refused before anything was measured.
const UNKNOWN_WAIT: Duration = Duration::from_secs(1);

/// All places, and the jobs `J` that wait in them.
#[derive(Debug)]
pub(super) struct Places<J> {
    workers: usize,
    /// How many places there are: of workers, and to wait in.
    capacity: usize,
    deadline: Duration,
    classes: [Class<J>; 3],
    /// Numbers the places in the order in which they were taken.
    next: u64,
    /// What a hash costs: a moving average of what was measured.
    cost: Option<Duration>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) why: HashingRefusal,
    pub(super) overloaded: Overloaded,
}

/// A place, and what had to leave for it.
#[derive(Debug)]
pub(super) struct Admitted<J> {
    pub(super) place: Place,
    /// The class of the one that lost its place, and its job if it had one already.
    pub(super) displaced: Option<(Urgency, Option<J>)>,
}

/// What a worker does next.
#[derive(Debug)]
pub(super) enum Next<J> {
    /// Nothing waits.
    Nothing,
    /// This is to be computed; then [`Places::finish`].
    Compute { place: Place, job: J, waited: Duration },
    /// This has waited too long; it has no place any more.
    Late { urgency: Urgency, job: J },
}

impl<J> Places<J> {
    pub(super) fn new(workers: usize, queue: usize, deadline: Duration) -> Self {
        Self {
            workers: workers.max(1),
            capacity: workers.saturating_add(queue),
            deadline,
            classes: std::array::from_fn(|_| Class::default()),
            next: 0,
            cost: None,
        }
    }

    pub(super) const fn workers(&self) -> usize {
        self.workers
    }

    pub(super) fn taken(&self) -> usize {
        self.classes.iter().map(|class| class.taken).sum()
    }

    pub(super) fn computing(&self) -> usize {
        self.classes.iter().map(|class| class.computing).sum()
    }

    /// How many jobs wait for a worker.
    pub(super) fn waiting(&self) -> usize {
        self.classes.iter().flat_map(|class| class.held.values()).map(|held| held.waiting.len()).sum()
    }

    /// Takes a place. Where all are taken, the newest of the network that holds most has to leave: if the newcomer's
    /// class has less than its share, or its network holds at least two places fewer.
    pub(super) fn admit(
        &mut self,
        urgency: Urgency,
        network: Option<WideNetwork>,
        now: Instant,
    ) -> Result<Admitted<J>, Refused> {
        let class = index(urgency);
        let displaced = self.to_displace(class, network)?.and_then(|heaviest| self.displace(heaviest));
        let place = Place { number: self.next, urgency, network, since: now };
        self.next += 1;
        if let Some(class) = self.classes.get_mut(class) {
            class.taken += 1;
            class.held.entry(network).or_default().admitted.insert(place.number);
        }
        Ok(Admitted { place, displaced })
    }

    /// Why there would be no place now.
    pub(super) fn foresee(&self, urgency: Urgency, network: Option<WideNetwork>) -> Option<Refused> {
        self.to_displace(index(urgency), network).err()
    }

    /// Who has to leave for a newcomer; nobody, while there is room.
    fn to_displace(
        &self,
        class: usize,
        network: Option<WideNetwork>,
    ) -> Result<Option<(usize, Option<WideNetwork>)>, Refused> {
        if network.is_some() && self.held_by(network) >= self.capacity.div_ceil(2).max(1) {
            return Err(self.refused(HashingRefusal::Network));
        }
        if self.is_hopeless(class, network) {
            return Err(self.refused(HashingRefusal::Deadline));
        }
        if self.taken() < self.capacity {
            return Ok(None);
        }
        self.heaviest(class, network).map(Some).ok_or_else(|| self.refused(HashingRefusal::Full))
    }

    /// Has the job wait in the place. The job comes back if the place was lost meanwhile.
    pub(super) fn put(&mut self, place: Place, job: J) -> Result<(), J> {
        let Some(class) = self.classes.get_mut(index(place.urgency)) else { return Err(job) };
        let Some(held) = class.held.get_mut(&place.network) else { return Err(job) };
        if !held.admitted.remove(&place.number) {
            return Err(job);
        }
        if held.waiting.is_empty() {
            let line = if held.is_served { &mut class.turns } else { &mut class.newcomers };
            line.push_back(place.network);
        }
        held.waiting.push_back((place, job));
        Ok(())
    }

    /// The next job. A worker has to finish what it takes.
    pub(super) fn take(&mut self, now: Instant) -> Next<J> {
        match self.next_class(&Urgency::ALL) {
            Some(chosen) => self.take_of(chosen, now),
            None => Next::Nothing,
        }
    }

    /// The next job of the spare worker: a sign-in or a completion, while registrations have all other workers.
    pub(super) fn take_spare(&mut self, now: Instant) -> Next<J> {
        match self.needs_spare().then(|| self.next_class(&URGENT)).flatten() {
            Some(chosen) => self.take_of(chosen, now),
            None => Next::Nothing,
        }
    }

    /// Whether the spare worker has something to do.
    pub(super) fn needs_spare(&self) -> bool {
        let is_urgent = |urgency: &Urgency| self.classes.get(index(*urgency));
        let mut urgent = URGENT.iter().filter_map(is_urgent);
        let [.., registrations] = &self.classes;
        registrations.computing >= self.workers
            && urgent.clone().all(|class| class.computing == 0)
            && urgent.any(Class::has_waiting)
    }

    fn take_of(&mut self, (index, urgency): (usize, Urgency), now: Instant) -> Next<J> {
        let Some(class) = self.classes.get_mut(index) else { return Next::Nothing };
        let Some((place, job)) = class.pop() else { return Next::Nothing };
        let waited = now.saturating_duration_since(place.since);
        if waited > self.deadline {
            class.give_back(place.network);
            return Next::Late { urgency, job };
        }
        if let Some(held) = class.held.get_mut(&place.network) {
            held.computing += 1;
        }
        class.computing += 1;
        Next::Compute { place, job, waited }
    }

    /// Gives back the place of a job that was computed, and learns what it cost; `None` if nothing was computed.
    pub(super) fn finish(&mut self, place: Place, cost: Option<Duration>) {
        if let Some(class) = self.classes.get_mut(index(place.urgency)) {
            class.computing = class.computing.saturating_sub(1);
            if let Some(held) = class.held.get_mut(&place.network) {
                held.computing = held.computing.saturating_sub(1);
            }
            class.give_back(place.network);
        }
        if let Some(cost) = cost {
            let known = self.cost.unwrap_or(cost);
            self.cost = Some(known.saturating_sub(known / INERTIA) + cost / INERTIA);
        }
    }

    /// Gives back a place whose holder has gone. One that is being computed is given back when that is done.
    pub(super) fn leave(&mut self, place: Place) -> Option<J> {
        let class = self.classes.get_mut(index(place.urgency))?;
        let held = class.held.get_mut(&place.network)?;
        let mut job = None;
        if !held.admitted.remove(&place.number) {
            let position = held.waiting.iter().position(|(waiting, _)| waiting.number == place.number)?;
            job = held.waiting.remove(position);
            class.forget_turn(place.network);
        }
        class.give_back(place.network);
        job.map(|(_, job)| job)
    }

    /// Takes out every job that waits.
    pub(super) fn clear(&mut self) -> Vec<J> {
        let mut jobs = Vec::new();
        for class in &mut self.classes {
            while let Some((place, job)) = class.pop() {
                class.give_back(place.network);
                jobs.push(job);
            }
        }
        jobs
    }

    /// What those are told who find no place: by then all that is admitted now will have been computed.
    pub(super) fn overloaded(&self) -> Overloaded {
        let rounds = u32::try_from(self.taken().div_ceil(self.workers)).unwrap_or(u32::MAX);
        Overloaded { retry_after: self.cost.map_or(UNKNOWN_WAIT, |cost| cost.saturating_mul(rounds)) }
    }

    fn refused(&self, why: HashingRefusal) -> Refused {
        Refused { why, overloaded: self.overloaded() }
    }

    /// Places of the network in all classes.
    fn held_by(&self, network: Option<WideNetwork>) -> usize {
        self.classes.iter().filter_map(|class| class.held.get(&network)).map(Held::taken).sum()
    }

    /// Whether one more job of that network would wait beyond the deadline, as far as can be foreseen.
    fn is_hopeless(&self, class: usize, network: Option<WideNetwork>) -> bool {
        let Some(cost) = self.cost else { return false };
        let before = self.before(class, network) + self.computing();
        // A request that need not wait is not refused, however long a hash takes.
        let rounds = u32::try_from(before / self.workers).unwrap_or(u32::MAX);
        rounds > 0 && cost.saturating_mul(rounds.saturating_add(1)) > self.deadline
    }

    /// How many jobs will be computed before one more of that network.
    fn before(&self, class: usize, network: Option<WideNetwork>) -> usize {
        let Some(own) = self.classes.get(class) else { return 0 };
        let place_in_line = own.held.get(&network).map_or(0, Held::pending) + 1;
        let others = own.held.iter().filter(|(other, held)| **other != network && held.pending() > 0);
        let in_class = if own.held.get(&network).is_none_or(Held::is_newcomer) {
            let (old, new): (Vec<_>, Vec<_>) = others.map(|(_, held)| held).partition(|held| held.is_served);
            let of_old = old.into_iter().map(Held::pending).sum::<usize>();
            new.len() + of_old.min(new.len() / NEWCOMERS)
        } else {
            // Each network has one turn for each turn of this one.
            others.map(|(_, held)| held.pending().min(place_in_line)).sum::<usize>() + place_in_line - 1
        };
        let share = SHARES.get(class).copied().unwrap_or(1);
        let others = self.classes.iter().zip(SHARES).enumerate().filter(|(index, _)| *index != class);
        let of_others = others.map(|(_, (other, turns))| {
            let pending = other.held.values().map(Held::pending).sum::<usize>();
            pending.min(((in_class + 1) * turns).div_ceil(share))
        });
        in_class + of_others.sum::<usize>()
    }

    /// The class and network whose newest place a newcomer may take.
    fn heaviest(&self, class: usize, network: Option<WideNetwork>) -> Option<(usize, Option<WideNetwork>)> {
        let own = self.classes.get(class)?;
        let lacks_share = own.taken < self.share(class);
        let own_held = own.held.get(&network).map_or(0, Held::taken);
        let mut heaviest = None;
        for (other, held_by_class) in self.classes.iter().enumerate() {
            let is_beyond_share = held_by_class.taken > self.share(other);
            for (network, held) in &held_by_class.held {
                let Some(newest) = held.newest() else { continue };
                let makes_up_share = lacks_share && other != class && is_beyond_share;
                let is_heavier = (other == class || is_beyond_share) && held.taken() >= own_held + 2;
                if makes_up_share || is_heavier {
                    heaviest = heaviest.max(Some((held.taken(), newest, other, *network)));
                }
            }
        }
        heaviest.map(|(_, _, class, network)| (class, network))
    }

    /// The places that a class can always have.
    fn share(&self, class: usize) -> usize {
        self.capacity * SHARES.get(class).copied().unwrap_or_default() / WHOLE
    }

    /// Takes the newest place of that network away.
    fn displace(&mut self, (class, network): (usize, Option<WideNetwork>)) -> Option<(Urgency, Option<J>)> {
        let urgency = *Urgency::ALL.get(class)?;
        let class = self.classes.get_mut(class)?;
        let held = class.held.get_mut(&network)?;
        let newest = held.newest()?;
        let mut job = None;
        if !held.admitted.remove(&newest) {
            job = held.waiting.pop_back().map(|(_, job)| job);
            class.forget_turn(network);
        }
        class.give_back(network);
        Some((urgency, job))
    }

    /// The class whose turn it is: of those of the choice that have waiting jobs, in proportion to their shares, evenly
    /// mixed.
    fn next_class(&mut self, choice: &[Urgency]) -> Option<(usize, Urgency)> {
        let mut total = 0;
        let mut chosen: Option<(i64, usize)> = None;
        for (index, (class, share)) in self.classes.iter_mut().zip(SHARES).enumerate() {
            if !class.has_waiting() {
                class.credit = 0;
                continue;
            }
            if !choice.iter().any(|urgency| self::index(*urgency) == index) {
                continue;
            }
            let share = i64::try_from(share).unwrap_or_default();
            class.credit += share;
            total += share;
            if chosen.is_none_or(|(credit, _)| class.credit > credit) {
                chosen = Some((class.credit, index));
            }
        }
        let (_, index) = chosen?;
        self.classes.get_mut(index)?.credit -= total;
        Some((index, *Urgency::ALL.get(index)?))
    }
}

const fn index(urgency: Urgency) -> usize {
    match urgency {
        Urgency::SignIn => 0,
        Urgency::Completion => 1,
        Urgency::Registration => 2,
    }
}

#[cfg(test)]
mod tests;
