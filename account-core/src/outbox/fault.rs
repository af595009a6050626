//! Whose fault it is that a mail server refuses an email for good, by its reply.
//!
//! The sources are RFC 5321, section 4.2 (basic codes), RFC 3463 with its registry (enhanced codes: `5.1.1`), RFC 4954,
//! section 6 (authentication) and RFC 7504 (521, 556).

use std::str::FromStr;

use crate::named_enum;
use crate::timestamp::Timestamp;

named_enum! {
    /// Whose fault it is that an email was refused for good.
    pub enum Fault {
        /// The recipient's address does not exist, or takes no email. Nobody but its owner can do anything about it.
        Recipient = "recipient",
        /// The email is too large or cannot be sent this way, or nothing is known. Trying again changes nothing.
        Message = "message",
        /// Who sends is refused, or the server does not work: that may be so for every email. It ends when somebody
        /// puts it right.
        Sender = "sender",
    }
}

impl Fault {
    /// Returns whose fault it is that an email was not delivered that a mail server had accepted, by the status of its
    /// report (RFC 3464).
    #[must_use]
    pub fn of_report(status: &str) -> Self {
        let enhanced = EnhancedCode::find(550, status);
        // The server tried for days, and gave up without an answer: nobody knows.
        if enhanced.is_some_and(|code| code.class == 4) {
            return Self::Message;
        }
        match (Reply { to: Answered::Recipient, code: 550, enhanced }).verdict() {
            Verdict::Refused(fault) => fault,
            Verdict::ShutOut | Verdict::TryAgain => Self::Sender,
        }
    }
}

/// An email was refused for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Whose fault it is.
    pub fault: Fault,
    /// When it was refused.
    pub at: Timestamp,
}

/// What a reply answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// The connection: the greeting, EHLO, STARTTLS, AUTH.
    Connection,
    /// MAIL, which names the sender.
    Sender,
    /// RCPT, which names the recipient.
    Recipient,
    /// DATA or the email.
    Message,
}

/// A mail server's reply, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// What it answers.
    pub to: Answered,
    /// The basic code: 250, 451, 550.
    pub code: u16,
    /// The enhanced code, if there is one.
    pub enhanced: Option<EnhancedCode>,
}

/// What a reply means for the email.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Trying again later may help.
    TryAgain,
    /// The server refuses this service, whatever it sends: its password is wrong, or it is blocked. Trying again helps
    /// once somebody has put that right.
    ShutOut,
    /// It is refused for good.
    Refused(Fault),
}

/// An enhanced status code (RFC 3463): class, subject and detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedCode {
    class: u16,
    subject: u16,
    detail: u16,
}

/// A text is not an enhanced status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an enhanced status code is three numbers such as `5.1.1`")]
pub struct NotAnEnhancedCode;

impl FromStr for EnhancedCode {
    type Err = NotAnEnhancedCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| {
            let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { text.parse().map_err(|_| NotAnEnhancedCode) } else { Err(NotAnEnhancedCode) }
        };
        let mut parts = text.split('.').map(number);
        let mut next = || parts.next().ok_or(NotAnEnhancedCode)?;
        let code = Self { class: next()?, subject: next()?, detail: next()? };
        let is_known_class = matches!(code.class, 2 | 4 | 5);
        if parts.next().is_none() && is_known_class { Ok(code) } else { Err(NotAnEnhancedCode) }
    }
}

impl EnhancedCode {
    /// Finds the code of a reply in its text: in front, where it belongs, or else the first one in the text of the same
    /// class as the basic code. Numbers of versions and addresses are no codes.
    #[must_use]
    pub fn find(code: u16, text: &str) -> Option<Self> {
        let first = text.split_whitespace().next().unwrap_or_default();
        if let Ok(in_front) = first.trim_end_matches([':', ',', ';']).parse() {
            return Some(in_front);
        }
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '@')));
        let mut codes = words.filter_map(|word| word.trim_end_matches('.').parse::<Self>().ok());
        codes.find(|found| found.class == code / 100 && (1..=7).contains(&found.subject))
    }
}

