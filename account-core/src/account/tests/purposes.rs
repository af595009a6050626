//! What each kind of emailed token is good for, and until when.

use super::*;
use crate::client::Client;
use crate::consent::GivenConsent;
use crate::id::InvitationId;
use crate::invitation::redeem::AcceptRequest;
use crate::one_time_token::Purpose;
use crate::outbox::Queue;
use crate::registration::verify::{Proof, Spend, VerifyRequest};
use crate::service::Issue;
use crate::session::Lifetime;

/// A token of each purpose, all alive, with the session that may spend it.
struct Links {
    links: Vec<(Purpose, String)>,
    session: SecretToken,
}

impl World {
    async fn verify(&self, link: &str) -> String {
        let proof = Proof { new_password: NEW_PASSWORD.into(), ..Proof::default() };
        let (spend, password_policy) = (Spend::Token(link.to_owned()), PasswordPolicy::DEFAULT);
        why(self.service.verify_email(VerifyRequest { spend, proof, password_policy, context: by() }).await)
    }

    async fn links(&self) -> Links {
        let account = self.account(EMAIL).await;
        let session = self.open(&account).await.token;
        self.register("jane@acme.com").await;
        let verification = link_in(&self.mail("verify-address").await);
        let secondary = self.link_to_notification(&session, "desk@example.com").await;
        let change = self.link_to_move(&session, "johnny@acme.com").await;
        let reset = self.link_to_reset(EMAIL).await;
        let links = vec![
            (Purpose::EmailVerification, verification),
            (Purpose::SecondaryAddress, secondary),
            (Purpose::AddressChange, change),
            (Purpose::PasswordReset, reset),
            (Purpose::Invitation, self.invitation(&account).await),
            (Purpose::SessionRenewal, self.renewal(&account).await),
        ];
        Links { links, session }
    }

    /// The token that renews another session of the account.
    async fn renewal(&self, account: &Account) -> String {
        let context = by();
        let mut change = self.service.change(&context, Actor::Service).await.unwrap();
        let lifetime = Lifetime { token: Some(HOUR), ..Lifetime::of_role(account.role) };
        let opened = change.open_session(account, lifetime).await.unwrap();
        change.commit().await.unwrap();
        opened.renewal.unwrap().expose().to_string()
    }

    async fn accept(&self, link: &str) -> String {
        let request = AcceptRequest {
            token: link.to_owned(),
            password: NEW_PASSWORD.into(),
            edits: ProfileEdits::default(),
            consent: GivenConsent::default(),
            password_policy: PasswordPolicy::DEFAULT,
            context: by(),
        };
        why(self.service.accept_invitation(request).await)
    }

    async fn renew_by(&self, link: &str) -> String {
        why(self.service.renew_session(link, &by()).await)
    }

    /// The token of an invitation, with the account's id as its subject: the worst case.
    async fn invitation(&self, account: &Account) -> String {
        let context = by();
        let mut change = self.service.change(&context, Actor::Service).await.unwrap();
        let (purpose, subject) = (Purpose::Invitation, InvitationId::from_uuid(account.id.as_uuid()).as_uuid());
        let (address, expires_at) = (&account.address, change.now + HOUR);
        let issue = Issue { purpose, subject, generation: 1, address, epoch: Some(0), session: None, expires_at };
        change.issue(issue).await.unwrap();
        change.commit().await.unwrap();
        let key = &self.service.settings.master_keys.current;
        key.token(purpose, subject, 1, address).expose().to_string()
    }
}

#[tokio::test]
async fn a_token_works_only_for_its_purpose() {
    let world = World::new();
    let Links { links, session } = world.links().await;
    for (purpose, link) in &links {
        if *purpose != Purpose::EmailVerification {
            let inspected = world.service.inspect_token(link, &[], &Client::default()).await;
            assert_eq!(why(inspected), "Unknown", "{purpose:?}");
            assert_eq!(world.verify(link).await, "Unknown", "{purpose:?}");
        }
        if *purpose != Purpose::PasswordReset {
            assert_eq!(why(world.reset(link, NEW_PASSWORD).await), "Unknown", "{purpose:?}");
            assert_eq!(why(world.service.inspect_reset(link, &by()).await), "Unknown", "{purpose:?}");
        }
        if !matches!(purpose, Purpose::AddressChange | Purpose::SecondaryAddress) {
            assert_eq!(why(world.confirm(&session, link).await), "Unknown", "{purpose:?}");
        }
        if *purpose != Purpose::Invitation {
            assert_eq!(why(world.service.inspect_invitation(link, &by()).await), "Unknown", "{purpose:?}");
            assert_eq!(world.accept(link).await, "Unknown", "{purpose:?}");
        }
        if *purpose != Purpose::SessionRenewal {
            assert_eq!(world.renew_by(link).await, "WrongToken", "{purpose:?}");
        }
    }
    let link = |purpose| links.iter().find(|(of, _)| *of == purpose).unwrap().1.clone();
    assert_eq!(world.renew_by(&link(Purpose::SessionRenewal)).await, "it succeeded");
    assert_eq!(world.verify(&link(Purpose::EmailVerification)).await, "it succeeded");
    assert!(world.confirm(&session, &link(Purpose::SecondaryAddress)).await.unwrap().session.is_none());
    assert!(world.service.inspect_reset(&link(Purpose::PasswordReset), &by()).await.is_ok());
    assert!(world.confirm(&session, &link(Purpose::AddressChange)).await.unwrap().session.is_some());
    // The address has changed: the reset has ended with it, and a new one works.
    assert_eq!(why(world.reset(&link(Purpose::PasswordReset), NEW_PASSWORD).await), "Gone(Superseded)");
    let reset = world.link_to_reset("johnny@acme.com").await;
    assert!(world.reset(&reset, NEW_PASSWORD).await.is_ok());
}

