//! What comes before the work that a request asks for: limits, and a place in the hashing queue.

use super::{AccountService, Failure, Limited};
use crate::client::{Client, WideNetwork};
use crate::ports::{Charge, HashingSlot, Overloaded, Rate, Urgency};

impl AccountService {
    /// Refuses charges that are known not to fit, without asking the limiter.
    pub(crate) fn refuse_if_limited(&self, charges: &[Charge]) -> Result<(), Limited> {
        let Some(limited) = self.known_limits.find(charges, self.ports.clock.now()) else { return Ok(()) };
        self.observe_refusal(limited.limit, charges);
        Err(limited)
    }

    /// Takes a place in the hashing queue.
    pub(crate) fn place(&self, urgency: Urgency, client: &Client) -> Result<Box<dyn HashingSlot>, Overloaded> {
        self.ports.password_hasher.admit(urgency, client.address.map(WideNetwork::of))
    }

    /// Refuses a request that would find no place, before anything else is done for it: under overload, refusals are what
    /// there is most of. A client that is known to be over that limit of its network is told so.
    pub(crate) async fn refuse_if_overloaded(
        &self,
        urgency: Urgency,
        client: &Client,
        limit: Option<(&'static str, Rate)>,
    ) -> Result<(), Failure> {
        if self.ports.password_hasher.would_refuse(urgency, client.address.map(WideNetwork::of)) {
            if let Some((name, rate)) = limit {
                self.refuse_if_limited(&self.client_charges(name, rate, client).await)?;
            }
            self.place(urgency, client)?;
        }
        Ok(())
    }

    /// Takes a place in the hashing queue and counts the charges, all or none.
    ///
    /// A client that is known to be over its limit takes no place. The place comes before counting, so that being
    /// overloaded costs nobody's quota.
    pub(crate) async fn counted_place(
        &self,
        urgency: Urgency,
        client: &Client,
        charges: &[Charge],
    ) -> Result<Box<dyn HashingSlot>, Failure> {
        self.refuse_if_limited(charges)?;
        let place = self.place(urgency, client)?;
        match urgency {
            Urgency::Registration => self.counting_turns.take(self.ask_limiter(charges)).await?,
            Urgency::SignIn | Urgency::Completion => self.ask_limiter(charges).await?,
        };
        Ok(place)
    }
}
