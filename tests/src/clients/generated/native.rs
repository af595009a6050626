//! A client of `native.json`, by `cargo xtask clients`: not to be edited.
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///An account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Account {
        ///Another way to reach the person.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alternate_address: ::std::option::Option<SecondaryAddress>,
        ///Id of a picture that is stored elsewhere.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_id: ::std::option::Option<::std::string::String>,
        ///A few words about the person.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///What the registering application said about itself. Only the client was checked.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub claimed_origin: ::std::option::Option<ClaimedOrigin>,
        ///The company.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub company: ::std::option::Option<::std::string::String>,
        ///What the person agreed to when they registered.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub consents: ::std::vec::Vec<Consent>,
        ///The country, ISO 3166-1 alpha-2.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///When it was created (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///The date of birth, YYYY-MM-DD.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub date_of_birth: ::std::option::Option<::std::string::String>,
        ///When it will be deleted, if its owner requested that (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub deletion_due_at: ::std::option::Option<::jiff::Timestamp>,
        ///When an administrator disabled it (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub disabled_at: ::std::option::Option<::jiff::Timestamp>,
        ///Its address.
        pub email: ::std::string::String,
        ///When the address was proven (RFC 3339, UTC); absent when it is not.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email_verified_at: ::std::option::Option<::jiff::Timestamp>,
        ///The family name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub family_name: ::std::option::Option<::std::string::String>,
        ///The given name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub given_name: ::std::option::Option<::std::string::String>,
        ///Id of the account: that of its registration or invitation.
        pub id: ::uuid::Uuid,
        ///The industry.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub industry: ::std::option::Option<::std::string::String>,
        ///The language, BCP 47.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///The full name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether newsletters are wanted.
        pub newsletter: bool,
        ///Additional address for notices, once it is verified.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub notification_address: ::std::option::Option<SecondaryAddress>,
        ///Id of the organization it belongs to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///The role in that organization.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization_role: ::std::option::Option<::std::string::String>,
        ///The telephone number, as E.164 if possible.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
        ///The postal address, in lines.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub postal_address: ::std::option::Option<::std::string::String>,
        ///The role of the account: what the person may do.
        pub role: Role,
        /**The source of country, language and time zone, and of every other value that the person did not give; contains
`password` while an administrator knows it.*/
        pub sources: ::std::vec::Vec<ValueSource>,
        ///Version of the terms that the person agreed to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub terms_version: ::std::option::Option<::std::string::String>,
        ///The time zone, a name of the IANA database.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone: ::std::option::Option<::std::string::String>,
        ///When it was last changed (RFC 3339, UTC).
        pub updated_at: ::jiff::Timestamp,
        ///The public user name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<::std::string::String>,
    }
    ///Why an account is disabled or enabled.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct AccountDecision {
        ///The reason. It is kept in the audit trail, and the account's owner can read it in the export of their data.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
    }
    ///Something that happened to an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AccountEvent {
        ///The client's address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_address: ::std::option::Option<::std::string::String>,
        ///Details of the event, such as the name of a feature.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///Name of the event.
        pub event: ::std::string::String,
        ///When it happened (RFC 3339, UTC).
        pub happened_at: ::jiff::Timestamp,
    }
    ///A page of the list of accounts.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AccountList {
        ///The accounts, newest first.
        pub items: ::std::vec::Vec<Account>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///Who did something.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Actor {
        ///Id of the person's account.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<::std::string::String>,
        ///The kind of actor.
        pub kind: ActorKind,
    }
    ///A kind of actor.
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
    pub enum ActorKind {
        #[serde(rename = "account")]
        Account,
        #[serde(rename = "operator")]
        Operator,
        #[serde(rename = "service")]
        Service,
    }
    impl ::std::fmt::Display for ActorKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Account => f.write_str("account"),
                Self::Operator => f.write_str("operator"),
                Self::Service => f.write_str("service"),
            }
        }
    }
    impl ::std::str::FromStr for ActorKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "account" => Ok(Self::Account),
                "operator" => Ok(Self::Operator),
                "service" => Ok(Self::Service),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ActorKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ActorKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A new address that replaces the current one.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AddressChange {
        ///The new address.
        pub email: ::std::string::String,
    }
    ///The token from the email to the new address.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AddressConfirmation {
        ///The last path segment of the emailed link: 43 characters.
        pub token: ::std::string::String,
    }
    ///An address was verified.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AddressConfirmed {
        ///The account.
        pub account: Account,
        ///The new token of the session, if the main address was changed; the old token is no longer valid.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub session: ::std::option::Option<Session>,
    }
    ///An entry of the audit trail.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AuditEntry {
        ///Id of the account that it happened to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<::std::string::String>,
        ///Who did it.
        pub actor: Actor,
        ///The client's address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_address: ::std::option::Option<::std::string::String>,
        ///What it was about: the name of a feature, the new role, the id of an invitation, the reason that was given.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///Name of the event: one of the values of the parameter `event`.
        pub event: ::std::string::String,
        ///When it happened (RFC 3339, UTC).
        pub happened_at: ::jiff::Timestamp,
        ///Id of the entry.
        pub id: ::uuid::Uuid,
        ///Id of the request that caused it, as in the header `X-Request-Id` and in the logs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<::std::string::String>,
    }
    ///A page of the audit trail.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AuditList {
        ///The entries, newest first.
        pub items: ::std::vec::Vec<AuditEntry>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    /**A challenge. A proof of work has the format of ALTCHA version 1: find the number from 0 to `maxnumber` for which the
SHA-256 of `salt` and the number, written in decimal, is `challenge`. The solution is the base64 of a JSON object with
`algorithm`, `challenge`, `number`, `salt` and `signature`.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Challenge {
        ///The hash function: `SHA-256`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub algorithm: ::std::option::Option<::std::string::String>,
        ///The hash of salt and number, in lowercase hexadecimal.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge: ::std::option::Option<::std::string::String>,
        ///The largest number that is possible.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub maxnumber: ::std::option::Option<i64>,
        ///What the other service needs, such as a site key.
        #[serde(
            default,
            skip_serializing_if = ":: std :: collections :: HashMap::is_empty"
        )]
        pub parameters: ::std::collections::HashMap<
            ::std::string::String,
            ::std::string::String,
        >,
        /**The service whose challenge it is, where the operator uses another one. Then `parameters` say what to do, and the
other members are absent.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub provider: ::std::option::Option<::std::string::String>,
        ///What comes before the number. Send it back as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub salt: ::std::option::Option<::std::string::String>,
        ///The service's signature. Send it back as it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub signature: ::std::option::Option<::std::string::String>,
    }
    ///Why a response to a challenge is not accepted.
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
    pub enum ChallengeFailure {
        #[serde(rename = "malformed")]
        Malformed,
        #[serde(rename = "wrong")]
        Wrong,
        #[serde(rename = "expired")]
        Expired,
        #[serde(rename = "other_request")]
        OtherRequest,
        #[serde(rename = "used")]
        Used,
        #[serde(rename = "early")]
        Early,
    }
    impl ::std::fmt::Display for ChallengeFailure {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Malformed => f.write_str("malformed"),
                Self::Wrong => f.write_str("wrong"),
                Self::Expired => f.write_str("expired"),
                Self::OtherRequest => f.write_str("other_request"),
                Self::Used => f.write_str("used"),
                Self::Early => f.write_str("early"),
            }
        }
    }
    impl ::std::str::FromStr for ChallengeFailure {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "malformed" => Ok(Self::Malformed),
                "wrong" => Ok(Self::Wrong),
                "expired" => Ok(Self::Expired),
                "other_request" => Ok(Self::OtherRequest),
                "used" => Ok(Self::Used),
                "early" => Ok(Self::Early),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ChallengeFailure {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ChallengeFailure {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What the registering application said about itself. Only the client was checked.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ClaimedOrigin {
        ///The application.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub application: ::std::option::Option<::std::string::String>,
        ///The site of the application.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub application_site: ::std::option::Option<::std::string::String>,
        ///The client's address, as claimed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_address: ::std::option::Option<::std::string::String>,
        ///The registered client.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_id: ::std::option::Option<::std::string::String>,
        ///The page that the person came from.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    ///A registered client.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Client {
        ///Origins that callback URLs may have when it registers somebody.
        pub callback_origins: ::std::vec::Vec<::std::string::String>,
        ///When it was created (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///Id of the client.
        pub id: ::std::string::String,
        ///Its name.
        pub name: ::std::string::String,
        ///Networks that it calls from, in CIDR notation.
        pub networks: ::std::vec::Vec<::std::string::String>,
        ///Id of the organization that it works for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///Where a person may be sent with the outcome of a sign-in.
        pub redirect_uris: ::std::vec::Vec<::std::string::String>,
        ///When it was last changed (RFC 3339, UTC).
        pub updated_at: ::jiff::Timestamp,
    }
    ///A change of a client. Members that are not sent stay the same.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct ClientChange {
        ///Origins that callback URLs may have when it registers somebody.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_origins: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
        ///The name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Networks that it calls from, in CIDR notation: limits per client do not apply to them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub networks: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///Id of the organization that it works for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///Where a person may be sent with the outcome of a sign-in.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub redirect_uris: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    ///A page of the list of clients.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ClientList {
        ///The clients, by id.
        pub items: ::std::vec::Vec<Client>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///A new client.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ClientRequest {
        ///Origins that callback URLs may have when it registers somebody.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_origins: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
        ///An id of your choice: 1 to 64 letters, digits and `. _ -`. Unique, and never changed.
        pub id: ::std::string::String,
        ///The name.
        pub name: ::std::string::String,
        ///Networks that it calls from, in CIDR notation: limits per client do not apply to them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub networks: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///Id of the organization that it works for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///Where a person may be sent with the outcome of a sign-in.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub redirect_uris: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    ///A consent that the person gave.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Consent {
        ///The client's address as the service saw it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_address: ::std::option::Option<::std::string::String>,
        ///When the person agreed (RFC 3339, UTC).
        pub given_at: ::jiff::Timestamp,
        ///The language that the person registered in, BCP 47.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        /**What the person agreed to: `terms:` or `privacy:` with a version, or `terms:` with the name of the channel whose
terms they were.*/
        pub to: ::std::string::String,
    }
    ///The figures of one day.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DayFigures {
        ///Registrations that became accounts.
        pub confirmed: i64,
        ///The day (UTC), YYYY-MM-DD.
        pub day: ::std::string::String,
        ///Emails that were sent.
        pub mails_handed_over: i64,
        ///Registrations that were recorded.
        pub registrations_started: i64,
        ///Sign-ins.
        pub signed_in: i64,
        /**How long after registering people confirmed their address, of those who did so on this day. Absent if nobody
did.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until_confirmed: ::std::option::Option<Waits>,
        /**How long people waited for the first email after registering, of the emails that were sent on this day. Absent
if there were none.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub until_mailed: ::std::option::Option<Waits>,
    }
    ///When an account will be deleted.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Deletion {
        ///The deletion can be canceled until then (RFC 3339, UTC).
        pub deletion_due_at: ::jiff::Timestamp,
    }
    ///Outcome of a report.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DeliveryReportTaken {
        ///Entries that change nothing: delays, deliveries, unknown emails and ones that are already marked.
        pub ignored: i64,
        ///Emails that it marks as bounced.
        pub marked: i64,
    }
    ///A change of details. Members that are not sent stay the same, null removes a value.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct DetailsChange {
        ///Another way to reach the person. Nothing but a verification link is sent to it before it is verified.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub alternate_address: ::std::option::Option<::std::string::String>,
        ///Id of a picture that is stored elsewhere.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_id: ::std::option::Option<::std::string::String>,
        ///A few words about the person.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///The company.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub company: ::std::option::Option<::std::string::String>,
        /**The country: an ISO 3166-1 code of two or three letters, or a name in English, German, French or Spanish. Stored
as two letters.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///The date of birth, YYYY-MM-DD.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub date_of_birth: ::std::option::Option<::jiff::civil::Date>,
        ///The family name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub family_name: ::std::option::Option<::std::string::String>,
        ///The given name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub given_name: ::std::option::Option<::std::string::String>,
        ///The industry.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub industry: ::std::option::Option<::std::string::String>,
        ///The language, BCP 47. Deprecated tags and underscores are understood.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///The full name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether newsletters are wanted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub newsletter: ::std::option::Option<bool>,
        ///An additional address for notices. Nothing but a verification link is sent to it before it is verified.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub notification_address: ::std::option::Option<::std::string::String>,
        ///The telephone number. Stored as E.164 if possible.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
        ///The postal address, in lines.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub postal_address: ::std::option::Option<::std::string::String>,
        ///The time zone, a name of the IANA database or a Windows time zone id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone: ::std::option::Option<::std::string::String>,
        ///The public user name; unique.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<::std::string::String>,
    }
    /**What to redeem, and a proof of who registered. Redeem a `token`, or a `code` with its `registration_id`. The proof
is a `continuation` (here or as a header), a `password` or a `new_password`; with a code, only the `continuation`.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct EmailVerificationRequest {
        ///The emailed code: 8 characters; case, spaces and hyphens do not matter. At most 5 tries per registration.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::std::string::String>,
        ///The continuation from the answer to the registration.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub continuation: ::std::option::Option<::std::string::String>,
        /**A new password. The owner of the mailbox gets an account with this address and password; everything else that
was entered with the registration is deleted. Takes precedence over the other proofs.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub new_password: ::std::option::Option<::std::string::String>,
        ///The password that was chosen at registration.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<::std::string::String>,
        ///With `new_password`: version of the privacy notice, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub privacy_version: ::std::option::Option<::std::string::String>,
        ///Id of the registration that the code is for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub registration_id: ::std::option::Option<::uuid::Uuid>,
        ///With `new_password`: version of the terms that its owner agrees to, as for registering.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub terms_version: ::std::option::Option<::std::string::String>,
        ///The last path segment of the emailed link: 43 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<::std::string::String>,
    }
    ///The address was verified, and the account exists.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EmailVerified {
        ///The account.
        pub account: Account,
        ///The callback URL of the registration: where the client should send the person.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_url: ::std::option::Option<::std::string::String>,
        ///A session for the client that registered; only when the proof was the continuation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub session: ::std::option::Option<Session>,
        ///True if the chosen username was taken in the meantime: the account has none.
        pub username_taken: bool,
    }
    ///A feature.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Feature {
        ///Its name.
        pub name: ::std::string::String,
        ///When it was last changed (RFC 3339, UTC); absent if it never was.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub updated_at: ::std::option::Option<::jiff::Timestamp>,
        ///Account id of the administrator who changed it; absent if the operator did.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub updated_by: ::std::option::Option<::std::string::String>,
        ///Its value.
        pub value: FeatureValue,
    }
    ///A new value for a feature.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct FeatureChange {
        ///The value.
        pub value: FeatureChangeValue,
    }
    ///The value.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum FeatureChangeValue {
        Flag(Flag),
        RegistrationFeature(RegistrationFeature),
    }
    impl ::std::convert::From<Flag> for FeatureChangeValue {
        fn from(value: Flag) -> Self {
            Self::Flag(value)
        }
    }
    impl ::std::convert::From<RegistrationFeature> for FeatureChangeValue {
        fn from(value: RegistrationFeature) -> Self {
            Self::RegistrationFeature(value)
        }
    }
    ///All features.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct FeatureList {
        ///The features.
        pub items: ::std::vec::Vec<Feature>,
    }
    ///Its value.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(untagged)]
    pub enum FeatureValue {
        Flag(Flag),
        RegistrationFeature(RegistrationFeature),
    }
    impl ::std::convert::From<Flag> for FeatureValue {
        fn from(value: Flag) -> Self {
            Self::Flag(value)
        }
    }
    impl ::std::convert::From<RegistrationFeature> for FeatureValue {
        fn from(value: RegistrationFeature) -> Self {
            Self::RegistrationFeature(value)
        }
    }
    ///The value of a feature that is on or off: every feature other than `account-registration`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Flag {
        ///Whether it is on.
        pub enabled: bool,
    }
    ///Hashes of one class.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct HashingFigures {
        ///What the hashes are for: `sign_in`, `completion` or `registration`.
        pub class: ::std::string::String,
        ///How many were computed.
        pub computed: i64,
        ///How long they waited for a worker on average, in seconds. Absent if there were none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mean_wait_seconds: ::std::option::Option<f64>,
        /**95 of 100 waited no longer than this, in seconds, rounded up to the steps of the metric
`account_hashing_wait_seconds`. Absent if there were none, or if it is more than the last step.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub p95_wait_seconds: ::std::option::Option<f64>,
        ///How many were refused because the service was busy.
        pub refused: i64,
    }
    ///A linked account at a provider.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Identity {
        ///What the person knows the account there by: an address or a login name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<::std::string::String>,
        ///Its id, for unlinking it.
        pub id: ::uuid::Uuid,
        ///When it was last used (RFC 3339, UTC).
        pub last_used_at: ::jiff::Timestamp,
        ///When it was linked (RFC 3339, UTC).
        pub linked_at: ::jiff::Timestamp,
        ///URL of the picture there.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub picture_url: ::std::option::Option<::std::string::String>,
        ///URL of the public profile there.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub profile_url: ::std::option::Option<::std::string::String>,
        ///Name of the provider.
        pub provider: ::std::string::String,
    }
    ///The linked accounts.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct IdentityList {
        ///The first linked first.
        pub identities: ::std::vec::Vec<Identity>,
    }
    ///What the instance that answers counted since its start. Other instances have their own figures.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InstanceFigures {
        ///Passwords that were hashed, by what for.
        pub hashing: ::std::vec::Vec<HashingFigures>,
        ///Requests that limits refused. Limits that refused none are left out.
        pub limits: ::std::vec::Vec<LimitFigures>,
        ///When it started to count (RFC 3339, UTC).
        pub since: ::std::string::String,
    }
    ///An invitation.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Invitation {
        ///When it was created (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///The address.
        pub email: ::std::string::String,
        ///When the invitation and its link expire (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///Id of the invitation; the account will have the same one.
        pub id: ::uuid::Uuid,
        ///Account id of the administrator who invited the person; absent if the operator did.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub invited_by: ::std::option::Option<::std::string::String>,
        ///Id of the organization that it will belong to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///The role in that organization.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization_role: ::std::option::Option<::std::string::String>,
        ///The role that the account will have.
        pub role: Role,
        ///Its state. A pending one that has expired stays `pending`.
        pub state: InvitationState,
    }
    ///An invitation became an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InvitationAccepted {
        ///The account.
        pub account: Account,
        ///A session of it.
        pub session: Session,
    }
    ///A page of the list of invitations.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InvitationList {
        ///The invitations, newest first.
        pub items: ::std::vec::Vec<Invitation>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///The token from the email, a password, and optional details.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InvitationRedemption {
        ///Id of a picture that is stored elsewhere.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_id: ::std::option::Option<::std::string::String>,
        ///A few words about the person.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///The company.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub company: ::std::option::Option<::std::string::String>,
        /**The country: an ISO 3166-1 code of two or three letters, or a name in English, German, French or Spanish. Stored
as two letters.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///The date of birth, YYYY-MM-DD.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub date_of_birth: ::std::option::Option<::jiff::civil::Date>,
        ///The family name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub family_name: ::std::option::Option<::std::string::String>,
        ///The given name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub given_name: ::std::option::Option<::std::string::String>,
        ///The industry.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub industry: ::std::option::Option<::std::string::String>,
        ///The language, BCP 47. Deprecated tags and underscores are understood.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///The full name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether newsletters are wanted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub newsletter: ::std::option::Option<bool>,
        ///The password. See `GET /account/v1/password-policy`.
        pub password: ::std::string::String,
        ///The telephone number. Stored as E.164 if possible.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
        ///The postal address, in lines.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub postal_address: ::std::option::Option<::std::string::String>,
        ///Version of the privacy notice, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub privacy_version: ::std::option::Option<::std::string::String>,
        ///Version of the terms that the person agrees to, as for registering.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub terms_version: ::std::option::Option<::std::string::String>,
        ///The time zone, a name of the IANA database or a Windows time zone id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone: ::std::option::Option<::std::string::String>,
        ///The last path segment of the emailed link: 43 characters.
        pub token: ::std::string::String,
        ///The public user name; unique.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<::std::string::String>,
    }
    ///A person to invite.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct InvitationRequest {
        ///The address.
        pub email: ::std::string::String,
        ///Id of the organization that it will belong to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///The role in that organization; `member` by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization_role: ::std::option::Option<InvitationRequestOrganizationRole>,
        /**The role that the account will have; `user` by default. Other roles require a super admin who gave their
password within the last five minutes.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role: ::std::option::Option<InvitationRequestRole>,
    }
    ///The role in that organization; `member` by default.
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
    pub enum InvitationRequestOrganizationRole {
        #[serde(rename = "member")]
        Member,
        #[serde(rename = "administrator")]
        Administrator,
    }
    impl ::std::fmt::Display for InvitationRequestOrganizationRole {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Member => f.write_str("member"),
                Self::Administrator => f.write_str("administrator"),
            }
        }
    }
    impl ::std::str::FromStr for InvitationRequestOrganizationRole {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "member" => Ok(Self::Member),
                "administrator" => Ok(Self::Administrator),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for InvitationRequestOrganizationRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for InvitationRequestOrganizationRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**The role that the account will have; `user` by default. Other roles require a super admin who gave their
password within the last five minutes.*/
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
    pub enum InvitationRequestRole {
        #[serde(rename = "user")]
        User,
        #[serde(rename = "admin")]
        Admin,
        #[serde(rename = "super_admin")]
        SuperAdmin,
    }
    impl ::std::fmt::Display for InvitationRequestRole {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::User => f.write_str("user"),
                Self::Admin => f.write_str("admin"),
                Self::SuperAdmin => f.write_str("super_admin"),
            }
        }
    }
    impl ::std::str::FromStr for InvitationRequestRole {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "user" => Ok(Self::User),
                "admin" => Ok(Self::Admin),
                "super_admin" => Ok(Self::SuperAdmin),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for InvitationRequestRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for InvitationRequestRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///State of an invitation.
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
    pub enum InvitationState {
        #[serde(rename = "pending")]
        Pending,
        #[serde(rename = "accepted")]
        Accepted,
        #[serde(rename = "revoked")]
        Revoked,
        #[serde(rename = "void")]
        Void,
    }
    impl ::std::fmt::Display for InvitationState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("pending"),
                Self::Accepted => f.write_str("accepted"),
                Self::Revoked => f.write_str("revoked"),
                Self::Void => f.write_str("void"),
            }
        }
    }
    impl ::std::str::FromStr for InvitationState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "pending" => Ok(Self::Pending),
                "accepted" => Ok(Self::Accepted),
                "revoked" => Ok(Self::Revoked),
                "void" => Ok(Self::Void),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for InvitationState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for InvitationState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Requests that a limit refused.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LimitFigures {
        ///Name of the limit.
        pub limit: ::std::string::String,
        ///How many requests it refused.
        pub refused: i64,
    }
    ///`ListAccountsRole`
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
    pub enum ListAccountsRole {
        #[serde(rename = "user")]
        User,
        #[serde(rename = "admin")]
        Admin,
        #[serde(rename = "super_admin")]
        SuperAdmin,
    }
    impl ::std::fmt::Display for ListAccountsRole {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::User => f.write_str("user"),
                Self::Admin => f.write_str("admin"),
                Self::SuperAdmin => f.write_str("super_admin"),
            }
        }
    }
    impl ::std::str::FromStr for ListAccountsRole {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "user" => Ok(Self::User),
                "admin" => Ok(Self::Admin),
                "super_admin" => Ok(Self::SuperAdmin),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListAccountsRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListAccountsRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`ListAccountsState`
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
    pub enum ListAccountsState {
        #[serde(rename = "disabled")]
        Disabled,
        #[serde(rename = "deleting")]
        Deleting,
        #[serde(rename = "unverified")]
        Unverified,
        #[serde(rename = "active")]
        Active,
    }
    impl ::std::fmt::Display for ListAccountsState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Disabled => f.write_str("disabled"),
                Self::Deleting => f.write_str("deleting"),
                Self::Unverified => f.write_str("unverified"),
                Self::Active => f.write_str("active"),
            }
        }
    }
    impl ::std::str::FromStr for ListAccountsState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "disabled" => Ok(Self::Disabled),
                "deleting" => Ok(Self::Deleting),
                "unverified" => Ok(Self::Unverified),
                "active" => Ok(Self::Active),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListAccountsState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListAccountsState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`ListAuditEvent`
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
    pub enum ListAuditEvent {
        #[serde(rename = "registration_corrected")]
        RegistrationCorrected,
        #[serde(rename = "registration_completed")]
        RegistrationCompleted,
        #[serde(rename = "account_created")]
        AccountCreated,
        #[serde(rename = "signed_in")]
        SignedIn,
        #[serde(rename = "session_ended")]
        SessionEnded,
        #[serde(rename = "sessions_ended")]
        SessionsEnded,
        #[serde(rename = "session_renewal_reused")]
        SessionRenewalReused,
        #[serde(rename = "session_renewal_repeated")]
        SessionRenewalRepeated,
        #[serde(rename = "reauthenticated")]
        Reauthenticated,
        #[serde(rename = "password_changed")]
        PasswordChanged,
        #[serde(rename = "password_reset")]
        PasswordReset,
        #[serde(rename = "address_change_requested")]
        AddressChangeRequested,
        #[serde(rename = "address_changed")]
        AddressChanged,
        #[serde(rename = "secondary_address_confirmed")]
        SecondaryAddressConfirmed,
        #[serde(rename = "identity_linked")]
        IdentityLinked,
        #[serde(rename = "identity_unlinked")]
        IdentityUnlinked,
        #[serde(rename = "profile_changed")]
        ProfileChanged,
        #[serde(rename = "data_exported")]
        DataExported,
        #[serde(rename = "deletion_requested")]
        DeletionRequested,
        #[serde(rename = "deletion_cancelled")]
        DeletionCancelled,
        #[serde(rename = "account_deleted")]
        AccountDeleted,
        #[serde(rename = "account_disabled")]
        AccountDisabled,
        #[serde(rename = "account_enabled")]
        AccountEnabled,
        #[serde(rename = "role_changed")]
        RoleChanged,
        #[serde(rename = "membership_changed")]
        MembershipChanged,
        #[serde(rename = "invitation_created")]
        InvitationCreated,
        #[serde(rename = "invitation_resent")]
        InvitationResent,
        #[serde(rename = "invitation_revoked")]
        InvitationRevoked,
        #[serde(rename = "invitation_accepted")]
        InvitationAccepted,
        #[serde(rename = "organization_created")]
        OrganizationCreated,
        #[serde(rename = "organization_changed")]
        OrganizationChanged,
        #[serde(rename = "organization_deleted")]
        OrganizationDeleted,
        #[serde(rename = "client_created")]
        ClientCreated,
        #[serde(rename = "client_changed")]
        ClientChanged,
        #[serde(rename = "client_deleted")]
        ClientDeleted,
        #[serde(rename = "feature_changed")]
        FeatureChanged,
        #[serde(rename = "outbox_redriven")]
        OutboxRedriven,
        #[serde(rename = "mail_bounced")]
        MailBounced,
        #[serde(rename = "outbox_dropped")]
        OutboxDropped,
    }
    impl ::std::fmt::Display for ListAuditEvent {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::RegistrationCorrected => f.write_str("registration_corrected"),
                Self::RegistrationCompleted => f.write_str("registration_completed"),
                Self::AccountCreated => f.write_str("account_created"),
                Self::SignedIn => f.write_str("signed_in"),
                Self::SessionEnded => f.write_str("session_ended"),
                Self::SessionsEnded => f.write_str("sessions_ended"),
                Self::SessionRenewalReused => f.write_str("session_renewal_reused"),
                Self::SessionRenewalRepeated => f.write_str("session_renewal_repeated"),
                Self::Reauthenticated => f.write_str("reauthenticated"),
                Self::PasswordChanged => f.write_str("password_changed"),
                Self::PasswordReset => f.write_str("password_reset"),
                Self::AddressChangeRequested => f.write_str("address_change_requested"),
                Self::AddressChanged => f.write_str("address_changed"),
                Self::SecondaryAddressConfirmed => {
                    f.write_str("secondary_address_confirmed")
                }
                Self::IdentityLinked => f.write_str("identity_linked"),
                Self::IdentityUnlinked => f.write_str("identity_unlinked"),
                Self::ProfileChanged => f.write_str("profile_changed"),
                Self::DataExported => f.write_str("data_exported"),
                Self::DeletionRequested => f.write_str("deletion_requested"),
                Self::DeletionCancelled => f.write_str("deletion_cancelled"),
                Self::AccountDeleted => f.write_str("account_deleted"),
                Self::AccountDisabled => f.write_str("account_disabled"),
                Self::AccountEnabled => f.write_str("account_enabled"),
                Self::RoleChanged => f.write_str("role_changed"),
                Self::MembershipChanged => f.write_str("membership_changed"),
                Self::InvitationCreated => f.write_str("invitation_created"),
                Self::InvitationResent => f.write_str("invitation_resent"),
                Self::InvitationRevoked => f.write_str("invitation_revoked"),
                Self::InvitationAccepted => f.write_str("invitation_accepted"),
                Self::OrganizationCreated => f.write_str("organization_created"),
                Self::OrganizationChanged => f.write_str("organization_changed"),
                Self::OrganizationDeleted => f.write_str("organization_deleted"),
                Self::ClientCreated => f.write_str("client_created"),
                Self::ClientChanged => f.write_str("client_changed"),
                Self::ClientDeleted => f.write_str("client_deleted"),
                Self::FeatureChanged => f.write_str("feature_changed"),
                Self::OutboxRedriven => f.write_str("outbox_redriven"),
                Self::MailBounced => f.write_str("mail_bounced"),
                Self::OutboxDropped => f.write_str("outbox_dropped"),
            }
        }
    }
    impl ::std::str::FromStr for ListAuditEvent {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "registration_corrected" => Ok(Self::RegistrationCorrected),
                "registration_completed" => Ok(Self::RegistrationCompleted),
                "account_created" => Ok(Self::AccountCreated),
                "signed_in" => Ok(Self::SignedIn),
                "session_ended" => Ok(Self::SessionEnded),
                "sessions_ended" => Ok(Self::SessionsEnded),
                "session_renewal_reused" => Ok(Self::SessionRenewalReused),
                "session_renewal_repeated" => Ok(Self::SessionRenewalRepeated),
                "reauthenticated" => Ok(Self::Reauthenticated),
                "password_changed" => Ok(Self::PasswordChanged),
                "password_reset" => Ok(Self::PasswordReset),
                "address_change_requested" => Ok(Self::AddressChangeRequested),
                "address_changed" => Ok(Self::AddressChanged),
                "secondary_address_confirmed" => Ok(Self::SecondaryAddressConfirmed),
                "identity_linked" => Ok(Self::IdentityLinked),
                "identity_unlinked" => Ok(Self::IdentityUnlinked),
                "profile_changed" => Ok(Self::ProfileChanged),
                "data_exported" => Ok(Self::DataExported),
                "deletion_requested" => Ok(Self::DeletionRequested),
                "deletion_cancelled" => Ok(Self::DeletionCancelled),
                "account_deleted" => Ok(Self::AccountDeleted),
                "account_disabled" => Ok(Self::AccountDisabled),
                "account_enabled" => Ok(Self::AccountEnabled),
                "role_changed" => Ok(Self::RoleChanged),
                "membership_changed" => Ok(Self::MembershipChanged),
                "invitation_created" => Ok(Self::InvitationCreated),
                "invitation_resent" => Ok(Self::InvitationResent),
                "invitation_revoked" => Ok(Self::InvitationRevoked),
                "invitation_accepted" => Ok(Self::InvitationAccepted),
                "organization_created" => Ok(Self::OrganizationCreated),
                "organization_changed" => Ok(Self::OrganizationChanged),
                "organization_deleted" => Ok(Self::OrganizationDeleted),
                "client_created" => Ok(Self::ClientCreated),
                "client_changed" => Ok(Self::ClientChanged),
                "client_deleted" => Ok(Self::ClientDeleted),
                "feature_changed" => Ok(Self::FeatureChanged),
                "outbox_redriven" => Ok(Self::OutboxRedriven),
                "mail_bounced" => Ok(Self::MailBounced),
                "outbox_dropped" => Ok(Self::OutboxDropped),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListAuditEvent {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListAuditEvent {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`ListInvitationsState`
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
    pub enum ListInvitationsState {
        #[serde(rename = "pending")]
        Pending,
        #[serde(rename = "accepted")]
        Accepted,
        #[serde(rename = "revoked")]
        Revoked,
        #[serde(rename = "void")]
        Void,
    }
    impl ::std::fmt::Display for ListInvitationsState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("pending"),
                Self::Accepted => f.write_str("accepted"),
                Self::Revoked => f.write_str("revoked"),
                Self::Void => f.write_str("void"),
            }
        }
    }
    impl ::std::str::FromStr for ListInvitationsState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "pending" => Ok(Self::Pending),
                "accepted" => Ok(Self::Accepted),
                "revoked" => Ok(Self::Revoked),
                "void" => Ok(Self::Void),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListInvitationsState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListInvitationsState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`ListOutboxState`
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
    pub enum ListOutboxState {
        #[serde(rename = "queued")]
        Queued,
        #[serde(rename = "handed_over")]
        HandedOver,
        #[serde(rename = "dropped")]
        Dropped,
        #[serde(rename = "dead")]
        Dead,
        #[serde(rename = "bounced")]
        Bounced,
    }
    impl ::std::fmt::Display for ListOutboxState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Queued => f.write_str("queued"),
                Self::HandedOver => f.write_str("handed_over"),
                Self::Dropped => f.write_str("dropped"),
                Self::Dead => f.write_str("dead"),
                Self::Bounced => f.write_str("bounced"),
            }
        }
    }
    impl ::std::str::FromStr for ListOutboxState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "queued" => Ok(Self::Queued),
                "handed_over" => Ok(Self::HandedOver),
                "dropped" => Ok(Self::Dropped),
                "dead" => Ok(Self::Dead),
                "bounced" => Ok(Self::Bounced),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListOutboxState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListOutboxState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///`ListRegistrationsState`
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
    pub enum ListRegistrationsState {
        #[serde(rename = "pending")]
        Pending,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "taken")]
        Taken,
        #[serde(rename = "void")]
        Void,
    }
    impl ::std::fmt::Display for ListRegistrationsState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("pending"),
                Self::Completed => f.write_str("completed"),
                Self::Taken => f.write_str("taken"),
                Self::Void => f.write_str("void"),
            }
        }
    }
    impl ::std::str::FromStr for ListRegistrationsState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "pending" => Ok(Self::Pending),
                "completed" => Ok(Self::Completed),
                "taken" => Ok(Self::Taken),
                "void" => Ok(Self::Void),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ListRegistrationsState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ListRegistrationsState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///All values that a field accepts, in the byte order of their codes.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Lookup {
        ///The items.
        pub items: ::std::vec::Vec<LookupItem>,
    }
    ///A value that a field accepts, and its English name.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LookupItem {
        ///The value to send.
        pub code: ::std::string::String,
        ///The English name; the code itself if there is no name.
        pub name: ::std::string::String,
    }
    ///State of an email.
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
    pub enum MailState {
        #[serde(rename = "queued")]
        Queued,
        #[serde(rename = "handed_over")]
        HandedOver,
        #[serde(rename = "deferred")]
        Deferred,
        #[serde(rename = "bounced")]
        Bounced,
        #[serde(rename = "failed")]
        Failed,
    }
    impl ::std::fmt::Display for MailState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Queued => f.write_str("queued"),
                Self::HandedOver => f.write_str("handed_over"),
                Self::Deferred => f.write_str("deferred"),
                Self::Bounced => f.write_str("bounced"),
                Self::Failed => f.write_str("failed"),
            }
        }
    }
    impl ::std::str::FromStr for MailState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "queued" => Ok(Self::Queued),
                "handed_over" => Ok(Self::HandedOver),
                "deferred" => Ok(Self::Deferred),
                "bounced" => Ok(Self::Bounced),
                "failed" => Ok(Self::Failed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MailState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MailState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///The role of an account in an organization.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct MembershipChange {
        ///The role within the organization.
        pub role: MembershipChangeRole,
    }
    ///The role within the organization.
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
    pub enum MembershipChangeRole {
        #[serde(rename = "member")]
        Member,
        #[serde(rename = "administrator")]
        Administrator,
    }
    impl ::std::fmt::Display for MembershipChangeRole {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Member => f.write_str("member"),
                Self::Administrator => f.write_str("administrator"),
            }
        }
    }
    impl ::std::str::FromStr for MembershipChangeRole {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "member" => Ok(Self::Member),
                "administrator" => Ok(Self::Administrator),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MembershipChangeRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MembershipChangeRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A confirmation that the request was recorded.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Message {
        ///A message for the person.
        pub message: ::std::string::String,
    }
    ///An organization.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Organization {
        ///Whether people who register with it may ask to be its administrators.
        pub allows_self_named_administrators: bool,
        ///Origins that callback URLs of its registrations may have, in addition to those of the service.
        pub callback_origins: ::std::vec::Vec<::std::string::String>,
        ///Its short name, for programs.
        pub code: ::std::string::String,
        ///When it was created (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///Id of the organization.
        pub id: ::uuid::Uuid,
        ///Its name.
        pub name: ::std::string::String,
        ///When it was last changed (RFC 3339, UTC).
        pub updated_at: ::jiff::Timestamp,
    }
    ///A change of an organization. Members that are not sent stay the same.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct OrganizationChange {
        ///Whether people who register with it may ask to be its administrators.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub allows_self_named_administrators: ::std::option::Option<bool>,
        ///Origins that callback URLs of its registrations may have, in addition to those of the service.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_origins: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
        ///The name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    ///A page of the list of organizations.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OrganizationList {
        ///The organizations, newest first.
        pub items: ::std::vec::Vec<Organization>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///A new organization.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct OrganizationRequest {
        ///Whether people who register with it may ask to be its administrators.
        #[serde(
            default = "defaults::organization_request_allows_self_named_administrators"
        )]
        pub allows_self_named_administrators: ::std::option::Option<bool>,
        ///Origins that callback URLs of its registrations may have, in addition to those of the service.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_origins: ::std::option::Option<
            ::std::vec::Vec<::std::string::String>,
        >,
        ///A short name, for programs: 1 to 64 letters, digits and `. _ -`. Unique, and never changed.
        pub code: ::std::string::String,
        ///The name.
        pub name: ::std::string::String,
    }
    ///An entry of the outbox, without the text of the email and its secrets.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OutboxEntry {
        ///Id of the account that the event is about; only for events.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account_id: ::std::option::Option<::std::string::String>,
        ///How many deliveries were started.
        pub attempts: i64,
        ///When it was written (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///When it is due (RFC 3339, UTC): it is not delivered earlier.
        pub due_at: ::jiff::Timestamp,
        ///The endpoint; only for events.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub endpoint: ::std::option::Option<::std::string::String>,
        ///Name of the event, as in the audit trail; only for events.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub event: ::std::option::Option<::std::string::String>,
        ///Id of the entry; the email's Message-ID is made from it, and it is the id of the event's message.
        pub id: ::uuid::Uuid,
        /**What is to be done: `registration`, `resend`, `password_reset`, `repeat_verification` (a password reset for an
address that is only registered), `address_change`, `secondary_address`, `invitation`, `notice` or `event`.*/
        pub intent: ::std::string::String,
        ///When the lease of the worker that is delivering it ends (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub leased_until: ::std::option::Option<::std::string::String>,
        ///Why the last attempt failed, or why it was dropped.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub note: ::std::option::Option<::std::string::String>,
        ///When it was handed over, dropped or given up (RFC 3339, UTC).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub settled_at: ::std::option::Option<::jiff::Timestamp>,
        ///Its state.
        pub state: OutboxState,
        ///The address, masked; only for emails.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub to: ::std::option::Option<::std::string::String>,
    }
    ///A page of the outbox.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OutboxList {
        ///The entries, newest first.
        pub items: ::std::vec::Vec<OutboxEntry>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///State of an entry.
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
    pub enum OutboxState {
        #[serde(rename = "queued")]
        Queued,
        #[serde(rename = "handed_over")]
        HandedOver,
        #[serde(rename = "dropped")]
        Dropped,
        #[serde(rename = "dead")]
        Dead,
        #[serde(rename = "bounced")]
        Bounced,
    }
    impl ::std::fmt::Display for OutboxState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Queued => f.write_str("queued"),
                Self::HandedOver => f.write_str("handed_over"),
                Self::Dropped => f.write_str("dropped"),
                Self::Dead => f.write_str("dead"),
                Self::Bounced => f.write_str("bounced"),
            }
        }
    }
    impl ::std::str::FromStr for OutboxState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "queued" => Ok(Self::Queued),
                "handed_over" => Ok(Self::HandedOver),
                "dropped" => Ok(Self::Dropped),
                "dead" => Ok(Self::Dead),
                "bounced" => Ok(Self::Bounced),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for OutboxState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for OutboxState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A new password that replaces the current one.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasswordChange {
        ///The current password.
        pub current_password: ::std::string::String,
        ///The new password: none of the last three.
        pub new_password: ::std::string::String,
    }
    ///A password policy. Lengths count Unicode code points of the NFKC form.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasswordPolicy {
        ///Whether white space is allowed.
        pub allows_spaces: bool,
        ///Maximum number of code points.
        pub max_length: i64,
        ///Minimum number of code points.
        pub min_length: i64,
        ///Name of the policy.
        pub name: ::std::string::String,
        ///Whether a digit is required.
        pub needs_digit: bool,
        ///Whether a digit or a special character is required.
        pub needs_digit_or_special: bool,
        ///Whether a lowercase letter is required.
        pub needs_lowercase: bool,
        ///Special characters, if one of them is required.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub needs_one_of: ::std::option::Option<::std::string::String>,
        ///Whether an uppercase letter is required.
        pub needs_uppercase: bool,
        /**Whether passwords that are easy to guess are refused: common ones, repetitions, and those that consist of the
person's name or address.*/
        pub refuses_common: bool,
    }
    ///The token from the email, and the new password.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasswordResetRedemption {
        ///The new password.
        pub new_password: ::std::string::String,
        ///The last path segment of the emailed link: 43 characters.
        pub token: ::std::string::String,
    }
    ///Address of the account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PasswordResetRequest {
        ///The solution of the `challenge` in a `challenge_required` problem.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge_response: ::std::option::Option<::std::string::String>,
        ///The address of the account.
        pub email: ::std::string::String,
    }
    ///All data about a person.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PersonalData {
        ///The account.
        pub account: Account,
        ///Its newest events, newest first; at most 1,000.
        pub events: ::std::vec::Vec<AccountEvent>,
        ///Its sessions.
        pub sessions: ::std::vec::Vec<SessionSummary>,
        ///Language of the page that the person registered on (BCP 47).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub shown_in: ::std::option::Option<::std::string::String>,
    }
    ///A problem document (RFC 9457).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Problem {
        ///What to solve; with `challenge_required`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge: ::std::option::Option<Challenge>,
        ///Why the `challenge_response` was not accepted; with `challenge_required`, if one was sent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge_failure: ::std::option::Option<ChallengeFailure>,
        ///Stable name of the problem, for programs.
        pub code: ::std::string::String,
        ///What to do about it.
        pub detail: ::std::string::String,
        ///Name of the limit that was reached; with status 429.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::std::string::String>,
        ///The request's id, as in the header `X-Request-Id` and in the logs.
        pub request_id: ::std::string::String,
        ///The HTTP status code.
        pub status: i32,
        ///The problem in words, the same for every problem of its `code`.
        pub title: ::std::string::String,
        ///Path of the page that describes the problem, such as `/problems/invalid`; the same for every problem of its `code`.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
        ///All rules that the request body breaks; with status 422.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub violations: ::std::vec::Vec<Violation>,
    }
    ///Details of a person. Members that are not sent stay the same, null removes a value.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    #[serde(deny_unknown_fields)]
    pub struct ProfileChange {
        ///Id of a picture that is stored elsewhere.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub avatar_id: ::std::option::Option<::std::string::String>,
        ///A few words about the person.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub bio: ::std::option::Option<::std::string::String>,
        ///The company.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub company: ::std::option::Option<::std::string::String>,
        /**The country: an ISO 3166-1 code of two or three letters, or a name in English, German, French or Spanish. Stored
as two letters.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///The date of birth, YYYY-MM-DD.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub date_of_birth: ::std::option::Option<::jiff::civil::Date>,
        ///The family name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub family_name: ::std::option::Option<::std::string::String>,
        ///The given name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub given_name: ::std::option::Option<::std::string::String>,
        ///The industry.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub industry: ::std::option::Option<::std::string::String>,
        ///The language, BCP 47. Deprecated tags and underscores are understood.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///The full name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether newsletters are wanted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub newsletter: ::std::option::Option<bool>,
        ///The telephone number. Stored as E.164 if possible.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
        ///The postal address, in lines.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub postal_address: ::std::option::Option<::std::string::String>,
        ///The time zone, a name of the IANA database or a Windows time zone id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone: ::std::option::Option<::std::string::String>,
        ///The public user name; unique.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<::std::string::String>,
    }
    ///A provider.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Provider {
        ///Its name: the value to send.
        pub name: ::std::string::String,
        ///What people call it.
        pub title: ::std::string::String,
    }
    ///A provider's answer: what it added to the redirect URI.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProviderAnswer {
        ///The `code`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub code: ::std::option::Option<::std::string::String>,
        ///The `error`, if there is no code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<::std::string::String>,
        ///The `flow_token` that came with the address.
        pub flow_token: ::std::string::String,
        ///The `iss`, if there is one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub iss: ::std::option::Option<::std::string::String>,
        ///Name of the provider.
        pub provider: ::std::string::String,
        ///The `state`.
        pub state: ::std::string::String,
        ///The `user`, which Apple sends the first time.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user: ::std::option::Option<::std::string::String>,
    }
    ///The way to a provider.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProviderFlow {
        ///The address to open in the person's browser.
        pub authorization_url: ::std::string::String,
        ///When the answer comes too late (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///What the app keeps, and sends with the provider's answer: 43 characters. Never put it into a URL.
        pub flow_token: ::std::string::String,
    }
    ///What became of it: a registration that waits for the email, or a session.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ProviderFlowFinished {
        ///The account that is signed in to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account: ::std::option::Option<Account>,
        ///The registration, if the person has registered: an email is on its way.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub registration: ::std::option::Option<RegistrationAccepted>,
        ///The session, if the person is signed in.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub session: ::std::option::Option<Session>,
    }
    ///The providers, by name.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProviderList {
        ///The providers.
        pub providers: ::std::vec::Vec<Provider>,
        ///Whether people can register with them at the moment.
        pub registration: bool,
    }
    ///Somebody goes to a provider.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProviderRequest {
        ///Id of the registered client.
        pub client_id: ::std::string::String,
        ///Name of the provider.
        pub provider: ::std::string::String,
        ///One of the client's redirect URIs. The port of a loopback URI may be any.
        pub redirect_uri: ::std::string::String,
    }
    ///What waits in a queue of the outbox.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct QueueFigures {
        ///Entries that were given up: their state is `dead`.
        pub dead: i64,
        ///The age of the oldest waiting entry in seconds. Absent if none waits.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub oldest_queued_seconds: ::std::option::Option<f64>,
        /**The queue: `deciding` (requests for which it is not decided whether an email is due), `mail`, or the name of a
webhook endpoint.*/
        pub queue: ::std::string::String,
        ///Entries that wait.
        pub queued: i64,
    }
    ///The password again.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ReauthenticationRequest {
        ///The account's password.
        pub password: ::std::string::String,
    }
    ///A registration that was recorded. The answer is the same for new, pending and taken addresses.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationAccepted {
        /**Secret that identifies the client that registered: 43 characters. Keep it, and send it with the verification
in the body or as the header `X-Registration-Continuation`, never in a URL.*/
        pub continuation: ::std::string::String,
        ///When the registration and its link expire (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///A message for the person.
        pub message: ::std::string::String,
        ///Id of the registration (UUID version 7); the account has the same one, unless the address is corrected.
        pub registration_id: ::uuid::Uuid,
        /**The address that was probably meant, if the domain of the given one looks misspelled: ask the person, and correct
it with `PATCH /account/v1/registrations/{id}`.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub suggestion: ::std::option::Option<::std::string::String>,
    }
    ///The address was corrected. The answer is the same for new, pending and taken addresses.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationCorrected {
        ///How often the address can still be corrected.
        pub corrections_left: i64,
        ///When the registration and its new link expire (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///A message for the person.
        pub message: ::std::string::String,
        ///Id of the registration. Its account gets an id of its own.
        pub registration_id: ::uuid::Uuid,
        ///The address that was probably meant, if the domain of this one looks misspelled, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub suggestion: ::std::option::Option<::std::string::String>,
    }
    ///The right address of a registration.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationCorrection {
        ///The solution of the `challenge` in a `challenge_required` problem.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge_response: ::std::option::Option<::std::string::String>,
        ///The email address, as for registering.
        pub email: ::std::string::String,
    }
    ///Who may register: the value of `account-registration`. Signing in is not affected.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct RegistrationFeature {
        ///In mode `restricted`: domains whose addresses may register.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub domains: ::std::vec::Vec<::std::string::String>,
        ///The mode; `open` by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mode: ::std::option::Option<RegistrationMode>,
        ///In mode `restricted`: ids of organizations. Anyone who names one of them may register.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub organizations: ::std::vec::Vec<::std::string::String>,
        ///Text shown to people who may not register.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reason: ::std::option::Option<::std::string::String>,
        ///Whether registrations and invitations that are already pending are refused too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub refuses_pending: ::std::option::Option<bool>,
    }
    ///A page of the list of registrations.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationList {
        ///The registrations, newest first.
        pub items: ::std::vec::Vec<RegistrationSummary>,
        ///Cursor of the next page: send it as `cursor`, with the same filters. Absent on the last page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    ///Who may register.
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
    pub enum RegistrationMode {
        #[serde(rename = "open")]
        Open,
        #[serde(rename = "restricted")]
        Restricted,
        #[serde(rename = "invitation_only")]
        InvitationOnly,
        #[serde(rename = "closed")]
        Closed,
    }
    impl ::std::fmt::Display for RegistrationMode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Open => f.write_str("open"),
                Self::Restricted => f.write_str("restricted"),
                Self::InvitationOnly => f.write_str("invitation_only"),
                Self::Closed => f.write_str("closed"),
            }
        }
    }
    impl ::std::str::FromStr for RegistrationMode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "open" => Ok(Self::Open),
                "restricted" => Ok(Self::Restricted),
                "invitation_only" => Ok(Self::InvitationOnly),
                "closed" => Ok(Self::Closed),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RegistrationMode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RegistrationMode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///State of a registration.
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
    pub enum RegistrationOutcome {
        #[serde(rename = "pending")]
        Pending,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "taken")]
        Taken,
        #[serde(rename = "void")]
        Void,
    }
    impl ::std::fmt::Display for RegistrationOutcome {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("pending"),
                Self::Completed => f.write_str("completed"),
                Self::Taken => f.write_str("taken"),
                Self::Void => f.write_str("void"),
            }
        }
    }
    impl ::std::str::FromStr for RegistrationOutcome {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "pending" => Ok(Self::Pending),
                "completed" => Ok(Self::Completed),
                "taken" => Ok(Self::Taken),
                "void" => Ok(Self::Void),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RegistrationOutcome {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RegistrationOutcome {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A person who signs up.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationRequest {
        ///Where to send the person after verification: an https URL whose origin the operator has listed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_url: ::std::option::Option<::std::string::String>,
        ///The solution of the `challenge` in a `challenge_required` problem.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge_response: ::std::option::Option<::std::string::String>,
        /**The country: an ISO 3166-1 code of two or three letters, or a name in English, German, French or Spanish. If
absent, it is inferred from the client's address, where that is possible.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///The email address: a dot-atom local part of up to 64 bytes, a dotted domain, 254 bytes in all.
        pub email: ::std::string::String,
        ///The family name, as `name`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub family_name: ::std::option::Option<::std::string::String>,
        ///The given name, as `name`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub given_name: ::std::option::Option<::std::string::String>,
        /**The language, BCP 47. Deprecated tags and underscores are understood. If absent, it is inferred from the header
`Accept-Language`.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///The full name. Up to 255 code points, no control or invisible characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether newsletters are wanted.
        #[serde(default = "defaults::registration_request_newsletter")]
        pub newsletter: ::std::option::Option<bool>,
        ///Id of the organization that the account will belong to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        /**The password. By default 15 to 256 code points; not common, not repetitive, and without the person's name or
address; see `GET /account/v1/password-policy`. Used exactly as sent, after Unicode normalization (NFKC).*/
        pub password: ::std::string::String,
        ///Version of the privacy notice that the person agreed to, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub privacy_version: ::std::option::Option<::std::string::String>,
        /**Version of the terms that the person agreed to. If the operator has configured one, it must be that, and may be
required.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub terms_version: ::std::option::Option<::std::string::String>,
        /**The time zone, a name of the IANA database or a Windows time zone id. If absent, it is inferred from the client's
address, `time_zone_hint` or the country.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone: ::std::option::Option<::std::string::String>,
        /**The time zone of the person's browser or device, for a person who has not chosen one; written as `time_zone`. An
unknown one is ignored.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone_hint: ::std::option::Option<::std::string::String>,
        ///A public name of your choice: 2 to 64 letters, digits, `.`, `_`, `-`; lowercased. Unique among accounts.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<::std::string::String>,
    }
    ///State of a registration.
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
    pub enum RegistrationState {
        #[serde(rename = "pending")]
        Pending,
        #[serde(rename = "completed")]
        Completed,
        #[serde(rename = "expired")]
        Expired,
    }
    impl ::std::fmt::Display for RegistrationState {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Pending => f.write_str("pending"),
                Self::Completed => f.write_str("completed"),
                Self::Expired => f.write_str("expired"),
            }
        }
    }
    impl ::std::str::FromStr for RegistrationState {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "pending" => Ok(Self::Pending),
                "completed" => Ok(Self::Completed),
                "expired" => Ok(Self::Expired),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RegistrationState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RegistrationState {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///State of a registration.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationStatus {
        ///How often the address can still be corrected.
        pub corrections_left: i64,
        ///The address, as entered.
        pub email: ::std::string::String,
        ///When the registration expires if its address is not verified by then (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///State of the newest email.
        pub mail: MailState,
        /**Whether `POST /account/v1/registrations/{id}/session` opens a session: the registration was completed elsewhere,
with its password, less than ten minutes ago.*/
        pub opens_session: bool,
        ///Id of the registration.
        pub registration_id: ::uuid::Uuid,
        /**How far it has come. An attempt that can no longer succeed, because its address was taken another way, reads
`pending` until it expires.*/
        pub state: RegistrationState,
    }
    ///A registration.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationSummary {
        ///How it was made: `native`, `page`, or the name of a dialect.
        pub channel: ::std::string::String,
        ///When it was created (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///The address, as entered.
        pub email: ::std::string::String,
        ///When the registration and its link expire (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///Id of the registration; its account has the same one, unless the address was corrected.
        pub id: ::uuid::Uuid,
        ///Its state.
        pub state: RegistrationOutcome,
    }
    ///Somebody registers with a provider. Address and name come from there.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RegistrationWithProviderRequest {
        ///Where to send the person after verification, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub callback_url: ::std::option::Option<::std::string::String>,
        ///Id of the registered client.
        pub client_id: ::std::string::String,
        ///The country, as for registering with a password.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///The family name, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub family_name: ::std::option::Option<::std::string::String>,
        ///The given name, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub given_name: ::std::option::Option<::std::string::String>,
        ///The language, BCP 47, likewise. The provider's pages are asked for in it, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///The full name, if the provider gives none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Whether newsletters are wanted.
        #[serde(default = "defaults::registration_with_provider_request_newsletter")]
        pub newsletter: ::std::option::Option<bool>,
        ///Id of the organization that the account will belong to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub organization: ::std::option::Option<::uuid::Uuid>,
        ///Version of the privacy notice that the person agreed to, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub privacy_version: ::std::option::Option<::std::string::String>,
        ///Name of the provider.
        pub provider: ::std::string::String,
        ///One of the client's redirect URIs. The port of a loopback URI may be any.
        pub redirect_uri: ::std::string::String,
        ///Version of the terms that the person agreed to, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub terms_version: ::std::option::Option<::std::string::String>,
        ///The time zone, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone: ::std::option::Option<::std::string::String>,
        ///The time zone of the person's browser or device, likewise.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub time_zone_hint: ::std::option::Option<::std::string::String>,
    }
    ///What a person may do here.
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
    pub enum Role {
        #[serde(rename = "user")]
        User,
        #[serde(rename = "admin")]
        Admin,
        #[serde(rename = "super_admin")]
        SuperAdmin,
    }
    impl ::std::fmt::Display for Role {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::User => f.write_str("user"),
                Self::Admin => f.write_str("admin"),
                Self::SuperAdmin => f.write_str("super_admin"),
            }
        }
    }
    impl ::std::str::FromStr for Role {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "user" => Ok(Self::User),
                "admin" => Ok(Self::Admin),
                "super_admin" => Ok(Self::SuperAdmin),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Role {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Role {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A new role for an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct RoleChange {
        ///The role.
        pub role: RoleChangeRole,
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
    pub enum RoleChangeRole {
        #[serde(rename = "user")]
        User,
        #[serde(rename = "admin")]
        Admin,
        #[serde(rename = "super_admin")]
        SuperAdmin,
    }
    impl ::std::fmt::Display for RoleChangeRole {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::User => f.write_str("user"),
                Self::Admin => f.write_str("admin"),
                Self::SuperAdmin => f.write_str("super_admin"),
            }
        }
    }
    impl ::std::str::FromStr for RoleChangeRole {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "user" => Ok(Self::User),
                "admin" => Ok(Self::Admin),
                "super_admin" => Ok(Self::SuperAdmin),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for RoleChangeRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for RoleChangeRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///An additional address of the account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SecondaryAddress {
        ///The address.
        pub email: ::std::string::String,
        ///When the address was verified (RFC 3339, UTC). No notices are sent to it before.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email_verified_at: ::std::option::Option<::jiff::Timestamp>,
    }
    ///A session that was just opened, or given a new token.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Session {
        ///When the session expires at the latest (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///The token that renews the session by the dialect that opened it; replaces the one before.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub refresh_token: ::std::option::Option<::std::string::String>,
        ///Id of the session, for ending it. Not a secret.
        pub session_id: ::std::string::String,
        ///The bearer token: 43 characters. It is shown only once.
        pub token: ::std::string::String,
        /**When the token stops being accepted, where that is before the session ends (RFC 3339, UTC): in sessions of
dialects that renew theirs.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_expires_at: ::std::option::Option<::jiff::Timestamp>,
    }
    ///The sessions of an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SessionList {
        ///The sessions that can be used, newest first.
        pub sessions: ::std::vec::Vec<SessionSummary>,
    }
    ///A session of the account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SessionSummary {
        ///How it was opened: `native`, `page`, or the name of a dialect.
        pub channel: ::std::string::String,
        ///The client's address when it was opened.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub client_address: ::std::option::Option<::std::string::String>,
        ///When it was opened (RFC 3339, UTC).
        pub created_at: ::jiff::Timestamp,
        ///Whether it is the session that sends this request.
        pub current: bool,
        ///When the session expires at the latest (RFC 3339, UTC).
        pub expires_at: ::jiff::Timestamp,
        ///Id of the session.
        pub id: ::uuid::Uuid,
        ///When it was last used, to within five minutes (RFC 3339, UTC).
        pub last_used_at: ::jiff::Timestamp,
        ///The client's `User-Agent`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user_agent: ::std::option::Option<::std::string::String>,
    }
    ///How many sessions were ended.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SessionsEnded {
        ///The number of sessions.
        pub ended: i64,
    }
    ///The credentials: an `email` or a `username`, and the password.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SignInRequest {
        ///The solution of the `challenge` in a `challenge_required` problem.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge_response: ::std::option::Option<::std::string::String>,
        /**The continuation of a registration that was made by this client: with it and the right password the answer is
`email_unverified` as long as the registration is pending.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub continuation: ::std::option::Option<::std::string::String>,
        /**The `device_token` of an earlier sign-in by this client. It lets the account's owner sign in where strangers have
used up the attempts.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub device_token: ::std::option::Option<::std::string::String>,
        ///The address of the account.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        ///The password.
        pub password: ::std::string::String,
        ///The username of the account, instead of the address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<::std::string::String>,
    }
    ///A session was opened.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SignedIn {
        ///The account.
        pub account: Account,
        ///What the client keeps and sends with later sign-ins to this account: 48 characters. It opens nothing.
        pub device_token: ::std::string::String,
        /**When the session expires at the latest (RFC 3339, UTC). Unused, it expires after 24 hours, an administrator's
after 15 minutes.*/
        pub expires_at: ::jiff::Timestamp,
        ///Id of the session. Not a secret.
        pub session_id: ::std::string::String,
        ///The bearer token: 43 characters. It is shown only once.
        pub token: ::std::string::String,
    }
    ///Where a value comes from.
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
    pub enum Source {
        #[serde(rename = "given")]
        Given,
        #[serde(rename = "client_address")]
        ClientAddress,
        #[serde(rename = "browser")]
        Browser,
        #[serde(rename = "country")]
        Country,
        #[serde(rename = "accept_language")]
        AcceptLanguage,
        #[serde(rename = "provider")]
        Provider,
        #[serde(rename = "administrator")]
        Administrator,
    }
    impl ::std::fmt::Display for Source {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Given => f.write_str("given"),
                Self::ClientAddress => f.write_str("client_address"),
                Self::Browser => f.write_str("browser"),
                Self::Country => f.write_str("country"),
                Self::AcceptLanguage => f.write_str("accept_language"),
                Self::Provider => f.write_str("provider"),
                Self::Administrator => f.write_str("administrator"),
            }
        }
    }
    impl ::std::str::FromStr for Source {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "given" => Ok(Self::Given),
                "client_address" => Ok(Self::ClientAddress),
                "browser" => Ok(Self::Browser),
                "country" => Ok(Self::Country),
                "accept_language" => Ok(Self::AcceptLanguage),
                "provider" => Ok(Self::Provider),
                "administrator" => Ok(Self::Administrator),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Source {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Source {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Figures.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Statistics {
        ///The instance that answers.
        pub instance: InstanceFigures,
        ///The days, today last.
        pub items: ::std::vec::Vec<DayFigures>,
        ///The queues of the outbox, of all instances.
        pub queues: ::std::vec::Vec<QueueFigures>,
    }
    ///The source of a value.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ValueSource {
        ///Name of the member.
        pub member: ::std::string::String,
        ///The source of its value.
        pub source: Source,
    }
    ///The request was accepted.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct VerificationMailAccepted {
        ///A message for the person.
        pub message: ::std::string::String,
    }
    ///The registration to send another email for: an `email`, or a `registration_id` with its `continuation`.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct VerificationMailRequest {
        ///The registration's continuation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub continuation: ::std::option::Option<::std::string::String>,
        ///The address: another email is sent for its newest pending registration.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        ///Id of the registration. Send its continuation too, here or as a header.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub registration_id: ::std::option::Option<::uuid::Uuid>,
    }
    ///One broken rule.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Violation {
        ///Stable name of the rule, for programs: `required`, `too_short`, `common`, ..
        pub code: ::std::string::String,
        ///The rule in words, for people. English.
        pub message: ::std::string::String,
        ///JSON Pointer (RFC 6901) to the member of the request body that broke the rule.
        pub pointer: ::std::string::String,
    }
    ///How long people waited. Of a day with more than 1,000 cases, the last 1,000 count.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Waits {
        ///The number of cases.
        pub count: i64,
        ///Half of the people waited no longer than this, in seconds.
        pub median_seconds: f64,
        ///95 of 100 people waited no longer than this, in seconds.
        pub p95_seconds: f64,
    }
    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn organization_request_allows_self_named_administrators() -> ::std::option::Option<
            bool,
        > {
            ::std::option::Option::Some(false)
        }
        pub(super) fn registration_request_newsletter() -> ::std::option::Option<bool> {
            ::std::option::Option::Some(false)
        }
        pub(super) fn registration_with_provider_request_newsletter() -> ::std::option::Option<
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
/**Client for Account registration

Register with `POST /account/v1/registrations`. The address gets an email with a link and a code. Redeem the link's token or the code with `POST /account/v1/email-verifications`, together with a proof of who registered. Answers never reveal whether an address has an account.

Errors are problem documents (RFC 9457); their `code` is stable. Bodies have at most 64 KiB, delivery reports 1 MiB. Lengths count Unicode code points.

Unknown query parameters are errors, and so are unknown members of administrators' bodies; the error names the most similar known one. Unknown members of other bodies are ignored.

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
    /**List accounts

Newest first. All filters must match.

Sends a `GET` request to `/account/v1/admin/accounts`

Arguments:
- `cursor`: The `next_cursor` of the previous page.
- `limit`: The maximum number of items.
- `organization`: Only those of the organization with this id.
- `q`: Only accounts whose address, username or name contains this text; case does not matter.
- `role`: Only those with this role.
- `state`: Only those in this state.
*/
    pub async fn list_accounts<'a>(
        &'a self,
        cursor: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
        organization: Option<&'a ::uuid::Uuid>,
        q: Option<&'a str>,
        role: Option<types::ListAccountsRole>,
        state: Option<types::ListAccountsState>,
    ) -> Result<ResponseValue<types::AccountList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/accounts", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("organization", &organization))
            .query(&progenitor_client::QueryParam::new("q", &q))
            .query(&progenitor_client::QueryParam::new("role", &role))
            .query(&progenitor_client::QueryParam::new("state", &state))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_accounts",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get an account

