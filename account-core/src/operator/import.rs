//! Importing accounts from another system.

use std::collections::{BTreeMap, HashMap};

use crate::account::details::{EditRules, ProfileEdits};
use crate::account::{Account, OrganizationRole};
use crate::audit::{Actor, AuditEvent};
use crate::email_address::EmailAddress;
use crate::id::{AccountId, OrganizationId};
use crate::input::Reader;
use crate::password::PasswordHash;
use crate::ports::store::{Insert, Unique};
use crate::ports::{StoreError, UnitOfWork};
use crate::profile::Source;
use crate::registration::verify::end_attempts;
use crate::service::{AccountService, CallContext, FeatureFlags, Unavailable};
use crate::timestamp::Timestamp;
use crate::violation::{Field, Rule, Violations};

/// An account of another system. It gets the role `user`: roles are never imported.
#[derive(Clone, Default)]
pub struct ImportedAccount {
    /// Its address.
    pub email: String,
    /// Whether the other system has verified the address, and the operator relies on that.
    pub verified: bool,
    /// The password hash of the other system, in a supported format.
    pub password_hash: Option<String>,
    /// The username and other details. Secondary addresses are not imported, because each must be verified.
    pub details: ProfileEdits,
    /// The sources of values that the other system has inferred. Values without one were given.
    pub sources: BTreeMap<Field, Source>,
    /// The language of the page that the person registered on, BCP 47: decides the language of emails to a person who has
    /// given none. What is no known language counts as absent.
    pub shown_in: Option<String>,
    /// When it was created there; now if absent. For an account with an unverified address, the time to verify it
    /// starts with the import in any case.
    pub created_at: Option<Timestamp>,
    /// Whether it is disabled there: then it is disabled here too.
    pub disabled: bool,
    /// Code or id of the organization that it becomes a member of.
    pub organization: Option<String>,
    /// Fields that could not be parsed.
    pub misread: Violations,
}

opaque_debug!(ImportedAccount);

/// The outcome of importing one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportOutcome {
    /// It was imported.
    Imported(AccountId),
    /// It was imported without some details, because they break rules. The list is complete.
    ImportedWithout(AccountId, Violations),
    /// The address already has an account, which was not changed.
    AlreadyThere,
    /// Its address or its password hash cannot be used. The list also has what is wrong with the details.
    Refused(Violations),
}

impl ImportOutcome {
    /// Returns the account that was created.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Imported(id) | Self::ImportedWithout(id, _) => Some(*id),
            Self::AlreadyThere | Self::Refused(_) => None,
        }
    }
}

impl AccountService {
    /// Imports a batch of accounts in one unit of work: all with a valid address and a supported password hash, if any,
    /// without the details that break rules; or none if the store fails. The outcomes
    /// are in the order of the batch. Repeating an import imports nothing twice. Other systems get no events about it,
    /// because there may be very many.
    ///
    /// # Errors
    /// [`Unavailable`]; nothing was imported, unless the connection to the store was lost during the commit: then the
    /// outcome is unknown.
    pub async fn import_accounts(
        &self,
        batch: Vec<ImportedAccount>,
        context: &CallContext,
    ) -> Result<Vec<ImportOutcome>, Unavailable> {
        self.retried(|| async {
            let mut change = self.change(context, Actor::Operator).await?;
            let addresses: Vec<_> = batch.iter().filter_map(|it| EmailAddress::parse(&it.email).ok()).collect();
            change.unit.hold_addresses(&addresses.iter().map(EmailAddress::key).collect::<Vec<_>>()).await?;
            let rules = self.edit_rules(&FeatureFlags::of(&mut *change.unit).await?);
            let mut organizations = Organizations::default();
            let mut outcomes = Vec::with_capacity(batch.len());
            for imported in &batch {
                let code = imported.organization.as_deref();
                let organization = organizations.find(&mut *change.unit, code).await?;
                let outcome = match self.read_imported(imported.clone(), organization, &rules) {
                    Ok((account, left_out)) => {
                        let is_verified = account.verified_at.is_some();
                        let (id, address) = (account.id, account.address.clone());
                        let outcome = write(&mut *change.unit, account, left_out).await?;
                        if outcome.account() == Some(id) && is_verified {
                            end_attempts(&mut change, address.key(), id).await?;
                        }
                        outcome
                    }
                    Err(violations) => ImportOutcome::Refused(violations),
                };
                if let Some(id) = outcome.account() {
                    change.record_untold(AuditEvent::AccountCreated, Some(id), Some("import".to_owned())).await?;
                }
                outcomes.push(outcome);
            }
            change.commit().await?;
            Ok(outcomes)
        })
        .await
    }

