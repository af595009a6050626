//! Forms that say less, more or other than they should.

use account_core::outbox::mail::MailContent;
use account_tests::people::PASSWORD;
use account_tests::{Answer, Persona, TestApp};
use serde_json::json;

use super::hostile_bodies::rows;
use super::visitor::Visitor;

/// Everywhere that takes a form.
const FORMS: [&str; 16] = [
    "/authenticate/register",
    "/authenticate/verify",
    "/authenticate/verify/code",
    "/authenticate/verification-mails",
    "/authenticate/sign-in",
    "/authenticate/sign-out",
    "/authenticate/forgot",
    "/authenticate/reset",
    "/authenticate/invitation",
    "/authenticate/confirm-address",
    "/authenticate/profile",
    "/authenticate/profile/password",
    "/authenticate/profile/email",
    "/authenticate/profile/sessions",
    "/authenticate/profile/deletion",
    "/authenticate/profile/recovery",
];

/// Fields of all forms but those in which an empty one means something: details of a person.
const FIELDS: [&str; 14] = [
    "email",
    "password",
    "new_password",
    "current_password",
    "token",
    "code",
    "registration",
    "proof",
    "id",
    "confirmation",
    "next",
    "version",
    "role",
    "verified",
];

fn context(path: &str, persona: Persona, fields: &str, answer: &Answer) -> String {
    format!("{path} as {persona:?} with {fields:?}: {} {}", answer.status, answer.header("location"))
}

#[tokio::test]
async fn an_empty_form_changes_nothing_unless_it_only_has_a_button() {
    let all = |value: &str| FIELDS.map(|name| format!("&{name}={value}")).concat();
    let (empty, blank) = (all(""), all("+%00"));
    let mut changing = Vec::new();
    for persona in [Persona::Anonymous, Persona::Unverified, Persona::Deleting, Persona::Person, Persona::StalePerson] {
        let app = TestApp::new();
        for (number, path) in FORMS.into_iter().enumerate() {
            for (fields, name) in [("", "nothing"), (&empty, "empty"), (&blank, "blank")] {
                let somebody = app.sign_in_as(persona, &format!("{persona:?}{number}-{name}@acme.com")).await;
                let mut visitor = match &somebody {
                    Some(somebody) => Visitor::of(&app, somebody).await,
                    None => Visitor::new(&app).await,
                };
                // It has a registration of its own under way as well.
                let fresh = format!("pending-{persona:?}{number}-{name}@acme.com");
                let waiting =
                    visitor.post("/authenticate/register", &[("email", &fresh), ("password", PASSWORD)]).await;
                assert_eq!(waiting.status, 303, "{}", waiting.body);
                let _ = app.mails().await;
                let before = rows(&app);
                let answer = visitor.post_raw(path, fields).await;
                let context = context(path, persona, name, &answer);
                assert!(answer.status.as_u16() < 500, "{context}");
                assert!(answer.status.as_u16() != 200 || path == "/authenticate/profile", "{context}");
                if rows(&app) == before {
                    assert!(app.mails().await.is_empty(), "{context}");
                } else {
                    changing.push((path, persona));
                }
            }
        }
    }
    changing.dedup();
    let expected = [
        ("/authenticate/sign-out", Persona::Unverified),
        ("/authenticate/sign-out", Persona::Deleting),
        ("/authenticate/profile/recovery", Persona::Deleting),
        ("/authenticate/sign-out", Persona::Person),
        ("/authenticate/sign-out", Persona::StalePerson),
    ];
    assert_eq!(changing, expected);
}

