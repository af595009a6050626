//! When two worlds are the same: what is written here of them is.
//!
//! Left out is what no use case of a person reads or what makes no difference to any of them:
//!
//! - names: ids, secrets and digests are told by their place in the order of their making, and by who holds them;
//! - time, but for how long things last: not any more, for less than the next hour, or longer. No history has as many
//!   hours in it as the shortest of the longer terms (a day), so those that last longer last until a day passes;
//! - which of the owner's passwords it is: the owner knows them all, and never uses one twice;
//! - what has ended: it never begins again ([`World::tidy`]). Registrations that did not become an account stay, because
//!   the newest of an address is looked for;
//! - how often something was changed or mailed: versions, generations, epochs count, and are compared with each other
//!   alone. Whether a token is of the present epoch and which mail is to bring it is told;
//! - the audit trail and mails that have left, of which only what a registration's holder is told of the last one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use account_core::{
    account::{Account, SecondaryAddress},
    invitation::{Invitation, InvitationState},
    one_time_token::{OneTimeToken, TokenDigest, TokenState},
    outbox::{OutboxEntry, OutboxState},
    registration::{Registration, RegistrationState},
    timestamp::Timestamp,
};
use uuid::Uuid;

use super::world::{HOUR, Letter, Whose, World};

/// 128 bits of a text. That two of some millions are alike by accident is as likely as 1 in 10^24.
pub(super) fn digest(text: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, text).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

/// What there is to know of a world.
pub(super) fn text(world: &World) -> String {
    Canonical::of(world).write()
}

struct Canonical<'a> {
    world: &'a World,
    registrations: Vec<Registration>,
    accounts: Vec<Account>,
    tokens: BTreeMap<TokenDigest, OneTimeToken>,
    outbox: Vec<OutboxEntry>,
    /// By what registrations, accounts and invitations are called.
    names: BTreeMap<Uuid, String>,
}

impl<'a> Canonical<'a> {
    fn of(world: &'a World) -> Self {
        // By age: the newest of an address counts, and a correction takes its age along to another address.
        let mut registrations = world.store.registrations();
        registrations.retain(|found| found.state != RegistrationState::Completed);
        let mut accounts = world.store.accounts();
        accounts.sort_by_key(|found| (initial(found.address.as_str()), found.verified_at.is_none()));
        let mut names = BTreeMap::new();
        for (number, found) in open_invitations(world).iter().enumerate() {
            names.insert(found.id.as_uuid(), format!("i{number}"));
        }
        let is_told = |found: &&Registration| is_told(world, found);
        for (number, found) in registrations.iter().filter(is_told).enumerate() {
            names.insert(found.id.as_uuid(), format!("r{number}"));
        }
        for (number, found) in accounts.iter().enumerate() {
            // One that was made at once has the name of its registration as well.
            names.entry(found.id.as_uuid()).and_modify(|name| name.push('a')).or_insert_with(|| format!("a{number}"));
        }
        Self { world, registrations, accounts, tokens: world.tokens(), outbox: world.store.outbox(), names }
    }

    fn name(&self, id: Uuid) -> &str {
        self.names.get(&id).map_or("?", String::as_str)
    }

    /// How long something lasts.
    fn lasts(&self, until: Timestamp) -> char {
        match until {
            until if until <= self.world.now => '0',
            until if until <= self.world.now + HOUR => '1',
            _ => '2',
        }
    }

    fn write(&self) -> String {
        let mut text = String::with_capacity(512);
        let stranger = &self.world.stranger;
        text.push(if self.world.worker_sleeps { 'z' } else { 'w' });
        let _ = write!(text, "{}", stranger.registrations);
        self.write_registrations(&mut text);
        self.write_accounts(&mut text);
        self.write_invitations(&mut text);
        self.write_tokens(&mut text);
        self.write_sessions(&mut text);
        self.write_queue(&mut text);
        text
    }

