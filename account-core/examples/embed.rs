//! Another program registers and verifies a person: the core, the store in memory, and a mailer of its own.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::sync::{Arc, Mutex};

use account_core::one_time_token::master_key::MasterKey;
use account_core::outbox::mail::{Mail, MailContent};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::password::policy::PasswordPolicy;
use account_core::ports::{DeliveryError, Mailer};
use account_core::testing::{FakeClock, MemoryStore, SeededEntropy};
use account_core::{
    AccountService, CallContext, Client, Delivery, Links, Ports, Proof, RegisterRequest, RegistrationDraft,
    RegistrationRules, Settings, Spend, VerifyRequest,
};

/// Keeps the link of the last mail instead of sending it.
#[derive(Default)]
struct LastLink(Mutex<String>);

#[async_trait::async_trait]
impl Mailer for LastLink {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        if let (MailContent::VerifyAddress { link, .. }, Ok(mut last)) = (&mail.content, self.0.lock()) {
            link.expose().clone_into(&mut last);
        }
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (hasher, entropy) = (Argon2Workers::start(Argon2Settings::default())?, SeededEntropy::new(1));
    let settings = Settings::new(MasterKey::generate(&entropy));
    let ports = Ports::new(
        Arc::new(MemoryStore::default()),
        Arc::new(hasher),
        Arc::new(FakeClock::default()),
        Arc::new(entropy),
    );
    let (service, mailer) = (AccountService::new(ports, settings), Arc::new(LastLink::default()));

    let rules = RegistrationRules::native("embed");
    let (email, password) = ("john@acme.com".into(), "correct horse battery staple".into());
    let draft = RegistrationDraft { email, password, ..RegistrationDraft::default() };
    let request = RegisterRequest { draft, rules: &rules, client: Client::default(), idempotency_key: None };
    let accepted = service.register(request).await?;

    Delivery::new(&service, mailer.clone(), Links::new("https://accounts.example.com")).run_until_idle().await?;
    let link = mailer.0.lock().map(|link| link.clone()).unwrap_or_default();
    let token = link.rsplit('/').next().unwrap_or_default().to_owned();

    let proof = Proof { continuations: vec![accepted.continuation], ..Proof::default() };
    let (spend, password_policy, context) = (Spend::Token(token), PasswordPolicy::DEFAULT, CallContext::by("embed"));
    let verified = service.verify_email(VerifyRequest { spend, proof, password_policy, context }).await?;
    println!("{} has an account: {}", verified.account.address, verified.account.id);
    Ok(())
}
