//! Waits.

use super::*;

const WAIT: Duration = Duration::from_secs(30);

#[test]
fn a_ticket_counts_after_the_wait_for_its_own_request_until_it_expires() {
    let waits = Waits::new(&keys(1), WAIT);
    let ticket = waits.issue(&registering("john@acme.com", START), &*entropy());
    assert_eq!((ticket.not_before, ticket.expires_at), (START + WAIT, START + WAIT + 10 * MINUTE));
    let judge = |identifier, now| waits.judge(ticket.text(), &registering(identifier, now));
    assert_eq!(judge("john@acme.com", START + WAIT - SECOND), failed(ChallengeFailure::Early));
    assert!(matches!(judge("john@acme.com", START + WAIT), ChallengeVerdict::Passed { .. }));
    assert!(matches!(judge("john@acme.com", ticket.expires_at - SECOND), ChallengeVerdict::Passed { .. }));
    assert_eq!(judge("john@acme.com", ticket.expires_at), failed(ChallengeFailure::Expired));
    assert_eq!(judge("jane@acme.com", START + WAIT), failed(ChallengeFailure::Wrong));
    let reset = Occasion { purpose: ChallengePurpose::PasswordReset, ..registering("john@acme.com", START + WAIT) };
    assert_eq!(waits.judge(ticket.text(), &reset), failed(ChallengeFailure::Wrong));
}

#[test]
fn a_changed_ticket_is_no_ticket() {
    let (waits, others) = (Waits::new(&keys(1), WAIT), Waits::new(&keys(2), WAIT));
    let issued = registering("john@acme.com", START);
    let ticket = waits.issue(&issued, &*entropy());
    let later = registering("john@acme.com", START + WAIT);
    assert_eq!(others.judge(ticket.text(), &later), failed(ChallengeFailure::Wrong));
    for at in 0..ticket.text().len() {
        let mut text = ticket.text().to_owned();
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        text.replace_range(at..=at, other);
        assert!(matches!(waits.judge(&text, &later), ChallengeVerdict::Failed(_)), "{at}");
        assert_eq!(waits.judge(&ticket.text()[..at], &later), failed(ChallengeFailure::Malformed));
    }
    let longer = format!("{}AAAA", ticket.text());
    assert_eq!(waits.judge(&longer, &later), failed(ChallengeFailure::Malformed));
    assert_ne!(waits.issue(&issued, &*entropy()).text(), Waits::new(&keys(3), WAIT).issue(&issued, &*entropy()).text());
}
