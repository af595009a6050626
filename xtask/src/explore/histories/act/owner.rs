//! What the owner of the mailbox does.

mod knowledge;

use account_core::{
    Proof, RegistrationDraft, Spend,
    input::Input,
    one_time_token::SecretToken,
    password::policy::PasswordPolicy,
    registration::{RegistrationState, resend::ResendTarget},
    session::SignedIn,
};

use self::knowledge::{accept, chosen_password, known_password, password_of_account, reset, signed_in, verified};

use super::{
    calls::{
        ask_for_reset, by, correct, enter, go_on, link, of, prove, prove_by_provider, register, resend, said, sign_in,
    },
    terms::{Bounds, Channel, Outcome},
};
use crate::explore::histories::{
    desk::{Desk, NATIVE},
    world::{AtProvider, Held, Kind, Letter, OWNERS, OWNERS_OTHER, Whose, World},
};

/// The owner's account at the provider, and the address that it has there.
const OWN: (AtProvider, &str) = (AtProvider::Owners, OWNERS);

/// Something that the owner does. Numbers are places in the lists of [`Owner`](crate::explore::histories::world::Owner).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explore::histories) enum OwnerAct {
    Register(Channel),
    /// Registers or signs in by the provider.
    EnterByProvider,
    /// Links the owner's account at the provider.
    Link(usize),
    /// Follows the link of a verification mail.
    Verify(usize, With),
    /// Types the code of a mail where the attempt was made.
    TypeCode {
        letter: usize,
        attempt: usize,
    },
    /// Asks for another mail, by address.
    Resend,
    /// Asks for another mail where the attempt was made.
    ResendOf(usize),
    /// Corrects the address of an attempt, to the owner's other one or back.
    Correct(usize),
    /// Goes on where the attempt was made, after it was completed elsewhere.
    GoOn(usize),
    AskForReset,
    /// Follows the link of a reset.
    Reset(usize, Channel),
    SignIn,
    SignOut(usize),
    EndOtherSessions(usize),
    GivePasswordAgain(usize),
    ChangePassword(usize),
    AskForOtherAddress(usize),
    /// Follows the link to confirm an address, in that session.
    ConfirmAddress {
        letter: usize,
        session: usize,
    },
    AcceptInvitation(usize),
    Delete(usize),
    KeepAccount(usize),
}

/// What the owner proves a registration with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explore::histories) enum With {
    /// Nothing: a click.
    Nothing,
    /// What the browser holds.
    Continuations,
    /// The password that belongs to it, if the owner knows that; else the last one.
    Password,
    /// A new password.
    NewPassword,
    /// Signing in at the provider.
    Provider,
}

impl With {
    pub(in crate::explore::histories) const ALL: [Self; 5] =
        [Self::Nothing, Self::Continuations, Self::Password, Self::NewPassword, Self::Provider];
}

/// Everything that can be done with a letter.
pub(in crate::explore::histories) fn uses(world: &World, number: usize) -> Vec<OwnerAct> {
    let Some(letter) = world.owner.letters.get(number) else { return Vec::new() };
    let sessions = 0..world.owner.sessions.len();
    match letter.kind {
        Kind::Verification => {
            let codes = (0..world.owner.attempts.len()).filter(|_| letter.code.is_some());
            let codes = codes.map(|attempt| OwnerAct::TypeCode { letter: number, attempt });
            let is_possible = |with: &With| *with != With::Continuations || !world.owner.attempts.is_empty();
            let clicks = With::ALL.into_iter().filter(is_possible).map(|with| OwnerAct::Verify(number, with));
            clicks.chain(codes).collect()
        }
        Kind::Reset => vec![OwnerAct::Reset(number, Channel::Native), OwnerAct::Reset(number, Channel::Documented)],
        Kind::Address => sessions.map(|session| OwnerAct::ConfirmAddress { letter: number, session }).collect(),
        Kind::Invitation => vec![OwnerAct::AcceptInvitation(number)],
    }
}

