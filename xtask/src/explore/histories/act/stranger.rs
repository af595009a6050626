//! What a stranger does: who does not read the owner's mailbox, and wants into the owner's account, or the owner out.

use account_core::{
    Proof, RegistrationDraft, Spend, account::details::ProfileEdits, registration::resend::ResendTarget,
};

use super::{
    calls::{ask_for_reset, by, correct, enter, go_on, link, of, prove, register, resend, said, sign_in},
    terms::{Bounds, Channel, Outcome},
};
use crate::explore::histories::{
    desk::{Desk, NATIVE},
    world::{AtProvider, Held, Kind, OWNERS, STRANGERS, STRANGERS_NAME, STRANGERS_PASSWORD, Stranger, Whose, World},
};

/// The stranger's account at the provider, which has the owner's address.
const OWN: (AtProvider, &str) = (AtProvider::Strangers, OWNERS);

/// Something that the stranger does. Numbers are places in the lists of [`Stranger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explore::histories) enum StrangerAct {
    /// Registers the owner's address.
    Register(Channel),
    /// Comes from the provider, where his account has the owner's address.
    EnterByProvider,
    /// Links his account at the provider to his own account.
    Link(usize),
    /// Registers an address of his own.
    RegisterOwn,
    /// Asks for another mail to the owner's address.
    Resend,
    /// Asks for another mail where he registered it.
    ResendOf(usize),
    /// Asks for a reset at the owner's address.
    AskForReset,
    /// Tries to sign in at the owner's address.
    SignIn,
    /// Types a code that he makes up.
    GuessCode(usize),
    /// Corrects the address of an attempt: from the owner's to his own, or the other way.
    Correct(usize),
    /// Spends what came to his own mailbox, with every continuation that he holds.
    Verify(usize),
    /// The same where it came with a password.
    VerifyByPassword(usize),
    /// Asks for his account to have the owner's address.
    AskForOwnersAddress(usize),
    /// Names the owner's address as one where he can be reached.
    NameOwnersAddress(usize),
}

impl StrangerAct {
    /// Everything that the stranger can do now. It depends on nothing but what the stranger knows.
    pub(super) fn offered(world: &World, bounds: Bounds) -> Vec<Self> {
        let stranger = &world.stranger;
        let mut acts = Vec::new();
        // One of a kind waits at a time.
        if !world.waits("resend") {
            acts.push(Self::Resend);
            acts.extend((0..stranger.attempts.len()).map(Self::ResendOf));
        }
        if !world.waits("password_reset") {
            acts.push(Self::AskForReset);
        }
        if stranger.registrations < bounds.attempts {
            acts.extend([Self::Register(Channel::Native), Self::Register(Channel::Documented)]);
            if !is_linked(world) {
                acts.push(Self::EnterByProvider);
            }
            if bounds.has_immediate {
                acts.push(Self::Register(Channel::Immediate));
            }
        }
        // Elsewhere it is tried in each world that is looked at, and comes to nothing.
        if bounds.has_immediate && stranger.sessions.len() < bounds.sessions {
            acts.push(Self::SignIn);
        }
        if stranger.sessions.len() < bounds.sessions && is_linked(world) {
            acts.push(Self::EnterByProvider);
        }
        if stranger.letters.is_empty() && stranger.sessions.is_empty() {
            acts.push(Self::RegisterOwn);
        }
        let tries = |held: &Held| world.registration(held).map_or(0, |found| found.code_tries);
        let guessable = stranger.attempts.iter().enumerate().filter(|(_, held)| tries(held) < bounds.codes);
        acts.extend(guessable.map(|(attempt, _)| Self::GuessCode(attempt)));
        let corrections = |held: &Held| world.registration(held).map_or(0, |found| found.corrections);
        let correctable =
            stranger.attempts.iter().enumerate().filter(|(_, held)| corrections(held) < bounds.corrections);
        acts.extend(correctable.map(|(attempt, _)| Self::Correct(attempt)));
        for (number, letter) in stranger.letters.iter().enumerate() {
            if letter.kind == Kind::Verification && stranger.sessions.len() < bounds.sessions {
                acts.extend([Self::Verify(number), Self::VerifyByPassword(number)]);
            }
        }
        for (session, token) in stranger.sessions.iter().enumerate() {
            let Some((found, account)) = world.signed_in(Some(token)) else { continue };
            if found.authenticated_at == world.now && account.verified_at.is_some() {
                acts.push(Self::AskForOwnersAddress(session));
                if !is_linked(world) {
                    acts.push(Self::Link(session));
                }
            }
            let named = account.secondary_addresses.alternate.as_ref();
            if named.is_none_or(|named| named.address.as_str() != OWNERS) {
                acts.push(Self::NameOwnersAddress(session));
            }
        }
        acts.retain(|act| bounds.has_provider || !matches!(act, Self::EnterByProvider | Self::Link(_)));
        acts
    }