The answer has the `ETag` to send with a change.

Sends a `GET` request to `/account/v1/admin/accounts/{id}`

Arguments:
- `id`: Id of the account.
*/
    pub async fn get_account<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}", self.baseurl, encode_path(& id
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
            operation_id: "get_account",
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
    /**Delete an account

Immediately and permanently, with its sessions.

Sends a `DELETE` request to `/account/v1/admin/accounts/{id}`

Arguments:
- `id`: Id of the account.
*/
    pub async fn delete_account<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}", self.baseurl, encode_path(& id
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_account",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
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
    /**Change an account's details

Members that are not sent stay the same, null removes a value (RFC 7396). Other members of the account (`id`,
`role`, `email`, ..) cannot be changed here. Only super admins can change administrators, here and in the calls
below.

Sends a `PATCH` request to `/account/v1/admin/accounts/{id}`

Arguments:
- `id`: Id of the account.
- `if_match`: The `ETag` that was read; the change is refused when the account was changed since.
- `body`
*/
    pub async fn change_account<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        if_match: Option<&'a str>,
        body: &'a types::ProfileChange,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}", self.baseurl, encode_path(& id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_match {
            header_map.append("If-Match", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "change_account",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            412u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Disable an account

Its sessions end, and nobody can sign in until it is enabled again. Its address gets a notice, without the reason.

Sends a `POST` request to `/account/v1/admin/accounts/{id}/disable`

Arguments:
- `id`: Id of the account.
- `body`
*/
    pub async fn disable_account<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        body: &'a types::AccountDecision,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}/disable", self.baseurl, encode_path(& id
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
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "disable_account",
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
            404u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Enable an account

Its address gets a notice.

Sends a `POST` request to `/account/v1/admin/accounts/{id}/enable`

Arguments:
- `id`: Id of the account.
- `body`
*/
    pub async fn enable_account<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        body: &'a types::AccountDecision,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}/enable", self.baseurl, encode_path(& id
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
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "enable_account",
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
            404u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Change an account's role

Requires a super admin who gave their password within the last five minutes. The sessions of the account end.
A higher role needs a password that is known to meet the default policy: `weak_password` otherwise.

Sends a `PUT` request to `/account/v1/admin/accounts/{id}/role`

Arguments:
- `id`: Id of the account.
- `body`
*/
    pub async fn set_role<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        body: &'a types::RoleChange,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}/role", self.baseurl, encode_path(& id
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
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "set_role",
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
            404u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List an account's sessions

The sessions that can be used, newest first, with the client and address that opened each.

Sends a `GET` request to `/account/v1/admin/accounts/{id}/sessions`

Arguments:
- `id`: Id of the account.
*/
    pub async fn list_account_sessions<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::SessionList>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}/sessions", self.baseurl, encode_path(& id
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
            operation_id: "list_account_sessions",
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
    /**End an account's sessions

Everyone who is signed in to the account has to sign in again. The account's address gets a notice.

Sends a `DELETE` request to `/account/v1/admin/accounts/{id}/sessions`

Arguments:
- `id`: Id of the account.
*/
    pub async fn end_account_sessions<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::SessionsEnded>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/accounts/{}/sessions", self.baseurl, encode_path(& id
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "end_account_sessions",
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
    /**List the audit trail

Security events, newest first: who did what to which account, and from where.

Sends a `GET` request to `/account/v1/admin/audit`

Arguments:
- `account`: Only events about the account with this id, or caused by it.
- `cursor`: The `next_cursor` of the previous page.
- `event`: Only this event.
- `limit`: The maximum number of items.
*/
    pub async fn list_audit<'a>(
        &'a self,
        account: Option<&'a ::uuid::Uuid>,
        cursor: Option<&'a str>,
        event: Option<types::ListAuditEvent>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::AuditList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/audit", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("account", &account))
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("event", &event))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_audit",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List clients

