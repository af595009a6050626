//! Requesting another verification email.

use super::Registration;
use crate::client::Client;
use crate::id::{OutboxId, RegistrationId};
use crate::input::{Input, Reader};
use crate::one_time_token::SecretToken;
use crate::outbox::{Intent, OutboxEntry};
use crate::ports::{Charge, StoreError};
use crate::service::{AccountService, Failure};
use crate::violation::{Field, Rule, Violations};

/// The registration to email again. Its `Debug` output hides address and continuation.
pub enum ResendTarget {
    /// The newest pending registration of an address.
    Address(Input),
    /// One registration, by the client that made it.
    Registration {
        /// Its id.
        registration: RegistrationId,
        /// The continuation that the client got.
        continuation: SecretToken,
    },
}

impl ResendTarget {
    /// Parses the target of a request: an address, or a registration with its continuation, never both.
    ///
    /// # Errors
    /// All violations of the second form. The address is only parsed after the request was counted.
    pub fn read(email: Input, registration: Input, continuation: Input) -> Result<Self, Violations> {
        if registration == Input::Absent {
            return Ok(Self::Address(email));
        }
        let mut reader = Reader::default();
        let id = |text: &str| text.parse().map_err(|_| Rule::Malformed);
        let registration = reader.text(Field::Registration, registration, id);
        let continuation = continuation.given().as_deref().and_then(SecretToken::parse);
        let continuation = reader.note(Field::Continuation, continuation.ok_or(Rule::Required));
        if email != Input::Absent {
            reader.violations.push(Field::Email, Rule::Ambiguous);
        }
        let target = registration.zip(continuation);
        let target = target.map(|(registration, continuation)| Self::Registration { registration, continuation });
        reader.violations.into_value(target)
    }
}

impl std::fmt::Debug for ResendTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(_) => f.write_str("Address(..)"),
            Self::Registration { registration, .. } => write!(f, "Registration({registration}, ..)"),
        }
    }
}

/// Why no email was requested.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// The address is not valid.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// Limited (in the same way for known and unknown addresses) or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

use_case_error!(ResendError: Failed, Invalid);

impl AccountService {
    /// Queues a request for another verification email. Whether anything is pending is looked up at delivery. The
    /// answer is the same either way; for a request by address, so are the stored rows.
    ///
    /// The newest link replaces earlier ones of its registration. A registration whose link has expired gets a new link
    /// and a new expiry.
    ///
    /// # Errors
    /// [`ResendError`] if the address is not valid, a limit is reached, or the store failed.
    pub async fn resend_verification(&self, target: ResendTarget, client: &Client) -> Result<(), ResendError> {
        self.count_verification(client).await?;
        let (registration, address) = match target {
            ResendTarget::Address(input) => (None, Reader::only(|it| it.address(Field::Email, input))?),
            ResendTarget::Registration { registration, continuation } => {
                match self.find_continued(registration, &continuation).await? {
                    Some(found) => (Some(registration), found.address),
                    None => return Ok(self.pretend_to_resend(client).await?),
                }
            }
        };
        let key = address.key();
        let resend = self.resend_charge(key.as_str().to_owned());
        let mut charges = self.mail_request_charges(client).await;
        charges.push(resend);
        charges.extend(self.mail_charges(key, client).await);
        self.count(&charges).await?;
        let intent = Intent::Resend { registration, address, generation: None };
        let (clock, entropy) = (&*self.ports.clock, &*self.ports.entropy);
        let entry = OutboxEntry::new(OutboxId::generate(clock, entropy), intent, clock.now());
        self.retried(|| async {
            let mut unit = self.ports.store.begin().await?;
            unit.enqueue(&entry).await?;
            unit.commit().await
        })
        .await?;
        self.bell.ring();
        Ok(())
    }

    /// Returns the registration, if the continuation belongs to it.
    pub(crate) async fn find_continued(
        &self,
        registration: RegistrationId,
        continuation: &SecretToken,
    ) -> Result<Option<Registration>, StoreError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_registration(registration).await?;
        Ok(found.filter(|found| found.continuation == continuation.digest()))
    }

    /// Counts the request like any other, so that a wrong continuation gets the same answer as a right one.
    async fn pretend_to_resend(&self, client: &Client) -> Result<(), Failure> {
        // Count under the client, not under the requested id: invented ids must not create a counter each.
        let networks = self.networks_of(client).await;
        let asking = networks.map_or_else(|| "unknown".to_owned(), |networks| networks.own);
        let mut charges = self.mail_request_charges(client).await;
        charges.push(self.resend_charge(asking));
        self.count(&charges).await
    }

    fn resend_charge(&self, key: String) -> Charge {
        Charge::new("resend", key, self.settings.limits.resend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resend_names_an_address_or_a_registration_with_its_continuation() {
        let id = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f";
        let secret = "A".repeat(43);
        let read = |email: Input, registration: Input, continuation: Input| {
            let read = ResendTarget::read(email, registration, continuation);
            read.map(|target| format!("{target:?}"))
                .map_err(|all| all.iter().map(|it| (it.field, it.rule)).collect::<Vec<_>>())
        };
        assert_eq!(read("j@x.org".into(), Input::Absent, Input::Absent), Ok("Address(..)".to_owned()));
        assert_eq!(read(Input::Absent, id.into(), secret.as_str().into()), Ok(format!("Registration({id}, ..)")));
        assert_eq!(read(Input::Absent, id.into(), "short".into()), Err(vec![(Field::Continuation, Rule::Required)]));
        assert_eq!(
            read("j@x.org".into(), "no id".into(), Input::Absent),
            Err(vec![
                (Field::Registration, Rule::Malformed),
                (Field::Continuation, Rule::Required),
                (Field::Email, Rule::Ambiguous)
            ])
        );
        assert_eq!(
            read(Input::Absent, Input::Mistyped, secret.as_str().into()),
            Err(vec![(Field::Registration, Rule::MustBeText)])
        );
    }
}
