//! The settings that are not a dialect's.

use super::key::Kind::{Hidden, List, Optional, OptionalSecret, Secret, Value};
use super::key::{Key, Kind};

const fn key(name: &'static str, kind: Kind, default: &'static str, allowed: &'static str, about: &'static str) -> Key {
    Key { name, kind, default, allowed, about }
}

const LIMIT: &str = "`N/s`, `N/min`, `N/15min`, `N/h`, `N/day` or `off`";
const TTL: &str = "`90s`, `30min`, `24h`, `7d`: 1 s to 30 d";
const RETENTION: &str = "`30d`: 1 d to 3650 d, in whole days";
pub(super) const POLICY: &str = "`default`, `mikrocloud`, `rpost`, `waltid`, `form` or `form-strict`";
const NETWORKS: &str = "addresses or networks such as `10.0.0.0/8` or `2001:db8::/32`";
const SELECTOR: &str = "letters, digits and hyphens such as `2026a`; dots between several";
const PRIVATE_KEY: &str =
    "the path of a file: a private key in PEM form (PKCS#8 or PKCS#1), RSA with 2048 to 4096 bits or Ed25519";
const DOMAINS: &str = "domain names such as `example.com`";
const URL: &str = "`https://host[:port]` without path, query, fragment or user information; `http://` for this machine";

