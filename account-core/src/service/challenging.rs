//! Asking for challenges: after the limits that are known to be reached, before a place in the hashing queue, a hash or a
//! write.
//!
//! That a challenge is used once is counted together with the other limits of the request, all or none: who is refused for
//! another reason can use it again, and of two requests with one answer the second is refused, on whatever instance.

mod ahead;

use super::challenges::{USED_CHALLENGES, WAITS, WAITS_IN_ALL};
use super::{AccountService, CallContext, Failure, Limits, Unavailable};
use crate::challenge::{ChallengeAnswer, ChallengeDemand, ChallengeMode, Suspects, Thresholds};
use crate::client::Client;
use crate::ports::{
    ChallengeEvent, ChallengeFailure, ChallengePurpose, ChallengeVerdict, Charge, HashingSlot, Occasion, Rate, Urgency,
};

/// A request that may be asked for a challenge.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    /// What is requested.
    pub(crate) purpose: ChallengePurpose,
    /// The address or user name as typed, folded.
    pub(crate) identifier: &'a str,
    /// Who requests it, and the answer.
    pub(crate) context: &'a CallContext,
}

/// A request is not admitted.
pub(crate) enum Refused {
    /// It needs an answer to a challenge.
    Challenged(Box<ChallengeDemand>),
    /// Another reason.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What is counted for a request that passed the challenge, or needs none.
pub(crate) struct Cleared {
    /// All charges of the request. To be counted together.
    pub(crate) charges: Vec<Charge>,
    /// What observers are told once they are counted.
    event: Option<ChallengeEvent>,
}

impl AccountService {
    /// Like [`counted_place`](Self::counted_place), for a request that may be asked for a challenge.
    pub(crate) async fn challenged_place(
        &self,
        urgency: Urgency,
        asking: &Asking<'_>,
        charges: Vec<Charge>,
    ) -> Result<Box<dyn HashingSlot>, Refused> {
        let cleared = self.clear(asking, charges).await?;
        let place = self.counted_place(urgency, &asking.context.client, &cleared.charges).await;
        self.settle(asking, &cleared, place).await
    }

    /// Refuses what is known not to fit, then asks for a challenge if the request needs one.
    ///
    /// The caller counts the charges, and MUST pass the outcome on to [`settle`](Self::settle).
    pub(crate) async fn clear(&self, asking: &Asking<'_>, mut charges: Vec<Charge>) -> Result<Cleared, Refused> {
        self.refuse_if_limited(&charges)?;
        if !self.needs_challenge(asking).await {
            return Ok(Cleared { charges, event: None });
        }
        if self.cannot_ask(asking.context) {
            let rate = self.settings.limits.unchallenged_registrations;
            let allowance = Charge::new("unchallenged_registrations", String::new(), rate);
            charges.push(allowance.by(&asking.context.client));
            // Also a refusal here costs no place.
            self.refuse_if_limited(&charges)?;
            return Ok(Cleared { charges, event: Some(ChallengeEvent::Unchallenged) });
        }
        let (of_answer, event) = self.judge_answer(asking).await?;
        charges.extend(of_answer);
        Ok(Cleared { charges, event: Some(event) })
    }

    /// Turns the refusal of an answer that was used before into a new demand, and tells observers of an answer that was
    /// accepted.
    pub(crate) async fn settle<T>(
        &self,
        asking: &Asking<'_>,
        cleared: &Cleared,
        counted: Result<T, Failure>,
    ) -> Result<T, Refused> {
        match counted {
            Err(Failure::Limited(limited)) if limited.limit == USED_CHALLENGES => {
                Err(self.demand(asking, Some(ChallengeFailure::Used)).await)
            }
            Err(failure) => Err(failure.into()),
            Ok(counted) => {
                if let Some(event) = cleared.event {
                    self.observe_challenge(asking.purpose, event);
                }
                Ok(counted)
            }
        }
    }

