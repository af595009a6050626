//! A document of a provider that is kept for a while.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long a document is used before it is fetched again.
const FRESH: Duration = Duration::from_hours(1);
/// How long it is used if it cannot be fetched again.
const USABLE: Duration = Duration::from_hours(24);
/// The least time between two fetches that are asked for by tokens with unknown keys: anybody can write such a token.
const BETWEEN_REFRESHES: Duration = Duration::from_mins(1);
/// The least time between a failed fetch and the next.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// A document, fetched when it is needed, by one task for all that wait for it.
#[derive(Debug)]
pub(super) struct Cached<T> {
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    kept: Option<Kept<T>>,
    failed_at: Option<Instant>,
    /// When it was last fetched, or that was tried, because of an unknown key.
    refreshed_at: Option<Instant>,
}

#[derive(Debug)]
struct Kept<T> {
    document: Arc<T>,
    fetched_at: Instant,
}

/// Why there is no document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing<E> {
    /// It could not be fetched a moment ago.
    JustNow,
    /// It cannot be fetched.
    Failed(E),
}

impl<T> Cached<T> {
    pub(super) const fn new() -> Self {
        Self { state: Mutex::const_new(State { kept: None, failed_at: None, refreshed_at: None }) }
    }

    /// Returns the document, and fetches it if there is none or it is old.
    pub(super) async fn get<E>(&self, fetch: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, Missing<E>> {
        let mut state = self.state.lock().await;
        match &state.kept {
            Some(kept) if kept.fetched_at.elapsed() < FRESH => Ok(Arc::clone(&kept.document)),
            _ => state.renew(fetch).await,
        }
    }

    /// Returns the document as it is now at the provider, because something is not in this one; `None` if it was fetched
    /// a moment ago.
    pub(super) async fn refreshed<E>(
        &self,
        outdated: &Arc<T>,
        fetch: impl Future<Output = Result<T, E>>,
    ) -> Option<Result<Arc<T>, Missing<E>>> {
        let mut state = self.state.lock().await;
        // Somebody else was faster.
        if let Some(kept) = state.kept.as_ref().filter(|kept| !Arc::ptr_eq(&kept.document, outdated)) {
            return Some(Ok(Arc::clone(&kept.document)));
        }
        if state.refreshed_at.is_some_and(|at| at.elapsed() < BETWEEN_REFRESHES) {
            return None;
        }
        state.refreshed_at = Some(Instant::now());
        Some(state.renew(fetch).await)
    }
}

impl<T> State<T> {
    async fn renew<E>(&mut self, fetch: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, Missing<E>> {
        let usable = self.kept.as_ref().filter(|kept| kept.fetched_at.elapsed() < USABLE);
        let usable = usable.map(|kept| Arc::clone(&kept.document));
        if self.failed_at.is_some_and(|at| at.elapsed() < AFTER_FAILURE) {
            return usable.ok_or(Missing::JustNow);
        }
        match fetch.await {
            Ok(document) => {
                let (document, now) = (Arc::new(document), Instant::now());
                self.kept = Some(Kept { document: Arc::clone(&document), fetched_at: now });
                self.failed_at = None;
                Ok(document)
            }
            Err(error) => {
                self.failed_at = Some(Instant::now());
                usable.ok_or(Missing::Failed(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::time::advance;

    use super::*;

    /// Counts how often something is fetched.
    #[derive(Default)]
    struct Source(AtomicU32);

    impl Source {
        async fn fetch(&self) -> Result<u32, Infallible> {
            tokio::task::yield_now().await;
            Ok(self.0.fetch_add(1, Ordering::Relaxed) + 1)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_document_is_fetched_once_for_all_and_again_after_an_hour() {
        let (cached, source) = (Cached::new(), Source::default());
        let (one, other) = tokio::join!(cached.get(source.fetch()), cached.get(source.fetch()));
        assert_eq!((*one.unwrap(), *other.unwrap()), (1, 1));
        advance(FRESH.saturating_sub(Duration::from_secs(1))).await;
        assert_eq!(*cached.get(source.fetch()).await.unwrap(), 1);
        advance(Duration::from_secs(1)).await;
        assert_eq!(*cached.get(source.fetch()).await.unwrap(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn unknown_keys_cause_one_fetch_a_minute() {
        let (cached, source) = (Cached::new(), Source::default());
        let first = cached.get(source.fetch()).await.unwrap();
        assert_eq!(*cached.refreshed(&first, source.fetch()).await.unwrap().unwrap(), 2);
        // Who still has the first one gets the second, without another fetch.
        assert_eq!(*cached.refreshed(&first, source.fetch()).await.unwrap().unwrap(), 2);
        let second = cached.get(source.fetch()).await.unwrap();
        assert!(cached.refreshed(&second, source.fetch()).await.is_none());
        advance(BETWEEN_REFRESHES).await;
        assert_eq!(*cached.refreshed(&second, source.fetch()).await.unwrap().unwrap(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn an_old_document_serves_for_a_day_while_no_new_one_can_be_had() {
        let cached = Cached::new();
        let failing = || async { Err::<u32, _>("away") };
        assert_eq!(cached.get(failing()).await, Err(Missing::Failed("away")));
        assert_eq!(cached.get(async { Ok::<_, &str>(1) }).await, Err(Missing::JustNow));
        advance(AFTER_FAILURE).await;
        assert_eq!(*cached.get(async { Ok::<_, &str>(1) }).await.unwrap(), 1);
        advance(FRESH).await;
        assert_eq!(*cached.get(failing()).await.unwrap(), 1);
        advance(USABLE.saturating_sub(FRESH)).await;
        assert_eq!(cached.get(failing()).await, Err(Missing::Failed("away")));
    }

    #[tokio::test(start_paused = true)]
    async fn an_attempt_that_is_given_up_blocks_nobody() {
        let (cached, source) = (Cached::new(), Source::default());
        let hanging = tokio::time::timeout(FRESH, cached.get(std::future::pending::<Result<u32, Infallible>>()));
        assert!(hanging.await.is_err());
        assert_eq!(*cached.get(source.fetch()).await.unwrap(), 1);
    }
}
