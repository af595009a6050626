//! The promises at a smaller depth, and faults that are found.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use super::{
    Exploration,
    fault::Fault,
    happening::Rules,
    scene::Scene,
    search::Reach,
    start::{Size, Start},
};

/// Goes through every history of up to so many steps.
fn holds(start: Start, size: Size, depth: usize, overlaps_until: usize) {
    let exploration = Exploration { start, size, fault: None };
    match exploration.explore(Reach { depth, overlaps_until, threads: 1 }) {
        Ok(figures) => assert!(figures.states > 100 && figures.transitions > figures.states, "{figures:?}"),
        Err(history) => panic!("{}", exploration.tell(&history)),
    }
}

#[test]
fn nobody_gets_in_or_is_kept_out_where_nobody_has_an_account() {
    holds(Start::Nothing, Size::Narrow, 5, 0);
}

#[test]
fn nobody_gets_in_or_is_kept_out_where_people_come_from_a_provider() {
    holds(Start::Provider, Size::Narrow, 4, 0);
}

#[test]
fn nobody_gets_in_or_is_kept_out_where_both_have_an_account() {
    // Four steps have led there already.
    holds(Start::Accounts, Size::Narrow, 4, 0);
}

#[test]
fn nobody_gets_in_or_is_kept_out_where_accounts_are_made_at_once() {
    holds(Start::Immediate, Size::Narrow, 4, 0);
}

#[test]
fn nobody_gets_in_or_is_kept_out_by_calls_that_overlap() {
    for start in Start::ALL {
        holds(start, Size::Narrow, 3, 3);
    }
}

#[test]
fn nobody_gets_in_or_is_kept_out_with_more_of_everything() {
    for start in Start::ALL {
        holds(start, Size::Wide, 3, 0);
    }
}

/// The story of the shortest history that breaks a promise.
fn story(start: Start, fault: Fault) -> String {
    let exploration = Exploration { start, size: Size::Narrow, fault: Some(fault) };
    let history = exploration.explore(Reach { depth: 3, overlaps_until: 3, threads: 1 }).unwrap_err();
    exploration.tell(&history)
}

#[test]
fn a_proof_that_is_not_asked_for_is_found() {
    let expected = "At first, nobody has an account.\n\
        1. The stranger registers the owner's address by the native API, with a password of his own.\n\
        2. The owner follows the link in the verification mail that the stranger's registration caused, and gives no proof.\n\
        The stranger knows the password of the owner's account.";
    assert_eq!(story(Start::Nothing, Fault::ProofNotAskedFor), expected);
}

#[test]
fn a_token_that_is_not_ended_is_found() {
    let expected = "At first, owner and stranger have an account each.\n\
        1. The owner asks for a password reset.\n\
        2. The owner follows the link in the mail that resets the password and sets a new password by the native API.\n\
        3. The owner follows the link once more in the mail that resets the password and sets a new password by the native \
        API.\n\
        One token has served twice.";
    assert_eq!(story(Start::Accounts, Fault::TokenNotEnded), expected);
}

#[test]
fn sessions_that_are_not_ended_are_found() {
    let story = story(Start::Immediate, Fault::SessionsNotEnded);
    assert!(story.contains("2. The stranger signs in at the owner's address with his own password.\n"), "{story}");
    assert!(story.ends_with("A session of the stranger is good in the owner's account."), "{story}");
}

#[test]
fn a_race_that_is_lost_by_the_owner_is_found() {
    let story = story(Start::Immediate, Fault::EpochNotRaised);
    assert!(story.contains("At the same time: (a) The owner follows the link"), "{story}");
    assert!(story.ends_with("The stranger is signed in to the owner's account."), "{story}");
}

/// Where a scene leads: to which others.
fn leads_to(rules: &Rules, scene: &Scene) -> BTreeSet<String> {
    scene.acts(rules).into_iter().filter_map(|act| scene.after(rules, act).ok()).map(|next| next.text()).collect()
}

/// Fails where two scenes are taken for the same and lead to different ones.
fn assert_same_goes_on_the_same(start: Start, depth: usize) {
    let rules = start.rules(Size::Narrow, None);
    let start = start.scene(&rules).unwrap();
    let mut met = BTreeMap::from([(start.text(), (leads_to(&rules, &start), String::new()))]);
    let mut level = vec![(start, String::new())];
    for _ in 0..depth {
        let mut next_level = Vec::new();
        for (scene, story) in &level {
            for act in scene.acts(&rules) {
                let next = scene.after(&rules, act).unwrap();
                let story = format!("{story}{}.\n", act.tell(&scene.world));
                let leads = leads_to(&rules, &next);
                match met.entry(next.text()) {
                    Entry::Vacant(place) => {
                        place.insert((leads, story.clone()));
                        next_level.push((next, story));
                    }
                    Entry::Occupied(known) => {
                        let (others, other) = known.get();
                        let differ: Vec<_> = others.symmetric_difference(&leads).collect();
                        assert!(differ.is_empty(), "{other}--- or\n{story}--- {}\n{differ:#?}", known.key());
                    }
                }
            }
        }
        level = next_level;
    }
    assert!(met.len() > 50);
}

#[test]
fn worlds_that_are_taken_for_the_same_go_on_the_same() {
    for start in Start::ALL {
        assert_same_goes_on_the_same(start, 2);
    }
}
