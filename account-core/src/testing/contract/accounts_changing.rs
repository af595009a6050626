//! Accounts: how they change. What is counted for them, and how they end, is in [`super::accounts_ending`].

use std::sync::Arc;

use super::Subject;
use super::fixtures::{
    MINUTE, NOW, account, account_id, address, all_passed, committed, hash_of, in_parallel, key, organization_id, read,
};
use crate::account::{Account, OrganizationRole, Role, SecondaryAddress, SecondaryAddresses};
use crate::name::UserName;
use crate::password::PasswordHash;
use crate::ports::store::{AccountUpdate, Insert, StoreError, Unique, UnitOfWork};
use crate::profile::Profile;

const EMAIL: &str = "john@acme.com";
const OTHER: &str = "other@acme.com";

fn user_name(name: &str) -> UserName {
    UserName::from_stored(name.to_owned())
}

fn named(number: u8, email: &str, name: &str) -> Account {
    Account { user_name: Some(user_name(name)), ..account(number, email) }
}

fn unproven(number: u8, email: &str) -> Account {
    Account { verified_at: None, ..account(number, email) }
}

/// The account in the version after it.
fn next(account: &Account) -> Account {
    Account { version: account.version + 1, ..account.clone() }
}

async fn insert(unit: &mut dyn UnitOfWork, accounts: &[&Account]) {
    for account in accounts {
        assert_eq!(unit.insert_account(account).await.unwrap(), Insert::Done);
    }
}

/// An update replaces every field, and changes no other account.
pub async fn an_account_is_replaced_by_the_version_after_it(subject: &Subject) {
    let hash = |text: &str| PasswordHash::from_phc(text.to_owned());
    let (before, bystander) = (named(1, EMAIL, "john"), named(2, OTHER, "jane"));
    let after = Account {
        id: before.id,
        address: address("Jöhn@Bücher.example"),
        verified_at: Some(NOW + MINUTE),
        password_hash: Some(hash("$argon2id$new")),
        former_passwords: vec![hash("$argon2id$1"), hash("$argon2id$2")],
        credential_epoch: u32::MAX,
        user_name: Some(user_name("jöhn")),
        role: Role::SuperAdmin,
        organization: Some(organization_id(3)),
        organization_role: Some(OrganizationRole::Member),
        profile: Profile::default(),
        secondary_addresses: SecondaryAddresses {
            alternate: Some(SecondaryAddress { address: address("A@acme.com"), verified_at: None }),
            notification: Some(SecondaryAddress { address: address("N@acme.com"), verified_at: Some(NOW) }),
        },
        disabled_at: Some(NOW),
        deletion_due_at: Some(NOW + MINUTE),
        version: 2,
        created_at: NOW,
        updated_at: NOW + MINUTE,
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&before, &bystander]).await;
        assert_eq!(unit.update_account(&after).await.unwrap(), AccountUpdate::Applied);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(after.id).await.unwrap().as_ref(), Some(&after));
        assert_eq!(unit.find_account_by_email(after.address.key()).await.unwrap().as_ref(), Some(&after));
        assert_eq!(unit.find_account_by_user_name(&user_name("jöhn")).await.unwrap().as_ref(), Some(&after));
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), None);
        assert_eq!(unit.find_account_by_user_name(&user_name("john")).await.unwrap(), None);
        assert_eq!(unit.find_account(bystander.id).await.unwrap().as_ref(), Some(&bystander));
    })
    .await;
}

/// A new hash brings the policy that its password passed; nothing is left of what was known of the one before.
pub async fn a_new_hash_brings_its_own_policy(subject: &Subject) {
    let mut stored = account(1, EMAIL);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&stored]).await;
        for passed in all_passed().chain(all_passed()) {
            stored = Account { password_hash: Some(hash_of(passed)), ..next(&stored) };
            assert_eq!(unit.update_account(&stored).await.unwrap(), AccountUpdate::Applied);
            assert_eq!(unit.find_account(stored.id).await.unwrap().as_ref(), Some(&stored));
        }
    })
    .await;
}

