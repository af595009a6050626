//! What receivers look up about the sender's domain: who may send for it (SPF, RFC 7208), what to do with forged emails
//! (DMARC, RFC 7489), and whether it takes email itself.

use super::finding::{Finding, Verdict};
use crate::dns::{DnsServers, LookupError};

pub(super) async fn spf(names: &DnsServers, domain: &str) -> Finding {
    let what = format!("SPF record of {domain}");
    let records = match names.texts(domain).await {
        Ok(records) => records,
        Err(error) => return unknown(what, &error),
    };
    let mut records = records.iter().filter(|record| is_version(record, "v=spf1"));
    match (records.next(), records.next()) {
        (None, _) => {
            let why = "missing: receivers cannot tell which servers may send for the domain. Ask the operator of your \
                       mail server what to publish";
            Finding::new(Verdict::Warning, what, why)
        }
        (Some(_), Some(_)) => Finding::new(Verdict::Failed, what, "several records count as an error: keep one"),
        (Some(record), None) => {
            let why =
                format!("`{record}`. Whether that covers your mail server depends on its address, and was not checked");
            Finding::new(Verdict::Ok, what, why)
        }
    }
}

pub(super) async fn dmarc(names: &DnsServers, domain: &str) -> Finding {
    let what = format!("DMARC record of {domain}");
    // Without the list of public suffixes: the domain itself, then those above it that have a dot.
    let mut above = Some(domain);
    while let Some(name) = above.filter(|name| name.contains('.')) {
        match names.texts(&format!("_dmarc.{name}")).await {
            Err(error) => return unknown(what, &error),
            Ok(records) => {
                if let Some(record) = records.iter().find(|record| is_version(record, "v=DMARC1")) {
                    return Finding::new(Verdict::Ok, what, format!("`{record}`, at _dmarc.{name}"));
                }
            }
        }
        above = name.split_once('.').map(|(_, rest)| rest);
    }
    let why = "missing: large receivers require it. Start with `v=DMARC1; p=none` at the name `_dmarc` of the domain";
    Finding::new(Verdict::Warning, what, why)
}

pub(super) async fn mail_exchange(names: &DnsServers, domain: &str) -> Finding {
    let what = format!("email for {domain}");
    match names.mail_exchanges(domain).await {
        Err(error) => unknown(what, &error),
        Ok(servers) if servers.iter().any(|server| !server.trim_matches('.').is_empty()) => {
            Finding::new(Verdict::Ok, what, format!("bounces can be returned to {}", servers.join(", ")))
        }
        Ok(servers) if !servers.is_empty() => {
            let why = "the domain accepts no email: bounces are lost, and some receivers refuse emails from it";
            Finding::new(Verdict::Warning, what, why)
        }
        Ok(_) => match names.has_address(domain).await {
            Err(error) => unknown(what, &error),
            Ok(true) => Finding::new(Verdict::Warning, what, "missing: bounces go to the domain's own address"),
            Ok(false) => {
                let why = "the domain has neither an MX record nor an address: bounces are lost, and many receivers refuse emails from it";
                Finding::new(Verdict::Failed, what, why)
            }
        },
    }
}

fn unknown(what: String, error: &LookupError) -> Finding {
    Finding::new(Verdict::NotChecked, what, error.to_string())
}

/// Whether the record begins with this tag, and goes on with another one or not at all.
fn is_version(record: &str, tag: &str) -> bool {
    record.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ';']))
}
