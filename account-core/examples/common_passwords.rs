//! Makes the filter of common passwords. `src/password/blocklist/README.md` says where its sources come from.
//!
//! `cargo run --release -p account-core --example common_passwords -- rockyou.txt FILTER LIST..` reads the list `RockYou` and
//! further lists (one password a line, or a JSON array), and writes the filter.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

#[expect(dead_code, reason = "looking passwords up is for the library")]
#[path = "../src/password/blocklist/filter.rs"]
mod filter;

/// From the first line on, lines have passwords that only one person used.
const FIRST_OF_ONE_PERSON: usize = 2_459_760;
/// Up to which line passwords of a length are taken.
const CLASSES: [(std::ops::RangeInclusive<usize>, usize); 4] =
    [(4..=4, 1_136_145), (5..=7, 100_000), (8..=14, 300_000), (15..=usize::MAX, FIRST_OF_ONE_PERSON)];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (rockyou, written) = arguments.next().zip(arguments.next()).ok_or("which list, and which filter?")?;
    let mut entries = BTreeSet::new();
    for (index, line) in BufReader::new(fs::File::open(rockyou)?).split(b'\n').take(FIRST_OF_ONE_PERSON - 1).enumerate()
    {
        let Ok(text) = String::from_utf8(line?) else { continue };
        let text = text.trim_end_matches('\r');
        let length = text.nfkc().count();
        let is_taken = CLASSES.iter().any(|(lengths, before)| lengths.contains(&length) && index + 1 < *before);
        if is_taken && text.trim() == text && !is_address(text) {
            entries.insert(folded(text));
        }
    }
    for list in arguments {
        let text = fs::read_to_string(&list)?;
        let texts = if Path::new(&list).extension().is_some_and(|extension| extension == "json") {
            serde_json::from_str::<Vec<String>>(&text)?
        } else {
            text.lines().map(str::to_owned).collect()
        };
        entries.extend(texts.iter().map(|text| folded(text)).filter(|text| text.chars().count() >= 4));
    }
    let mut bits = vec![0_u8; usize::try_from(filter::SIZE / 8)?];
    for entry in &entries {
        for place in entry.chars().collect::<filter::Fingerprint>().places() {
            let byte = bits.get_mut(usize::try_from(place / 8)?).ok_or("a place beyond the filter")?;
            *byte |= 1 << (place % 8);
        }
    }
    let set: u32 = bits.iter().map(|byte| byte.count_ones()).sum();
    let share = f64::from(set) / f64::from(u32::try_from(filter::SIZE)?);
    fs::write(written, bits)?;
    writeln!(
        std::io::stdout(),
        "{} entries; {:.2e} of other texts are found by chance",
        entries.len(),
        share.powi(16)
    )?;
    Ok(())
}

/// As passwords are looked up: in form KC and lower case.
fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// Addresses are personal data, and no entry of a list of passwords.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !text.chars().any(char::is_whitespace)
    })
}