    pub(super) async fn call(self, desk: &Desk, world: &World) -> Outcome {
        let stranger = &world.stranger;
        match self {
            Self::Register(channel) => register(desk, channel, draft(OWNERS)).await,
            Self::EnterByProvider => enter(desk, OWN).await,
            Self::Link(session) => link(desk, stranger.sessions.get(session), OWN).await,
            Self::RegisterOwn => register(desk, Channel::Native, draft(STRANGERS)).await,
            Self::Resend => resend(desk, ResendTarget::Address(OWNERS.into())).await,
            Self::ResendOf(attempt) => match stranger.attempts.get(attempt) {
                Some(held) => resend(desk, of(held)).await,
                None => Outcome::default(),
            },
            Self::AskForReset => ask_for_reset(desk, OWNERS).await,
            Self::SignIn => sign_in(desk, OWNERS, STRANGERS_PASSWORD, Vec::new()).await,
            Self::GuessCode(attempt) => match stranger.attempts.get(attempt) {
                Some(held) => guess_code(desk, held).await,
                None => Outcome::default(),
            },
            Self::Correct(attempt) => match stranger.attempts.get(attempt) {
                Some(held) => correct(desk, held, other_address(world, held)).await,
                None => Outcome::default(),
            },
            Self::Verify(number) => {
                let continuations = stranger.attempts.iter().rev().map(|held| held.continuation.clone()).collect();
                prove(desk, letter(stranger, number), Proof { continuations, ..Proof::default() }).await
            }
            Self::VerifyByPassword(number) => {
                let password = Some(STRANGERS_PASSWORD.to_owned());
                prove(desk, letter(stranger, number), Proof { password, ..Proof::default() }).await
            }
            Self::AskForOwnersAddress(session) | Self::NameOwnersAddress(session) => {
                self.call_in_session(desk, stranger, session).await
            }
        }
    }

    async fn call_in_session(self, desk: &Desk, stranger: &Stranger, session: usize) -> Outcome {
        let (service, context) = (&desk.service, by(NATIVE));
        let Some(token) = stranger.sessions.get(session) else { return Outcome::default() };
        let Ok(Some(caller)) = service.check_session(token).await else { return Outcome::answering("not signed in") };
        let Ok(caller) = caller.verified() else { return Outcome::answering("not permitted") };
        if self == Self::NameOwnersAddress(session) {
            let edits = ProfileEdits { alternate_address: OWNERS.into(), ..ProfileEdits::default() };
            return said(service.change_details(&caller, edits, None, &context).await.map(drop));
        }
        let Ok(fresh) = caller.fresh(desk.now) else { return Outcome::answering("give the password again") };
        said(service.request_address_change(&fresh, OWNERS.into(), &context).await)
    }

    /// What the stranger knows and holds after a call.
    pub(super) fn learn(self, world: &mut World, outcome: &Outcome) {
        let stranger = &mut world.stranger;
        if matches!(self, Self::Register(_)) || (self == Self::EnterByProvider && outcome.accepted.is_some()) {
            stranger.registrations += 1;
        }
        stranger.attempts.extend(
            outcome.accepted.as_ref().map(|accepted| Held {
                registration: accepted.registration,
                continuation: accepted.continuation.clone(),
            }),
        );
        stranger.sessions.extend(outcome.opened.clone());
        if let Some((old, new)) = &outcome.renewed {
            for token in stranger.sessions.iter_mut().filter(|token| *token == old) {
                token.clone_from(new);
            }
        }
    }

