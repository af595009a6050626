//! The audit trail: security events, written in the commit that they are about.

use std::net::IpAddr;

use crate::id::{AccountId, AuditId};
use crate::named_enum;
use crate::timestamp::Timestamp;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id; ids sort by age.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: AuditEvent,
    /// Who did it.
    pub actor: Actor,
    /// The account that it happened to.
    pub account: Option<AccountId>,
    /// The client's address as the server saw it.
    pub client_address: Option<IpAddr>,
    /// The request that it came by.
    pub request_id: Option<String>,
    /// What it was about, in a few words for people and programs: the name of a feature, the new role, the id of an
    /// invitation. No secret, and no address in full.
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
        /// A registration became an account.
        RegistrationCompleted = "registration_completed",
        /// An account was made otherwise: by the operator, or an import.
        AccountCreated = "account_created",
        /// Somebody signed in.
        SignedIn = "signed_in",
        /// A session was ended by its owner.
        SessionEnded = "session_ended",
        /// All other sessions were ended by their owner, or all of them by an administrator.
        SessionsEnded = "sessions_ended",
        /// A token that had renewed a session came once more, from its owner or a thief: the session was ended.
        SessionRenewalReused = "session_renewal_reused",
        /// The password was given again, for something sensitive.
        Reauthenticated = "reauthenticated",
        /// The password was changed by its owner.
        PasswordChanged = "password_changed",
        /// The password was replaced by way of the mailbox.
        PasswordReset = "password_reset",
        /// A change of address was asked for.
        AddressChangeRequested = "address_change_requested",
        /// The address was changed.
        AddressChanged = "address_changed",
        /// A secondary address was confirmed.
        SecondaryAddressConfirmed = "secondary_address_confirmed",
        /// Details were changed.
        ProfileChanged = "profile_changed",
        /// Details were handed out as a file.
        DataExported = "data_exported",
        /// The account's deletion was asked for.
        DeletionRequested = "deletion_requested",
        /// The deletion was taken back.
        DeletionCancelled = "deletion_cancelled",
        /// The account was deleted.
        AccountDeleted = "account_deleted",
        /// The account was disabled.
        AccountDisabled = "account_disabled",
        /// The account was enabled again.
        AccountEnabled = "account_enabled",
        /// The role was changed.
        RoleChanged = "role_changed",
        /// What the account is in an organization was changed.
        MembershipChanged = "membership_changed",
        /// Somebody was invited.
        InvitationCreated = "invitation_created",
        /// An invitation was mailed again.
        InvitationResent = "invitation_resent",
        /// An invitation was taken back.
        InvitationRevoked = "invitation_revoked",
        /// An invitation became an account.
        InvitationAccepted = "invitation_accepted",
        /// An organization was made.
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
        /// A feature was switched.
        FeatureChanged = "feature_changed",
        /// A dead letter was put back into the outbox.
        OutboxRedriven = "outbox_redriven",
        /// A mail that was handed over came back.
        MailBounced = "mail_bounced",
        /// A mail was taken out of the outbox.
        OutboxDropped = "outbox_dropped",
    }
}
