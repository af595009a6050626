//! The configuration as a whole.

mod mail;
mod pages;
mod providers;
mod registering;
mod risks;
mod webhooks;

use std::collections::BTreeSet;

use account_core::password::argon2::Argon2Settings;
use account_core::service::Limits;
use account_core::system::master_key_file::MasterKeyFile;

use super::keys::KEYS;
use super::*;

fn read(text: &str, variables: &[(&str, &str)]) -> Result<Config, Problems> {
    let variables = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Config::read(Path::new("account.toml"), text, variables)
}

/// Returns the lines of the error message, except the first.
fn problems(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let text = read(text, variables).map(|_| ()).unwrap_err().to_string();
    text.lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

fn shown(config: &Config, name: &str) -> String {
    let effective = config.effective.iter().find(|effective| effective.key.name == name).unwrap();
    format!("{} [{}]", effective.shown, effective.origin)
}

/// The settings that are risky, but for what dialects have by default: their own password policies, and that they cannot
/// ask for a challenge.
fn named(config: &Config) -> Vec<&'static str> {
    let is_default = |name: &str| {
        (name.starts_with("dialects.") && name.ends_with(".password_policy"))
            || name == "limits.unchallenged_registrations"
    };
    risks(config).into_iter().map(|risk| risk.name).filter(|name| !is_default(name)).collect()
}

#[test]
fn defaults_work_without_a_file() {
    let config = read("", &[]).unwrap();
    assert_eq!(config.http.bind, "127.0.0.1:8080".parse().unwrap());
    assert_eq!(config.public_url(config.http.bind).as_str(), "http://127.0.0.1:8080");
    assert_eq!(config.registration.limits, Limits::default());
    assert_eq!(config.registration.challenge, account_core::challenge::ChallengeSettings::default());
    assert_eq!(config.registration.verification_ttl, std::time::Duration::from_hours(24));
    assert_eq!(config.store.master_key_file, MasterKeyFile::MadeWhenMissing("account-data/master.key".into()));
    assert!(matches!(&config.mail.transport, Transport::File(path) if path == Path::new("account-data/mail")));
    assert_eq!(config.mail.settings, account_mail::config::MailSettings::default());
    let core = Argon2Settings::default();
    assert_eq!(Argon2Settings { workers: core.workers, ..config.hashing }, core);
    assert!(named(&config).is_empty());
}

#[test]
fn addresses_are_located_by_the_table_the_operators_file_or_not_at_all() {
    let geo = |text: &str| read(text, &[]).unwrap().geo;
    let file = "[geo]\ncity_database = \"city.mmdb\"\n";
    assert_eq!(geo(""), Geo::Embedded);
    assert_eq!(geo(file), Geo::CityDatabase("city.mmdb".into()));
    assert_eq!(geo(&format!("{file}source = \"off\"\n")), Geo::Off, "turning it off needs no other change");
    let wrong = problems("[geo]\nsource = \"maxmind\"\ncity_database = \"\\u0000\"\n", &[]);
    assert!(wrong[0].starts_with("geo.source (account.toml, line 2): not allowed; allowed: `embedded` or `off`"));
    assert!(wrong[1].starts_with("geo.city_database (account.toml, line 3): not allowed"), "{wrong:?}");
}

#[test]
fn every_setting_of_the_table_is_read_once() {
    let config = read("", &[]).unwrap();
    let read: Vec<_> = config.effective.iter().map(|effective| effective.key.name).collect();
    let known: BTreeSet<_> = KEYS.iter().map(|key| key.name).collect();
    assert_eq!(read.iter().copied().collect::<BTreeSet<_>>(), known);
    assert_eq!(read.len(), known.len());
}

#[test]
fn the_example_has_the_defaults() {
    let text = example();
    let from_example = read(&text, &[]).unwrap();
    let defaults = read("", &[]).unwrap();
    for (with, without) in from_example.effective.iter().zip(&defaults.effective) {
        let is_list = with.key.kind == keys::Kind::List;
        assert!(is_list || with.shown == without.shown, "{}: {} {}", with.key.name, with.shown, without.shown);
    }
}

#[test]
fn the_environment_overrides_the_file_and_the_file_the_default() {
    let text = "[http]\nbind = \"127.0.0.1:1\"\n[limits]\nresend = \"1/min\"\n";
    let config = read(text, &[("ACCOUNT_HTTP__BIND", "127.0.0.1:2"), ("HTTP__BIND", "x")]).unwrap();
    assert_eq!(shown(&config, "http.bind"), "127.0.0.1:2 [ACCOUNT_HTTP__BIND]");
    assert_eq!(shown(&config, "limits.resend"), "1/min [account.toml, line 4]");
    assert_eq!(shown(&config, "limits.mails"), "20/day [default]");
}

