//! Every history up to a length, over the real use cases on the store in memory.
//!
//! There is an owner, who reads the mailbox of an address, and a stranger, who does not, and who stands for any number of
//! them. Each does whatever they can, in every order; calls also overlap, two at a time, in every order of their units of
//! work. After each step the [`promises`] are looked at. The search is by length, so the first history that
//! breaks one is as short as can be; it is told as a story.
//!
//! What grows with the service:
//!
//! - An action: a variant in the file of its actor (`act/`). The compiler asks for the rest. What it leaves behind for
//!   later (a letter, a session, another factor) goes into `world.rs`.
//! - An actor: a file in `act/`, and an arm in each function of `act.rs`.
//! - Something that is stored and decides what happens later: a line in `canonical.rs`. A test finds it when that was
//!   forgotten: worlds that are taken for the same must go on the same.
//! - A promise: a function in `promises.rs`, of one step (`kept_by`) or of any world (`kept_in`).

mod act;
mod canonical;
mod desk;
mod fault;
mod happening;
mod promises;
mod scene;
mod search;
mod start;
#[cfg(test)]
mod tests;
mod turns;
mod world;

use std::{fmt::Write as _, thread};

use clap::Args;

use self::{
    fault::Fault,
    search::{Figures, History, Reach, search},
    start::{Size, Start},
};
use crate::{error::Error, machine::Machine, say::say, workspace::Workspace};

/// How far, and with what fault.
#[derive(Args)]
pub(crate) struct Options {
    /// Steps of the longest histories
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=20))]
    depth: u8,
    /// Steps until which two calls overlap; such a pair counts as two
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=20))]
    overlaps: u8,
    /// How much there is of everything at a time
    #[arg(long, value_enum, default_value_t = Size::Narrow)]
    size: Size,
    /// Only what begins there
    #[arg(long, value_enum)]
    from: Option<Start>,
    /// Plants a fault, to see it found
    #[arg(long, value_enum)]
    fault: Option<Fault>,
}

/// What is explored: from where, how much there is, and what is wrong with the service.
#[derive(Debug, Clone, Copy)]
struct Exploration {
    start: Start,
    size: Size,
    fault: Option<Fault>,
}

/// Explores, and prints how far it came.
///
/// # Errors
/// [`Error::Broken`] with the story of the shortest history that breaks a promise.
pub(super) fn run(workspace: &Workspace, options: &Options) -> Result<(), Error> {
    say(format_args!("Machine: {}\n", Machine::describe(workspace)));
    say("| from | depth | overlaps until step | states | transitions | of these overlapping | time |");
    say("|---|---|---|---|---|---|---|");
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let (depth, overlaps_until) = (usize::from(options.depth), usize::from(options.overlaps));
    for start in Start::ALL.into_iter().filter(|start| options.from.is_none_or(|only| only == *start)) {
        let exploration = Exploration { start, size: options.size, fault: options.fault };
        let reach = Reach { depth, overlaps_until, threads };
        let found = exploration.explore(reach).map_err(|history| Error::Broken(exploration.tell(&history)))?;
        let Figures { states, transitions, overlaps, took } = found;
        say(format_args!(
            "| {} | {depth} | {overlaps_until} | {states} | {transitions} | {overlaps} | {:.1} s |",
            start.name(),
            took.as_secs_f64()
        ));
    }
    Ok(())
}

impl Exploration {
    /// Goes through every history.
    ///
    /// # Errors
    /// The shortest one that breaks a promise.
    fn explore(self, reach: Reach) -> Result<Figures, Box<History>> {
        let rules = self.start.rules(self.size, self.fault);
        let scene = self.start.scene(&rules).map_err(|broken| Box::new(History { steps: Vec::new(), broken }))?;
        search(&rules, reach, scene)
    }

    /// A history as a story.
    fn tell(self, history: &History) -> String {
        let rules = self.start.rules(self.size, self.fault);
        let mut story = format!("At first, {}.\n", self.start.name());
        let mut scene = self.start.scene(&rules).ok();
        for (number, step) in (1..).zip(&history.steps) {
            let sentence = scene.as_ref().map_or_else(String::new, |scene| step.tell(&scene.world));
            let _infallible = writeln!(story, "{number}. {sentence}");
            scene = scene.and_then(|scene| scene.follow(&rules, step));
        }
        story.push_str(&history.broken.0);
        story
    }
}