    /// Returns the account and what is wrong with the details that it lacks, or all violations.
    fn read_imported(
        &self,
        imported: ImportedAccount,
        organization: Result<Option<OrganizationId>, Rule>,
        rules: &EditRules<'_>,
    ) -> Result<(Account, Violations), Violations> {
        let ImportedAccount {
            email,
            verified,
            password_hash,
            details,
            sources,
            shown_in,
            created_at,
            disabled,
            misread,
            organization: _,
        } = imported;
        let mut reader = Reader::from(misread);
        let now = rules.now;
        // A mistyped address has its violation already.
        let is_misread = email.is_empty() && reader.violations.concerns(Field::Email);
        let address = if is_misread { None } else { reader.address(Field::Email, email.into()) };
        let password_hash = reader.text(Field::PasswordHash, password_hash.into(), |text| {
            PasswordHash::parse_imported(text).map_err(|_| Rule::Unknown)
        });
        let is_usable = !reader.violations.concerns(Field::PasswordHash);
        if created_at.is_some_and(|created_at| created_at > now) {
            reader.violations.push(Field::CreatedAt, Rule::OutOfRange);
        }
        let created_at = created_at.filter(|created_at| *created_at <= now);
        let organization = reader.note(Field::Organization, organization).flatten();
        // Parse the rest all the same, with a placeholder address.
        let is_address = address.is_some();
        let address = address.or_else(|| EmailAddress::parse("nobody@example.invalid").ok());
        let Some(address) = address else { return Err(reader.violations) };
        let since = created_at.unwrap_or(now);
        let id = AccountId::generate(&*self.ports.clock, &*self.ports.entropy);
        let mut account = Account {
            verified_at: verified.then_some(since),
            password_hash,
            organization,
            disabled_at: disabled.then_some(now),
            organization_role: organization.map(|_| OrganizationRole::Member),
            created_at: if verified { since } else { now },
            ..Account::new(id, address, now)
        };
        // A new account has no details: those that break rules stay empty.
        reader.violations.extend(details.apply(&mut account, rules, Source::Given));
        account.profile.note_sources(&sources);
        account.profile.shown_in = shown_in.and_then(|tag| self.ports.reference_data.language(&tag));
        if is_address && is_usable { Ok((account, reader.violations)) } else { Err(reader.violations) }
    }
}

/// Organizations by code, each looked up once.
#[derive(Default)]
struct Organizations(HashMap<String, Option<OrganizationId>>);

impl Organizations {
    async fn find(
        &mut self,
        unit: &mut dyn UnitOfWork,
        code: Option<&str>,
    ) -> Result<Result<Option<OrganizationId>, Rule>, StoreError> {
        let Some(code) = code else { return Ok(Ok(None)) };
        if !crate::organization::is_code(code) {
            return Ok(Err(Rule::Unknown));
        }
        let known = if let Some(known) = self.0.get(code) {
            *known
        } else {
            let found = match (unit.find_organization_by_code(code).await?, code.parse()) {
                (None, Ok(id)) => unit.find_organization(id).await?,
                (found, _) => found,
            };
            let found = found.map(|organization| organization.id);
            self.0.insert(code.to_owned(), found);
            found
        };
        Ok(known.map(Some).ok_or(Rule::Unknown))
    }
}

/// Stores the account, unless there is one; without its username if that is taken. Reads more only after a conflict, and
/// for an unverified address, which cannot conflict.
async fn write(
    unit: &mut dyn UnitOfWork,
    mut account: Account,
    mut left_out: Violations,
) -> Result<ImportOutcome, StoreError> {
    if account.verified_at.is_none() && is_there(unit, &account).await? {
        return Ok(ImportOutcome::AlreadyThere);
    }
    let mut inserted = unit.insert_account(&account).await?;
    // If it was imported before, both address and username conflict.
    if inserted == Insert::Conflict(Unique::UserName) && !is_there(unit, &account).await? {
        left_out.push(Field::UserName, Rule::Taken);
        account.user_name = None;
        inserted = unit.insert_account(&account).await?;
    }
    Ok(match inserted {
        Insert::Conflict(_) => ImportOutcome::AlreadyThere,
        Insert::Done if left_out.is_empty() => ImportOutcome::Imported(account.id),
        Insert::Done => ImportOutcome::ImportedWithout(account.id, left_out),
    })
}

/// Returns whether an existing account prevents the import: one that has verified the address always does, an
/// unverified one only if the imported one is unverified too.
async fn is_there(unit: &mut dyn UnitOfWork, account: &Account) -> Result<bool, StoreError> {
    let key = account.address.key();
    if unit.find_account_by_email(key).await?.is_some() {
        return Ok(true);
    }
    Ok(account.verified_at.is_none() && !unit.find_unverified_accounts(key).await?.is_empty())
}
