//! A person's own words, and those of the service: what somebody who knows them tries first.

use unicode_normalization::UnicodeNormalization;

use super::reading::without_accent;

/// Minimum length of a piece: shorter ones occur by chance. Two characters of a script that is not Latin are a name.
const SHORTEST: usize = 3;
const SHORTEST_NOT_ASCII: usize = 2;

/// The words and their parts, in lower case and without accents: of `john.doe@mail.acme.com` also `john`, `doe`,
/// `johndoe`, `mail` and `acme`.
pub(crate) struct PersonalWords(Vec<Vec<char>>);

impl PersonalWords {
    /// Takes words apart.
    pub(crate) fn new(words: &[&str]) -> Self {
        let mut pieces: Vec<Vec<char>> = words.iter().flat_map(|word| pieces(word)).collect();
        pieces.retain(|piece| is_long_enough(piece));
        pieces.sort_unstable();
        pieces.dedup();
        Self(pieces)
    }

    /// Returns the lengths of the words that `text` begins with.
    pub(super) fn lengths_at(&self, text: &[char]) -> impl Iterator<Item = usize> {
        self.0.iter().filter(|piece| text.starts_with(piece)).map(Vec::len)
    }
}

fn is_long_enough(piece: &[char]) -> bool {
    piece.len() >= if piece.iter().all(char::is_ascii) { SHORTEST } else { SHORTEST_NOT_ASCII }
}

fn pieces(word: &str) -> Vec<Vec<char>> {
    let folded: String = word.nfkc().flat_map(char::to_lowercase).map(without_accent).collect();
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<Vec<_>>();
    let (name, domain) = folded.split_once('@').unwrap_or((&folded, ""));
    // The last label is not the person's: everybody has it.
    let labels = domain.rsplit_once('.').map_or("", |(own, _)| own);
    let mut all = vec![folded.chars().collect(), letters(&folded), letters(name), domain.chars().collect()];
    all.extend(labels.split('.').map(letters));
    all.extend([name, labels].iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(letters));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_parts_and_the_domains_own_labels() {
        let words = PersonalWords::new(&["John.Doe@mail.acme-corp.com", "José Núñez", "李小龍", "Al"]);
        let mut pieces: Vec<String> = words.0.iter().map(|piece| piece.iter().collect()).collect();
        pieces.retain(|piece| !piece.contains('@') && piece.len() < 16);
        assert_eq!(
            pieces,
            [
                "acme",
                "acmecorp",
                "corp",
                "doe",
                "john",
                "johndoe",
                "jose",
                "jose nunez",
                "josenunez",
                "mail",
                "nunez",
                "李小龍"
            ]
        );
    }

    #[test]
    fn words_are_found_at_the_beginning() {
        let words = PersonalWords::new(&["john.doe@acme.com"]);
        let at = |text: &str| words.lengths_at(&text.chars().collect::<Vec<_>>()).max();
        assert_eq!((at("johndoe1"), at("acme2026"), at("xjohn"), at("com")), (Some(7), Some(4), None, None));
    }
}
