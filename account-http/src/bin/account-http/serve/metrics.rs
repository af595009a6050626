//! Where metrics are read: on a listener of their own, or on the service's behind a token, or nowhere.

use std::time::Duration;

use account_http::metrics::MetricsEndpoint;
use tokio_util::sync::CancellationToken;

use super::connections::{Connections, Patience, listen};
use crate::config::Config;
use crate::error::CommandError;

/// How long a reader is waited for when the process stops.
const STOP_DEADLINE: Duration = Duration::from_secs(1);

/// Serves metrics on `metrics.bind`, where that is set. Otherwise hands the endpoint back for the service's own
/// listener, if there is a token: without one, strangers could read it there.
///
/// # Errors
/// When the address cannot be listened on.
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
    tokio::spawn(Connections::new(endpoint, Patience::default()).serve(listener, stop.clone(), STOP_DEADLINE));
    Ok(None)
}
