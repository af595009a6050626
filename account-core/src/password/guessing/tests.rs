//! Which passwords take few guesses.

use super::*;

/// Passwords that people guess, one a line.
const GUESSED: &str = include_str!("tests/guessed.txt");
/// Passphrases and passwords that nobody guesses: made by diceware in eleven languages, and by password managers.
const STRONG: &str = include_str!("tests/strong.txt");

const OWN: [&str; 3] = ["jane@companyname.com", "Jane Miller", "Accounts"];

fn found(password: &str) -> Option<Rule> {
    weakness(password, &PersonalWords::new(&OWN))
}

#[test]
fn what_people_do_to_be_accepted_is_guessed() {
    let accepted: Vec<&str> = GUESSED.lines().filter(|password| found(password).is_none()).collect();
    assert_eq!(accepted, [""; 0]);
    assert!(GUESSED.lines().count() > 200);
    assert!(GUESSED.lines().all(|password| password.chars().count() >= 14));
}

/// Every common word in every usual disguise.
#[test]
fn a_common_word_stays_common_whatever_is_done_to_it() {
    let mut accepted = Vec::new();
    for word in ["password", "dragon", "sunshine", "welcome", "qwerty", "football", "schatz", "bonjour", "estrella"] {
        let capital = format!("{}{}", &word[..1].to_uppercase(), &word[1..]);
        let leet = word.replace('a', "@").replace('o', "0").replace('e', "3").replace('s', "$");
        let backwards: String = word.chars().rev().collect();
        for form in [word, &capital, &word.to_uppercase(), &leet, &backwards] {
            for password in [
                format!("{form}{form}{form}"),
                format!("{form}1{form}2{form}3"),
                format!("{form}-{form}-{form}"),
                format!("{form}2026{form}2026"),
                format!("{form}12345678"),
                format!("{form}2026!!!!!"),
                format!("!!!{form}!!!2026"),
                format!("123456{form}123456"),
                format!("{form}aaaaaaaaa"),
                format!("{form}qwertyuiop"),
                format!("{form} {form} 01.01.2000"),
                format!("{form}jane1990"),
                format!("{form}@companyname"),
            ] {
                if found(&password).is_none() {
                    accepted.push(password);
                }
            }
        }
    }
    assert_eq!(accepted, [""; 0]);
}

#[test]
fn the_rule_says_what_to_change() {
    for (password, rule) in [
        ("companyname2026!!", Rule::ContainsPersonalWord),
        ("JaneMiller19901225", Rule::ContainsPersonalWord),
        ("aaaaaaaaaaaaaab", Rule::Repetitive),
        ("qwertyuiop123456", Rule::Repetitive),
        ("sunshine!!", Rule::Common),
        ("DragonMonkey2026!", Rule::Guessable),
    ] {
        assert_eq!(found(password), Some(rule), "{password}");
    }
}

#[test]
fn good_passphrases_and_generated_passwords_are_accepted() {
    let refused: Vec<&str> = STRONG.lines().filter(|password| found(password).is_some()).collect();
    assert_eq!(refused, [""; 0]);
    assert!(STRONG.lines().count() > 300);
}

#[test]
fn a_few_personal_words_in_a_long_passphrase_are_fine() {
    for fine in
        ["jane likes seventeen green turtles", "my companyname badge smells of lavender", "Miller's oak bench 47 kvx"]
    {
        assert_eq!(found(fine), None, "{fine}");
    }
}

#[test]
fn nothing_and_the_longest_password_have_an_answer() {
    assert_eq!(weakness("", &PersonalWords::new(&[])), Some(Rule::Guessable));
    for group in ["a", "ab", "password", "1", "é", "李", "\u{1F642}"] {
        let longest: String = group.chars().cycle().take(256).collect();
        assert!(found(&longest).is_some(), "{group}");
    }
}
