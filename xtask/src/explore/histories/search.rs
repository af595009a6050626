//! The search: every history, shortest first, and each world once.

use std::{
    collections::HashMap,
    collections::hash_map::Entry,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    happening::Rules,
    promises::Broken,
    scene::{Scene, Step},
};

/// Parts of the table of what was met, so that threads seldom wait for each other.
const SHARDS: usize = 64;
/// Scenes that a thread takes at a time.
const AT_A_TIME: usize = 16;

/// How far is gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Steps of the longest histories.
    pub(super) depth: usize,
    /// The last step of a history, up to which two calls overlap.
    pub(super) overlaps_until: usize,
    pub(super) threads: usize,
}

/// What was gone through.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    /// Scenes that differ.
    pub(super) states: u64,
    /// Steps that were taken, from each scene once.
    pub(super) transitions: u64,
    /// Of these, two calls that overlap.
    pub(super) overlaps: u64,
    pub(super) took: Duration,
}

/// A history that breaks a promise: the shortest of them.
#[derive(Debug)]
pub(super) struct History {
    pub(super) steps: Vec<Step>,
    pub(super) broken: Broken,
}

/// A scene that waits to be gone on from.
struct Waiting {
    scene: Scene,
    key: u128,
    origin: usize,
}

/// How a scene came about: from which one, by which step.
type Origin = (usize, Option<Step>);

struct Search<'a> {
    rules: &'a Rules,
    reach: Reach,
    /// Of each scene, by its key, the length of its shortest history.
    met: Vec<Mutex<HashMap<u128, usize>>>,
    /// For keys of no part, of which there are none.
    rest: Mutex<HashMap<u128, usize>>,
    origins: Mutex<Vec<Origin>>,
    /// Scenes by the length of their history.
    levels: Vec<Mutex<Vec<Waiting>>>,
    broken: Mutex<Option<(usize, History)>>,
    transitions: AtomicU64,
    overlaps: AtomicU64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Goes through every history from that scene.
///
/// # Errors
/// The shortest history that breaks a promise.
pub(super) fn search(rules: &Rules, reach: Reach, start: Scene) -> Result<Figures, Box<History>> {
    let began = Instant::now();
    let search = Search {
        rules,
        reach,
        met: (0..SHARDS).map(|_| Mutex::default()).collect(),
        rest: Mutex::default(),
        origins: Mutex::default(),
        levels: (0..=reach.depth + 1).map(|_| Mutex::default()).collect(),
        broken: Mutex::default(),
        transitions: AtomicU64::new(0),
        overlaps: AtomicU64::new(0),
    };
    search.meet(start, 0, 0, None);
    for depth in 0..reach.depth {
        search.expand(depth);
        let is_shortest = lock(&search.broken).as_ref().is_some_and(|(length, _)| *length <= depth + 1);
        if is_shortest {
            break;
        }
    }
    if let Some((_, history)) = lock(&search.broken).take() {
        return Err(Box::new(history));
    }
    let states = search.met.iter().map(|shard| lock(shard).len() as u64).sum();
    Ok(Figures {
        states,
        transitions: search.transitions.load(Ordering::Relaxed),
        overlaps: search.overlaps.load(Ordering::Relaxed),
        took: began.elapsed(),
    })
}

impl Search<'_> {
    /// Goes on from every scene that so many steps lead to.
    fn expand(&self, depth: usize) {
        let waiting = self.levels.get(depth).map(|level| std::mem::take(&mut *lock(level))).unwrap_or_default();
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let from = next.fetch_add(AT_A_TIME, Ordering::Relaxed);
                let Some(some) = waiting.get(from..waiting.len().min(from + AT_A_TIME)).filter(|it| !it.is_empty())
                else {
                    return;
                };
                for waiting in some {
                    self.go_on(waiting, depth);
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..self.reach.threads {
                scope.spawn(work);
            }
            work();
        });
    }

    fn go_on(&self, waiting: &Waiting, depth: usize) {
        // One that a shorter history was found for since is gone on from there.
        if self.shard(waiting.key).get(&waiting.key).is_some_and(|met| *met < depth) {
            return;
        }
        let acts = waiting.scene.acts(self.rules);
        for act in &acts {
            self.transitions.fetch_add(1, Ordering::Relaxed);
            let scene = waiting.scene.after(self.rules, *act);
            self.arrive(scene, depth + 1, waiting.origin, Step::One(*act));
        }
        if depth + 2 > self.reach.overlaps_until {
            return;
        }
        let calls: Vec<_> = acts.into_iter().filter(|act| act.is_call()).collect();
        for (place, first) in calls.iter().enumerate() {
            for second in calls.iter().skip(place) {
                for (step, scene) in waiting.scene.after_both(self.rules, [*first, *second]) {
                    self.transitions.fetch_add(1, Ordering::Relaxed);
                    self.overlaps.fetch_add(1, Ordering::Relaxed);
                    self.arrive(scene, depth + 2, waiting.origin, step);
                }
            }
        }
    }

    fn arrive(&self, scene: Result<Scene, Broken>, depth: usize, origin: usize, step: Step) {
        match scene {
            Ok(scene) => self.meet(scene, depth, origin, Some(step)),
            Err(broken) => self.report(broken, depth, origin, Some(step)),
        }
    }

    /// Notes a scene, looks at it and has it wait, unless it was met before by a history that is no longer.
    fn meet(&self, scene: Scene, depth: usize, origin: usize, step: Option<Step>) {
        let key = scene.key();
        let is_new = {
            let mut shard = self.shard(key);
            match shard.entry(key) {
                Entry::Occupied(met) if *met.get() <= depth => return,
                Entry::Occupied(mut met) => {
                    *met.get_mut() = depth;
                    false
                }
                Entry::Vacant(place) => {
                    place.insert(depth);
                    true
                }
            }
        };
        if is_new && let Err(broken) = scene.look(self.rules) {
            self.report(broken, depth, origin, step);
            return;
        }
        if depth >= self.reach.depth {
            return;
        }
        let origin = self.note(origin, step);
        if self.is_last_to_go_on_from(depth) {
            self.go_on(&Waiting { scene, key, origin }, depth);
        } else if let Some(level) = self.levels.get(depth) {
            lock(level).push(Waiting { scene, key, origin });
        }
    }

    /// Whether scenes of so many steps are gone on from at once, instead of waiting: they are most of the memory that the
    /// search needs. No shorter history can lead to one, because all scenes of fewer steps are known by then, except
    /// where overlapping calls count as two steps.
    const fn is_last_to_go_on_from(&self, depth: usize) -> bool {
        depth + 1 == self.reach.depth && depth > self.reach.overlaps_until
    }

    fn shard(&self, key: u128) -> MutexGuard<'_, HashMap<u128, usize>> {
        let place = usize::try_from(key % SHARDS as u128).unwrap_or_default();
        lock(self.met.get(place).unwrap_or(&self.rest))
    }

    fn note(&self, origin: usize, step: Option<Step>) -> usize {
        let mut origins = lock(&self.origins);
        origins.push((origin, step));
        origins.len() - 1
    }

    fn report(&self, broken: Broken, depth: usize, origin: usize, step: Option<Step>) {
        let mut reported = lock(&self.broken);
        if reported.as_ref().is_some_and(|(length, _)| *length <= depth) {
            return;
        }
        let origins = lock(&self.origins);
        let mut steps: Vec<Step> = step.into_iter().collect();
        let mut place = origin;
        while let Some((origin, Some(step))) = origins.get(place) {
            steps.push(step.clone());
            place = *origin;
        }
        steps.reverse();
        *reported = Some((depth, History { steps, broken }));
    }
}
