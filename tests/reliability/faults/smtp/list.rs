//! The faults, and what must become of mails.

use account_tests::smtp_server::{Fault, Point};

/// What must become of emails whose server did wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Delivered after the cure, exactly once.
    Once,
    /// Delivered; the server may have it twice, for it took the first without saying so.
    PerhapsTwice,
    /// Given up at the first attempt.
    Dead,
}

/// A fault under test.
#[derive(Debug)]
pub(super) struct Scenario {
    pub(super) name: &'static str,
    pub(super) fault: Fault,
    pub(super) outcome: Outcome,
    /// Whether the service demands STARTTLS.
    pub(super) tls: bool,
    /// Whether emails to others must come through meanwhile.
    pub(super) spares_others: bool,
    /// Addresses that the fault is about.
    pub(super) recipient: fn(usize) -> String,
}

const fn plain(name: &'static str, fault: Fault, outcome: Outcome) -> Scenario {
    Scenario {
        name,
        fault,
        outcome,
        tls: false,
        spares_others: false,
        recipient: |number| format!("p{number}@example.org"),
    }
}

const fn answers(name: &'static str, code: u16, at: Point, outcome: Outcome) -> Scenario {
    plain(name, Fault::Answers { code, at }, outcome)
}

const fn tls(name: &'static str, fault: Fault) -> Scenario {
    Scenario { tls: true, ..plain(name, fault, Outcome::Once) }
}

/// All of them.
pub(super) const SCENARIOS: &[Scenario] = &[
    plain("refuses connections", Fault::Refused, Outcome::Once),
    plain("does not answer", Fault::Silent, Outcome::Once),
    answers("greets with 421", 421, Point::Greeting, Outcome::Once),
    answers("answers 421 to MAIL", 421, Point::Mail, Outcome::Once),
    answers("answers 451 to RCPT", 451, Point::Recipient, Outcome::Once),
    answers("answers 451 to the final dot", 451, Point::FinalDot, Outcome::Once),
    answers("answers 452 to RCPT", 452, Point::Recipient, Outcome::Once),
    answers("answers 550 to RCPT", 550, Point::Recipient, Outcome::Dead),
    answers("answers 552 to the final dot", 552, Point::FinalDot, Outcome::Dead),
    answers("answers 554 to the final dot", 554, Point::FinalDot, Outcome::Dead),
    plain("closes the connection after the final dot", Fault::DropAfterDot, Outcome::PerhapsTwice),
    tls("offers no STARTTLS", Fault::NoStartTls),
    tls("presents a wrong certificate", Fault::WrongCertificate),
    Scenario {
        spares_others: true,
        recipient: |number| format!("jürgen-{number}@example.org"),
        ..plain("offers no SMTPUTF8, and the address needs it", Fault::NoSmtpUtf8, Outcome::Dead)
    },
    Scenario {
        spares_others: true,
        recipient: |number| format!("unknown-{number}@example.org"),
        ..plain("answers 451 to some recipients", Fault::Greylists("unknown"), Outcome::Once)
    },
    plain("sends one byte per second", Fault::Slow, Outcome::Once),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::SCENARIOS;

    #[test]
    fn the_faults_have_distinct_names() {
        let names: BTreeSet<_> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
        assert_eq!(names.len(), SCENARIOS.len());
    }
}