#[test]
fn lists_are_arrays_or_separated_by_commas() {
    let file = read("http.trusted_proxies = [\"10.0.0.0/8\", \"::1\"]", &[]).unwrap();
    let variable = read("", &[("ACCOUNT_HTTP__TRUSTED_PROXIES", "10.0.0.0/8, ::1")]).unwrap();
    assert_eq!(file.http.trusted_proxies, variable.http.trusted_proxies);
    assert_eq!(file.http.trusted_proxies.len(), 2);
    let emptied = read("http.trusted_proxies = [\"10.0.0.0/8\"]", &[("ACCOUNT_HTTP__TRUSTED_PROXIES", "")]).unwrap();
    assert!(emptied.http.trusted_proxies.is_empty());
}

#[test]
fn all_errors_are_reported_at_once_with_their_place() {
    let text = "\
[http]
bind = \"nowhere\"
publicurl = \"https://a.org\"
trusted_proxies = [\"10.0.0.0/8\", \"proxy\", \"10.0.0.0/99\"]
[registration]
verification_ttl = 24
[hashing]
memory_kib = 8
parallelism = 2
";
    let variables = [
        ("ACCOUNT_LIMITS__MAILS", "20 a day"),
        ("ACCOUNT_HTTP_BIND", "127.0.0.1:1"),
        ("ACCOUNT_MAIL__TRANSPORT", "smtp"),
    ];
    let problems = problems(text, &variables);
    let expected = [
        "http.publicurl (account.toml, line 3): unknown setting; did you mean `http.public_url`",
        "ACCOUNT_HTTP_BIND: unknown setting; did you mean `ACCOUNT_HTTP__BIND`",
        "http.bind (account.toml, line 2): not allowed; allowed: an IP address and a port",
        "http.trusted_proxies (account.toml, line 4): entry 2: not allowed",
        "http.trusted_proxies (account.toml, line 4): entry 3: not allowed",
        "mail.smtp.url: required by the transport `smtp`",
        "registration.verification_ttl (account.toml, line 6): not allowed; allowed: 1 second to 30 days",
        "limits.mails (ACCOUNT_LIMITS__MAILS): not allowed; allowed: `N/s`",
        "hashing.memory_kib (account.toml, line 8): Argon2 needs at least 8 KiB",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}

#[test]
fn variables_of_a_platform_are_left_alone_and_those_of_a_person_are_not() {
    let config = read("", &[("ACCOUNT_HTTP_PORT", "tcp://10.0.0.1:80"), ("ACCOUNT_SERVICE_HOST", "10.0.0.1")]).unwrap();
    assert_eq!(config.left_alone, ["ACCOUNT_HTTP_PORT", "ACCOUNT_SERVICE_HOST"]);
    assert_eq!(shown(&config, "http.bind"), "127.0.0.1:8080 [default]");
    for (name, nearest) in [
        ("ACCOUNT_HTTP_BIND", "ACCOUNT_HTTP__BIND"),
        ("ACCOUNT_HTTP_PUBLIC_URL", "ACCOUNT_HTTP__PUBLIC_URL"),
        ("ACCOUNT_STORE_URL_FILE", "ACCOUNT_STORE__URL_FILE"),
        ("ACCOUNT_MAIL_SMTP_URL", "ACCOUNT_MAIL__SMTP__URL"),
    ] {
        let [problem] = &problems("", &[(name, "tcp://10.0.0.1:80")])[..] else { panic!("{name}") };
        assert!(problem.starts_with(&format!("{name}: unknown setting; did you mean `{nearest}`")), "{problem}");
    }
}

#[test]
fn a_schema_is_for_postgresql_and_has_a_plain_name() {
    let text = "[store]\nurl = \"postgres://db/account\"\nmaster_key_file = \"key\"\nschema = \"accounts\"\n";
    let schema = read(text, &[]).unwrap().store.schema;
    assert_eq!(schema.map(|schema| schema.to_string()), Some("accounts".to_owned()));
    let problem = problems(&text.replace("\"accounts\"", "\"Accounts\""), &[]);
    assert!(problem[0].contains("lower-case letters"), "{problem:?}");
    let problem = problems("[store]\nschema = \"accounts\"\n", &[]);
    assert!(problem[0].ends_with("only PostgreSQL has schemas"), "{problem:?}");
}

#[test]
fn unknown_settings_are_refused() {
    for name in ["dialects.nobodys.enabled", "mail.dkim.key", "store.master_key"] {
        let problems = problems(&format!("{name} = \"x\""), &[]);
        assert!(problems[0].contains("unknown setting; did you mean"), "{problems:?}");
    }
}

#[test]
fn a_value_of_the_wrong_type_is_refused() {
    for text in ["http.bind = [\"127.0.0.1:1\"]", "http.bind = 1.5", "[http.bind]\na = 1", "http.cors_origins = [[1]]"]
    {
        assert!(problems(text, &[])[0].starts_with("http."), "{text}");
    }
}

#[test]
fn secrets_can_be_in_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("smtp");
    std::fs::write(&path, "smtps://the-user:the-password@mail.example.org\n").unwrap();
    let path = path.to_str().unwrap();
    let text = format!("mail.transport = \"smtp\"\nmail.smtp.url_file = \"{path}\"\nmail.from = \"a@x.org\"");
    for config in [
        read(&text, &[]).unwrap(),
        read("mail.transport = \"smtp\"", &[("ACCOUNT_MAIL__SMTP__URL_FILE", path)]).unwrap(),
    ] {
        let Transport::Smtp(server) = &config.mail.transport else { panic!("not by SMTP") };
        assert_eq!(server.server(), "mail.example.org:465");
        let report = report(&config);
        assert!(report.contains("(set, not shown)") && !report.contains("the-"), "{report}");
        assert!(!format!("{config:?}").contains("the-password"));
    }
    let plain = [("ACCOUNT_MAIL__SMTP__URL", "smtp://127.0.0.1:1025")];
    let config = read(&text, &plain).unwrap();
    assert_eq!(shown(&config, "mail.smtp.url"), "smtp://127.0.0.1:1025 [ACCOUNT_MAIL__SMTP__URL]");

    let both = [("ACCOUNT_MAIL__SMTP__URL", "smtp://localhost"), ("ACCOUNT_MAIL__SMTP__URL_FILE", path)];
    assert_eq!(
        problems("", &both),
        ["mail.smtp.url (ACCOUNT_MAIL__SMTP__URL): both `ACCOUNT_MAIL__SMTP__URL` and \
          `ACCOUNT_MAIL__SMTP__URL_FILE` are set: remove one"]
    );
    let missing = problems("", &[("ACCOUNT_MAIL__SMTP__URL_FILE", "/nowhere/at/all")]);
    assert!(missing[0].contains("cannot read the file `/nowhere/at/all`"), "{missing:?}");
}

#[test]
fn byte_order_marks_are_part_of_no_value() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("smtp");
    std::fs::write(&path, "\u{FEFF}smtp://127.0.0.1:1025\r\n").unwrap();
    let path = path.to_str().unwrap();
    let text = "\u{FEFF}[mail]\r\ntransport = \"smtp\"\r\n";
    let config = read(text, &[("ACCOUNT_MAIL__SMTP__URL_FILE", path)]).unwrap();
    let Transport::Smtp(server) = &config.mail.transport else { panic!("not by SMTP") };
    assert_eq!(server.server(), "127.0.0.1:1025");
}