    /// Counts a failed sign-in.
    pub(crate) async fn note_failure(&self, identifier: &str, client: &Client) {
        let purpose = ChallengePurpose::SignIn;
        if self.settings.challenge.mode != ChallengeMode::Off
            && let Some(suspects) = self.suspects(purpose, identifier, client).await
        {
            let thresholds = thresholds(&self.settings.limits, purpose);
            self.challenges.suspicion.count(&suspects, &thresholds, self.ports.clock.now());
        }
    }

    /// Counts a registration that was accepted and waits for its address to be verified.
    pub(crate) async fn note_accepted(&self, client: &Client) {
        if !self.is_exempt(client).await {
            let unverified = self.settings.limits.challenge_after_unverified;
            self.challenges.suspicion.count_accepted(unverified, self.ports.clock.now());
        }
    }

    /// Counts a registration that was completed.
    pub(crate) fn note_completed(&self) {
        let unverified = self.settings.limits.challenge_after_unverified;
        self.challenges.suspicion.count_completed(unverified, self.ports.clock.now());
    }

    /// Returns whether the request needs an answer. Counts the request, unless it brings one that is needed: then the
    /// same request was counted when it was asked.
    async fn needs_challenge(&self, asking: &Asking<'_>) -> bool {
        let Some(suspects) = self.suspects_of(asking).await else { return false };
        // Sign-ins are counted when they have failed.
        let is_counted_elsewhere = asking.purpose == ChallengePurpose::SignIn;
        if is_counted_elsewhere || asking.context.challenge_answer.is_some() {
            let is_needed = self.is_suspicious(&suspects);
            if is_counted_elsewhere || is_needed {
                return is_needed;
            }
        }
        self.count_request(&suspects) || self.is_due(asking.purpose)
    }

    /// Counts a request. Returns whether those before it had reached a threshold already.
    fn count_request(&self, suspects: &Suspects<'_>) -> bool {
        let thresholds = thresholds(&self.settings.limits, suspects.purpose);
        self.challenges.suspicion.count(suspects, &thresholds, self.ports.clock.now())
    }

    /// Returns whether a request would need an answer. Counts nothing.
    fn is_suspicious(&self, suspects: &Suspects<'_>) -> bool {
        let thresholds = thresholds(&self.settings.limits, suspects.purpose);
        self.is_due(suspects.purpose)
            || self.challenges.suspicion.is_aroused(suspects, &thresholds, self.ports.clock.now())
    }

    /// Returns whether every request for this purpose needs an answer.
    fn is_due(&self, purpose: ChallengePurpose) -> bool {
        let unverified = self.settings.limits.challenge_after_unverified;
        purpose == ChallengePurpose::Registration
            && (self.settings.challenge.mode == ChallengeMode::Always
                || self.challenges.suspicion.has_many_unverified(unverified, self.ports.clock.now()))
    }

