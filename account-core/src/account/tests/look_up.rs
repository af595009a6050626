//! Who has an address.

use super::*;
use crate::account::AccountState;
use crate::account::look_up::AddressHolder;
use crate::client::Client;
use crate::profile::Profile;
use crate::service::Failure;

fn johns() -> AddressHolder {
    AddressHolder {
        given_name: Some("John".to_owned()),
        family_name: Some("Smith".to_owned()),
        is_proven: true,
        state: AccountState::Active,
    }
}

fn named(given: &str) -> Profile {
    Profile { given_name: Some(given.to_owned()), family_name: Some("Smith".to_owned()), ..Profile::default() }
}

#[tokio::test]
async fn an_administrator_finds_an_account_by_any_spelling_of_its_address() {
    let world = World::new();
    let admin = world.account_with("admin@acme.com", |account| account.role = Role::Admin).await;
    let admin = world.caller(&world.open(&admin).await.token).await.unwrap();
    let admin = admin.verified().unwrap().administrator().unwrap();
    let john = world.account_with(EMAIL, |account| account.profile = named("John")).await;
    world.register("pending@acme.com").await;
    for spelling in [EMAIL, " JOHN@acme.com "] {
        assert_eq!(world.service.find_address_holder(&admin, spelling).await.unwrap(), Some(johns()), "{spelling}");
    }
    for nobodys in ["pending@acme.com", "nobody@acme.com", "john", "john@acme.com,admin@acme.com", "", "\0"] {
        assert_eq!(world.service.find_address_holder(&admin, nobodys).await.unwrap(), None, "{nobodys:?}");
    }
    let now = world.clock.now();
    world.alter(&john, |account| account.disabled_at = Some(now)).await;
    let found = world.service.find_address_holder(&admin, EMAIL).await.unwrap();
    assert_eq!(found, Some(AddressHolder { state: AccountState::Disabled, ..johns() }));
}

#[tokio::test]
async fn of_several_accounts_the_verified_one_has_the_address() {
    let world = World::new();
    let client = Client::default();
    let unproven = |given: &'static str| {
        move |account: &mut Account| {
            account.verified_at = None;
            account.profile = named(given);
        }
    };
    world.account_with(EMAIL, unproven("Eve")).await;
    world.clock.advance(SECOND);
    world.account_with(EMAIL, unproven("Mallory")).await;
    let found = world.service.look_up_address(EMAIL, &client).await.unwrap().unwrap();
    assert_eq!((found.given_name.as_deref(), found.is_proven), (Some("Mallory"), false));
    assert_eq!(found.state, AccountState::Unverified);
    world.account_with(EMAIL, |account| account.profile = named("John")).await;
    assert_eq!(world.service.look_up_address(EMAIL, &client).await.unwrap(), Some(johns()));
}

#[tokio::test]
async fn anonymous_look_ups_are_limited_per_network() {
    let world = World::with(|settings| settings.limits.registrations = Rate::new(2, HOUR));
    let client = |address: &str| Client { address: Some(address.parse().unwrap()), ..Client::default() };
    for address in [EMAIL, "nobody@acme.com"] {
        assert_eq!(world.service.look_up_address(address, &client("192.0.2.1")).await.unwrap(), None);
    }
    let refused = world.service.look_up_address("x", &client("192.0.2.1")).await;
    let expected = Limited { limit: "address_look_ups", rate: Rate::new(2, HOUR), retry_after: HOUR };
    assert!(matches!(refused, Err(Failure::Limited(limited)) if limited == expected), "{refused:?}");
    assert_eq!(world.service.look_up_address(EMAIL, &client("198.51.100.1")).await.unwrap(), None);
}