#[tokio::test]
async fn blank_and_mangled_tokens_are_unknown_everywhere() {
    let world = World::new();
    let Links { links, session } = world.links().await;
    let mut mangled: Vec<String> = ["", " ", "null", "[]", "{}", "\0", "%00"].map(str::to_owned).into();
    for (_, link) in &links {
        let swapped: String = link
            .chars()
            .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect();
        let more = [
            link[..42].to_owned(),
            link[1..].to_owned(),
            format!("{link}A"),
            format!("{link}="),
            format!("x{link}"),
            swapped,
        ];
        mangled.extend(more);
    }
    let rows = world.store.row_counts();
    for text in &mangled {
        assert_eq!(world.verify(text).await, "Unknown", "{text:?}");
        assert_eq!(why(world.reset(text, NEW_PASSWORD).await), "Unknown", "{text:?}");
        assert_eq!(why(world.service.inspect_reset(text, &by()).await), "Unknown", "{text:?}");
        assert_eq!(why(world.confirm(&session, text).await), "Unknown", "{text:?}");
        assert_eq!(world.renew_by(text).await, "WrongToken", "{text:?}");
    }
    assert_eq!(world.store.row_counts(), rows);
}

#[tokio::test]
async fn every_link_expires_exactly_on_time() {
    let (hour, day) = (HOUR, 24 * HOUR);
    for (purpose, lasts) in
        [(Purpose::PasswordReset, hour), (Purpose::AddressChange, hour), (Purpose::SecondaryAddress, day)]
    {
        for (is_late, after) in [(false, lasts - SECOND), (true, lasts), (true, lasts + SECOND)] {
            let world = World::new();
            let Links { links, session } = world.links().await;
            let link = &links.iter().find(|(of, _)| *of == purpose).unwrap().1;
            world.clock.advance(after);
            let outcome = if purpose == Purpose::PasswordReset {
                let inspected = why(world.service.inspect_reset(link, &by()).await);
                let redeemed = why(world.reset(link, NEW_PASSWORD).await);
                assert_eq!(inspected, redeemed);
                redeemed
            } else {
                why(world.confirm(&session, link).await)
            };
            let expected = if is_late { "Gone(Expired)" } else { "it succeeded" };
            assert_eq!(outcome, expected, "{purpose:?} after {after:?}");
        }
    }
}

#[tokio::test]
async fn a_token_is_spent_once() {
    let world = World::new();
    let Links { links, session } = world.links().await;
    let mut session = session;
    for purpose in [Purpose::SecondaryAddress, Purpose::AddressChange] {
        let link = &links.iter().find(|(of, _)| *of == purpose).unwrap().1;
        let confirmed = world.confirm(&session, link).await.unwrap();
        session = confirmed.session.map_or(session, |renewed| renewed.token);
        let again = world.confirm(&session, link).await;
        assert!(matches!(again, Err(ConfirmAddressError::Gone(Gone::Used))), "{again:?}");
    }
}

#[tokio::test]
async fn a_live_token_of_an_earlier_credential_is_superseded() {
    let world = World::new();
    let Links { links, session } = world.links().await;
    world.forget(EMAIL).await.unwrap();
    world.delivery.decide(9).await.unwrap();
    let waiting = world.delivery.claim(&Queue::Mail, 1).await.unwrap();
    world.mailer.fail_next(crate::ports::DeliveryError::Transient("451".into()));
    world.delivery.deliver(&waiting[0]).await.unwrap();
    let account = world.caller(&session).await.unwrap().account;
    world.alter(&account, |account| account.credential_epoch += 1).await;
    let key = &world.service.settings.master_keys.current;
    let newest = world.store.tokens().iter().map(|token| token.generation).max().unwrap();
    let reset = key.token(Purpose::PasswordReset, account.id.as_uuid(), newest, &account.address).expose().to_string();
    let change = &links.iter().find(|(of, _)| *of == Purpose::AddressChange).unwrap().1;
    let altered = world.now(&account);
    assert_eq!(why(world.confirm(&session, change).await), "Gone(Superseded)");
    assert_eq!(why(world.service.inspect_reset(&reset, &by()).await), "Gone(Superseded)");
    assert_eq!(why(world.reset(&reset, NEW_PASSWORD).await), "Gone(Superseded)");
    assert_eq!(world.now(&account), altered);
    world.clock.advance(HOUR / 60);
    assert_eq!(world.mails().await.len(), 0, "nor is it mailed any more");
}
