//! What the pages work with.

use account_core::one_time_token::master_key::MasterKey;
use account_core::password::policy::PasswordPolicy;
use account_core::{AccountService, RegistrationRules};
use url::Url;

use super::csrf::FormGuard;
use crate::cookie::CookieStyle;
use crate::own_origin::OwnOrigin;
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
    /// Path of the public URL, without a slash at its end: what every address on a page begins with.
    pub(super) base: String,
    pub(super) cookies: CookieStyle,
    pub(super) origin: OwnOrigin,
    pub(super) guard: FormGuard,
    /// How often clients are told which challenge a form is asked for.
    pub(super) challenge_limit: SendingLimit,
}

impl Pages {
    /// Pages over a service. The key of their forms comes from the master key, so that all instances share it.
    pub(crate) fn new(service: &AccountService, master_key: &MasterKey, settings: &HttpSettings) -> Self {
        let public_url = Url::parse(&settings.public_url).ok();
        let base = public_url.as_ref().map(|url| url.path().trim_end_matches('/').to_owned());
        Self {
            service: service.clone(),
            rules: RegistrationRules { password_policy: settings.password_policy, ..RegistrationRules::native("page") },
            operator_name: settings.operator_name.clone(),
            onboarding_url: settings.onboarding_url.clone(),
            base: base.unwrap_or_default(),
            cookies: settings.cookies(),
            origin: OwnOrigin::new(public_url.as_ref()),
            guard: FormGuard::new(&master_key.adapter_key("csrf")),
            challenge_limit: SendingLimit::per_minute("challenges", CHALLENGES_PER_MINUTE, service),
        }
    }

    pub(super) fn password_policy(&self) -> PasswordPolicy {
        self.rules.password_policy
    }
}
