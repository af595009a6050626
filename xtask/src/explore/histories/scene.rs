//! One step of a history: what happens, in the world and in the same world without its owner.

use std::sync::Arc;

use super::{
    act::{
        Act, Outcome,
        stranger::{View, view},
    },
    canonical,
    desk::Desk,
    fault::settings_with,
    happening::{Rules, happen, overlap},
    promises::{self, Broken},
    turns::{Turn, run},
    world::World,
};

/// A world; and the same one as if its owner had never done anything, by which it is seen whether the stranger can tell
/// the difference. There is none where a channel makes accounts at once: that an address has one cannot be hidden then.
pub(super) struct Scene {
    pub(super) world: World,
    without_owner: Option<Arc<Elsewhere>>,
}

/// A world in which the owner does nothing. Many scenes share one.
struct Elsewhere {
    world: World,
    text: String,
    view: View,
}

impl Elsewhere {
    fn of(rules: &Rules, mut world: World) -> Self {
        world.tidy();
        Self { text: canonical::text(&world), view: seen(rules, &world), world }
    }
}

/// A step of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// One thing after the other.
    One(Act),
    /// Two calls that overlap, and the order in which they do their units of work.
    Both { acts: [Act; 2], order: Vec<Turn> },
}

impl Step {
    /// The step as a sentence.
    pub(super) fn tell(&self, world: &World) -> String {
        match self {
            Self::One(act) => format!("{}.", act.tell(world)),
            Self::Both { acts: [first, second], order } => {
                let turns: Vec<_> = order.iter().map(|turn| if *turn == Turn::First { "a" } else { "b" }).collect();
                let (first, second) = (first.tell(world), second.tell(world));
                format!("At the same time: (a) {first}; (b) {second}. They take turns: {}.", turns.join(" "))
            }
        }
    }
}

impl Scene {
    /// The scene in which nobody has done anything.
    pub(super) fn empty(rules: &Rules) -> Self {
        let without_owner = (!rules.bounds.has_immediate).then(|| Arc::new(Elsewhere::of(rules, World::empty())));
        Self { world: World::empty(), without_owner }
    }

    /// The scene after these acts.
    ///
    /// # Errors
    /// The promise that one of them broke.
    pub(super) fn after_all(self, rules: &Rules, acts: &[Act]) -> Result<Self, Broken> {
        acts.iter().try_fold(self, |scene, act| scene.after(rules, *act))
    }

    /// Everything that can happen next, one at a time.
    pub(super) fn acts(&self, rules: &Rules) -> Vec<Act> {
        Act::offered(&self.world, rules.bounds)
    }

    /// By what it is recognized.
    pub(super) fn key(&self) -> u128 {
        canonical::digest(&self.text())
    }

    /// All that tells it from others.
    pub(super) fn text(&self) -> String {
        let mut text = canonical::text(&self.world);
        if let Some(other) = &self.without_owner {
            text.push('|');
            text.push_str(&other.text);
        }
        text
    }

    /// The scene after one thing has happened.
    ///
    /// # Errors
    /// The promise that it broke.
    pub(super) fn after(&self, rules: &Rules, act: Act) -> Result<Self, Broken> {
        let (world, outcome) = happen(rules, &self.world, act);
        let without_owner = match &self.without_owner {
            Some(other) if !act.is_owners() => {
                let (next, elsewhere) = happen(rules, &other.world, act);
                promises::answers_alike(act, &outcome, &elsewhere)?;
                Some(next)
            }
            _ => None,
        };
        promises::kept_by(&self.world, act, &outcome, &world)?;
        self.followed_by(rules, world, without_owner)
    }

