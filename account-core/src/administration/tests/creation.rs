//! Accounts that a super admin makes with a password.

use super::*;
use crate::administration::creation::CreateAccountError;
use crate::input::Input;
use crate::password::policy::PasswordPolicy;
use crate::registration::verify::{Proof, Spend, VerifyRequest};

async fn create(world: &World, admin: &Administrator, draft: RegistrationDraft) -> Result<Account, CreateAccountError> {
    let rules = RegistrationRules::native("waltid");
    world.service.create_account_with_password(admin, draft, &rules, &context()).await
}

async fn link(world: &World) -> String {
    let [mail] = world.mails().await.try_into().unwrap();
    let MailContent::AccountMade { link, .. } = &mail.content else { panic!("{mail:?}") };
    link.expose().strip_prefix("https://accounts.example.com/l/").unwrap().to_owned()
}

async fn verify(world: &World, token: String, proof: Proof) -> Account {
    let (spend, password_policy) = (Spend::Token(token), PasswordPolicy::DEFAULT);
    let request = VerifyRequest { spend, proof, password_policy, context: context() };
    world.service.verify_email(request).await.unwrap().account
}

#[tokio::test]
async fn creation_works_while_registration_is_closed_and_is_marked_audited_and_notified() {
    let world = World::new();
    world.set_registration(r#"{"mode":"closed","refuses_pending":false}"#).await;
    let admin = world.admin(Role::SuperAdmin).await;
    world.tick();
    let account = create(&world, &admin, draft("max@acme.com")).await.unwrap();
    assert_eq!((account.verified_at, account.role), (None, Role::User));
    assert!(account.profile.has_password_by_administrator());
    let (event, actor, about, _) = world.trail().pop().unwrap();
    assert_eq!((event, actor, about), (AuditEvent::AccountCreated, Actor::Account(admin.id()), Some(account.id)));
    let token = link(&world).await;
    let own = Proof { new_password: Input::from("a quiet lemon under the table"), ..Proof::default() };
    let verified = verify(&world, token, own).await;
    assert_eq!(verified.id, account.id);
    assert!(!world.stored(account.id).profile.has_password_by_administrator());
}

#[tokio::test]
async fn the_mark_stays_until_the_password_is_changed() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let account = create(&world, &admin, draft("max@acme.com")).await.unwrap();
    let token = link(&world).await;
    let verified = verify(&world, token, Proof { password: Some(PASSWORD.to_owned()), ..Proof::default() }).await;
    assert_eq!(verified.id, account.id);
    assert!(world.stored(account.id).profile.has_password_by_administrator());
}

#[tokio::test]
async fn an_address_is_given_to_one_account_only() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    create(&world, &admin, draft("max@acme.com")).await.unwrap();
    assert_eq!(why(create(&world, &admin, draft("MAX@acme.com")).await), "AlreadyRegistered");
    let proven = world.account(Role::User).await;
    assert_eq!(why(create(&world, &admin, draft(proven.address.as_str())).await), "AlreadyRegistered");
}

#[tokio::test]
async fn other_administrators_are_refused() {
    let world = World::new();
    let admin = world.admin(Role::Admin).await;
    assert_eq!(why(create(&world, &admin, draft("max@acme.com")).await), "NotPermitted(Role)");
    let demoted = world.admin(Role::SuperAdmin).await;
    let other = world.admin(Role::SuperAdmin).await;
    world.service.set_role(&other, demoted.id(), Role::User, &context()).await.unwrap();
    assert_eq!(why(create(&world, &demoted, draft("max@acme.com")).await), "NotPermitted(Role)");
}

#[tokio::test]
async fn all_violations_are_reported() {
    let world = World::new();
    let admin = world.admin(Role::SuperAdmin).await;
    let wrong = RegistrationDraft { password: "short".into(), country: "Atlantis".into(), ..draft("max") };
    let Err(CreateAccountError::Invalid(violations)) = create(&world, &admin, wrong).await else { panic!() };
    assert_eq!(violations.iter().count(), 3, "{violations}");
}
