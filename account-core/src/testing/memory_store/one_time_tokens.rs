//! Tokens that can be spent once.

use async_trait::async_trait;

use super::{MemoryUnitOfWork, duplicate};
use crate::email_address::EmailKey;
use crate::one_time_token::{OneTimeToken, Purpose, TokenDigest, TokenState};
use crate::ports::StoreError;
use crate::ports::store::{OneTimeTokens, Update};
use crate::timestamp::Timestamp;

impl MemoryUnitOfWork {
    fn end_tokens(&mut self, matches: impl Fn(&OneTimeToken) -> bool, state: TokenState) -> u64 {
        self.tokens.update_where(|token| token.state == TokenState::Live && matches(token), |token| token.state = state)
    }
}

#[async_trait]
impl OneTimeTokens for MemoryUnitOfWork {
    async fn insert_token(&mut self, token: &OneTimeToken) -> Result<(), StoreError> {
        self.writable()?;
        if self.tokens.get(&token.digest).is_some() {
            return Err(duplicate("one_time_tokens"));
        }
        self.tokens.put(token.digest, token.clone());
        Ok(())
    }

    async fn find_token(&mut self, digest: &TokenDigest) -> Result<Option<OneTimeToken>, StoreError> {
        Ok(self.tokens.get(digest).cloned())
    }

    async fn redeem_token(
        &mut self,
        digest: &TokenDigest,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        self.writable()?;
        let live = self
            .tokens
            .get(digest)
            .filter(|token| token.state == TokenState::Live && token.purpose == purpose && now < token.expires_at);
        let Some(token) = live.cloned() else { return Ok(Update::Missed) };
        self.tokens.put(*digest, OneTimeToken { state: TokenState::Used, used_at: Some(now), ..token });
        Ok(Update::Applied)
    }

    async fn find_live_token(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
    ) -> Result<Option<OneTimeToken>, StoreError> {
        let live = self.tokens.rows().filter(|token| token.state == TokenState::Live);
        let of_subject = live.filter(|token| token.purpose == purpose && token.subject == subject);
        Ok(of_subject.max_by_key(|token| token.generation).cloned())
    }

    async fn end_tokens_of_subject(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.end_tokens(|token| token.purpose == purpose && token.subject == subject, state))
    }

    async fn delete_tokens_below(
        &mut self,
        purpose: Purpose,
        subject: uuid::Uuid,
        generation: u32,
    ) -> Result<u64, StoreError> {
        self.writable()?;
        let is_older = |token: &OneTimeToken| {
            token.purpose == purpose && token.subject == subject && token.generation < generation
        };
        Ok(self.tokens.remove_some(u32::MAX, is_older))
    }

    async fn end_tokens_of_key(
        &mut self,
        purpose: Purpose,
        key: &EmailKey,
        state: TokenState,
    ) -> Result<u64, StoreError> {
        self.writable()?;
        Ok(self.end_tokens(|token| token.purpose == purpose && token.email_key() == key, state))
    }
}
