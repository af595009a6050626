//! Emails as a person sees them.

use base64ct::{Base64, Encoding};

use super::case::MailLine;
use super::pattern::compare;
use super::variables::Variables;
use crate::service::mail_header;

/// Every difference between an email and what is expected of it.
pub(super) fn differences(expected: &[MailLine], mail: &str, variables: &mut Variables) -> Vec<String> {
    let text = decoded(mail);
    let mut found = Vec::new();
    for line in expected {
        let (what, wanted, got) = match line {
            MailLine::Header(name, value) => (name.as_str(), value, mail_header(mail, name)),
            MailLine::Link(link) => ("Link", link, first_link(&text)),
            MailLine::Contains(words) | MailLine::Lacks(words) => {
                let is_meant_to = matches!(line, MailLine::Contains(_));
                match variables.fill(words) {
                    Ok(words) if text.contains(&words) == is_meant_to => {}
                    Ok(words) if is_meant_to => found.push(format!("the mail does not contain {words:?}: {text}")),
                    Ok(words) => found.push(format!("the mail contains {words:?}")),
                    Err(why) => found.push(why),
                }
                continue;
            }
        };
        let got = got.unwrap_or_default();
        if let Err(why) = compare(wanted, &got, variables) {
            found.extend([format!("expected {what}: {wanted}"), format!("got      {what}: {got}"), why]);
        }
    }
    found
}

/// The first link of the text part.
pub(super) fn first_link(text: &str) -> Option<String> {
    let body = text.split_once("\r\n\r\n")?.1;
    let start = [body.find("http://"), body.find("https://")].into_iter().flatten().min()?;
    body.get(start..)?.split_whitespace().next().map(str::to_owned)
}

/// The text of an email with its parts decoded.
pub(super) fn decoded(mail: &str) -> String {
    let mail = &with_base64_decoded(mail);
    if !mail.to_ascii_lowercase().contains("quoted-printable") {
        return mail.to_owned();
    }
    let joined = mail.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let escaped = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = escaped.filter(|_| *first == b'=').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes the parts that are in base64.
fn with_base64_decoded(mail: &str) -> String {
    const HEADER: &str = "Content-Transfer-Encoding: base64\r\n\r\n";
    let mut pieces = mail.split(HEADER);
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (part, rest) = piece.split_once("\r\n--").unwrap_or((piece, ""));
        let bytes = Base64::decode_vec(&part.replace("\r\n", "")).unwrap_or_default();
        decoded.push_str("\r\n\r\n");
        decoded.push_str(&String::from_utf8_lossy(&bytes));
        decoded.push_str("\r\n--");
        decoded.push_str(rest);
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Subject: Verify\r\nTo: a@b.c\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Hello,\r\nhttps://portal.example.com/done?code=3Dabcdefghijklmnopqrstuvwxyz012345678=\r\n90123456\r\nBye =41\r\n";

    fn found(line: MailLine) -> Vec<String> {
        differences(&[line], MAIL, &mut Variables::default())
    }

    #[test]
    fn a_link_is_read_as_a_person_sees_it() {
        assert!(found(MailLine::Link("https://portal.example.com/done?code={{token}}".to_owned())).is_empty());
        assert!(found(MailLine::Contains("Bye A".to_owned())).is_empty());
        assert!(found(MailLine::Lacks("Bye B".to_owned())).is_empty());
        assert!(found(MailLine::Header("Subject".to_owned(), "Verify".to_owned())).is_empty());
    }

    #[test]
    fn each_kind_of_difference_is_found() {
        for line in [
            MailLine::Link("https://portal.example.com/{{token}}".to_owned()),
            MailLine::Contains("Bye B".to_owned()),
            MailLine::Lacks("Bye A".to_owned()),
            MailLine::Header("Subject".to_owned(), "verify".to_owned()),
            MailLine::Header("From".to_owned(), "a@b.c".to_owned()),
            MailLine::Contains("{{unset}}".to_owned()),
        ] {
            assert!(!found(line.clone()).is_empty(), "{line:?}");
        }
    }
}
