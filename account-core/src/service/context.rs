//! The caller of a use case, and how it calls: recorded with what the use case does.

use crate::challenge::ChallengeAnswer;
use crate::client::Client;
use crate::session::MAX_USER_AGENT;

/// The caller of a use case, and how it calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallContext {
    /// The client.
    pub client: Client,
    /// The channel: `native`, `page`, a dialect's name, or `operator` for a command on the service's machine.
    pub channel: String,
    /// How the client described itself (`User-Agent`).
    pub user_agent: Option<String>,
    /// The id of the request, as in the logs.
    pub request_id: Option<String>,
    /// The answer to a challenge, if the client sent one.
    pub challenge_answer: Option<ChallengeAnswer>,
}

impl CallContext {
    /// Creates a context for this channel, without a known client.
    #[must_use]
    pub fn by(channel: &str) -> Self {
        Self { channel: channel.to_owned(), ..Self::default() }
    }

    /// Returns the `User-Agent` as a session stores it: truncated, without control characters.
    pub(crate) fn kept_user_agent(&self) -> Option<String> {
        let text = self.user_agent.as_deref()?;
        let kept: String = text.chars().filter(|c| !c.is_control()).take(MAX_USER_AGENT).collect();
        (!kept.is_empty()).then_some(kept)
    }
}

impl From<Client> for CallContext {
    fn from(client: Client) -> Self {
        Self { client, ..Self::default() }
    }
}
