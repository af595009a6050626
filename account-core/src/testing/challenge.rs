//! Answering challenges, as a client does.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::ports::Puzzle;

/// Solves a proof of work by trying all numbers; returns the response to send. `None` if it has no solution.
#[must_use]
pub fn solve(puzzle: &Puzzle) -> Option<String> {
    let is_solution = |number: &u32| digest(&puzzle.salt, *number) == puzzle.challenge;
    let number = (0..=puzzle.max_number).find(is_solution)?;
    Some(response(puzzle, &puzzle.salt, number.into()))
}

/// Writes a response with this salt and number, whether it is right or not.
#[must_use]
pub fn response(puzzle: &Puzzle, salt: &str, number: u64) -> String {
    let Puzzle { challenge, signature, .. } = puzzle;
    let response = serde_json::json!({
        "algorithm": "SHA-256", "challenge": challenge, "number": number, "salt": salt, "signature": signature, "took": 1,
    });
    Base64::encode_string(response.to_string().as_bytes())
}

fn digest(salt: &str, number: u32) -> String {
    let digest = Sha256::digest(format!("{salt}{number}").as_bytes());
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect()
}
