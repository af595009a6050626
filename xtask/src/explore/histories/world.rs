//! The world: everything that is stored, and what each person knows and holds.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use account_core::{
    account::Account,
    id::{AccountId, RegistrationId},
    invitation::InvitationState,
    one_time_token::{OneTimeToken, SecretToken, TokenDigest, TokenState},
    outbox::{
        OutboxState,
        mail::{Mail, MailContent},
    },
    provider::IdentityKey,
    registration::{Registration, RegistrationState},
    service::token_of_link,
    session::Session,
    testing::MemoryStore,
    timestamp::Timestamp,
};

use super::desk::{Counting, password_of};

/// The owner's address.
pub(super) const OWNERS: &str = "owner@example.com";
/// Another mailbox of the owner.
pub(super) const OWNERS_OTHER: &str = "owner@example.org";
/// The stranger's own address.
pub(super) const STRANGERS: &str = "stranger@example.net";
/// What the stranger calls himself.
pub(super) const STRANGERS_NAME: &str = "Mallory Stranger";
/// The stranger's one password.
pub(super) const STRANGERS_PASSWORD: &str = "only the stranger has this one";
/// All the owner's passwords begin like this; no two are the same.
const OWNERS_PASSWORD: &str = "a quiet lemon under table";

/// An hour: links of accounts end, and nobody has just given a password.
pub(super) const HOUR: Duration = Duration::from_hours(1);

/// Everything there is at one moment.
pub(super) struct World {
    pub(super) store: MemoryStore,
    pub(super) now: Timestamp,
    /// Random numbers drawn so far.
    pub(super) drawn: u64,
    /// Whether mails wait in the outbox.
    pub(super) worker_sleeps: bool,
    pub(super) owner: Owner,
    pub(super) stranger: Stranger,
}

/// Who reads the mailbox of the address.
#[derive(Clone, Default)]
pub(super) struct Owner {
    /// Continuations in the owner's browser, oldest first.
    pub(super) attempts: Vec<Held>,
    /// Tokens of the owner's sessions.
    pub(super) sessions: Vec<SecretToken>,
    /// Mails with something in them to be spent. What has ended is thrown away, see [`World::tidy`].
    pub(super) letters: Vec<Letter>,
    /// Passwords thought of so far.
    pub(super) passwords: u32,
}

/// Who does not read that mailbox. One stands for any number: it knows what all of them know together.
#[derive(Clone, Default)]
pub(super) struct Stranger {
    pub(super) attempts: Vec<Held>,
    pub(super) sessions: Vec<SecretToken>,
    /// Mails to the stranger's own address.
    pub(super) letters: Vec<Letter>,
    /// Registrations of the owner's address so far.
    pub(super) registrations: usize,
    /// Names of the mails that came in the last step.
    pub(super) arrived: Vec<&'static str>,
}

/// A registration whose continuation somebody holds.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) registration: RegistrationId,
    pub(super) continuation: SecretToken,
}

/// What can be spent of a mail.
#[derive(Clone)]
pub(super) struct Letter {
    pub(super) kind: Kind,
    /// The token in its link.
    pub(super) token: String,
    pub(super) code: Option<String>,
    /// Whether it has served.
    pub(super) is_spent: bool,
}

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Verification,
    Reset,
    Address,
    Invitation,
}

impl Letter {
    /// `None` for mails that nothing can be done with.
    fn read(mail: &Mail) -> Option<Self> {
        let mut code = None;
        let (kind, link) = match &mail.content {
            MailContent::VerifyAddress { link, code: sent, .. } => {
                code = sent.as_ref().map(|code| code.expose().to_owned());
                (Kind::Verification, link)
            }
            MailContent::ResetPassword { link, .. } => (Kind::Reset, link),
            MailContent::ConfirmNewAddress { link, .. } | MailContent::ConfirmSecondaryAddress { link, .. } => {
                (Kind::Address, link)
            }
            MailContent::Invitation { link, .. } => (Kind::Invitation, link),
            MailContent::AccountMade { .. }
            | MailContent::AlreadyRegistered { .. }
            | MailContent::ProviderLinkOffer { .. }
            | MailContent::AddressInUse { .. }
            | MailContent::Notice { .. } => return None,
        };
        Some(Self { kind, token: token_of_link(link.expose()).to_owned(), code, is_spent: false })
    }

