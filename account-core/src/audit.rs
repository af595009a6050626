//! The audit trail: security events, written in the same commit as the change that they describe.

use std::net::IpAddr;

use crate::id::{AccountId, AuditId};
use crate::named_enum;
use crate::timestamp::Timestamp;

/// One entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id; ids sort by age.
    pub id: AuditId,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// Who did it.
    pub actor: Actor,
    /// The account that it happened to.
    pub account: Option<AccountId>,
    /// The client's address as the server saw it.
    pub client_address: Option<IpAddr>,
    /// Id of the request that caused it.
    pub request_id: Option<String>,
    /// Details for people and programs: the name of a feature, the new role, the id of an invitation, the reason that an
    /// administrator gave. The service adds no secret, and no complete address.
    pub detail: Option<String>,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person, by their account.
    Account(AccountId),
    /// The operator, by a command on its machine.
    Operator,
    /// The service itself.
    Service,
}

named_enum! {
    /// What happened.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    pub enum AuditEvent {
        /// The address of a pending registration was corrected.
        RegistrationCorrected = "registration_corrected",
        /// A registration became an account.
        RegistrationCompleted = "registration_completed",
        /// An account was created by the operator or an import.
        AccountCreated = "account_created",
        /// Somebody signed in. The detail is the provider, if it was with one.
        SignedIn = "signed_in",
        /// A session was ended by its owner.
        SessionEnded = "session_ended",
        /// All other sessions were ended by their owner, or all of them by an administrator.
        SessionsEnded = "sessions_ended",
        /// A renewal token was used a second time, by its owner or a thief: the session was ended.
        SessionRenewalReused = "session_renewal_reused",
        /// A renewal token was sent again within seconds after its use, as two tabs do: it was refused, and the session
        /// goes on.
        SessionRenewalRepeated = "session_renewal_repeated",
        /// The password was confirmed again, for something sensitive.
        Reauthenticated = "reauthenticated",
        /// The password was changed by its owner.
        PasswordChanged = "password_changed",
        /// The password was reset with an emailed link.
        PasswordReset = "password_reset",
        /// A change of address was requested.
        AddressChangeRequested = "address_change_requested",
        /// The address was changed.
        AddressChanged = "address_changed",
        /// A secondary address was confirmed.
        SecondaryAddressConfirmed = "secondary_address_confirmed",
        /// An identity of a provider was linked. The detail is the provider.
        IdentityLinked = "identity_linked",
        /// An identity of a provider was unlinked. The detail is the provider.
        IdentityUnlinked = "identity_unlinked",
        /// Details were changed.
        ProfileChanged = "profile_changed",
        /// The account's data was exported.
        DataExported = "data_exported",
        /// The deletion of the account was requested.
        DeletionRequested = "deletion_requested",
        /// The deletion was canceled.
        DeletionCancelled = "deletion_cancelled",
        /// The account was deleted.
        AccountDeleted = "account_deleted",
        /// The account was disabled.
        AccountDisabled = "account_disabled",
        /// The account was enabled again.
        AccountEnabled = "account_enabled",
        /// The role was changed.
        RoleChanged = "role_changed",
        /// The account's membership in an organization was changed.
        MembershipChanged = "membership_changed",
        /// Somebody was invited.
        InvitationCreated = "invitation_created",
        /// An invitation was emailed again.
        InvitationResent = "invitation_resent",
        /// An invitation was revoked.
        InvitationRevoked = "invitation_revoked",
        /// An invitation became an account.
        InvitationAccepted = "invitation_accepted",
        /// An organization was created.
        OrganizationCreated = "organization_created",
        /// An organization was changed.
        OrganizationChanged = "organization_changed",
        /// An organization was deleted.
        OrganizationDeleted = "organization_deleted",
        /// A client was registered.
        ClientCreated = "client_created",
        /// A client was changed.
        ClientChanged = "client_changed",
        /// A client was deleted.
        ClientDeleted = "client_deleted",
        /// A feature flag was changed.
        FeatureChanged = "feature_changed",
        /// A dead outbox entry was put back.
        OutboxRedriven = "outbox_redriven",
        /// An email that was sent bounced.
        MailBounced = "mail_bounced",
        /// An outbox entry was dropped.
        OutboxDropped = "outbox_dropped",
    }
}
