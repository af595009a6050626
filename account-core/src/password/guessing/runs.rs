//! Runs of characters: the same one, or along the digits, the alphabet or a keyboard.

/// Minimum length of a run. Shorter ones occur in ordinary words.
pub(super) const SHORTEST_RUN: usize = 3;

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

/// Returns how many leading characters are one run.
pub(super) fn longest_run(characters: &[char]) -> usize {
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

    fn longest(text: &str) -> usize {
        longest_run(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn runs_go_along_digits_letters_and_keyboards_in_both_directions() {
        for run in [
            "aaaaaa",
            "01234567890123",
            "987654321098",
            "abcdefghijklmnopqrstuvwxyz",
            "zyxwvut",
            "qwertyuiopasdfgh",
            "poiuytrewq",
            "qwertzuiop",
            "azertyuiop",
            "1qaz2wsx3edc",
            "qazwsxedc",
            "1q2w3e4r",
            "q1w2e3r4",
            "!@#$%^&*()",
            "147258369",
            "éééé",
        ] {
            assert_eq!(longest(run), run.chars().count(), "{run}");
        }
    }

    #[test]
    fn a_run_ends_where_the_order_does() {
        assert_eq!((longest("123x"), longest("abd"), longest("x"), longest(""), longest("aab")), (3, 2, 1, 1, 2));
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
