//! Passwords that a rule describes better than a list: repetitions and keyboard patterns.

use zeroize::Zeroizing;

use super::{is_common, lower_case};

/// A repeated group of up to this many characters is refused, whatever the group.
const LONGEST_GROUP: usize = 4;

/// Minimum length of a run. Shorter ones occur in ordinary words.
const SHORTEST_RUN: usize = 3;

/// Longer runs need not be tried: they can be cut into runs of the minimum length up to this one.
const LONGEST_PIECE: usize = 2 * SHORTEST_RUN - 1;

/// Characters in the order of counting, the alphabet or a keyboard. Each track is read in both directions and wraps
/// around. No character occurs twice in a track.
const TRACKS: [&str; 11] = [
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    // Rows, one below the other: QWERTY, QWERTZ, AZERTY and the digits with shift.
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "!@#$%^&*()",
    // Columns and zigzags.
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "147258369",
];

/// Returns whether the whole password is a repetition or a plain sequence:
///
/// - a group of up to four characters over and over (`aaaaaaaaaaaaaaa`, `abc1abc1abc1abc1`), the
///   last one possibly cut short;
/// - one common password over and over (`passwordpassword`);
/// - nothing but runs of three or more characters along the digits, the alphabet or a keyboard, or
///   of the same character (`123456789012345`, `qwertyuiopasdfgh`, `1qaz2wsx3edc4rfv`,
///   `aaabbbcccdddeee`).
///
/// A password that merely contains one of these is accepted, so passphrases pass. `normalised` is as for [`is_common`];
/// case does not matter. Check the length first: 256 characters take well under a millisecond, and the time grows with
/// the square of the length.
#[must_use]
pub fn is_repetitive(normalised: &str) -> bool {
    let text = lower_case(normalised);
    // Reserve the full capacity at once: growing would leave an unwiped copy behind.
    let mut characters = Zeroizing::new(Vec::with_capacity(text.len()));
    characters.extend(text.chars());
    repeats_a_group(&characters) || repeats_a_common_password(&text) || is_made_of_runs(&characters)
}

fn repeats_a_group(characters: &[char]) -> bool {
    (1..=LONGEST_GROUP).any(|length| characters.len() >= 2 * length && has_period(characters, length))
}

fn repeats_a_common_password(text: &str) -> bool {
    (LONGEST_GROUP + 1..=text.len() / 2).any(|length| {
        text.len().is_multiple_of(length)
            && has_period(text.as_bytes(), length)
            && text.get(..length).is_some_and(is_common)
    })
}

/// Returns whether every item equals the one `length` places before it.
fn has_period<T: PartialEq>(items: &[T], length: usize) -> bool {
    items.iter().zip(items.iter().skip(length)).all(|(earlier, later)| earlier == later)
}

/// Returns whether the password consists of runs only.
fn is_made_of_runs(characters: &[char]) -> bool {
    // `ends` says for each position whether a run can end there.
    let mut ends = vec![false; characters.len() + 1];
    if let Some(start) = ends.first_mut() {
        *start = true;
    }
    for start in 0..characters.len() {
        if ends.get(start) != Some(&true) {
            continue;
        }
        let ahead = characters.get(start..).unwrap_or_default();
        let longest = longest_run(ahead.get(..LONGEST_PIECE).unwrap_or(ahead));
        let reached = (longest + 1).saturating_sub(SHORTEST_RUN);
        for end in ends.iter_mut().skip(start + SHORTEST_RUN).take(reached) {
            *end = true;
        }
    }
    !characters.is_empty() && ends.last() == Some(&true)
}

/// Returns how many leading characters are one run.
fn longest_run(characters: &[char]) -> usize {
    let same = characters.iter().take_while(|character| Some(*character) == characters.first()).count();
    TRACKS.iter().map(|track| run_along(track, characters)).max().unwrap_or(0).max(same)
}