    pub(super) fn digest(&self) -> Option<TokenDigest> {
        SecretToken::parse(&self.token).map(|token| token.digest())
    }
}

impl World {
    /// Nobody has done anything yet.
    pub(super) fn empty() -> Self {
        Self {
            store: MemoryStore::new(),
            now: Timestamp::from_unix_micros(1_767_225_600_000_000),
            drawn: 0,
            worker_sleeps: false,
            owner: Owner::default(),
            stranger: Stranger::default(),
        }
    }

    /// The same world, which goes its own way.
    pub(super) fn fork(&self) -> Self {
        Self {
            store: self.store.fork(),
            now: self.now,
            drawn: self.drawn,
            worker_sleeps: self.worker_sleeps,
            owner: self.owner.clone(),
            stranger: self.stranger.clone(),
        }
    }

    /// Puts mails where they were sent to.
    pub(super) fn receive(&mut self, mails: &[Mail]) {
        self.stranger.arrived.clear();
        for mail in mails {
            if mail.to.as_str() == STRANGERS {
                self.stranger.arrived.push(mail.content.name());
                self.stranger.letters.extend(Letter::read(mail));
            } else {
                self.owner.letters.extend(Letter::read(mail));
            }
        }
        self.stranger.arrived.sort_unstable();
    }

    /// Throws away what has ended, and returns the letters that the owner threw away.
    ///
    /// A token that has ended never begins again: every change of its state asks for one that is live, and its end is
    /// never moved. The same holds for sessions, which are deleted, and for the owner's registrations, which leave their
    /// state `pending` once, as only their holder could correct them. So nothing that could be done with them later would
    /// come to anything; that nothing can be done with them now is tried when they are thrown away. A registration that
    /// was completed elsewhere is kept for as long as it offers a session.
    pub(super) fn tidy(&mut self) -> Vec<Letter> {
        let tokens = self.tokens();
        let now = self.now;
        let is_live = |letter: &Letter| {
            let token = letter.digest().and_then(|digest| tokens.get(&digest));
            token.is_some_and(|token| token.state == TokenState::Live && now < token.expires_at)
        };
        let thrown_away = self.owner.letters.extract_if(.., |letter| !is_live(letter)).collect();
        self.stranger.letters.retain(is_live);
        let registrations = self.store.registrations();
        let is_pending = |held: &Held| {
            let mut found = registrations.iter().filter(|found| found.id == held.registration);
            found.any(|found| found.state == RegistrationState::Pending)
        };
        let is_of_use = |held: &Held| is_pending(held) || is_offered(&tokens, held, now);
        self.owner.attempts.retain(is_of_use);
        let is_completed = |held: &Held| {
            let mut found = registrations.iter().filter(|found| found.id == held.registration);
            found.any(|found| found.state == RegistrationState::Completed)
        };
        // The others stay: the stranger may look at them, and must not see how they ended.
        self.stranger.attempts.retain(|held| !is_completed(held));
        let sessions = self.sessions();
        let goes_on = |token: &SecretToken| sessions.contains_key(&token.digest());
        self.owner.sessions.retain(goes_on);
        self.stranger.sessions.retain(goes_on);
        thrown_away
    }

    /// The registration that somebody holds.
    pub(super) fn registration(&self, held: &Held) -> Option<Registration> {
        self.store.registrations().into_iter().find(|found| found.id == held.registration)
    }

    /// Whether the holder of a registration can go on after it was completed elsewhere.
    pub(super) fn offers_session(&self, held: &Held) -> bool {
        is_offered(&self.tokens(), held, self.now)
    }

    /// Every token, by its digest.
    pub(super) fn tokens(&self) -> BTreeMap<TokenDigest, OneTimeToken> {
        self.store.tokens().into_iter().map(|token| (token.digest, token)).collect()
    }

    /// The sessions that go on, by the digests of their tokens.
    pub(super) fn sessions(&self) -> BTreeMap<TokenDigest, Session> {
        let live = self.store.sessions().into_iter().filter(|session| session.is_live(self.now));
        live.map(|session| (session.token, session)).collect()
    }

