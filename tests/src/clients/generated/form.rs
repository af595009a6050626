//! A client of `form.json`, by `cargo xtask clients`: not to be edited.
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///An error as one code.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Error {
        ///The code.
        pub errors: ::std::string::String,
    }
    ///`ErrorOrFieldErrors`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum ErrorOrFieldErrors {
        Error(Error),
        FieldErrors(FieldErrors),
    }
    impl ::std::convert::From<Error> for ErrorOrFieldErrors {
        fn from(value: Error) -> Self {
            Self::Error(value)
        }
    }
    impl ::std::convert::From<FieldErrors> for ErrorOrFieldErrors {
        fn from(value: FieldErrors) -> Self {
            Self::FieldErrors(value)
        }
    }
    ///Errors by field.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct FieldErrors {
        /**One code per field: `VALIDATION_<FIELD>_<RULE>`.
A field that is missing or not a string is named `body.<field>`.*/
        pub errors: ::std::collections::HashMap<
            ::std::string::String,
            ::std::string::String,
        >,
    }
    ///The credentials.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Login {
        ///The email address, or the name of the account.
        pub email: ::std::string::String,
        ///The password.
        pub password: ::std::string::String,
    }
    ///A confirmation.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Message {
        ///`SCHEDULED_FOR_DELETION`.
        pub message: ::std::string::String,
    }
    ///A user, without secrets.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PublicUser {
        ///The account's name: 6 to 32 characters if it was set through this API. Empty if there is none.
        pub account: ::std::string::String,
        ///Id of a picture that is stored elsewhere.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub avatar_photo_id: ::std::option::Option<::uuid::Uuid>,
        ///A short text: up to 200 characters if it was set through this API.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///When it was created (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///The date on which the account will be deleted, if requested.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub deleted_at: ::std::option::Option<::jiff::civil::Date>,
        ///The date of birth.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub dob: ::std::option::Option<::jiff::civil::Date>,
        ///The address.
        pub email: ::std::string::String,
        ///The id of the registration, which becomes the account's.
        pub id: ::uuid::Uuid,
        ///Whether the account is in use: no administrator has disabled it.
        pub is_active: bool,
        ///Whether the account can manage administrators.
        pub is_superuser: bool,
        ///Whether the address is verified.
        pub is_verified: bool,
        ///The full name: 8 to 40 characters if it was set through this API. Empty if there is none.
        pub name: ::std::string::String,
        ///The telephone number: up to 20 characters if it was set through this API.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub phone: ::std::option::Option<::std::string::String>,
        ///The role.
        pub roles: PublicUserRoles,
        ///When it was last changed (RFC 3339, UTC).
        pub updated_at: ::jiff::Timestamp,
    }
    ///The role.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum PublicUserRoles {
        #[serde(rename = "user")]
        User,
        #[serde(rename = "admin")]
        Admin,
    }
    impl ::std::fmt::Display for PublicUserRoles {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::User => f.write_str("user"),
                Self::Admin => f.write_str("admin"),
            }
        }
    }
    impl ::std::str::FromStr for PublicUserRoles {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "user" => Ok(Self::User),
                "admin" => Ok(Self::Admin),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PublicUserRoles {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PublicUserRoles {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The token that renews a session.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Renewal {
        ///The newest refresh token of the session.
        pub refresh_token: ::std::string::String,
    }
    ///The tokens of a session. They are shown only once.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Tokens {
        ///The bearer token. It is accepted for an hour.
        pub access_token: ::std::string::String,
        ///The token that gets the next pair of tokens. It works once.
        pub refresh_token: ::std::string::String,
        ///`bearer`.
        pub token_type: ::std::string::String,
    }
    /**A change of details. Members that are not sent stay the same. Role, flags, id and address cannot be changed here and
are ignored.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct UserChange {
        ///The name of the account: 6 to 32 characters. Null leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<::std::string::String>,
        ///Id of a picture that is stored elsewhere. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_photo_id: ::std::option::Option<::std::string::String>,
        ///A few words: up to 200 characters. Null or an empty string removes them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///The date of birth. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dob: ::std::option::Option<::std::string::String>,
        ///The full name: 8 to 40 characters. Null leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///The telephone number: up to 20 characters. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
    }
    /**A change of details. Members that are not sent stay the same. Role, flags, id and address cannot be changed here and
are ignored.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct UserChangeForm {
        ///The name of the account: 6 to 32 characters. Null leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<::std::string::String>,
        ///Id of a picture that is stored elsewhere. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_photo_id: ::std::option::Option<::std::string::String>,
        ///A few words: up to 200 characters. Null or an empty string removes them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///The date of birth. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dob: ::std::option::Option<::std::string::String>,
        ///The full name: 8 to 40 characters. Null leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///The telephone number: up to 20 characters. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
    }
    /**A change of details. Members that are not sent stay the same. Role, flags, id and address cannot be changed here and
are ignored.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct UserChangeMultipart {
        ///The name of the account: 6 to 32 characters. Null leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<::std::string::String>,
        ///Id of a picture that is stored elsewhere. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_photo_id: ::std::option::Option<::std::string::String>,
        ///A few words: up to 200 characters. Null or an empty string removes them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///The date of birth. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dob: ::std::option::Option<::std::string::String>,
        ///The full name: 8 to 40 characters. Null leaves it as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///The telephone number: up to 20 characters. Null or an empty string removes it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
    }
    ///A user who registers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UserRegistration {
        /**The name of the account: 6 to 32 characters of letters, digits, `.`, `_` and `-`. Surrounding white space is
removed, and it is lowercased.*/
        pub account: ::std::string::String,
        ///The address: at most 255 characters. Surrounding white space is removed, and it is lowercased.
        pub email: ::std::string::String,
        ///The full name: 8 to 40 characters.
        pub name: ::std::string::String,
        ///The password. By default 8 to 40 characters.
        pub password: ::std::string::String,
        ///The password again.
        pub password_confirm: ::std::string::String,
    }
    ///A user who registers.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct UserRegistrationMultipart {
        /**The name of the account: 6 to 32 characters of letters, digits, `.`, `_` and `-`. Surrounding white space is
removed, and it is lowercased.*/
        pub account: ::std::string::String,
        ///The address: at most 255 characters. Surrounding white space is removed, and it is lowercased.
        pub email: ::std::string::String,
        ///The full name: 8 to 40 characters.
        pub name: ::std::string::String,
        ///The password. By default 8 to 40 characters.
        pub password: ::std::string::String,
        ///The password again.
        pub password_confirm: ::std::string::String,
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
/**Client for Account registration, form dialect

Stands in for the registration, sign-in and account API whose forms are posted to `/api/v1/auth/register`. Bodies have at most 64 KiB and 64 fields. Unknown fields are ignored; a field that is sent twice counts as not a string. Every error is `{"errors": ..}`: a code, or codes by field.

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

The answer and its timing are the same for a wrong password, an unknown address, a pending registration and a
disabled account. The owner of an account that is scheduled for deletion can sign in to cancel that.

Sends a `POST` request to `/api/v1/auth/login`

*/
    pub async fn form_login<'a>(
        &'a self,
        body: &'a types::Login,
    ) -> Result<ResponseValue<types::Tokens>, Error<types::ErrorOrFieldErrors>> {
        let url = format!("{}/api/v1/auth/login", self.baseurl,);
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
            operation_id: "form_login",
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
            408u16 => {
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
    /**Register a user

Records a registration. The user receives an email with a link that completes it, and can then sign in. The
checks run in this order, and only the errors of the first one that fails are returned: all five fields are
present and are strings; the passwords match; the password is complex enough (if the policy requires it);
lengths and formats of all fields; the address and the account name are not taken.

Sends a `POST` request to `/api/v1/auth/register`

Arguments:
- `idempotency_key`: Makes the request safe to retry: the same key with the same body gets the first answer again, for 24 hours. 16 to 255 visible ASCII characters, such as a random UUID.
- `body`
*/
    pub async fn form_register<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::UserRegistration,
    ) -> Result<ResponseValue<types::PublicUser>, Error<types::ErrorOrFieldErrors>> {
        let url = format!("{}/api/v1/auth/register", self.baseurl,);
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
            .form_urlencoded(&body)?
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "form_register",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            201u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
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
    /**Get the next pair of tokens

A refresh token works once. If it is used again, it may have been stolen: the session ends with all its tokens.
Only within 30 seconds, and while the next refresh token was not used, it is refused and nothing ends, so that two
tabs can renew at once. A session that is renewed lasts 30 days at most, an administrator's eight hours.

Sends a `POST` request to `/api/v1/auth/token`

*/
    pub async fn form_renew_tokens<'a>(
        &'a self,
        body: &'a types::Renewal,
    ) -> Result<ResponseValue<types::Tokens>, Error<types::ErrorOrFieldErrors>> {
        let url = format!("{}/api/v1/auth/token", self.baseurl,);
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
            operation_id: "form_renew_tokens",
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
    /**Delete your account

The account is deleted after seven days. All sessions end immediately; until then the user can sign in and
recover the account. This needs a session in which the password was given within the last five minutes:
otherwise sign in again.

Sends a `POST` request to `/api/v1/user/delete`

*/
    pub async fn form_delete_user<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Message>, Error<types::Error>> {
        let url = format!("{}/api/v1/user/delete", self.baseurl,);
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
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "form_delete_user",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
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
    /**Cancel the deletion of your account

Cancels the deletion, in a session that was opened after it was requested. Changes nothing if no deletion was
requested.

Sends a `POST` request to `/api/v1/user/recover`

*/
    pub async fn form_recover_user<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::PublicUser>, Error<types::Error>> {
        let url = format!("{}/api/v1/user/recover", self.baseurl,);
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
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "form_recover_user",
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

As JSON or as a form. All errors are returned at once, by field. The address cannot be changed here; see the
native API.

Sends a `POST` request to `/api/v1/user/update`

*/
    pub async fn form_update_user<'a>(
        &'a self,
        body: &'a types::UserChange,
    ) -> Result<ResponseValue<types::PublicUser>, Error<types::ErrorOrFieldErrors>> {
        let url = format!("{}/api/v1/user/update", self.baseurl,);
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
            operation_id: "form_update_user",
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
    /**Get your user

The user whose access token is sent, even if the account is scheduled for deletion.

Sends a `GET` request to `/api/v1/user/whoami`

*/
    pub async fn form_whoami<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::PublicUser>, Error<types::Error>> {
        let url = format!("{}/api/v1/user/whoami", self.baseurl,);
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
            operation_id: "form_whoami",
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
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
