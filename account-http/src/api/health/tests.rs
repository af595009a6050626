//! Readiness follows the store, and says so in time.

use std::sync::Mutex;

use account_core::one_time_token::TokenDigest;
use account_core::ports::{StoreError, UnitOfWork};
use account_core::session::SignedIn;
use async_trait::async_trait;
use poem::{Endpoint, IntoResponse, Request};
use poem_openapi::OpenApiService;
use tokio::time::Instant;

use super::*;

/// What a store does when it is asked.
#[derive(Clone, Copy)]
enum Mood {
    Answers,
    Fails,
    Hangs,
}

struct MoodyStore(Mutex<Mood>);

#[async_trait]
impl Store for MoodyStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Err(StoreError::permanent("nobody asks for that"))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.begin().await
    }

    async fn find_signed_in(&self, _token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        Err(StoreError::permanent("nobody asks for that"))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let mood = *self.0.lock().unwrap();
        match mood {
            Mood::Answers => Ok(()),
            Mood::Fails => Err(StoreError::transient("told to")),
            Mood::Hangs => std::future::pending().await,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn readiness_follows_the_store_within_two_seconds() {
    let store = Arc::new(MoodyStore(Mutex::new(Mood::Answers)));
    let api = HealthApi { store: Arc::clone(&store) as _ };
    let service = OpenApiService::new(api, "Health", "1");
    let routes = poem::Route::new().nest("/", service);
    let ask = async |mood, path: &'static str| {
        *store.0.lock().unwrap() = mood;
        let begun = Instant::now();
        let request = Request::builder().uri(path.parse().unwrap()).finish();
        let response = match routes.call(request).await {
            Ok(response) => response.into_response(),
            Err(error) => error.into_response(),
        };
        assert!(begun.elapsed() < Duration::from_secs(2), "{path}");
        let problem = response.extensions().get::<Problem>();
        problem.map_or_else(|| response.status().as_u16(), |problem| problem.status().as_u16())
    };
    for (mood, expected) in
        [(Mood::Answers, 204), (Mood::Hangs, 503), (Mood::Fails, 503), (Mood::Hangs, 503), (Mood::Answers, 204)]
    {
        assert_eq!(ask(mood, "/health/readiness").await, expected);
        assert_eq!(ask(mood, "/health/liveness").await, 204, "a process whose database is away is not restarted");
    }
}