/// All settings but those of the dialects, in the order in which they are shown.
pub(super) const TABLE: &[Key] = &[
    key(
        "http.bind",
        Value,
        "127.0.0.1:8080",
        "an IP address and a port: `127.0.0.1:8080`, `[::]:8080`; port 0 takes any free one",
        "Where the service listens.",
    ),
    key(
        "http.public_url",
        Optional,
        "http://{http.bind}",
        URL,
        "Base of every link, in mails and on pages. Never taken from a request.",
    ),
    key(
        "http.trusted_proxies",
        List,
        "none",
        NETWORKS,
        "Reverse proxies whose `X-Forwarded-For` names the client. From anyone else the header is ignored.",
    ),
    key(
        "http.cors_origins",
        List,
        "none",
        "origins such as `https://www.example.com`; `*` is not one",
        "Web origins whose pages may call the API from a browser.",
    ),
    key(
        "store.url",
        Secret,
        "sqlite://account-data/account.db",
        "`sqlite://PATH`, `postgres://USER:PASSWORD@HOST/DATABASE` or `mysql://USER:PASSWORD@HOST/DATABASE` (MySQL or \
         MariaDB), percent-encoded",
        "The database: a file, which is made with its directory when it is missing, or a database on a server, which \
         must be there. Which versions, and how to encrypt: docs/databases.md.",
    ),
    key(
        "store.max_connections",
        Value,
        "20",
        "3 to 1000",
        "How many connections to a server this process opens at most; an embedded database has its own.",
    ),
    key(
        "store.master_key_file",
        Optional,
        "`master.key` beside an embedded database, made at first start",
        "the path of a file: 43 characters of base64url (256 bits) in its first line, retired keys in the following \
         ones",
        "The key that mailed links and codes are derived from. Anyone who has it can make them; without it, those that \
         were mailed are void.",
    ),
    key(
        "mail.transport",
        Value,
        "file",
        "`file` or `smtp`",
        "How mails leave: as files, to try things out, or to a mail server.",
    ),
    key(
        "mail.directory",
        Value,
        "account-data/mail",
        "the path of a directory",
        "Where `file` writes mails, one `.eml` each. It is made when it is missing.",
    ),
    key(
        "mail.from",
        Value,
        "Accounts <no-reply@localhost>",
        "`Name <local-part@domain>` or `local-part@domain`",
        "The sender that people see.",
    ),
    key(
        "mail.envelope_from",
        Optional,
        "the address of `mail.from`",
        "`local-part@domain`, or `<>` for none",
        "The sender for mail servers: where bounces go.",
    ),
    key(
        "mail.verification_subject",
        Optional,
        "each language's own; in English `Verify your email address`",
        "one line of 1 to 200 bytes",
        "Subject of the verification mail, in every language.",
    ),
    key(
        "mail.template_directory",
        Optional,
        "none: mails are worded as they come",
        "the path of a directory with files such as `verify-address/en/body.txt`",
        "Templates of your own for mails, in place of those of the same name; docs/mail.md describes them. \
         `account-http mail templates --export DIRECTORY` writes those that come with this program.",
    ),
    key(
        "mail.smtp.url",
        OptionalSecret,
        "none; needed by the transport `smtp`",
        "`smtps://user:password@host`, `smtp://user:password@host?tls=starttls`, or to this machine \
         `smtp://127.0.0.1:1025`; percent-encoded",
        "The mail server. TLS never falls back to plain text.",
    ),
    key(
        "mail.smtp.ehlo_name",
        Optional,
        "the domain of `mail.from`",
        "a host name or an address literal such as `[192.0.2.1]`",
        "The name that mail servers are greeted with.",
    ),
    key(
        "mail.smtp.ca_file",
        Optional,
        "none",
        "the path of a file of PEM certificates",
        "Certificates to trust beside the system's: for a private certificate authority.",
    ),
    key(
        "mail.reports.token",
        Hidden,
        "none: reports are not taken over HTTP",
        "43 characters of base64url (256 random bits)",
        "The bearer token of anyone who hands in delivery reports at `POST /account/v1/delivery-reports`.",
    ),
    key(
        "mail.dkim.domain",
        Optional,
        "the domain of `mail.from`",
        "a domain name with a dot: that of `mail.from`, or one above it",
        "The domain that signs mails (DKIM). Receivers look for the keys below it.",
    ),
    key("mail.dkim.selector", Optional, "none", SELECTOR, "The name that the key is published under."),
    key(
        "mail.dkim.private_key_file",
        Optional,
        "none: mails are not signed",
        PRIVATE_KEY,
        "The key that signs every mail. `account-http mail doctor` prints the record to publish.",
    ),
    key("mail.dkim.second_selector", Optional, "none", SELECTOR, "The name that the second key is published under."),
    key(
        "mail.dkim.second_private_key_file",
        Optional,
        "none",
        PRIVATE_KEY,
        "A second key, which signs every mail as well: one of the other algorithm, or the next one while the one \
         before is exchanged.",
    ),
    key("registration.verification_ttl", Value, "24h", TTL, "How long a registration, its link and its code last."),
    key("registration.invitation_ttl", Value, "7d", TTL, "How long an invitation and its link last."),
    key(
        "registration.unverified_ttl",
        Value,
        "30d",
        RETENTION,
        "How long an account is kept whose address was never proven.",
    ),
    key(
        "registration.callback_origins",
        List,
        "none",
        "origins such as `https://portal.example.com`; `http://` for loopback hosts only",
        "Origins that a callback URL may have: where people may be sent after verification.",
    ),
    key(
        "registration.allowed_domains",
        List,
        "none: all are",
        DOMAINS,
        "Mail domains, with their subdomains, that may register. When one is given, no other may.",
    ),
    key(
        "registration.denied_domains",
        List,
        "none",
        DOMAINS,
        "Mail domains, with their subdomains, that may not register.",
    ),
    key(
        "registration.refuse_disposable",
        Value,
        "true",
        "`true` or `false`",
        "Whether throw-away mailboxes are refused.",
    ),
    key(
        "registration.password_policy",
        Value,
        "default",
        POLICY,
        "The password policy of the native API and of the pages.",
    ),
    key(
        "hashing.memory_kib",
        Value,
        "19456",
        "8 times `hashing.parallelism` to 1048576",
        "Memory of one Argon2id hash, in KiB. Each worker keeps so much.",
    ),
    key("hashing.iterations", Value, "2", "1 to 64", "Passes over that memory."),
    key(
        "hashing.parallelism",
        Value,
        "1",
        "1 to 16",
        "Argon2's degree of parallelism. One worker computes a hash all the same.",
    ),
    key("hashing.workers", Optional, "number of cores", "1 to 256", "How many hashes are computed at a time."),
    key(
        "hashing.queue",
        Value,
        "64",
        "0 to 100000",
        "How many more may wait. Beyond that, requests are answered 503 at once.",
    ),
    key("limits.registrations", Value, "30/h", LIMIT, "Registrations from one client network."),
    key(
        "limits.verifications",
        Value,
        "600/min",
        LIMIT,
        "Verifications and looks at a registration, from one client network.",
    ),
    key("limits.short_links", Value, "60/min", LIMIT, "Mailed links that are followed from one client network."),
    key("limits.renewals", Value, "60/h", LIMIT, "Renewals of one session by the token that was handed out for that."),
    key("limits.resend", Value, "5/min", LIMIT, "Requests for another verification mail, by one person."),
    key("limits.mails", Value, "20/day", LIMIT, "Mails that strangers can cause to one address."),
    key("limits.sign_ins", Value, "10/15min", LIMIT, "Tries to sign in to one account from one client network."),
    key(
        "limits.sign_ins_per_account",
        Value,
        "100/day",
        LIMIT,
        "Tries to sign in to one account from anywhere. A new password by mail begins the count again.",
    ),
    key("limits.changes", Value, "60/h", LIMIT, "Changes that a person makes to their account."),
    key("limits.resets", Value, "5/h", LIMIT, "Mails to one address that let its owner set a new password."),
    key("limits.resets_per_day", Value, "10/day", LIMIT, "The same in the longer run."),
    key(
        "limits.exempt_networks",
        List,
        "none",
        NETWORKS,
        "Back ends that register for many people: no limit per client network applies to them.",
    ),
    key("retention.audit", Value, "365d", RETENTION, "How long entries of the audit trail are kept."),
    key(
        "retention.client_addresses",
        Value,
        "90d",
        RETENTION,
        "How long clients' addresses are kept, with registrations, sessions and the audit trail.",
    ),
    key("retention.delivery_logs", Value, "30d", RETENTION, "How long it is kept what became of a mail."),
    key(
        "pages.onboarding_url",
        Optional,
        "none",
        "an `https://` URL; `http://` for loopback hosts only",
        "Where people go on to after verification, unless their registration named a place.",
    ),
    key("pages.operator_name", Optional, "none", "one line of 1 to 200 bytes", "Your name, for pages and mails."),
    key(
        "metrics.bind",
        Optional,
        "none",
        "an IP address and a port that the service does not listen on: `127.0.0.1:9464`",
        "Where metrics are read, on a listener of their own, in the text format of Prometheus at `/metrics`.",
    ),
    key(
        "metrics.token",
        Hidden,
        "none",
        "32 to 512 visible ASCII characters",
        "What readers of metrics must send as bearer token. Without `metrics.bind`, the service's own listener answers \
         them.",
    ),
    key(
        "traces.url",
        Optional,
        "none",
        "an `http://` URL: `http://127.0.0.1:4318/v1/traces`",
        "Where an OpenTelemetry collector takes traces, by OTLP over HTTP.",
    ),
    key("traces.sample", Value, "1", "0 to 1", "Which part of the traces is recorded."),
    key(
        "log.format",
        Optional,
        "`text` on a terminal, else `json`",
        "`text` or `json`",
        "How the log is written to standard error.",
    ),
    key(
        "log.level",
        Value,
        "info",
        "`error`, `warn`, `info`, `debug`, `trace`, or directives such as `info,account_http=debug`",
        "How much is logged.",
    ),
];
