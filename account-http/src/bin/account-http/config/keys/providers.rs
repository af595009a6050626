//! The settings of providers with whose accounts people can register and sign in.

use account_core::provider::ProviderName;

use super::key::{Key, Kind};
use super::named::NamedSections;
use super::table::{flag, text};

/// The providers.
pub(super) static PROVIDERS: NamedSections = NamedSections {
    section: "providers",
    example: "google",
    keys: &OF_EACH,
    check_name: |name| ProviderName::parse(name).map(drop).map_err(|error| error.to_string()),
};

const SHOWN: &str = "the text that the provider shows";

const OF_EACH: [Key; 22] = [
    text(
        "client_id",
        Kind::Optional,
        "none; required",
        SHOWN,
        "The client that was made at the provider for this service.",
    ),
    text(
        "client_secret",
        Kind::Hidden,
        "none; required, unless there is a `private_key`",
        SHOWN,
        "The client's secret.",
    ),
    text(
        "issuer",
        Kind::Optional,
        "the provider's, for `google`, `github`, `microsoft` and `apple`; required for others",
        "an `https://` URL; for `github`, the address of a GitHub Enterprise Server; for `microsoft`, \
         `https://login.microsoftonline.com/<tenant>/v2.0`",
        "Who issues the provider's ID tokens. Its configuration is read from `<issuer>/.well-known/openid-configuration`.",
    ),
    text(
        "display_name",
        Kind::Optional,
        "the provider's, for the four that are known; otherwise the name of the section",
        "up to 40 characters",
        "What people call the provider: \"Continue with ..\".",
    ),
    text(
        "scopes",
        Kind::List,
        "`openid profile email`; for `github` `openid user email`, for `apple` `openid name email`",
        "scopes that the provider knows; `openid` must be one of them",
        "What the provider is asked for.",
    ),
    flag(
        "trust_verified_email",
        "false",
        "Whether an address that the provider says it has verified needs no email of ours. Otherwise everybody confirms \
         their address by email.",
    ),
    text(
        "private_key",
        Kind::Hidden,
        "none; required for `apple`",
        "an EC private key in PEM, as in Apple's `AuthKey_*.p8` files",
        "The key with which client secrets are signed, in place of a `client_secret`.",
    ),
    text("key_id", Kind::Optional, "none; required with a `private_key`", SHOWN, "The id of that key."),
    text(
        "team_id",
        Kind::Optional,
        "none; required with a `private_key`",
        SHOWN,
        "The id of the team at the provider.",
    ),
    text(
        "response_mode",
        Kind::Optional,
        "`query`; for `apple` `form_post`",
        "`query` or `form_post`",
        "How the answer comes back: in the address, or in a form that the provider's page posts.",
    ),
    flag(
        "allow_private_networks",
        "false",
        "Whether the provider may be on this machine or in a private network, where TLS is optional.",
    ),
    claim("claims.address", "`email`", "The email address."),
    claim(
        "claims.verified",
        "`email_verified`; for `microsoft` always `xms_edov`",
        "The flag, beside the address, that says that the provider has verified it. Only the boolean `true` counts.",
    ),
    claim("claims.login", "`preferred_username`", "What the person knows the account at the provider by."),
    claim("claims.name", "`name`", "The whole name."),
    claim("claims.given_name", "`given_name`", "The given name."),
    claim("claims.family_name", "`family_name`", "The family name."),
    claim("claims.picture", "`picture`", "The URL of a picture."),
    claim("claims.profile", "`profile`", "The URL of the public profile."),
    claim("claims.language", "`locale`", "The language."),
    claim("claims.country", "`country`", "The country."),
    claim("claims.time_zone", "`zoneinfo`", "The time zone."),
];

const fn claim(name: &'static str, default: &'static str, about: &'static str) -> Key {
    text(name, Kind::Optional, default, "the name of a claim", about)
}
