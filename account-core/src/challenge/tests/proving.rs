//! Proofs of work.

use super::*;
use crate::ports::{ChallengeVerifier, Puzzle};
use crate::testing::challenge::{response, solve};
use crate::timestamp::CLOCK_DIFFERENCE;

const WORK: u32 = 500;

fn verifier(keys: &MasterKeys) -> ProofOfWork {
    ProofOfWork::new(keys, entropy(), WORK)
}

async fn puzzle(verifier: &ProofOfWork, occasion: &Occasion<'_>) -> Puzzle {
    match verifier.demand(occasion).await.unwrap() {
        Challenge::ProofOfWork(puzzle) => puzzle,
        other @ Challenge::Other { .. } => panic!("{other:?}"),
    }
}

async fn verify(verifier: &ProofOfWork, response: &str, occasion: &Occasion<'_>) -> ChallengeVerdict {
    verifier.verify(response, occasion).await.unwrap()
}

/// The number in a response.
fn number_in(response: &str) -> u64 {
    use base64ct::{Base64, Encoding};
    let value: serde_json::Value = serde_json::from_slice(&Base64::decode_vec(response).unwrap()).unwrap();
    value["number"].as_u64().unwrap()
}

#[tokio::test]
async fn a_solution_passes_for_its_own_request_until_it_expires() {
    let verifier = verifier(&keys(1));
    let john = registering("john@acme.com", START);
    let puzzle = puzzle(&verifier, &john).await;
    let solution = solve(&puzzle).unwrap();
    let passed = ChallengeVerdict::Passed { challenge: puzzle.challenge.clone() };
    assert_eq!(verify(&verifier, &solution, &john).await, passed);
    let just_in_time = registering("john@acme.com", START + 10 * MINUTE - SECOND);
    assert_eq!(verify(&verifier, &solution, &just_in_time).await, passed);
    let late = registering("john@acme.com", START + 10 * MINUTE);
    assert_eq!(verify(&verifier, &solution, &late).await, failed(ChallengeFailure::Expired));
    // A clock that was fast and was set back: the challenge would outlive the note that it was used.
    let ahead = registering("john@acme.com", START - CLOCK_DIFFERENCE);
    assert_eq!(verify(&verifier, &solution, &ahead).await, passed);
    let long_before = registering("john@acme.com", START - CLOCK_DIFFERENCE - SECOND);
    assert_eq!(verify(&verifier, &solution, &long_before).await, failed(ChallengeFailure::Expired));
    let jane = registering("jane@acme.com", START);
    assert_eq!(verify(&verifier, &solution, &jane).await, failed(ChallengeFailure::OtherRequest));
    for purpose in [ChallengePurpose::SignIn, ChallengePurpose::PasswordReset] {
        let other = Occasion { purpose, ..john };
        assert_eq!(verify(&verifier, &solution, &other).await, failed(ChallengeFailure::OtherRequest));
    }
}

#[tokio::test]
async fn a_challenge_is_different_each_time_and_does_not_show_what_it_is_for() {
    let verifier = verifier(&keys(1));
    let john = registering("john@acme.com", START);
    let (one, other) = (puzzle(&verifier, &john).await, puzzle(&verifier, &john).await);
    assert_ne!(one.salt, other.salt);
    assert_ne!(one.challenge, other.challenge);
    assert!(one.salt.contains("?expires=1767226200&for=") && one.salt.ends_with('&'), "{}", one.salt);
    assert!(!one.salt.contains("john"));
}

