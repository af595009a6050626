//! `webhooks test`: checks whether an endpoint accepts messages.

use account_core::id::OutboxId;
use account_core::outbox::event::EndpointName;
use account_core::system::SystemClock;
use account_http::outbound::client::Answer;

use crate::assemble::{ENTROPY, webhooks};
use crate::command_line::WebhooksTest;
use crate::config::Config;
use crate::error::CommandError;
use crate::output::print;

/// Maximum number of characters of a response that are shown.
const MAX_SHOWN: usize = 500;

/// Sends a test message and prints the response.
///
/// # Errors
/// If there is no such endpoint, or it did not accept the message.
pub(crate) async fn test(config: &Config, options: &WebhooksTest) -> Result<(), CommandError> {
    let endpoints = &config.webhooks.endpoints;
    let found = EndpointName::parse(&options.endpoint).ok().and_then(|name| endpoints.get_key_value(&name));
    let Some((name, endpoint)) = found else {
        let names: Vec<_> = endpoints.keys().map(EndpointName::as_str).collect();
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(CommandError::NoEndpoint(known));
    };
    let id = OutboxId::generate(&SystemClock, &ENTROPY);
    print(&format!("Sending webhook.test message {id} to {name} at {}.\n", endpoint.target));
    let answer = webhooks(config)?.test(endpoint, id).await.map_err(CommandError::WebhookLost)?;
    print(&told(&answer));
    if answer.status.is_success() { Ok(()) } else { Err(CommandError::WebhookRefused) }
}

/// Formats a response for people. Control characters are replaced, because terminals obey them and the text is a
/// stranger's.
fn told(answer: &Answer) -> String {
    let text: String = String::from_utf8_lossy(&answer.body).chars().take(MAX_SHOWN).collect();
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let body = if text.trim().is_empty() { String::new() } else { format!(" Body: {}", text.trim()) };
    format!("Response: {}.{body}\n", answer.status.as_u16())
}
