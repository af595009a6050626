//! A little of everything, and the operations of the documents as they are called on it.

use account_core::account::Role;
use account_core::outbox::{Intent, OutboxEntry};
use account_http::{document_names, openapi_document};
use account_tests::{Answer, Somebody, TestApp};
use poem::http::Method;
use serde_json::{Value, json};

/// An operation of the documents.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    /// The channel in whose document it is.
    pub(super) channel: &'static str,
    pub(super) id: String,
    pub(super) method: Method,
    pub(super) path: String,
    /// The operation in its document.
    pub(super) described: Value,
    /// The schema of its body; null when it takes none.
    pub(super) body: Value,
}

impl Operation {
    /// Whether it takes a body.
    pub(super) fn takes_body(&self) -> bool {
        !self.body.is_null()
    }

    /// Whether its errors are problem documents: those of dialects are in their grammars, with the same statuses for
    /// who may call.
    pub(super) fn is_native(&self) -> bool {
        self.channel == "native"
    }

    /// Names of the members that its body may have.
    pub(super) fn members(&self) -> Vec<(String, Value)> {
        let properties = self.body["properties"].as_object().into_iter().flatten();
        properties.map(|(name, schema)| (name.clone(), schema.clone())).collect()
    }

    /// Names of the parameters of its query.
    pub(super) fn query(&self) -> Vec<(String, Value)> {
        let parameters = self.described["parameters"].as_array().into_iter().flatten();
        let of_query = parameters.filter(|parameter| parameter["in"] == "query");
        of_query
            .map(|parameter| (parameter["name"].as_str().unwrap().to_owned(), parameter["schema"].clone()))
            .collect()
    }
}

/// Every operation of every document.
pub(super) fn operations() -> Vec<Operation> {
    let mut all = Vec::new();
    for channel in document_names().filter(|channel| *channel != "all") {
        let document: Value = serde_json::from_str(&openapi_document(channel).unwrap()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, described) in item.as_object().unwrap() {
                let reference = described.pointer("/requestBody/content/application~1json/schema/$ref");
                let body = reference.and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
                all.push(Operation {
                    channel,
                    id: described["operationId"].as_str().unwrap().to_owned(),
                    method: method.to_ascii_uppercase().parse().unwrap(),
                    path: path.clone(),
                    described: described.clone(),
                    body: body.and_then(|pointer| document.pointer(pointer)).cloned().unwrap_or_default(),
                });
            }
        }
    }
    all
}

/// The operation of that id.
pub(super) fn operation(id: &str) -> Operation {
    operations().into_iter().find(|operation| operation.id == id).unwrap()
}

/// What operations are called on.
#[derive(Debug, Clone)]
pub(super) struct World {
    /// Sets the names of this world apart from those of others in the same store.
    number: usize,
    /// An ordinary user, a member of the organization.
    pub(super) subject: Somebody,
    /// A super admin who made the rest.
    pub(super) maker: Somebody,
    pub(super) organization: String,
    client: String,
    invitation: String,
    entry: String,
    registration: String,
}

impl World {
    /// A new one.
    pub(super) async fn make(app: &TestApp) -> Self {
        // The same in every app that the same was done in before.
        let number = app.store.accounts().len();
        let subject = app.somebody(&format!("subject{number}@acme.com"), Role::User).await;
        let maker = app.somebody(&format!("maker{number}@acme.com"), Role::SuperAdmin).await;
        let made = async |path: &str, body: Value| {
            let answer = app.call_as(&maker, Method::POST, &format!("/account/v1/admin/{path}"), Some(&body)).await;
            assert_eq!(answer.status, 201, "{path}: {}", answer.body);
            answer.text("/id")
        };
        let organization = made("organizations", json!({"code": format!("o{number}"), "name": "Acme"})).await;
        let client = made("clients", json!({"id": format!("c{number}"), "name": "Portal"})).await;
        let invitation = made("invitations", json!({"email": format!("invited{number}@acme.com")})).await;
        let is_its_mail = |entry: &OutboxEntry| match &entry.intent {
            Intent::Invitation { invitation: of, .. } => of.to_string() == invitation,
            _ => false,
        };
        let entry = app.store.outbox().into_iter().find(is_its_mail).unwrap().id.to_string();
        let path = format!("/account/v1/admin/organizations/{organization}/members/{}", subject.account);
        let answer = app.call_as(&maker, Method::PUT, &path, Some(&json!({"role": "member"}))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let registration = app.register(&format!("registered{number}@acme.com")).await.text("/registration_id");
        Self { number, subject, maker, organization, client, invitation, entry, registration }
    }

    /// The path of an operation, about an account and a session.
    pub(super) fn path(&self, operation: &Operation, account: &Somebody, session: &Somebody) -> String {
        let mut parts: Vec<String> = Vec::new();
        for part in operation.path.split('/') {
            let of = parts.last().map(String::as_str).unwrap_or_default();
            parts.push(match (part.starts_with('{'), of) {
                (false, _) => part.to_owned(),
                (true, "accounts" | "members") => account.account.to_string(),
                (true, "sessions") => session.session.to_string(),
                (true, "organizations") => self.organization.clone(),
                (true, "clients") => self.client.clone(),
                (true, "invitations") => self.invitation.clone(),
                (true, "identities") => "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned(),
                (true, "outbox") => self.entry.clone(),
                (true, "registrations") => self.registration.clone(),
                (true, "features") => "newsletter".to_owned(),
                (true, "Status") => account.email.clone(),
                (true, other) => panic!("what of {other}?"),
            });
        }
        parts.join("/")
    }

    /// A body of the table with its names filled in.
    pub(super) fn body(&self, body: &str) -> String {
        let body = body.replace("{new}", &format!("new{}@acme.com", self.number));
        body.replace("{subject}", &self.subject.email).replace("{id}", &format!("n{}", self.number))
    }

    /// Calls an operation as somebody, with a body of the table, about the subject and about their own session.
    pub(super) async fn call(
        &self,
        app: &TestApp,
        operation: &Operation,
        caller: Option<&Somebody>,
        body: &str,
    ) -> Answer {
        let path = self.path(operation, &self.subject, caller.unwrap_or(&self.subject));
        let authorization = caller.map(|somebody| format!("Bearer {}", somebody.token));
        let headers: Vec<_> = authorization.iter().map(|text| ("authorization", text.as_str())).collect();
        self.send(app, operation, &path, &headers, body).await
    }

    /// Calls an operation with those headers.
    pub(super) async fn send(
        &self,
        app: &TestApp,
        operation: &Operation,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut headers = headers.to_vec();
        if operation.takes_body() {
            headers.push(("content-type", "application/json"));
        }
        app.call(operation.method.clone(), path, &headers, self.body(body)).await
    }
}