    fn write_registrations(&self, text: &mut String) {
        let mut last = BTreeMap::new();
        for found in &self.registrations {
            let mut own = self.world.stranger.attempts.iter();
            let place = own.position(|held| held.registration == found.id);
            let is_owners = self.world.owner.attempts.iter().any(|held| held.registration == found.id);
            let is_told = is_told(self.world, found);
            let address = initial(found.address.as_str());
            let mut line = format!(" R{address}");
            if found.state == RegistrationState::Pending {
                line.push('p');
            }
            // One that has ended can be looked at, and corrected, which makes it pending again.
            if is_told {
                let has_choices = found.choices.alternate_address.is_some();
                let whose = initial_of(Whose::registered(found));
                let by_provider = u8::from(found.choices.identity.is_some());
                let _ = write!(line, "{whose}{by_provider}{}{}", u8::from(has_choices), found.origin.channel.len());
                let _ = write!(line, "{}{}", self.lasts(found.expires_at), self.lasts(found.shown_until));
                let _ = write!(line, "{}{}", found.code_tries, found.corrections);
            }
            if is_owners {
                line.push('o');
            }
            if let Some(place) = place {
                let _ = write!(line, "s{place}{}", self.mail_progress(found));
            }
            // Of several of an address in a row that have ended and nobody can look at, one is as good as all.
            if is_told || last.get(&address) != Some(&line) {
                text.push_str(&line);
            }
            last.insert(address, line);
        }
    }

    /// What the holder is told of the last mail.
    fn mail_progress(&self, found: &Registration) -> &'static str {
        let own = self.outbox.iter().filter(|entry| entry.intent.registration() == Some(found.id));
        let newest = own.max_by_key(|entry| (entry.created_at, entry.id));
        newest.map_or("-", |entry| match entry.state {
            OutboxState::Dropped | OutboxState::HandedOver => "h",
            state => state.name(),
        })
    }

    fn write_accounts(&self, text: &mut String) {
        let secondary = |secondary: Option<&SecondaryAddress>| match secondary {
            None => '-',
            Some(found) if found.verified_at.is_some() => initial(found.address.as_str()).to_ascii_uppercase(),
            Some(found) => initial(found.address.as_str()),
        };
        for account in &self.accounts {
            let _ = write!(
                text,
                " A{}{}{}{}{}{}{}{}",
                self.name(account.id.as_uuid()),
                initial(account.address.as_str()),
                u8::from(account.verified_at.is_some()),
                initial_of(Whose::of(account.password_hash.as_ref())),
                u8::from(account.profile.name.is_some()),
                secondary(account.secondary_addresses.alternate.as_ref()),
                secondary(account.secondary_addresses.notification.as_ref()),
                account.deletion_due_at.map_or('-', |due| self.lasts(due)),
            );
            text.extend(self.world.linked_to(account.id).into_iter().map(initial_of));
        }
    }

    fn write_invitations(&self, text: &mut String) {
        for found in open_invitations(self.world) {
            let name = self.name(found.id.as_uuid());
            let _ = write!(text, " I{name}{}{}", initial(found.address.as_str()), self.lasts(found.expires_at));
        }
    }

    /// Tokens that can be spent, each with who holds it.
    fn write_tokens(&self, text: &mut String) {
        let sessions = self.session_names();
        let mut lines = BTreeSet::new();
        for token in self.tokens.values() {
            if token.state != TokenState::Live || self.world.now >= token.expires_at {
                continue;
            }
            let account = self.accounts.iter().find(|account| account.id.as_uuid() == token.subject);
            let is_current = account.is_none_or(|account| token.epoch.is_none_or(|it| it == account.credential_epoch));
            let session = token.session.map(|id| sessions.get(&id.as_uuid()).map_or("?", String::as_str));
            lines.insert(format!(
                " T{}{}{}{}{}{}{}{}{}",
                token.purpose.name(),
                self.name(token.subject),
                initial(token.address.as_str()),
                self.lasts(token.expires_at),
                u8::from(is_current),
                session.unwrap_or("-"),
                held(&self.world.owner.letters, &token.digest),
                held(&self.world.stranger.letters, &token.digest),
                u8::from(self.world.owner.attempts.iter().any(|held| held.continuation.digest() == token.digest)),
            ));
        }
        text.extend(lines);
    }

    /// What sessions are called, by their ids: by their place among those of the one who holds them.
    fn session_names(&self) -> BTreeMap<Uuid, String> {
        let place = |tokens: &[account_core::one_time_token::SecretToken], digest: &TokenDigest| {
            tokens.iter().position(|token| token.digest() == *digest)
        };
        let mut names = BTreeMap::new();
        for (digest, session) in self.world.sessions() {
            let name = match (place(&self.world.owner.sessions, &digest), place(&self.world.stranger.sessions, &digest))
            {
                (Some(place), _) => format!("o{place}"),
                (None, Some(place)) => format!("s{place}"),
                (None, None) => "x".to_owned(),
            };
            names.insert(session.id.as_uuid(), name);
        }
        names
    }

    fn write_sessions(&self, text: &mut String) {
        let names = self.session_names();
        let mut lines = BTreeSet::new();
        for session in self.world.sessions().into_values() {
            let name = names.get(&session.id.as_uuid()).map_or("?", String::as_str);
            let is_fresh = session.authenticated_at == self.world.now;
            let account = self.name(session.account.as_uuid());
            lines.insert(format!(" S{name}{account}{}{}", u8::from(is_fresh), self.lasts(session.ends_at())));
        }
        text.extend(lines);
    }

    /// What waits for the worker, in the order in which it takes it. Notices to the owner do nothing.
    fn write_queue(&self, text: &mut String) {
        let mut queued: Vec<_> = self.outbox.iter().filter(|entry| entry.state == OutboxState::Queued).collect();
        queued.sort_by_key(|entry| (entry.leased_until.unwrap_or(entry.due_at), entry.id));
        for entry in queued {
            let intent = &entry.intent;
            let address = intent.address().map_or('-', |address| initial(address.as_str()));
            if intent.name() == "notice" && address != 's' {
                continue;
            }
            let subject = intent.registration().map(|id| id.as_uuid());
            let subject = subject.or_else(|| intent.account().map(|id| id.as_uuid()));
            let subject = subject.or_else(|| intent.parts().invitation.map(|id| id.as_uuid()));
            let is_newest = intent.generation().map(|generation| self.is_live(subject, generation));
            let name = subject.map_or("-", |id| self.name(id));
            let _ = write!(text, " Q{}{name}{address}{is_newest:?}", intent.name());
            let _ = write!(text, "{}", self.lasts(entry.leased_until.unwrap_or(entry.due_at)));
        }
    }

    /// Whether the token of that subject and generation can be spent.
    fn is_live(&self, subject: Option<Uuid>, generation: u32) -> bool {
        self.tokens.values().any(|token| {
            Some(token.subject) == subject && token.generation == generation && token.state == TokenState::Live
        })
    }
}

