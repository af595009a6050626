//! What observers are told of how use cases end.

use std::sync::Mutex;

use super::*;
use crate::ports::{UseCase, UseCaseObserver};

/// Keeps what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<(UseCase, String, &'static str)>>);

impl UseCaseObserver for Notes {
    fn ended(&self, use_case: UseCase, channel: &str, outcome: &'static str) {
        self.0.lock().unwrap().push((use_case, channel.to_owned(), outcome));
    }
}

#[tokio::test]
async fn observers_get_the_outcome_and_channel_of_each_use_case_once() {
    let notes = Arc::<Notes>::default();
    let world = World::with(|ports, _| ports.use_case_observers.push(Arc::clone(&notes) as _));
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let refused = world.register_by(&RegistrationRules::native("page"), draft(EMAIL, "short"), Client::default()).await;
    assert!(matches!(refused, Err(RegisterError::Invalid(_))));
    assert!(matches!(world.redeem("unknown", password(PASSWORD)).await, Err(VerifyError::Unknown)));
    world.redeem(&attempt.token, password(PASSWORD)).await.unwrap();
    assert!(matches!(world.sign_in(EMAIL, NEW_PASSWORD).await, Err(SignInError::WrongCredentials)));
    world.sign_in(EMAIL, PASSWORD).await.unwrap();
    let attempt = world.attempt("jane@acme.com", PASSWORD).await;
    for _ in 0..2 {
        world.correct(&attempt.accepted, "jane@acme.org").await.unwrap();
    }
    assert_eq!(why(world.go_on(&attempt.accepted).await), "Pending");
    let token = token_in(&world.mail().await);
    world.redeem(&token, password(PASSWORD)).await.unwrap();
    world.go_on(&attempt.accepted).await.unwrap();
    assert_eq!(why(world.correct(&attempt.accepted, EMAIL).await), "Completed");
    let told = notes.0.lock().unwrap();
    let told: Vec<_> = told.iter().map(|(use_case, channel, word)| (*use_case, channel.as_str(), *word)).collect();
    assert_eq!(
        told,
        [
            (UseCase::Registration, "native", "accepted"),
            (UseCase::Registration, "page", "invalid"),
            (UseCase::Verification, "native", "unknown"),
            (UseCase::Verification, "native", "verified"),
            (UseCase::SignIn, "native", "wrong_credentials"),
            (UseCase::SignIn, "native", "signed_in"),
            (UseCase::Registration, "native", "accepted"),
            (UseCase::Correction, "native", "corrected"),
            (UseCase::Correction, "native", "unchanged"),
            (UseCase::Continuation, "page", "pending"),
            (UseCase::Verification, "native", "verified"),
            (UseCase::Continuation, "page", "signed_in"),
            (UseCase::Correction, "native", "completed"),
        ]
    );
}
