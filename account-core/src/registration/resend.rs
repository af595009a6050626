//! Asking for another verification mail.

use super::Registration;
use crate::account::current::read_address;
use crate::client::Client;
use crate::id::{OutboxId, RegistrationId};
use crate::input::Input;
use crate::one_time_token::SecretToken;
use crate::outbox::{Intent, OutboxEntry};
use crate::ports::{Charge, StoreError};
use crate::service::{AccountService, Failure};
use crate::violation::{Field, Violations};

/// For whom another mail is asked. It prints neither address nor continuation.
pub enum ResendTarget {
    /// The newest pending registration of an address.
    Address(Input),
    /// One registration, by the client that made it.
    Registration {
        /// Its id.
        registration: RegistrationId,
        /// The secret that the client was given.
        continuation: SecretToken,
    },
}

impl std::fmt::Debug for ResendTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(_) => f.write_str("Address(..)"),
            Self::Registration { registration, .. } => write!(f, "Registration({registration}, ..)"),
        }
    }
}

/// Why no mail was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// The address is none.
    #[error("the request is not valid")]
    Invalid(Violations),
    /// Limited, alike for known and unknown addresses, or unavailable.
    #[error(transparent)]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ResendError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl AccountService {
    /// Puts a request for another verification mail on its way. Whether anything is pending is found out when the
    /// mail is due; the answer, and by address also the rows written, are the same either way.
    ///
    /// The newest link replaces the earlier ones of its registration. A registration whose link has expired gets a
    /// new one and lasts as long again.
    ///
    /// # Errors
    /// [`ResendError`].
    pub async fn resend_verification(&self, target: ResendTarget, client: &Client) -> Result<(), ResendError> {
        let verifications = self.client_charge("verifications", self.settings.limits.verifications, client).await;
        self.count(verifications.as_slice()).await?;
        let (registration, address) = match target {
            ResendTarget::Address(input) => {
                let address = read_address(Field::Email, input);
                (None, address.map_err(|violation| ResendError::Invalid(violation.into()))?)
            }
            ResendTarget::Registration { registration, continuation } => {
                match self.find_continued(registration, &continuation).await? {
                    Some(found) => (Some(registration), found.address),
                    None => return Ok(self.pretend_to_resend(client).await?),
                }
            }
        };
        let key = address.key();
        let resend = self.resend_charge(key.as_str().to_owned());
        self.count(&[resend, self.mail_charge(key, client).await]).await?;
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

    /// The registration, if the continuation is its own.
    pub(crate) async fn find_continued(
        &self,
        registration: RegistrationId,
        continuation: &SecretToken,
    ) -> Result<Option<Registration>, StoreError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = unit.find_registration(registration).await?;
        Ok(found.filter(|found| found.continuation == continuation.digest()))
    }

    /// Counts like any other request, so that a wrong continuation is answered like a right one.
    async fn pretend_to_resend(&self, client: &Client) -> Result<(), Failure> {
        // Under the asking client, not under what it asks for: ids of its own making must not leave a counter each.
        let asking = self.network_of(client).await.unwrap_or_else(|| "unknown".to_owned());
        self.count(&[self.resend_charge(asking)]).await
    }

    fn resend_charge(&self, key: String) -> Charge {
        Charge { limit: "resend", key, rate: self.settings.limits.resend, otherwise: None }
    }
}
