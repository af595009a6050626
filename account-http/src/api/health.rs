//! `/health`: for monitoring.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use account_core::ports::Store;
use poem_openapi::OpenApi;

use super::tag::Tag;
use crate::problem::{Problem, ProblemKind, Problems, answers, problem_set};

/// Longest time that the store may take to answer.
const DEADLINE: Duration = Duration::from_secs(1);

/// Saying how the service is.
pub(crate) struct HealthApi {
    pub(super) store: Arc<dyn Store>,
}

answers! {
    /// Yes.
    HealthResponse: 204;
}

problem_set! {
    /// Problems that a liveness check can return.
    LivenessProblems: MethodNotAllowed, Internal;
    /// Problems that a readiness check can return.
    ReadinessProblems: MethodNotAllowed, Internal, Unavailable;
}

#[OpenApi(prefix_path = "/health", tag = "Tag::Operations")]
impl HealthApi {
    /// Check whether the process is alive
    ///
    /// Checks nothing else: a process must not be restarted because its database is unavailable.
    #[oai(path = "/liveness", method = "get", operation_id = "getLiveness")]
    async fn liveness(&self) -> Result<HealthResponse, Problems<LivenessProblems>> {
        Ok(HealthResponse::Is)
    }

    /// Check whether the service can handle requests
    ///
    /// Checks the database, for a second at most.
    #[oai(path = "/readiness", method = "get", operation_id = "getReadiness")]
    async fn readiness(&self) -> Result<HealthResponse, Problems<ReadinessProblems>> {
        match tokio::time::timeout(DEADLINE, self.store.ping()).await {
            Ok(Ok(())) => Ok(HealthResponse::Is),
            Ok(Err(_)) | Err(_) => {
                Err(Problem { retry_after: Some(DEADLINE), ..Problem::new(ProblemKind::Unavailable) }.into())
            }
        }
    }
}
