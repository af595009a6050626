//! What a step does to a world.

use account_core::outbox::mail::Mail;

use super::{
    act::{Act, Bounds, Outcome},
    desk::Desk,
    fault::{Fault, settings_with},
    turns::{Running, Turn, run, run_both},
    world::World,
};

/// What is explored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// How much there is of everything.
    pub(super) bounds: Bounds,
    /// What is wrong with the service.
    pub(super) fault: Option<Fault>,
}

/// Lets one thing happen to a world.
pub(super) fn happen(rules: &Rules, world: &World, act: Act) -> (World, Outcome) {
    let mut next = world.fork();
    if let Act::Surroundings(surrounding) = act {
        next.now = next.now + surrounding.takes();
    }
    let entropy = next.entropy();
    let desk = Desk::open(&next.store, next.now, &entropy, settings_with(rules.fault));
    let strike = saboteur(rules, &next);
    let outcome = run(&desk.gate, act.call(&desk, world), &strike);
    act.learn(&mut next, &outcome);
    let mails = send(&desk, &next, &strike);
    next.receive(&mails);
    next.drawn = entropy.drawn();
    drop(strike);
    (next, outcome)
}

/// Lets two calls overlap: the world, what they came to, the order they took, and orders that are left to try.
pub(super) fn overlap(
    rules: &Rules,
    world: &World,
    acts: [Act; 2],
    order: &[Turn],
) -> (World, [Outcome; 2], Vec<Turn>, Vec<Vec<Turn>>) {
    let mut next = world.fork();
    let entropy = next.entropy();
    let desks = acts.map(|_| Desk::open(&next.store, next.now, &entropy, settings_with(rules.fault)));
    for desk in &desks {
        // What administrators have switched is read now and not in the middle of a call: nobody switches anything.
        let _open = run(&desk.gate, desk.service.registration_notice(), &|| ());
    }
    let strike = saboteur(rules, &next);
    let [first, second] = &desks;
    let together = run_both(
        Running::start(&first.gate, acts[0].call(first, world)),
        Running::start(&second.gate, acts[1].call(second, world)),
        order,
        &strike,
    );
    let outcomes = [together.outcomes.0, together.outcomes.1];
    for (act, outcome) in acts.iter().zip(&outcomes) {
        act.learn(&mut next, outcome);
    }
    let mut mails = second.mailer.take();
    mails.extend(send(first, &next, &strike));
    next.receive(&mails);
    next.drawn = entropy.drawn();
    drop(strike);
    (next, outcomes, together.turns, together.others)
}

/// Has the worker send what waits, if it works; returns all mails that were sent in this step.
fn send(desk: &Desk, world: &World, strike: &dyn Fn()) -> Vec<Mail> {
    if !world.worker_sleeps {
        let sent = run(&desk.gate, desk.delivery.run_until_idle(), strike);
        assert!(sent.is_ok(), "the worker failed: {sent:?}");
    }
    desk.mailer.take()
}

/// What is to be done after each unit of work.
fn saboteur(rules: &Rules, world: &World) -> Box<dyn Fn()> {
    let Some(fault) = rules.fault.filter(|fault| *fault != Fault::ProofNotAskedFor) else { return Box::new(|| ()) };
    let (store, before) = (world.store.clone(), std::cell::RefCell::new(world.store.fork()));
    Box::new(move || {
        fault.strike(&before.borrow(), &store);
        before.replace(store.fork());
    })
}
