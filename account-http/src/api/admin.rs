//! `/account/v1/admin`: for administrators. Each call begins with the caller, so that nobody else learns anything.

mod accounts;
mod answer;
mod audit;
mod clients;
mod features;
mod invitations;
mod organizations;
mod outbox;
mod registrations;
mod stats;

use std::sync::Arc;

use account_core::AccountService;

use accounts::AccountsApi;
use audit::AuditApi;
use clients::ClientsApi;
use features::FeaturesApi;
use invitations::InvitationsApi;
use organizations::{MembersApi, OrganizationsApi};
use outbox::OutboxApi;
use registrations::RegistrationsApi;
use stats::StatsApi;

use crate::metrics::Metrics;

/// Everything that administrators do.
pub(super) type AdminApis = (
    AccountsApi,
    InvitationsApi,
    RegistrationsApi,
    OrganizationsApi,
    MembersApi,
    ClientsApi,
    FeaturesApi,
    OutboxApi,
    AuditApi,
    StatsApi,
);

/// Everything that administrators do, over a service whose process counts with these metrics.
pub(super) fn admin_apis(service: &AccountService, metrics: &Arc<Metrics>) -> AdminApis {
    (
        AccountsApi { service: service.clone() },
        InvitationsApi { service: service.clone() },
        RegistrationsApi { service: service.clone() },
        OrganizationsApi { service: service.clone() },
        MembersApi { service: service.clone() },
        ClientsApi { service: service.clone() },
        FeaturesApi { service: service.clone() },
        OutboxApi { service: service.clone() },
        AuditApi { service: service.clone() },
        StatsApi { service: service.clone(), metrics: Arc::clone(metrics), since: service.now() },
    )
}