By id.

Sends a `GET` request to `/account/v1/admin/clients`

Arguments:
- `cursor`: The `next_cursor` of the previous page.
- `limit`: The maximum number of items.
*/
    pub async fn list_clients<'a>(
        &'a self,
        cursor: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::ClientList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/clients", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_clients",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Register a client

An application that registers people: its callback origins are allowed, and limits per client do not apply to
its networks.

Sends a `POST` request to `/account/v1/admin/clients`

*/
    pub async fn create_client<'a>(
        &'a self,
        body: &'a types::ClientRequest,
    ) -> Result<ResponseValue<types::Client>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/clients", self.baseurl,);
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
            operation_id: "create_client",
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
            401u16 => {
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
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
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
    /**Get a client

The answer has the `ETag` to send with a change.

Sends a `GET` request to `/account/v1/admin/clients/{client}`

Arguments:
- `client`: Id of the client.
*/
    pub async fn get_client<'a>(
        &'a self,
        client: &'a str,
    ) -> Result<ResponseValue<types::Client>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/clients/{}", self.baseurl, encode_path(& client
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
            operation_id: "get_client",
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
    /**Delete a client

Its networks and origins no longer apply.

Sends a `DELETE` request to `/account/v1/admin/clients/{client}`

Arguments:
- `client`: Id of the client.
*/
    pub async fn delete_client<'a>(
        &'a self,
        client: &'a str,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/clients/{}", self.baseurl, encode_path(& client
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_client",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
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
    /**Change a client

Members that are not sent stay the same, null removes a value (RFC 7396); `id` cannot be changed and is
ignored.

Sends a `PATCH` request to `/account/v1/admin/clients/{client}`

Arguments:
- `client`: Id of the client.
- `if_match`: The `ETag` that was read; the change is refused when the client was changed since.
- `body`
*/
    pub async fn change_client<'a>(
        &'a self,
        client: &'a str,
        if_match: Option<&'a str>,
        body: &'a types::ClientChange,
    ) -> Result<ResponseValue<types::Client>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/clients/{}", self.baseurl, encode_path(& client
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_match {
            header_map.append("If-Match", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "change_client",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            412u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List features

All features, with their defaults if they were never changed.

Sends a `GET` request to `/account/v1/admin/features`

*/
    pub async fn list_features<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::FeatureList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/features", self.baseurl,);
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
            operation_id: "list_features",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get a feature

The answer has the `ETag` to send with a change.

Sends a `GET` request to `/account/v1/admin/features/{name}`

Arguments:
- `name`: Name of the feature.
*/
    pub async fn get_feature<'a>(
        &'a self,
        name: &'a str,
    ) -> Result<ResponseValue<types::Feature>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/features/{}", self.baseurl, encode_path(& name
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
            operation_id: "get_feature",
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
    /**Change a feature flag

It takes effect within half a second, on all instances.

Sends a `PUT` request to `/account/v1/admin/features/{name}`

Arguments:
- `name`: Name of the feature.
- `if_match`: The `ETag` that was read; the change is refused when the feature was changed since.
- `body`
*/
    pub async fn set_feature<'a>(
        &'a self,
        name: &'a str,
        if_match: Option<&'a str>,
        body: &'a types::FeatureChange,
    ) -> Result<ResponseValue<types::Feature>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/features/{}", self.baseurl, encode_path(& name
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_match {
            header_map.append("If-Match", value.to_string().try_into()?);
        }
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
            operation_id: "set_feature",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            412u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List invitations

