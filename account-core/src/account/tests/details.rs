//! Changes of details.

use super::*;
use crate::name::UserName;
use crate::profile::Source;

fn name(text: &str) -> ProfileEdits {
    ProfileEdits { name: text.into(), ..ProfileEdits::default() }
}

fn user_name(text: &str) -> ProfileEdits {
    ProfileEdits { user_name: text.into(), ..ProfileEdits::default() }
}

#[tokio::test]
async fn differences_are_saved_and_audited() {
    let world = World::new();
    let account = world
        .account_with(EMAIL, |account| {
            account.profile.country = Some("AT".to_owned());
            account.profile.sources.insert("country".to_owned(), Source::ClientAddress);
        })
        .await;
    let session = world.open(&account).await;
    let edits = ProfileEdits { country: "at".into(), newsletter: true.into(), ..name("John Doe") };
    let changed = world.change(&session.token, edits).await.unwrap();
    assert_eq!(changed, world.now(&account));
    assert_eq!((changed.version, changed.profile.name.as_deref()), (2, Some("John Doe")));
    assert!(changed.profile.newsletter && changed.profile.sources.is_empty());
    assert_eq!(world.events(), [AuditEvent::ProfileChanged]);
    assert_eq!(world.mails().await.len(), 0);
}

#[tokio::test]
async fn equal_values_change_nothing() {
    let world = World::new();
    let session = world.open(&world.account(EMAIL).await).await;
    let changed = world.change(&session.token, name("John Doe")).await.unwrap();
    world.clock.advance(HOUR);
    for edits in [name("John Doe"), ProfileEdits::default(), ProfileEdits { bio: Edit::Clear, ..name("John Doe") }] {
        assert_eq!(world.change(&session.token, edits).await.unwrap(), changed);
    }
    assert_eq!(world.store.accounts(), [changed]);
    assert_eq!(world.events().len(), 1);
}

#[tokio::test]
async fn an_outdated_version_changes_nothing() {
    let world = World::new();
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let caller = world.verified(&session.token).await;
    let change = async |seen, text| world.service.change_details(&caller, name(text), Some(seen), &by()).await;
    assert_eq!(change(1, "John").await.unwrap().version, 2);
    for seen in [0, 1, 3] {
        assert!(matches!(change(seen, "Jack").await, Err(ChangeDetailsError::VersionMismatch)));
    }
    assert_eq!(change(2, "Jack").await.unwrap().version, 3);
}

#[tokio::test]
async fn all_violations_including_a_taken_user_name_are_reported() {
    let world = World::new();
    let wanted = Some(UserName::parse("jane").unwrap());
    world.account_with("jane@acme.com", |account| account.user_name = wanted).await;
    let account = world.account(EMAIL).await;
    let session = world.open(&account).await;
    let edits = ProfileEdits {
        name: Edit::Mistyped,
        notification_address: "a@acme.com,b@acme.com".into(),
        alternate_address: Edit::Mistyped,
        ..user_name("JANE")
    };
    let Err(ChangeDetailsError::Invalid(violations)) = world.change(&session.token, edits).await else { panic!() };
    let expected = [
        (Field::Name, Rule::MustBeText),
        (Field::UserName, Rule::Taken),
        (Field::NotificationAddress, Rule::Malformed),
        (Field::AlternateAddress, Rule::MustBeText),
    ];
    assert_eq!(rules(&violations), expected);
    assert_eq!(world.now(&account), account);
    let changed = world.change(&session.token, user_name("John")).await.unwrap();
    assert_eq!(world.change(&session.token, user_name("john")).await.unwrap(), changed, "it is one's own");
}

#[tokio::test]
async fn a_user_name_that_is_another_persons_address_is_refused() {
    let world = World::new();
    let victim = world.account("jane@acme.com").await;
    let session = world.open(&world.account(EMAIL).await).await;
    for text in ["jane@acme.com", "JANE@ACME.COM", "jane\u{FF20}acme.com", "jane\u{FE6B}acme.com"] {
        let refused = why(world.change(&session.token, user_name(text)).await);
        assert!(refused.contains("field: UserName, rule: ForbiddenCharacter"), "{refused}");
    }
    world.link_to_reset("jane@acme.com").await;
    assert_eq!(world.now(&victim), victim);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_many_claims_of_a_user_name_wins() {
    let world = std::sync::Arc::new(World::new());
    let mut wanting = tokio::task::JoinSet::new();
    for number in 0..10 {
        let session = world.open(&world.account(&format!("john{number}@acme.com")).await).await;
        let world = std::sync::Arc::clone(&world);
        wanting.spawn(async move { why(world.change(&session.token, user_name("john")).await) });
    }
    let outcomes = wanting.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "it succeeded").count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| outcome.contains("rule: Taken")).count(), 9);
}