#[tokio::test]
async fn a_form_that_names_two_addresses_is_refused() {
    let app = TestApp::new();
    let [victim, evil] = ["victim@acme.com", "evil@acme.com"];
    for email in [victim, evil] {
        app.somebody(email, account_core::account::Role::User).await;
    }
    let caller = app.somebody("caller@acme.com", account_core::account::Role::User).await;
    let password = format!("&password={}", PASSWORD.replace(' ', "+"));
    for path in [
        "/authenticate/register",
        "/authenticate/forgot",
        "/authenticate/verification-mails",
        "/authenticate/sign-in",
        "/authenticate/profile/email",
    ] {
        let mut visitor = Visitor::of(&app, &caller).await;
        for fields in [
            format!("&email={victim}&email={evil}"),
            format!("&email={evil}&email={victim}"),
            format!("&email={victim}&%65mail={evil}"),
            format!("&email[]={victim}"),
            format!("&email[]={victim}&email[]={evil}"),
            format!("&email%5B%5D={victim}"),
            format!("&email[0]={victim}&email[1]={evil}"),
            format!("&email.0={victim}"),
            format!("&Email={victim}"),
            format!("&email={victim},{evil}"),
            format!("&email={victim};{evil}"),
            format!("&email={victim}+{evil}"),
            format!("&email={victim}%0d%0aBcc:{evil}"),
            format!("&email={victim}%00"),
            format!("&email={victim}%26email={evil}"),
            format!("&email=Victim+<{victim}>"),
            format!("&email=%22{evil}%22+{victim}"),
        ] {
            let before = rows(&app);
            let answer = visitor.post_raw(path, &format!("{fields}{password}")).await;
            let status = answer.status.as_u16();
            assert!((400..500).contains(&status) && status != 403 && status != 429, "{path} {fields}: {status}");
            assert_eq!(rows(&app), before, "{path} {fields}");
            assert!(app.mails().await.is_empty(), "{path} {fields}");
        }
    }
}

/// Fields that no form has, and that anyone who writes them would like to have.
fn hostile_fields(id: &str, organization: &str) -> String {
    let fields = [
        ("role", "super_admin"),
        ("roles[]", "super_admin"),
        ("is_admin", "1"),
        ("verified", "true"),
        ("email_verified", "true"),
        ("verified_at", "1999-01-01T00:00:00Z"),
        ("id", id),
        ("account", id),
        ("account_id", id),
        ("registration", id),
        ("organization", organization),
        ("organization_role", "administrator"),
        ("created_at", "1999-01-01T00:00:00Z"),
        ("disabled_at", ""),
        ("deletion_due_at", ""),
        ("credential_epoch", "99"),
        ("password_hash", "$2b$04$IDrtBkWTsclEMT08K/sfROMrjED.7cD0qfUqoTmBXXArF8p7grQKW"),
        ("callback_url", "https://evil.example.com/"),
        ("state", "active"),
        ("user[role]", "super_admin"),
        ("account.role", "super_admin"),
        ("_method", "PUT"),
    ];
    fields.map(|(name, value)| format!("&{name}={value}")).concat()
}

/// The answer without what differs from visit to visit.
fn gist(answer: &Answer, visitor: &Visitor<'_>) -> (u16, String, String) {
    let body = answer.body.replace(&visitor.csrf, "CSRF");
    (answer.status.as_u16(), answer.header("location").to_owned(), body)
}