/// CVE-2025-68113: digits that move between the salt and the number leave the digest, and so the signature, as they are.
#[tokio::test]
async fn cve_2025_68113_digits_cannot_be_moved_between_salt_and_number() {
    let verifier = verifier(&keys(1));
    let john = registering("john@acme.com", START);
    for _ in 0..20 {
        let puzzle = puzzle(&verifier, &john).await;
        let number = number_in(&solve(&puzzle).unwrap()).to_string();
        for at in 1..number.len() {
            let (moved, rest) = number.split_at(at);
            let spliced = response(&puzzle, &format!("{}{moved}", puzzle.salt), rest.parse().unwrap());
            assert_eq!(verify(&verifier, &spliced, &john).await, failed(ChallengeFailure::Malformed));
        }
        // Without the sign that ends it, what follows `for=` would be the number's to say.
        let open = response(&puzzle, puzzle.salt.trim_end_matches('&'), number.parse().unwrap());
        assert_eq!(verify(&verifier, &open, &john).await, failed(ChallengeFailure::Malformed));
        let later = puzzle.salt.replace("expires=1767226200", "expires=17672262000");
        let extended = response(&puzzle, &later, number.parse().unwrap());
        assert_eq!(verify(&verifier, &extended, &john).await, failed(ChallengeFailure::Wrong));
    }
}

#[tokio::test]
async fn nothing_that_the_client_says_replaces_what_the_service_asks() {
    use base64ct::{Base64, Encoding};
    let keys = keys(1);
    let john = registering("john@acme.com", START);
    let harder = ProofOfWork::new(&keys, entropy(), 100_000);
    let easier = verifier(&keys);
    let puzzle = loop {
        let puzzle = puzzle(&harder, &john).await;
        if number_in(&solve(&puzzle).unwrap()) > u64::from(WORK) {
            break puzzle;
        }
    };
    let solution = solve(&puzzle).unwrap();
    assert!(matches!(verify(&harder, &solution, &john).await, ChallengeVerdict::Passed { .. }));
    assert_eq!(verify(&easier, &solution, &john).await, failed(ChallengeFailure::Wrong), "beyond its largest number");
    let text = String::from_utf8(Base64::decode_vec(&solution).unwrap()).unwrap();
    let encoded = |text: &str| Base64::encode_string(text.as_bytes());
    let changed = |from: &str, to: &str| encoded(&text.replace(from, to));
    let number = number_in(&solution).to_string();
    for (changed, why) in [
        (changed("SHA-256", "SHA-1"), ChallengeFailure::Wrong),
        (changed("SHA-256", "sha-256"), ChallengeFailure::Wrong),
        (changed(&number, "-1"), ChallengeFailure::Malformed),
        (changed(&number, "1.0"), ChallengeFailure::Malformed),
        (changed(&number, &format!("\"{number}\"")), ChallengeFailure::Malformed),
        (changed(&number, "0"), ChallengeFailure::Wrong),
        (changed(&puzzle.challenge, &puzzle.challenge.to_uppercase()), ChallengeFailure::Wrong),
        (changed(&puzzle.signature, ""), ChallengeFailure::Wrong),
        (changed(&puzzle.signature, &"0".repeat(64)), ChallengeFailure::Wrong),
        (encoded("{}"), ChallengeFailure::Malformed),
        (encoded(&"[".repeat(1_000)), ChallengeFailure::Malformed),
        (String::new(), ChallengeFailure::Malformed),
        ("not base64".to_owned(), ChallengeFailure::Malformed),
        ("A".repeat(1_000_000), ChallengeFailure::Malformed),
    ] {
        assert_eq!(verify(&harder, &changed, &john).await, failed(why), "{changed}");
    }
}

#[tokio::test]
async fn a_challenge_of_a_retired_key_counts_and_one_of_a_strange_key_does_not() {
    let (before, strange) = (keys(1), keys(2));
    let after = MasterKeys { current: keys(3).current, retired: vec![before.current.clone()] };
    let john = registering("john@acme.com", START);
    let solution = solve(&puzzle(&verifier(&before), &john).await).unwrap();
    assert!(matches!(verify(&verifier(&after), &solution, &john).await, ChallengeVerdict::Passed { .. }));
    assert_eq!(verify(&verifier(&strange), &solution, &john).await, failed(ChallengeFailure::Wrong));
}
