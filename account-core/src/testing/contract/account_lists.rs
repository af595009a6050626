//! Many accounts at a time: lists, exports, and what housekeeping and the guard of the last super admin ask for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Subject;
use super::fixtures::{MICROSECOND, MINUTE, NOW, account, account_id, committed, in_parallel, organization_id, read};
use crate::account::{Account, AccountState, Role};
use crate::id::AccountId;
use crate::name::UserName;
use crate::ports::store::{AccountFilter, AccountUpdate, Insert, StoreError, UnitOfWork};
use crate::profile::Profile;

fn email(number: u8) -> String {
    format!("john{number}@acme.com")
}

/// An account with an address of its own and nothing else to be searched in.
fn plain(number: u8) -> Account {
    Account { profile: Profile::default(), ..account(number, &email(number)) }
}

async fn insert(unit: &mut dyn UnitOfWork, accounts: &[Account]) {
    for account in accounts {
        assert_eq!(unit.insert_account(account).await.unwrap(), Insert::Done);
    }
}

fn ids(accounts: &[Account]) -> Vec<AccountId> {
    accounts.iter().map(|account| account.id).collect()
}

async fn fitting(unit: &mut dyn UnitOfWork, filter: AccountFilter) -> Vec<AccountId> {
    ids(&unit.list_accounts(&filter, None, u32::MAX).await.unwrap())
}

/// The accounts whose search text contains that text.
async fn containing(unit: &mut dyn UnitOfWork, text: &str) -> Vec<AccountId> {
    fitting(unit, AccountFilter { text: Some(text.to_owned()), ..AccountFilter::default() }).await
}

/// Accounts are listed by descending id, complete, up to the limit, below the given id.
pub async fn accounts_are_listed_newest_first(subject: &Subject) {
    let all = AccountFilter::default();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.list_accounts(&all, None, 10).await.unwrap(), []);
        insert(unit, &[plain(3), plain(1), account(4, "full@acme.com"), plain(2)]).await;
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let listed = unit.list_accounts(&all, None, 10).await.unwrap();
        assert_eq!(listed, [account(4, "full@acme.com"), plain(3), plain(2), plain(1)]);
        assert_eq!(unit.list_accounts(&all, None, 2).await.unwrap(), listed[..2]);
        assert_eq!(unit.list_accounts(&all, Some(account_id(3)), 10).await.unwrap(), listed[2..]);
        assert_eq!(unit.list_accounts(&all, Some(account_id(1)), 10).await.unwrap(), []);
        assert_eq!(unit.list_accounts(&all, None, 0).await.unwrap(), []);
    })
    .await;
}

/// Accounts created while a list is being paged neither repeat nor hide others.
pub async fn pages_of_accounts_are_stable(subject: &Subject) {
    let all = AccountFilter::default();
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &(1..=4).map(plain).collect::<Vec<_>>()).await;
        let first = ids(&unit.list_accounts(&all, None, 2).await.unwrap());
        insert(unit, &[plain(5), plain(6)]).await;
        let second = ids(&unit.list_accounts(&all, first.last().copied(), 2).await.unwrap());
        assert_eq!([first, second].concat(), [4, 3, 2, 1].map(account_id));
    })
    .await;
}

/// A text is searched in address, user name and name, ignoring case, and has no special characters.
pub async fn a_text_is_searched_literally_and_in_any_case(subject: &Subject) {
    let named = |number: u8, name: &str| {
        let profile = Profile { name: Some(name.to_owned()), ..Profile::default() };
        Account { profile, ..plain(number) }
    };
    let nicknamed = Account { user_name: Some(UserName::from_stored("Zoë.Z".to_owned())), ..plain(4) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let shouting = Account { profile: Profile::default(), ..account(5, "SHOUT@Bücher.example") };
        insert(unit, &[named(1, "100% MÜLLER"), named(2, "1000 Muller"), named(3, "under_score \\ it's")]).await;
        insert(unit, &[nicknamed, shouting]).await;
        for (text, expected) in [
            ("müller", vec![1]),
            ("muller", vec![2]),
            ("100%", vec![1]),
            ("0% m", vec![1]),
            ("%", vec![1]),
            ("_", vec![3]),
            ("r_s", vec![3]),
            ("r_c", vec![]),
            ("\\", vec![3]),
            ("it's", vec![3]),
            ("zoë.z", vec![4]),
            ("shout@", vec![5]),
            ("@acme.com", vec![4, 3, 2, 1]),
            ("nobody", vec![]),
            ("*", vec![]),
        ] {
            let expected: Vec<AccountId> = expected.into_iter().map(account_id).collect();
            assert_eq!(containing(unit, text).await, expected, "{text}");
        }
    })
    .await;
}

