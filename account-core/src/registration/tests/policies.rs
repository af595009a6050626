//! Which policy a password is known to pass, from the registration to the account.

use super::refusals::MockBreached;
use super::*;
use crate::password::PassedPolicy::{self, Default as Standard, Weaker};
use crate::password::PasswordHash;
use crate::registration::activation::Activation;

/// As some documented APIs have it: eight characters, of whatever kind.
const WEAK_POLICY: PasswordPolicy = PasswordPolicy { name: "form", min: 8, ..PasswordPolicy::PERMISSIVE };
const WEAK: &str = "a1-lamp-q";
const BREACHED: &str = "known from a breach somewhere";

fn rules(activation: Activation) -> RegistrationRules {
    RegistrationRules { password_policy: WEAK_POLICY, activation, ..RegistrationRules::native("form") }
}

fn passed(hash: Option<&PasswordHash>) -> Option<PassedPolicy> {
    hash.unwrap().passed()
}

fn world() -> World {
    let mut breached = MockBreached::new();
    breached.expect_is_breached().returning(|password| Ok(password.expose() == BREACHED));
    World::with(|ports, _| ports.breached_passwords = Arc::new(breached))
}

#[tokio::test]
async fn a_weaker_channel_records_what_each_password_is_worth() {
    for (text, expected) in [(WEAK, Weaker), (EMAIL, Weaker), (BREACHED, Weaker), (PASSWORD, Standard)] {
        for activation in [Activation::Verified, Activation::Immediate] {
            let world = world();
            let registered = world.register_by(&rules(activation), draft(EMAIL, text), Client::default()).await;
            let attempt = world.store.registrations().remove(0);
            assert_eq!(passed(attempt.password_hash.as_ref()), Some(expected), "{text}");
            for account in world.store.accounts() {
                assert_eq!(passed(account.password_hash.as_ref()), Some(expected), "{text}, at once");
            }
            let mail = world.mail().await;
            world.redeem(&token_in(&mail), continuation(&registered.unwrap())).await.unwrap();
            assert_eq!(passed(world.only_account().password_hash.as_ref()), Some(expected), "{text}, verified");
        }
    }
}

#[tokio::test]
async fn whoever_takes_the_address_with_a_new_password_leaves_nothing_of_the_old_one() {
    let world = World::new();
    for (old, new, expected) in [(PASSWORD, WEAK, Weaker), (WEAK, NEW_PASSWORD, Standard)] {
        let email = format!("{}@acme.com", expected.name());
        let rules = rules(Activation::Verified);
        world.register_by(&rules, draft(&email, old), Client::default()).await.unwrap();
        let (spend, context) = (Spend::Token(token_in(&world.mail().await)), CallContext::by("form"));
        let request = VerifyRequest { spend, proof: new_password(new), password_policy: WEAK_POLICY, context };
        let account = world.service.verify_email(request).await.unwrap().account;
        assert_eq!(passed(account.password_hash.as_ref()), Some(expected));
    }
}