    /// Whether something of that name waits for the worker.
    pub(super) fn waits(&self, intent: &str) -> bool {
        self.worker_sleeps
            && self
                .store
                .outbox()
                .iter()
                .any(|entry| entry.state == OutboxState::Queued && entry.intent.name() == intent)
    }

    /// Whether an invitation waits for the owner.
    pub(super) fn is_invited(&self) -> bool {
        let invitations = self.store.invitations();
        invitations.iter().any(|found| found.state == InvitationState::Pending && self.now < found.expires_at)
    }

    /// The session with that token, if it goes on, and its account.
    pub(super) fn signed_in(&self, token: Option<&SecretToken>) -> Option<(Session, Account)> {
        let session = self.sessions().remove(&token?.digest())?;
        let account = self.store.accounts().into_iter().find(|account| account.id == session.account)?;
        Some((session, account))
    }

    /// The account that has proven an address of the owner.
    pub(super) fn owners_account(&self) -> Option<Account> {
        self.store.accounts().into_iter().find(is_owners)
    }

    /// Whose accounts at the provider are linked to that account.
    pub(super) fn linked_to(&self, account: AccountId) -> Vec<Whose> {
        let identities = self.store.identities();
        let own = identities.iter().filter(|identity| identity.owner == account);
        let mut linked: Vec<_> = own.map(|identity| Whose::holding(&identity.key)).collect();
        linked.sort_unstable();
        linked
    }

    /// The address that the owner would use now: that of the account, or the first one.
    pub(super) fn owners_address(&self) -> String {
        self.owners_account().map_or_else(|| OWNERS.to_owned(), |account| account.address.as_str().to_owned())
    }

    /// The registration that a mail is about.
    pub(super) fn registration_of(&self, letter: &Letter) -> Option<Registration> {
        let token = self.tokens().remove(&letter.digest()?)?;
        self.store.registrations().into_iter().find(|found| found.id.as_uuid() == token.subject)
    }

    /// A password that the owner has not used before.
    pub(super) fn next_password(&self) -> String {
        format!("{OWNERS_PASSWORD} {}", self.owner.passwords + 1)
    }

    /// The password that the owner thought of last.
    pub(super) fn last_password(&self) -> String {
        format!("{OWNERS_PASSWORD} {}", self.owner.passwords)
    }

    /// Random numbers from here on.
    pub(super) fn entropy(&self) -> Arc<Counting> {
        Counting::after(self.drawn)
    }
}

/// Whether a session is offered to who holds the registration.
fn is_offered(tokens: &BTreeMap<TokenDigest, OneTimeToken>, held: &Held, now: Timestamp) -> bool {
    let offer = tokens.get(&held.continuation.digest());
    offer.is_some_and(|offer| offer.state == TokenState::Live && now < offer.expires_at)
}

/// Whether the account has proven an address of the owner.
pub(super) fn is_owners(account: &Account) -> bool {
    account.verified_at.is_some() && [OWNERS, OWNERS_OTHER].contains(&account.address.as_str())
}

/// Whose account at the provider it is, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum AtProvider {
    Owners = 1,
    Strangers = 2,
}

/// Whose password or account at the provider it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Whose {
    Nobodys,
    Owners,
    Strangers,
}

impl Whose {
    /// Whose registration it is: by its identity, or else by its password.
    pub(super) fn registered(registration: &Registration) -> Self {
        let identity = registration.choices.identity.as_ref();
        identity.map_or_else(|| Self::of(registration.password_hash.as_ref()), |identity| Self::holding(&identity.key))
    }

    /// Whose account at the provider it is.
    pub(super) fn holding(key: &IdentityKey) -> Self {
        if key.subject.as_str() == format!("subject-{}", AtProvider::Strangers as u32) {
            Self::Strangers
        } else {
            Self::Owners
        }
    }

    pub(super) fn of(hash: Option<&account_core::password::PasswordHash>) -> Self {
        match hash.map(password_of) {
            None => Self::Nobodys,
            Some(STRANGERS_PASSWORD) => Self::Strangers,
            Some(_) => Self::Owners,
        }
    }
}
