//! What can happen, one file an actor. To add an action, add a variant to its actor and follow the compiler: when it is
//! offered, what it does, and how a story tells it. A new actor is a file like these and an arm in each function here.

mod calls;
pub(super) mod owner;
pub(super) mod stranger;
pub(super) mod surroundings;

use account_core::{one_time_token::SecretToken, registration::register::Accepted};

use self::{owner::OwnerAct, stranger::StrangerAct, surroundings::Surrounding};
use super::{desk::Desk, world::World};

/// Something that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Owner(OwnerAct),
    Stranger(StrangerAct),
    Surroundings(Surrounding),
}

/// How much there is of everything at a time. What is over that is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Registrations of the owner that wait, and registrations of the owner's address that the stranger makes.
    pub(super) attempts: usize,
    /// Sessions of each.
    pub(super) sessions: usize,
    /// Wrong codes of one registration.
    pub(super) codes: u32,
    /// Whether one of the channels makes accounts at once.
    pub(super) has_immediate: bool,
}

/// A way of registering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// The native API or a page: a continuation is handed out.
    Native,
    /// A documented API: none is.
    Documented,
    /// An account is made at once.
    Immediate,
}

impl Channel {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Native => "the native API",
            Self::Documented => "a documented API",
            Self::Immediate => "an API that makes accounts at once",
        }
    }
}

/// What a call came to, as far as anyone learns of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What was answered, without anything that is random.
    pub(super) answer: String,
    /// A registration, whose continuation was handed out.
    pub(super) accepted: Option<Accepted>,
    /// A session that was opened.
    pub(super) opened: Option<SecretToken>,
    /// A session's token that another one took the place of.
    pub(super) renewed: Option<(SecretToken, SecretToken)>,
    /// The token of the letter that served.
    pub(super) spent: Option<String>,
}

impl Outcome {
    /// What was answered, and nothing else.
    pub(super) fn answering(answer: impl Into<String>) -> Self {
        Self { answer: answer.into(), ..Self::default() }
    }

    /// What an error says, by its kind.
    pub(super) fn refused(error: &(impl std::fmt::Debug + ?Sized)) -> Self {
        Self::answering(format!("{error:?}"))
    }
}

impl Act {
    /// Everything that can happen now.
    pub(super) fn offered(world: &World, bounds: Bounds) -> Vec<Self> {
        let owner = OwnerAct::offered(world, bounds).into_iter().map(Self::Owner);
        let stranger = StrangerAct::offered(world, bounds).into_iter().map(Self::Stranger);
        owner.chain(stranger).chain(Surrounding::offered(world).into_iter().map(Self::Surroundings)).collect()
    }

    /// Whether it is the owner's doing, or happens to the owner alone: in a world without the owner it does not happen.
    pub(super) const fn is_owners(self) -> bool {
        matches!(self, Self::Owner(_) | Self::Surroundings(Surrounding::Invite))
    }

    /// Whether it is one call of the service, which others can overlap.
    pub(super) const fn is_call(self) -> bool {
        match self {
            Self::Owner(_) | Self::Stranger(_) => true,
            Self::Surroundings(surrounding) => surrounding.is_call(),
        }
    }

    /// What the service does of it. `world` is what the actor knows.
    pub(super) async fn call(self, desk: &Desk, world: &World) -> Outcome {
        match self {
            Self::Owner(act) => act.call(desk, world).await,
            Self::Stranger(act) => act.call(desk, world).await,
            Self::Surroundings(act) => act.call(desk).await,
        }
    }

    /// What comes of it outside the service.
    pub(super) fn learn(self, world: &mut World, outcome: &Outcome) {
        match self {
            Self::Owner(_) => owner::learn(world, outcome),
            Self::Stranger(act) => act.learn(world, outcome),
            Self::Surroundings(act) => act.change(world),
        }
    }

    /// The act as a sentence without its end, as part of a story about that world.
    pub(super) fn tell(self, world: &World) -> String {
        match self {
            Self::Owner(act) => act.tell(world),
            Self::Stranger(act) => act.tell(world),
            Self::Surroundings(act) => act.tell(),
        }
    }
}
