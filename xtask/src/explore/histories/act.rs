//! What can happen, one file an actor. To add an action, add a variant to its actor and follow the compiler: when it is
//! offered, what it does, and how a story tells it. A new actor is a file like these and an arm in each function here.

mod calls;
pub(super) mod owner;
pub(super) mod stranger;
pub(super) mod surroundings;
mod terms;

pub(super) use terms::{Bounds, Channel, Outcome};

use self::{owner::OwnerAct, stranger::StrangerAct, surroundings::Surrounding};
use super::{desk::Desk, world::World};

/// Something that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Owner(OwnerAct),
    Stranger(StrangerAct),
    Surroundings(Surrounding),
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