#[test]
fn no_problem_repeats_a_value() {
    let text = "\
[mail.smtp]
url = \"smtp://the-user:the-password@mail.example.org\"
[http]
public_url = \"https://the-user:the-password@a.org\"
cors_origins = [\"https://the-user:the-password@a.org\"]
[store]
url = \"postgres://the-user:the-password@db/account\"
master_key = \"the-password\"
[limits]
mails = \"the-password\"
";
    let error = read(text, &[("ACCOUNT_MAIL__FROM", "the-password")]).unwrap_err();
    assert_eq!(error.0.len(), 7, "{error}");
    assert!(!error.to_string().contains("the-"), "{error}");
    assert!(error.to_string().contains("the password would be sent unencrypted"), "{error}");

    for broken in ["url = \"the-password", "the-password", "a = \"\\qthe-password\""] {
        let error = read(&format!("[mail.smtp]\n{broken}\n"), &[]).unwrap_err();
        assert!(!error.to_string().contains("the-"), "{error}");
        assert!(error.to_string().contains("the file (account.toml, line 2)"), "{error}");
    }
}

#[test]
fn the_default_public_url_is_the_listening_address() {
    let config = read("", &[]).unwrap();
    for (listening, url) in [
        ("127.0.0.1:4711", "http://127.0.0.1:4711"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("[::]:8080", "http://127.0.0.1:8080"),
        ("[::1]:80", "http://[::1]"),
    ] {
        assert_eq!(config.public_url(listening.parse().unwrap()).as_str(), url, "{listening}");
    }
}

#[test]
fn a_public_url_may_have_a_path_that_is_none_of_the_services_own() {
    let written = |path: &str| format!("[http]\npublic_url = \"https://example.com{path}\"\n");
    for (path, base) in [("/accounts/", "/accounts"), ("/shop/eu", "/shop/eu"), ("/auth", "/auth"), ("/user", "/user")]
    {
        let config = read(&written(path), &[]).unwrap();
        assert_eq!(config.public_url(config.http.bind).path(), base);
    }
    for (path, ambiguous) in [
        ("/account", "`/account/v1/admin/accounts` would have two meanings"),
        ("/account", "or disable the dialect `waltid`"),
        ("/api", "`/api/v1/account/register` would have two meanings"),
        ("/api", "or disable the dialect `waltid`"),
        ("/docs", "two meanings"),
        ("/l", "two meanings"),
    ] {
        let error = read(&written(path), &[]).unwrap_err().to_string();
        assert!(error.contains("http.public_url (account.toml, line 2)") && error.contains(ambiguous), "{error}");
    }
    for path in ["/account", "/api"] {
        let without = written(path) + "[dialects.waltid]\nenabled = false\n";
        assert!(read(&without, &[]).is_ok(), "{path}");
    }
    let error = read(&written("/a/../b?x"), &[]).unwrap_err().to_string();
    assert!(
        error.contains("it has a query or a fragment; allowed: `https://host[:port]`, with or without a path"),
        "{error}"
    );
}

#[test]
fn risky_settings_are_named() {
    let text = "\
[http]
bind = \"0.0.0.0:8080\"
public_url = \"http://accounts.example.com\"
trusted_proxies = [\"0.0.0.0/0\"]
[mail]
transport = \"smtp\"
smtp.url = \"smtp://mail.example.com?tls=none\"
[registration]
verification_ttl = \"30d\"
password_policy = \"form\"
[hashing]
memory_kib = 19456
iterations = 1
[limits]
registrations = \"off\"
verifications = \"off\"
resend = \"off\"
mails = \"off\"
exempt_networks = [\"::/0\"]
";
    let config = read(text, &[]).unwrap();
    let expected = [
        "http.public_url",
        "registration.verification_ttl",
        "http.trusted_proxies",
        "limits.exempt_networks",
        "mail.smtp.url",
        "mail.from",
        "limits.registrations",
        "limits.verifications",
        "limits.resend",
        "limits.mails",
        "hashing.memory_kib",
        "registration.password_policy",
    ];
    assert_eq!(named(&config), expected);
    assert!(report(&config).contains("Risk, http.public_url: passwords and links are sent unencrypted"));
    let unused = read("mail.smtp.url = \"smtps://mail.example.com\"", &[]).unwrap();
    assert_eq!(named(&unused).first().copied(), Some("mail.transport"));
    let everywhere = read("http.bind = \"0.0.0.0:8080\"", &[]).unwrap();
    assert_eq!(named(&everywhere).first().copied(), Some("http.public_url"));
}

#[test]
fn every_dialect_has_its_settings_and_defaults() {
    let config = read("", &[]).unwrap();
    let facts: Vec<_> = account_http::dialects().collect();
    assert_eq!(config.http.dialects.len(), facts.len());
    for dialect in facts {
        let settings = format!("{:?}", config.http.dialects[dialect.name]);
        assert_eq!(settings, format!("{:?}", dialect.default_settings()), "{}", dialect.name);
    }
}

#[test]
fn dialect_switches_are_read_and_their_risks_reported() {
    let text = "[dialects.mikrocloud]\npassword_policy = \"default\"\nactivation = \"immediate\"\nredeem = \"token\"\n";
    let config = read(text, &[("ACCOUNT_DIALECTS__MIKROCLOUD__DISCLOSE_EXISTING", "true")]).unwrap();
    let settings = &config.http.dialects["mikrocloud"];
    assert_eq!(settings.password_policy.name, "default");
    assert_eq!((settings.activation.name(), settings.required_proof.name()), ("immediate", "token"));
    assert!(settings.discloses_existing);
    let expected = ["redeem", "activation", "disclose_existing"].map(|key| format!("dialects.mikrocloud.{key}"));
    assert_eq!(named(&config), expected);

    let switched_off = read(&format!("{text}enabled = false"), &[]).unwrap();
    assert!(!switched_off.http.dialects["mikrocloud"].is_enabled);
    // Earlier registrations are still redeemed by the token alone.
    assert_eq!(named(&switched_off), ["dialects.mikrocloud.redeem"]);
}

#[test]
fn false_claims_of_a_dialect_are_a_risk() {
    let config = read("[dialects.form]\nclaim_verified = true\n", &[]).unwrap();
    let named = named(&config);
    assert_eq!(named, ["dialects.form.claim_verified"]);
}

#[test]
fn a_dialects_option_is_read_and_its_risk_reported() {
    let text = "[dialects.rpost]\nopen_status = true\n";
    let config = read(text, &[]).unwrap();
    assert!(config.http.dialects["rpost"].is_on("open_status"));
    assert_eq!(named(&config), ["dialects.rpost.open_status"]);
    let risks = risks(&config);
    let risk = risks.iter().find(|risk| risk.name == "dialects.rpost.open_status").unwrap();
    assert!(risk.message.starts_with("anyone can find out"), "{}", risk.message);
    assert!(named(&read(&format!("{text}enabled = false"), &[]).unwrap()).is_empty());
}

#[test]
fn all_errors_of_a_dialect_are_reported_at_once() {
    let text = "[dialects.mikrocloud]\nactivation = \"later\"\nredeem = true\npolicy = \"x\"\n";
    let problems = problems(text, &[]);
    let expected = [
        "dialects.mikrocloud.policy (account.toml, line 4): unknown setting; did you mean",
        "dialects.mikrocloud.activation (account.toml, line 2): not allowed; allowed: `verified` or `immediate`",
        "dialects.mikrocloud.redeem (account.toml, line 3): not allowed; allowed: `bound` or `token`",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}

#[test]
fn a_named_file_must_exist() {
    let error = Config::load(Some(Path::new("/nowhere/account.toml"))).unwrap_err().to_string();
    assert!(error.contains("/nowhere/account.toml: cannot read the file"), "{error}");
}

#[test]
fn options_of_a_section_are_all_set_or_none() {
    let email = "[dialects.waltid.superadmin]\nemail = \"root@example.org\"\n";
    assert_eq!(
        problems(email, &[]),
        [
            "dialects.waltid.superadmin.token: required because `dialects.waltid.superadmin.email` is set",
            "dialects.waltid.superadmin.password: required because `dialects.waltid.superadmin.email` is set",
        ]
    );
    let token = "token = \"one-time-token-of-the-operator\"\n";
    let password = "password = \"velvet lantern gravel orchid\"\n";
    let config = read(&format!("{email}{token}{password}"), &[]).unwrap();
    assert_eq!(shown(&config, "dialects.waltid.superadmin.token"), "(set, not shown) [account.toml, line 3]");
    for (half, broken) in [("token = \"short\"\n", "token"), ("password = \"password\"\n", "password")] {
        let other = if broken == "token" { password } else { token };
        let problems = problems(&format!("{email}{half}{other}"), &[]);
        assert!(problems.len() == 1 && problems[0].starts_with(&format!("dialects.waltid.superadmin.{broken} ")));
    }
}

#[test]
fn metrics_are_off_by_default_and_a_risk_if_public() {
    let config = read("", &[]).unwrap();
    assert!(config.metrics.bind.is_none() && config.metrics.token.is_none());
    let everywhere = "[metrics]\nbind = \"0.0.0.0:9464\"\n";
    assert_eq!(named(&read(everywhere, &[]).unwrap()), ["metrics.bind"]);
    let token = "a-token-of-more-than-32-characters-x";
    let config = read(&format!("{everywhere}token = \"{token}\"\n"), &[]).unwrap();
    assert!(named(&config).is_empty());
    assert_eq!(shown(&config, "metrics.token"), "(set, not shown) [account.toml, line 3]");
    assert!(!format!("{config:?}").contains(token));
    let problems = problems("[metrics]\ntoken = \"short\"\n", &[]);
    assert!(problems.len() == 1 && problems[0].starts_with("metrics.token "), "{problems:?}");
}

#[test]
fn traces_that_leave_the_machine_are_a_risk_and_their_url_has_no_query() {
    for (url, expected) in [
        ("http://127.0.0.1:4318/v1/traces", &[][..]),
        ("http://localhost:4318/v1/traces", &[]),
        ("http://collector.example.com:4318/v1/traces", &["traces.url"]),
    ] {
        let config = read(&format!("traces.url = \"{url}\""), &[]).unwrap();
        assert_eq!(named(&config), expected, "{url}");
    }
    let problems = problems("traces.url = \"http://127.0.0.1:4318/v1/traces?token=the-token\"", &[]);
    assert!(problems.len() == 1 && problems[0].starts_with("traces.url "), "{problems:?}");
    assert!(!problems[0].contains("the-token"), "{problems:?}");
}
