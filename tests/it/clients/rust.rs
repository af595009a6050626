//! The Rust clients.

use account_tests::Service;
use account_tests::clients::native::types::{Account, RegistrationRequest};
use account_tests::clients::{base_url, form, http_client, mikrocloud, native, rpost, waltid};
use account_tests::mikrocloud::REQUEST;
use account_tests::service::token_of;
use serde_json::{from_str, from_value, json};

use super::account_of;

const PASSWORD: &str = "velvet lantern gravel orchid";

fn native_client(service: &Service) -> native::Client {
    native::Client::new_with_client(&base_url(service), http_client(None))
}

/// Redeems the link that was emailed to an address, with the password of the registration as the proof.
async fn verify(service: &Service, email: &str, password: &str) -> Account {
    let token = token_of(&service.wait_for_mail_to(email).await).unwrap();
    let request = from_value(json!({"token": token, "password": password})).unwrap();
    native_client(service).verify_email(None, &request).await.unwrap().into_inner().account
}

#[tokio::test]
async fn the_native_client_registers_verifies_and_signs_in() {
    let service = Service::start().await;
    let client = native_client(&service);
    let request: RegistrationRequest =
        from_value(json!({"email": "jane@acme.com", "password": PASSWORD, "name": "Jane Appleseed"})).unwrap();
    let accepted = client.register(None, &request).await.unwrap();
    assert_eq!(accepted.status(), 202);

    let token = token_of(&service.wait_for_mail_to("jane@acme.com").await).unwrap();
    let verification = from_value(json!({"token": token})).unwrap();
    let verified = client.verify_email(Some(&accepted.continuation), &verification).await.unwrap();
    assert_eq!(verified.status(), 200);
    assert!(verified.session.is_some(), "the continuation proves the client that registered");

    let account = account_of(&service, "jane@acme.com", PASSWORD).await;
    assert_eq!(account.id.to_string(), accepted.registration_id.to_string());
    assert_eq!(account.name.as_deref(), Some("Jane Appleseed"));
    assert!(account.email_verified_at.is_some());
}

#[tokio::test]
async fn the_native_client_reads_errors() {
    let service = Service::start().await;
    let request = from_value(json!({"email": "jane", "password": "short"})).unwrap();
    let Err(native::Error::ErrorResponse(problem)) = native_client(&service).register(None, &request).await else {
        panic!("it is a problem document");
    };
    assert_eq!((problem.status().as_u16(), problem.code.as_str()), (422, "invalid"));
    let pointers: Vec<_> = problem.violations.iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(pointers, ["/email", "/password"]);
}

#[tokio::test]
async fn the_rpost_client_registers_confirms_and_signs_in() {
    let service = Service::start().await;
    let client = rpost::Client::new_with_client(&base_url(&service), http_client(None));
    let (email, password) = ("user@company.com", "Secret007");
    let registration = from_value(json!({
        "Email": email, "Password": password, "ConfirmPassword": password, "FirstName": "John", "LastName": "Smith",
        "RegistrationApp": "[App]", "Language": "en-us", "TimeZone": "US Eastern Standard Time", "Country": "US",
    }));
    let registered = client.rpost_register(None, &registration.unwrap()).await.unwrap();
    assert_eq!((registered.status_code, registered.message[0].message_id.as_str()), (200, "ACCT-1001"));

    let code = token_of(&service.wait_for_mail_to(email).await).unwrap();
    let confirmation = from_value(json!({"Email": email, "Code": code, "Password": password})).unwrap();
    assert_eq!(client.rpost_confirm_email(&confirmation).await.unwrap().status, "Success");

    let grant = from_value(json!({"grant_type": "password", "username": email, "password": password})).unwrap();
    let granted = client.rpost_token(&grant).await.unwrap();
    assert_eq!(granted.user_name, email);
    let client = rpost::Client::new_with_client(&base_url(&service), http_client(Some(&granted.access_token)));
    let details = client.rpost_read_details().await.unwrap().into_inner().result_content;
    assert_eq!((details.user_name.as_str(), details.language.as_deref()), (email, Some("en-us")));
    assert_eq!(details.time_zone.as_deref(), Some("US Eastern Standard Time"));

    let account = account_of(&service, email, password).await;
    assert_eq!((account.given_name.as_deref(), account.country.as_deref()), (Some("John"), Some("US")));
    assert!(account.email_verified_at.is_some());
}

