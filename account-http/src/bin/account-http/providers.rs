//! `providers check`: whether people can sign in with a provider.

use account_core::ports::Clock;
use account_core::system::SystemClock;
use account_http::outbound::providers::{CheckFinding, CheckVerdict};
use account_http::provider_redirect_uri;

use crate::assemble::{ENTROPY, provider};
use crate::command_line::ProvidersCheck;
use crate::config::Config;
use crate::error::CommandError;
use crate::output::print;

/// Checks a provider and prints the findings.
///
/// # Errors
/// If there is no such provider, or a check failed.
pub(crate) async fn check(config: &Config, options: &ProvidersCheck) -> Result<(), CommandError> {
    let found = config.providers.iter().find(|known| known.client.name.as_str() == options.provider);
    let Some(found) = found else {
        let names: Vec<_> = config.providers.iter().map(|known| known.client.name.as_str()).collect();
        return Err(CommandError::NoProvider(if names.is_empty() { "none".to_owned() } else { names.join(", ") }));
    };
    let redirect_uri = provider_redirect_uri(&config.public_url(config.http.bind), &found.client.name);
    let findings = provider(found)?.check(&redirect_uri, SystemClock.now(), &ENTROPY).await;
    print(&report(&findings));
    let failed = findings.iter().filter(|finding| finding.verdict == CheckVerdict::Failed).count();
    if failed == 0 { Ok(()) } else { Err(CommandError::ProviderCheck(failed)) }
}

/// Prints one finding per line.
fn report(findings: &[CheckFinding]) -> String {
    let line = |finding: &CheckFinding| format!("{:<7}  {}: {}\n", finding.verdict, finding.what, finding.why);
    findings.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_line_per_finding() {
        let finding = |verdict| CheckFinding { verdict, what: "what", why: "why".to_owned() };
        let text = report(&[finding(CheckVerdict::Ok), finding(CheckVerdict::Warning), finding(CheckVerdict::Failed)]);
        assert_eq!(text, "ok       what: why\nwarning  what: why\nfailed   what: why\n");
    }
}
