//! Lists in pages, and figures.

use super::*;
use crate::account::AccountState;
use crate::paging::PageRequest;
use crate::ports::store::{AccountFilter, AuditFilter};

fn page(cursor: Option<String>, limit: u32) -> PageRequest {
    PageRequest { cursor, limit: Some(limit) }
}

#[tokio::test]
async fn pages_are_stable_while_accounts_are_created() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    let mut expected = vec![admin.id()];
    for _ in 0..7 {
        world.tick();
        expected.push(world.account(Role::User).await.id);
    }
    expected.reverse();
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let list = world.service.list_accounts(&admin, AccountFilter::default(), page(cursor, 3)).await.unwrap();
        assert!(list.items.len() <= 3);
        seen.extend(list.items.iter().map(|account| account.id));
        world.tick();
        world.account(Role::User).await;
        cursor = list.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_cursor_is_valid_only_for_its_list_and_filter() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    for _ in 0..4 {
        world.account(Role::User).await;
    }
    let all = AccountFilter::default();
    let first = world.service.list_accounts(&admin, all.clone(), page(None, 2)).await.unwrap();
    let cursor = first.next.unwrap();
    for filter in [
        AccountFilter { role: Some(Role::Admin), ..all.clone() },
        AccountFilter { state: Some(AccountState::Active), ..all.clone() },
        AccountFilter { text: Some("acme".to_owned()), ..all.clone() },
    ] {
        let other = world.service.list_accounts(&admin, filter, page(Some(cursor.clone()), 2)).await;
        assert_eq!(why(other), "Cursor(CursorError)");
    }
    let audit = world.service.list_audit(&admin, AuditFilter::default(), page(Some(cursor.clone()), 2)).await;
    assert_eq!(why(audit), "Cursor(CursorError)");
    let rows = world.store.accounts();
    for forged in ["", "' OR 1=1 --", &cursor[1..], &cursor.to_ascii_lowercase(), &format!("{cursor}A")] {
        let list = world.service.list_accounts(&admin, all.clone(), page(Some(forged.to_owned()), 2)).await;
        assert_eq!(why(list), "Cursor(CursorError)", "{forged}");
    }
    assert_eq!(world.store.accounts(), rows);
    let second = world.service.list_accounts(&admin, all, page(Some(cursor), 2)).await.unwrap();
    assert_eq!(second.items.len(), 2);
}

#[tokio::test]
async fn accounts_are_found_by_text_in_any_case() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    world.account(Role::User).await;
    let find = async |text: &str| {
        let filter = AccountFilter { text: Some(text.to_owned()), ..AccountFilter::default() };
        world.service.list_accounts(&admin, filter, PageRequest::default()).await.unwrap().items.len()
    };
    assert_eq!(find(" USER.1@Acme ").await, 1);
    assert_eq!(find("").await, 2);
    assert_eq!(find("%").await, 0);
    assert_eq!(find("user\0").await, 0);
}