    /// Returns whom a request is counted under; `None` if it is never asked.
    async fn suspects_of<'a>(&self, asking: &Asking<'a>) -> Option<Suspects<'a>> {
        let Asking { purpose, identifier, context } = *asking;
        let is_never_asked = self.settings.challenge.mode == ChallengeMode::Off
            || (self.cannot_ask(context) && purpose != ChallengePurpose::Registration);
        if is_never_asked { None } else { self.suspects(purpose, identifier, &context.client).await }
    }

    fn cannot_ask(&self, context: &CallContext) -> bool {
        self.settings.channels.get(&context.channel).is_some_and(|channel| channel.cannot_ask_for_challenges)
    }

    /// Judges the answer of the request. Returns what is counted for it.
    async fn judge_answer(&self, asking: &Asking<'_>) -> Result<(Vec<Charge>, ChallengeEvent), Refused> {
        let occasion = self.occasion(asking);
        let (verdict, event) = match &asking.context.challenge_answer {
            None => return Err(self.demand(asking, None).await),
            Some(ChallengeAnswer::Proof(response)) => {
                let verdict = self.challenges.verifier.verify(response, &occasion).await;
                (verdict.map_err(Unavailable::Challenge)?, ChallengeEvent::Proved)
            }
            Some(ChallengeAnswer::Wait(ticket)) => {
                (self.challenges.waits.judge(ticket, &occasion), ChallengeEvent::Waited)
            }
        };
        let challenge = match verdict {
            ChallengeVerdict::Passed { challenge } => challenge,
            ChallengeVerdict::Failed(failure) => return Err(self.demand(asking, Some(failure)).await),
        };
        let (mut charges, lifetime) = match event {
            ChallengeEvent::Waited => {
                (self.charges_of_wait(&asking.context.client).await, self.challenges.waits.lifetime())
            }
            _ => (Vec::new(), self.challenges.verifier.lifetime()),
        };
        // Twice as long as it can be used, so that instances whose clocks differ agree.
        let once = Rate::new(1, 2 * lifetime);
        charges.push(Charge::new(USED_CHALLENGES, format!("{} {challenge}", event.name()), once));
        Ok((charges, event))
    }

    /// Returns the charges of a wait: waits run side by side, so their number is what limits them.
    async fn charges_of_wait(&self, client: &Client) -> Vec<Charge> {
        let limits = &self.settings.limits;
        let mut charges = self.client_charges(WAITS, limits.challenge_waits, client).await;
        charges.push(Charge::new(WAITS_IN_ALL, String::new(), limits.challenge_waits_in_all).by(client));
        charges
    }

    /// Makes a challenge, with the reason why the answer was not accepted.
    async fn demand(&self, asking: &Asking<'_>, failure: Option<ChallengeFailure>) -> Refused {
        let occasion = self.occasion(asking);
        let event = failure.map_or(ChallengeEvent::Demanded, ChallengeEvent::Failed);
        self.observe_challenge(asking.purpose, event);
        match self.challenges.verifier.demand(&occasion).await {
            Ok(challenge) => {
                let wait = self.challenges.waits.issue(&occasion, &*self.ports.entropy);
                Refused::Challenged(Box::new(ChallengeDemand { challenge, wait, failure }))
            }
            Err(error) => Unavailable::Challenge(error).into(),
        }
    }

    fn occasion<'a>(&self, asking: &Asking<'a>) -> Occasion<'a> {
        let Asking { purpose, identifier, context } = *asking;
        Occasion { purpose, identifier, client: &context.client, now: self.ports.clock.now() }
    }

    /// Returns whom the client's requests are counted under; `None` for clients that are never asked.
    async fn suspects<'a>(
        &self,
        purpose: ChallengePurpose,
        identifier: &'a str,
        client: &Client,
    ) -> Option<Suspects<'a>> {
        let network = self.networks_of(client).await.map(|networks| networks.wide);
        // A client without an address is not known to be exempt.
        let is_exempt = client.is_exempt || (network.is_none() && client.address.is_some());
        (!is_exempt).then_some(Suspects { purpose, network, identifier })
    }

    async fn is_exempt(&self, client: &Client) -> bool {
        self.suspects(ChallengePurpose::Registration, "", client).await.is_none()
    }

    fn observe_challenge(&self, purpose: ChallengePurpose, event: ChallengeEvent) {
        for observer in &self.ports.challenge_observers {
            observer.observe(purpose, event);
        }
    }
}

/// Returns the thresholds of a purpose.
const fn thresholds(limits: &Limits, purpose: ChallengePurpose) -> Thresholds {
    let (in_all, per_network, per_identifier) = match purpose {
        ChallengePurpose::Registration => (
            limits.challenge_after_registrations,
            limits.challenge_after_registrations_per_network,
            limits.challenge_after_registrations_per_address,
        ),
        ChallengePurpose::PasswordReset => (
            limits.challenge_after_resets,
            limits.challenge_after_resets_per_network,
            limits.challenge_after_resets_per_address,
        ),
        ChallengePurpose::SignIn => (
            limits.challenge_after_failures,
            limits.challenge_after_failures_per_network,
            limits.challenge_after_failures_per_identifier,
        ),
    };
    Thresholds { in_all, per_network, per_identifier }
}
