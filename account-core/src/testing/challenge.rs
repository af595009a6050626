//! Answering challenges, as a client does.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::ports::Puzzle;

/// Solves a proof of work by trying all numbers; returns the response to send.
///
/// # Panics
/// If it has no solution.
#[must_use]
pub fn solve(puzzle: &Puzzle) -> String {
    let is_solution = |number: &u32| digest(&puzzle.salt, *number) == puzzle.challenge;
    let number = (0..=puzzle.max_number).find(is_solution);
    response(puzzle, &puzzle.salt, u64::from(number.unwrap_or_else(|| panic!("the puzzle has no solution"))))
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
    Sha256::digest(format!("{salt}{number}").as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
