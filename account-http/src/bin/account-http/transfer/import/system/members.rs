//! The members of other systems, and what they mean here. Each list comes from the system's own documentation or source,
//! which is named beside it.

use super::super::table::KnownColumns;
use crate::command_line::OtherSystem;

/// What a member of another system says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// The same as our member.
    Is(&'static str),
    /// The moment of our member.
    Moment(&'static str),
    /// When the address was verified.
    VerifiedAt,
    /// Whether the account works.
    Enabled,
    /// Whether it is disabled, or since when.
    Disabled,
    /// Until when it is disabled.
    DisabledUntil,
    /// Nothing that is imported.
    Nothing,
}
use Meaning::{Disabled, DisabledUntil, Enabled, Is, Moment, Nothing, VerifiedAt};

/// The members of a system, in lower case.
pub(super) type Members = &'static [(&'static str, Meaning)];

/// ASP.NET Core Identity: `IdentityUser` (Microsoft.Extensions.Identity.Stores).
const ASPNET: Members = &[
    ("id", Nothing),
    ("username", Is("username")),
    ("normalizedusername", Nothing),
    ("email", Is("email")),
    ("normalizedemail", Nothing),
    ("emailconfirmed", Is("verified")),
    ("passwordhash", Is("password_hash")),
    ("securitystamp", Nothing),
    ("concurrencystamp", Nothing),
    ("phonenumber", Is("phone")),
    ("phonenumberconfirmed", Nothing),
    ("twofactorenabled", Nothing),
    ("lockoutend", DisabledUntil),
    ("lockoutenabled", Nothing),
    ("accessfailedcount", Nothing),
];

/// Auth0: the export with password hashes that its support provides (auth0.com/docs, "Export data"), and the members of
/// its bulk exports of profiles.
const AUTH0: Members = &[
    ("_id", Nothing),
    ("email", Is("email")),
    ("email_verified", Is("verified")),
    ("passwordhash", Is("password_hash")),
    ("password_hash", Is("password_hash")),
    ("password_set_date", Nothing),
    ("tenant", Nothing),
    ("connection", Nothing),
    ("_tmp_is_unique", Nothing),
    ("version", Nothing),
    ("user_id", Nothing),
    ("identities", Nothing),
    ("username", Is("username")),
    ("name", Is("name")),
    ("given_name", Is("given_name")),
    ("family_name", Is("family_name")),
    ("nickname", Nothing),
    ("picture", Nothing),
    ("phone_number", Is("phone")),
    ("created_at", Moment("created_at")),
    ("updated_at", Nothing),
    ("blocked", Disabled),
];

/// Devise (heartcombo/devise, `lib/generators/active_record/templates/migration.rb`).
const DEVISE: Members = &[
    ("id", Nothing),
    ("email", Is("email")),
    ("encrypted_password", Is("password_hash")),
    ("reset_password_token", Nothing),
    ("reset_password_sent_at", Nothing),
    ("remember_created_at", Nothing),
    ("sign_in_count", Nothing),
    ("current_sign_in_at", Nothing),
    ("last_sign_in_at", Nothing),
    ("current_sign_in_ip", Nothing),
    ("last_sign_in_ip", Nothing),
    ("confirmation_token", Nothing),
    ("confirmed_at", VerifiedAt),
    ("confirmation_sent_at", Nothing),
    ("unconfirmed_email", Nothing),
    ("failed_attempts", Nothing),
    ("unlock_token", Nothing),
    ("locked_at", Nothing),
    ("first_name", Is("given_name")),
    ("last_name", Is("family_name")),
    ("created_at", Moment("created_at")),
    ("updated_at", Nothing),
    ("deleted_at", Disabled),
];

/// Django: `AbstractUser` (django/contrib/auth/models.py).
const DJANGO: Members = &[
    ("id", Nothing),
    ("pk", Nothing),
    ("model", Nothing),
    ("password", Is("password_hash")),
    ("last_login", Nothing),
    ("is_superuser", Nothing),
    ("is_staff", Nothing),
    ("is_active", Enabled),
    ("username", Is("username")),
    ("first_name", Is("given_name")),
    ("last_name", Is("family_name")),
    ("email", Is("email")),
    ("date_joined", Moment("created_at")),
    ("groups", Nothing),
    ("user_permissions", Nothing),
];

/// Firebase: the members of `firebase auth:export` (firebase/firebase-tools, src/accountExporter.ts).
const FIREBASE: Members = &[
    ("localid", Nothing),
    ("email", Is("email")),
    ("emailverified", Is("verified")),
    ("passwordhash", Nothing),
    ("salt", Nothing),
    ("displayname", Is("name")),
    ("photourl", Nothing),
    ("lastsignedinat", Nothing),
    ("createdat", Moment("created_at")),
    ("phonenumber", Is("phone")),
    ("disabled", Disabled),
    ("customattributes", Nothing),
    ("provideruserinfo", Nothing),
    ("provider", Nothing),
];