#[tokio::test]
async fn fields_that_a_form_does_not_have_change_nothing() {
    // Two apps to which the same is done, and which therefore hold the same.
    let apps = [TestApp::new(), TestApp::new()];
    let mut outcomes = [Vec::new(), Vec::new()];
    for ((app, outcomes), is_hostile) in apps.iter().zip(&mut outcomes).zip([false, true]) {
        let world = super::world::World::make(app).await;
        let hostile = hostile_fields(&world.maker.account.to_string(), &world.organization);
        let hostile = if is_hostile { hostile.as_str() } else { "" };
        let _ = app.mails().await;
        let mut note = async |visitor: &Visitor<'_>, answer: Answer| {
            let to: Vec<_> = app.mails().await.iter().map(|mail| mail.to.to_string()).collect();
            outcomes.push((gist(&answer, visitor), to, rows(app)));
        };

        let mut visitor = Visitor::new(app).await;
        let password = PASSWORD.replace(' ', "+");
        let form = format!("&email=new@acme.com&password={password}&name=N{hostile}&username=root");
        let form = if is_hostile { form } else { form.replace("&username=root", "") };
        let answer = visitor.post_raw("/authenticate/register", &form).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        note(&visitor, answer).await;

        let mut visitor = Visitor::of(app, &world.subject).await;
        let version = app.stored_account(world.subject.account).unwrap().version;
        let form = format!("&version={version}&name=Jane&email=evil@acme.com&password={password}{hostile}");
        let answer = visitor.post_raw("/authenticate/profile", &form).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/authenticate/profile?done=details"));
        note(&visitor, answer).await;

        let invitation = json!({"email": "invited@acme.com"});
        let path = "/account/v1/admin/invitations";
        let answer = app.call_as(&world.maker, poem::http::Method::POST, path, Some(&invitation)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let token = app.mailed_token().await;
        let mut visitor = Visitor::new(app).await;
        let form = format!("&token={token}&password={password}&name=N&email=evil@acme.com{hostile}");
        let answer = visitor.post_raw("/authenticate/invitation", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        note(&visitor, answer).await;
    }
    let [plain, hostile] = outcomes;
    assert_eq!(plain.len(), 3);
    for (plain, hostile) in plain.into_iter().zip(hostile) {
        assert_eq!(plain, hostile);
    }
}

#[tokio::test]
async fn a_repeated_member_leads_to_one_mail_to_one_address() {
    let app = TestApp::new();
    let stored = ["Victim@acme.com", "Evil@acme.com"];
    for email in stored {
        app.somebody(email, account_core::account::Role::User).await;
    }
    let twins = |first: &str, second: &str, more: &str| {
        [
            format!(r#"{{"email":"{first}","email":"{second}"{more}}}"#),
            format!(r#"{{"email":"{first}","\u0065mail":"{second}"{more}}}"#),
            format!(r#"{{"email":"{first}"{more},"email":["{second}"]}}"#),
            format!(r#"{{"email":["{first}"]{more},"email":"{second}"}}"#),
        ]
    };
    for (first, second) in [("victim@acme.com", "evil@acme.com"), ("EVIL@acme.com", "VICTIM@acme.com")] {
        for body in twins(first, second, "") {
            let answer = app.post("/account/v1/password-resets", &body).await;
            let mails = app.mails().await;
            let to: Vec<_> = mails.iter().map(|mail| mail.to.to_string()).collect();
            match answer.status.as_u16() {
                202 => assert!(to.len() == 1 && stored.contains(&to[0].as_str()), "{body}: {to:?}"),
                status => assert!((400..500).contains(&status) && to.is_empty(), "{body}: {status} {to:?}"),
            }
        }
    }
    let more = format!(r#","password":"{PASSWORD}","password":"{PASSWORD}""#);
    for (number, body) in twins("first@acme.com", "second@acme.com", &more).into_iter().enumerate() {
        let body = body.replace("@acme.com", &format!("{number}@acme.com"));
        let answer = app.post("/account/v1/registrations", &body).await;
        let mails = app.mails().await;
        if answer.status.is_client_error() {
            assert!(mails.is_empty(), "{body}: {mails:?}");
            continue;
        }
        assert_eq!((answer.status.as_u16(), mails.len()), (202, 1), "{body}");
        let MailContent::VerifyAddress { link, .. } = &mails[0].content else { panic!("another mail") };
        let token = link.expose().rsplit('/').next().unwrap().to_owned();
        let verified = app.verify(&json!({"token": token, "password": PASSWORD})).await;
        assert_eq!(verified.status, 200, "{}", verified.body);
        assert_eq!(verified.text("/account/email"), mails[0].to.as_str(), "the token proves where it was mailed to");
    }
}
