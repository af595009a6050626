//! `mail`: checks whether emails will arrive, and exports the templates.

use std::time::Duration;

use account_core::email_address::EmailAddress;
use account_core::error_chain::chain;
use account_core::id::OutboxId;
use account_core::outbox::refused_sender::RefusedSender;
use account_core::ports::{Clock, Store};
use account_core::system::SystemClock;
use account_mail::config::MailTemplates;
use account_mail::doctor::{DnsServers, Doctor, Finding, TestMail, Verdict};

use crate::assemble::{ENTROPY, connect_store, mail_settings};
use tokio::time::timeout;

use crate::command_line::{MailDoctor, TemplatesOptions};
use crate::config::{Config, Transport, risks};
use crate::error::CommandError;
use crate::output::{counted, print};

/// Maximum time to ask the database.
const STORE_DEADLINE: Duration = Duration::from_secs(5);

/// Checks everything about email that can be checked from here. Prints the findings and the DNS records to publish.
///
/// # Errors
/// [`CommandError::MailDoctor`] if a check failed. An invalid address is an error before any check.
pub(crate) async fn doctor(config: &Config, options: &MailDoctor) -> Result<(), CommandError> {
    let to = options.to.as_deref().map(EmailAddress::parse).transpose().map_err(CommandError::TestAddress)?;
    let test_mail = to.map(|to| {
        let id = OutboxId::generate(&SystemClock, &ENTROPY);
        TestMail { to, id, date: SystemClock.now() }
    });
    let names = options.dns_server.map_or_else(DnsServers::of_system, |server| DnsServers::new(vec![server]));
    let settings = mail_settings(config);
    let server = match &config.mail.transport {
        Transport::File(_) => None,
        Transport::Smtp(server) => Some(&**server),
    };
    let doctor = Doctor { settings: &settings, server, names: &names };
    let mut findings = configuration(config);
    findings.extend(doctor.examine(test_mail.as_ref()).await);
    findings.push(refusals(config).await);
    print(&report(&findings, &doctor.records_to_publish()));
    let failed = findings.iter().filter(|finding| finding.verdict == Verdict::Failed).count();
    if failed == 0 { Ok(()) } else { Err(CommandError::MailDoctor(failed)) }
}

/// Writes the built-in templates.
///
/// # Errors
/// If a file already exists or cannot be written.
pub(crate) fn export_templates(options: &TemplatesOptions) -> Result<(), CommandError> {
    let path = &options.export;
    let count = MailTemplates::export(path);
    let count = count.map_err(|source| CommandError::Templates { path: path.clone(), source })?;
    print(&format!(
        "{count} templates were written. Edit the ones you want to change, delete the others so that they stay up to \
         date, and set `mail.template_directory`.\n"
    ));
    Ok(())
}

/// Returns the findings about the configuration. It is valid, or this would not run, but it can be risky.
fn configuration(config: &Config) -> Vec<Finding> {
    let finding = |verdict, why: &str| Finding { verdict, what: "configuration".to_owned(), why: why.to_owned() };
    let overridden = config.mail.settings.templates.overridden();
    let valid = match overridden {
        0 => "valid".to_owned(),
        count => {
            format!("valid; {} customized, and every email renders", counted(count, "template is", "templates are"))
        }
    };
    // The other checks report on signatures and the server, with more detail.
    let of_mail = risks(config).into_iter().filter(|risk| {
        risk.name.starts_with("mail.") && !risk.name.starts_with("mail.dkim.") && risk.name != "mail.smtp.url"
    });
    let risky = of_mail.map(|risk| finding(Verdict::Warning, &format!("{}: {}", risk.name, risk.message)));
    std::iter::once(finding(Verdict::Ok, &valid)).chain(risky).collect()
}

/// Returns whether mail servers refused this service lately, by what the outbox says.
async fn refusals(config: &Config) -> Finding {
    let what = "refusals of the last 10 minutes".to_owned();
    let not_checked = |why: String| Finding { verdict: Verdict::NotChecked, what: what.clone(), why };
    if config.store.database_file().is_some_and(|file| !file.exists()) {
        let why = "none: there is no database yet".to_owned();
        return Finding { verdict: Verdict::Ok, what, why };
    }
    match timeout(STORE_DEADLINE, read_refusals(config)).await {
        Err(_) => not_checked("the database did not answer in time".to_owned()),
        Ok(Err(error)) => not_checked(chain(&error)),
        Ok(Ok(refused)) => judged(what, &refused),
    }
}

async fn read_refusals(config: &Config) -> Result<RefusedSender, CommandError> {
    let store = connect_store(config).await?;
    let mut unit = store.begin_read_only().await.map_err(CommandError::Work)?;
    let refused = RefusedSender::read(&mut *unit, SystemClock.now()).await;
    drop(unit);
    store.close().await.map_err(CommandError::Close)?;
    refused.map_err(CommandError::Work)
}

/// What the operator must know of the refusals that were the sender's fault.
fn judged(what: String, refused: &RefusedSender) -> Finding {
    let domains = counted(refused.domains.len(), "domain refuses", "domains refuse");
    let said = refused.last_note.as_deref().unwrap_or_default();
    let (verdict, why) = if refused.is_alarming() {
        let why = format!(
            "{domains} whatever this service sends; emails wait until that is put right, and leave then. The newest \
             answer: {said}"
        );
        (Verdict::Failed, why)
    } else if refused.domains.is_empty() {
        (Verdict::Ok, "none that was this service's fault".to_owned())
    } else {
        (Verdict::Warning, format!("{domains} this service; others do not. The newest answer: {said}"))
    };
    Finding { verdict, what, why }
}

/// Prints one finding per line, then the records to publish.
fn report(findings: &[Finding], records: &[String]) -> String {
    let line = |finding: &Finding| format!("{:<11}  {}: {}\n", finding.verdict, finding.what, finding.why);
    let mut text: String = findings.iter().map(line).collect();
    if !records.is_empty() {
        text.push_str("\nRecords to publish, as lines of a zone file:\n");
        text.extend(records.iter().map(|record| format!("{record}\n")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_fails_and_a_single_refusal_is_a_warning() {
        let refused = |domains: &[&str]| RefusedSender {
            domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
            last_at: None,
            last_note: (!domains.is_empty()).then(|| "554 5.7.1 Relay access denied".to_owned()),
        };
        for (domains, verdict, words) in [
            (&[][..], Verdict::Ok, "none"),
            (&["a.com", "b.com"], Verdict::Warning, "2 domains refuse this service; others do not"),
            (&["a.com", "b.com", "c.com"], Verdict::Failed, "3 domains refuse whatever this service sends"),
        ] {
            let finding = judged("what".to_owned(), &refused(domains));
            assert_eq!(finding.verdict, verdict);
            assert!(finding.why.starts_with(words), "{}", finding.why);
            assert_eq!(finding.why.contains("554 5.7.1 Relay access denied"), !domains.is_empty());
        }
    }

    #[test]
    fn a_report_has_a_line_per_finding_and_record() {
        let finding = |verdict| Finding { verdict, what: "what".to_owned(), why: "why".to_owned() };
        let findings = [finding(Verdict::Ok), finding(Verdict::NotChecked), finding(Verdict::Failed)];
        let text = report(&findings, &["a. IN TXT \"b\"".to_owned()]);
        let expected = "ok           what: why\nnot checked  what: why\nfailed       what: why\n\n\
                        Records to publish, as lines of a zone file:\na. IN TXT \"b\"\n";
        assert_eq!(text, expected);
        assert!(!report(&findings, &[]).contains("Records"));
    }
}
