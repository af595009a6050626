//! Lists in pages, and figures.

use super::*;
use crate::account::AccountState;
use crate::administration::AdminError;
use crate::paging::PageRequest;
use crate::ports::store::{AccountFilter, AuditFilter};
use crate::registration::RegistrationState;

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

#[tokio::test]
async fn registrations_are_found_by_address_and_state() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    for email in ["jane@acme.com", "john@acme.com", "Jane@ACME.com"] {
        world.tick();
        world.register(draft(email)).await.unwrap();
    }
    let list = async |state, email: &str, page| {
        let list = world.service.list_registrations(&admin, state, Some(email), page).await?;
        let found = list.items.iter().map(|registration| registration.address.as_str().to_owned()).collect::<Vec<_>>();
        Ok::<_, AdminError>((found, list.next))
    };
    let found = async |state, email| list(state, email, PageRequest::default()).await.unwrap().0;
    assert_eq!(found(None, " jane@acme.com ").await, ["Jane@ACME.com", "jane@acme.com"]);
    assert_eq!(found(Some(RegistrationState::Completed), "jane@acme.com").await, [""; 0]);
    for nobody in ["joe@acme.com", "jane", "", "%"] {
        assert_eq!(found(None, nobody).await, [""; 0], "{nobody}");
    }
    let (first, next) = list(None, "jane@acme.com", page(None, 1)).await.unwrap();
    assert_eq!(first, ["Jane@ACME.com"]);
    assert_eq!(why(list(None, "john@acme.com", page(next.clone(), 1)).await), "Cursor(CursorError)");
    assert_eq!(list(None, "jane@acme.com", page(next, 1)).await.unwrap(), (vec!["jane@acme.com".to_owned()], None));
}
