//! Where the cases of a file play: a service, its emails, and what was learned so far.

use std::collections::BTreeMap;

use serde_json::Value;

use super::case::{CaseFile, StoreLine};
use super::members::lacking;
use super::variables::Variables;
use crate::service::{Service, mail_header};

/// Administrates the services.
const ADMINISTRATOR: &str = "administrator@conformance.example";
const PASSWORD: &str = "velvet lantern gravel orchid";

/// A service with what has happened on it.
pub(super) struct Stage {
    pub(super) service: Service,
    pub(super) variables: Variables,
    /// How many emails to each address were looked at.
    seen: BTreeMap<String, usize>,
}

impl Stage {
    /// A service as the file wants it, with a super admin whose token is `{{administrator}}`.
    ///
    /// # Errors
    /// What the service complains about: the settings.
    pub(super) async fn open(file: &CaseFile) -> Result<Self, Vec<String>> {
        let settings = &file.settings;
        let mut all = vec![
            ("LIMITS__CHANGES".to_owned(), "off".to_owned()),
            // As it is by default: nobody here is asked for anything.
            ("REGISTRATION__CHALLENGE".to_owned(), "adaptive".to_owned()),
        ];
        all.extend(settings.iter().map(|(key, value)| (key.to_ascii_uppercase().replace('.', "__"), value.clone())));
        let borrowed: Vec<_> = all.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let mut service = Service::prepare(&borrowed);
        for (name, text) in &file.files {
            std::fs::write(service.path(name), format!("{text}\n")).expect("a file");
        }
        let create = ["admin", "create", "--email", ADMINISTRATOR, "--role", "super_admin", "--password-stdin"];
        let output = service.run_with_input(&create, PASSWORD).await;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect());
        }
        service.take_port();
        service.launch().await;
        let mut stage = Self { service, variables: Variables::default(), seen: BTreeMap::new() };
        let own = format!("http://127.0.0.1:{}", stage.service.port());
        let public_url = settings.iter().find(|(key, _)| key == "http.public_url").map(|(_, value)| value.clone());
        stage.variables.set("public_url", &public_url.unwrap_or(own));
        stage.sign_in(ADMINISTRATOR, PASSWORD).await?;
        let session = stage.variables.get("session").unwrap_or_default().to_owned();
        stage.variables.set("administrator", &session);
        // As a vendor's document calls it.
        stage.variables.set("yourToken", &session);
        Ok(stage)
    }

    /// The next email to an address; `None` when there is none and nothing waits to be delivered.
    pub(super) async fn next_mail(&mut self, to: &str) -> Option<String> {
        let seen = self.seen.get(to).copied().unwrap_or_default();
        let found = loop {
            // Looked at first: what is delivered between the two looks is in the second.
            let is_idle = self.is_outbox_idle().await;
            let mail = self.mails_to(to).into_iter().nth(seen);
            if mail.is_some() || is_idle {
                break mail;
            }
            tokio::time::sleep(crate::patience::PAUSE).await;
        };
        if found.is_some() {
            self.seen.insert(to.to_owned(), seen + 1);
        }
        found
    }

    fn mails_to(&self, to: &str) -> Vec<String> {
        let is_to = |mail: &String| mail_header(mail, "To").as_deref() == Some(to);
        self.service.mails().into_values().filter(is_to).collect()
    }

    /// Opens a session; its token is `{{session}}` then.
    pub(super) async fn sign_in(&mut self, email: &str, password: &str) -> Result<(), Vec<String>> {
        let body = serde_json::json!({"email": email, "password": password});
        let reply = self.service.post("/account/v1/sessions", &body.to_string()).await;
        if reply.status != 201 {
            return Err(vec![format!("{email} cannot sign in: {} {}", reply.status, reply.body)]);
        }
        self.variables.set("session", &reply.text("/token"));
        Ok(())
    }

    /// What of the store is not as expected.
    pub(super) async fn lacking(&mut self, line: &StoreLine) -> Vec<String> {
        let (kind, address, members) = match line {
            StoreLine::Account(address, members) => ("account", address, Some(members)),
            StoreLine::NoAccount(address) => ("account", address, None),
            StoreLine::Registration(address, members) => ("registration", address, Some(members)),
            StoreLine::NoRegistration(address) => ("registration", address, None),
        };
        let found = self.administered(kind, address).await;
        match (members, found) {
            (None, None) => Vec::new(),
            (None, Some(found)) => vec![format!("expected no {kind} of {address}"), format!("got {found}")],
            (Some(_), None) => vec![format!("there is no {kind} of {address}")],
            (Some(members), Some(found)) => lacking(members, Some(&found), kind, &mut self.variables),
        }
    }

    /// What administrators see of an address: the youngest entry.
    async fn administered(&self, kind: &str, address: &str) -> Option<Value> {
        let list = match kind {
            "account" => self.administrate(&format!("accounts?q={}", address.replace('+', "%2B"))).await,
            _ => self.administrate("registrations?limit=200").await,
        };
        let items = list.get("items").and_then(Value::as_array).cloned().expect("a list of items");
        items.into_iter().find(|item| item.get("email").and_then(Value::as_str) == Some(address))
    }

    async fn is_outbox_idle(&self) -> bool {
        let queued = self.administrate("outbox?state=queued").await;
        queued.get("items").and_then(Value::as_array).expect("a list of items").is_empty()
    }

    async fn administrate(&self, target: &str) -> Value {
        let bearer = format!("Bearer {}", self.variables.get("administrator").unwrap_or_default());
        let path = format!("/account/v1/admin/{target}");
        let reply = self.service.request("GET", &path, &[("Authorization", &bearer)], "").await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }
}
