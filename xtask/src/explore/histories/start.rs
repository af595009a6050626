//! Where histories begin, and what can happen in them.

use super::{
    act::{
        Act, Bounds, Channel,
        owner::{OwnerAct, With},
        stranger::StrangerAct,
    },
    fault::Fault,
    happening::Rules,
    promises::Broken,
    scene::Scene,
};

/// Where histories begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Start {
    /// Nobody has done anything.
    Nothing,
    /// The owner has an account and is signed in to it, and so has the stranger.
    Accounts,
    /// Nobody has done anything, and one of the channels makes accounts at once.
    Immediate,
    /// Nobody has done anything, and people can come from a provider.
    Provider,
}

/// How much there is of everything at a time: less goes deeper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Size {
    /// One registration and one session of each person, one wrong code.
    Narrow,
    /// Two of each, and as many wrong codes as are allowed.
    Wide,
}

impl Start {
    pub(super) const ALL: [Self; 4] = [Self::Nothing, Self::Accounts, Self::Immediate, Self::Provider];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nobody has an account",
            Self::Accounts => "owner and stranger have an account each",
            Self::Immediate => "a channel makes accounts at once",
            Self::Provider => "nobody has an account, both have one at a provider",
        }
    }

    pub(super) const fn rules(self, size: Size, fault: Option<Fault>) -> Rules {
        let has_immediate = matches!(self, Self::Immediate);
        // Without one, the same number of steps takes far less time.
        let has_provider = !matches!(self, Self::Nothing);
        let bounds = match size {
            Size::Narrow => Bounds { attempts: 1, sessions: 1, codes: 1, corrections: 1, has_immediate, has_provider },
            Size::Wide => Bounds { attempts: 2, sessions: 2, codes: 5, corrections: 2, has_immediate, has_provider },
        };
        Rules { bounds, fault }
    }

    /// The first scene.
    ///
    /// # Errors
    /// The promise that is broken on the way there.
    pub(super) fn scene(self, rules: &Rules) -> Result<Scene, Broken> {
        let acts: &[Act] = match self {
            Self::Nothing | Self::Immediate | Self::Provider => &[],
            Self::Accounts => &[
                Act::Owner(OwnerAct::Register(Channel::Native)),
                Act::Owner(OwnerAct::Verify(0, With::Continuations)),
                Act::Stranger(StrangerAct::RegisterOwn),
                Act::Stranger(StrangerAct::Verify(0)),
            ],
        };
        Scene::empty(rules).after_all(rules, acts)
    }
}
