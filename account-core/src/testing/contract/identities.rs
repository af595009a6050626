//! Linked identities, and flows to providers.

use std::sync::Arc;

use uuid::Uuid;

use super::Subject;
use super::fixtures::{
    MICROSECOND, MINUTE, NOW, account, account_id, committed, digest, in_parallel, read, session_id,
};
use crate::id::IdentityId;
use crate::ports::store::{Insert, Unique, UnitOfWork, Update};
use crate::provider::{
    FlowSession, FlowWish, Identity, IdentityKey, KeptDraft, ProviderAccount, ProviderFlow, ProviderName,
    Subject as Key,
};
use crate::registration::draft::RegistrationDraft;

const EMAIL: &str = "john@acme.com";
const OTHER: &str = "other@acme.com";

fn key(provider: &str, subject: &str) -> IdentityKey {
    IdentityKey { provider: ProviderName::parse(provider).unwrap(), subject: Key::parse(subject).unwrap() }
}

fn identity_id(number: u128) -> IdentityId {
    IdentityId::from_uuid(Uuid::from_u128(number))
}

/// An identity of the account with this number.
fn identity(number: u8, owner: u8, key: IdentityKey) -> Identity {
    Identity {
        id: identity_id(number.into()),
        key,
        owner: account_id(owner.into()),
        account: ProviderAccount {
            label: Some(format!("JÖRG-{number}@Bücher.example")),
            picture_url: Some("https://pictures.example/a?b=c&d=%20".to_owned()),
            profile_url: None,
        },
        linked_at: NOW + MICROSECOND * number.into(),
        last_used_at: NOW + MINUTE,
    }
}

async fn furnish(subject: &Subject, identities: &[Identity]) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.insert_account(&account(1, EMAIL)).await.unwrap(), Insert::Done);
        assert_eq!(unit.insert_account(&account(2, OTHER)).await.unwrap(), Insert::Done);
        for identity in identities {
            assert_eq!(unit.insert_identity(identity).await.unwrap(), Insert::Done);
        }
    })
    .await;
}

/// Every field of an identity comes back as it was written.
pub async fn an_identity_comes_back_as_it_was_written(subject: &Subject) {
    let longest = format!("https://id.example/{}#{}", "i".repeat(230), "s".repeat(255));
    let bare = Identity { account: ProviderAccount::default(), ..identity(2, 1, key("github", "583231")) };
    let written = [identity(1, 1, key("google", "109876543210")), bare, identity(3, 2, key("acme-sso", &longest))];
    furnish(subject, &written).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for identity in &written {
            assert_eq!(unit.find_identity(&identity.key).await.unwrap().as_ref(), Some(identity));
        }
        assert_eq!(unit.find_identity(&key("google", "1")).await.unwrap(), None);
    })
    .await;
}

/// A key is linked to one account. Keys are compared byte by byte, and a subject belongs to its provider.
pub async fn an_identity_is_linked_to_one_account(subject: &Subject) {
    furnish(subject, &[identity(1, 1, key("google", "Abc"))]).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for (number, owner) in [(2, 1), (3, 2)] {
            let again = unit.insert_identity(&identity(number, owner, key("google", "Abc"))).await.unwrap();
            assert_eq!(again, Insert::Conflict(Unique::Identity));
        }
        for (number, other) in [(4, key("google", "abc")), (5, key("github", "Abc")), (6, key("google", "Abc."))] {
            assert_eq!(unit.find_identity(&other).await.unwrap(), None);
            assert_eq!(unit.insert_identity(&identity(number, 2, other)).await.unwrap(), Insert::Done);
        }
        assert_eq!(unit.find_identity(&key("google", "Abc")).await.unwrap().unwrap().owner, account_id(1));
    })
    .await;
}

/// Of many parallel attempts to link an identity, one succeeds.
pub async fn one_of_many_parallel_links_of_an_identity_succeeds(subject: &Subject) {
    furnish(subject, &[]).await;
    let outcomes = in_parallel(20, |number| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.insert_identity(&identity(number, 1 + number % 2, key("google", "1"))).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Insert::Done).count(), 1);
}

/// The identities of an account are listed in the order in which they were linked, then by id.
pub async fn identities_of_an_account_are_listed_in_order(subject: &Subject) {
    let [first, second, third] = [(3, "1"), (2, "2"), (1, "3")]
        .map(|(number, subject)| Identity { linked_at: NOW, ..identity(number, 1, key("google", subject)) });
    let first = Identity { linked_at: NOW - MICROSECOND, ..first };
    furnish(subject, &[second.clone(), third.clone(), first.clone(), identity(9, 2, key("google", "9"))]).await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let listed = unit.find_identities_of_account(account_id(1)).await.unwrap();
        assert_eq!(listed, [first, third, second]);
        assert_eq!(unit.find_identities_of_account(account_id(3)).await.unwrap(), []);
    })
    .await;
}