impl OwnerAct {
    /// Everything that the owner can do now. What cannot succeed by the owner's own knowledge is left out.
    pub(super) fn offered(world: &World, bounds: Bounds) -> Vec<Self> {
        let mut acts = Vec::new();
        let own = world
            .store
            .registrations()
            .into_iter()
            .filter(|found| found.state == RegistrationState::Pending && Whose::registered(found) == Whose::Owners);
        if own.count() < bounds.attempts {
            acts.extend([Self::Register(Channel::Native), Self::Register(Channel::Documented)]);
            if !is_linked(world) {
                acts.push(Self::EnterByProvider);
            }
            if bounds.has_immediate {
                acts.push(Self::Register(Channel::Immediate));
            }
        }
        for letter in 0..world.owner.letters.len() {
            acts.extend(uses(world, letter));
        }
        // One of a kind waits at a time.
        if !world.waits("resend") {
            acts.push(Self::Resend);
            acts.extend((0..world.owner.attempts.len()).map(Self::ResendOf));
        }
        let attempts = || world.owner.attempts.iter().enumerate();
        let correctable = attempts().filter(|(_, held)| {
            let found = world.registration(held);
            found.is_some_and(|it| it.state == RegistrationState::Pending && it.corrections < bounds.corrections)
        });
        acts.extend(correctable.map(|(attempt, _)| Self::Correct(attempt)));
        if world.owner.sessions.len() < bounds.sessions {
            let offered = attempts().filter(|(_, held)| world.offers_session(held));
            acts.extend(offered.map(|(attempt, _)| Self::GoOn(attempt)));
        }
        if !world.waits("password_reset") {
            acts.push(Self::AskForReset);
        }
        let has_password = |world: &World| {
            world.store.accounts().iter().any(|account| Whose::of(account.password_hash.as_ref()) == Whose::Owners)
        };
        if world.owner.sessions.len() < bounds.sessions && has_password(world) {
            acts.push(Self::SignIn);
        }
        if world.owner.sessions.len() < bounds.sessions && is_linked(world) {
            acts.push(Self::EnterByProvider);
        }
        for session in 0..world.owner.sessions.len() {
            acts.extend(Self::offered_in(world, session));
        }
        acts.retain(|act| bounds.has_provider || !act.is_by_provider());
        acts
    }

    const fn is_by_provider(&self) -> bool {
        matches!(self, Self::EnterByProvider | Self::Link(_) | Self::Verify(_, With::Provider))
    }

    /// What can be done in a session.
    fn offered_in(world: &World, session: usize) -> Vec<Self> {
        let Some((found, account)) = world.signed_in(world.owner.sessions.get(session)) else { return Vec::new() };
        let is_fresh = found.authenticated_at == world.now;
        let mut acts = vec![Self::SignOut(session)];
        if world.owner.sessions.len() > 1 {
            acts.push(Self::EndOtherSessions(session));
        }
        if !is_fresh {
            acts.push(Self::GivePasswordAgain(session));
        }
        if account.deletion_due_at.is_some() {
            acts.push(Self::KeepAccount(session));
        } else if account.verified_at.is_some() {
            acts.push(Self::ChangePassword(session));
            if is_fresh {
                acts.extend([Self::AskForOtherAddress(session), Self::Delete(session)]);
                if !is_linked(world) {
                    acts.push(Self::Link(session));
                }
            }
        }
        acts
    }

    pub(super) async fn call(self, desk: &Desk, world: &World) -> Outcome {
        let service = &desk.service;
        match self {
            Self::Register(channel) => register(desk, channel, draft(world)).await,
            Self::EnterByProvider => enter(desk, OWN).await,
            Self::Link(session) => link(desk, world.owner.sessions.get(session), OWN).await,
            Self::Verify(number, with) => match world.owner.letters.get(number) {
                Some(letter) => verify(desk, world, letter, with).await,
                None => Outcome::default(),
            },
            Self::TypeCode { letter, attempt } => {
                let (Some(letter), Some(held)) = (world.owner.letters.get(letter), world.owner.attempts.get(attempt))
                else {
                    return Outcome::default();
                };
                let spend =
                    Spend::Code { registration: held.registration, code: letter.code.clone().unwrap_or_default() };
                let proof = Proof { continuations: vec![held.continuation.clone()], ..Proof::default() };
                spent(prove(desk, spend, proof).await, letter)
            }
            Self::Resend => resend(desk, ResendTarget::Address(world.owners_address().into())).await,
            Self::ResendOf(attempt) => match world.owner.attempts.get(attempt) {
                Some(held) => resend(desk, of(held)).await,
                None => Outcome::default(),
            },
            Self::Correct(attempt) => match world.owner.attempts.get(attempt) {
                Some(held) => correct(desk, held, other_address(world, held)).await,
                None => Outcome::default(),
            },
            Self::GoOn(attempt) => match world.owner.attempts.get(attempt) {
                Some(held) => go_on(desk, held).await,
                None => Outcome::default(),
            },
            Self::AskForReset => ask_for_reset(desk, &world.owners_address()).await,
            Self::Reset(number, channel) => match world.owner.letters.get(number) {
                Some(letter) => reset(desk, world, letter, channel).await,
                None => Outcome::default(),
            },
            Self::SignIn => sign_in(desk, &world.owners_address(), &known_password(world), Vec::new()).await,
            Self::AcceptInvitation(number) => match world.owner.letters.get(number) {
                Some(letter) => accept(desk, world, letter).await,
                None => Outcome::default(),
            },
            Self::ConfirmAddress { letter, session } => {
                let (Some(letter), Ok(caller)) =
                    (world.owner.letters.get(letter), verified(desk, world, session).await)
                else {
                    return Outcome::default();
                };
                match service.confirm_address(&caller, &letter.token, &by(NATIVE)).await {
                    Ok(confirmed) => Outcome {
                        renewed: world.owner.sessions.get(session).cloned().zip(confirmed.session.map(|it| it.token)),
                        spent: Some(letter.token.clone()),
                        ..Outcome::answering("confirmed")
                    },
                    Err(error) => Outcome::refused(&error),
                }
            }
            Self::SignOut(session)
            | Self::EndOtherSessions(session)
            | Self::GivePasswordAgain(session)
            | Self::ChangePassword(session)
            | Self::AskForOtherAddress(session)
            | Self::Delete(session)
            | Self::KeepAccount(session) => match signed_in(desk, world, session).await {
                Some(caller) => self.call_as(desk, world, session, caller).await,
                None => Outcome::answering("not signed in"),
            },
        }
    }

