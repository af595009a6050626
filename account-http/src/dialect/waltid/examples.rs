//! Examples of bodies.

use crate::openapi::Example;

/// The registration of the published documentation.
const REGISTRATION: &str = r#"{"profile":{"name":"Max Mustermann","email":"max.mustermann@example.org","addressCountry":"AT","address":"Liechtensteinstraße 111/115, 1090 Vienna"},"preferences":{"timeZone":"UTC","languagePreference":"EN"},"initialAuth":{"type":"email","identifier":{"type":"email","email":"max.mustermann@example.org"},"data":{"type":"email","password":"password123456"}}}"#;
/// Its answer there.
const ACCOUNT: &str = r#"{"_id":"5e4eb66b-36c3-46bc-bc03-9a5eefc582f0","type":"USER","profile":{"name":"Max Mustermann","email":"max.mustermann@example.org","addressCountry":"AT","address":"Liechtensteinstraße 111/115, 1090 Vienna"},"accountPreferences":{"timeZone":"UTC","languagePreference":"EN"},"flags":[],"roles":{}}"#;
/// The list with that account alone.
const ACCOUNTS: &str = r#"[{"_id":"5e4eb66b-36c3-46bc-bc03-9a5eefc582f0","type":"USER","profile":{"name":"Max Mustermann","email":"max.mustermann@example.org","addressCountry":"AT","address":"Liechtensteinstraße 111/115, 1090 Vienna"},"accountPreferences":{"timeZone":"UTC","languagePreference":"EN"},"flags":[],"roles":{}}]"#;
const SUPER_ADMIN: &str = r#"{"_id":"5e4eb66b-36c3-46bc-bc03-9a5eefc582f1","type":"USER","profile":{"email":"root@example.org"},"accountPreferences":{},"flags":[],"roles":{"service":["super_admin"]}}"#;
const MISSING: &str = r#"{"exception":true,"id":"BadRequestException","status":"Bad Request","code":"400","message":"Request body is missing required field(s): profile, preferences","details":{"missingFields":["profile","preferences"],"expectedType":"AccountRegistrationRequest"}}"#;
const NO_CREDENTIALS: &str = r#"{"exception":true,"id":"UnauthorizedException","status":"Unauthorized","code":"401","message":"Unauthorized (NoCredentials)"}"#;
const INVALID_CREDENTIALS: &str = r#"{"exception":true,"id":"UnauthorizedException","status":"Unauthorized","code":"401","message":"Unauthorized (InvalidCredentials)"}"#;
const FORBIDDEN: &str =
    r#"{"exception":true,"id":"ForbiddenException","status":"Forbidden","code":"403","message":"Forbidden"}"#;
const CONFLICT: &str = r#"{"exception":true,"id":"ConflictException","status":"Conflict","code":"409","message":"An account with this email already exists"}"#;

const fn example(operation: &'static str, place: &'static str, body: &'static str) -> Example {
    Example { operation, place, body }
}

/// The examples of the published documentation, and of its errors.
pub(super) const EXAMPLES: &[Example] = &[
    example("waltidRegisterAccount", "request", REGISTRATION),
    example("waltidRegisterAccount", "201", ACCOUNT),
    example("waltidRegisterAccount", "400", MISSING),
    example(
        "waltidRegisterAccount",
        "404",
        r#"{"exception":true,"id":"NotFoundException","status":"Not Found","code":"404","message":"The feature account-registration is not enabled"}"#,
    ),
    example("waltidRegisterAccount", "409", CONFLICT),
    example("waltidCreateAccount", "request", REGISTRATION),
    example("waltidCreateAccount", "201", ACCOUNT),
    example("waltidCreateAccount", "400", MISSING),
    example("waltidCreateAccount", "401", NO_CREDENTIALS),
    example("waltidCreateAccount", "403", FORBIDDEN),
    example("waltidCreateAccount", "409", CONFLICT),
    example("waltidSignIn", "request", r#"{"email":"max.mustermann@example.org","password":"password123456"}"#),
    example(
        "waltidSignIn",
        "200",
        r#"{"session_id":"39ed1ecd-aa61-4401-bf35-ca0a14a39c8e","status":"OK","token":"EjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0VniQEjQ"}"#,
    ),
    example("waltidSignIn", "401", INVALID_CREDENTIALS),
    example("waltidGetAccount", "200", ACCOUNT),
    example("waltidGetAccount", "401", NO_CREDENTIALS),
    example("waltidListAccounts", "200", ACCOUNTS),
    example("waltidListAccounts", "401", NO_CREDENTIALS),
    example("waltidListAccounts", "403", FORBIDDEN),
    example("waltidCreateSuperAdmin", "request", r#"{"token":"one-time-token-of-the-operator"}"#),
    example("waltidCreateSuperAdmin", "201", SUPER_ADMIN),
    example("waltidCreateSuperAdmin", "401", INVALID_CREDENTIALS),
    example(
        "waltidCreateSuperAdmin",
        "404",
        r#"{"exception":true,"id":"NotFoundException","status":"Not Found","code":"404","message":"Not found"}"#,
    ),
];