/// Returns how many leading characters follow `track`, forwards or backwards.
fn run_along(track: &str, characters: &[char]) -> usize {
    let places = track.len();
    let forwards = |from: usize, to: usize| (from + 1) % places == to;
    let backwards = |from: usize, to: usize| forwards(to, from);
    let on_track = || characters.iter().map_while(|character| track.find(*character));
    let steps = |step: &dyn Fn(usize, usize) -> bool| {
        on_track().zip(on_track().skip(1)).take_while(|(from, to)| step(*from, *to)).count()
    };
    1 + steps(&forwards).max(steps(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_characters_and_short_groups_are_repetitive() {
        for repeated in [
            "aaaaaaaaaaaaaaa",
            "               ",
            "ababababababababa",
            "abc1abc1abc1abc1",
            "Abc1aBc1abC1abc",
            "xy9xy9xy9xy9xy9",
            "éèéèéèéèéèéèéèéè",
        ] {
            assert!(is_repetitive(repeated), "{repeated:?}");
        }
    }

    #[test]
    fn a_repeated_common_password_is_repetitive() {
        for repeated in
            ["passwordpassword", "PasswordPassword", "dragondragondragon", "abc123abc123abc123", "sunshinesunshine"]
        {
            assert!(is_repetitive(repeated), "{repeated:?}");
        }
    }

    #[test]
    fn sequences_and_walks_along_the_keyboard_are_repetitive() {
        for sequence in [
            "123456789012345",
            "987654321098765",
            "012345678901234567890123",
            "abcdefghijklmnop",
            "zyxwvutsrqponmlk",
            "qwertyuiopasdfgh",
            "QWERTYUIOPASDFGH",
            "qwertzuiopasdfghjkl",
            "azertyuiopqsdfghj",
            "poiuytrewqlkjhgfdsa",
            "1qaz2wsx3edc4rfv",
            "qazwsxedcrfvtgb",
            "1q2w3e4r5t6y7u8i",
            "q1w2e3r4t5y6u7i8",
            "123qweasdzxc456",
            "qwerty1234567890",
            "abcdefgh12345678",
            "aaabbbcccdddeee",
            "111222333444555",
            "!@#$%^&*()!@#$%",
        ] {
            assert!(is_repetitive(sequence), "{sequence:?}");
        }
    }

    #[test]
    fn ordinary_passphrases_are_not_repetitive() {
        for fine in [
            "correct horse battery staple",
            "correcthorsebatterystaple",
            "seven purple kites over the harbour",
            "my password is my passport",
            "never never never give up",
            "buffalo buffalo buffalo herd",
            "abcdefg my first letters",
            "the year 1234 was long ago",
            "qwertyuiop and some more",
            "Grüße aus dem alten Hafen",
            "東京の夏はとても暑いですから気をつけて",
            "kX9#vQ2$mL7@wR4!",
            "3f9a1c77-52d0-4e8b-a6cc",
        ] {
            assert!(!is_repetitive(fine), "{fine:?}");
        }
    }

    #[test]
    fn the_passwords_in_the_published_api_documents_are_not_repetitive() {
        for documented in ["SDf345FCe", "Secret007", "password123456", "yourpassword", "Abcdef1!"] {
            assert!(!is_repetitive(documented), "{documented:?}");
        }
    }

    #[test]
    fn one_character_too_many_ends_the_sequence() {
        assert!(!is_repetitive("123456789012345x"));
        assert!(!is_repetitive("passwordpassword7"));
        assert!(!is_repetitive("qwertyuiopasdfgh jk"));
    }

    #[test]
    fn nothing_and_single_characters_are_not_repetitive() {
        for short in ["", "a", "ab", "é"] {
            assert!(!is_repetitive(short), "{short:?}");
        }
    }

    #[test]
    fn tracks_have_no_character_twice() {
        for track in TRACKS {
            assert!(track.is_ascii());
            for character in track.chars() {
                assert_eq!(track.matches(character).count(), 1, "{character} in {track}");
            }
        }
    }
}
