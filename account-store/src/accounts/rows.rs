//! Accounts as rows.

use account_core::account::{Account, OrganizationRole, Role, SecondaryAddress, SecondaryAddresses};
use account_core::email_address::EmailAddress;
use account_core::id::{AccountId, OrganizationId};
use account_core::name::UserName;
use account_core::password::PasswordHash;
use account_core::ports::StoreError;
use account_core::timestamp::Timestamp;

use crate::entity::account::Model;
use crate::row::{Row, hash_columns, micros, profile_document, texts_document};

/// Makes the row of an account that no token was emailed for yet.
pub(crate) fn to_model(account: &Account) -> Result<Model, StoreError> {
    let key = account.address.key().as_str();
    let (alternate_address, alternate_verified_at) = secondary(account.secondary_addresses.alternate.as_ref());
    let (notification_address, notification_verified_at) = secondary(account.secondary_addresses.notification.as_ref());
    let former_passwords: Vec<&str> = account.former_passwords.iter().map(PasswordHash::as_phc).collect();
    let (password_hash, passed_policy) = hash_columns(account.password_hash.as_ref());
    Ok(Model {
        id: account.id.as_uuid(),
        address: account.address.as_str().to_owned(),
        email_key: key.to_owned(),
        email_claim: account.verified_at.map(|_| key.to_owned()),
        verified_at: account.verified_at.map(micros),
        password_hash,
        passed_policy,
        former_passwords: texts_document(&former_passwords),
        credential_epoch: account.credential_epoch.into(),
        token_generation: 0,
        user_name: account.user_name.as_ref().map(|name| name.as_str().to_owned()),
        role: account.role.name().to_owned(),
        organization: account.organization.map(|organization| organization.as_uuid()),
        organization_role: account.organization_role.map(|role| role.name().to_owned()),
        profile: profile_document(&account.profile)?,
        alternate_address,
        alternate_verified_at,
        notification_address,
        notification_verified_at,
        disabled_at: account.disabled_at.map(micros),
        deletion_due_at: account.deletion_due_at.map(micros),
        version: account.version.into(),
        created_at: micros(account.created_at),
        updated_at: micros(account.updated_at),
        search_text: account.search_text(),
    })
}

fn secondary(address: Option<&SecondaryAddress>) -> (Option<String>, Option<i64>) {
    let spelling = address.map(|secondary| secondary.address.as_str().to_owned());
    (spelling, address.and_then(|secondary| secondary.verified_at).map(micros))
}

/// Reads the account in a row, without `token_generation` and `search_text`.
pub(crate) fn from_model(model: Model) -> Result<Account, StoreError> {
    let row = Row::new("accounts", model.id);
    let address = row.address(&model.address, Some(&model.email_key))?;
    // A claim is the key of a verified address, and every verified address has one.
    if model.email_claim != model.verified_at.map(|_| model.email_key) {
        return Err(row.damaged("email_claim"));
    }
    let former_passwords = row.texts("former_passwords", &model.former_passwords)?;
    let alternate = read_secondary(&row, "alternate_address", model.alternate_address)?;
    let notification = read_secondary(&row, "notification_address", model.notification_address)?;
    let organization_role = model.organization_role.map(|name| OrganizationRole::by_name(&name));
    Ok(Account {
        id: AccountId::from_uuid(model.id),
        address,
        verified_at: model.verified_at.map(Timestamp::from_unix_micros),
        password_hash: row.password_hash(model.password_hash, model.passed_policy.as_deref())?,
        former_passwords: former_passwords.into_iter().map(PasswordHash::from_phc).collect(),
        credential_epoch: row.count("credential_epoch", model.credential_epoch)?,
        user_name: model.user_name.map(UserName::from_stored),
        role: row.read("role", Role::by_name(&model.role))?,
        organization: model.organization.map(OrganizationId::from_uuid),
        organization_role: organization_role.map(|role| row.read("organization_role", role)).transpose()?,
        profile: row.profile(&model.profile)?,
        secondary_addresses: SecondaryAddresses {
            alternate: alternate.map(|address| proven_at(address, model.alternate_verified_at)),
            notification: notification.map(|address| proven_at(address, model.notification_verified_at)),
        },
        disabled_at: model.disabled_at.map(Timestamp::from_unix_micros),
        deletion_due_at: model.deletion_due_at.map(Timestamp::from_unix_micros),
        version: row.count("version", model.version)?,
        created_at: Timestamp::from_unix_micros(model.created_at),
        updated_at: Timestamp::from_unix_micros(model.updated_at),
    })
}

fn read_secondary(
    row: &Row,
    column: &'static str,
    spelling: Option<String>,
) -> Result<Option<EmailAddress>, StoreError> {
    spelling.map(|spelling| row.other_address(column, &spelling)).transpose()
}

fn proven_at(address: EmailAddress, verified_at: Option<i64>) -> SecondaryAddress {
    SecondaryAddress { address, verified_at: verified_at.map(Timestamp::from_unix_micros) }
}
