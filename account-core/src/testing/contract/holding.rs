//! Locks: what a writing unit of work has read does not change until it ends, and addresses that it locks stay its own.

use std::sync::Arc;

use tokio::task::yield_now;

use super::Subject;
use super::fixtures::{account, account_id, committed, in_parallel, key, organization, organization_id, read};
use crate::account::Account;
use crate::ports::Store;
use crate::ports::store::{AccountFilter, AccountUpdate, Insert, StoreError, UnitOfWork, Update};

const EMAIL: &str = "john@acme.com";
const TASKS: u8 = 12;

/// Lets other units of work run, if the store allows several writers at a time.
async fn linger() {
    for _ in 0..20 {
        yield_now().await;
    }
}

/// The ways to look up a single account.
#[derive(Clone, Copy)]
enum LookUp {
    Id,
    Email,
    UserName,
    Unverified,
}

impl LookUp {
    async fn look(self, unit: &mut dyn UnitOfWork, sought: &Account) -> Result<Account, StoreError> {
        let found = match self {
            Self::Id => unit.find_account(sought.id).await?,
            Self::Email => unit.find_account_by_email(sought.address.key()).await?,
            Self::UserName => unit.find_account_by_user_name(sought.user_name.as_ref().unwrap()).await?,
            Self::Unverified => unit.find_unverified_accounts(sought.address.key()).await?.pop(),
        };
        Ok(found.unwrap())
    }
}

/// Many units of work look the account up and change it; each sees the changes of the one before.
async fn everyone_changes_it(store: &Arc<dyn Store>, account: Account, look_up: LookUp) {
    committed(&**store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account).await.unwrap(), Insert::Done);
    })
    .await;
    let outcomes = in_parallel(TASKS, |_| {
        let (store, account) = (Arc::clone(store), account.clone());
        async move {
            let mut unit = store.begin().await?;
            let found = look_up.look(unit.as_mut(), &account).await?;
            linger().await;
            let version = found.version + 1;
            let changed = Account { version, ..found };
            assert_eq!(unit.update_account(&changed).await?, AccountUpdate::Applied, "it stayed as it was found");
            unit.commit().await
        }
    });
    let changes = count_done(outcomes.await);
    let found = read(&**store, async |unit: &mut dyn UnitOfWork| unit.find_account(account.id).await.unwrap().unwrap());
    assert_eq!(found.await.version, 1 + changes);
}

/// Returns how many succeeded; the others were told to try again.
fn count_done(outcomes: Vec<Result<(), StoreError>>) -> u32 {
    let mut done = 0;
    for outcome in outcomes {
        match outcome {
            Ok(()) => done += 1,
            Err(error) => assert!(error.is_transient(), "{error:?}"),
        }
    }
    assert!(done > 0);
    done
}

/// An account that was read by its id does not change until the unit of work ends.
pub async fn an_account_that_was_read_is_locked(subject: &Subject) {
    everyone_changes_it(&subject.store, account(1, EMAIL), LookUp::Id).await;
}

/// Neither does one that was read by its address, by its user name, or among those with an unverified address.
pub async fn an_account_that_was_read_by_another_key_is_locked(subject: &Subject) {
    everyone_changes_it(&subject.store, account(1, EMAIL), LookUp::Email).await;
    let name = Some(crate::name::UserName::from_stored("jane".to_owned()));
    let named = Account { user_name: name, ..account(2, "jane@acme.com") };
    everyone_changes_it(&subject.store, named, LookUp::UserName).await;
    let unproven = Account { verified_at: None, ..account(3, "joe@acme.com") };
    everyone_changes_it(&subject.store, unproven, LookUp::Unverified).await;
}

/// A read-only unit of work does not wait for locked accounts.
pub async fn readers_do_not_wait_for_locks(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
    })
    .await;
    let mut holder = subject.store.begin().await.unwrap();
    holder.hold_addresses(&[&key(EMAIL)]).await.unwrap();
    holder.find_account(account_id(1)).await.unwrap();
    let changed = Account { version: 2, ..account(1, EMAIL) };
    assert_eq!(holder.update_account(&changed).await.unwrap(), AccountUpdate::Applied);
    let found = read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert!(unit.find_account_by_email(&key(EMAIL)).await.unwrap().is_some());
        unit.find_account(account_id(1)).await.unwrap()
    });
    assert_eq!(found.await, Some(account(1, EMAIL)));
    holder.commit().await.unwrap();
}

