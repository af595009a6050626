//! The settings that do not belong to a dialect.

use super::key::Kind::{Hidden, List, Optional, OptionalSecret, Secret, Value};
use super::key::{Form, Key, Kind};

pub(super) const fn text(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    allowed: &'static str,
    about: &'static str,
) -> Key {
    Key { name, kind, form: Form::Text, default, allowed, about }
}

const fn number(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    allowed: &'static str,
    about: &'static str,
) -> Key {
    Key { form: Form::Number, ..text(name, kind, default, allowed, about) }
}

pub(super) const fn flag(name: &'static str, default: &'static str, about: &'static str) -> Key {
    Key { form: Form::Flag, ..text(name, Value, default, FLAG, about) }
}

pub(super) const fn rate(name: &'static str, default: &'static str, about: &'static str) -> Key {
    let allowed = "`N/s`, `N/min`, `N/15min`, `N/h`, `N/day`, or `off` for no limit";
    Key { form: Form::Rate, ..text(name, Value, default, allowed, about) }
}

/// How long a link lasts.
const fn lifetime(name: &'static str, default: &'static str, about: &'static str) -> Key {
    let allowed = "1 second to 30 days: `90s`, `30min`, `24h`, `7d`";
    Key { form: Form::Duration, ..text(name, Value, default, allowed, about) }
}

/// How long data is kept.
const fn retention(name: &'static str, default: &'static str, about: &'static str) -> Key {
    Key { form: Form::Duration, ..text(name, Value, default, "1 to 3650 whole days: `30d`", about) }
}

pub(super) const FLAG: &str = "`true` or `false`";
pub(super) const POLICY: &str = "`default`, `mikrocloud`, `rpost`, `waltid`, `form` or `form-strict`";
const NETWORKS: &str = "addresses or networks, such as `10.0.0.0/8` or `2001:db8::/32`";
const SELECTOR: &str = "letters, digits and hyphens, such as `2026a`; several labels are joined by dots";
const PRIVATE_KEY: &str =
    "the path of a PEM file with a private key (PKCS#8 or PKCS#1): RSA with 2048 to 4096 bits, or Ed25519";
const VERSION: &str = "1 to 64 visible ASCII characters, such as `2026-01`";
const USE: &str = "`off`, `optional` or `required`";
const PAGE_URL: &str = "an `https://` URL; `http://` only for loopback hosts";
const IMAGE: &str = "the path of an SVG, PNG, WebP or ICO image with up to 256 KiB";
const DOMAINS: &str = "domain names, such as `example.com`";

