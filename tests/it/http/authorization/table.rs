//! Who may call what: one row an operation.

/// Whom an operation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody.
    Public,
    /// Anyone who has a token that is no session's: as far as sessions go, nobody and anybody.
    OtherToken,
    /// Anyone who has a session.
    SignedIn,
    /// Anyone who has a session and a proven address, and is not about to have the account deleted.
    Verified,
    /// The same, within five minutes of giving the password.
    Fresh,
    /// Administrators.
    Admin,
    /// Super admins.
    SuperAdmin,
    /// Administrators, within five minutes of giving the password.
    FreshAdmin,
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

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) status: u16,
    /// The code of the problem document; empty where nothing is wrong.
    pub(super) code: &'static str,
}

/// The call does what it is for.
const fn done(status: u16) -> Expected {
    Expected { status, code: "" }
}

/// The call needs more than the table can say: an emailed token, a failed email. It comes as far as missing that.
const fn failed(status: u16, code: &'static str) -> Expected {
    Expected { status, code }
}

/// One operation.
pub(super) struct Row {
    pub(super) operation: &'static str,
    pub(super) access: Access,
    pub(super) others: Others,
    /// What the call answers anyone who may make it, with that body.
    pub(super) answer: Expected,
    /// A well-formed body that does no more than it must. `{new}` is an address without account, `{subject}` the
    /// address of an ordinary user, `{id}` a fresh short name.
    pub(super) body: &'static str,
}

const fn row(access: Access, operation: &'static str, answer: Expected, body: &'static str) -> Row {
    Row { operation, access, others: Others::None, answer, body }
}

const fn row_of(access: Access, others: Others, operation: &'static str, answer: Expected, body: &'static str) -> Row {
    Row { operation, access, others, answer, body }
}

use Access::{Admin, Fresh, FreshAdmin, FreshSuperAdmin, OtherToken, Public, SignedIn, SuperAdmin, Verified};
use Others::{NotFound, Superior};

const TOKEN: &str = r#"{"token":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ","password":"velvet lantern gravel orchid","new_password":"another lantern gravel orchid"}"#;
const REGISTRATION: &str = r#"{"email":"{new}","password":"velvet lantern gravel orchid"}"#;
const PROVIDER: &str = r#"{"provider":"google","client_id":"portal","redirect_uri":"http://127.0.0.1/callback"}"#;
const ANSWER: &str = r#"{"provider":"google","state":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ","code":"code","flow_token":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ"}"#;
const NAME: &str = r#"{"name":"Jane Appleseed"}"#;
const WALTID_REGISTRATION: &str = r#"{"profile":{},"preferences":{},"initialAuth":{"type":"email","identifier":{"email":"{new}"},"data":{"password":"password123456"}}}"#;
const SWITCH: &str = r#"{"value":{"enabled":true}}"#;