Newest first.

Sends a `GET` request to `/account/v1/admin/invitations`

Arguments:
- `cursor`: The `next_cursor` of the previous page.
- `limit`: The maximum number of items.
- `state`: Only those in this state.
*/
    pub async fn list_invitations<'a>(
        &'a self,
        cursor: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
        state: Option<types::ListInvitationsState>,
    ) -> Result<ResponseValue<types::InvitationList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/invitations", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("state", &state))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_invitations",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Invite a person

Sends an email with a link to the address. The person chooses a password when they accept. To invite an administrator,
also one of an organization, the caller must have given their password within the last five minutes.

Sends a `POST` request to `/account/v1/admin/invitations`

*/
    pub async fn invite<'a>(
        &'a self,
        body: &'a types::InvitationRequest,
    ) -> Result<ResponseValue<types::Invitation>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/invitations", self.baseurl,);
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
            operation_id: "invite",
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
            401u16 => {
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
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
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
    /**Get an invitation

Who was invited to what, and the state of the invitation.

Sends a `GET` request to `/account/v1/admin/invitations/{id}`

Arguments:
- `id`: Id of the invitation.
*/
    pub async fn get_invitation<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::Invitation>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/invitations/{}", self.baseurl, encode_path(& id
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
            operation_id: "get_invitation",
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
    /**Revoke an invitation

The link in the invitation stops working.

Sends a `DELETE` request to `/account/v1/admin/invitations/{id}`

Arguments:
- `id`: Id of the invitation.
*/
    pub async fn revoke_invitation<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/invitations/{}", self.baseurl, encode_path(& id
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "revoke_invitation",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**Resend an invitation

The invitation gets a new link, and the time until it expires starts over.

Sends a `POST` request to `/account/v1/admin/invitations/{id}/mails`

Arguments:
- `id`: Id of the invitation.
*/
    pub async fn resend_invitation<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::Invitation>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/invitations/{}/mails", self.baseurl, encode_path(& id
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
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "resend_invitation",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**List organizations

Newest first.

Sends a `GET` request to `/account/v1/admin/organizations`

Arguments:
- `cursor`: The `next_cursor` of the previous page.
- `limit`: The maximum number of items.
*/
    pub async fn list_organizations<'a>(
        &'a self,
        cursor: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::OrganizationList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/organizations", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_organizations",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create an organization

A reseller or customer that accounts can belong to. Its code is unique. If it has callback origins, or allows people
to name themselves its administrators, the caller must have given their password within the last five minutes.

Sends a `POST` request to `/account/v1/admin/organizations`

*/
    pub async fn create_organization<'a>(
        &'a self,
        body: &'a types::OrganizationRequest,
    ) -> Result<ResponseValue<types::Organization>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/organizations", self.baseurl,);
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
            operation_id: "create_organization",
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
            401u16 => {
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
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
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
    /**Get an organization

The answer has the `ETag` to send with a change.

Sends a `GET` request to `/account/v1/admin/organizations/{id}`

Arguments:
- `id`: Id of the organization.
*/
    pub async fn get_organization<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::Organization>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/organizations/{}", self.baseurl, encode_path(& id
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
            operation_id: "get_organization",
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
    /**Delete an organization

Only an organization without members can be deleted.

Sends a `DELETE` request to `/account/v1/admin/organizations/{id}`

Arguments:
- `id`: Id of the organization.
*/
    pub async fn delete_organization<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/organizations/{}", self.baseurl, encode_path(& id
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_organization",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
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
    /**Change an organization

Members that are not sent stay the same (RFC 7396); `id` and `code` cannot be changed. To
change `callback_origins` or `allows_self_named_administrators`, the caller must have given their password within the
last five minutes.

Sends a `PATCH` request to `/account/v1/admin/organizations/{id}`

Arguments:
- `id`: Id of the organization.
- `if_match`: The `ETag` that was read; the change is refused when the organization was changed since.
- `body`
*/
    pub async fn change_organization<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        if_match: Option<&'a str>,
        body: &'a types::OrganizationChange,
    ) -> Result<ResponseValue<types::Organization>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/organizations/{}", self.baseurl, encode_path(& id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_match {
            header_map.append("If-Match", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "change_organization",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            412u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List an organization's members

The accounts that belong to it, newest first.

Sends a `GET` request to `/account/v1/admin/organizations/{id}/members`

Arguments:
- `id`: Id of the organization.
- `cursor`: The `next_cursor` of the previous page.
- `limit`: The maximum number of items.
*/
    pub async fn list_members<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        cursor: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::AccountList>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/organizations/{}/members", self.baseurl, encode_path(&
            id.to_string()),
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_members",
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
    /**Add a member, or change its role

An account belongs to one organization at most: it leaves the one it belonged to. To make it an administrator of the
organization, the caller must have given their password within the last five minutes.

Sends a `PUT` request to `/account/v1/admin/organizations/{id}/members/{account}`

Arguments:
- `id`: Id of the organization.
- `account`: Id of the account.
- `body`
*/
    pub async fn set_membership<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        account: &'a str,
        body: &'a types::MembershipChange,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/organizations/{}/members/{}", self.baseurl,
            encode_path(& id.to_string()), encode_path(& account.to_string()),
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
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "set_membership",
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
            404u16 => {
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Remove a member

The account is kept, without an organization.

Sends a `DELETE` request to `/account/v1/admin/organizations/{id}/members/{account}`

Arguments:
- `id`: Id of the organization.
- `account`: Id of the account.
*/
    pub async fn remove_membership<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        account: &'a str,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/organizations/{}/members/{}", self.baseurl,
            encode_path(& id.to_string()), encode_path(& account.to_string()),
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "remove_membership",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
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
    /**List the outbox

Newest first. An entry is dead after its last attempt failed; it can be put back or dropped. A request for an
address that nobody has is deleted as soon as that is known.

Sends a `GET` request to `/account/v1/admin/outbox`

Arguments:
- `cursor`: The `next_cursor` of the previous page.
- `limit`: The maximum number of items.
- `state`: Only those in this state.
*/
    pub async fn list_outbox<'a>(
        &'a self,
        cursor: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
        state: Option<types::ListOutboxState>,
    ) -> Result<ResponseValue<types::OutboxList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/outbox", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("state", &state))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_outbox",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get an outbox entry

