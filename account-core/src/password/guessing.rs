//! How many guesses a password takes, at least, when the guesser knows what people do: common passwords and words, their
//! repetitions, runs along a keyboard, years, digits and signs at the end, letters as digits, and the person's own words.
//!
//! The password is cut into pieces in the way that is cheapest for the guesser, much as zxcvbn does (Wheeler, USENIX
//! Security 2016), but with few kinds of pieces and a bound on the work. Only the comparison folds; what is hashed is the
//! password as it is. `docs/decisions/0021-guessable-passwords.md` has the reasons, and what was measured.

mod personal;
mod reading;
mod runs;
#[cfg(test)]
mod tests;

use super::blocklist::Fingerprint;
use crate::violation::Rule;
pub(crate) use personal::PersonalWords;
use reading::{MOST, Reading};
use runs::{SHORTEST_RUN, longest_run};

/// Guesses, as tenths of bits.
type Cost = u32;

/// What a password must cost. Two common words with a year and a sign are cheaper, three words are not.
const ENOUGH: Cost = 400;

/// One of the common passwords and words; about as many as `2^17`, most common ones first.
const WORD: Cost = 150;
/// Reading a word in another way: look-alikes, backwards.
const DISGUISE: Cost = 15;
/// One of the person's own words.
const PERSONAL: Cost = 25;
/// A run: where it begins, its direction, its length.
const RUN: Cost = 50;
/// What was there before, again.
const REPETITION: Cost = 40;
/// A year of the last or this century.
const YEAR: Cost = 70;
/// A date in digits.
const DATE: Cost = 140;

const SHORTEST_WORD: usize = 4;
const LONGEST_WORD: usize = 40;
const LONGEST_BACKWARDS: usize = 12;
const SHORTEST_REPETITION: usize = 3;

/// Returns what makes the password easy to guess; `None` if it is not.
///
/// `normalised` is the password in form KC.
pub(crate) fn weakness(normalised: &str, words: &PersonalWords) -> Option<Rule> {
    let reading = Reading::of(normalised);
    let joined = reading.joined();
    let readings = [Some(reading), joined];
    readings.iter().flatten().find_map(|reading| cheapest(reading, words)).map(Cut::rule)
}

/// The cheapest cut of a password up to a position.
#[derive(Clone, Copy)]
struct Cut {
    cost: Cost,
    /// Number of common words, and the characters of each kind of piece.
    words: usize,
    common: usize,
    repetitive: usize,
    personal: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Other,
    Common,
    Repetitive,
    Personal,
}

impl Cut {
    const START: Self = Self { cost: 0, words: 0, common: 0, repetitive: 0, personal: 0 };

    const fn with(mut self, kind: Kind, length: usize, cost: Cost) -> Self {
        self.cost += cost;
        match kind {
            Kind::Other => {}
            Kind::Common => {
                self.words += 1;
                self.common += length;
            }
            Kind::Repetitive => self.repetitive += length,
            Kind::Personal => self.personal += length,
        }
        self
    }

    /// The rule that tells the person most about what to change.
    fn rule(self) -> Rule {
        if self.personal >= self.common.max(self.repetitive) && self.personal > 0 {
            Rule::ContainsPersonalWord
        } else if self.repetitive >= self.common && self.repetitive > 0 {
            Rule::Repetitive
        } else if self.words == 1 {
            Rule::Common
        } else {
            Rule::Guessable
        }
    }
}

/// The cheapest cut, if it is too cheap.
fn cheapest(reading: &Reading, words: &PersonalWords) -> Option<Cut> {
    let length = reading.plain.len();
    let mut cuts: [Option<Cut>; MOST + 1] = [None; MOST + 1];
    if let Some(start) = cuts.first_mut() {
        *start = Some(Cut::START);
    }
    for start in 0..length {
        let ahead = cuts.get(start..=length)?;
        if ahead.iter().flatten().all(|cut| cut.cost >= ENOUGH) {
            return None;
        }
        let Some(cut) = cuts.get(start).copied().flatten().filter(|cut| cut.cost < ENOUGH) else { continue };
        let mut piece = |piece_length: usize, kind: Kind, cost: Cost| {
            let new = cut.with(kind, piece_length, cost);
            if let Some(place) = cuts.get_mut(start + piece_length)
                && place.is_none_or(|found| new.cost < found.cost)
            {
                *place = Some(new);
            }
        };
        for_each_piece(reading, words, start, &mut piece);
    }
    cuts.get(length).copied().flatten().filter(|cut| cut.cost < ENOUGH)
}

