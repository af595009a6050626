//! Faults that are planted to see them found. None is in the service: one is a setting that operators are warned of, the
//! others a saboteur who changes what is stored behind the service's back.

use std::{collections::BTreeSet, sync::LazyLock};

use account_core::{
    Settings,
    account::Account,
    one_time_token::{OneTimeToken, TokenState},
    ports::{Store as _, StoreError, UnitOfWork},
    registration::activation::RequiredProof,
    session::Session,
    testing::MemoryStore,
};

use super::{
    desk::{NATIVE, SETTINGS},
    turns::{Gate, run},
};

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Fault {
    /// The mailed token alone completes a registration: the operator's choice that is not `bound`.
    ProofNotAskedFor,
    /// A link that has served can be used again.
    TokenNotEnded,
    /// Sessions go on that were ended with all others of their account.
    SessionsNotEnded,
    /// That a credential has changed is not noted.
    EpochNotRaised,
}

static WITHOUT_PROOF: LazyLock<Settings> = LazyLock::new(|| {
    let mut settings = SETTINGS.clone();
    settings.channels.entry(NATIVE.to_owned()).or_default().required_proof = RequiredProof::TokenAlone;
    settings
});

/// The settings of a world with that fault.
pub(super) fn settings_with(fault: Option<Fault>) -> &'static Settings {
    if fault == Some(Fault::ProofNotAskedFor) { &WITHOUT_PROOF } else { &SETTINGS }
}

impl Fault {
    /// Undoes what the fault leaves undone, after a unit of work that came to `now` from `before`.
    ///
    /// # Panics
    /// When the store in memory fails.
    pub(super) fn strike(self, before: &MemoryStore, now: &MemoryStore) {
        let work = async {
            let mut unit = now.begin().await?;
            match self {
                Self::ProofNotAskedFor => {}
                Self::TokenNotEnded => revive_tokens(&mut *unit, &before.tokens(), now).await?,
                Self::SessionsNotEnded => revive_sessions(&mut *unit, &before.sessions(), now).await?,
                Self::EpochNotRaised => lower_epochs(&mut *unit, now.accounts()).await?,
            }
            unit.commit().await
        };
        let outcome: Result<(), StoreError> = run(&Gate::default(), work, &|| ());
        assert!(outcome.is_ok(), "the saboteur failed: {outcome:?}");
    }
}

async fn revive_tokens(
    unit: &mut dyn UnitOfWork,
    before: &[OneTimeToken],
    now: &MemoryStore,
) -> Result<(), StoreError> {
    let spent = now.tokens().into_iter().filter(|token| token.state == TokenState::Used);
    let was_live = |token: &OneTimeToken| {
        before.iter().any(|earlier| earlier.digest == token.digest && earlier.state == TokenState::Live)
    };
    for token in spent.filter(was_live) {
        let epoch = now.accounts().iter().find(|it| it.id.as_uuid() == token.subject).map(|it| it.credential_epoch);
        unit.delete_tokens_below(token.purpose, token.subject, token.generation + 1).await?;
        unit.insert_token(&OneTimeToken { state: TokenState::Live, epoch: token.epoch.and(epoch), ..token }).await?;
    }
    Ok(())
}

async fn revive_sessions(unit: &mut dyn UnitOfWork, before: &[Session], now: &MemoryStore) -> Result<(), StoreError> {
    let kept: BTreeSet<_> = now.sessions().into_iter().map(|session| session.id).collect();
    let accounts: BTreeSet<_> = now.accounts().into_iter().map(|account| account.id).collect();
    for ended in before.iter().filter(|session| !kept.contains(&session.id) && accounts.contains(&session.account)) {
        unit.insert_session(ended).await?;
    }
    Ok(())
}

async fn lower_epochs(unit: &mut dyn UnitOfWork, accounts: Vec<Account>) -> Result<(), StoreError> {
    for account in accounts.into_iter().filter(|account| account.credential_epoch > 0) {
        let lowered = Account { credential_epoch: 0, version: account.version + 1, ..account };
        let _ = unit.update_account(&lowered).await?;
    }
    Ok(())
}