The state of the entry, and why its last attempt failed.

Sends a `GET` request to `/account/v1/admin/outbox/{id}`

Arguments:
- `id`: Id of the entry.
*/
    pub async fn get_outbox_entry<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::OutboxEntry>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/outbox/{}", self.baseurl, encode_path(& id.to_string()),
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
            operation_id: "get_outbox_entry",
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
    /**Drop an entry

Drops a dead entry, or a waiting one that no worker has claimed.

Sends a `DELETE` request to `/account/v1/admin/outbox/{id}`

Arguments:
- `id`: Id of the entry.
*/
    pub async fn drop_outbox_entry<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/outbox/{}", self.baseurl, encode_path(& id.to_string()),
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "drop_outbox_entry",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
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
    /**Put a dead entry back

The entry is delivered again immediately, if it is still valid.

Sends a `POST` request to `/account/v1/admin/outbox/{id}/redrive`

Arguments:
- `id`: Id of the entry.
*/
    pub async fn redrive_outbox_entry<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::OutboxEntry>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/admin/outbox/{}/redrive", self.baseurl, encode_path(& id
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
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "redrive_outbox_entry",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
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
    /**List registrations

Newest first, without details and credentials.

Sends a `GET` request to `/account/v1/admin/registrations`

Arguments:
- `cursor`: The `next_cursor` of the previous page.
- `email`: Only those for this address.
- `limit`: The maximum number of items.
- `state`: Only those in this state.
*/
    pub async fn list_registrations<'a>(
        &'a self,
        cursor: Option<&'a str>,
        email: Option<&'a str>,
        limit: Option<::std::num::NonZeroU32>,
        state: Option<types::ListRegistrationsState>,
    ) -> Result<ResponseValue<types::RegistrationList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/registrations", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("cursor", &cursor))
            .query(&progenitor_client::QueryParam::new("email", &email))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("state", &state))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_registrations",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get statistics

