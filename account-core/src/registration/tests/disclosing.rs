//! Telling that an address has an account, where an operator wants that.

use super::*;
use crate::violation::{Field, Rule};

#[tokio::test]
async fn a_proven_address_is_refused_and_a_pending_one_is_not() {
    let world = World::new();
    let rules = RegistrationRules { discloses_existing: true, ..RegistrationRules::native("rpost") };
    let register = async || world.register_by(&rules, draft(EMAIL, PASSWORD), Client::default()).await;
    register().await.unwrap();
    register().await.unwrap();
    let token = token_in(&world.mails().await[1]);
    world.redeem(&token, password(PASSWORD)).await.unwrap();
    let Err(RegisterError::Invalid(violations)) = register().await else { panic!("it is taken") };
    let told: Vec<_> = violations.iter().map(|violation| (violation.field, violation.rule)).collect();
    assert_eq!(told, [(Field::Email, Rule::Taken)]);
    assert!(world.register(EMAIL).await.expires_at > world.clock.now(), "other channels tell nothing");
}

#[tokio::test]
async fn what_is_disclosed_is_counted_and_hashed_like_anything_else() {
    let world = World::with(|_, settings| settings.limits.registrations = Rate::new(2, HOUR));
    world.account(EMAIL).await;
    let rules = RegistrationRules { discloses_existing: true, ..RegistrationRules::native("rpost") };
    let from = client("192.0.2.1");
    let register = async || why(world.register_by(&rules, draft(EMAIL, PASSWORD), from).await);
    assert!(register().await.starts_with("Invalid"));
    assert!(register().await.starts_with("Invalid"));
    assert!(register().await.starts_with("Failed(Limited"));
}
