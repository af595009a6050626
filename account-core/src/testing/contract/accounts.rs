//! Accounts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Subject;
use super::fixtures::{
    MICROSECOND, NOW, account, account_id, address, all_passed, committed, digest, hash_of, in_parallel, key,
    organization_id, read, session,
};
use crate::account::{Account, Credential, OrganizationRole, Role, SecondaryAddress, SecondaryAddresses};
use crate::email_address::EmailKey;
use crate::name::UserName;
use crate::password::PasswordHash;
use crate::ports::store::{Insert, Unique, UnitOfWork};
use crate::profile::Profile;
use crate::timestamp::Timestamp;

const EMAIL: &str = "john@acme.com";

/// An account whose address is not proven.
fn unproven(number: u8, email: &str) -> Account {
    Account { verified_at: None, ..account(number, email) }
}

fn named(number: u8, email: &str, name: &str) -> Account {
    Account { user_name: Some(user_name(name)), ..account(number, email) }
}

fn user_name(name: &str) -> UserName {
    UserName::from_stored(name.to_owned())
}

/// Every field of an account comes back as it was written, whichever way the account is found.
pub async fn an_account_comes_back_as_it_was_written(subject: &Subject) {
    let email = "JÖRG+Tag@Bücher.example";
    let hash = |text: &str| PasswordHash::from_phc(text.to_owned());
    let full = Account {
        former_passwords: vec![hash("$argon2id$2"), hash("$argon2id$1")],
        credential_epoch: u32::MAX,
        role: Role::SuperAdmin,
        organization: Some(organization_id(77)),
        organization_role: Some(OrganizationRole::Administrator),
        secondary_addresses: SecondaryAddresses {
            alternate: Some(SecondaryAddress { address: address("JÖRG@acme.com"), verified_at: Some(NOW) }),
            notification: Some(SecondaryAddress { address: address("Notices@Acme.com"), verified_at: None }),
        },
        disabled_at: Some(NOW + MICROSECOND),
        deletion_due_at: Some(NOW),
        version: u32::MAX,
        ..named(1, email, "jörg_o.-1")
    };
    let bare = Account {
        verified_at: None,
        password_hash: None,
        profile: Profile::default(),
        created_at: Timestamp::from_unix_micros(i64::MIN),
        updated_at: Timestamp::from_unix_micros(i64::MAX),
        ..account(2, EMAIL)
    };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&full).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&bare).await.unwrap(), Insert::Done);
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(full.id).await.unwrap(), Some(full.clone()));
        assert_eq!(unit.find_account_by_email(&key(email)).await.unwrap(), Some(full.clone()));
        assert_eq!(unit.find_account_by_user_name(&user_name("jörg_o.-1")).await.unwrap(), Some(full.clone()));
        let credential = Credential::of(&full);
        assert_eq!(unit.find_credential(&key(email)).await.unwrap().as_ref(), Some(&credential));
        let by_name = unit.find_credential_by_user_name(&user_name("jörg_o.-1")).await.unwrap();
        assert_eq!(by_name, Some(credential));
        assert_eq!(unit.find_credential(&key(EMAIL)).await.unwrap(), Some(Credential::of(&bare)));
        let found = unit.find_account(full.id).await.unwrap().unwrap();
        assert_eq!(found.address.as_str(), email);
        let alternate = found.secondary_addresses.alternate.unwrap();
        assert_eq!(alternate.address.as_str(), "JÖRG@acme.com");
        assert_eq!(unit.find_account(bare.id).await.unwrap(), Some(bare.clone()));
    })
    .await;
}

/// The policy that a password passed comes back with its hash, or that it is unknown.
pub async fn the_policy_that_a_password_passed_comes_back(subject: &Subject) {
    for (number, passed) in (1..).zip(all_passed()) {
        let email = format!("john{number}@acme.com");
        let written = Account { password_hash: Some(hash_of(passed)), ..account(number, &email) };
        committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
            assert_eq!(unit.insert_account(&written).await.unwrap(), Insert::Done);
            unit.insert_session(&session(number, number.into())).await.unwrap();
            assert_eq!(unit.find_account(written.id).await.unwrap().as_ref(), Some(&written));
            let credential = unit.find_credential(&key(&email)).await.unwrap();
            assert_eq!(credential, Some(Credential::of(&written)));
        })
        .await;
        let signed_in = subject.store.find_signed_in(&digest(number)).await.unwrap();
        assert_eq!(signed_in.unwrap().account, written);
    }
}

