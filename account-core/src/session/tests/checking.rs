//! The check that every request makes.

use super::*;
use crate::ports::Entropy;

/// A store that can be read, and not written to.
struct ReadOnlyStore(Arc<MemoryStore>);

#[async_trait]
impl Store for ReadOnlyStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Err(StoreError::transient("the disk is full"))
    }

    async fn begin_read_only(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.0.begin_read_only().await
    }

    async fn find_signed_in(&self, token: &TokenDigest) -> Result<Option<SignedIn>, StoreError> {
        self.0.find_signed_in(token).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn an_idle_session_ends() {
    for (role, idle) in [(Role::User, 24 * HOUR), (Role::Admin, 15 * MINUTE), (Role::SuperAdmin, 15 * MINUTE)] {
        for (offset, is_live) in [(SECOND, true), (Duration::ZERO, false)] {
            let world = World::new();
            let account = Account { role, ..world.draft_account(EMAIL, PASSWORD).await };
            world.insert(account).await;
            let (_, token) = world.signed_in(EMAIL).await;
            world.clock.advance(idle.checked_sub(offset).unwrap());
            assert_eq!(world.check(&token).await.is_some(), is_live, "{role:?} {offset:?}");
            world.clock.advance(offset + SECOND);
            assert_eq!(world.check(&token).await.is_some(), is_live, "its use was written down: {role:?} {offset:?}");
        }
    }
}

#[tokio::test]
async fn a_session_ends_after_its_absolute_lifetime() {
    for (role, absolute) in [(Role::User, 30 * 24 * HOUR), (Role::Admin, 8 * HOUR), (Role::SuperAdmin, 8 * HOUR)] {
        let world = World::new();
        let account = Account { role, ..world.draft_account(EMAIL, PASSWORD).await };
        world.insert(account).await;
        let (_, token) = world.signed_in(EMAIL).await;
        let end = world.clock.now() + absolute;
        while world.clock.now() + 10 * MINUTE < end {
            world.clock.advance(10 * MINUTE);
            assert!(world.check(&token).await.is_some(), "{role:?}");
        }
        for (moment, is_live) in [(end - SECOND, true), (end, false), (end + SECOND, false)] {
            world.clock.set(moment);
            assert_eq!(world.check(&token).await.is_some(), is_live, "{role:?}");
        }
    }
}

#[tokio::test]
async fn the_last_use_of_a_session_is_stored_at_most_every_five_minutes() {
    let world = World::new();
    world.account(EMAIL).await;
    let (_, token) = world.signed_in(EMAIL).await;
    let start = world.clock.now();
    let mut written = vec![start];
    for _ in 0..3_600 {
        world.clock.advance(SECOND);
        let seen = world.check(&token).await.unwrap().session.last_used_at;
        assert_eq!(world.store.sessions()[0].last_used_at, seen);
        if *written.last().unwrap() != seen {
            written.push(seen);
        }
    }
    let every: Vec<_> = (0..=12).map(|number| start + number * LAST_USE_RESOLUTION).collect();
    assert_eq!(written, every);
}

#[tokio::test]
async fn the_last_use_of_a_session_with_a_short_idle_limit_is_stored_more_often() {
    let world = World::new();
    world.account(EMAIL).await;
    let lifetime = Some(Lifetime { idle: Some(MINUTE), absolute: HOUR, token: None });
    let token =
        world.service.sign_in(SignInRequest { lifetime, ..request(EMAIL, PASSWORD) }).await.unwrap().session.token;
    for _ in 0..100 {
        world.clock.advance(20 * SECOND);
        assert!(world.check(&token).await.is_some());
    }
}

#[tokio::test]
async fn a_last_use_that_cannot_be_stored_does_not_fail_the_check() {
    let world = World::new();
    world.account(EMAIL).await;
    let (before, token) = world.signed_in(EMAIL).await;
    let mut service = world.service.clone();
    Arc::make_mut(&mut service.ports).store = Arc::new(ReadOnlyStore(Arc::clone(&world.store)));
    world.clock.advance(HOUR);
    assert_eq!(service.check_session(&token).await.unwrap(), Some(before));
}

#[tokio::test]
async fn sessions_of_a_disabled_account_are_refused() {
    let world = World::new();
    let id = world.account(EMAIL).await.id;
    let (_, token) = world.signed_in(EMAIL).await;
    world.change_account(id, |account| account.disabled_at = Some(account.created_at)).await;
    assert_eq!(world.check(&token).await, None);
}

#[tokio::test]
async fn a_revoked_role_is_gone_at_the_next_check() {
    let world = World::new();
    let account = Account { role: Role::Admin, ..world.draft_account(EMAIL, PASSWORD).await };
    let id = world.insert(account).await.id;
    let (signed_in, token) = world.signed_in(EMAIL).await;
    assert!(signed_in.verified().unwrap().administrator().is_ok());
    world.change_account(id, |account| account.role = Role::User).await;
    assert!(world.check(&token).await.unwrap().verified().unwrap().administrator().is_err());
}

#[tokio::test]
async fn a_truncated_or_altered_token_is_refused() {
    let world = World::new();
    world.account(EMAIL).await;
    let (_, token) = world.signed_in(EMAIL).await;
    let text = token.expose().to_string();
    let mut altered: Vec<String> = (1..text.len()).map(|length| text[..length].to_owned()).collect();
    altered.extend((1..text.len()).map(|start| text[start..].to_owned()));
    altered.extend([text.to_ascii_uppercase(), text.to_ascii_lowercase(), text.chars().rev().collect()]);
    altered.extend(["=", "A", " ", "\0", "\n"].map(|more| format!("{text}{more}")));
    for place in 0..text.len() {
        for with in ["A", "z", "-", "_", "+", "/", "é"].into_iter().filter(|with| &text[place..=place] != *with) {
            altered.push(format!("{}{with}{}", &text[..place], &text[place + 1..]));
        }
    }
    for wrong in altered {
        let found = match SecretToken::parse(&wrong) {
            Some(parsed) => world.check(&parsed).await,
            None => None,
        };
        assert_eq!(found, None, "{wrong}");
    }
    let random = SeededEntropy::new(11);
    for _ in 0..1_000 {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        assert_eq!(world.check(&SecretToken::from_bytes(bytes)).await, None);
    }
    assert!(world.check(&token).await.is_some());
}