#[tokio::test]
async fn the_rpost_client_reads_errors() {
    let service = Service::start().await;
    let client = rpost::Client::new_with_client(&base_url(&service), http_client(None));
    let registration = from_value(json!({
        "Email": "user.company.com", "Password": "Sec007", "FirstName": "John", "LastName": "Smith",
        "RegistrationApp": "[App]", "Language": "en-us",
    }));
    let answer = client.rpost_register(None, &registration.unwrap()).await;
    let Err(rpost::Error::ErrorResponse(error)) = answer else { panic!("it is an envelope") };
    assert_eq!((error.status().as_u16(), error.status_code, error.status.as_str()), (400, 400, "Error"));
    let ids: Vec<_> = error.message.iter().map(|message| message.message_id.as_str()).collect();
    assert_eq!(ids, ["ACCT-4005", "ACCT-4004"]);

    let grant = json!({"grant_type": "password", "username": "user@company.com", "password": "Secret007"});
    let answer = client.rpost_token(&from_value(grant).unwrap()).await;
    let Err(rpost::Error::ErrorResponse(error)) = answer else { panic!("it is an error of OAuth") };
    assert_eq!((error.status().as_u16(), error.error.as_str()), (400, "invalid_grant"));
}

fn form_registration(change: &serde_json::Value) -> form::types::UserRegistration {
    let mut registration = json!({
        "name": "Test User", "account": "testuser", "email": "user@example.com",
        "password": "yourpassword", "password_confirm": "yourpassword",
    });
    registration.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    from_value(registration).unwrap()
}

#[tokio::test]
async fn the_form_client_registers_signs_in_and_renews_its_tokens() {
    let service = Service::start().await;
    let client = form::Client::new_with_client(&base_url(&service), http_client(None));
    let registered = client.form_register(None, &form_registration(&json!({}))).await.unwrap();
    assert_eq!((registered.status().as_u16(), registered.is_verified), (201, false));

    let (email, password) = ("user@example.com", "yourpassword");
    let verified = verify(&service, email, password).await;
    let account = account_of(&service, email, password).await;
    assert_eq!([account.id; 2], [verified.id, registered.id]);
    assert_eq!((account.name.as_deref(), account.username.as_deref()), (Some("Test User"), Some("testuser")));

    let login = from_value(json!({"email": email, "password": password})).unwrap();
    let signed_in = client.form_login(&login).await.unwrap();
    let renewal = from_value(json!({"refresh_token": signed_in.refresh_token})).unwrap();
    let renewed = client.form_renew_tokens(&renewal).await.unwrap();
    assert_ne!(renewed.access_token, signed_in.access_token);
    let client = form::Client::new_with_client(&base_url(&service), http_client(Some(&renewed.access_token)));
    let shown = client.form_whoami().await.unwrap();
    assert_eq!((shown.id, shown.is_verified), (registered.id, true));
}

#[tokio::test]
async fn the_form_client_tells_its_error_types_apart() {
    use form::types::ErrorOrFieldErrors;

    let service = Service::start().await;
    let client = form::Client::new_with_client(&base_url(&service), http_client(None));
    let answer = client.form_register(None, &form_registration(&json!({"email": "user"}))).await;
    let Err(form::Error::ErrorResponse(error)) = answer else { panic!("it is an error of the dialect") };
    assert_eq!(error.status(), 422);
    let ErrorOrFieldErrors::FieldErrors(error) = error.into_inner() else { panic!("it lists the fields") };
    assert_eq!(
        error.errors.into_iter().collect::<Vec<_>>(),
        [("email".to_owned(), "VALIDATION_EMAIL_INVALID_EMAIL".to_owned())]
    );

    let answer = client.form_register(None, &form_registration(&json!({"password_confirm": "mypassword"}))).await;
    let Err(form::Error::ErrorResponse(error)) = answer else { panic!("it is an error of the dialect") };
    assert_eq!(error.status(), 400);
    let ErrorOrFieldErrors::Error(error) = error.into_inner() else { panic!("it is a code alone") };
    assert_eq!(error.errors, "PASSWORDS_DO_NOT_MATCH");

    let Err(form::Error::ErrorResponse(error)) = client.form_whoami().await else {
        panic!("it is an error of the dialect");
    };
    assert_eq!((error.status().as_u16(), error.errors.as_str()), (401, "NOT_AUTHENTICATED"));
}

