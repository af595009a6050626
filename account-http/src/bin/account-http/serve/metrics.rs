//! Where metrics are served: on a separate listener, on the service's listener with a token, or nowhere.

use std::sync::Arc;
use std::time::Duration;

use account_http::metrics::MetricsEndpoint;
use account_http::refusal::Refusals;
use tokio_util::sync::CancellationToken;

use super::admission::{Admissions, Ceilings};
use super::connections::{Connections, Patience, Rules, listen};
use crate::config::Config;
use crate::error::CommandError;

/// How long requests for metrics may take after the stop signal.
const STOP_DEADLINE: Duration = Duration::from_secs(1);

/// Maximum number of connections to the separate listener.
const MAX_CONNECTIONS: usize = 32;

/// Serves metrics on `metrics.bind`, if set. Otherwise returns the endpoint for the service's own listener, but only if
/// there is a token: without one, strangers could read the metrics there.
///
/// # Errors
/// If the address cannot be listened on.
pub(super) async fn serve_apart(
    config: &Config,
    endpoint: MetricsEndpoint,
    stop: &CancellationToken,
) -> Result<Option<MetricsEndpoint>, CommandError> {
    let Some(address) = config.metrics.bind else {
        return Ok(endpoint.token.is_some().then_some(endpoint));
    };
    let listener = listen(address).await?;
    let address = listener.local_addr().map_err(CommandError::system("cannot determine the listening address"))?;
    tracing::info!(event = "metrics_served", %address);
    let ceilings = Ceilings { total: MAX_CONNECTIONS, per_network: MAX_CONNECTIONS, uncounted: Vec::new() };
    let rules = Rules {
        patience: Patience::default(),
        // The metrics count only the service's own connections.
        admissions: Admissions::new(ceilings, Arc::default()),
        refusals: Refusals::of_plain_listener(config.public_url(config.http.bind)),
    };
    tokio::spawn(Connections::new(endpoint, rules).serve(listener, stop.clone(), STOP_DEADLINE));
    Ok(None)
}
