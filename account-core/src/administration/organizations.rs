//! Listing and changing organizations and their members.

use super::fields::{callback_origin, code, name};
use super::{AdminError, find_administrable, must_be_of_version};
use crate::account::{Account, OrganizationRole};
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::id::{AccountId, OrganizationId};
use crate::input::{Edit, Input, Reader};
use crate::organization::{Grants, Organization};
use crate::paging::{Page, PageRequest};
use crate::ports::StoreError;
use crate::ports::store::{AccountFilter, Insert, Unique, Update};
use crate::service::{AccountService, CallContext};
use crate::violation::{Field, Violations};

/// A new organization, as received.
#[derive(Debug, Clone, Default)]
pub struct OrganizationDraft {
    /// Its short name, for programs.
    pub code: Input,
    /// Its name.
    pub name: Input,
    /// Origins that callback URLs of its registrations may have.
    pub callback_origins: Input<Vec<String>>,
    /// Whether people who register with it may ask to be its administrators.
    pub allows_self_named_administrators: Input<bool>,
    /// What the caller could not make sense of.
    pub misread: Violations,
}

/// A change of an organization, as received. Its code cannot be changed.
#[derive(Debug, Clone, Default)]
pub struct OrganizationEdits {
    /// Its name.
    pub name: Edit,
    /// Origins that callback URLs of its registrations may have.
    pub callback_origins: Edit<Vec<String>>,
    /// Whether people who register with it may ask to be its administrators.
    pub allows_self_named_administrators: Edit<bool>,
    /// What the caller could not make sense of.
    pub misread: Violations,
}

