//! Reading delivery reports from mail servers (RFC 3464, in the form of RFC 6522).

mod encoding;
mod part;

use account_core::id::OutboxId;
use account_core::outbox::bounce::{DeliveryReport, ReportedAction};
use account_core::ports::delivery_reports::{DeliveryReportReader, MAX_REPORT_BYTES, MAX_REPORTED, NotAReport};

use part::{Lines, Part, fields};

/// How deeply a report may be nested in other multiparts: gateways and mailing lists wrap emails to add a note.
const MAX_DEPTH: usize = 3;
/// Length of a UUID in our Message-IDs, in characters.
const UUID_CHARACTERS: usize = 36;

/// Reads delivery reports: `multipart/report` of the type `delivery-status`.
///
/// The email that a report is about is found by the Message-ID of the returned email or its header, otherwise by the
/// `In-Reply-To` or `References` of the report. A report that names several of our emails counts as being about none:
/// real reports do not do that, but guesses might.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReportReader;

impl DeliveryReportReader for ReportReader {
    fn read(&self, bytes: &[u8]) -> Result<Vec<DeliveryReport>, NotAReport> {
        if bytes.len() > MAX_REPORT_BYTES {
            return Err(NotAReport::TooLarge);
        }
        let (report, parts) = find_report(bytes).ok_or(NotAReport::OtherMail)?;
        let is_status =
            |part: &&Part<'_>| is_one_of(part, &["message/delivery-status", "message/global-delivery-status"]);
        let status = parts.iter().find(is_status).ok_or(NotAReport::OtherMail)?;
        let Some(mail) = mail_of(&report, &parts) else { return Ok(Vec::new()) };
        let status = status.decoded();
        let reports = recipients(&status).filter_map(|fields| read_recipient(mail, &fields));
        Ok(reports.take(MAX_REPORTED).collect())
    }
}

/// Returns the report in an email, and its parts. Emails inside the email are not searched: they came from elsewhere.
fn find_report(bytes: &[u8]) -> Option<(Part<'_>, Vec<Part<'_>>)> {
    let mut part = Part::read(bytes);
    for _ in 0..MAX_DEPTH {
        let content = part.content_type();
        let parts = part.parts(content.parameter("boundary").filter(|boundary| !boundary.is_empty())?);
        if content.essence == "multipart/report" {
            let is_of_delivery = content.parameter("report-type")?.eq_ignore_ascii_case("delivery-status");
            return is_of_delivery.then_some((part, parts));
        }
        part = parts.into_iter().find(|part| part.content_type().essence.starts_with("multipart/"))?;
    }
    None
}

fn is_one_of(part: &Part<'_>, essences: &[&str]) -> bool {
    essences.contains(&part.content_type().essence.as_str())
}

/// Returns the email that a report is about.
fn mail_of(report: &Part<'_>, parts: &[Part<'_>]) -> Option<OutboxId> {
    const RETURNED: [&str; 4] = ["message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"];
    let returned = parts.iter().filter(|part| is_one_of(part, &RETURNED));
    let named = returned.flat_map(|part| ids(&Part::read(&part.decoded()), "message-id")).collect::<Vec<_>>();
    let is_named = !named.is_empty();
    let named = if is_named { named } else { [ids(report, "in-reply-to"), ids(report, "references")].concat() };
    let first = *named.first()?;
    named.iter().all(|id| *id == first).then_some(first)
}

/// Our ids in a field that holds Message-IDs.
fn ids(part: &Part<'_>, field: &str) -> Vec<OutboxId> {
    part.values(field).flat_map(|value| value.split('<').skip(1)).filter_map(id).collect()
}

fn id(text: &str) -> Option<OutboxId> {
    let (id, _) = text.split_once('>')?.0.split_once('@')?;
    if id.len() == UUID_CHARACTERS { id.parse().ok() } else { None }
}

/// The groups of fields that are of one recipient each: all but the first, which is of the email.
fn recipients(status: &[u8]) -> impl Iterator<Item = Vec<(String, String)>> {
    let mut lines = Lines(status);
    let groups = std::iter::from_fn(move || if lines.0.is_empty() { None } else { Some(fields(&mut lines)) });
    // Some begin with empty lines, or have several between groups.
    groups.filter(|fields| !fields.is_empty()).skip_while(|fields| value(fields, "action").is_none())
}

fn read_recipient(mail: OutboxId, fields: &[(String, String)]) -> Option<DeliveryReport> {
    let action = match value(fields, "action")?.to_ascii_lowercase().as_str() {
        "failed" => ReportedAction::Failed,
        "delayed" => ReportedAction::Delayed,
        "delivered" | "relayed" | "expanded" => ReportedAction::Delivered,
        _ => return None,
    };
    let status = value(fields, "status").filter(|code| is_status(code)).unwrap_or_default();
    Some(DeliveryReport { mail, action, status: status.to_owned() })
}

/// The first word of a field; a comment may follow it.
fn value<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let field = fields.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
    field.and_then(|(_, value)| value.split([' ', '\t', '(', ';']).next())
}

/// Whether it is an enhanced status code (RFC 3463, 2): nothing else of what a report says is kept.
fn is_status(code: &str) -> bool {
    let numbers: Vec<&str> = code.split('.').collect();
    let is_number = |text: &&str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number)
}

#[cfg(test)]
mod tests;
