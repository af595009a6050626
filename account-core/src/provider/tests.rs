//! Flows to providers, on a store in memory and with providers that hold to the protocol.

mod entering;
mod flows;
mod hijacking;
mod linking;
mod proving;
mod reading;
mod vouching;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::account::tests::{EMAIL, PASSWORD, World, by, link_in, why};
use crate::authorization::Fresh;
use crate::challenge::ChallengeMode;
use crate::one_time_token::SecretToken;
use crate::outbox::mail::MailContent;
use crate::password::policy::PasswordPolicy;
use crate::ports::Rate;
use crate::registration::draft::{RegistrationDraft, RegistrationRules};
use crate::registration::register::Accepted;
use crate::registration::verify::{CompletedRegistration, Proof, Spend, VerifyError, VerifyRequest};
use crate::service::{Ports, Settings};
use crate::session::{SignInRequest, SignedIn, SignedInNow};
use crate::testing::provider::{FakePerson, FakeProvider, FakeReturn};

/// One provider of each kind, and one that is configuration only.
const PROVIDERS: [&str; 4] = ["google", "github", "microsoft", "acme-sso"];

/// Providers, and a service that offers them.
struct Scene {
    world: World,
    providers: BTreeMap<&'static str, Arc<FakeProvider>>,
    rules: RegistrationRules,
}

/// The person's own account at every provider, with that address.
const fn owner(email: &str) -> FakePerson<'_> {
    FakePerson { number: 1, email: Some(email), is_verified: Some(true) }
}

/// A stranger's account at every provider, which names that address all the same.
const fn stranger(email: &str, is_verified: Option<bool>) -> FakePerson<'_> {
    FakePerson { number: 666, email: Some(email), is_verified }
}

fn named(provider: &str) -> ProviderName {
    ProviderName::parse(provider).unwrap()
}

impl Scene {
    fn new() -> Self {
        Self::with(|_, _| {})
    }

    /// A scene in which the service trusts each provider with addresses.
    fn trusting() -> Self {
        Self::with(|_, settings| {
            settings.providers.values_mut().for_each(|provider| provider.trusts_verified_email = true);
        })
    }

    fn with(change: impl FnOnce(&mut Ports, &mut Settings)) -> Self {
        let providers = BTreeMap::from(PROVIDERS.map(|name| (name, Arc::new(FakeProvider::new(name)))));
        let world = World::with_ports(|ports, settings| {
            settings.challenge.mode = ChallengeMode::Off;
            settings.limits.mails = Rate::OFF;
            settings.limits.mails_per_mailbox = Rate::OFF;
            for (name, provider) in &providers {
                ports.identity_providers.push(Arc::clone(provider) as _);
                let (title, redirect_uri) = (name.to_uppercase(), format!("https://accounts.example.com/{name}"));
                let provider = ProviderSettings { title, redirect_uri, trusts_verified_email: false };
                settings.providers.insert(named(name), provider);
            }
            change(ports, settings);
        });
        Self { world, providers, rules: RegistrationRules::native("page") }
    }

    /// Begins a flow in this browser.
    async fn begin(
        &self,
        provider: &str,
        purpose: FlowPurpose<'_>,
        browser: Option<&SecretToken>,
    ) -> Result<Begun, BeginProviderError> {
        let request = BeginProviderRequest {
            provider: named(provider),
            purpose,
            browser: browser.cloned(),
            app: None,
            language: None,
            context: by(),
        };
        self.world.service.begin_with_provider(request).await
    }

    /// Registers or signs in.
    async fn begin_to_enter(&self, provider: &str) -> Begun {
        let draft = Box::default();
        self.begin(provider, FlowPurpose::Register { draft, rules: &self.rules }, None).await.unwrap()
    }

    /// Has the provider let the person in.
    fn let_in(&self, provider: &str, begun: &Begun, person: FakePerson<'_>) -> FakeReturn {
        let provider = &self.providers[provider];
        provider.let_in(&begun.url, provider.claims(person))
    }

    /// What the browser sends when it comes back.
    fn back<'a>(&'a self, provider: &str, begun: &Begun, back: FakeReturn) -> FinishProviderRequest<'a> {
        FinishProviderRequest {
            provider: named(provider),
            state: back.state,
            browser: Some(begun.browser.clone()),
            answer: ProviderAnswer::Code { code: back.code, issuer: None, user: None },
            caller: None,
            rules: &self.rules,
            context: by(),
        }
    }

    async fn finish(&self, request: FinishProviderRequest<'_>) -> Result<FinishedFlow, FinishProviderError> {
        self.world.service.finish_with_provider(request).await
    }

    /// Goes to the provider and comes back, to register or to sign in.
    async fn enter(&self, provider: &str, person: FakePerson<'_>) -> Result<FinishedFlow, FinishProviderError> {
        let begun = self.begin_to_enter(provider).await;
        let back = self.let_in(provider, &begun, person);
        self.finish(self.back(provider, &begun, back)).await
    }

    /// Registers, and reads the email if one is due for the address.
    async fn registered(&self, provider: &str, person: FakePerson<'_>) -> Accepted {
        match self.enter(provider, person).await.unwrap() {
            FinishedFlow::Registered { accepted, .. } => accepted,
            other => panic!("{other:?}"),
        }
    }

    /// Registers, reads the email and clicks in the same browser.
    async fn account(&self, provider: &str, person: FakePerson<'_>) -> CompletedRegistration {
        let accepted = self.registered(provider, person).await;
        let token = link_in(&self.world.mail("verify-address").await);
        self.redeem(&token, Proof::continuation(accepted.continuation)).await.unwrap()
    }

    async fn redeem(&self, token: &str, proof: Proof) -> Result<CompletedRegistration, VerifyError> {
        self.world.service.verify_email(VerifyRequest::new(Spend::Token(token.to_owned()), proof, by())).await
    }

    /// Signs in with the provider.
    async fn signed_in(&self, provider: &str, person: FakePerson<'_>) -> SignedInNow {
        match self.enter(provider, person).await.unwrap() {
            FinishedFlow::SignedIn(signed_in) => signed_in,
            other => panic!("{other:?}"),
        }
    }

    /// Goes to the provider from a session and comes back to it.
    async fn in_session(
        &self,
        provider: &str,
        purpose: FlowPurpose<'_>,
        caller: Option<SignedIn>,
        person: FakePerson<'_>,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let begun = self.begin(provider, purpose, None).await.unwrap();
        let back = self.let_in(provider, &begun, person);
        self.finish(FinishProviderRequest { caller, ..self.back(provider, &begun, back) }).await
    }

    /// Links the person's account at the provider in the session.
    async fn link(
        &self,
        provider: &str,
        caller: Fresh,
        person: FakePerson<'_>,
    ) -> Result<FinishedFlow, FinishProviderError> {
        let signed_in = caller.verified().signed_in().clone();
        self.in_session(provider, FlowPurpose::Link(caller), Some(signed_in), person).await
    }

    async fn signs_in_with(&self, email: &str, password: &str) -> bool {
        self.world.service.sign_in(SignInRequest::new(email, password, by())).await.is_ok()
    }
}
