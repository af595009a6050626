//! Settings that are valid but risky, shown by `config check` and logged at each start.

mod providers;
mod secret_files;

use std::borrow::Cow;

use account_core::challenge::ChallengeMode;
use account_core::password::policy::PasswordPolicy;
use account_core::ports::Rate;
use account_core::registration::activation::{Activation, RequiredProof};
use account_core::service::Limits;
use account_core::violation::Rule;
use account_http::outbound::Reach;
use account_mail::config::TlsMode;
use ipnet::IpNet;
use url::Url;

use super::keys::by_name;
use super::section::mail::Transport;
use super::section::translations::DIRECTORY;
use super::settled::Config;
use super::values::is_loopback;
use crate::output::counted;
use providers::providers;
use secret_files::secret_files;

/// A risk of a setting.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Risk {
    /// The setting.
    pub(crate) name: &'static str,
    /// What can happen.
    pub(crate) message: Cow<'static, str>,
}

/// How many of the messages that a language lacks are listed.
const SHOWN_MESSAGES: usize = 20;

/// Parameters of Argon2id that the OWASP password storage cheat sheet considers equivalent: memory in KiB, iterations.
const SUFFICIENT: [(u32, u32); 5] = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)];

/// Returns all risks of a configuration.
pub(crate) fn risks(config: &Config) -> Vec<Risk> {
    let found = [
        links(config),
        store(config),
        networks(config),
        mail(config),
        translations(config),
        limits(config),
        passwords(config),
        dialects(config),
        unchallenged(config),
        unasked(config),
        providers(config),
        webhooks(config),
        traces(config),
        secret_files(config).into_iter().map(|(name, message)| (name, message.into())).collect(),
    ];
    found.into_iter().flatten().map(|(name, message)| Risk { name, message }).collect()
}

type Found = Vec<(&'static str, Cow<'static, str>)>;

/// Keeps the messages of the conditions that hold.
fn those_that_hold<const N: usize>(conditions: [(bool, &'static str, &'static str); N]) -> Found {
    conditions.into_iter().filter(|(holds, ..)| *holds).map(|(_, name, message)| (name, message.into())).collect()
}

fn store(config: &Config) -> Found {
    those_that_hold([(
        config.store.may_be_plain(),
        "store.url",
        "the connection to the database is not encrypted: anyone on the network path can read and change everything. Add `sslmode=verify-full` (PostgreSQL) or `ssl-mode=VERIFY_IDENTITY` (MySQL, \
         MariaDB) to the URL.",
    )])
}

/// The languages that are not complete.
fn translations(config: &Config) -> Found {
    let missing = config.catalog.missing().into_iter().map(|(tag, keys)| {
        let shown = keys.iter().take(SHOWN_MESSAGES).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let more = if keys.len() > SHOWN_MESSAGES { ", .." } else { "" };
        let count = counted(keys.len(), "message", "messages");
        (DIRECTORY, format!("{tag}.ftl lacks {count}, and people read English instead: {shown}{more}").into())
    });
    missing.collect()
}

fn links(config: &Config) -> Found {
    let base = config.public_url(config.http.bind);
    let is_local = is_loopback(base.url());
    let is_plain = !base.is_https();
    those_that_hold([
        (
            is_plain && !is_local,
            "http.public_url",
            "passwords and links are sent unencrypted: anyone on the network path can read and use them. Serve over https \
             with a reverse proxy, and set the https URL here.",
        ),
        (
            is_local && !config.http.bind.ip().is_loopback(),
            "http.public_url",
            "the service accepts connections from other machines, but links in emails point to this one: set the URL that \
             people use.",
        ),
        (
            config.http.link_url.as_ref().is_some_and(|url| !url.is_https() && !is_loopback(url.url())),
            "mail.link_url",
            "links in emails are followed unencrypted: anyone on the network path can read and use them. Set an https URL.",
        ),
        (
            config.registration.verification_ttl > std::time::Duration::from_hours(7 * 24),
            "registration.verification_ttl",
            "links in emails work for more than a week: anyone who gets access to an old mailbox can use them.",
        ),
    ])
}

fn networks(config: &Config) -> Found {
    those_that_hold([
        (
            config.public_url(config.http.bind).is_https() && config.http.trusted_proxies.is_empty(),
            "http.trusted_proxies",
            "the proxy that serves https is not listed, so all clients look like it and share its limits: one of them can keep \
             out all others. List the addresses that the proxy connects from.",
        ),
        (
            config.http.trusted_proxies.iter().any(is_wide),
            "http.trusted_proxies",
            "the trusted network is so large that strangers may be in it, and they can fake the address that limits and \
             logs use. List the proxies themselves.",
        ),
        (
            config.metrics.token.is_none() && config.metrics.bind.is_some_and(|address| !address.ip().is_loopback()),
            "metrics.bind",
            "other machines can read the metrics without a token, such as how many people register. Set \
             `metrics.token`, or block access to that address.",
        ),
        (
            config.http.exempt_networks.iter().any(is_wide),
            "limits.exempt_networks",
            "the exempt network is so large that strangers may be in it. List the back ends themselves.",
        ),
    ])
}