/// Calls `piece` with length, kind and cost of every piece that begins at `start`.
fn for_each_piece(reading: &Reading, words: &PersonalWords, start: usize, piece: &mut impl FnMut(usize, Kind, Cost)) {
    let plain = reading.plain.get(start..).unwrap_or_default();
    let Some(first) = plain.first() else { return };
    piece(1, Kind::Other, cost_of(*first));
    (SHORTEST_RUN..=longest_run(plain)).for_each(|length| piece(length, Kind::Repetitive, RUN));
    let repeated = longest_repetition(&reading.plain, start);
    (SHORTEST_REPETITION..=repeated).for_each(|length| piece(length, Kind::Repetitive, REPETITION));
    if let Some(length) = date(plain) {
        piece(length, Kind::Other, if length == 4 { YEAR } else { DATE });
    }
    let bare = reading.bare.get(start..).unwrap_or_default();
    words.lengths_at(bare).for_each(|length| piece(length, Kind::Personal, PERSONAL));
    for letters in &reading.letters {
        let letters = letters.get(start..).unwrap_or_default();
        words.lengths_at(letters).for_each(|length| piece(length, Kind::Personal, PERSONAL + DISGUISE));
    }
    for_each_word(plain, |length| piece(length, Kind::Common, WORD));
    for_each_word_backwards(&reading.plain, start, |length| piece(length, Kind::Common, WORD + DISGUISE));
    for disguised in std::iter::once(&reading.bare).chain(&reading.letters) {
        let disguised = disguised.get(start..).unwrap_or_default();
        // What only digits and signs spell is no word.
        let is_spelled = |length: &usize| plain.iter().take(*length).any(|character| character.is_alphabetic());
        if disguised != plain {
            for_each_word(disguised, |length| {
                if is_spelled(&length) {
                    piece(length, Kind::Common, WORD + DISGUISE);
                }
            });
        }
    }
}

/// Calls `found` with the length of every common word that the text begins with.
fn for_each_word(text: &[char], mut found: impl FnMut(usize)) {
    let mut fingerprint = Fingerprint::EMPTY;
    for (index, character) in text.iter().take(LONGEST_WORD).enumerate() {
        fingerprint.push(*character);
        if index + 1 >= SHORTEST_WORD && fingerprint.is_common() {
            found(index + 1);
        }
    }
}

/// Calls `found` with the length of every common word that stands backwards at `start`.
fn for_each_word_backwards(text: &[char], start: usize, mut found: impl FnMut(usize)) {
    let ahead = text.get(start..).unwrap_or_default();
    for length in SHORTEST_WORD..=LONGEST_BACKWARDS.min(ahead.len()) {
        if ahead.iter().take(length).rev().copied().collect::<Fingerprint>().is_common() {
            found(length);
        }
    }
}

/// Returns how many characters from `start` on are the same as somewhere before.
fn longest_repetition(text: &[char], start: usize) -> usize {
    let (before, ahead) = text.split_at_checked(start).unwrap_or_default();
    let same =
        |from: usize| before.iter().skip(from).zip(ahead).take_while(|(earlier, later)| earlier == later).count();
    (0..before.len()).map(same).max().unwrap_or(0)
}

/// Returns the length of the year or date in digits that the text begins with.
fn date(text: &[char]) -> Option<usize> {
    let number = |from: usize, length: usize| {
        let digits = text.get(from..from + length)?;
        digits.iter().try_fold(0, |number, digit| Some(number * 10 + digit.to_digit(10)?))
    };
    let is =
        |from, length, range: std::ops::RangeInclusive<u32>| number(from, length).is_some_and(|it| range.contains(&it));
    let year = |from| is(from, 4, 1900..=2099);
    let day_and_month =
        |from| (is(from, 2, 1..=31) && is(from + 2, 2, 1..=12)) || (is(from, 2, 1..=12) && is(from + 2, 2, 1..=31));
    if (year(0) && day_and_month(4)) || (day_and_month(0) && year(4)) {
        Some(8)
    } else if year(0) {
        Some(4)
    } else if day_and_month(0) && number(4, 2).is_some() {
        Some(6)
    } else {
        None
    }
}

/// What a character costs that belongs to no piece. Case does not count: people capitalize what they must.
const fn cost_of(character: char) -> Cost {
    match character {
        '!' | ' ' | '-' | '_' | '.' | ',' => 20,
        '0'..='9' => 33,
        'a'..='z' => 47,
        '\0'..='\u{7F}' => 45,
        '\u{80}'..='\u{2DFF}' => 55,
        _ => 80,
    }
}