    /// The scenes after two calls that overlapped, one for each order of their units of work; orders in which one call
    /// ends before the other begins are left out.
    pub(super) fn after_both(&self, rules: &Rules, acts: [Act; 2]) -> Vec<(Step, Result<Self, Broken>)> {
        let mut scenes = Vec::new();
        let mut orders = vec![Vec::new()];
        while let Some(order) = orders.pop() {
            let (world, outcomes, turns, others) = overlap(rules, &self.world, acts, &order);
            orders.extend(others);
            let is_overlapping = turns.windows(2).filter(|pair| pair.first() != pair.last()).count() > 0;
            if is_overlapping {
                let scene = self.overlapped(rules, acts, &turns, world, &outcomes);
                scenes.push((Step::Both { acts, order: turns }, scene));
            }
        }
        scenes
    }

    /// The scene after a step that was taken before; `None` where that broke a promise.
    pub(super) fn follow(&self, rules: &Rules, step: &Step) -> Option<Self> {
        match step {
            Step::One(act) => self.after(rules, *act).ok(),
            Step::Both { acts, .. } => {
                let mut scenes = self.after_both(rules, *acts).into_iter();
                scenes.find(|(taken, _)| taken == step)?.1.ok()
            }
        }
    }

    fn overlapped(
        &self,
        rules: &Rules,
        acts: [Act; 2],
        turns: &[Turn],
        world: World,
        outcomes: &[Outcome; 2],
    ) -> Result<Self, Broken> {
        let alone = |other: &Elsewhere, place: usize| {
            let (Some(act), Some(outcome)) = (acts.get(place), outcomes.get(place)) else { return Ok(None) };
            let (next, elsewhere) = happen(rules, &other.world, *act);
            promises::answers_alike(*act, outcome, &elsewhere).map(|()| Some(next))
        };
        let without_owner = match (&self.without_owner, acts.map(Act::is_owners)) {
            (None, _) | (_, [true, true]) => None,
            (Some(other), [true, false]) => alone(other, 1)?,
            (Some(other), [false, true]) => alone(other, 0)?,
            (Some(other), [false, false]) => {
                let (next, elsewhere, ..) = overlap(rules, &other.world, acts, turns);
                for ((act, outcome), elsewhere) in acts.iter().zip(outcomes).zip(&elsewhere) {
                    promises::answers_alike(*act, outcome, elsewhere)?;
                }
                Some(next)
            }
        };
        promises::kept_by_both(&self.world, acts, outcomes, &world)?;
        self.followed_by(rules, world, without_owner)
    }

    /// The scene that comes after this one. What has ended is thrown away, having been tried. Without the owner nothing
    /// has happened where no such world is given.
    fn followed_by(&self, rules: &Rules, mut world: World, without_owner: Option<World>) -> Result<Self, Broken> {
        let without_owner = match (&self.without_owner, without_owner) {
            (None, _) => None,
            (Some(other), None) => {
                mails_alike(&world, &[])?;
                Some(Arc::clone(other))
            }
            (Some(_), Some(next)) => {
                mails_alike(&world, &next.stranger.arrived)?;
                Some(Arc::new(Elsewhere::of(rules, next)))
            }
        };
        let thrown_away = world.tidy();
        if !thrown_away.is_empty() {
            promises::serve_no_more(rules, &world, &thrown_away)?;
        }
        Ok(Self { world, without_owner })
    }

    /// Looks at a scene that was not met before.
    ///
    /// # Errors
    /// The promise that is broken in it.
    pub(super) fn look(&self, rules: &Rules) -> Result<(), Broken> {
        promises::kept_in(&self.world)?;
        if let Some(other) = &self.without_owner {
            promises::views_alike(&seen(rules, &self.world), &other.view)?;
        }
        promises::way_in(rules, &self.world)
    }
}

/// That the stranger's mails tell nothing; or the worse thing that is wrong.
fn mails_alike(world: &World, would_come: &[&str]) -> Result<(), Broken> {
    promises::mails_alike(world, would_come).or_else(|broken| promises::kept_in(world).and(Err(broken)))
}

/// What the stranger sees.
fn seen(rules: &Rules, world: &World) -> View {
    let fork = world.fork();
    let desk = Desk::open(&fork.store, fork.now, &fork.entropy(), settings_with(rules.fault));
    run(&desk.gate, view(&desk, world), &|| ())
}
