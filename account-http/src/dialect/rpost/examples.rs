//! Examples of bodies: those of the published documentation, and what is answered to them.

use crate::openapi::Example;

/// The documented registration.
const REGISTER: &str = r#"{"Email":"user@company.com","Password":"Secret007","ConfirmPassword":"Secret007","FirstName":"John","LastName":"Smith","PhoneNumber":"3102100990","AlternateEmail":null,"ConfirmationCallbackUrl":null,"RegistrationApp":"[App]","Language":"en-us","TimeZone":"US Eastern Standard Time","NotificationEmail":null,"Country":null,"CompanyName":null,"Industry":null,"RPostTermCondition":null,"ClientId":null,"CustomerCode":null,"IsAdminUser":null,"ActivateViaCallbackUrl":null,"IPAddress":null,"OriginatingURL":null,"RegistrationAppSite":null}"#;
const REGISTERED: &str = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"Registration received. An email with an activation link will be sent to the user.","MessageId":"ACCT-1001"}],"ResultContent":null}"#;
const INVALID: &str = r#"{"StatusCode":400,"StatusText":"Bad Request","Status":"Error","Message":[{"Message":"The Email field is required.","MessageId":"ACCT-4001"},{"Message":"The Password field must contain at least one number.","MessageId":"ACCT-4007"}],"ResultContent":null}"#;
const NO_ADDRESS: &str = r#"{"StatusCode":400,"StatusText":"Bad Request","Status":"Error","Message":[{"Message":"The Email field is not a valid e-mail address.","MessageId":"ACCT-4005"}],"ResultContent":null}"#;
const LIMITED: &str = r#"{"StatusCode":429,"StatusText":"Too Many Requests","Status":"Error","Message":[{"Message":"Too many requests. Try again in 10 minutes.","MessageId":"ACCT-4291"}],"ResultContent":null}"#;
const DENIED: &str = r#"{"StatusCode":401,"StatusText":"Unauthorized","Status":"Error","Message":[{"Message":"Authorization has been denied for this request.","MessageId":"ACCT-4101"}],"ResultContent":null}"#;
const DETAILS: &str = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The details of the account.","MessageId":"ACCT-1001"}],"ResultContent":{"TimeZone":"US Eastern Standard Time","Language":"en-us","FirstName":"John","LastName":"Smith","PhoneNumber":"3102100990","UserName":"user@company.com","NotificationEmail":null}}"#;
const CHANGED: &str = r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The details of the account are changed.","MessageId":"ACCT-1001"}],"ResultContent":{"TimeZone":"US Eastern Standard Time","Language":"en-us","FirstName":"Jane","LastName":"Smith","PhoneNumber":null,"UserName":"user@company.com","NotificationEmail":null}}"#;

const fn example(operation: &'static str, place: &'static str, body: &'static str) -> Example {
    Example { operation, place, body }
}