/// Using an identity changes how it is shown and when it was used, and nothing else.
pub async fn using_an_identity_changes_what_is_shown_and_when(subject: &Subject) {
    let (stored, other) = (identity(1, 1, key("google", "1")), identity(2, 1, key("google", "2")));
    furnish(subject, &[stored.clone(), other.clone()]).await;
    let account = ProviderAccount { label: Some("octocat".to_owned()), ..ProviderAccount::default() };
    let used = Identity { account, last_used_at: NOW + MINUTE * 2, ..stored.clone() };
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        let meddled = Identity { key: key("google", "3"), linked_at: NOW + MINUTE, ..used.clone() };
        assert_eq!(unit.update_identity(&meddled).await.unwrap(), Update::Applied);
        let of_another = Identity { owner: account_id(2), ..used.clone() };
        assert_eq!(unit.update_identity(&of_another).await.unwrap(), Update::Missed);
        assert_eq!(
            unit.update_identity(&Identity { id: identity_id(9), ..used.clone() }).await.unwrap(),
            Update::Missed
        );
        assert_eq!(unit.find_identities_of_account(account_id(1)).await.unwrap(), [used, other]);
    })
    .await;
}

/// Only the account that has an identity can have it deleted, once.
pub async fn an_identity_is_deleted_with_its_owner_named(subject: &Subject) {
    furnish(subject, &[identity(1, 1, key("google", "1")), identity(2, 2, key("google", "2"))]).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_identity(account_id(2), identity_id(1)).await.unwrap(), Update::Missed);
        assert_eq!(unit.delete_identity(account_id(1), identity_id(1)).await.unwrap(), Update::Applied);
        assert_eq!(unit.delete_identity(account_id(1), identity_id(1)).await.unwrap(), Update::Missed);
        assert_eq!(unit.find_identity(&key("google", "1")).await.unwrap(), None);
        assert!(unit.find_identity(&key("google", "2")).await.unwrap().is_some());
    })
    .await;
}

/// Deleting an account deletes its identities, which can then be linked to another one.
pub async fn deleting_an_account_deletes_its_identities(subject: &Subject) {
    furnish(subject, &[identity(1, 1, key("google", "1")), identity(2, 2, key("google", "2"))]).await;
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.delete_account(account_id(1), 1).await.unwrap(), Update::Applied);
        assert_eq!(unit.find_identity(&key("google", "1")).await.unwrap(), None);
        assert_eq!(unit.find_identities_of_account(account_id(2)).await.unwrap().len(), 1);
        let again = unit.insert_identity(&identity(3, 2, key("google", "1"))).await.unwrap();
        assert_eq!(again, Insert::Done);
    })
    .await;
}

fn flow(number: u8, wish: FlowWish) -> ProviderFlow {
    ProviderFlow {
        state: digest(number),
        browser: digest(number.wrapping_add(100)),
        provider: ProviderName::parse("google").unwrap(),
        wish,
        app: None,
        expires_at: NOW + MINUTE,
    }
}

/// A draft with texts that a narrower encoding would damage.
fn kept() -> KeptDraft {
    KeptDraft::of(&RegistrationDraft {
        name: "Zoë 李小龍 \u{1F98A} \"quoted\" \\ back".into(),
        terms_version: "2026-01".into(),
        newsletter: true.into(),
        callback_url: "https://app.example/welcome?a=1&b=%20".into(),
        ..RegistrationDraft::default()
    })
}

/// Every field of a flow comes back as it was written.
pub async fn a_flow_comes_back_as_it_was_written(subject: &Subject) {
    let session = FlowSession { session: session_id(1), account: account_id(2), epoch: u32::MAX };
    let app = Some("com.example.app:/callback?a=b".to_owned());
    let written = [
        flow(1, FlowWish::Enter(Box::default())),
        ProviderFlow { app, ..flow(2, FlowWish::Enter(Box::new(kept()))) },
        flow(3, FlowWish::Link(session)),
        flow(4, FlowWish::Confirm(session)),
        flow(5, FlowWish::Prove(digest(77))),
    ];
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for flow in &written {
            unit.insert_flow(flow).await.unwrap();
        }
    })
    .await;
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for flow in &written {
            assert_eq!(unit.find_flow(&flow.state).await.unwrap().as_ref(), Some(flow));
        }
        assert_eq!(unit.find_flow(&digest(9)).await.unwrap(), None);
    })
    .await;
}

/// Of many parallel requests that delete a flow, one does.
pub async fn one_of_many_parallel_requests_deletes_a_flow(subject: &Subject) {
    committed(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        for number in [1, 2] {
            unit.insert_flow(&flow(number, FlowWish::Enter(Box::default()))).await.unwrap();
        }
    })
    .await;
    let outcomes = in_parallel(20, |_| {
        let store = Arc::clone(&subject.store);
        async move {
            let mut unit = store.begin().await.unwrap();
            let outcome = unit.delete_flow(&digest(1)).await.unwrap();
            unit.commit().await.unwrap();
            outcome
        }
    });
    assert_eq!(outcomes.await.into_iter().filter(|outcome| *outcome == Update::Applied).count(), 1);
    read(&*subject.store, async |unit: &mut dyn UnitOfWork| {
        assert_eq!(unit.find_flow(&digest(1)).await.unwrap(), None);
        assert!(unit.find_flow(&digest(2)).await.unwrap().is_some());
    })
    .await;
}
