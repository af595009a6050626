//! The effective configuration, for people.

use std::fmt::Write as _;

use super::key_source::KeySource;
use super::keys::KEYS;
use super::risk::risks;
use super::settled::Config;

/// Returns every setting with its value and source, followed by the risks.
pub(crate) fn report(config: &Config) -> String {
    let width = config.effective.iter().map(|effective| effective.key.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    let of_table = KEYS.iter().filter_map(|key| config.effective.iter().find(|effective| effective.key == *key));
    let of_webhooks = config.effective.iter().filter(|effective| !KEYS.contains(&effective.key));
    for effective in of_table.chain(of_webhooks) {
        let key = effective.key;
        let value = match (&effective.origin, worked_out(config, key.name)) {
            (KeySource::Default, Some(value)) => value,
            (KeySource::Default, None) if !key.has_default_value() => format!("({})", effective.shown.replace('`', "")),
            _ => effective.shown.clone(),
        };
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{:width$} = {value}  [{}]", key.name, effective.origin);
    }
    let risks = risks(config);
    text.push_str("\nThe configuration is valid.\n");
    for risk in &risks {
        let _ = write!(text, "\nRisk, {}: {}\n", risk.name, risk.message);
    }
    text
}

/// Returns the value of a setting whose default depends on other settings or on the machine.
fn worked_out(config: &Config, name: &str) -> Option<String> {
    match name {
        "http.public_url" => Some(config.public_url(config.http.bind).to_string()),
        "store.master_key_file" => Some(config.store.master_key_file.path().display().to_string()),
        "hashing.workers" => Some(config.hashing.workers.to_string()),
        _ => None,
    }
}