/// Invitations that can be accepted.
fn open_invitations(world: &World) -> Vec<Invitation> {
    let mut invitations = world.store.invitations();
    invitations.retain(|found| found.state == InvitationState::Pending && world.now < found.expires_at);
    invitations
}

/// Whether it matters which registration it is: it can still be completed, or the stranger can look at it.
fn is_told(world: &World, registration: &Registration) -> bool {
    registration.state == RegistrationState::Pending
        || world.stranger.attempts.iter().any(|held| held.registration == registration.id)
}

/// The letter in which somebody holds a token, and whether it has served.
fn held(letters: &[Letter], digest: &TokenDigest) -> &'static str {
    match letters.iter().find(|letter| letter.digest().as_ref() == Some(digest)) {
        None => "-",
        Some(letter) if letter.is_spent => "u",
        Some(letter) if letter.code.is_some() => "c",
        Some(_) => "l",
    }
}

/// One letter for each address.
fn initial(address: &str) -> char {
    match address {
        super::world::OWNERS => 'o',
        super::world::OWNERS_OTHER => 'p',
        _ => 's',
    }
}

const fn initial_of(whose: Whose) -> char {
    match whose {
        Whose::Nobodys => '-',
        Whose::Owners => 'o',
        Whose::Strangers => 's',
    }
}
