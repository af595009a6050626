//! What the pages work with.

use account_core::one_time_token::master_key::MasterKey;
use account_core::password::policy::PasswordPolicy;
use account_core::{AccountService, RegistrationRules};

use super::csrf::FormGuard;
use crate::cookie::CookieStyle;
use crate::own_origin::OwnOrigin;
use crate::public_url::PublicUrl;
use crate::sending_limit::SendingLimit;
use crate::settings::HttpSettings;

/// How many challenges one client network is sent in a minute, as many as it can send forms.
const CHALLENGES_PER_MINUTE: u32 = 600;

/// What the pages work with.
pub(crate) struct Pages {
    pub(super) service: AccountService,
    pub(super) rules: RegistrationRules,
    pub(super) operator_name: String,
    pub(super) onboarding_url: Option<String>,
    /// Where people reach the pages.
    pub(super) public_url: PublicUrl,
    pub(super) cookies: CookieStyle,
    pub(super) origin: OwnOrigin,
    pub(super) guard: FormGuard,
    /// How often clients are told which challenge a form is asked for.
    pub(super) challenge_limit: SendingLimit,
}

impl Pages {
    /// Pages over a service. The key of their forms comes from the master key, so that all instances share it.
    pub(crate) fn new(service: &AccountService, master_key: &MasterKey, settings: &HttpSettings) -> Self {
        Self {
            service: service.clone(),
            rules: RegistrationRules { password_policy: settings.password_policy, ..RegistrationRules::native("page") },
            operator_name: settings.operator_name.clone(),
            onboarding_url: settings.onboarding_url.clone(),
            public_url: settings.public_url.clone(),
            cookies: settings.public_url.cookies(),
            origin: OwnOrigin::new(&settings.public_url),
            guard: FormGuard::new(&master_key.adapter_key("csrf")),
            challenge_limit: SendingLimit::per_minute("challenges", CHALLENGES_PER_MINUTE, service),
        }
    }

    pub(super) fn password_policy(&self) -> PasswordPolicy {
        self.rules.password_policy
    }
}