/// Half a continent or more: no network of proxies or back ends is that large.
fn is_wide(network: &IpNet) -> bool {
    match network {
        IpNet::V4(network) => network.prefix_len() < 8,
        IpNet::V6(network) => network.prefix_len() < 7,
    }
}

fn mail(config: &Config) -> Found {
    let is_local = is_loopback(config.public_url(config.http.bind).url());
    let (is_file, is_plain) = match &config.mail.transport {
        Transport::File(_) => (true, false),
        Transport::Smtp(server) => (false, server.tls() == TlsMode::Plain && !is_loopback_server(&server.server())),
    };
    let (dkim, sender) = (config.mail.settings.dkim.as_ref(), config.mail.settings.from.address().domain());
    let is_unaligned = dkim.is_some_and(|dkim| !dkim.covers(sender));
    let is_new_only = dkim.is_some_and(|dkim| !dkim.has_rsa());
    those_that_hold([
        (
            is_file && !is_local,
            "mail.transport",
            "emails are written to files and not sent: set `smtp` and `mail.smtp.url` in production.",
        ),
        (
            is_file && config.is_given("mail.smtp.url"),
            "mail.transport",
            "a mail server is set, but emails are written to files: set `smtp`.",
        ),
        (
            is_plain,
            "mail.smtp.url",
            "emails are sent unencrypted: anyone on the network path can use the links in them.",
        ),
        (
            !is_file && config.mail.settings.from.address().domain().as_str() == "localhost",
            "mail.from",
            "mail servers refuse senders at `localhost` or treat them as spam: set an address at your domain.",
        ),
        (
            is_unaligned,
            "mail.dkim.domain",
            "the signing domain is neither the sender's domain nor a parent of it: such signatures do not count for DMARC.",
        ),
        (
            is_new_only,
            "mail.dkim.private_key_file",
            "there is no RSA key: receivers that do not support Ed25519 treat emails as unsigned.",
        ),
    ])
}

fn is_loopback_server(server: &str) -> bool {
    Url::parse(&format!("http://{server}")).is_ok_and(|url| is_loopback(&url))
}

fn limits(config: &Config) -> Found {
    let limits = config.registration.limits;
    let off = Limits::ROWS.iter().filter(|row| limits.get(row.name) == Some(Rate::OFF));
    let named = off.filter_map(|row| by_name(&format!("limits.{}", row.name)).map(|key| (key.name, row.protects)));
    named.map(|(name, protects)| (name, format!("without it, nothing protects {protects}.").into())).collect()
}

fn passwords(config: &Config) -> Found {
    let (memory, passes) = (config.hashing.memory_kib, config.hashing.iterations);
    let is_cheap = !SUFFICIENT.iter().any(|&(least, enough)| memory >= least && passes >= enough);
    those_that_hold([
        (
            is_cheap,
            "hashing.memory_kib",
            "hashes are weaker than the OWASP password storage cheat sheet recommends: stolen ones are cracked faster.",
        ),
        (
            !config.http.password_policy.lacks(&PasswordPolicy::DEFAULT).is_empty(),
            "registration.password_policy",
            "this policy accepts passwords that are easy to guess; `default` refuses them.",
        ),
    ])
}

/// The risks of dialects that are enabled. Redemption by the token alone is also a risk for registrations from before a
/// dialect was disabled.
fn dialects(config: &Config) -> Found {
    let risky =
        config.http.dialects.iter().filter(|(_, it)| it.is_enabled || it.required_proof == RequiredProof::TokenAlone);
    let found = risky.flat_map(|(dialect, settings)| {
        let of_dialect = |key: &str| by_name(&format!("dialects.{dialect}.{key}")).map_or("", |key| key.name);
        those_that_hold([
            (
                settings.required_proof == RequiredProof::TokenAlone,
                of_dialect("redeem"),
                "the emailed link alone completes a registration: a stranger can register another person's address and \
                 have that person confirm an account whose password the stranger knows.",
            ),
            (
                settings.is_enabled && settings.activation == Activation::Immediate,
                of_dialect("activation"),
                "accounts can have unverified addresses, and anyone can find out which addresses have an account by \
                 signing in.",
            ),
            (
                settings.is_enabled && settings.discloses_existing,
                of_dialect("disclose_existing"),
                "anyone can find out which addresses have an account.",
            ),
        ])
    });
    let options = options_of_dialects(config).map(|(name, message)| (name, message.into()));
    found.chain(weaker_passwords(config)).chain(options).collect()
}

