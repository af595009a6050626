//! Calling the use case `register`, for every channel.

use std::sync::Arc;

use account_core::idempotency::IdempotencyKey;
use account_core::registration::register::{Accepted, RegisterError};
use account_core::{AccountService, RegisterRequest, RegistrationDraft, RegistrationRules};
use tracing::Instrument;

use crate::context::RequestContext;

/// Registers, with the languages that the client asks for. With an idempotency key, the work continues even if the client disconnects: the client sent the key in
/// order to ask again, and must then find an answer.
pub(crate) async fn register(
    service: &AccountService,
    rules: &Arc<RegistrationRules>,
    draft: RegistrationDraft,
    context: RequestContext,
    idempotency_key: Option<IdempotencyKey>,
) -> Result<Accepted, RegisterError> {
    let draft = RegistrationDraft { browser_language: context.languages.clone(), ..draft };
    let context = context.for_channel(rules.channel);
    if idempotency_key.is_none() {
        return service.register(RegisterRequest { draft, rules, context, idempotency_key }).await;
    }
    let (service, rules) = (service.clone(), Arc::clone(rules));
    let work =
        async move { service.register(RegisterRequest { draft, rules: &rules, context, idempotency_key }).await };
    let work = tokio::spawn(work.in_current_span());
    match work.await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(answer) => answer,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The runtime is shutting down, and this task with it.
        Err(Err(_)) => std::future::pending().await,
    }
}