#[tokio::test]
async fn the_mikrocloud_client_registers_and_the_account_is_a_native_one() {
    let service = Service::start().await;
    let client = mikrocloud::Client::new_with_client(&base_url(&service), http_client(None));
    let registered = client.register_user(None, &from_str(REQUEST).unwrap()).await.unwrap();
    assert_eq!(registered.status(), 201);
    assert_eq!(registered.message, "Registration was successful, please verify your email address");

    let verified = verify(&service, "john@acme.com", "SDf345FCe").await;
    let account = account_of(&service, "john@acme.com", "SDf345FCe").await;
    assert_eq!(account.id, verified.id);
    assert_eq!((account.name.as_deref(), account.country.as_deref()), (Some("John Appleseed"), Some("ZA")));
}

#[tokio::test]
async fn the_mikrocloud_client_tells_its_error_types_apart() {
    use mikrocloud::types::ValidationErrorOrError;

    let service = Service::start().await;
    let client = mikrocloud::Client::new_with_client(&base_url(&service), http_client(None));
    let mut registration: mikrocloud::types::UserRegistration = from_str(REQUEST).unwrap();
    registration.email = "john".to_owned();
    let Err(mikrocloud::Error::ErrorResponse(error)) = client.register_user(None, &registration).await else {
        panic!("it is an error of the dialect");
    };
    assert_eq!(error.status(), 422);
    let ValidationErrorOrError::ValidationError(error) = error.into_inner() else {
        panic!("it lists the fields");
    };
    assert_eq!(error.errors.keys().collect::<Vec<_>>(), ["email"]);
    let answer = client.register_user(Some("short"), &registration).await;
    let Err(mikrocloud::Error::ErrorResponse(error)) = answer else {
        panic!("it is an error of the dialect");
    };
    assert_eq!(error.status(), 400);
    assert!(matches!(error.into_inner(), ValidationErrorOrError::Error(_)), "it has a message alone");
}

#[tokio::test]
async fn the_waltid_client_registers_and_the_account_is_a_native_one() {
    let service = Service::start().await;
    let client = waltid::Client::new_with_client(&base_url(&service), http_client(None));
    let request = from_str(account_tests::waltid::REQUEST).unwrap();
    let registered = client.waltid_register_account(None, &request).await.unwrap();
    assert_eq!(registered.status(), 201);

    let (email, password) = ("max.mustermann@example.org", account_tests::waltid::PASSWORD);
    let verified = verify(&service, email, password).await;
    let account = account_of(&service, email, password).await;
    assert_eq!((account.id, account.id.to_string()), (verified.id, registered.id.clone()));
    assert_eq!((account.name.as_deref(), account.country.as_deref()), (Some("Max Mustermann"), Some("AT")));

    let credentials = from_value(json!({"email": email, "password": password})).unwrap();
    let signed_in = client.waltid_sign_in(&credentials).await.unwrap();
    let client = waltid::Client::new_with_client(&base_url(&service), http_client(Some(&signed_in.token)));
    assert_eq!(client.waltid_get_account().await.unwrap().id, registered.id);
    let Err(waltid::Error::ErrorResponse(error)) = client.waltid_list_accounts(None, None).await else {
        panic!("it is an error of the dialect");
    };
    assert_eq!((error.status().as_u16(), error.id.as_str()), (403, "ForbiddenException"));
}
