//! A client of `rpost.json`, by `cargo xtask clients`: not to be edited.
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A token.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AccessToken {
        ///The bearer token.
        pub access_token: ::std::string::String,
        ///How many seconds the token is valid, used or not. An administrator's token is valid for eight hours.
        pub expires_in: i64,
        ///`bearer`.
        pub token_type: ::std::string::String,
        ///The address of the account.
        #[serde(rename = "userName")]
        pub user_name: ::std::string::String,
    }
    ///The envelope of an answer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Answer {
        ///Details.
        #[serde(rename = "Message")]
        pub message: ::std::vec::Vec<Message>,
        ///The result.
        #[serde(
            rename = "ResultContent",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub result_content: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        ///`Success` or `Error`.
        #[serde(rename = "Status")]
        pub status: ::std::string::String,
        ///The HTTP status code.
        #[serde(rename = "StatusCode")]
        pub status_code: i32,
        ///The HTTP status in words.
        #[serde(rename = "StatusText")]
        pub status_text: ::std::string::String,
    }
    ///The token from the email, and the proof of who registered.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ConfirmEmail {
        ///The `code` parameter of the callback URL, the complete link from the email, or its last part.
        #[serde(rename = "Code")]
        pub code: ::std::string::String,
        ///The address that was registered.
        #[serde(rename = "Email")]
        pub email: ::std::string::String,
        /**A new password instead: the owner of the mailbox gets the address, and nothing else of the registration is kept.
It takes precedence over `Password`.*/
        #[serde(
            rename = "NewPassword",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub new_password: ::std::option::Option<::std::string::String>,
        ///The password of the registration.
        #[serde(
            rename = "Password",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub password: ::std::option::Option<::std::string::String>,
    }
    ///The envelope of an answer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ConfirmedAnswer {
        ///Details.
        #[serde(rename = "Message")]
        pub message: ::std::vec::Vec<Message>,
        ///The result.
        #[serde(
            rename = "ResultContent",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub result_content: ::std::option::Option<ConfirmedAnswerResultContent>,
        ///`Success` or `Error`.
        #[serde(rename = "Status")]
        pub status: ::std::string::String,
        ///The HTTP status code.
        #[serde(rename = "StatusCode")]
        pub status_code: i32,
        ///The HTTP status in words.
        #[serde(rename = "StatusText")]
        pub status_text: ::std::string::String,
    }
    ///The result.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ConfirmedAnswerResultContent {
        ///The callback URL of the registration.
        #[serde(rename = "ConfirmationCallbackUrl")]
        pub confirmation_callback_url: ::std::string::String,
    }
    ///The details of an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Details {
        ///First name.
        #[serde(
            rename = "FirstName",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        ///Code of the language.
        #[serde(
            rename = "Language",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub language: ::std::option::Option<::std::string::String>,
        ///Last name.
        #[serde(
            rename = "LastName",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        ///An additional address for notices, used once it is verified.
        #[serde(
            rename = "NotificationEmail",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub notification_email: ::std::option::Option<::std::string::String>,
        ///Phone number, as E.164 if possible.
        #[serde(
            rename = "PhoneNumber",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub phone_number: ::std::option::Option<::std::string::String>,
        ///Windows' id of the time zone, or its name in the IANA database where Windows has no id for it.
        #[serde(
            rename = "TimeZone",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub time_zone: ::std::option::Option<::std::string::String>,
        ///The account's address.
        #[serde(rename = "UserName")]
        pub user_name: ::std::string::String,
    }
    ///The envelope of an answer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DetailsAnswer {
        ///Details.
        #[serde(rename = "Message")]
        pub message: ::std::vec::Vec<Message>,
        ///The result.
        #[serde(rename = "ResultContent")]
        pub result_content: Details,
        ///`Success` or `Error`.
        #[serde(rename = "Status")]
        pub status: ::std::string::String,
        ///The HTTP status code.
        #[serde(rename = "StatusCode")]
        pub status_code: i32,
        ///The HTTP status in words.
        #[serde(rename = "StatusText")]
        pub status_text: ::std::string::String,
    }
    /**A change of details: members that are not sent stay the same, null removes a value. `UserName` is not changed here,
and ignored.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct DetailsChange {
        ///First name.
        #[serde(
            rename = "FirstName",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        ///Code of the language.
        #[serde(
            rename = "Language",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub language: ::std::option::Option<::std::string::String>,
        ///Last name.
        #[serde(
            rename = "LastName",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        /**An additional address for notices. To change it, the token must be at most five minutes old, and the new
address must be verified.*/
        #[serde(
            rename = "NotificationEmail",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub notification_email: ::std::option::Option<::std::string::String>,
        ///Phone number.
        #[serde(
            rename = "PhoneNumber",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub phone_number: ::std::option::Option<::std::string::String>,
        ///Code of the time zone.
        #[serde(
            rename = "TimeZone",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub time_zone: ::std::option::Option<::std::string::String>,
    }
    ///Address of the account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ForgotPassword {
        ///Not used: the link leads to a page of this service.
        #[serde(
            rename = "CallbackUrl",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub callback_url: ::std::option::Option<::std::string::String>,
        ///Not used: emails come from the address of the service.
        #[serde(
            rename = "FromEmailAddress",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub from_email_address: ::std::option::Option<::std::string::String>,
        ///The address of the account.
        #[serde(rename = "UserEmailAddress")]
        pub user_email_address: ::std::string::String,
    }
    ///The envelope of an answer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LookupAnswer {
        ///Details.
        #[serde(rename = "Message")]
        pub message: ::std::vec::Vec<Message>,
        ///The result.
        #[serde(rename = "ResultContent")]
        pub result_content: ::std::vec::Vec<LookupItem>,
        ///`Success` or `Error`.
        #[serde(rename = "Status")]
        pub status: ::std::string::String,
        ///The HTTP status code.
        #[serde(rename = "StatusCode")]
        pub status_code: i32,
        ///The HTTP status in words.
        #[serde(rename = "StatusText")]
        pub status_text: ::std::string::String,
    }
    ///A code that a field accepts.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LookupItem {
        ///The value to send.
        #[serde(rename = "Code")]
        pub code: ::std::string::String,
        ///Its English name.
        #[serde(rename = "Description")]
        pub description: ::std::string::String,
    }
    ///A message of an answer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Message {
        ///The message in words. English.
        #[serde(rename = "Message")]
        pub message: ::std::string::String,
        ///Stable id of the message, for programs.
        #[serde(rename = "MessageId")]
        pub message_id: ::std::string::String,
    }
    ///Request for another email.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ResendActivationLink {
        ///Not used: the link leads where the registration said.
        #[serde(
            rename = "ActivateViaCallbackUrl",
            default = "defaults::resend_activation_link_activate_via_callback_url"
        )]
        pub activate_via_callback_url: ::std::option::Option<bool>,
        ///Not used: the link leads where the registration said.
        #[serde(
            rename = "ConfirmationCallbackUrl",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub confirmation_callback_url: ::std::option::Option<::std::string::String>,
        ///The address that was registered.
        #[serde(rename = "Email")]
        pub email: ::std::string::String,
        ///Not used.
        #[serde(
            rename = "RegistrationApp",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub registration_app: ::std::option::Option<::std::string::String>,
    }
    ///The token from the email, and the new password.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ResetPassword {
        ///The address of the account.
        #[serde(rename = "Email")]
        pub email: ::std::string::String,
        ///The new password.
        #[serde(rename = "NewPassword")]
        pub new_password: ::std::string::String,
        ///The complete link from the email, or its last part.
        #[serde(rename = "Token")]
        pub token: ::std::string::String,
    }
    ///The status of a user in the email service: there is one kind of account here, so it is that of the account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ServiceStatus {
        ///Whether the address has an account.
        #[serde(rename = "RegisteredUser")]
        pub registered_user: bool,
        ///`Active`, `Unverified`, `Disabled`, `Deleting` or `NotRegistered`.
        #[serde(rename = "Status")]
        pub status: ::std::string::String,
    }
    ///The envelope of an answer.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct StatusAnswer {
        ///Details.
        #[serde(rename = "Message")]
        pub message: ::std::vec::Vec<Message>,
        ///The result.
        #[serde(rename = "ResultContent")]
        pub result_content: UserStatus,
        ///`Success` or `Error`.
        #[serde(rename = "Status")]
        pub status: ::std::string::String,
        ///The HTTP status code.
        #[serde(rename = "StatusCode")]
        pub status_code: i32,
        ///The HTTP status in words.
        #[serde(rename = "StatusText")]
        pub status_text: ::std::string::String,
    }
    ///An error of RFC 6749.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenError {
        ///`invalid_request`, `invalid_grant`, `unsupported_grant_type`, `temporarily_unavailable` or `server_error`.
        pub error: ::std::string::String,
        ///The error in words. English.
        pub error_description: ::std::string::String,
    }
    ///The credentials. The case of keys does not matter.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenRequest {
        ///Not used.
        #[serde(
            rename = "Client_Id",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub client_id: ::std::option::Option<::std::string::String>,
        ///`password`.
        pub grant_type: ::std::string::String,
        ///Its password.
        pub password: ::std::string::String,
        ///The address of the account.
        pub username: ::std::string::String,
    }
    ///The credentials. The case of keys does not matter.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenRequestMultipart {
        ///Not used.
        #[serde(
            rename = "Client_Id",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub client_id: ::std::option::Option<::std::string::String>,
        ///`password`.
        pub grant_type: ::std::string::String,
        ///Its password.
        pub password: ::std::string::String,
        ///The address of the account.
        pub username: ::std::string::String,
    }
    ///A user who registers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UserRegisterBindingModel {
        ///If true, the activation code is appended to the callback URL, as `code`.
        #[serde(
            rename = "ActivateViaCallbackUrl",
            default = "defaults::user_register_binding_model_activate_via_callback_url"
        )]
        pub activate_via_callback_url: ::std::option::Option<bool>,
        ///A valid email address to be used as an alternate email address.
        #[serde(
            rename = "AlternateEmail",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub alternate_email: ::std::option::Option<::std::string::String>,
        ///Id of a registered client.
        #[serde(
            rename = "ClientId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub client_id: ::std::option::Option<::std::string::String>,
        ///Company name.
        #[serde(
            rename = "CompanyName",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub company_name: ::std::option::Option<::std::string::String>,
        ///Confirm password. Must match where it is given.
        #[serde(
            rename = "ConfirmPassword",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub confirm_password: ::std::option::Option<::std::string::String>,
        ///URL to navigate to after email activation. Its origin has to be registered.
        #[serde(
            rename = "ConfirmationCallbackUrl",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub confirmation_callback_url: ::std::option::Option<::std::string::String>,
        ///Country code, see `/api/v1/Lookup/Country`.
        #[serde(
            rename = "Country",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub country: ::std::option::Option<::std::string::String>,
        ///Code of the customer: an organization.
        #[serde(
            rename = "CustomerCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub customer_code: ::std::option::Option<::std::string::String>,
        ///A valid email address to be used as username.
        #[serde(rename = "Email")]
        pub email: ::std::string::String,
        ///User's first name.
        #[serde(rename = "FirstName")]
        pub first_name: ::std::string::String,
        ///Industry code.
        #[serde(
            rename = "Industry",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub industry: ::std::option::Option<::std::string::String>,
        ///IP address. Kept as a claim; never used as the client's address.
        #[serde(
            rename = "IPAddress",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ip_address: ::std::option::Option<::std::string::String>,
        ///True if the user should be a customer administrator. The customer has to allow it.
        #[serde(
            rename = "IsAdminUser",
            default = "defaults::user_register_binding_model_is_admin_user"
        )]
        pub is_admin_user: ::std::option::Option<bool>,
        ///Language code, see `/api/v1/Lookup/Language`.
        #[serde(rename = "Language")]
        pub language: ::std::string::String,
        ///User's last name.
        #[serde(rename = "LastName")]
        pub last_name: ::std::string::String,
        ///A valid email address to be used as an alternate notification address.
        #[serde(
            rename = "NotificationEmail",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub notification_email: ::std::option::Option<::std::string::String>,
        ///Originating URL.
        #[serde(
            rename = "OriginatingURL",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub originating_url: ::std::option::Option<::std::string::String>,
        /**By default a minimum of 8 and maximum of 25 characters, including at least one uppercase letter, one lowercase
letter, one number, and no spaces.*/
        #[serde(rename = "Password")]
        pub password: ::std::string::String,
        ///Phone number.
        #[serde(
            rename = "PhoneNumber",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub phone_number: ::std::option::Option<::std::string::String>,
        ///Whether the app's terms and conditions are agreed to.
        #[serde(
            rename = "RPostTermCondition",
            default = "defaults::user_register_binding_model_r_post_term_condition"
        )]
        pub r_post_term_condition: ::std::option::Option<bool>,
        ///App used for registration.
        #[serde(rename = "RegistrationApp")]
        pub registration_app: ::std::string::String,
        ///Registration app site.
        #[serde(
            rename = "RegistrationAppSite",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub registration_app_site: ::std::option::Option<::std::string::String>,
        ///Timezone code, see `/api/v1/Lookup/TimeZone`; names of the IANA database are accepted too.
        #[serde(
            rename = "TimeZone",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub time_zone: ::std::option::Option<::std::string::String>,
    }
    ///The status of a user.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UserStatus {
        ///Whether the address is verified.
        #[serde(rename = "EmailConfirmed")]
        pub email_confirmed: bool,
        ///First name.
        #[serde(
            rename = "FirstName",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub first_name: ::std::option::Option<::std::string::String>,
        ///Last name.
        #[serde(
            rename = "LastName",
            deserialize_with = "::std::option::Option::deserialize"
        )]
        pub last_name: ::std::option::Option<::std::string::String>,
        ///Whether the address has an account.
        #[serde(rename = "RegisteredUser")]
        pub registered_user: bool,
        ///The same for the email service.
        #[serde(rename = "UserStatusInRMailService")]
        pub user_status_in_r_mail_service: ServiceStatus,
    }
    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn resend_activation_link_activate_via_callback_url() -> ::std::option::Option<
            bool,
        > {
            ::std::option::Option::Some(false)
        }
        pub(super) fn user_register_binding_model_activate_via_callback_url() -> ::std::option::Option<
            bool,
        > {
            ::std::option::Option::Some(false)
        }
        pub(super) fn user_register_binding_model_is_admin_user() -> ::std::option::Option<
            bool,
        > {
            ::std::option::Option::Some(false)
        }
        pub(super) fn user_register_binding_model_r_post_term_condition() -> ::std::option::Option<
            bool,
        > {
            ::std::option::Option::Some(false)
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Account registration, rpost dialect

Stands in for the registration of RPost's account API. The case of paths does not matter. Bodies are JSON objects of at most 64 KiB. Strings other than passwords are trimmed; empty ones and null count as absent; unknown members are ignored. Every answer except those of `/Token` is an envelope whose `StatusCode` is the HTTP status, with one message for every broken rule.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap())
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
        }
    }
}
impl ClientInfo<()> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &() {
        &()
    }
}
impl ClientHooks<()> for &Client {}
#[allow(clippy::all)]
impl Client {
    /**Sign in

Grants a token for address and password. The answer is the same for an unknown address, a wrong password and an
unverified address.

Sends a `POST` request to `/Token`

*/
    pub async fn rpost_token<'a>(
        &'a self,
        body: &'a types::TokenRequest,
    ) -> Result<ResponseValue<types::AccessToken>, Error<types::TokenError>> {
        let url = format!("{}/Token", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .form_urlencoded(&body)?
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_token",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Activate an account

Redeems the emailed code with a proof of who registered: the password of the registration, or a new one. Without
a proof, a stranger could make the owner of a mailbox confirm an account whose password the stranger knows.

Sends a `POST` request to `/api/v1/Account/ConfirmEmail`

*/
    pub async fn rpost_confirm_email<'a>(
        &'a self,
        body: &'a types::ConfirmEmail,
    ) -> Result<ResponseValue<types::ConfirmedAnswer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/ConfirmEmail", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_confirm_email",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get your details

Codes as the lists have them: see `/api/v1/Lookup`.

Sends a `GET` request to `/api/v1/Account/Details`

*/
    pub async fn rpost_read_details<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::DetailsAnswer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/Details", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_read_details",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Change your details

Members that are not sent stay the same; null and an empty string remove a value.

Sends a `PUT` request to `/api/v1/Account/Details`

*/
    pub async fn rpost_change_details<'a>(
        &'a self,
        body: &'a types::DetailsChange,
    ) -> Result<ResponseValue<types::DetailsAnswer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/Details", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_change_details",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Request a password reset

