//! Who may call what: one row an operation.

/// Whom an operation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody.
    Public,
    /// Whoever has a session.
    SignedIn,
    /// Whoever has a session and a proven address, and is not about to have the account deleted.
    Verified,
    /// The same, within five minutes of giving the password.
    Fresh,
    /// Administrators.
    Admin,
    /// Super admins, within five minutes of giving the password.
    FreshSuperAdmin,
}

/// What is the case when the object of a call is somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// There is no such object, or it is nobody's.
    None,
    /// It is as if it were not there.
    NotFound,
    /// An administrator's account is for super admins only.
    Superior,
}

/// One operation.
pub(super) struct Row {
    pub(super) operation: &'static str,
    pub(super) access: Access,
    pub(super) others: Others,
    /// A well-formed body that does no more than it must. `{new}` is an address without account, `{subject}` the
    /// address of an ordinary user, `{id}` a fresh short name.
    pub(super) body: &'static str,
}

const fn row(access: Access, operation: &'static str, body: &'static str) -> Row {
    Row { operation, access, others: Others::None, body }
}

const fn row_of(access: Access, others: Others, operation: &'static str, body: &'static str) -> Row {
    Row { operation, access, others, body }
}

use Access::{Admin, Fresh, FreshSuperAdmin, Public, SignedIn, Verified};
use Others::{NotFound, Superior};

const TOKEN: &str = r#"{"token":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ","password":"correct horse battery staple","new_password":"incorrect horse battery staple"}"#;
const REGISTRATION: &str = r#"{"email":"{new}","password":"correct horse battery staple"}"#;
const NAME: &str = r#"{"name":"Jane Appleseed"}"#;
const SWITCH: &str = r#"{"value":{"enabled":true}}"#;

pub(super) const TABLE: &[Row] = &[
    // From registering to an account.
    row(Public, "register", REGISTRATION),
    row(Public, "getRegistration", ""),
    row(Public, "sendVerificationMail", r#"{"email":"{new}"}"#),
    row(Public, "verifyEmail", TOKEN),
    row(Public, "acceptInvitation", TOKEN),
    row(
        Public,
        "registerUser",
        r#"{"name":"John Appleseed","email":"{new}","country":"ZA","password":"SDf345FCe","password_confirmation":"SDf345FCe"}"#,
    ),
    // Sessions.
    row(Public, "signIn", r#"{"email":"{subject}","password":"correct horse battery staple"}"#),
    row(SignedIn, "listSessions", ""),
    row(SignedIn, "endOtherSessions", ""),
    row_of(SignedIn, NotFound, "endSession", ""),
    row(SignedIn, "reauthenticate", r#"{"password":"correct horse battery staple"}"#),
    row(Verified, "gate", ""),
    // One's own account.
    row(SignedIn, "getMe", ""),
    row(Verified, "changeMe", NAME),
    row(Fresh, "deleteMe", ""),
    row(SignedIn, "recoverMe", ""),
    row(Fresh, "exportMe", ""),
    row(
        Verified,
        "changePassword",
        r#"{"current_password":"correct horse battery staple","new_password":"incorrect horse battery staple"}"#,
    ),
    row(Fresh, "changeEmail", r#"{"email":"{new}"}"#),
    row(Verified, "confirmEmail", TOKEN),
    row(Public, "requestPasswordReset", r#"{"email":"{subject}"}"#),
    row(Public, "redeemPasswordReset", TOKEN),
    // Administration.
    row(Admin, "listAccounts", ""),
    row(Admin, "getAccount", ""),
    row_of(Admin, Superior, "changeAccount", NAME),
    row_of(Admin, Superior, "deleteAccount", ""),
    row_of(Admin, Superior, "disableAccount", ""),
    row_of(Admin, Superior, "enableAccount", ""),
    row_of(Admin, Superior, "endAccountSessions", ""),
    row(FreshSuperAdmin, "setRole", r#"{"role":"admin"}"#),
    row(Admin, "listInvitations", ""),
    row(Admin, "invite", r#"{"email":"{new}"}"#),
    row(Admin, "getInvitation", ""),
    row(Admin, "resendInvitation", ""),
    row(Admin, "revokeInvitation", ""),
    row(Admin, "listRegistrations", ""),
    row(Admin, "listOrganizations", ""),
    row(Admin, "createOrganization", r#"{"code":"{id}","name":"Acme"}"#),
    row(Admin, "getOrganization", ""),
    row(Admin, "changeOrganization", NAME),
    row(Admin, "deleteOrganization", ""),
    row(Admin, "listMembers", ""),
    row_of(Admin, Superior, "setMembership", r#"{"role":"member"}"#),
    row_of(Admin, Superior, "removeMembership", ""),
    row(Admin, "listClients", ""),
    row(Admin, "createClient", r#"{"id":"{id}","name":"Portal"}"#),
    row(Admin, "getClient", ""),
    row(Admin, "changeClient", NAME),
    row(Admin, "deleteClient", ""),
    row(Admin, "listFeatures", ""),
    row(Admin, "getFeature", ""),
    row(Admin, "setFeature", SWITCH),
    row(Admin, "listOutbox", ""),
    row(Admin, "getOutboxEntry", ""),
    row(Admin, "redriveOutboxEntry", ""),
    row(Admin, "dropOutboxEntry", ""),
    row(Admin, "listAudit", ""),
    row(Admin, "getStats", ""),
    // The service itself.
    row(Public, "getPasswordPolicy", ""),
    row(Public, "listCountries", ""),
    row(Public, "listLanguages", ""),
    row(Public, "listTimeZones", ""),
    row(Public, "getLiveness", ""),
    row(Public, "getReadiness", ""),
];
