//! What happens around owner and stranger: time passes, the worker works, an operator invites.

use account_core::{account::Role, operator::OperatorAccount, password::policy::PasswordPolicy};

use super::{
    calls::{by, said},
    terms::Outcome,
};
use crate::explore::histories::{
    desk::Desk,
    world::{HOUR, OWNERS, World},
};

/// Something that happens around owner and stranger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explore::histories) enum Surrounding {
    /// Enough for links of accounts to end.
    AnHour,
    /// Enough for everything to end that ends, an hour ago at least, and then housekeeping.
    ADay,
    /// Mails wait from now on.
    WorkerSleeps,
    /// Mails are sent when they are due, as in the beginning.
    WorkerWakes,
    /// Sends what waits, and sleeps on: the call of a worker that others can overlap.
    WorkerSends,
    /// The operator invites the owner.
    Invite,
}

impl Surrounding {
    pub(super) fn offered(world: &World) -> Vec<Self> {
        let mut acts = vec![Self::AnHour, Self::ADay];
        if !world.is_invited() {
            acts.push(Self::Invite);
        }
        if world.worker_sleeps {
            acts.extend([Self::WorkerWakes, Self::WorkerSends]);
        } else {
            acts.push(Self::WorkerSleeps);
        }
        acts
    }

    pub(super) const fn is_call(self) -> bool {
        matches!(self, Self::WorkerSends | Self::Invite)
    }

    pub(super) async fn call(self, desk: &Desk) -> Outcome {
        match self {
            Self::AnHour | Self::WorkerSleeps | Self::WorkerWakes => Outcome::default(),
            Self::ADay => said(desk.service.housekeeping().tidy().await.map(drop)),
            Self::WorkerSends => said(desk.delivery.run_until_idle().await.map(drop)),
            Self::Invite => {
                let wanted = OperatorAccount { email: OWNERS, role: Role::User, password: None };
                let (policy, context) = (PasswordPolicy::DEFAULT, by("operator"));
                said(desk.service.create_account_as_operator(wanted, policy, &context).await.map(drop))
            }
        }
    }

    /// What it changes beside the store. Time has passed before the call.
    pub(super) const fn change(self, world: &mut World) {
        match self {
            Self::WorkerSleeps => world.worker_sleeps = true,
            Self::WorkerWakes => world.worker_sleeps = false,
            Self::AnHour | Self::ADay | Self::WorkerSends | Self::Invite => {}
        }
    }

    /// How much time passes.
    pub(in crate::explore::histories) fn takes(self) -> std::time::Duration {
        match self {
            Self::AnHour => HOUR,
            Self::ADay => 25 * HOUR,
            _ => std::time::Duration::ZERO,
        }
    }

    pub(super) fn tell(self) -> String {
        match self {
            Self::AnHour => "An hour passes",
            Self::ADay => "A day passes, and what has expired is removed",
            Self::WorkerSleeps => "The worker stops: mails wait",
            Self::WorkerWakes => "The worker starts again and sends what waits",
            Self::WorkerSends => "The worker sends what waits",
            Self::Invite => "The operator invites the owner",
        }
        .to_owned()
    }
}