impl AccountService {
    /// Creates an organization. One that has callback origins (emailed links can lead there), or lets people name themselves
    /// its administrators, requires an administrator who has just entered the password.
    ///
    /// # Errors
    /// [`AdminError::Invalid`], [`AdminError::CodeTaken`], [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn create_organization(
        &self,
        admin: &Administrator,
        draft: OrganizationDraft,
        context: &CallContext,
    ) -> Result<Organization, AdminError> {
        let mut reader = Reader { required: &[Field::Name], ..Reader::from(draft.misread) };
        let code = reader.required(Field::OrganizationCode, draft.code, code);
        let name = reader.text(Field::Name, draft.name, name);
        let callback_origins = reader.list(Field::CallbackOrigins, draft.callback_origins, callback_origin);
        let allows = reader.flag(Field::SelfNamedAdministrators, draft.allows_self_named_administrators);
        let (code, name) = reader.violations.into_value(code.zip(name))?;
        let now = self.ports.clock.now();
        let organization = Organization {
            id: OrganizationId::generate(&*self.ports.clock, &*self.ports.entropy),
            code,
            name,
            callback_origins,
            allows_self_named_administrators: allows,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        if organization.grants() != Grants::default() {
            admin.must_be_fresh(now)?;
        }
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            match change.unit.insert_organization(&organization).await? {
                Insert::Done => {}
                Insert::Conflict(Unique::OrganizationCode) => return Err(AdminError::CodeTaken),
                Insert::Conflict(_) => return Err(StoreError::transient("the organization's id is taken").into()),
            }
            change.record(AuditEvent::OrganizationCreated, None, Some(organization.id.to_string())).await?;
            change.commit().await?;
            Ok(organization.clone())
        })
        .await
    }

    /// Returns organizations, newest first.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_organizations(
        &self,
        _admin: &Administrator,
        page: PageRequest,
    ) -> Result<Page<Organization>, AdminError> {
        let mut reading = self.begin_page("organizations", &page).await?;
        let items = reading.unit.list_organizations(reading.from, reading.limit()).await?;
        Ok(reading.page(items, |organization: &Organization| organization.id.to_string()))
    }

    /// Returns the organization with this id.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] or [`AdminError::Failed`].
    pub async fn read_organization(
        &self,
        _admin: &Administrator,
        id: OrganizationId,
    ) -> Result<Organization, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        unit.find_organization(id).await?.ok_or(AdminError::NotFound)
    }

    /// Changes an organization, if it has the version that the administrator read. Changing its callback origins, or whether
    /// people may name themselves its administrators, requires an administrator who has just entered the password.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::VersionMismatch`], [`AdminError::Invalid`],
    /// [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn change_organization(
        &self,
        admin: &Administrator,
        id: OrganizationId,
        edits: OrganizationEdits,
        if_version: Option<u32>,
        context: &CallContext,
    ) -> Result<Organization, AdminError> {
        self.retried(|| async {
            let edits = edits.clone();
            let mut change = self.administer(admin, context).await?;
            let before = change.unit.find_organization(id).await?.ok_or(AdminError::NotFound)?;
            must_be_of_version(if_version, before.version)?;
            let mut organization = before.clone();
            let mut reader = Reader::from(edits.misread);
            reader.edit(Field::Name, edits.name, &mut organization.name, name);
            let origins = &mut organization.callback_origins;
            reader.edit_list(Field::CallbackOrigins, edits.callback_origins, origins, callback_origin);
            if let Some(input) = edits.allows_self_named_administrators.into_input() {
                organization.allows_self_named_administrators = reader.flag(Field::SelfNamedAdministrators, input);
            }
            reader.violations.into_result()?;
            if organization == before {
                return Ok(before);
            }
            if organization.grants() != before.grants() {
                admin.must_be_fresh(self.ports.clock.now())?;
            }
            organization.version += 1;
            organization.updated_at = change.now;
            if change.unit.update_organization(&organization).await? == Update::Missed {
                return Err(StoreError::aborted("the organization was changed in the meantime").into());
            }
            change.record(AuditEvent::OrganizationChanged, None, Some(id.to_string())).await?;
            change.commit().await?;
            Ok(organization)
        })
        .await
    }

    /// Deletes an organization without members and clients.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotEmpty`], [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn delete_organization(
        &self,
        admin: &Administrator,
        id: OrganizationId,
        context: &CallContext,
    ) -> Result<(), AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            change.unit.find_organization(id).await?.ok_or(AdminError::NotFound)?;
            let is_in_use = change.unit.has_client(id).await?;
            if is_in_use || change.unit.delete_organization(id).await? == Update::Missed {
                return Err(AdminError::NotEmpty);
            }
            change.record(AuditEvent::OrganizationDeleted, None, Some(id.to_string())).await?;
            Ok(change.commit().await?)
        })
        .await
    }

    /// Returns the members of an organization, newest first.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_members(
        &self,
        admin: &Administrator,
        id: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<Account>, AdminError> {
        self.read_organization(admin, id).await?;
        let filter = AccountFilter { organization: Some(id), ..AccountFilter::default() };
        self.list_accounts(admin, filter, page).await
    }

    /// Makes the account a member of the organization with this role. It leaves the organization that it belonged to. To make it
    /// an administrator of the organization, the caller must have just entered the password.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn set_membership(
        &self,
        admin: &Administrator,
        organization: OrganizationId,
        account: AccountId,
        role: OrganizationRole,
        context: &CallContext,
    ) -> Result<Account, AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            change.unit.find_organization(organization).await?.ok_or(AdminError::NotFound)?;
            let mut member = find_administrable(&mut *change.unit, admin, account).await?;
            if (member.organization, member.organization_role) == (Some(organization), Some(role)) {
                return Ok(member);
            }
            if role == OrganizationRole::Administrator {
                admin.must_be_fresh(change.now)?;
            }
            (member.organization, member.organization_role) = (Some(organization), Some(role));
            let member = change.save(member).await?;
            let detail = format!("{organization} {}", role.name());
            change.record(AuditEvent::MembershipChanged, Some(account), Some(detail)).await?;
            change.commit().await?;
            Ok(member)
        })
        .await
    }

    /// Removes the account from the organization.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] (also if the account is not a member), [`AdminError::NotPermitted`] or
    /// [`AdminError::Failed`].
    pub async fn remove_membership(
        &self,
        admin: &Administrator,
        organization: OrganizationId,
        account: AccountId,
        context: &CallContext,
    ) -> Result<(), AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            let mut member = find_administrable(&mut *change.unit, admin, account).await?;
            if member.organization != Some(organization) {
                return Err(AdminError::NotFound);
            }
            (member.organization, member.organization_role) = (None, None);
            change.save(member).await?;
            let detail = format!("{organization} none");
            change.record(AuditEvent::MembershipChanged, Some(account), Some(detail)).await?;
            Ok(change.commit().await?)
        })
        .await
    }
}