/// The searched values follow the account's changes.
pub async fn a_search_finds_the_current_values(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[plain(1)]).await;
        let profile = Profile { name: Some("Zoë".to_owned()), ..Profile::default() };
        let changed = Account { version: 2, profile, ..account(1, "new@acme.com") };
        let outcome = unit.update_account(&changed).await.unwrap();
        assert_eq!(outcome, AccountUpdate::Applied);
        assert_eq!(containing(unit, "new@acme.com zoë").await, [account_id(1)]);
        assert_eq!(containing(unit, "john1").await, []);
    })
    .await;
}

/// Accounts are filtered by role, state and organization; all conditions apply together.
pub async fn accounts_are_filtered(subject: &Subject) {
    let accounts = [
        Account { role: Role::Admin, organization: Some(organization_id(7)), ..plain(1) },
        Account { role: Role::SuperAdmin, organization: Some(organization_id(8)), ..plain(2) },
        Account { verified_at: None, organization: Some(organization_id(7)), ..plain(3) },
        Account { deletion_due_at: Some(NOW), verified_at: None, ..plain(4) },
        Account { disabled_at: Some(NOW), deletion_due_at: Some(NOW), verified_at: None, ..plain(5) },
        Account { disabled_at: Some(NOW), ..plain(6) },
        Account { deletion_due_at: Some(NOW + MINUTE), role: Role::Admin, ..plain(7) },
        plain(8),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| insert(unit, &accounts).await).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let expected = |fits: &dyn Fn(&Account) -> bool| {
            accounts.iter().rev().filter(|account| fits(account)).map(|account| account.id).collect::<Vec<_>>()
        };
        for role in Role::ALL {
            let filter = AccountFilter { role: Some(role), ..AccountFilter::default() };
            assert_eq!(fitting(unit, filter).await, expected(&|account| account.role == role));
        }
        for state in AccountState::ALL {
            let filter = AccountFilter { state: Some(state), ..AccountFilter::default() };
            assert_eq!(fitting(unit, filter).await, expected(&|account| account.state() == state), "{state:?}");
        }
        let organization = Some(organization_id(7));
        let filter = AccountFilter { organization, ..AccountFilter::default() };
        assert_eq!(fitting(unit, filter).await, [3, 1].map(account_id));
        let filter = AccountFilter {
            text: Some("john".to_owned()),
            role: Some(Role::Admin),
            state: Some(AccountState::Active),
            organization,
        };
        assert_eq!(fitting(unit, filter.clone()).await, [account_id(1)]);
        assert_eq!(unit.list_accounts(&filter, Some(account_id(1)), 10).await.unwrap(), []);
        assert_eq!(fitting(unit, AccountFilter { role: Some(Role::User), ..filter }).await, []);
    })
    .await;
}

/// An export returns every account, by ascending id, starting after the given id.
pub async fn every_account_is_scanned_oldest_first(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.scan_accounts(None, 10).await.unwrap(), []);
        let disabled = Account { disabled_at: Some(NOW), verified_at: None, ..plain(2) };
        insert(unit, &[plain(3), disabled.clone(), plain(1)]).await;
        assert_eq!(unit.scan_accounts(None, 10).await.unwrap(), [plain(1), disabled, plain(3)]);
        let first = ids(&unit.scan_accounts(None, 2).await.unwrap());
        assert_eq!(first, [1, 2].map(account_id));
        insert(unit, &[plain(4)]).await;
        assert_eq!(ids(&unit.scan_accounts(Some(account_id(2)), 10).await.unwrap()), [3, 4].map(account_id));
        assert_eq!(unit.scan_accounts(Some(account_id(4)), 10).await.unwrap(), []);
        assert_eq!(unit.scan_accounts(None, 0).await.unwrap(), []);
    })
    .await;
}

