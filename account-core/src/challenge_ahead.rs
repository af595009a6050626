//! The challenge of a request that is not sent yet: for pages, whose script finds the answer before it sends the form.

use crate::email_address::EmailAddress;
use crate::ports::{Challenge, ChallengePurpose};
use crate::service::{AccountService, Asking, CallContext, Failure};
use crate::session::Identifier;

impl AccountService {
    /// Returns the challenge that a request with this address or user name would be asked for now; `None` if none is due,
    /// or the request would be refused because the address is not valid. Writes and looks up nothing, so the answer is
    /// the same for every account. A sign-in with a device token of the account is not asked after all.
    ///
    /// # Errors
    /// [`Failure`] if a challenge cannot be made.
    pub async fn challenge_ahead(
        &self,
        purpose: ChallengePurpose,
        identifier: &str,
        context: &CallContext,
    ) -> Result<Option<Challenge>, Failure> {
        let key = match purpose {
            ChallengePurpose::SignIn => Identifier::read(identifier).key().to_owned(),
            ChallengePurpose::Registration | ChallengePurpose::PasswordReset => {
                let Ok(address) = EmailAddress::parse(identifier) else { return Ok(None) };
                address.key().as_str().to_owned()
            }
        };
        self.expected_challenge(&Asking { purpose, identifier: &key, context }).await
    }
}
