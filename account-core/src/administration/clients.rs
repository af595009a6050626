//! Listing and changing registered clients.

use super::fields::{callback_origin, id as parse_id, name, network, redirect_uri, short_code};
use super::{AdminError, must_be_of_version, note_unknown};
use crate::audit::AuditEvent;
use crate::authorization::Administrator;
use crate::field_limits::CLIENT_ID;
use crate::input::{Edit, Input, Reader};
use crate::organization::{ClientId, RegisteredClient};
use crate::paging::{Page, PageRequest};
use crate::ports::StoreError;
use crate::ports::store::{Insert, Update};
use crate::service::{AccountService, CallContext, Change};
use crate::violation::{Field, Rule, Violations};

/// A new client, as received.
#[derive(Debug, Clone, Default)]
pub struct ClientDraft {
    /// Its id.
    pub id: Input,
    /// Its name.
    pub name: Input,
    /// Id of the organization that it belongs to.
    pub organization: Input,
    /// Origins that callback URLs may have when it registers somebody.
    pub callback_origins: Input<Vec<String>>,
    /// Where a person may be sent with the outcome of a sign-in.
    pub redirect_uris: Input<Vec<String>>,
    /// Networks that it calls from, in CIDR notation or as single addresses. Limits per client do not apply to them.
    pub networks: Input<Vec<String>>,
    /// What the caller could not make sense of.
    pub misread: Violations,
}

/// A change of a client, as received. Its id cannot be changed.
#[derive(Debug, Clone, Default)]
pub struct ClientEdits {
    /// Its name.
    pub name: Edit,
    /// Id of the organization that it belongs to.
    pub organization: Edit,
    /// Origins that callback URLs may have when it registers somebody.
    pub callback_origins: Edit<Vec<String>>,
    /// Where a person may be sent with the outcome of a sign-in.
    pub redirect_uris: Edit<Vec<String>>,
    /// Networks that it calls from, in CIDR notation or as single addresses. Limits per client do not apply to them.
    pub networks: Edit<Vec<String>>,
    /// What the caller could not make sense of.
    pub misread: Violations,
}

impl AccountService {
    /// Registers a client.
    ///
    /// # Errors
    /// [`AdminError::Invalid`], [`AdminError::ClientTaken`], [`AdminError::NotPermitted`] or
    /// [`AdminError::Failed`].
    pub async fn create_client(
        &self,
        admin: &Administrator,
        draft: ClientDraft,
        context: &CallContext,
    ) -> Result<RegisteredClient, AdminError> {
        // Its networks are exempt from limits.
        admin.must_be_fresh(self.ports.clock.now())?;
        self.retried(|| async {
            let draft = draft.clone();
            let mut change = self.administer(admin, context).await?;
            let mut reader = Reader { required: &[Field::Name], ..Reader::from(draft.misread) };
            let id = reader.required(Field::ClientId, draft.id, client_id);
            let name = reader.text(Field::Name, draft.name, name);
            let organization = reader.text(Field::Organization, draft.organization, parse_id);
            let callback_origins = reader.list(Field::CallbackOrigins, draft.callback_origins, callback_origin);
            let redirect_uris = reader.list(Field::RedirectUris, draft.redirect_uris, redirect_uri);
            let networks = reader.list(Field::Networks, draft.networks, network);
            note_unknown(&mut *change.unit, organization, &mut reader.violations).await?;
            let (id, name) = reader.violations.into_value(id.zip(name))?;
            let client = RegisteredClient {
                id,
                organization,
                name,
                callback_origins,
                redirect_uris,
                networks,
                version: 1,
                created_at: change.now,
                updated_at: change.now,
            };
            if change.unit.insert_client(&client).await? != Insert::Done {
                return Err(AdminError::ClientTaken);
            }
            change.record(AuditEvent::ClientCreated, None, Some(client.id.to_string())).await?;
            self.commit_clients(change).await?;
            Ok(client)
        })
        .await
    }