/// All of them.
pub(super) const EXAMPLES: &[Example] = &[
    example("rpostRegister", "request", REGISTER),
    example("rpostRegister", "200", REGISTERED),
    example("rpostRegister", "400", INVALID),
    example("rpostRegister", "429", LIMITED),
    example(
        "rpostResendActivationLink",
        "request",
        r#"{"Email":"user@company.com","ConfirmationCallbackUrl":null,"ActivateViaCallbackUrl":null,"RegistrationApp":"[App]"}"#,
    ),
    example(
        "rpostResendActivationLink",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"If a registration is pending for the address, an email with an activation link will be sent.","MessageId":"ACCT-1001"}],"ResultContent":null}"#,
    ),
    example("rpostResendActivationLink", "400", NO_ADDRESS),
    example("rpostResendActivationLink", "429", LIMITED),
    example(
        "rpostConfirmEmail",
        "request",
        r#"{"Email":"user@company.com","Code":"vZ2k3XoR8yq1bQmC5tJd7wLe9sHf0uGi4aNp6rTxYzE","Password":"Secret007"}"#,
    ),
    example(
        "rpostConfirmEmail",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The email address is confirmed.","MessageId":"ACCT-1001"}],"ResultContent":{"ConfirmationCallbackUrl":"https://portal.example.com/welcome"}}"#,
    ),
    example(
        "rpostConfirmEmail",
        "400",
        r#"{"StatusCode":400,"StatusText":"Bad Request","Status":"Error","Message":[{"Message":"The Password or NewPassword field is required.","MessageId":"ACCT-4014"}],"ResultContent":null}"#,
    ),
    example(
        "rpostListLanguages",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The list of codes.","MessageId":"ACCT-1001"}],"ResultContent":[{"Code":"en-us","Description":"English (United States)"}]}"#,
    ),
    example(
        "rpostListTimeZones",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The list of codes.","MessageId":"ACCT-1001"}],"ResultContent":[{"Code":"US Eastern Standard Time","Description":"America/Indiana/Indianapolis"}]}"#,
    ),
    example(
        "rpostListCountries",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The list of codes.","MessageId":"ACCT-1001"}],"ResultContent":[{"Code":"US","Description":"United States"}]}"#,
    ),
    example(
        "rpostToken",
        "request",
        r#"{"grant_type":"password","username":"user@company.com","password":"Secret007"}"#,
    ),
    example(
        "rpostToken",
        "200",
        r#"{"access_token":"vZ2k3XoR8yq1bQmC5tJd7wLe9sHf0uGi4aNp6rTxYzE","token_type":"bearer","expires_in":1209599,"userName":"user@company.com"}"#,
    ),
    example(
        "rpostToken",
        "400",
        r#"{"error":"invalid_grant","error_description":"The user name or password is incorrect."}"#,
    ),
    example(
        "rpostToken",
        "429",
        r#"{"error":"temporarily_unavailable","error_description":"Too many requests. Try again in 10 minutes."}"#,
    ),
    example("rpostReadDetails", "200", DETAILS),
    example("rpostReadDetails", "401", DENIED),
    example("rpostChangeDetails", "request", r#"{"FirstName":"Jane","PhoneNumber":null}"#),
    example("rpostChangeDetails", "200", CHANGED),
    example("rpostChangeDetails", "401", DENIED),
    example(
        "rpostForgotPassword",
        "request",
        r#"{"UserEmailAddress":"user@company.com","FromEmailAddress":null,"CallbackUrl":null}"#,
    ),
    example(
        "rpostForgotPassword",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"If the address has an account, an email with a link to choose a new password will be sent.","MessageId":"ACCT-1001"}],"ResultContent":null}"#,
    ),
    example("rpostForgotPassword", "429", LIMITED),
    example(
        "rpostResetPassword",
        "request",
        r#"{"Email":"user@company.com","Token":"vZ2k3XoR8yq1bQmC5tJd7wLe9sHf0uGi4aNp6rTxYzE","NewPassword":"Secret008"}"#,
    ),
    example(
        "rpostResetPassword",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The password is changed.","MessageId":"ACCT-1001"}],"ResultContent":null}"#,
    ),
    example(
        "rpostResetPassword",
        "400",
        r#"{"StatusCode":400,"StatusText":"Bad Request","Status":"Error","Message":[{"Message":"The token is not valid.","MessageId":"ACCT-4017"}],"ResultContent":null}"#,
    ),
    example(
        "rpostReadStatus",
        "200",
        r#"{"StatusCode":200,"StatusText":"OK","Status":"Success","Message":[{"Message":"The status of the user.","MessageId":"ACCT-1001"}],"ResultContent":{"FirstName":"John","LastName":"Smith","RegisteredUser":true,"EmailConfirmed":true,"UserStatusInRMailService":{"RegisteredUser":true,"Status":"Active"}}}"#,
    ),
    example("rpostReadStatus", "401", DENIED),
];
