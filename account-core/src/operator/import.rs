//! Taking accounts over from another system.

use std::collections::HashMap;

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
use crate::violation::{Field, Rule, Violation, Violations};

/// An account of another system. It becomes an ordinary user's: a role is never imported.
#[derive(Clone, Default)]
pub struct ImportedAccount {
    /// Its address.
    pub email: String,
    /// Whether the other system has proven the address, and the operator takes its word for that.
    pub verified: bool,
    /// The password's hash as the other system kept it, of a kind that can be verified here.
    pub password_hash: Option<String>,
    /// The user name and other details. Secondary addresses are not taken over: each has to confirm itself.
    pub details: ProfileEdits,
    /// When it was made there; now when absent. An account whose address is not proven begins its time to prove it
    /// with the import, whatever this says.
    pub created_at: Option<Timestamp>,
    /// Code or id of the organization that it belongs to, as a member.
    pub organization: Option<String>,
    /// What could not be read at all: it is refused, and all that is wrong is said at once.
    pub misread: Violations,
}

opaque_debug!(ImportedAccount);

/// What became of an account that was to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportOutcome {
    /// It is there now.
    Imported(AccountId),
    /// The address had an account already, which stays as it is.
    AlreadyThere,
    /// It breaks rules; these are all of them.
    Refused(Violations),
}

impl AccountService {
    /// Takes accounts over, in one unit of work: all that can be, or none when that fails. The outcomes are in the
    /// order of the batch. Doing it again imports nothing twice. Other systems are told nothing: anyone who imports
    /// knows, and there may be very many.
    ///
    /// # Errors
    /// [`Unavailable`]; nothing was imported, unless the store went away while committing.
    pub async fn import_accounts(
        &self,
        batch: Vec<ImportedAccount>,
        context: &CallContext,
    ) -> Result<Vec<ImportOutcome>, Unavailable> {
        let mut change = self.change(context, Actor::Operator).await?;
        let addresses: Vec<_> = batch.iter().filter_map(|it| EmailAddress::parse(&it.email).ok()).collect();
        change.unit.hold_addresses(&addresses.iter().map(EmailAddress::key).collect::<Vec<_>>()).await?;
        let rules = self.edit_rules(&FeatureFlags::of(&mut *change.unit).await?);
        let mut organizations = Organizations::default();
        let mut outcomes = Vec::with_capacity(batch.len());
        for imported in batch {
            let code = imported.organization.as_deref();
            let organization = organizations.find(&mut *change.unit, code).await?;
            let outcome = match self.read_imported(imported, organization, &rules) {
                Ok(account) => {
                    let outcome = write(&mut *change.unit, &account).await?;
                    if outcome == ImportOutcome::Imported(account.id) && account.verified_at.is_some() {
                        end_attempts(&mut change, account.address.key(), account.id).await?;
                    }
                    outcome
                }
                Err(violations) => ImportOutcome::Refused(violations),
            };
            if let ImportOutcome::Imported(id) = outcome {
                change.record_untold(AuditEvent::AccountCreated, Some(id), Some("import".to_owned())).await?;
            }
            outcomes.push(outcome);
        }
        change.commit().await?;
        Ok(outcomes)
    }

    /// The account, or all that is wrong with it.
    fn read_imported(
        &self,
        imported: ImportedAccount,
        organization: Result<Option<OrganizationId>, Rule>,
        rules: &EditRules<'_>,
    ) -> Result<Account, Violations> {
        let ImportedAccount { email, verified, password_hash, details, created_at, misread, .. } = imported;
        let mut reader = Reader::from(misread);
        let now = rules.now;
        // Nothing more is to be said of an address that could not be read.
        let is_misread = email.is_empty() && reader.violations.concerns(Field::Email);
        let address = if is_misread { None } else { reader.address(Field::Email, email.into()) };
        let password_hash = reader.text(Field::PasswordHash, password_hash.into(), |text| {
            PasswordHash::parse_imported(text).map_err(|_| Rule::Unknown)
        });
        if created_at.is_some_and(|created_at| created_at > now) {
            reader.violations.push(Field::CreatedAt, Rule::OutOfRange);
        }
        let organization = reader.note(Field::Organization, organization).flatten();
        // The rest is read all the same, for an address that nobody has.
        let address = address.or_else(|| EmailAddress::parse("nobody@example.invalid").ok());
        let Some(address) = address else { return Err(reader.violations) };
        let since = created_at.unwrap_or(now);
        let id = AccountId::generate(&*self.ports.clock, &*self.ports.entropy);
        let mut account = Account {
            verified_at: verified.then_some(since),
            password_hash,
            organization,
            organization_role: organization.map(|_| OrganizationRole::Member),
            created_at: if verified { since } else { now },
            ..Account::new(id, address, now)
        };
        reader.violations.extend(details.apply(&mut account, rules, Source::Person));
        reader.violations.into_value(Some(account))
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

/// Writes the account, unless there is one. More is read only after a conflict, and for an address that is not proven:
/// that one conflicts with nothing.
async fn write(unit: &mut dyn UnitOfWork, account: &Account) -> Result<ImportOutcome, StoreError> {
    if account.verified_at.is_none() && is_there(unit, account).await? {
        return Ok(ImportOutcome::AlreadyThere);
    }
    Ok(match unit.insert_account(account).await? {
        Insert::Done => ImportOutcome::Imported(account.id),
        // Imported before, it has address and name.
        Insert::Conflict(Unique::UserName) if !is_there(unit, account).await? => {
            ImportOutcome::Refused(Violation::new(Field::UserName, Rule::Taken).into())
        }
        Insert::Conflict(_) => ImportOutcome::AlreadyThere,
    })
}

/// Whether the address has an account that stands in the way: a proven one in that of any, one that is not proven in
/// that of another such.
async fn is_there(unit: &mut dyn UnitOfWork, account: &Account) -> Result<bool, StoreError> {
    let key = account.address.key();
    if unit.find_account_by_email(key).await?.is_some() {
        return Ok(true);
    }
    Ok(account.verified_at.is_none() && !unit.find_unverified_accounts(key).await?.is_empty())
}