    /// What is done in a session.
    async fn call_as(self, desk: &Desk, world: &World, session: usize, caller: SignedIn) -> Outcome {
        let service = &desk.service;
        let context = by(NATIVE);
        let token = world.owner.sessions.get(session).cloned();
        let password = password_of_account(&caller);
        match self {
            Self::SignOut(_) => said(service.end_session(&caller, caller.session.id, &context).await),
            Self::EndOtherSessions(_) => said(service.end_other_sessions(&caller, &context).await),
            Self::KeepAccount(_) => said(service.cancel_deletion(&caller, &context).await.map(drop)),
            Self::GivePasswordAgain(_) => {
                let opened = service.reauthenticate(&caller, password.as_str().into(), &context).await;
                renewed(token, opened.map(|opened| opened.token))
            }
            Self::ChangePassword(_) => {
                let Ok(caller) = caller.verified() else { return Outcome::answering("not permitted") };
                let (current, new) = (password.as_str().into(), Input::from(world.next_password()));
                let opened = service.change_password(&caller, current, new, PasswordPolicy::DEFAULT, &context).await;
                renewed(token, opened.map(|opened| opened.token))
            }
            Self::AskForOtherAddress(_) => {
                let Ok(Ok(fresh)) = caller.verified().map(|caller| caller.fresh(desk.now)) else {
                    return Outcome::answering("not permitted");
                };
                let is_first = fresh.account().address.as_str() == OWNERS;
                let other = if is_first { OWNERS_OTHER } else { OWNERS };
                said(service.request_address_change(&fresh, other.into(), &context).await)
            }
            Self::Delete(_) => {
                let Ok(Ok(fresh)) = caller.verified().map(|caller| caller.fresh(desk.now)) else {
                    return Outcome::answering("not permitted");
                };
                said(service.request_deletion(&fresh, &context).await.map(drop))
            }
            _ => Outcome::default(),
        }
    }

    pub(in crate::explore::histories) fn tell(self, world: &World) -> String {
        let letter = |number: usize| about(world, number);
        match self {
            Self::Register(channel) => format!("The owner registers by {}", channel.name()),
            Self::EnterByProvider => "The owner registers or signs in by the provider".to_owned(),
            Self::Link(_) => "The owner links the account at the provider".to_owned(),
            Self::Verify(number, with) => {
                let with = match with {
                    With::Nothing => "and gives no proof",
                    With::Continuations => "in the browser that the owner registered with",
                    With::Password => "and types the password chosen when registering",
                    With::NewPassword => "and chooses a new password",
                    With::Provider => "and signs in at the provider",
                };
                format!("The owner follows the link {}, {with}", letter(number))
            }
            Self::TypeCode { letter: number, .. } => format!("The owner types the code {}", letter(number)),
            Self::Resend => "The owner asks for another verification mail for the address".to_owned(),
            Self::ResendOf(_) => "The owner asks for another verification mail where the owner registered".to_owned(),
            Self::Correct(_) => {
                "The owner corrects the address of a registration to the other one of the owner's".to_owned()
            }
            Self::GoOn(_) => "The owner goes on where the owner registered".to_owned(),
            Self::AskForReset => "The owner asks for a password reset".to_owned(),
            Self::Reset(number, channel) => {
                format!("The owner follows the link {} and sets a new password by {}", letter(number), channel.name())
            }
            Self::SignIn => "The owner signs in".to_owned(),
            Self::SignOut(_) => "The owner signs out".to_owned(),
            Self::EndOtherSessions(_) => "The owner ends all other sessions".to_owned(),
            Self::GivePasswordAgain(_) => "The owner gives the password again".to_owned(),
            Self::ChangePassword(_) => "The owner changes the password".to_owned(),
            Self::AskForOtherAddress(_) => {
                "The owner asks for the account to have the owner's other address".to_owned()
            }
            Self::ConfirmAddress { letter: number, .. } => {
                format!("The owner follows the link {} while signed in", letter(number))
            }
            Self::AcceptInvitation(number) => {
                format!("The owner follows the link {} and chooses a password", letter(number))
            }
            Self::Delete(_) => "The owner asks for the account to be deleted".to_owned(),
            Self::KeepAccount(_) => "The owner takes the deletion back".to_owned(),
        }
    }
}