/// An update removes values that it leaves out.
pub async fn an_update_removes_what_it_leaves_out(subject: &Subject) {
    let full = Account {
        former_passwords: vec![PasswordHash::from_phc("$argon2id$1".to_owned())],
        organization: Some(organization_id(3)),
        organization_role: Some(OrganizationRole::Administrator),
        secondary_addresses: SecondaryAddresses {
            alternate: Some(SecondaryAddress { address: address(OTHER), verified_at: Some(NOW) }),
            notification: None,
        },
        disabled_at: Some(NOW),
        deletion_due_at: Some(NOW),
        ..named(1, EMAIL, "john")
    };
    let bare = Account { version: 2, ..Account::new(full.id, address(EMAIL), NOW) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&full]).await;
        assert_eq!(unit.update_account(&bare).await.unwrap(), AccountUpdate::Applied);
        assert_eq!(unit.find_account(full.id).await.unwrap().as_ref(), Some(&bare));
    })
    .await;
}

/// An update of another version than the stored one changes nothing.
pub async fn an_update_of_a_stale_version_is_missed(subject: &Subject) {
    let stored = Account { version: 5, ..account(1, EMAIL) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&stored]).await;
        for version in [0, 1, 4, 5, 7, u32::MAX] {
            let stale = Account { version, role: Role::Admin, ..stored.clone() };
            assert_eq!(unit.update_account(&stale).await.unwrap(), AccountUpdate::Missed, "{version}");
        }
        let unknown = Account { version: 6, ..account(2, OTHER) };
        assert_eq!(unit.update_account(&unknown).await.unwrap(), AccountUpdate::Missed);
        assert_eq!(unit.find_account(stored.id).await.unwrap().as_ref(), Some(&stored));
        assert_eq!(unit.find_account(unknown.id).await.unwrap(), None);
    })
    .await;
}

/// A user name of another account is refused, and the unit of work stays usable.
pub async fn an_update_to_a_taken_user_name_conflicts(subject: &Subject) {
    let (one, other) = (account(1, EMAIL), named(2, OTHER, "john"));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[&one, &other]).await).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let wanting = Account { role: Role::Admin, ..next(&named(1, EMAIL, "john")) };
        assert_eq!(unit.update_account(&wanting).await.unwrap(), AccountUpdate::Conflict(Unique::UserName));
        assert_eq!(unit.find_account(one.id).await.unwrap().as_ref(), Some(&one));
        let outcome = unit.update_account(&next(&named(1, EMAIL, "John"))).await.unwrap();
        assert_eq!(outcome, AccountUpdate::Applied);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(one.id).await.unwrap(), Some(next(&named(1, EMAIL, "John"))));
        assert_eq!(unit.find_account(other.id).await.unwrap().as_ref(), Some(&other));
    })
    .await;
}

/// An address that another account has verified is refused in any spelling, and the unit of work stays usable.
pub async fn an_update_to_a_verified_address_conflicts(subject: &Subject) {
    let (one, other) = (account(1, EMAIL), account(2, OTHER));
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[&one, &other]).await).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let wanting = next(&named(1, "OTHER@Acme.com", "john"));
        assert_eq!(unit.update_account(&wanting).await.unwrap(), AccountUpdate::Conflict(Unique::EmailKey));
        assert_eq!(unit.find_account(one.id).await.unwrap().as_ref(), Some(&one));
        assert_eq!(unit.find_account_by_email(&key(OTHER)).await.unwrap().as_ref(), Some(&other));
        let outcome = unit.update_account(&next(&account(1, "third@acme.com"))).await.unwrap();
        assert_eq!(outcome, AccountUpdate::Applied);
    })
    .await;
    let found = read(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.find_account(one.id).await.unwrap());
    assert_eq!(found.await, Some(next(&account(1, "third@acme.com"))));
}

/// An address is claimed when it is verified: before that, any number of accounts may have it.
pub async fn an_address_is_claimed_when_it_is_verified(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let (one, other) = (unproven(1, EMAIL), unproven(2, OTHER));
        insert(unit, &[&one, &other]).await;
        let same_address = next(&unproven(2, EMAIL));
        assert_eq!(unit.update_account(&same_address).await.unwrap(), AccountUpdate::Applied);
        assert_eq!(unit.update_account(&next(&account(1, EMAIL))).await.unwrap(), AccountUpdate::Applied);
        let late = Account { verified_at: Some(NOW), ..next(&same_address) };
        assert_eq!(unit.update_account(&late).await.unwrap(), AccountUpdate::Conflict(Unique::EmailKey));
        let elsewhere = next(&same_address);
        assert_eq!(unit.update_account(&elsewhere).await.unwrap(), AccountUpdate::Applied);
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), Some(next(&account(1, EMAIL))));
    })
    .await;
}

