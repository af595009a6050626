//! The dialect's own options: the super admin that a token creates.

use account_core::email_address::EmailAddress;
use account_core::operator::super_admin::{MIN_TOKEN, SuperAdminOffer};
use account_core::password::Password;
use account_core::password::policy::PasswordPolicy;

use crate::settings::dialect::{DialectOption, DialectSettings, OptionKind};

const TOKEN: &str = "superadmin.token";
const EMAIL: &str = "superadmin.email";
const PASSWORD: &str = "superadmin.password";

/// The policy for the super admin's password, whatever policy registrations have.
pub(super) const POLICY: PasswordPolicy = PasswordPolicy::DEFAULT;

/// The dialect's own options.
pub(super) const OPTIONS: &[DialectOption] = &[
    DialectOption {
        name: TOKEN,
        kind: OptionKind::Secret { is_allowed: is_token },
        allowed: "a random text of at least 22 characters, or empty",
        about: "The token with which `POST /v1/superadmin/create-by-token` creates a super admin, once. Set `email` and `password` \
                too.",
        risk: None,
    },
    DialectOption {
        name: EMAIL,
        kind: OptionKind::Text { is_allowed: is_address },
        allowed: "an email address, or empty",
        about: "The address of that super admin, which counts as verified.",
        risk: None,
    },
    DialectOption {
        name: PASSWORD,
        kind: OptionKind::Secret { is_allowed: is_password },
        allowed: "a password that the policy `default` accepts, or empty",
        about: "The password of that super admin.",
        risk: None,
    },
];

fn is_token(text: &str) -> bool {
    text.len() >= MIN_TOKEN && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_address(text: &str) -> bool {
    EmailAddress::parse(text).is_ok()
}

fn is_password(text: &str) -> bool {
    Password::new(text).is_ok_and(|password| POLICY.violations(&password, &[]).is_empty())
}

/// Returns what the token creates, if all of it is configured.
pub(super) fn offer(settings: &DialectSettings) -> Option<SuperAdminOffer> {
    Some(SuperAdminOffer {
        token: settings.secret(TOKEN)?.to_owned().into(),
        email: settings.text(EMAIL)?.to_owned(),
        password: settings.secret(PASSWORD)?.to_owned().into(),
    })
}
