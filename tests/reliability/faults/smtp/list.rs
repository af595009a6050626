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
    /// Given up at the third attempt, while it is still refused.
    GivenUp,
    /// Given up at the first attempt, and delivered after an administrator has put it back.
    PutBack,
}

/// A fault under test.
#[derive(Debug, Clone, Copy)]
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

const fn says(name: &'static str, code: u16, text: &'static str, at: Point, outcome: Outcome) -> Scenario {
    plain(name, Fault::Says { code, text, at }, outcome)
}

/// The recipients are of several domains.
const fn of_many_domains(scenario: Scenario) -> Scenario {
    Scenario { recipient: |number| format!("p{number}@domain-{}.example.org", number % 5), ..scenario }
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
    says("answers 450 4.7.1 to RCPT", 450, "4.7.1 greylisted", Point::Recipient, Outcome::Once),
    says("answers 450 5.1.1 to RCPT", 450, "5.1.1 no such user", Point::Recipient, Outcome::Once),
    says("answers 550 5.1.1 to RCPT", 550, "5.1.1 no such user", Point::Recipient, Outcome::Dead),
    says("answers 550 5.1.1 to RCPT by mistake", 550, "5.1.1 no such user", Point::Recipient, Outcome::PutBack),
    says("answers 552 5.3.4 to MAIL", 552, "5.3.4 too large", Point::Mail, Outcome::Dead),
    says("answers 554 5.6.0 to the final dot", 554, "5.6.0 no such content", Point::FinalDot, Outcome::Dead),
    says("answers 535 5.7.8 to MAIL", 535, "5.7.8 wrong password", Point::Mail, Outcome::Once),
    says("answers 554 5.7.1 to one domain", 554, "5.7.1 Relay access denied", Point::Recipient, Outcome::GivenUp),
    of_many_domains(says(
        "answers 554 5.7.1 to all domains",
        554,
        "5.7.1 Relay access denied",
        Point::Recipient,
        Outcome::Once,
    )),
    of_many_domains(says(
        "answers 550 5.7.60 to the final dot, to all domains",
        550,
        "5.7.60 client may not send as this sender",
        Point::FinalDot,
        Outcome::Once,
    )),
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