/// Which mail it is, in words.
fn about(world: &World, number: usize) -> String {
    let Some(letter) = world.owner.letters.get(number) else { return "in a mail".to_owned() };
    let again = if letter.is_spent { "once more " } else { "" };
    let what = match letter.kind {
        Kind::Verification => {
            let whose = world.registration_of(letter).map(|found| Whose::registered(&found));
            if whose == Some(Whose::Strangers) {
                "in the verification mail that the stranger's registration caused"
            } else {
                "in the verification mail of the owner's registration"
            }
        }
        Kind::Reset => "in the mail that resets the password",
        Kind::Address => "in the mail that confirms an address",
        Kind::Invitation => "in the invitation",
    };
    format!("{again}{what}")
}

/// What the owner knows and holds after a call.
pub(super) fn learn(world: &mut World, outcome: &Outcome) {
    let owner = &mut world.owner;
    // Each act that chooses a password chooses another one; numbers may be skipped.
    owner.passwords += 1;
    owner.attempts.extend(
        outcome
            .accepted
            .as_ref()
            .map(|accepted| Held { registration: accepted.registration, continuation: accepted.continuation.clone() }),
    );
    owner.sessions.extend(outcome.opened.clone());
    if let Some((old, new)) = &outcome.renewed {
        for token in owner.sessions.iter_mut().filter(|token| *token == old) {
            token.clone_from(new);
        }
    }
    for letter in owner.letters.iter_mut().filter(|letter| Some(&letter.token) == outcome.spent.as_ref()) {
        letter.is_spent = true;
    }
}

/// Whether the owner's account at the provider is linked to an account.
fn is_linked(world: &World) -> bool {
    world.store.identities().iter().any(|identity| Whose::holding(&identity.key) == Whose::Owners)
}

fn renewed<E: std::fmt::Debug>(old: Option<SecretToken>, new: Result<SecretToken, E>) -> Outcome {
    match new {
        Ok(new) => Outcome { renewed: old.map(|old| (old, new)), ..Outcome::answering("renewed") },
        Err(error) => Outcome::refused(&error),
    }
}

/// The address of the owner that a registration does not have now.
fn other_address(world: &World, held: &Held) -> &'static str {
    let found = world.registration(held);
    if found.is_some_and(|found| found.address.as_str() == OWNERS) { OWNERS_OTHER } else { OWNERS }
}

fn draft(world: &World) -> RegistrationDraft {
    RegistrationDraft { email: OWNERS.into(), password: world.next_password().into(), ..RegistrationDraft::default() }
}

async fn verify(desk: &Desk, world: &World, letter: &Letter, with: With) -> Outcome {
    let token = letter.token.clone();
    if with == With::Provider {
        return spent(prove_by_provider(desk, token, OWN).await, letter);
    }
    let (spend, proof) = match with {
        With::Nothing | With::Provider => (Spend::Token(token), Proof::default()),
        With::Continuations => {
            let continuations = world.owner.attempts.iter().map(|held| held.continuation.clone()).collect();
            (Spend::Token(token), Proof { continuations, ..Proof::default() })
        }
        // As a documented API does, which asks for the address as well.
        With::Password => (
            Spend::TokenMailedTo { token, address: mailed_to(world, letter) },
            Proof { password: Some(chosen_password(world, letter)), ..Proof::default() },
        ),
        With::NewPassword => {
            (Spend::Token(token), Proof { new_password: world.next_password().into(), ..Proof::default() })
        }
    };
    spent(prove(desk, spend, proof).await, letter)
}

/// The address that a letter came to.
fn mailed_to(world: &World, letter: &Letter) -> String {
    let found = letter.digest().and_then(|digest| world.tokens().remove(&digest));
    found.map_or_else(|| OWNERS.to_owned(), |token| token.address.as_str().to_owned())
}

/// Notes which letter served, if one did.
fn spent(outcome: Outcome, letter: &Letter) -> Outcome {
    let has_served = outcome.answer == "verified";
    Outcome { spent: has_served.then(|| letter.token.clone()), ..outcome }
}