/// Firebase: the columns of its tables, which have no header line (same file; firebase.google.com/docs/cli/auth).
pub(super) const FIREBASE_COLUMNS: KnownColumns = KnownColumns {
    names: &[
        "localId",
        "email",
        "emailVerified",
        "passwordHash",
        "salt",
        "displayName",
        "photoUrl",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "provider",
        "createdAt",
        "lastSignedInAt",
        "phoneNumber",
        "disabled",
        "customAttributes",
    ],
    least: 23,
};

/// Keycloak: `UserRepresentation` (org.keycloak.representations.idm).
const KEYCLOAK: Members = &[
    ("id", Nothing),
    ("username", Is("username")),
    ("email", Is("email")),
    ("emailverified", Is("verified")),
    ("firstname", Is("given_name")),
    ("lastname", Is("family_name")),
    ("enabled", Enabled),
    ("createdtimestamp", Moment("created_at")),
    ("credentials", Nothing),
    ("attributes", Nothing),
    ("totp", Nothing),
    ("disableablecredentialtypes", Nothing),
    ("requiredactions", Nothing),
    ("realmroles", Nothing),
    ("clientroles", Nothing),
    ("clientconsents", Nothing),
    ("federatedidentities", Nothing),
    ("federationlink", Nothing),
    ("serviceaccountclientid", Nothing),
    ("groups", Nothing),
    ("notbefore", Nothing),
    ("access", Nothing),
    ("origin", Nothing),
    ("self", Nothing),
    ("sociallinks", Nothing),
    ("applicationroles", Nothing),
];

/// Laravel (laravel/laravel, database/migrations; Fortify and Jetstream add columns).
const LARAVEL: Members = &[
    ("id", Nothing),
    ("name", Is("name")),
    ("email", Is("email")),
    ("email_verified_at", VerifiedAt),
    ("password", Is("password_hash")),
    ("remember_token", Nothing),
    ("two_factor_secret", Nothing),
    ("two_factor_recovery_codes", Nothing),
    ("two_factor_confirmed_at", Nothing),
    ("current_team_id", Nothing),
    ("profile_photo_path", Nothing),
    ("created_at", Moment("created_at")),
    ("updated_at", Nothing),
    ("deleted_at", Disabled),
];

/// Supabase: the table `auth.users` (supabase/auth, migrations and internal/models/user.go).
const SUPABASE: Members = &[
    ("instance_id", Nothing),
    ("id", Nothing),
    ("aud", Nothing),
    ("role", Nothing),
    ("email", Is("email")),
    ("encrypted_password", Is("password_hash")),
    ("email_confirmed_at", VerifiedAt),
    ("confirmed_at", Nothing),
    ("invited_at", Nothing),
    ("confirmation_token", Nothing),
    ("confirmation_sent_at", Nothing),
    ("recovery_token", Nothing),
    ("recovery_sent_at", Nothing),
    ("email_change_token_new", Nothing),
    ("email_change_token_current", Nothing),
    ("email_change", Nothing),
    ("email_change_sent_at", Nothing),
    ("email_change_confirm_status", Nothing),
    ("last_sign_in_at", Nothing),
    ("raw_app_meta_data", Nothing),
    ("raw_user_meta_data", Nothing),
    ("is_super_admin", Nothing),
    ("created_at", Moment("created_at")),
    ("updated_at", Nothing),
    ("phone", Is("phone")),
    ("phone_confirmed_at", Nothing),
    ("phone_change", Nothing),
    ("phone_change_token", Nothing),
    ("phone_change_sent_at", Nothing),
    ("banned_until", DisabledUntil),
    ("reauthentication_token", Nothing),
    ("reauthentication_sent_at", Nothing),
    ("is_sso_user", Nothing),
    ("deleted_at", Disabled),
    ("is_anonymous", Nothing),
];

/// WordPress: the table `wp_users` (wp-admin/includes/schema.php), and the fields of `wp user list`.
const WORDPRESS: Members = &[
    ("id", Nothing),
    ("user_login", Is("username")),
    ("user_pass", Is("password_hash")),
    ("user_nicename", Nothing),
    ("user_email", Is("email")),
    ("user_url", Nothing),
    ("user_registered", Moment("created_at")),
    ("user_activation_key", Nothing),
    ("user_status", Nothing),
    ("display_name", Is("name")),
    ("first_name", Is("given_name")),
    ("last_name", Is("family_name")),
    ("nickname", Nothing),
    ("roles", Nothing),
    ("spam", Disabled),
    ("deleted", Disabled),
];

/// Returns the members of a system.
pub(super) const fn members(system: OtherSystem) -> Members {
    match system {
        OtherSystem::Aspnet => ASPNET,
        OtherSystem::Auth0 => AUTH0,
        OtherSystem::Devise => DEVISE,
        OtherSystem::Django => DJANGO,
        OtherSystem::Firebase => FIREBASE,
        OtherSystem::Keycloak => KEYCLOAK,
        OtherSystem::Laravel => LARAVEL,
        OtherSystem::Supabase => SUPABASE,
        OtherSystem::Wordpress => WORDPRESS,
    }
}