/// Counts only super admins whose account is active, without the excepted one.
pub async fn other_super_admins_are_counted(subject: &Subject) {
    let admin = |number| Account { role: Role::SuperAdmin, ..plain(number) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.count_other_super_admins(account_id(1)).await.unwrap(), 0);
        insert(unit, &[admin(1), plain(2), Account { role: Role::Admin, ..plain(3) }]).await;
        let disabled = Account { disabled_at: Some(NOW), ..admin(4) };
        let deleting = Account { deletion_due_at: Some(NOW), ..admin(5) };
        let unproven = Account { verified_at: None, ..admin(6) };
        insert(unit, &[disabled, deleting, unproven]).await;
        assert_eq!(unit.count_other_super_admins(account_id(1)).await.unwrap(), 0);
        assert_eq!(unit.count_other_super_admins(account_id(2)).await.unwrap(), 1);
        insert(unit, &[admin(7), admin(8)]).await;
        assert_eq!(unit.count_other_super_admins(account_id(1)).await.unwrap(), 2);
        assert_eq!(unit.count_other_super_admins(account_id(9)).await.unwrap(), 3);
    })
    .await;
}

/// If all super admins give up their role at the same time, each only if another is left, one remains. Those who lose
/// may be told to try again.
pub async fn super_admins_who_step_down_at_once_leave_one(subject: &Subject) {
    const ADMINS: u8 = 8;
    let admin = |number| Account { role: Role::SuperAdmin, ..plain(number) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &(0..ADMINS).map(admin).collect::<Vec<_>>()).await;
    })
    .await;
    let outcomes = in_parallel(ADMINS, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await?;
            if unit.count_other_super_admins(account_id(number.into())).await? == 0 {
                return Ok::<_, StoreError>(false);
            }
            // The others count meanwhile, where a store lets several write at a time.
            tokio::task::yield_now().await;
            let resigned = Account { version: 2, ..plain(number) };
            assert_eq!(unit.update_account(&resigned).await?, AccountUpdate::Applied);
            unit.commit().await?;
            Ok(true)
        }
    });
    let mut resigned = 0;
    for outcome in outcomes.await {
        match outcome {
            Ok(has_resigned) => resigned += u64::from(has_resigned),
            Err(error) => assert!(error.is_transient(), "{error:?}"),
        }
    }
    let left = read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        unit.count_other_super_admins(account_id(99)).await.unwrap()
    });
    let left = left.await;
    assert!(left >= 1, "nobody is left");
    assert_eq!(left + resigned, u64::from(ADMINS));
}

/// Accounts whose grace period has ended are due for deletion unless they are disabled, and so are those that were not
/// verified in time.
pub async fn accounts_due_for_deletion_are_found(subject: &Subject) {
    let (now, then) = (NOW + MINUTE, NOW);
    let due = |number, due_at| Account { deletion_due_at: Some(due_at), ..plain(number) };
    let unproven = |number, created_at| Account { verified_at: None, created_at, ..plain(number) };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        insert(unit, &[due(1, now - MICROSECOND), due(2, now), due(3, now + MICROSECOND)]).await;
        insert(unit, &[unproven(4, then - MICROSECOND), unproven(5, then), unproven(6, then + MICROSECOND)]).await;
        insert(unit, &[Account { created_at: then - MICROSECOND, ..plain(7) }]).await;
        // Whose account is disabled cannot take the deletion back, and is waited for.
        insert(unit, &[Account { disabled_at: Some(then), ..due(8, now) }]).await;
        let found = unit.find_accounts_to_delete(now, then, 10).await.unwrap();
        assert_eq!(ids(&found).into_iter().collect::<BTreeSet<_>>(), [1, 2, 4].map(account_id).into());
        assert!(found.contains(&due(2, now)), "they come back whole");
        assert_eq!(unit.find_accounts_to_delete(now, then, 2).await.unwrap().len(), 2);
        assert_eq!(unit.find_accounts_to_delete(now, then, 0).await.unwrap(), []);
    })
    .await;
}