impl Reply {
    /// Returns what the reply means. If the enhanced code contradicts the basic one, the first digit is that of the basic
    /// one: `450 5.1.1` is tried again, `550 4.1.1` is not.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.code {
            // Missing, weak or wrong credentials (RFC 4954, section 6), whatever they answer.
            530 | 534 | 535 | 538 => Verdict::ShutOut,
            500..=599 if self.to == Answered::Connection => Verdict::ShutOut,
            500..=599 => self.refused(),
            // A positive answer that does not belong here is one of a server that is confused for now.
            _ => Verdict::TryAgain,
        }
    }

    fn refused(&self) -> Verdict {
        let names_recipient = self.to != Answered::Sender;
        let subject = self.enhanced.map_or((0, 0), |code| (code.subject, code.detail));
        Verdict::Refused(match subject {
            // The sender's address does not exist.
            (1, 7 | 8) => return Verdict::ShutOut,
            (1, 1..=3 | 6 | 10) | (2, _) => Fault::Recipient,
            // Another problem with an address: whose, tells the command.
            (1, _) if names_recipient => Fault::Recipient,
            (3, 4) | (6, _) => Fault::Message,
            // The server does not work (3), finds no way (4), does not understand us (5) or does not let us (7).
            (1 | 3 | 4 | 5 | 7, _) => Fault::Sender,
            // Nothing is known of the subject: the basic code has to do.
            _ => return self.bare(),
        })
    }

    /// What a basic code means alone.
    fn bare(&self) -> Verdict {
        let to_message = self.to == Answered::Message;
        Verdict::Refused(match self.code {
            550..=553 if self.to != Answered::Sender => Fault::Recipient,
            // The domain takes no email (RFC 7504).
            556 if self.to == Answered::Recipient => Fault::Recipient,
            // Too large, when that was announced (RFC 1870).
            552 => Fault::Message,
            554 if to_message => Fault::Message,
            _ => Fault::Sender,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(to: Answered, code: u16, text: &str) -> Verdict {
        Reply { to, code, enhanced: EnhancedCode::find(code, text) }.verdict()
    }

    #[test]
    fn refusals_are_told_apart_by_their_codes() {
        use Answered::{Connection, Message, Recipient, Sender};
        let refused = Verdict::Refused;
        let (try_again, shut_out) = (Verdict::TryAgain, Verdict::ShutOut);
        let (recipients, messages, senders) =
            (refused(Fault::Recipient), refused(Fault::Message), refused(Fault::Sender));
        for (to, code, text, expected) in [
            // What ends by itself.
            (Recipient, 421, "4.3.2 going down", try_again),
            (Recipient, 421, "4.7.0 too many connections", try_again),
            (Recipient, 450, "4.7.1 greylisted", try_again),
            (Message, 451, "", try_again),
            (Recipient, 452, "4.2.2 mailbox full", try_again),
            (Sender, 454, "4.7.0 authentication is down", try_again),
            (Connection, 421, "", try_again),
            (Message, 250, "2.0.0 fine", try_again),
            // What shuts the service out.
            (Connection, 535, "5.7.8 bad credentials", shut_out),
            (Connection, 554, "5.7.1 your address is blocked", shut_out),
            (Connection, 521, "no mail here", shut_out),
            (Connection, 502, "", shut_out),
            (Sender, 530, "5.7.0 authenticate first", shut_out),
            (Recipient, 530, "", shut_out),
            (Message, 535, "", shut_out),
            (Sender, 553, "5.1.8 sender unknown", shut_out),
            (Recipient, 550, "5.1.7 bad sender", shut_out),
            // The recipient's.
            (Recipient, 550, "5.1.1 no such user", recipients),
            (Recipient, 550, "5.1.2 bad domain", recipients),
            (Recipient, 553, "5.1.3 bad syntax", recipients),
            (Recipient, 551, "5.1.6 moved", recipients),
            (Recipient, 556, "5.1.10 null MX", recipients),
            (Recipient, 550, "5.1.0 address rejected", recipients),
            (Recipient, 550, "5.2.1 disabled", recipients),
            (Message, 552, "5.2.2 mailbox full", recipients),
            (Message, 554, "5.2.2 mailbox full", recipients),
            (Recipient, 550, "no such user", recipients),
            (Recipient, 551, "", recipients),
            (Recipient, 552, "", recipients),
            (Recipient, 553, "", recipients),
            (Message, 550, "", recipients),
            (Recipient, 550, "5.0.0 unknown", recipients),
            (Recipient, 550, "5.9.1 what", recipients),
            (Recipient, 556, "", recipients),
            // The message's.
            (Message, 552, "5.3.4 too big", messages),
            (Sender, 552, "5.3.4 too big", messages),
            (Sender, 552, "too big", messages),
            (Message, 554, "5.6.0 bad content", messages),
            (Recipient, 553, "5.6.7 no such characters", messages),
            (Message, 554, "", messages),
            // The sender's.
            (Recipient, 554, "5.7.1 Relay access denied", senders),
            (Recipient, 550, "5.7.60 client may not send as this sender", senders),
            (Message, 550, "5.7.26 unauthenticated", senders),
            (Recipient, 554, "Relay access denied", senders),
            (Recipient, 550, "5.3.2 not accepting", senders),
            (Recipient, 550, "5.4.1 access denied", senders),
            (Message, 554, "5.5.1 what", senders),
            (Recipient, 503, "", senders),
            (Sender, 550, "no", senders),
            (Sender, 553, "5.1.0 rejected", senders),
            (Sender, 554, "", senders),
            // The first digit of the basic code rules.
            (Recipient, 450, "5.1.1 no such user", try_again),
            (Recipient, 550, "4.1.1 no such user", recipients),
            (Recipient, 550, "4.7.1 blocked", senders),
            (Recipient, 550, "2.1.5 no such user", recipients),
            // A code in the text only.
            (Recipient, 550, "Your message was blocked (#5.7.1), see https://x.org", senders),
            (Recipient, 554, "delivery error: no such user [5.1.1]", recipients),
            (Recipient, 550, "Blocked by policy. 5.7.1.", senders),
            (Recipient, 550, "no such user at 5.7.1.9", recipients),
            (Recipient, 550, "no such user, says ExampleMail/5.7.1", recipients),
            (Recipient, 550, "no such user, says version-5.7.1", recipients),
            (Recipient, 550, "no such user, was 4.7.1 before", recipients),
        ] {
            assert_eq!(verdict(to, code, text), expected, "{to:?} {code} {text}");
        }
    }

    #[test]
    fn reports_are_told_apart_by_their_status() {
        for (status, fault) in [
            ("5.1.1", Fault::Recipient),
            ("5.2.2", Fault::Recipient),
            ("5.0.0", Fault::Recipient),
            ("", Fault::Recipient),
            ("5.3.4", Fault::Message),
            ("4.4.7", Fault::Message),
            ("5.7.26", Fault::Sender),
            ("5.1.8", Fault::Sender),
        ] {
            assert_eq!(Fault::of_report(status), fault, "{status}");
        }
    }

    #[test]
    fn only_three_short_numbers_of_a_known_class_are_a_code() {
        for text in ["5.1.1", "4.7.25", "2.0.0", "5.999.999"] {
            assert!(text.parse::<EnhancedCode>().is_ok(), "{text}");
        }
        for text in ["", "5", "5.1", "5.1.1.1", "5.1.", ".5.1", "3.1.1", "1.2.3", "5.1.1234", "5.+1.1", "5.1.x"] {
            assert_eq!(text.parse::<EnhancedCode>(), Err(NotAnEnhancedCode), "{text}");
        }
    }
}
