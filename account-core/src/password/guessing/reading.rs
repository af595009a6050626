//! The ways in which a guesser reads a password.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Longer passwords are judged by this many leading characters: what they begin with is either strong enough, or a
/// sign that the rest is no better.
pub(super) const MOST: usize = 128;

/// What separates words.
const SEPARATORS: &[char] = &[' ', '\u{A0}', '-', '_', '.', ',', '\'', '/', '+', ':', ';', '\u{3000}', '\u{30FB}'];

/// A password character by character: in lower case, and with the same number of characters without accents and with
/// letters in place of the digits and signs that look alike. Wiped when it is dropped.
pub(super) struct Reading {
    pub(super) plain: Zeroizing<Vec<char>>,
    /// Without accents.
    pub(super) bare: Zeroizing<Vec<char>>,
    /// Look-alikes as letters, with `1` and `!` as `i`, and as `l`.
    pub(super) letters: [Zeroizing<Vec<char>>; 2],
}

impl Reading {
    /// Reads a password in form KC.
    pub(super) fn of(normalised: &str) -> Self {
        Self::of_characters(normalised.chars().flat_map(char::to_lowercase).take(MOST))
    }

    /// Returns the same without what separates words; `None` if nothing does.
    pub(super) fn joined(&self) -> Option<Self> {
        let joined = || self.plain.iter().copied().filter(|character| !SEPARATORS.contains(character));
        (joined().count() < self.plain.len()).then(|| Self::of_characters(joined()))
    }

    fn of_characters(characters: impl Iterator<Item = char>) -> Self {
        // Reserve the full capacity at once: growing would leave an unwiped copy behind.
        let mut plain = Zeroizing::new(Vec::with_capacity(MOST));
        plain.extend(characters);
        let read = |read: &dyn Fn(char) -> char| {
            let mut characters = Zeroizing::new(Vec::with_capacity(plain.len()));
            characters.extend(plain.iter().copied().map(read));
            characters
        };
        let letters = ['i', 'l'].map(|one| read(&|character| letter(without_accent(character), one)));
        Self { bare: read(&without_accent), letters, plain }
    }
}

pub(super) fn without_accent(character: char) -> char {
    if character.is_ascii() { character } else { character.nfd().next().unwrap_or(character) }
}

const fn letter(character: char, one: char) -> char {
    match character {
        '4' | '@' => 'a',
        '8' => 'b',
        '3' => 'e',
        '9' | '6' => 'g',
        '1' | '!' | '|' => one,
        '0' => 'o',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(characters: &[char]) -> String {
        characters.iter().collect()
    }

    #[test]
    fn all_readings_are_of_one_length() {
        let reading = Reading::of("P4SSW0RD É1!");
        assert_eq!(text(&reading.plain), "p4ssw0rd é1!");
        assert_eq!(text(&reading.bare), "p4ssw0rd e1!");
        assert_eq!(reading.letters.each_ref().map(|it| text(it)), ["password eii", "password ell"]);
        assert_eq!(reading.joined().map(|it| text(&it.plain)).as_deref(), Some("p4ssw0rdé1!"));
        assert!(Reading::of("word").joined().is_none());
        assert_eq!(Reading::of(&"a".repeat(256)).plain.len(), MOST);
    }
}