/// An account does not conflict with its own address and user name, in any spelling; those that it gave up are free.
pub async fn an_account_conflicts_only_on_its_unique_values(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[&named(1, EMAIL, "john"), &account(2, OTHER)]).await;
        let respelt = next(&named(1, "JOHN@acme.com", "john"));
        assert_eq!(unit.update_account(&respelt).await.unwrap(), AccountUpdate::Applied);
        let gone = Account { address: address("new@acme.com"), user_name: None, ..next(&respelt) };
        assert_eq!(unit.update_account(&gone).await.unwrap(), AccountUpdate::Applied);
        let heir = next(&named(2, EMAIL, "john"));
        assert_eq!(unit.update_account(&heir).await.unwrap(), AccountUpdate::Applied);
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), Some(heir));
    })
    .await;
}

/// Of many parallel updates of one version, one wins, and the others change nothing.
pub async fn one_of_many_parallel_updates_of_one_version_wins(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &[&account(1, EMAIL)]).await).await;
    let outcomes = in_parallel(40, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let changed = Account { credential_epoch: number.into(), ..next(&account(1, EMAIL)) };
            let outcome = unit.update_account(&changed).await.unwrap();
            unit.commit().await.unwrap();
            (outcome, number)
        }
    });
    let won: Vec<_> = outcomes.await.into_iter().filter(|(outcome, _)| *outcome == AccountUpdate::Applied).collect();
    assert_eq!(won.len(), 1);
    let found =
        read(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.find_account(account_id(1)).await.unwrap());
    assert_eq!(found.await.unwrap().credential_epoch, u32::from(won[0].1));
}

/// Of many accounts that take one user name at the same time, one gets it; the others get a conflict, or are told to
/// try again.
pub async fn one_of_many_parallel_updates_to_one_user_name_wins(subject: &Subject) {
    let email = |number: u8| format!("john{number}@acme.com");
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in 0..20 {
            insert(unit, &[&account(number, &email(number))]).await;
        }
    })
    .await;
    let outcomes = in_parallel(20, |number| {
        let store = Arc::clone(&subject.store);
        let wanting = next(&named(number, &email(number), "john"));
        async move {
            let mut unit = store.begin().await?;
            let outcome = unit.update_account(&wanting).await?;
            unit.commit().await?;
            Ok::<_, StoreError>(outcome)
        }
    });
    let mut won = 0;
    for outcome in outcomes.await {
        match outcome {
            Ok(AccountUpdate::Applied) => won += 1,
            Ok(outcome) => assert_eq!(outcome, AccountUpdate::Conflict(Unique::UserName)),
            Err(error) => assert!(error.is_transient(), "{error:?}"),
        }
    }
    assert_eq!(won, 1);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let owner = unit.find_account_by_user_name(&user_name("john")).await.unwrap().unwrap();
        let number = u8::from(owner.id == account_id(0));
        let again = unit.update_account(&next(&named(number, &email(number), "john"))).await.unwrap();
        assert_eq!(again, AccountUpdate::Conflict(Unique::UserName));
    })
    .await;
}

/// The accounts that have not verified the address of a key are found, newest first, at most ten.
pub async fn accounts_of_an_unverified_address_are_found(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_unverified_accounts(&key(EMAIL)).await.unwrap(), []);
        insert(unit, &[&account(50, EMAIL), &unproven(51, OTHER)]).await;
        let made =
            |number: u8| Account { created_at: NOW + MINUTE * number.into(), ..unproven(number, "JOHN@acme.com") };
        insert(unit, &[&made(2), &made(1), &made(3)]).await;
        let found = unit.find_unverified_accounts(&key(EMAIL)).await.unwrap();
        assert_eq!(found, [made(3), made(2), made(1)]);
        for number in 4..=12 {
            insert(unit, &[&made(number)]).await;
        }
        let found = unit.find_unverified_accounts(&key(EMAIL)).await.unwrap();
        assert_eq!(found, (3..=12).rev().map(made).collect::<Vec<_>>());
    })
    .await;
}
