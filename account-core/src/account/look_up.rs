//! Looking up whether an address has an account: for administrators, and for channels whose operator allows it to
//! everyone.

use super::{Account, AccountState};
use crate::administration::AdminError;
use crate::authorization::Administrator;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::ports::StoreError;
use crate::service::{AccountService, Failure};

/// What is shown about the account of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressHolder {
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Whether the address is verified.
    pub is_proven: bool,
    /// The state of the account.
    pub state: AccountState,
}

impl From<Account> for AddressHolder {
    fn from(account: Account) -> Self {
        Self {
            is_proven: account.verified_at.is_some(),
            state: account.state(),
            given_name: account.profile.given_name,
            family_name: account.profile.family_name,
        }
    }
}

impl AccountService {
    /// Returns who has the address, for an administrator. `None` if nobody has, or if the text is not an address.
    ///
    /// # Errors
    /// [`AdminError::Failed`].
    pub async fn find_address_holder(
        &self,
        _admin: &Administrator,
        address: &str,
    ) -> Result<Option<AddressHolder>, AdminError> {
        Ok(self.holder_of(address).await?)
    }

    /// Returns the same to anyone. Only for channels whose operator accepts that strangers learn which addresses have
    /// accounts, and the owners' names. A client network may ask as often as it may register.
    ///
    /// # Errors
    /// [`Failure`] if a limit was reached or the store failed.
    pub async fn look_up_address(&self, address: &str, client: &Client) -> Result<Option<AddressHolder>, Failure> {
        let charge = self.client_charges("address_look_ups", self.settings.limits.registrations, client).await;
        self.count(&charge).await?;
        Ok(self.holder_of(address).await?)
    }

    /// Returns the account that the address signs in to: the one that has verified it, otherwise the newest that has
    /// not.
    async fn holder_of(&self, address: &str) -> Result<Option<AddressHolder>, StoreError> {
        let Ok(address) = EmailAddress::parse(address.trim()) else { return Ok(None) };
        let mut unit = self.ports.store.begin_read_only().await?;
        let found = match unit.find_account_by_email(address.key()).await? {
            None => unit.find_unverified_accounts(address.key()).await?.into_iter().next(),
            proven => proven,
        };
        Ok(found.map(Into::into))
    }
}