pub(super) const TABLE: &[Row] = &[
    // From registering to an account.
    row(Public, "register", done(202), REGISTRATION),
    row(Public, "getRegistration", failed(404, "unknown_registration"), ""),
    row(Public, "correctRegistration", failed(404, "unknown_registration"), r#"{"email":"{new}"}"#),
    row(Public, "continueRegistration", failed(404, "unknown_registration"), ""),
    row(Public, "listProviders", done(200), ""),
    row(Public, "registerWithProvider", failed(404, "unknown_provider"), PROVIDER),
    row(Public, "signInWithProvider", failed(404, "unknown_provider"), PROVIDER),
    row(Public, "finishWithProvider", failed(404, "unknown_flow"), ANSWER),
    row(Public, "sendVerificationMail", done(202), r#"{"email":"{new}"}"#),
    row(Public, "verifyEmail", failed(404, "unknown_token"), TOKEN),
    row(Public, "acceptInvitation", failed(404, "unknown_token"), TOKEN),
    row(
        Public,
        "registerUser",
        done(201),
        r#"{"name":"John Appleseed","email":"{new}","country":"ZA","password":"SDf345FCe","password_confirmation":"SDf345FCe"}"#,
    ),
    row(Public, "sendUserVerificationMail", done(202), r#"{"email":"{new}"}"#),
    // The same by rpost.
    row(
        Public,
        "rpostRegister",
        done(200),
        r#"{"Email":"{new}","Password":"Secret007","FirstName":"John","LastName":"Smith","RegistrationApp":"[App]","Language":"en-us"}"#,
    ),
    row(Public, "rpostResendActivationLink", done(200), r#"{"Email":"{new}"}"#),
    row(
        Public,
        "rpostConfirmEmail",
        failed(400, ""),
        r#"{"Email":"{new}","Code":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ","Password":"Secret007"}"#,
    ),
    row(Public, "rpostListLanguages", done(200), ""),
    row(Public, "rpostListTimeZones", done(200), ""),
    row(Public, "rpostListCountries", done(200), ""),
    row(Public, "rpostToken", failed(400, ""), ""),
    row(Verified, "rpostReadDetails", done(200), ""),
    row(Verified, "rpostChangeDetails", done(200), r#"{"FirstName":"Jane"}"#),
    row(Public, "rpostForgotPassword", done(200), r#"{"UserEmailAddress":"{new}"}"#),
    row(
        Public,
        "rpostResetPassword",
        failed(400, ""),
        r#"{"Email":"{new}","Token":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ","NewPassword":"Secret008"}"#,
    ),
    row(Admin, "rpostReadStatus", done(200), ""),
    // By waltid.
    row(Public, "waltidRegisterAccount", done(201), WALTID_REGISTRATION),
    row(SuperAdmin, "waltidCreateAccount", done(201), WALTID_REGISTRATION),
    row(Public, "waltidSignIn", done(200), r#"{"email":"{subject}","password":"velvet lantern gravel orchid"}"#),
    row(SignedIn, "waltidGetAccount", done(200), ""),
    row(Admin, "waltidListAccounts", done(200), ""),
    row(Public, "waltidCreateSuperAdmin", failed(404, ""), r#"{"token":"one-time-token-of-the-operator"}"#),
    // By the form dialect: a form cannot be sent here, so registering comes as far as missing its fields.
    row(Public, "formRegister", failed(422, ""), ""),
    row(Public, "formLogin", done(200), r#"{"email":"{subject}","password":"velvet lantern gravel orchid"}"#),
    row(Public, "formRenewTokens", failed(401, ""), r#"{"refresh_token":"nonsense"}"#),
    row(SignedIn, "formWhoami", done(200), ""),
    row(Verified, "formUpdateUser", done(200), NAME),
    row(Fresh, "formDeleteUser", done(202), ""),
    row(SignedIn, "formRecoverUser", done(200), ""),
    // Sessions.
    row(Public, "signIn", done(201), r#"{"email":"{subject}","password":"velvet lantern gravel orchid"}"#),
    row(SignedIn, "listSessions", done(200), ""),
    row(SignedIn, "endOtherSessions", done(200), ""),
    row_of(SignedIn, NotFound, "endSession", done(204), ""),
    row(SignedIn, "reauthenticate", done(200), r#"{"password":"velvet lantern gravel orchid"}"#),
    row(Verified, "gate", done(204), ""),
    // One's own account.
    row(SignedIn, "getMe", done(200), ""),
    row(Verified, "changeMe", done(200), NAME),
    row(Fresh, "deleteMe", done(202), ""),
    row(SignedIn, "recoverMe", done(200), ""),
    row(Fresh, "exportMe", done(200), ""),
    row(
        Verified,
        "changePassword",
        done(200),
        r#"{"current_password":"velvet lantern gravel orchid","new_password":"another lantern gravel orchid"}"#,
    ),
    row(Fresh, "changeEmail", done(202), r#"{"email":"{new}"}"#),
    row(Verified, "confirmEmail", failed(404, "unknown_token"), TOKEN),
    row(Verified, "listIdentities", done(200), ""),
    row(Fresh, "linkIdentity", failed(404, "unknown_provider"), PROVIDER),
    row(SignedIn, "reauthenticateWithProvider", failed(404, "unknown_provider"), PROVIDER),
    row(SignedIn, "finishIdentity", failed(404, "unknown_flow"), ANSWER),
    row(Fresh, "unlinkIdentity", failed(404, "unknown_identity"), ""),
    row(Public, "requestPasswordReset", done(202), r#"{"email":"{subject}"}"#),
    row(Public, "redeemPasswordReset", failed(404, "unknown_token"), TOKEN),
    // For those who run the service; no token is set here, and an email cannot be sent.
    row(OtherToken, "handInDeliveryReport", failed(404, "not_found"), ""),
    // Administration.
    row(Admin, "listAccounts", done(200), ""),
    row(Admin, "getAccount", done(200), ""),
    row_of(Admin, Superior, "changeAccount", done(200), NAME),
    row_of(FreshAdmin, Superior, "deleteAccount", done(204), ""),
    row_of(Admin, Superior, "disableAccount", done(200), r#"{"reason":"Sends spam"}"#),
    row_of(Admin, Superior, "enableAccount", done(200), r#"{"reason":"An error"}"#),
    row(Admin, "listAccountSessions", done(200), ""),
    row_of(Admin, Superior, "endAccountSessions", done(200), ""),
    row(FreshSuperAdmin, "setRole", done(200), r#"{"role":"admin"}"#),
    row(Admin, "listInvitations", done(200), ""),
    row(Admin, "invite", done(201), r#"{"email":"{new}"}"#),
    row(Admin, "getInvitation", done(200), ""),
    row(Admin, "resendInvitation", done(202), ""),
    row(Admin, "revokeInvitation", done(204), ""),
    row(Admin, "listRegistrations", done(200), ""),
    row(Admin, "listOrganizations", done(200), ""),
    row(Admin, "createOrganization", done(201), r#"{"code":"{id}","name":"Acme"}"#),
    row(Admin, "getOrganization", done(200), ""),
    row(Admin, "changeOrganization", done(200), NAME),
    row(Admin, "deleteOrganization", failed(409, "not_empty"), ""),
    row(Admin, "listMembers", done(200), ""),
    row_of(Admin, Superior, "setMembership", done(200), r#"{"role":"member"}"#),
    row_of(Admin, Superior, "removeMembership", done(204), ""),
    row(Admin, "listClients", done(200), ""),
    row(FreshAdmin, "createClient", done(201), r#"{"id":"{id}","name":"Portal"}"#),
    row(Admin, "getClient", done(200), ""),
    row(FreshAdmin, "changeClient", done(200), NAME),
    row(Admin, "deleteClient", done(204), ""),
    row(Admin, "listFeatures", done(200), ""),
    row(Admin, "getFeature", done(200), ""),
    row(Admin, "setFeature", done(200), SWITCH),
    row(Admin, "listOutbox", done(200), ""),
    row(Admin, "getOutboxEntry", done(200), ""),
    row(Admin, "redriveOutboxEntry", failed(409, "not_redrivable"), ""),
    row(Admin, "dropOutboxEntry", done(204), ""),
    row(Admin, "listAudit", done(200), ""),
    row(Admin, "getStats", done(200), ""),
    // The service itself.
    row(Public, "getPasswordPolicy", done(200), ""),
    row(Public, "listCountries", done(200), ""),
    row(Public, "listLanguages", done(200), ""),
    row(Public, "listTimeZones", done(200), ""),
    row(Public, "getLiveness", done(204), ""),
    row(Public, "getReadiness", done(204), ""),
];