    pub(super) fn tell(self, world: &World) -> String {
        match self {
            Self::Register(channel) => {
                format!("The stranger registers the owner's address by {}, with a password of his own", channel.name())
            }
            Self::EnterByProvider => {
                "The stranger comes from the provider, where his account has the owner's address".to_owned()
            }
            Self::Link(_) => "The stranger links his account at the provider to his own account".to_owned(),
            Self::RegisterOwn => "The stranger registers an address of his own".to_owned(),
            Self::Resend => "The stranger asks for another verification mail to the owner's address".to_owned(),
            Self::ResendOf(_) => {
                "The stranger asks for another verification mail where he registered the owner's address".to_owned()
            }
            Self::AskForReset => "The stranger asks for a password reset at the owner's address".to_owned(),
            Self::SignIn => "The stranger signs in at the owner's address with his own password".to_owned(),
            Self::GuessCode(_) => "The stranger types a code that he made up".to_owned(),
            Self::Correct(attempt) => {
                let to = world.stranger.attempts.get(attempt).map(|held| other_address(world, held));
                let whose = if to == Some(OWNERS) { "the owner's" } else { "his own" };
                format!("The stranger corrects the address of a registration of his to {whose}")
            }
            Self::Verify(_) => {
                "The stranger follows the link that came to his own mailbox, where he registered the owner's address"
                    .to_owned()
            }
            Self::VerifyByPassword(_) => {
                "The stranger follows the link that came to his own mailbox and types his password".to_owned()
            }
            Self::AskForOwnersAddress(_) => {
                "The stranger asks for his own account to have the owner's address".to_owned()
            }
            Self::NameOwnersAddress(_) => {
                "The stranger names the owner's address as one where he can be reached".to_owned()
            }
        }
    }
}

/// Whether the stranger's account at the provider is linked to an account.
fn is_linked(world: &World) -> bool {
    world.store.identities().iter().any(|identity| Whose::holding(&identity.key) == Whose::Strangers)
}

/// Whatever would give a stranger a part in the account: a name, and addresses that mails would go to.
fn draft(email: &str) -> RegistrationDraft {
    RegistrationDraft {
        email: email.into(),
        password: STRANGERS_PASSWORD.into(),
        name: STRANGERS_NAME.into(),
        alternate_address: STRANGERS.into(),
        notification_address: STRANGERS.into(),
        ..RegistrationDraft::default()
    }
}

/// The address that a registration of the stranger does not have now.
fn other_address(world: &World, held: &Held) -> &'static str {
    let found = world.registration(held);
    if found.is_some_and(|found| found.address.as_str() == OWNERS) { STRANGERS } else { OWNERS }
}

fn letter(stranger: &Stranger, number: usize) -> Spend {
    Spend::Token(stranger.letters.get(number).map(|letter| letter.token.clone()).unwrap_or_default())
}

async fn guess_code(desk: &Desk, held: &Held) -> Outcome {
    // No code is that: codes are drawn from 40 bits, and this one has been checked not to come up here.
    let spend = Spend::Code { registration: held.registration, code: "00000000".to_owned() };
    let proof = Proof { continuations: vec![held.continuation.clone()], ..Proof::default() };
    prove(desk, spend, proof).await
}

/// What the stranger sees.
#[derive(Debug, Clone, Default)]
pub(in crate::explore::histories) struct View {
    /// Of each registration all that is answered.
    pub(in crate::explore::histories) attempts: Vec<Vec<String>>,
    /// Everything else.
    pub(in crate::explore::histories) answers: Vec<String>,
}

/// What the stranger can find out without changing anything: all that is answered, without anything that is random.
pub(in crate::explore::histories) async fn view(desk: &Desk, world: &World) -> View {
    let (service, stranger) = (&desk.service, &world.stranger);
    let mut view = View::default();
    for held in &stranger.attempts {
        let mut answers = Vec::new();
        let client = by(NATIVE).client;
        let status = service.registration_status(held.registration, &held.continuation, &client).await;
        answers.push(match status {
            Ok(Some(status)) => {
                let seen = (status.progress, status.mail, status.corrections_left, status.opens_session);
                format!("{} {seen:?} {}", status.address, status.expires_at)
            }
            other => format!("{other:?}"),
        });
        answers.push(go_on(desk, held).await.answer);
        let continuations = vec![held.continuation.clone()];
        answers.push(sign_in(desk, OWNERS, STRANGERS_PASSWORD, continuations).await.answer);
        let wrong = sign_in(desk, OWNERS, "not the password of anybody", vec![held.continuation.clone()]).await;
        answers.push(wrong.answer);
        view.attempts.push(answers);
    }
    view.answers.push(sign_in(desk, OWNERS, STRANGERS_PASSWORD, Vec::new()).await.answer);
    for token in &stranger.sessions {
        view.answers.push(match service.check_session(token).await {
            Ok(Some(caller)) => format!("{} {:?}", caller.account.address, caller.account.secondary_addresses),
            other => format!("{other:?}"),
        });
    }
    view
}