Registrations, emails, confirmations, sign-ins and waits of the last days (UTC), today last; the outbox now; and
what the instance that answers counted since its start.

Sends a `GET` request to `/account/v1/admin/stats`

Arguments:
- `days`: The number of days, including today.
*/
    pub async fn get_stats<'a>(
        &'a self,
        days: Option<::std::num::NonZeroU32>,
    ) -> Result<ResponseValue<types::Statistics>, Error<types::Problem>> {
        let url = format!("{}/account/v1/admin/stats", self.baseurl,);
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
            .query(&progenitor_client::QueryParam::new("days", &days))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_stats",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Verify an email address

Redeems the emailed token or code with a proof of who registered, and creates the account. The link alone is not
enough: a stranger may have registered the address with their own password.

Sends a `POST` request to `/account/v1/email-verifications`

Arguments:
- `x_registration_continuation`: The registration's continuation, if it is not in the body.
- `body`
*/
    pub async fn verify_email<'a>(
        &'a self,
        x_registration_continuation: Option<&'a str>,
        body: &'a types::EmailVerificationRequest,
    ) -> Result<ResponseValue<types::EmailVerified>, Error<types::Problem>> {
        let url = format!("{}/account/v1/email-verifications", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = x_registration_continuation {
            header_map
                .append("X-Registration-Continuation", value.to_string().try_into()?);
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
            operation_id: "verify_email",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**Check whether a request may pass

For the auth request of a reverse proxy (nginx `auth_request`, forward auth of Traefik and Caddy), which passes
on the bearer token or cookie. 401: send the person to the sign-in page. 403: the person is signed in but may
not pass, because the address is not verified or the account is scheduled for deletion.

Sends a `GET` request to `/account/v1/gate`

*/
    pub async fn gate<'a>(&'a self) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!("{}/account/v1/gate", self.baseurl,);
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
            operation_id: "gate",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
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
    /**Accept an invitation

Redeems the emailed token and creates the account, with the role and organization of the invitation.

Sends a `POST` request to `/account/v1/invitations/redeem`

*/
    pub async fn accept_invitation<'a>(
        &'a self,
        body: &'a types::InvitationRedemption,
    ) -> Result<ResponseValue<types::InvitationAccepted>, Error<types::Problem>> {
        let url = format!("{}/account/v1/invitations/redeem", self.baseurl,);
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
            operation_id: "accept_invitation",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**List countries

ISO 3166-1 alpha-2 codes with the English names of Unicode's CLDR.

Sends a `GET` request to `/account/v1/lookups/countries`

Arguments:
- `if_none_match`: The `ETag` of the list that the client has.
*/
    pub async fn list_countries<'a>(
        &'a self,
        if_none_match: Option<&'a str>,
    ) -> Result<ResponseValue<types::Lookup>, Error<types::Problem>> {
        let url = format!("{}/account/v1/lookups/countries", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_none_match {
            header_map.append("If-None-Match", value.to_string().try_into()?);
        }
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
            operation_id: "list_countries",
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

BCP 47 tags with the English descriptions of Unicode's CLDR. Fields also accept a listed language with another
country or script, as browsers send it: `ru-DE`.

Sends a `GET` request to `/account/v1/lookups/languages`

Arguments:
- `if_none_match`: The `ETag` of the list that the client has.
*/
    pub async fn list_languages<'a>(
        &'a self,
        if_none_match: Option<&'a str>,
    ) -> Result<ResponseValue<types::Lookup>, Error<types::Problem>> {
        let url = format!("{}/account/v1/lookups/languages", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_none_match {
            header_map.append("If-None-Match", value.to_string().try_into()?);
        }
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
            operation_id: "list_languages",
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

Canonical names of the IANA database, which has no other names: `name` is the `code` again. A field takes a link
of that database and a Windows time zone id, too.

Sends a `GET` request to `/account/v1/lookups/time-zones`

Arguments:
- `if_none_match`: The `ETag` of the list that the client has.
*/
    pub async fn list_time_zones<'a>(
        &'a self,
        if_none_match: Option<&'a str>,
    ) -> Result<ResponseValue<types::Lookup>, Error<types::Problem>> {
        let url = format!("{}/account/v1/lookups/time-zones", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_none_match {
            header_map.append("If-None-Match", value.to_string().try_into()?);
        }
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
            operation_id: "list_time_zones",
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
            405u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get your account

The answer has the `ETag` to send with a change.

Sends a `GET` request to `/account/v1/me`

*/
    pub async fn get_me<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me", self.baseurl,);
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
            operation_id: "get_me",
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

The account is deleted after seven days, or as configured. Until then its owner can sign in and cancel this. All
sessions end immediately.

Sends a `DELETE` request to `/account/v1/me`

*/
    pub async fn delete_me<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Deletion>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_me",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
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
    /**Change your details

Members that are not sent stay the same, null removes a value (RFC 7396). Members that the account has
beside these (`id`, `role`, `email`, ..) cannot be changed here and are ignored. To set another notification or
alternate address, the password must have been given within the last five minutes.

Sends a `PATCH` request to `/account/v1/me`

Arguments:
- `if_match`: The `ETag` that was read; the change is refused when the account was changed since.
- `body`
*/
    pub async fn change_me<'a>(
        &'a self,
        if_match: Option<&'a str>,
        body: &'a types::DetailsChange,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_match {
            header_map.append("If-Match", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "change_me",
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
            412u16 => {
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
    /**Request a change of address

The answer is the same whether or not the address has an account. The current address gets a notice. The link
lasts an hour, and a change of the password invalidates it.

Sends a `POST` request to `/account/v1/me/email`

*/
    pub async fn change_email<'a>(
        &'a self,
        body: &'a types::AddressChange,
    ) -> Result<ResponseValue<types::Message>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/email", self.baseurl,);
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
            operation_id: "change_email",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
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
    /**Verify an address

For the main address: in the session that requested the change. For a notification or alternate address: in any
session of the account.

Sends a `POST` request to `/account/v1/me/email/confirmation`

*/
    pub async fn confirm_email<'a>(
        &'a self,
        body: &'a types::AddressConfirmation,
    ) -> Result<ResponseValue<types::AddressConfirmed>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/email/confirmation", self.baseurl,);
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
            operation_id: "confirm_email",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**Export your data

The account, its sessions and its events, as a JSON file.

Sends a `GET` request to `/account/v1/me/export`

*/
    pub async fn export_me<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::PersonalData>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/export", self.baseurl,);
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
            operation_id: "export_me",
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
    /**List the linked accounts

The accounts at providers that the person can sign in with.

Sends a `GET` request to `/account/v1/me/identities`

*/
    pub async fn list_identities<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::IdentityList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/identities", self.baseurl,);
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
            operation_id: "list_identities",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Link an account at a provider

Only for apps of registered clients. Answers the address at the provider: open it in the person's browser, then
send the provider's answer to `POST /account/v1/me/identities/answers` in the same session.

Sends a `POST` request to `/account/v1/me/identities`

*/
    pub async fn link_identity<'a>(
        &'a self,
        body: &'a types::ProviderRequest,
    ) -> Result<ResponseValue<types::ProviderFlow>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/identities", self.baseurl,);
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
            operation_id: "link_identity",
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
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
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
            502u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Hand in a provider's answer

After linking or reauthenticating: once, and in the session that began. The session goes on under a new token.

Sends a `POST` request to `/account/v1/me/identities/answers`

*/
    pub async fn finish_identity<'a>(
        &'a self,
        body: &'a types::ProviderAnswer,
    ) -> Result<ResponseValue<types::ProviderFlowFinished>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/identities/answers", self.baseurl,);
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
            operation_id: "finish_identity",
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
            404u16 => {
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
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            502u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Reauthenticate with a provider

For people without a password: signing in once more with a linked account counts like the password for five
minutes. Send the provider's answer to `POST /account/v1/me/identities/answers` in the same session.

Sends a `POST` request to `/account/v1/me/identities/reauthentication`

*/
    pub async fn reauthenticate_with_provider<'a>(
        &'a self,
        body: &'a types::ProviderRequest,
    ) -> Result<ResponseValue<types::ProviderFlow>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/identities/reauthentication", self.baseurl,);
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
            operation_id: "reauthenticate_with_provider",
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
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
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
            502u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Unlink an account

The last way to sign in cannot be removed. All other sessions end.

Sends a `DELETE` request to `/account/v1/me/identities/{id}`

Arguments:
- `id`: Id of the linked account.
*/
    pub async fn unlink_identity<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::Session>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/me/identities/{}", self.baseurl, encode_path(& id
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "unlink_identity",
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
            404u16 => {
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
    /**Change the password

The account's address gets a notice. Links emailed earlier no longer work.

Sends a `PUT` request to `/account/v1/me/password`

*/
    pub async fn change_password<'a>(
        &'a self,
        body: &'a types::PasswordChange,
    ) -> Result<ResponseValue<types::Session>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/password", self.baseurl,);
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
            operation_id: "change_password",
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
    /**Cancel the deletion

Possible until the account is deleted. Its address gets a notice. Changes nothing if no deletion was requested.

Sends a `POST` request to `/account/v1/me/recovery`

*/
    pub async fn recover_me<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
        let url = format!("{}/account/v1/me/recovery", self.baseurl,);
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
            operation_id: "recover_me",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get the password policy

The policy of the native API and the pages. Each dialect has its own. Passwords of administrators must meet the
policy `default` as well.

Sends a `GET` request to `/account/v1/password-policy`

Arguments:
- `if_none_match`: The `ETag` of the policy that the client has.
*/
    pub async fn get_password_policy<'a>(
        &'a self,
        if_none_match: Option<&'a str>,
    ) -> Result<ResponseValue<types::PasswordPolicy>, Error<types::Problem>> {
        let url = format!("{}/account/v1/password-policy", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_none_match {
            header_map.append("If-None-Match", value.to_string().try_into()?);
        }
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
            operation_id: "get_password_policy",
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
            405u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Request a password reset

The answer is the same whether or not the address has an account. An address whose registration is pending gets
another verification email instead.

Sends a `POST` request to `/account/v1/password-resets`

*/
    pub async fn request_password_reset<'a>(
        &'a self,
        body: &'a types::PasswordResetRequest,
    ) -> Result<ResponseValue<types::Message>, Error<types::Problem>> {
        let url = format!("{}/account/v1/password-resets", self.baseurl,);
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
            operation_id: "request_password_reset",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
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
    /**Set the new password

Redeems the emailed token. All sessions of the account end, and its sign-in limits are reset.

Sends a `POST` request to `/account/v1/password-resets/redeem`

*/
    pub async fn redeem_password_reset<'a>(
        &'a self,
        body: &'a types::PasswordResetRedemption,
    ) -> Result<ResponseValue<types::SignedIn>, Error<types::Problem>> {
        let url = format!("{}/account/v1/password-resets/redeem", self.baseurl,);
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
            operation_id: "redeem_password_reset",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**Hand in a provider's answer

Once, from the app that began, with its `flow_token`. Opens a session if the account at the provider is linked.
Otherwise records a registration and sends an email, as for registering with a password: the answer is the same
whether or not the address has an account.

Sends a `POST` request to `/account/v1/provider-answers`

*/
    pub async fn finish_with_provider<'a>(
        &'a self,
        body: &'a types::ProviderAnswer,
    ) -> Result<ResponseValue<types::ProviderFlowFinished>, Error<types::Problem>> {
        let url = format!("{}/account/v1/provider-answers", self.baseurl,);
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
            operation_id: "finish_with_provider",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            409u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
            502u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the providers

The providers with whose accounts people can sign in, and whether they can register with them at the moment.

Sends a `GET` request to `/account/v1/providers`

*/
    pub async fn list_providers<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::ProviderList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/providers", self.baseurl,);
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
            operation_id: "list_providers",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Register

Records a registration and sends an email: a verification link and code, or, if the address already has an
account, a note saying so. Answer, timing and limits are the same in both cases.

Country, language and time zone are inferred if they are absent, unless a back end registers people: a registered
client, or a network that the operator has listed. The account's `sources` say where each value comes from.

Sends a `POST` request to `/account/v1/registrations`

Arguments:
- `idempotency_key`: Makes the request safe to retry: the same key with the same body gets the first answer again, for 24 hours. 16 to 255 visible ASCII characters, such as a random UUID.
- `body`
*/
    pub async fn register<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::RegistrationRequest,
    ) -> Result<ResponseValue<types::RegistrationAccepted>, Error<types::Problem>> {
        let url = format!("{}/account/v1/registrations", self.baseurl,);
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
            operation_id: "register",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
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
    /**Register with a provider

Only for apps of registered clients. Answers the address at the provider: open it in the person's browser. The
provider sends the browser to the redirect URI with `state` and `code`; send them to
`POST /account/v1/provider-answers`. A person whose account there is linked is signed in instead.

Sends a `POST` request to `/account/v1/registrations/with-provider`

*/
    pub async fn register_with_provider<'a>(
        &'a self,
        body: &'a types::RegistrationWithProviderRequest,
    ) -> Result<ResponseValue<types::ProviderFlow>, Error<types::Problem>> {
        let url = format!("{}/account/v1/registrations/with-provider", self.baseurl,);
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
            operation_id: "register_with_provider",
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
            404u16 => {
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
            502u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get the status of a registration

Only for the client that registered: send the continuation.

Sends a `GET` request to `/account/v1/registrations/{id}`

Arguments:
- `id`: Id of the registration.
- `x_registration_continuation`: The registration's continuation.
*/
    pub async fn get_registration<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        x_registration_continuation: Option<&'a str>,
    ) -> Result<ResponseValue<types::RegistrationStatus>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/registrations/{}", self.baseurl, encode_path(& id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = x_registration_continuation {
            header_map
                .append("X-Registration-Continuation", value.to_string().try_into()?);
        }
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
            operation_id: "get_registration",
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
            404u16 => {
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
    /**Correct the address of a registration

For a mistyped address, until it is verified: the new address gets an email, and earlier links and codes stop
working. At most 5 times; each counts like a registration and like an email to the new address. Answer, timing and
limits are the same whether the new address is free, pending or taken.

Sends a `PATCH` request to `/account/v1/registrations/{id}`

Arguments:
- `id`: Id of the registration.
- `x_registration_continuation`: The registration's continuation.
- `body`
*/
    pub async fn correct_registration<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        x_registration_continuation: Option<&'a str>,
        body: &'a types::RegistrationCorrection,
    ) -> Result<ResponseValue<types::RegistrationCorrected>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/registrations/{}", self.baseurl, encode_path(& id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = x_registration_continuation {
            header_map
                .append("X-Registration-Continuation", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "correct_registration",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**Continue after the registration was completed elsewhere

Opens a session for the client that registered, if the registration was completed in another browser with its
password: once, and within ten minutes. A client that completes it with the continuation gets a session at once.

Sends a `POST` request to `/account/v1/registrations/{id}/session`

Arguments:
- `id`: Id of the registration.
- `x_registration_continuation`: The registration's continuation.
*/
    pub async fn continue_registration<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
        x_registration_continuation: Option<&'a str>,
    ) -> Result<ResponseValue<types::SignedIn>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/registrations/{}/session", self.baseurl, encode_path(& id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = x_registration_continuation {
            header_map
                .append("X-Registration-Continuation", value.to_string().try_into()?);
        }
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
            operation_id: "continue_registration",
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
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            410u16 => {
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
    /**List your sessions

The sessions that can be used, newest first, with the client and address that opened each.

Sends a `GET` request to `/account/v1/sessions`

*/
    pub async fn list_sessions<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::SessionList>, Error<types::Problem>> {
        let url = format!("{}/account/v1/sessions", self.baseurl,);
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
            operation_id: "list_sessions",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Sign in

The answer and its timing are the same for a wrong password, an unknown address or username, a pending
registration and a disabled account.

Sends a `POST` request to `/account/v1/sessions`

*/
    pub async fn sign_in<'a>(
        &'a self,
        body: &'a types::SignInRequest,
    ) -> Result<ResponseValue<types::SignedIn>, Error<types::Problem>> {
        let url = format!("{}/account/v1/sessions", self.baseurl,);
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
            operation_id: "sign_in",
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
    /**Sign out all other sessions

The account's address gets a notice.

Sends a `DELETE` request to `/account/v1/sessions`

*/
    pub async fn end_other_sessions<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::SessionsEnded>, Error<types::Problem>> {
        let url = format!("{}/account/v1/sessions", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "end_other_sessions",
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
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Reauthenticate with the password

Some changes require that the password was sent within the last five minutes.

Sends a `POST` request to `/account/v1/sessions/current/reauthentication`

*/
    pub async fn reauthenticate<'a>(
        &'a self,
        body: &'a types::ReauthenticationRequest,
    ) -> Result<ResponseValue<types::Session>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/sessions/current/reauthentication", self.baseurl,
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
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "reauthenticate",
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
    /**Sign in with a provider

Like registering with it, for people who have an account. Somebody who has none registers.

Sends a `POST` request to `/account/v1/sessions/with-provider`

*/
    pub async fn sign_in_with_provider<'a>(
        &'a self,
        body: &'a types::ProviderRequest,
    ) -> Result<ResponseValue<types::ProviderFlow>, Error<types::Problem>> {
        let url = format!("{}/account/v1/sessions/with-provider", self.baseurl,);
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
            operation_id: "sign_in_with_provider",
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
            404u16 => {
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
            502u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**End a session, or sign out

Ends the session: its token is no longer valid.

Sends a `DELETE` request to `/account/v1/sessions/{id}`

Arguments:
- `id`: Id of the session, or `current` for the one that sends this request.
*/
    pub async fn end_session<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!(
            "{}/account/v1/sessions/{}", self.baseurl, encode_path(& id.to_string()),
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
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "end_session",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
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
    /**Request another verification email

The newest link replaces earlier ones of its registration; a registration whose link has expired gets a new
one. At most 5 a minute per user, counted alike for unknown addresses.

Sends a `POST` request to `/account/v1/verification-mails`

Arguments:
- `x_registration_continuation`: The registration's continuation, if it is not in the body.
- `body`
*/
    pub async fn send_verification_mail<'a>(
        &'a self,
        x_registration_continuation: Option<&'a str>,
        body: &'a types::VerificationMailRequest,
    ) -> Result<ResponseValue<types::VerificationMailAccepted>, Error<types::Problem>> {
        let url = format!("{}/account/v1/verification-mails", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = x_registration_continuation {
            header_map
                .append("X-Registration-Continuation", value.to_string().try_into()?);
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
            operation_id: "send_verification_mail",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
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
    /**Check whether the process is alive

Checks nothing else: a process must not be restarted because its database is unavailable.

Sends a `GET` request to `/health/liveness`

*/
    pub async fn get_liveness<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!("{}/health/liveness", self.baseurl,);
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
            operation_id: "get_liveness",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            405u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Check whether the service can handle requests

Checks the database, for a second at most.

Sends a `GET` request to `/health/readiness`

*/
    pub async fn get_readiness<'a>(
        &'a self,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!("{}/health/readiness", self.baseurl,);
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
            operation_id: "get_readiness",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            405u16 => {
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
