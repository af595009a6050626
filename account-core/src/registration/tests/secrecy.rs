//! Nothing secret is printed, and nothing secret is stored.

use super::*;
use crate::idempotency::IdempotencyKey;
use crate::ports::{HashingError, StoreError};
use crate::service::Unavailable;

#[tokio::test]
async fn debug_output_contains_no_secret() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let (accepted, token, code) = (&attempt.accepted, &attempt.token, &attempt.code);
    let rules = RegistrationRules::native("native");
    let key = "0123456789-key-of-a-client";
    let idempotency_key = Some(IdempotencyKey::parse(key, "/", b"body").unwrap());
    let register = RegisterRequest {
        draft: RegistrationDraft { password_confirmation: PASSWORD.into(), ..draft(EMAIL, PASSWORD) },
        rules: &rules,
        context: client("192.0.2.7").into(),
        idempotency_key,
    };
    let verify = |spend| VerifyRequest {
        spend,
        proof: Proof {
            password: Some(PASSWORD.to_owned()),
            new_password: NEW_PASSWORD.into(),
            ..continuation(accepted)
        },
        password_policy: PasswordPolicy::DEFAULT,
        context: CallContext::default(),
    };
    let by_code = Spend::Code { registration: accepted.registration, code: code.clone() };
    let by_continuation =
        ResendTarget::Registration { registration: accepted.registration, continuation: accepted.continuation.clone() };
    let mut printed = vec![
        format!("{register:?}"),
        format!("{:?}", verify(Spend::Token(token.clone()))),
        format!("{:?}", verify(by_code)),
        format!("{by_continuation:?}"),
        format!("{:?}", ResendTarget::Address(EMAIL.into())),
        format!("{accepted:?}"),
        format!("{:?}", world.service.settings),
        format!("{:?} {:?}", world.store, world.store.registrations()),
        format!("{:?} {:?}", world.store.tokens(), world.store.outbox()),
        why(world.redeem(token, password("wrong")).await),
        why(world.redeem(token, new_password("short-secret")).await),
        why(world.enter_code(accepted, &another(code)).await),
        why(world.try_register(draft("no address", "short-secret"), Client::default()).await),
        format!("{:?}", world.service.inspect_token(token, &[], &Client::default()).await.unwrap()),
    ];
    let verified = world.redeem(token, continuation(accepted)).await.unwrap();
    printed.push(format!("{verified:?} {:?}", world.store.accounts()));
    let session = verified.session.unwrap().token.expose().to_string();
    let continuation = accepted.continuation.expose().to_string();
    let master = world.service.settings.master_keys.current.expose().to_string();
    let secrets = [
        EMAIL,
        PASSWORD,
        NEW_PASSWORD,
        key,
        "short-secret",
        "no address",
        "argon2id$v",
        token,
        code,
        &session,
        &continuation,
        &master,
    ];
    for text in printed {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn an_error_does_not_repeat_its_source() {
    let store = || Unavailable::Store(StoreError::transient("connection refused"));
    let hashing = Unavailable::Hashing(HashingError::Stopped);
    for error in [
        RegisterError::Failed(store().into()).to_string(),
        ResendError::Failed(store().into()).to_string(),
        VerifyError::Failed(store().into()).to_string(),
    ] {
        assert_eq!(error, "the store is unavailable");
    }
    assert_eq!(hashing.to_string(), "hashing is unavailable");
    let error = RegisterError::Failed(store().into());
    let mut chain = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    assert_eq!(chain, ["the store is unavailable", "the store failed", "connection refused"]);
}

#[tokio::test]
async fn no_row_holds_a_secret() {
    let world = World::new();
    let attempt = world.attempt(EMAIL, PASSWORD).await;
    let registration = world.store.registrations().remove(0);
    let hash = registration.password_hash.unwrap();
    assert!(!hash.as_phc().contains(PASSWORD) && hash.as_phc().starts_with("$argon2id$"));
    let continuation = attempt.accepted.continuation;
    assert_eq!(registration.continuation, continuation.digest());
    assert_ne!(registration.continuation.as_bytes(), continuation.bytes());
    let token = SecretToken::parse(&attempt.token).unwrap();
    let stored = world.store.tokens().remove(0);
    assert_eq!(stored.digest, token.digest());
    assert_ne!(stored.digest.as_bytes(), token.bytes());
    let code = registration.code.as_bytes();
    assert!(!code.windows(8).any(|window| window == attempt.code.as_bytes()));
}

#[tokio::test]
async fn two_registrations_share_no_secret() {
    let world = World::new();
    let (one, other) = (world.attempt(EMAIL, PASSWORD).await, world.attempt(EMAIL, PASSWORD).await);
    assert_ne!(one.token, other.token);
    assert_ne!(one.code, other.code);
    assert_ne!(one.accepted.continuation, other.accepted.continuation);
    let [first, second] = <[_; 2]>::try_from(world.store.registrations()).unwrap();
    assert_ne!(first.password_hash, second.password_hash, "each hash has a salt of its own");
}
