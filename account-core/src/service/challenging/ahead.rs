//! What a request would be asked for if it came now: for pages, which find the answer before they send it.

use super::{
    AccountService, Asking, CallContext, ChallengeMode, ChallengePurpose, Failure, Refused, WAITS, WAITS_IN_ALL,
};
use crate::ports::Challenge;
use crate::service::Limited;

impl AccountService {
    /// Returns whether challenges are asked for at all.
    #[must_use]
    pub fn asks_for_challenges(&self) -> bool {
        self.settings.challenge.mode != ChallengeMode::Off
    }

    /// Returns the challenge that the request would be asked for now. If it is asked, it is counted as one that came
    /// without an answer: it will come with one, and is not counted then.
    pub(crate) async fn expected_challenge(&self, asking: &Asking<'_>) -> Result<Option<Challenge>, Failure> {
        let Some(suspects) = self.suspects_of(asking).await.filter(|suspects| self.is_suspicious(suspects)) else {
            return Ok(None);
        };
        // Sign-ins are counted when they have failed.
        if asking.purpose != ChallengePurpose::SignIn {
            self.count_request(&suspects);
        }
        match self.demand(asking, None).await {
            Refused::Challenged(demand) => Ok(Some(demand.challenge)),
            Refused::Failed(failure) => Err(failure),
        }
    }

    /// Refuses a client that could not answer a challenge by waiting now, as far as that is known without asking the
    /// limiter: so that it need not wait to learn that.
    ///
    /// # Errors
    /// The limit of waits that is reached.
    pub async fn refuse_known_wait(&self, context: &CallContext) -> Result<(), Limited> {
        self.refuse_if_limited(&self.charges_of_wait(&context.client).await)
    }
}

impl Limited {
    /// Returns whether too many clients answer challenges by waiting.
    #[must_use]
    pub fn is_about_waits(&self) -> bool {
        matches!(self.limit, WAITS | WAITS_IN_ALL)
    }
}
