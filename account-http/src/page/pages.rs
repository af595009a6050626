//! What the pages work with.

use std::path::PathBuf;
use std::sync::Arc;

use account_core::one_time_token::master_key::MasterKey;
use account_core::password::policy::PasswordPolicy;
use account_core::provider::ProviderName;
use account_core::timestamp::Timestamp;
use account_core::translation::{Catalog, Translator};
use account_core::{AccountService, RegistrationRules};

use super::csrf::FormGuard;
use super::frame::{LanguageChoice, Site};
use super::templates::Renderer;
use crate::cookie::CookieStyle;
use crate::metrics::Metrics;
use crate::own_origin::OwnOrigin;
use crate::public_url::PublicUrl;
use crate::sending_limit::SendingLimit;
use crate::settings::{HttpSettings, Looks, ProfileFields, RegistrationFields};

/// How many challenges one client network is sent in a minute, as many as it can send forms.
const CHALLENGES_PER_MINUTE: u32 = 600;

/// What the pages work with.
pub(crate) struct Pages {
    pub(super) service: AccountService,
    pub(super) rules: RegistrationRules,
    /// What the registration page asks for besides address and password.
    pub(super) registration_fields: RegistrationFields,
    /// What the profile page shows of the details.
    pub(super) profile_fields: ProfileFields,
    operator_name: String,
    pub(super) looks: Looks,
    pub(super) catalog: Arc<Catalog>,
    /// The language of browsers that ask for none of the catalog's.
    pub(super) default_language: Translator,
    languages: Vec<LanguageChoice>,
    pub(super) renderer: Renderer,
    pub(super) onboarding_url: Option<String>,
    /// Where emails are written, if they are and only this machine is served.
    pub(super) mail_directory: Option<PathBuf>,
    /// Where links in emails begin, if that is not the public URL.
    pub(super) link_url: Option<PublicUrl>,
    /// In which order providers are shown.
    pub(super) provider_order: Vec<ProviderName>,
    /// Where people reach the pages.
    pub(super) public_url: PublicUrl,
    pub(super) cookies: CookieStyle,
    pub(super) origin: OwnOrigin,
    pub(super) guard: FormGuard,
    /// How often clients are told which challenge a form is asked for.
    pub(super) challenge_limit: SendingLimit,
    /// What this process counts, and since when.
    pub(super) metrics: Arc<Metrics>,
    pub(super) since: Timestamp,
}

impl Pages {
    /// Pages over a service. The key of their forms comes from the master key, so that all instances share it.
    pub(crate) fn new(
        service: &AccountService,
        master_key: &MasterKey,
        settings: &HttpSettings,
        metrics: &Arc<Metrics>,
    ) -> Self {
        Self {
            service: service.clone(),
            rules: RegistrationRules {
                password_policy: settings.password_policy,
                required: settings.registration_fields.required(),
                ..RegistrationRules::native("page")
            },
            registration_fields: settings.registration_fields,
            profile_fields: settings.profile_fields.clone(),
            operator_name: settings.operator_name.clone(),
            looks: settings.looks.clone(),
            catalog: Arc::clone(&settings.catalog),
            default_language: settings.default_language.clone(),
            languages: LanguageChoice::of(&settings.catalog),
            renderer: Renderer::new(&settings.page_templates, &settings.catalog),
            onboarding_url: settings.onboarding_url.clone(),
            mail_directory: settings.mail_directory.clone(),
            link_url: settings.link_url.clone(),
            provider_order: settings.provider_order.clone(),
            public_url: settings.public_url.clone(),
            cookies: settings.public_url.cookies(),
            origin: OwnOrigin::new(&settings.public_url),
            guard: FormGuard::new(&master_key.adapter_key("csrf")),
            challenge_limit: SendingLimit::per_minute("challenges", CHALLENGES_PER_MINUTE, service),
            metrics: Arc::clone(metrics),
            since: service.now(),
        }
    }

    /// Whose the pages are, and what they offer.
    pub(super) fn site(&self) -> Site<'_> {
        Site {
            operator: &self.operator_name,
            base: self.public_url.path(),
            looks: &self.looks,
            languages: &self.languages,
        }
    }

    pub(super) fn password_policy(&self) -> PasswordPolicy {
        self.rules.password_policy
    }
}
