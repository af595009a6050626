//! Other addresses that come with a registration, and the role in an organization.

use super::*;
use crate::account::OrganizationRole;

fn with_addresses(alternate: &str, notification: &str) -> RegistrationDraft {
    RegistrationDraft {
        alternate_address: alternate.into(),
        notification_address: notification.into(),
        ..draft(EMAIL, PASSWORD)
    }
}

fn to_confirm(mails: Vec<Mail>) -> Vec<String> {
    let is_confirmation = |mail: &Mail| matches!(mail.content, MailContent::ConfirmSecondaryAddress { .. });
    mails.into_iter().filter(is_confirmation).map(|mail| mail.to.to_string()).collect()
}

#[tokio::test]
async fn nothing_is_mailed_to_them_before_there_is_an_account_and_then_a_link_alone() {
    let world = World::new();
    let attempt = world.attempt_by(with_addresses("other@acme.com", "desk@acme.com")).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    let mut mailed = to_confirm(world.mails().await);
    mailed.sort();
    assert_eq!(mailed, ["desk@acme.com", "other@acme.com"]);
    let addresses = world.only_account().secondary_addresses;
    let alternate = addresses.alternate.unwrap();
    assert_eq!((alternate.address.as_str(), alternate.verified_at), ("other@acme.com", None));
    assert_eq!(addresses.notification.unwrap().verified_at, None);
}

#[tokio::test]
async fn one_address_in_both_places_is_mailed_once() {
    let world = World::new();
    let attempt = world.attempt_by(with_addresses("other@acme.com", "other@acme.com")).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    assert_eq!(to_confirm(world.mails().await), ["other@acme.com"]);
}

#[tokio::test]
async fn secondary_addresses_are_dropped_with_a_new_password_and_limited() {
    let world = World::new();
    let attempt = world.attempt_by(with_addresses("other@acme.com", "desk@acme.com")).await;
    world.redeem(&attempt.token, new_password(NEW_PASSWORD)).await.unwrap();
    assert!(world.mails().await.is_empty());
    assert_eq!(world.only_account().secondary_addresses, crate::account::SecondaryAddresses::default());

    let world = World::with(|_, settings| settings.limits.mails = Rate::new(1, HOUR));
    let attempt = world.attempt_by(with_addresses("other@acme.com", "desk@acme.com")).await;
    world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
    assert_eq!(to_confirm(world.mails().await).len(), 1, "the person has one mail to cause");
    assert!(world.only_account().secondary_addresses.alternate.is_some());
}

#[tokio::test]
async fn a_self_named_administrator_is_one_only_while_the_organization_allows_it() {
    for (allows_still, role) in [(true, OrganizationRole::Administrator), (false, OrganizationRole::Member)] {
        let world = World::new();
        let id = OrganizationId::from_uuid(uuid::Uuid::from_u128(7));
        let allowing = Organization { allows_self_named_administrators: true, ..organization(id, "acme") };
        let inserted = world.commit(async |unit| unit.insert_organization(&allowing).await.unwrap()).await;
        assert_eq!(inserted, Insert::Done);
        let asked = RegistrationDraft {
            organization_code: "acme".into(),
            wants_to_administer: true.into(),
            ..draft(EMAIL, PASSWORD)
        };
        let attempt = world.attempt_by(asked).await;
        let changed = Organization { allows_self_named_administrators: allows_still, version: 2, ..allowing };
        let _ = world.commit(async |unit| unit.update_organization(&changed).await.unwrap()).await;
        world.redeem(&attempt.token, continuation(&attempt.accepted)).await.unwrap();
        let account = world.only_account();
        assert_eq!((account.organization, account.organization_role), (Some(id), Some(role)));
        assert_eq!(account.role, crate::account::Role::User);
    }
}
