//! Whether an address has an account: for administrators, and for channels whose operator has anybody told.

use super::{Account, AccountState};
use crate::administration::AdminError;
use crate::authorization::Administrator;
use crate::client::Client;
use crate::email_address::EmailAddress;
use crate::ports::StoreError;
use crate::service::{AccountService, Failure};

/// What is told of the account of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressHolder {
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Whether the address is proven.
    pub is_proven: bool,
    /// What state the account is in.
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
    /// Who has the address, for an administrator. `None` when nobody has, and for what is no address.
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

    /// The same for anybody: only for a channel whose operator accepts that strangers learn which addresses have
    /// accounts, and the names of their owners. A client network may ask as often as it may register.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn look_up_address(&self, address: &str, client: &Client) -> Result<Option<AddressHolder>, Failure> {
        let charge = self.client_charge("address_look_ups", self.settings.limits.registrations, client).await;
        self.count(charge.as_slice()).await?;
        Ok(self.holder_of(address).await?)
    }

    /// Anyone who signs in by the address: the account that has proven it, else the youngest of those that have not.
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