/// The dialects that cannot ask for a challenge.
fn unchallenged(config: &Config) -> Found {
    let served = config.http.dialects.iter().filter(|(_, settings)| settings.is_enabled);
    let names: Vec<_> = served.map(|(dialect, _)| *dialect).collect();
    let when = match config.registration.challenge.mode {
        ChallengeMode::Off => return Vec::new(),
        ChallengeMode::Adaptive => "While there are unusually many registrations, all that come by them",
        ChallengeMode::Always => "All registrations that come by them",
    };
    // An operator who has set the allowance knows of it.
    if names.is_empty() || config.is_given("limits.unchallenged_registrations") {
        return Vec::new();
    }
    let message = format!(
        "these APIs cannot ask for a challenge: {}. {when} share an allowance ({}), which programs can use up. Set \
         this to what you accept, or `enabled = false` for APIs that nobody uses; back ends in `limits.exempt_networks` do \
         not need it.",
        names.join(", "),
        config.registration.limits.unchallenged_registrations,
    );
    vec![("limits.unchallenged_registrations", message.into())]
}

/// The dialects that cannot ask for the consent that is required.
fn unasked(config: &Config) -> Found {
    let served = config.http.dialects.iter().filter(|(_, settings)| settings.is_enabled);
    let names: Vec<_> = served.map(|(dialect, _)| *dialect).collect();
    if names.is_empty() || !config.registration.consent.is_required {
        return Vec::new();
    }
    let message = format!(
        "these APIs cannot ask for consent: {}. People who register or choose a new password by them get an account without          it. Have the applications that use them ask, or set `enabled = false` for APIs that nobody uses.",
        names.join(", "),
    );
    vec![("registration.consent_required", message.into())]
}

/// The dialects that accept passwords which the native API refuses.
fn weaker_passwords(config: &Config) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let native = config.http.password_policy;
    let served = config.http.dialects.iter().filter(|(_, settings)| settings.is_enabled);
    served.filter_map(move |(dialect, settings)| {
        let accepted: Vec<_> = settings.password_policy.lacks(&native).into_iter().map(accepts).collect();
        let message = format!(
            "the {dialect} API accepts passwords that the native API refuses: {}. Set `{}`, or `enabled = false` if nobody \
             uses this API.",
            accepted.join(", "),
            native.name,
        );
        let key = by_name(&format!("dialects.{dialect}.password_policy"))?;
        (!accepted.is_empty()).then(|| (key.name, message.into()))
    })
}

/// The passwords that a policy without that rule accepts.
fn accepts(lacking: Rule) -> Cow<'static, str> {
    let words = match lacking {
        Rule::TooShort { min } => return format!("with fewer than {min} characters").into(),
        Rule::NeedsUppercase => "without an uppercase letter",
        Rule::NeedsLowercase => "without a lowercase letter",
        Rule::NeedsDigit => "without a digit",
        Rule::NeedsDigitOrSpecial => "without a digit or a special character",
        Rule::NeedsSpecial => "without a special character",
        Rule::Common => "that are common",
        Rule::Repetitive => "that are repetitive",
        Rule::ContainsPersonalWord => "that contain the person's address or name",
        Rule::Guessable => "that are easy to guess",
        other => return format!("of which one {other}").into(),
    };
    words.into()
}

/// The risks of webhook endpoints.
fn webhooks(config: &Config) -> Found {
    let found = config.webhooks.endpoints.iter().flat_map(|(name, endpoint)| {
        let of_endpoint = |key: &str| {
            let full = format!("webhooks.{name}.{key}");
            config.effective.iter().find(|effective| effective.key.name == full).map_or("", |found| found.key.name)
        };
        those_that_hold([
            (
                !endpoint.target.is_https()
                    && !Url::parse(&endpoint.target.to_string()).is_ok_and(|url| is_loopback(&url)),
                of_endpoint("url"),
                "personal data is sent unencrypted: anyone on the network path can read it.",
            ),
            (
                endpoint.target.reach() == Reach::Private,
                of_endpoint("allow_private_networks"),
                "anyone who controls the DNS name in the URL can make this service post to any machine in your networks.",
            ),
        ])
    });
    found.collect()
}

fn traces(config: &Config) -> Found {
    those_that_hold([(
        config.traces.as_ref().is_some_and(|traces| !is_loopback(&traces.url)),
        "traces.url",
        "traces are sent unencrypted: anyone on the network path can read them. Run a collector on this machine that \
         forwards them.",
    )])
}

/// The risks of enabled options, as the dialects declare them.
fn options_of_dialects(config: &Config) -> impl Iterator<Item = (&'static str, &'static str)> {
    account_http::dialects().flat_map(|dialect| {
        let settings = config.http.dialects.get(dialect.name).filter(|settings| settings.is_enabled);
        let risky = dialect.options.iter().filter_map(move |option| {
            let risk = option.risk.filter(|_| settings.is_some_and(|settings| settings.is_on(option.name)))?;
            Some((by_name(&format!("dialects.{}.{}", dialect.name, option.name))?.name, risk))
        });
        risky.collect::<Vec<_>>()
    })
}