/// A value that no account has is not an error.
pub async fn an_unknown_account_is_absent(subject: &Subject) {
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_account(account_id(1)).await.unwrap(), None);
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), None);
        assert_eq!(unit.find_account_by_user_name(&user_name("john")).await.unwrap(), None);
        assert_eq!(unit.find_credential(&key(EMAIL)).await.unwrap(), None);
        assert_eq!(unit.find_credential_by_user_name(&user_name("john")).await.unwrap(), None);
    })
    .await;
}

/// Of several accounts with one address, the verified one signs in; without one, the newest.
pub async fn the_credential_is_of_the_verified_account_or_the_newest(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in [2, 3, 1] {
            assert_eq!(unit.insert_account(&unproven(number, EMAIL)).await.unwrap(), Insert::Done);
        }
        let youngest = unit.find_credential(&key(EMAIL)).await.unwrap().unwrap();
        assert_eq!((youngest.account, youngest.is_proven), (account_id(3), false));
        assert_eq!(unit.insert_account(&account(0, EMAIL)).await.unwrap(), Insert::Done);
        let proven = unit.find_credential(&key(EMAIL)).await.unwrap().unwrap();
        assert_eq!((proven.account, proven.is_proven), (account_id(0), true));
    })
    .await;
}

/// Account ids are unique.
pub async fn an_account_id_is_unique(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
        let lost = unit.insert_account(&account(1, "other@acme.com")).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::Id));
        assert_eq!(unit.find_account(account_id(1)).await.unwrap(), Some(account(1, EMAIL)));
        assert_eq!(unit.find_account_by_email(&key("other@acme.com")).await.unwrap(), None);
    })
    .await;
}

/// Only one account can have a verified address, in any spelling.
pub async fn an_account_key_is_unique_among_verified_addresses(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
    })
    .await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, spelling) in (2..).zip([EMAIL, "JOHN@acme.com", "john@ACME.COM"]) {
            let lost = unit.insert_account(&account(number, spelling)).await.unwrap();
            assert_eq!(lost, Insert::Conflict(Unique::EmailKey), "{spelling}");
            assert_eq!(unit.find_account(account_id(number.into())).await.unwrap(), None);
        }
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), Some(account(1, EMAIL)));
    })
    .await;
}

/// An unverified address is not claimed: any number of accounts may have it, and it finds none of them.
pub async fn an_unverified_address_holds_no_claim(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&unproven(1, EMAIL)).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&unproven(2, EMAIL)).await.unwrap(), Insert::Done);
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), None);
        assert_eq!(unit.insert_account(&account(3, EMAIL)).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&unproven(4, EMAIL)).await.unwrap(), Insert::Done);
        assert_eq!(unit.find_account_by_email(&key(EMAIL)).await.unwrap(), Some(account(3, EMAIL)));
    })
    .await;
}

/// User names are unique among verified and unverified accounts; any number of accounts have none.
pub async fn a_user_name_is_unique(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&named(1, "a@acme.com", "john")).await.unwrap(), Insert::Done);
        for lost in [named(2, "b@acme.com", "john"), Account { verified_at: None, ..named(3, "c@acme.com", "john") }] {
            let outcome = unit.insert_account(&lost).await.unwrap();
            assert_eq!(outcome, Insert::Conflict(Unique::UserName));
            assert_eq!(unit.find_account(lost.id).await.unwrap(), None);
        }
        assert_eq!(unit.insert_account(&account(4, "d@acme.com")).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&account(5, "e@acme.com")).await.unwrap(), Insert::Done);
        let found = unit.find_account_by_user_name(&user_name("john")).await.unwrap();
        assert_eq!(found, Some(named(1, "a@acme.com", "john")));
    })
    .await;
}

/// If both address and user name are taken, the address is reported: it decides whose account it is.
pub async fn a_taken_address_is_reported_before_a_taken_user_name(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&named(1, "a@acme.com", "john")).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&account(2, EMAIL)).await.unwrap(), Insert::Done);
        let lost = unit.insert_account(&named(3, EMAIL, "john")).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::EmailKey));
        let lost = unit.insert_account(&named(1, EMAIL, "john")).await.unwrap();
        assert_eq!(lost, Insert::Conflict(Unique::Id));
    })
    .await;
}

