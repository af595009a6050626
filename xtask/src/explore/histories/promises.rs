//! What must hold in every world, of accounts whose address is verified.

use std::collections::BTreeMap;

use account_core::{account::Account, id::AccountId, one_time_token::SecretToken, session::Session};

use super::{
    act::{
        Act, Channel, Outcome,
        owner::{OwnerAct, With, uses},
        stranger::View,
        surroundings::Surrounding,
    },
    happening::{Rules, happen},
    world::{Kind, Letter, STRANGERS, STRANGERS_NAME, Whose, World, is_owners},
};

/// A promise that was broken, as the end of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken(pub(super) String);

fn broken<T>(how: impl Into<String>) -> Result<T, Broken> {
    Err(Broken(how.into()))
}

/// What an act must not do: let the stranger in, change the account of somebody who did nothing, or spend a token twice.
pub(super) fn kept_by(before: &World, act: Act, outcome: &Outcome, after: &World) -> Result<(), Broken> {
    if let Act::Stranger(_) = act {
        lets_nobody_in(outcome, after)?;
    }
    if let Act::Owner(OwnerAct::GoOn(_)) = act {
        leads_home(outcome, after)?;
    }
    if !act.is_owners() {
        leaves_alone(before, after)?;
    }
    serves_once(before, [outcome].into_iter())
}

/// The same of two acts that overlapped.
pub(super) fn kept_by_both(
    before: &World,
    acts: [Act; 2],
    outcomes: &[Outcome; 2],
    after: &World,
) -> Result<(), Broken> {
    for (_, outcome) in acts.iter().zip(outcomes).filter(|(act, _)| matches!(act, Act::Stranger(_))) {
        lets_nobody_in(outcome, after)?;
    }
    if !acts.iter().any(|act| act.is_owners()) {
        leaves_alone(before, after)?;
    }
    let [first, second] = outcomes;
    if first.spent.is_some() && first.spent == second.spent {
        return broken("One token has served twice.");
    }
    serves_once(before, outcomes.iter())
}

/// A session of the stranger is none of the owner's verified account.
fn lets_nobody_in(outcome: &Outcome, after: &World) -> Result<(), Broken> {
    match outcome.opened.as_ref().and_then(|token| account_of(after, token)) {
        Some(account) if is_owners(&account) => broken("The stranger is signed in to the owner's account."),
        _ => Ok(()),
    }
}

/// A session that is opened where the owner registered is the owner's.
fn leads_home(outcome: &Outcome, after: &World) -> Result<(), Broken> {
    match outcome.opened.as_ref().and_then(|token| account_of(after, token)) {
        Some(account) if !is_owners(&account) => broken("The owner is signed in to an account of somebody else."),
        _ => Ok(()),
    }
}

/// Nothing but what the owner does changes the owner's account, ends a session of it or makes another.
fn leaves_alone(before: &World, after: &World) -> Result<(), Broken> {
    let (accounts, kept) = (owned(before), owned(after));
    for (id, account) in &kept {
        match accounts.get(id) {
            None => return broken("An account of the owner's address was verified without the owner."),
            Some(earlier) if earlier != account => return broken("The owner's account was changed without the owner."),
            Some(_) => {}
        }
    }
    if kept.keys().any(|id| before.linked_to(*id) != after.linked_to(*id)) {
        return broken("An identity of the owner's account was linked or unlinked without the owner.");
    }
    // Time ends sessions, and takes away accounts whose owners asked for that.
    let is_due = |account: &Account| account.deletion_due_at.is_some_and(|due| due <= after.now);
    if accounts.values().any(|account| !kept.contains_key(&account.id) && !is_due(account)) {
        return broken("The owner's account is gone, and the owner did nothing.");
    }
    let (sessions, left) = (before.sessions(), after.sessions());
    let is_lost = |session: &Session| session.is_live(after.now) && !left.contains_key(&session.token);
    let is_kept = |session: &Session| kept.contains_key(&session.account);
    if sessions.values().any(|session| is_kept(session) && is_lost(session)) {
        return broken("The owner is signed out, and the owner did nothing.");
    }
    if left.values().any(|session| is_kept(session) && !sessions.contains_key(&session.token)) {
        return broken("Somebody else is signed in to the owner's account.");
    }
    Ok(())
}

fn owned(world: &World) -> BTreeMap<AccountId, Account> {
    world.store.accounts().into_iter().filter(is_owners).map(|account| (account.id, account)).collect()
}

/// A letter that has served does not serve again.
fn serves_once<'a>(before: &World, outcomes: impl Iterator<Item = &'a Outcome>) -> Result<(), Broken> {
    for token in outcomes.filter_map(|outcome| outcome.spent.as_ref()) {
        if before.owner.letters.iter().any(|letter| letter.token == *token && letter.is_spent) {
            return broken("One token has served twice.");
        }
    }
    Ok(())
}

/// Nothing comes of letters that have ended, whatever is tried with them.
pub(super) fn serve_no_more(rules: &Rules, world: &World, letters: &[Letter]) -> Result<(), Broken> {
    let mut holding = world.fork();
    holding.owner.letters = letters.to_vec();
    for number in 0..letters.len() {
        for act in uses(&holding, number) {
            let (_, outcome) = happen(rules, &holding, Act::Owner(act));
            if outcome.spent.is_some() {
                return broken(format!("{}: it serves, though it has ended.", act.tell(&holding)));
            }
        }
    }
    Ok(())
}