The answer is the same whether or not the address has an account. The emailed link leads to a page of this
service.

Sends a `POST` request to `/api/v1/Account/ForgotPassword`

*/
    pub async fn rpost_forgot_password<'a>(
        &'a self,
        body: &'a types::ForgotPassword,
    ) -> Result<ResponseValue<types::Answer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/ForgotPassword", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_forgot_password",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Register a new user

An email with an activation link will be sent to the user. The answer is the same for addresses that have an
account already.

Sends a `POST` request to `/api/v1/Account/Register`

Arguments:
- `idempotency_key`: Makes the request safe to retry: the same key with the same body gets the first answer again, for 24 hours. 16 to 255 visible ASCII characters, such as a random UUID.
- `body`
*/
    pub async fn rpost_register<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::UserRegisterBindingModel,
    ) -> Result<ResponseValue<types::Answer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/Register", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_register",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Request another activation link

The answer is the same whether or not anything is pending. The newest link replaces earlier ones. At most 5 per
minute per user, counted in the same way for unknown addresses. The link always leads where the registration
said, because the person who asks need not be the one who registered.

Sends a `POST` request to `/api/v1/Account/ResendActivationLink`

*/
    pub async fn rpost_resend_activation_link<'a>(
        &'a self,
        body: &'a types::ResendActivationLink,
    ) -> Result<ResponseValue<types::Answer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/ResendActivationLink", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_resend_activation_link",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Choose a new password

