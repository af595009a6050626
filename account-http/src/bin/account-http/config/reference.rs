//! The page about all settings: `config reference`, committed as `docs/configuration.md`.

use std::fmt::Write as _;

use super::keys::{BY_FILE, Form, KEYS, Key, Kind, NAMED, variable};

const HEAD: &str = "\
# Configuration

This page comes from the program: `account-http config reference`. Do not edit it; change the table of settings, then run
`cargo xtask openapi`.

Every setting has a default, so the service starts without a configuration. It reads `account.toml` in the working
directory, or the file given by `--config FILE`. [account.example.toml](account.example.toml) lists every setting with its
default, ready to copy.

- Every setting is also an environment variable, which wins over the file. Separate the entries of a list with commas.
- A secret can also be read from a file: `url_file = \"/path\"` in place of `url`, or `.._URL_FILE` in place of `.._URL`.
- An unknown name is an error that suggests the nearest known one: `ACCOUNT_HTTP_BIND` instead of `ACCOUNT_HTTP__BIND` stops the
  start. Variables that Kubernetes and Docker set for a service or link named `account` or `account-..` are left alone, such as
  `ACCOUNT_HTTP_PORT=tcp://10.0.0.1:80`; their names are logged at the level `debug`.
- `account-http config check` shows what is in force, and warns about risky settings.

| Type | In the file | In the environment |
|---|---|---|
| text | `\"smtp\"` | `smtp` |
| number | `64` | `64` |
| boolean | `true` | `true` |
| duration | `\"24h\"` | `24h` |
| rate | `\"30/h\"`: 30 within one hour | `30/h` |
| list of texts | `[\"example.com\", \"example.org\"]` | `example.com,example.org` |
";

/// The sections of the page, in order: the first part of a setting's name, a title and an introduction.
const AREAS: [(&str, &str, &str); 14] = [
    ("http", "Listener", "Behind a reverse proxy, set `http.public_url` and `http.trusted_proxies`."),
    ("store", "Database", "Choosing, preparing and encrypting a database: [databases](databases.md)."),
    (
        "mail",
        "Email",
        "Sending, signing and templates: [email](mail.md). Bounces: [delivery reports](mail-reports.md).",
    ),
    ("registration", "Registration", "Who can register, and how long links are valid."),
    ("hashing", "Password hashing", "How to size memory and workers: [operations](operations.md)."),
    (
        "limits",
        "Rate limits",
        "A client network is an IPv4 address or an IPv6 /64. Limits hold across all instances on one database.",
    ),
    ("retention", "Retention", "The worker removes what is older."),
    ("pages", "Pages", "What the sign-up and account pages show."),
    ("geo", "Inferred values", "What is inferred about people who register: [inferences](inferences.md)."),
    ("translations", "Translations", "The languages of pages and emails: [translations](translations.md)."),
    ("metrics", "Metrics", "Off by default. Metrics and alerts: [operations](operations.md)."),
    ("traces", "Traces", "Off by default."),
    ("log", "Log", "The log goes to standard error."),
    (
        "dialects",
        "Dialects",
        "The published APIs that the service also speaks: [dialects](dialects/README.md). Their default password policies \
         follow those APIs' documentation; `default` follows current guidance (NIST SP 800-63B-4).",
    ),
];

/// What is said of the sections that the operator names, in their order.
const NAMED_AREAS: [&str; 2] = [
    "\
## Providers

Providers with whose accounts people can register and sign in, none by default: [providers](providers.md). `google`, `github`,
`microsoft` and `apple` need a client and its secret only. A provider of another name also needs an issuer. The pages show
providers in the order in which the file has them.
",
    "\
## Webhooks

Other systems that are told about events: [webhooks](webhooks.md). Each endpoint has a name that you choose, of lower-case
letters, digits and hyphens. In a variable, its hyphens are underscores.
",
];

/// Returns the text of the page.
pub(crate) fn reference() -> String {
    let mut page = String::from(HEAD);
    for (area, title, about) in AREAS {
        // Writing to a `String` cannot fail.
        let _ = write!(page, "\n## {title}\n\n{about}\n");
        for key in KEYS.iter().filter(|key| area_of(key.name) == area) {
            describe(&mut page, key.name, key);
        }
    }
    for (sections, about) in NAMED.into_iter().zip(NAMED_AREAS) {
        let _ = write!(page, "\n{about}");
        for key in sections.keys {
            describe(&mut page, &format!("{}.<name>.{}", sections.section, key.name), key);
        }
    }
    page
}

fn area_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn describe(page: &mut String, name: &str, key: &Key) {
    let Key { about, allowed, default, .. } = *key;
    let by_file = if key.is_secret() {
        format!(", or `{}` with the path of a file", variable(&format!("{name}{BY_FILE}")))
    } else {
        String::new()
    };
    let default = if key.has_default_value() { format!("`{default}`") } else { default.to_owned() };
    let kind = type_of(key);
    // Writing to a `String` cannot fail.
    let _ = write!(
        page,
        "\n### `{name}`\n\n{about}\n\n\
         - Variable: `{}`{by_file}\n- Type: {kind}\n- Default: {default}\n- Allowed: {allowed}\n",
        variable(name)
    );
}

fn type_of(key: &Key) -> &'static str {
    match (key.kind, key.form) {
        (Kind::List, _) => "list of texts",
        (Kind::Secret | Kind::OptionalSecret | Kind::Hidden | Kind::Webhook, _) => "secret",
        (_, Form::Text) => "text",
        (_, Form::Number) => "number",
        (_, Form::Flag) => "boolean",
        (_, Form::Duration) => "duration",
        (_, Form::Rate) => "rate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_described_once() {
        let page = reference();
        for key in KEYS.iter() {
            assert_eq!(page.matches(&format!("\n### `{}`\n", key.name)).count(), 1, "{}", key.name);
        }
        for sections in NAMED {
            let title = format!("\n### `{}.<name>.", sections.section);
            assert_eq!(page.matches(&title).count(), sections.keys.len());
        }
    }

    #[test]
    fn a_secret_names_the_variable_of_its_file() {
        let page = reference();
        let expected = "- Variable: `ACCOUNT_STORE__URL`, or `ACCOUNT_STORE__URL_FILE` with the path of a file\n";
        assert!(page.contains(expected));
        assert!(page.contains("- Variable: `ACCOUNT_HTTP__BIND`\n- Type: text\n- Default: `127.0.0.1:8080`\n"));
    }
}