    /// Returns clients in the order of their ids.
    ///
    /// # Errors
    /// [`AdminError::Cursor`] or [`AdminError::Failed`].
    pub async fn list_clients(
        &self,
        _admin: &Administrator,
        page: PageRequest,
    ) -> Result<Page<RegisteredClient>, AdminError> {
        let mut reading = self.begin_page("clients", &page).await?;
        let items = reading.unit.list_clients(reading.from.as_ref(), reading.limit()).await?;
        Ok(reading.page(items, |client: &RegisteredClient| client.id.to_string()))
    }

    /// Returns the client with this id.
    ///
    /// # Errors
    /// [`AdminError::NotFound`] or [`AdminError::Failed`].
    pub async fn read_client(&self, _admin: &Administrator, id: &ClientId) -> Result<RegisteredClient, AdminError> {
        let mut unit = self.ports.store.begin_read_only().await?;
        unit.find_client(id).await?.ok_or(AdminError::NotFound)
    }

    /// Changes a client, if it has the version that the administrator read.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::VersionMismatch`], [`AdminError::Invalid`],
    /// [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn change_client(
        &self,
        admin: &Administrator,
        id: &ClientId,
        edits: ClientEdits,
        if_version: Option<u32>,
        context: &CallContext,
    ) -> Result<RegisteredClient, AdminError> {
        // Its networks are exempt from limits.
        admin.must_be_fresh(self.ports.clock.now())?;
        self.retried(|| async {
            let edits = edits.clone();
            let mut change = self.administer(admin, context).await?;
            let before = change.unit.find_client(id).await?.ok_or(AdminError::NotFound)?;
            must_be_of_version(if_version, before.version)?;
            let mut client = before.clone();
            let mut reader = Reader::from(edits.misread);
            reader.edit(Field::Name, edits.name, &mut client.name, name);
            if let Some(input) = edits.organization.into_input() {
                client.organization = reader.text(Field::Organization, input, parse_id);
            }
            let origins = &mut client.callback_origins;
            reader.edit_list(Field::CallbackOrigins, edits.callback_origins, origins, callback_origin);
            reader.edit_list(Field::RedirectUris, edits.redirect_uris, &mut client.redirect_uris, redirect_uri);
            reader.edit_list(Field::Networks, edits.networks, &mut client.networks, network);
            let named = client.organization.filter(|_| client.organization != before.organization);
            note_unknown(&mut *change.unit, named, &mut reader.violations).await?;
            reader.violations.into_result()?;
            if client == before {
                return Ok(before);
            }
            client.version += 1;
            client.updated_at = change.now;
            if change.unit.update_client(&client).await? == Update::Missed {
                return Err(StoreError::aborted("the client was changed in the meantime").into());
            }
            change.record(AuditEvent::ClientChanged, None, Some(id.to_string())).await?;
            self.commit_clients(change).await?;
            Ok(client)
        })
        .await
    }

    /// Deletes a client.
    ///
    /// # Errors
    /// [`AdminError::NotFound`], [`AdminError::NotPermitted`] or [`AdminError::Failed`].
    pub async fn delete_client(
        &self,
        admin: &Administrator,
        id: &ClientId,
        context: &CallContext,
    ) -> Result<(), AdminError> {
        self.retried(|| async {
            let mut change = self.administer(admin, context).await?;
            if change.unit.delete_client(id).await? == Update::Missed {
                return Err(AdminError::NotFound);
            }
            change.record(AuditEvent::ClientDeleted, None, Some(id.to_string())).await?;
            self.commit_clients(change).await
        })
        .await
    }

    /// Commits, and discards the cached exempt networks of this process.
    async fn commit_clients(&self, change: Change<'_>) -> Result<(), AdminError> {
        let committed = change.commit().await;
        // Also if the commit failed: it may have succeeded all the same.
        self.feature_cache.forget();
        Ok(committed?)
    }
}

fn client_id(text: &str) -> Result<ClientId, Rule> {
    short_code(text, CLIENT_ID.core)?;
    ClientId::parse(text).ok_or(Rule::Malformed)
}