Redeems the emailed token. All sessions of the account end, and no new one is opened.

Sends a `POST` request to `/api/v1/Account/ResetPassword`

*/
    pub async fn rpost_reset_password<'a>(
        &'a self,
        body: &'a types::ResetPassword,
    ) -> Result<ResponseValue<types::Answer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Account/ResetPassword", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_reset_password",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Check whether an address has an account

For administrators. An address without an account, or with a pending registration, counts as not registered.

Sends a `GET` request to `/api/v1/Account/Status/{userName}`

Arguments:
- `user_name`: The address.
*/
    pub async fn rpost_read_status<'a>(
        &'a self,
        user_name: &'a str,
    ) -> Result<ResponseValue<types::StatusAnswer>, Error<types::Answer>> {
        let url = format!(
            "{}/api/v1/Account/Status/{}", self.baseurl, encode_path(& user_name
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_read_status",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List countries

ISO 3166-1 alpha-2 codes with the English names of Unicode's CLDR.

Sends a `GET` request to `/api/v1/Lookup/Country`

*/
    pub async fn rpost_list_countries<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::LookupAnswer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Lookup/Country", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_list_countries",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            405u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List languages

BCP 47 tags in lower case, with the English descriptions of Unicode's CLDR.

Sends a `GET` request to `/api/v1/Lookup/Language`

*/
    pub async fn rpost_list_languages<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::LookupAnswer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Lookup/Language", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_list_languages",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            405u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List time zones

Windows time zone ids, each with the IANA time zone that it stands for. Fields also accept names of the IANA
database.

Sends a `GET` request to `/api/v1/Lookup/TimeZone`

*/
    pub async fn rpost_list_time_zones<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::LookupAnswer>, Error<types::Answer>> {
        let url = format!("{}/api/v1/Lookup/TimeZone", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "rpost_list_time_zones",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            405u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