/// Keys and user names are compared byte by byte, without folding case or accents.
pub async fn names_of_accounts_are_compared_byte_by_byte(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let all = [
            named(1, "jorg@acme.com", "jorg"),
            named(2, "jörg@acme.com", "jörg"),
            named(3, "jor@acme.com", "Jorg"),
            named(4, "strase@acme.com", "jorg "),
        ];
        for account in &all {
            assert_eq!(unit.insert_account(account).await.unwrap(), Insert::Done);
        }
        for account in &all {
            let name = account.user_name.clone().unwrap();
            assert_eq!(unit.find_account_by_user_name(&name).await.unwrap().as_ref(), Some(account));
            assert_eq!(unit.find_account_by_email(account.address.key()).await.unwrap().as_ref(), Some(account));
        }
        assert_eq!(unit.find_account_by_user_name(&user_name("JORG")).await.unwrap(), None);
        let upper = EmailKey::from_stored("JORG@acme.com".to_owned());
        assert_eq!(unit.find_account_by_email(&upper).await.unwrap(), None);
    })
    .await;
}

/// Of many parallel verifications of one address, one gets the account, and the others get a conflict.
pub async fn one_of_many_parallel_accounts_of_one_address_wins(subject: &Subject) {
    let outcomes = in_parallel(40, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.insert_account(&account(number, EMAIL)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Insert::Done).count(), 1);
    let lost = Insert::Conflict(Unique::EmailKey);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == lost).count(), 39);
}

/// Rolling back a new account frees its address and name.
pub async fn a_rolled_back_account_claims_nothing(subject: &Subject) {
    let mut unit = subject.store.begin().await.unwrap();
    assert_eq!(unit.insert_account(&named(1, EMAIL, "john")).await.unwrap(), Insert::Done);
    drop(unit);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let again = Account { created_at: NOW, ..named(2, EMAIL, "john") };
        assert_eq!(unit.insert_account(&again).await.unwrap(), Insert::Done);
    })
    .await;
}

/// Every role of an account comes back, in the service and in its organization.
pub async fn every_role_of_an_account_comes_back(subject: &Subject) {
    let mut accounts = Vec::new();
    for (number, role) in (1..).zip(Role::ALL) {
        accounts.push(Account { role, ..account(number, &format!("role{number}@acme.com")) });
    }
    for (number, organization_role) in (11..).zip(OrganizationRole::ALL) {
        let (organization, organization_role) = (Some(organization_id(7)), Some(organization_role));
        let email = format!("member{number}@acme.com");
        accounts.push(Account { organization, organization_role, ..account(number, &email) });
    }
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for account in &accounts {
            assert_eq!(unit.insert_account(account).await.unwrap(), Insert::Done);
        }
        for account in &accounts {
            assert_eq!(unit.find_account(account.id).await.unwrap().as_ref(), Some(account));
        }
    })
    .await;
}

/// Finds which of many keys have an account, verified or not.
pub async fn the_keys_of_accounts_are_found_together(subject: &Subject) {
    let unproven = Account { verified_at: None, ..account(2, "jane@acme.com") };
    let disabled = Account { disabled_at: Some(NOW), ..account(3, "joe@acme.com") };
    let again = Account { verified_at: None, ..account(4, EMAIL) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for account in [account(1, EMAIL), unproven, disabled, again] {
            assert_eq!(unit.insert_account(&account).await.unwrap(), Insert::Done);
        }
        assert_eq!(unit.find_account_keys(&[]).await.unwrap(), BTreeSet::new());
        let mut sought: Vec<EmailKey> = (0..1_500).map(|number| key(&format!("nobody{number}@acme.com"))).collect();
        assert_eq!(unit.find_account_keys(&sought).await.unwrap(), BTreeSet::new());
        let upper = EmailKey::from_stored("JOHN@acme.com".to_owned());
        sought.extend([upper, key("jane@acme.com"), key(EMAIL), key("joe@acme.com")]);
        let found = [EMAIL, "jane@acme.com", "joe@acme.com"].map(key);
        assert_eq!(unit.find_account_keys(&sought).await.unwrap(), BTreeSet::from(found));
        assert_eq!(unit.find_account_keys(&[key(EMAIL)]).await.unwrap(), BTreeSet::from([key(EMAIL)]));
    })
    .await;
}