/// A read-only unit of work sees one consistent state, including what it reads later.
pub async fn a_reader_sees_a_consistent_snapshot(subject: &Subject) {
    let mut reader = subject.store.begin_read_only().await.unwrap();
    assert_eq!(reader.find_account(account_id(1)).await.unwrap(), None);
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
    })
    .await;
    assert_eq!(reader.find_account_by_email(&key(EMAIL)).await.unwrap(), None);
    assert_eq!(reader.scan_accounts(None, 9).await.unwrap(), []);
}

/// An organization that was read is not deleted until the unit of work ends; the deletion then sees its new member.
pub async fn an_organization_is_not_deleted_while_a_member_joins(subject: &Subject) {
    for round in 0..6_u8 {
        let id = organization_id(u128::from(round) + 1);
        committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
            let organization = organization(u128::from(round) + 1, &format!("acme-{round}"));
            assert_eq!(unit.insert_organization(&organization).await.unwrap(), Insert::Done);
        })
        .await;
        let outcomes = in_parallel(4, |number| {
            let store = Arc::clone(&subject.store);
            async move {
                let mut unit = store.begin().await?;
                if number == 0 {
                    linger().await;
                    let _: Update = unit.delete_organization(id).await?;
                    return unit.commit().await;
                }
                if unit.find_organization(id).await?.is_some() {
                    linger().await;
                    let number = round * 10 + number;
                    let member = account(number, &format!("member-{number}@acme.com"));
                    let member = Account { organization: Some(id), ..member };
                    assert_eq!(unit.insert_account(&member).await?, Insert::Done);
                }
                unit.commit().await
            }
        });
        count_done(outcomes.await);
        read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
            let filter = AccountFilter { organization: Some(id), ..AccountFilter::default() };
            let has_members = !unit.list_accounts(&filter, None, 9).await.unwrap().is_empty();
            let is_there = unit.find_organization(id).await.unwrap().is_some();
            assert!(is_there || !has_members, "nobody belongs to an organization that is gone");
        })
        .await;
    }
}

/// Of many units of work that lock one address, and take it if it is free, the first gets it.
pub async fn an_address_is_locked_by_one_at_a_time(subject: &Subject) {
    let outcomes = in_parallel(TASKS, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            unit.hold_addresses(&[&key(EMAIL)]).await.unwrap();
            let is_first = unit.find_unverified_accounts(&key(EMAIL)).await.unwrap().is_empty();
            linger().await;
            if is_first {
                let unproven = Account { verified_at: None, ..account(number, EMAIL) };
                assert_eq!(unit.insert_account(&unproven).await.unwrap(), Insert::Done);
            }
            unit.commit().await.unwrap();
            is_first
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|is_first| *is_first).count(), 1);
}

/// Units of work that lock the same addresses, in any order, run one after another without a deadlock.
pub async fn addresses_named_in_opposite_orders_do_not_deadlock(subject: &Subject) {
    in_parallel(TASKS, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut keys: Vec<_> = (0..5).map(|number| key(&format!("person-{number}@acme.com"))).collect();
            if number % 2 == 0 {
                keys.reverse();
            }
            let mut unit = store.begin().await.unwrap();
            unit.hold_addresses(&keys.iter().collect::<Vec<_>>()).await.unwrap();
            linger().await;
            unit.commit().await.unwrap();
        }
    })
    .await;
}

/// Locks are released when their unit of work ends, in any way.
pub async fn locks_are_released_at_the_end(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
    })
    .await;
    for round in 0..9 {
        let mut unit = subject.store.begin().await.unwrap();
        unit.hold_addresses(&[&key(EMAIL)]).await.unwrap();
        assert!(unit.find_account_by_email(&key(EMAIL)).await.unwrap().is_some());
        match round % 3 {
            0 => unit.commit().await.unwrap(),
            1 => unit.rollback().await.unwrap(),
            _ => drop(unit),
        }
    }
}

/// Locking nothing is not an error; locking anything in a read-only unit of work is.
pub async fn a_reader_takes_no_locks(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| unit.hold_addresses(&[]).await.unwrap()).await;
    let mut reader = subject.store.begin_read_only().await.unwrap();
    assert!(reader.hold_addresses(&[&key(EMAIL)]).await.is_err());
}
