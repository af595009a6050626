//! Who calls, and how: what a use case writes down beside what it was asked for.

use crate::client::Client;
use crate::session::MAX_USER_AGENT;

/// Who calls a use case, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallContext {
    /// The client.
    pub client: Client,
    /// The wire grammar: `native`, `page`, a dialect's name, or `operator` for a command on the service's machine.
    pub channel: String,
    /// How the client described itself (`User-Agent`).
    pub user_agent: Option<String>,
    /// The request, as it is named in logs.
    pub request_id: Option<String>,
}

impl CallContext {
    /// A call by that wire grammar, from nobody in particular.
    #[must_use]
    pub fn by(channel: &str) -> Self {
        Self { channel: channel.to_owned(), ..Self::default() }
    }

    /// The client's description of itself, as a session keeps it: cut, and without control characters.
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