/// All settings except those of the dialects, in the order in which they are shown.
pub(super) const TABLE: &[Key] = &[
    text(
        "http.bind",
        Value,
        "127.0.0.1:8080",
        "an IP address and a port, such as `127.0.0.1:8080` or `[::]:8080`; port 0 picks a free one",
        "The address that the service listens on.",
    ),
    text(
        "http.public_url",
        Optional,
        "`http://` and the value of `http.bind`",
        "`https://host[:port]`, with or without a path of letters, digits, `-` and `_`, such as `https://example.com/accounts`; `http://` only for this machine",
        "The base of every link in emails and on pages. It is never taken from a request.",
    ),
    number(
        "http.max_connections",
        Value,
        "1024",
        "16 to 100000",
        "The maximum number of connections to clients. At the maximum, a new one replaces the one that has been idle \
         longest. Each can take 32 KiB of memory, and 128 KiB during a request. Fewer if the system allows fewer open \
         files.",
    ),
    number(
        "http.max_connections_per_address",
        Optional,
        "a quarter of `http.max_connections`",
        "4 to the value of `http.max_connections`",
        "The maximum number of connections of one client address (IPv6: of one /64 network). A client that opens more \
         loses its own idle ones. Does not apply to `http.trusted_proxies` and `limits.exempt_networks`.",
    ),
    text(
        "http.trusted_proxies",
        List,
        "none",
        NETWORKS,
        "Reverse proxies whose `X-Forwarded-For` header names the client. The header is ignored from anywhere else.",
    ),
    text(
        "http.cors_origins",
        List,
        "none",
        "origins, such as `https://www.example.com`; `*` is not allowed",
        "Web origins whose pages may call the API from a browser.",
    ),
    text(
        "store.url",
        Secret,
        "sqlite://account-data/account.db",
        "`sqlite://PATH`, `postgres://USER:PASSWORD@HOST/DATABASE` or `mysql://USER:PASSWORD@HOST/DATABASE` (MySQL or \
         MariaDB), percent-encoded",
        "The database. An SQLite file and its directory are created if missing; a database on a server must exist. \
         Versions and encryption: docs/databases.md.",
    ),
    lifetime(
        "store.wait",
        "30s",
        "How long a start waits for a database that cannot be reached or is read-only. Then it fails with the reason.",
    ),
    number(
        "store.max_connections",
        Value,
        "20",
        "3 to 1000",
        "The maximum number of connections that this process opens to a database server. SQLite ignores it.",
    ),
    text(
        "store.schema",
        Optional,
        "the first schema of the connection's search path, usually `public`",
        "1 to 63 lower-case letters, digits and underscores",
        "On PostgreSQL, the schema for the tables. It is created if absent.",
    ),
    text(
        "store.master_key_file",
        Optional,
        "`master.key` beside the SQLite file, created at first start",
        "the path of a file: 43 characters of base64url (256 bits) on the first line, retired keys on the lines after it",
        "The key that emailed links and codes are derived from. Keep it secret: anyone who has it can forge them. If it \
         is lost, links that were already emailed stop working.",
    ),
    text(
        "mail.transport",
        Value,
        "file",
        "`file` or `smtp`",
        "How emails are sent: written to files, to try things out, or sent through a mail server.",
    ),
    text(
        "mail.directory",
        Value,
        "account-data/mail",
        "the path of a directory",
        "Where the `file` transport writes emails, one `.eml` file each. It is created if missing.",
    ),
    text(
        "mail.from",
        Value,
        "Accounts <no-reply@localhost>",
        "`Name <local-part@domain>` or `local-part@domain`",
        "The sender shown to recipients.",
    ),
    text(
        "mail.envelope_from",
        Optional,
        "the address of `mail.from`",
        "`local-part@domain`, or `<>` for none",
        "The envelope sender: the address that bounces are sent to.",
    ),
    text(
        "mail.verification_subject",
        Optional,
        "`Verify your email address`",
        "one line of 1 to 200 bytes",
        "The subject of the verification email in English. In other languages it is that of the translation.",
    ),
    text(
        "mail.link_url",
        Optional,
        "`http.public_url`",
        "`https://host[:port]` without a path; `http://` only for this machine",
        "The base of links in emails, such as that of a short domain: `https://mk.example` makes links \
         `https://mk.example/l/..`. Requests for that host must reach the service; it sends people on to `http.public_url`.",
    ),
    text(
        "mail.template_directory",
        Optional,
        "none: the built-in templates",
        "the path of a directory with files such as `verify-address/body.txt`",
        "Your own email templates, each in place of the built-in one of the same name. `account-http mail templates \
         --export DIRECTORY` writes the built-in ones. See docs/mail.md.",
    ),
    text(
        "mail.smtp.url",
        OptionalSecret,
        "none; required for the `smtp` transport",
        "`smtps://user:password@host`, `smtp://user:password@host?tls=starttls`, or on this machine \
         `smtp://127.0.0.1:1025`; percent-encoded",
        "The mail server. TLS never falls back to plain text.",
    ),
    text(
        "mail.smtp.ehlo_name",
        Optional,
        "the domain of `mail.from`",
        "a host name, or an address literal such as `[192.0.2.1]`",
        "The name that the service gives in its greeting (EHLO) to the mail server.",
    ),
    text(
        "mail.smtp.ca_file",
        Optional,
        "none",
        "the path of a file with PEM certificates",
        "Certificates to trust in addition to the system's, for a private certificate authority.",
    ),
    text(
        "mail.reports.token",
        Hidden,
        "none: reports are not accepted over HTTP",
        "43 characters of base64url (256 random bits)",
        "The bearer token for `POST /account/v1/delivery-reports`, where a mail server submits delivery reports. See \
         docs/mail-reports.md.",
    ),
    text(
        "mail.dkim.domain",
        Optional,
        "the domain of `mail.from`",
        "the domain of `mail.from` or a parent of it, with at least one dot",
        "The domain that signs emails (DKIM). The keys are published in its DNS.",
    ),
    text("mail.dkim.selector", Optional, "none", SELECTOR, "The DNS name that the key is published under."),
    text(
        "mail.dkim.private_key_file",
        Optional,
        "none: emails are not signed",
        PRIVATE_KEY,
        "The key that signs every email. `account-http mail doctor` prints the DNS record to publish.",
    ),
    text(
        "mail.dkim.second_selector",
        Optional,
        "none",
        SELECTOR,
        "The DNS name that the second key is published under.",
    ),
    text(
        "mail.dkim.second_private_key_file",
        Optional,
        "none",
        PRIVATE_KEY,
        "A second key that also signs every email: to use both algorithms, or while you replace the first key.",
    ),
    lifetime("registration.verification_ttl", "24h", "How long a registration is valid, with its link and code."),
    lifetime("registration.invitation_ttl", "7d", "How long an invitation and its link are valid."),
    retention("registration.unverified_ttl", "30d", "How long an account is kept whose address was never verified."),
    text(
        "registration.callback_origins",
        List,
        "none",
        "origins, such as `https://portal.example.com`; `http://` only for loopback hosts",
        "Origins that a callback URL may have: where people can be sent after verification.",
    ),
    text(
        "registration.allowed_domains",
        List,
        "none: all domains",
        DOMAINS,
        "Email domains, subdomains included, that may register. If you list any, all others are refused.",
    ),
    text(
        "registration.denied_domains",
        List,
        "none",
        DOMAINS,
        "Email domains, subdomains included, that may not register.",
    ),
    flag("registration.refuse_disposable", "true", "Whether to refuse disposable email addresses."),
    text(
        "registration.check_mail_domain",
        Value,
        "off",
        "`off` or `on`",
        "Whether to look up whether the domain of an address takes email (MX, A and AAAA records), with the name servers in \
         `/etc/resolv.conf`. An address at one that takes none is refused. What is not answered within a second is accepted.",
    ),
    text(
        "registration.terms_version",
        Optional,
        "none",
        VERSION,
        "The version of your terms that people agree to when they register, on the pages and through the native API.",
    ),
    text("registration.privacy_version", Optional, "none", VERSION, "The version of your privacy notice, likewise."),
    flag(
        "registration.consent_required",
        "false",
        "Whether nobody gets an account on the pages or through the native API without agreeing to these versions: by \
         registering, by taking an address with a new password, or by an invitation. The documented APIs cannot ask, and \
         accounts that administrators make are not asked.",
    ),
    text(
        "registration.password_policy",
        Value,
        "default",
        POLICY,
        "The password policy of the native API and the pages. Administrators must meet `default` as well.",
    ),
    text(
        "registration.challenge",
        Value,
        "adaptive",
        "`off`, `adaptive` or `always`",
        "When registering asks for a challenge, a proof of work that programs and our pages solve: never, while there are \
         unusually many requests (`limits.challenge_after_..`), or always. Password resets and sign-ins ask only while \
         there are unusually many. See docs/security.md.",
    ),
    number(
        "registration.challenge_work",
        Value,
        "400000",
        "1000 to 10000000",
        "How many hashes a challenge takes at most; on average it takes half. A phone computes about 300,000 a second.",
    ),
    lifetime(
        "registration.challenge_wait",
        "30s",
        "How long a browser without JavaScript waits instead of solving a challenge.",
    ),
    number(
        "hashing.memory_kib",
        Value,
        "19456",
        "8 times `hashing.parallelism` to 1048576, in KiB",
        "The memory of one Argon2id hash. Each worker keeps this much.",
    ),
    number("hashing.iterations", Value, "2", "1 to 64", "The number of passes over that memory."),
    number(
        "hashing.parallelism",
        Value,
        "1",
        "1 to 16",
        "Argon2's degree of parallelism. One worker still computes the whole hash.",
    ),
    number("hashing.workers", Optional, "the number of cores", "1 to 256", "How many hashes are computed at once."),
    number(
        "hashing.queue",
        Value,
        "64",
        "0 to 100000",
        "How many more may wait. One client network (an IPv4 /24 or an IPv6 /48) can take half of all places at most. \
         Requests without a place get 503 at once.",
    ),
    lifetime(
        "hashing.deadline",
        "2s",
        "How long a request may wait for its hash. If it would take longer, judging by recent hashes, the request gets 503 \
         at once.",
    ),
    number(
        "hashing.nice",
        Value,
        "5",
        "0 to 19",
        "On Linux, how far hashing stands back for all other work on the same cores, as with the command `nice`. With a low \
         value, everything else that the service does takes longer while many passwords are hashed; with a high one, \
         hashing is slow next to busy programs. 10 is right if the service has its cores or its container for itself.",
    ),
    number(
        "limits.ipv4_network_factor",
        Value,
        "4",
        "1 to 1000",
        "How many times a limit per client network allows for an IPv4 /24 together.",
    ),
    number(
        "limits.ipv6_network_factor",
        Value,
        "1",
        "1 to 1000",
        "The same for an IPv6 /48. Raise it if many people share one, as in some mobile networks.",
    ),
    text(
        "limits.exempt_networks",
        List,
        "none",
        NETWORKS,
        "Back ends that register many people: limits per client network do not apply to them.",
    ),
    retention("retention.audit", "365d", "How long entries of the audit trail are kept."),
    retention(
        "retention.client_addresses",
        "90d",
        "How long client addresses are kept in registrations, sessions and the audit trail.",
    ),
    retention("retention.delivery_logs", "30d", "How long the delivery record of an email is kept."),
    text(
        "pages.onboarding_url",
        Optional,
        "none",
        PAGE_URL,
        "Where people continue after verification, unless their registration has a callback URL.",
    ),
    text(
        "pages.operator_name",
        Optional,
        "none",
        "one line of 1 to 200 bytes",
        "Your name, shown on pages and in emails.",
    ),
    text(
        "pages.logo_file",
        Optional,
        "none: your name",
        IMAGE,
        "Your logo, shown on pages in place of your name. See docs/pages.md.",
    ),
    text(
        "pages.logo_dark_file",
        Optional,
        "none: the same logo",
        IMAGE,
        "Your logo for browsers that prefer dark pages.",
    ),
    text("pages.favicon_file", Optional, "none", IMAGE, "The icon of your pages in browsers."),
    text(
        "pages.accent_color",
        Optional,
        "none: blue",
        "a color such as `#1f4f8f`",
        "The color of buttons and links. Links and borders get a darker or lighter shade where the color could not be \
         read (contrast 4.5:1).",
    ),
    text("pages.terms_url", Optional, "none", PAGE_URL, "Your terms, linked at the end of every page."),
    text("pages.privacy_url", Optional, "none", PAGE_URL, "Your privacy policy, linked at the end of every page."),
    text("pages.support_url", Optional, "none", PAGE_URL, "Where people get help, linked at the end of every page."),
    text(
        "pages.stylesheet_file",
        Optional,
        "none",
        "the path of a CSS file with up to 64 KiB",
        "A stylesheet that pages load after the built-in one. See docs/pages.md.",
    ),
    text(
        "pages.template_directory",
        Optional,
        "none: the built-in templates",
        "the path of a directory with files such as `sign_in.html`",
        "Your own page templates, each in place of the built-in one of the same name. `account-http pages templates \
         --export DIRECTORY` writes the built-in ones. See docs/pages.md.",
    ),
    text(
        "pages.default_language",
        Value,
        "en",
        "`ar`, `de`, `en`, `es`, `fr`, or a language of `translations.directory`",
        "The language of pages in browsers that ask for none of these, and of people who have not chosen one.",
    ),
    text(
        "pages.profile_fields",
        List,
        "all",
        "`name`, `given_name`, `family_name`, `username`, `country`, `language`, `time_zone`, `phone`, `postal_address`, \
         `notification_address`, `alternate_address`, `company`, `industry`, `date_of_birth`, `bio`, `avatar_id` and \
         `newsletter`",
        "The details that the profile page shows. The native API has all of them.",
    ),
    text(
        "pages.registration_fields.name",
        Value,
        "optional",
        USE,
        "Whether the registration page asks for the full name.",
    ),
    text(
        "pages.registration_fields.given_name",
        Value,
        "off",
        USE,
        "Whether the registration page asks for the given name.",
    ),
    text(
        "pages.registration_fields.family_name",
        Value,
        "off",
        USE,
        "Whether the registration page asks for the family name.",
    ),
    text("pages.registration_fields.country", Value, "off", USE, "Whether the registration page asks for the country."),
    text(
        "pages.registration_fields.language",
        Value,
        "off",
        USE,
        "Whether the registration page asks for the language; otherwise the browser says it.",
    ),
    text(
        "pages.registration_fields.newsletter",
        Value,
        "off",
        "`off` or `optional`",
        "Whether the registration page asks whether newsletters are wanted.",
    ),
    text(
        "pages.registration_fields.organization",
        Value,
        "off",
        USE,
        "Whether the registration page asks for the code of an organization.",
    ),
    text(
        "pages.registration_fields.terms",
        Value,
        "off",
        USE,
        "Whether the pages for registering, new passwords and invitations ask people to agree to \
         `registration.terms_version` and `registration.privacy_version`; always required with \
         `registration.consent_required`.",
    ),
    text(
        "geo.source",
        Value,
        "embedded",
        "`embedded` or `off`",
        "What says in which country a client address is, for people who register and do not say it. `embedded`: a table in \
         the program. `off`: nothing; no address is looked up.",
    ),
    text(
        "geo.city_database",
        Optional,
        "none",
        "the path of a file in MaxMind's format (`.mmdb`)",
        "A database of cities, such as GeoLite2 City, in place of the embedded table: it also says the time zone. It is read \
         when the service starts, and again when the file is replaced.",
    ),
    text(
        "translations.directory",
        Optional,
        "none: the built-in languages",
        "the path of a directory with files such as `it.ftl`",
        "Your own words for pages and emails: another language, or single messages in place of built-in ones. \
         `account-http translations --export DIRECTORY` writes all messages in English. See docs/translations.md.",
    ),
    text(
        "metrics.bind",
        Optional,
        "none",
        "an IP address and a port other than the service's own, such as `127.0.0.1:9464`",
        "A separate listener for `GET /metrics`, in the Prometheus text format.",
    ),
    text(
        "metrics.token",
        Hidden,
        "none",
        "32 to 512 visible ASCII characters",
        "The bearer token that reads metrics. Without `metrics.bind`, `/metrics` is on the service's own listener.",
    ),
    text(
        "traces.url",
        Optional,
        "none",
        "an `http://` URL, such as `http://127.0.0.1:4318/v1/traces`",
        "The OpenTelemetry collector that traces are sent to (OTLP over HTTP).",
    ),
    number("traces.sample", Value, "1", "0 to 1", "The share of traces to record."),
    text(
        "log.format",
        Optional,
        "`text` on a terminal, otherwise `json`",
        "`text` or `json`",
        "The format of the log, which goes to standard error.",
    ),
    text(
        "log.level",
        Value,
        "info",
        "`error`, `warn`, `info`, `debug`, `trace`, or directives such as `info,account_http=debug`",
        "How much is logged.",
    ),
];
