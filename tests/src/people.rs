//! People of the tests: accounts and sessions of them, put straight into the store.

use std::time::Duration;

use account_core::account::{Account, Role};
use account_core::email_address::EmailAddress;
use account_core::id::{AccountId, SessionId};
use account_core::one_time_token::SecretToken;
use account_core::password::{PassedPolicy, Password, PasswordHash};
use account_core::ports::store::{AccountUpdate, Insert};
use account_core::ports::{Clock, Entropy, PasswordHasher, Store, Urgency};
use account_core::session::{FRESH, Lifetime, Session};
use poem::http::Method;
use serde_json::{Value, json};

use crate::{Answer, TestApp};

/// The password of every account.
pub const PASSWORD: &str = "velvet lantern gravel orchid";

/// Somebody with an account and a session.
#[derive(Debug, Clone)]
pub struct Somebody {
    /// Their account.
    pub account: AccountId,
    /// Its address.
    pub email: String,
    /// Their session.
    pub session: SessionId,
    /// Its token.
    pub token: String,
}

/// Kinds of people, by what they may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persona {
    /// Nobody: no session.
    Anonymous,
    /// Somebody who signed out; the token is from before.
    Ended,
    /// An administrator whom a super admin made an ordinary user; the session is from before.
    Demoted,
    /// Somebody whose account was disabled; the session is from before.
    Disabled,
    /// Somebody whose address is not proven.
    Unverified,
    /// Somebody who asked for the account to be deleted.
    Deleting,
    /// An ordinary user who has just given the password.
    Person,
    /// An ordinary user who gave the password a while ago.
    StalePerson,
    /// An administrator.
    Admin,
    /// A super admin who has just given the password.
    SuperAdmin,
    /// A super admin who gave the password a while ago.
    StaleSuperAdmin,
}

impl Persona {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Anonymous,
        Self::Ended,
        Self::Demoted,
        Self::Disabled,
        Self::Unverified,
        Self::Deleting,
        Self::Person,
        Self::StalePerson,
        Self::Admin,
        Self::SuperAdmin,
        Self::StaleSuperAdmin,
    ];
}

impl TestApp {
    /// Somebody with a proven address, the standard password, that role, and a session.
    pub async fn somebody(&self, email: &str, role: Role) -> Somebody {
        self.somebody_with(email, |account| account.role = role, |_| ()).await
    }

    /// Somebody of that kind; `None` for nobody.
    pub async fn sign_in_as(&self, persona: Persona, email: &str) -> Option<Somebody> {
        let now = self.clock.now();
        let earlier = now - FRESH;
        let role = match persona {
            Persona::Demoted | Persona::Admin => Role::Admin,
            Persona::SuperAdmin | Persona::StaleSuperAdmin => Role::SuperAdmin,
            _ => Role::User,
        };
        let account = |account: &mut Account| {
            account.role = role;
            match persona {
                Persona::Unverified => account.verified_at = None,
                Persona::Deleting => account.deletion_due_at = Some(now + Duration::from_hours(1)),
                Persona::Disabled => account.disabled_at = Some(now),
                _ => {}
            }
        };
        let session = |session: &mut Session| {
            if matches!(persona, Persona::StalePerson | Persona::StaleSuperAdmin) {
                session.authenticated_at = earlier;
            }
        };
        if persona == Persona::Anonymous {
            return None;
        }
        let somebody = self.somebody_with(email, account, session).await;
        match persona {
            Persona::Ended => {
                let answer = self.call_as(&somebody, Method::DELETE, "/account/v1/sessions/current", None).await;
                assert_eq!(answer.status, 204, "{}", answer.body);
            }
            Persona::Demoted => self.demote(&somebody, email).await,
            _ => {}
        }
        Some(somebody)
    }

    /// Has a super admin make somebody an ordinary user.
    async fn demote(&self, somebody: &Somebody, email: &str) {
        let superior = self.somebody(&format!("superior-of-{email}"), Role::SuperAdmin).await;
        let path = format!("/account/v1/admin/accounts/{}/role", somebody.account);
        let answer = self.call_as(&superior, Method::PUT, &path, Some(&json!({"role": "user"}))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Somebody with a proven address, the standard password and a session, before either is written.
    pub async fn somebody_with(
        &self,
        email: &str,
        change: impl FnOnce(&mut Account),
        change_session: impl FnOnce(&mut Session),
    ) -> Somebody {
        let now = self.clock.now();
        let id = AccountId::generate(&*self.clock, &*self.entropy);
        let mut account = Account::new(id, EmailAddress::parse(email).expect("an address"), now);
        account.verified_at = Some(now);
        account.password_hash = Some(self.hash(PASSWORD).await);
        change(&mut account);
        let token = SecretToken::generate(&*self.entropy);
        let lifetime = Lifetime::of_role(account.role);
        let mut session = Session {
            id: SessionId::generate(&*self.clock, &*self.entropy),
            token: token.digest(),
            account: id,
            created_at: now,
            authenticated_at: now,
            last_used_at: now,
            idle: lifetime.idle,
            expires_at: now + lifetime.absolute,
            token_lasts: None,
            token_expires_at: None,
            channel: "native".to_owned(),
            client_address: None,
            user_agent: None,
        };
        change_session(&mut session);
        let mut unit = self.store.begin().await.expect("a unit of work");
        assert_eq!(unit.insert_account(&account).await.expect("an account"), Insert::Done, "{email}");
        unit.insert_session(&session).await.expect("a session");
        unit.commit().await.expect("a commit");
        let (email, session) = (email.to_owned(), session.id);
        Somebody { account: id, email, session, token: token.expose().to_string() }
    }

    /// A hash of a password that is known to pass the default policy.
    async fn hash(&self, password: &str) -> PasswordHash {
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt);
        let slot = self.workers.admit(Urgency::Registration, None).expect("a slot");
        let hash = slot.hash(Password::new(password).expect("a password"), salt).await.expect("a hash");
        hash.with_passed(Some(PassedPolicy::Default))
    }

    /// The account as it is stored.
    #[must_use]
    pub fn stored_account(&self, id: AccountId) -> Option<Account> {
        self.store.accounts().into_iter().find(|account| account.id == id)
    }

    /// Changes an account straight in the store.
    pub async fn change_account(&self, id: AccountId, change: impl FnOnce(&mut Account)) {
        let mut unit = self.store.begin().await.expect("a unit of work");
        let mut account = unit.find_account(id).await.expect("a store").expect("the account");
        change(&mut account);
        account.version += 1;
        assert_eq!(unit.update_account(&account).await.expect("a store"), AccountUpdate::Applied);
        unit.commit().await.expect("a commit");
    }

    /// Sends a request with somebody's token, and a JSON body where there is one.
    pub async fn call_as(&self, somebody: &Somebody, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let authorization = format!("Bearer {}", somebody.token);
        let mut headers = vec![("authorization", authorization.as_str())];
        headers.extend(body.map(|_| ("content-type", "application/json")));
        self.call(method, path, &headers, body.map(Value::to_string).unwrap_or_default()).await
    }

    /// Gets a path with somebody's token.
    pub async fn get_as(&self, somebody: &Somebody, path: &str) -> Answer {
        self.call_as(somebody, Method::GET, path, None).await
    }
}
