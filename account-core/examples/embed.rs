//! Another program registers and verifies a person: the core as production runs it, on the store in memory, with a
//! mailer of its own.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::{error::Error, sync::Arc, time::Duration};

use account_core::one_time_token::master_key::MasterKey;
use account_core::outbox::mail::{Mail, MailContent};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::ports::{DeliveryError, Mailer};
use account_core::system::{SystemClock, SystemEntropy, Worker};
use account_core::testing::MemoryStore;
use account_core::{
    AccountService, CallContext, Delivery, Links, Ports, Proof, RegisterRequest, RegistrationDraft, RegistrationRules,
    Settings, Spend, VerifyRequest,
};
use tokio::sync::{mpsc, oneshot};

/// Hands on the link of an email instead of sending it.
struct LinkMailer(mpsc::UnboundedSender<String>);

#[async_trait::async_trait]
impl Mailer for LinkMailer {
    async fn send(&self, mail: &Mail) -> Result<(), DeliveryError> {
        let MailContent::VerifyAddress { link, .. } = &mail.content else { return Ok(()) };
        self.0.send(link.expose().to_owned()).map_err(|error| DeliveryError::Transient(Box::new(error)))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (hasher, entropy) = (Argon2Workers::start(Argon2Settings::default())?, SystemEntropy::new());
    // A program that lasts keeps the key in a file: `system::master_key_file`.
    let settings = Settings::new(MasterKey::generate(&entropy));
    let store = Arc::new(MemoryStore::default());
    let ports = Ports::new(store, Arc::new(hasher), Arc::new(SystemClock), Arc::new(entropy));
    let ((sender, mut links), (stop, stopped)) = (mpsc::unbounded_channel(), oneshot::channel::<()>());
    let service = AccountService::new(ports, settings);
    let delivery = Delivery::new(&service, Arc::new(LinkMailer(sender)), Links::new("https://accounts.example.com"));
    let worker = Worker::new(&service, delivery).run(async { drop(stopped.await) }, Duration::from_secs(25));
    let worker = tokio::spawn(worker);

    let rules = RegistrationRules::native("embed");
    let (email, password) = ("john@acme.com".into(), "velvet lantern gravel orchid".into());
    let draft = RegistrationDraft { email, password, ..RegistrationDraft::default() };
    let accepted = service.register(RegisterRequest::new(draft, &rules, CallContext::default())).await?;

    let link = links.recv().await.unwrap_or_default();
    let spend = Spend::Token(link.rsplit('/').next().unwrap_or_default().to_owned());
    let proof = Proof::continuation(accepted.continuation);
    let verified = service.verify_email(VerifyRequest::new(spend, proof, CallContext::by("embed"))).await?;
    println!("{} has an account: {}", verified.account.address, verified.account.id);
    drop(stop);
    println!("the worker has {:?}", worker.await?);
    Ok(())
}