/// What must be so at any time.
pub(super) fn kept_in(world: &World) -> Result<(), Broken> {
    for account in world.store.accounts().iter().filter(|account| is_owners(account)) {
        if world.linked_to(account.id).contains(&Whose::Strangers) {
            return broken("The stranger's account at a provider is linked to the owner's account.");
        }
        if Whose::of(account.password_hash.as_ref()) == Whose::Strangers {
            return broken("The stranger knows the password of the owner's account.");
        }
        let secondary = &account.secondary_addresses;
        let mut addresses = secondary.alternate.iter().chain(&secondary.notification);
        if addresses.any(|secondary| secondary.address.as_str() == STRANGERS)
            || account.profile.name.as_deref() == Some(STRANGERS_NAME)
        {
            return broken("The owner's account has something in it that the stranger chose.");
        }
    }
    let is_in = |token: &SecretToken| account_of(world, token).is_some_and(|account| is_owners(&account));
    if world.stranger.sessions.iter().any(is_in) {
        return broken("A session of the stranger is good in the owner's account.");
    }
    Ok(())
}

/// The account that a token is signed in to.
fn account_of(world: &World, token: &SecretToken) -> Option<Account> {
    let session = world.sessions().remove(&token.digest())?;
    world.store.accounts().into_iter().find(|account| account.id == session.account)
}

/// An answer to the stranger is the one that he gets where the owner does nothing.
pub(super) fn answers_alike(act: Act, outcome: &Outcome, elsewhere: &Outcome) -> Result<(), Broken> {
    if matches!(act, Act::Stranger(_)) && outcome.answer != elsewhere.answer {
        return broken(format!(
            "The stranger is answered `{}`. Had the owner done nothing, it would be `{}`.",
            outcome.answer, elsewhere.answer
        ));
    }
    Ok(())
}

/// The mails that come to the stranger are those that come where the owner does nothing.
pub(super) fn mails_alike(world: &World, would_come: &[&str]) -> Result<(), Broken> {
    let came = &world.stranger.arrived;
    if came == would_come {
        return Ok(());
    }
    broken(format!("The stranger gets the mails {came:?}. Had the owner done nothing, they would be {would_come:?}."))
}

/// All that the stranger can find out is what he finds out where the owner does nothing.
pub(super) fn views_alike(seen: &View, elsewhere: &View) -> Result<(), Broken> {
    if seen.attempts.len() != elsewhere.attempts.len() || seen.answers.len() != elsewhere.answers.len() {
        return broken("The stranger holds something else than if the owner had done nothing.");
    }
    let attempts = seen.attempts.iter().zip(&elsewhere.attempts);
    let attempts = attempts.flat_map(|(seen, elsewhere)| seen.iter().zip(elsewhere));
    let mut all = attempts.chain(seen.answers.iter().zip(&elsewhere.answers));
    match all.find(|(seen, elsewhere)| seen != elsewhere) {
        None => Ok(()),
        Some((seen, elsewhere)) => broken(format!(
            "The stranger looks, and sees `{seen}`. Had the owner done nothing, it would be `{elsewhere}`."
        )),
    }
}

/// The owner, with the mailbox and nothing else, gets into an account of the address: by a reset, or by registering; and
/// by the provider, if that is linked.
pub(super) fn way_in(rules: &Rules, world: &World) -> Result<(), Broken> {
    let mut world = world.fork();
    if world.worker_sleeps {
        world = happen(rules, &world, Act::Surroundings(Surrounding::WorkerWakes)).0;
    }
    let account = world.owners_account();
    if account.is_some_and(|account| world.linked_to(account.id).contains(&Whose::Owners)) {
        enters(rules, &world, OwnerAct::EnterByProvider)?;
    }
    let (asked, _) = happen(rules, &world, Act::Owner(OwnerAct::AskForReset));
    let reset = newest(&asked, Kind::Reset).map(|letter| OwnerAct::Reset(letter, Channel::Native));
    if let Some(reset) = reset {
        return enters(rules, &asked, reset);
    }
    let (registered, _) = happen(rules, &world, Act::Owner(OwnerAct::Register(Channel::Native)));
    match newest(&registered, Kind::Verification) {
        Some(letter) => enters(rules, &registered, OwnerAct::Verify(letter, With::Continuations)),
        None => broken("The owner has no way in: no mail comes, neither of a reset nor of a registration."),
    }
}

/// The last letter of a kind.
fn newest(world: &World, kind: Kind) -> Option<usize> {
    world.owner.letters.iter().rposition(|letter| letter.kind == kind)
}

fn enters(rules: &Rules, world: &World, act: OwnerAct) -> Result<(), Broken> {
    let (entered, outcome) = happen(rules, world, Act::Owner(act));
    match outcome.opened.as_ref().and_then(|token| account_of(&entered, token)) {
        Some(account) if is_owners(&account) => kept_in(&entered),
        _ => broken(format!("The owner has no way in. {}: {}.", act.tell(world), outcome.answer)),
    }
}
