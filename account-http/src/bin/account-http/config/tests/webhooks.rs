//! Webhook endpoints, which the operator names.

use account_core::outbox::event::EventType;

use super::*;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

#[test]
fn by_default_no_events_are_sent() {
    let config = read("", &[]).unwrap();
    assert!(config.webhooks.endpoints.is_empty() && config.webhooks.subscriptions.is_empty());
}

#[test]
fn endpoints_have_chosen_names_in_file_and_environment() {
    let text = format!(
        "[webhooks.crm]\nurl = \"https://crm.example.com/hook\"\nsecret = \"{SECRET}\"\n\
         [webhooks.billing]\nurl = \"https://billing.example.com\"\ntypes = [\"account.deleted\"]\n"
    );
    let variables = [
        ("ACCOUNT_WEBHOOKS__BILLING__SECRET", SECRET),
        ("ACCOUNT_WEBHOOKS__DATA_LAKE__URL", "https://10.0.0.1/hook"),
        ("ACCOUNT_WEBHOOKS__DATA_LAKE__SECRET", SECRET),
        ("ACCOUNT_WEBHOOKS__DATA_LAKE__PREVIOUS_SECRET", SECRET),
        ("ACCOUNT_WEBHOOKS__DATA_LAKE__TYPES", "account.created, account.changed"),
        ("ACCOUNT_WEBHOOKS__DATA_LAKE__ALLOW_PRIVATE_NETWORKS", "true"),
    ];
    let config = read(&text, &variables).unwrap();
    let told: Vec<_> = config.webhooks.subscriptions.iter().map(|to| (to.endpoint.as_str(), &*to.types)).collect();
    let expected: [(_, &[EventType]); 3] = [
        ("billing", &[EventType::AccountDeleted]),
        ("crm", &EventType::ALL),
        ("data-lake", &[EventType::AccountCreated, EventType::AccountChanged]),
    ];
    assert_eq!(told, expected);
    let endpoint = |name: &str| &config.webhooks.endpoints[&name.parse().unwrap()];
    assert_eq!(endpoint("crm").target.to_string(), "https://crm.example.com");
    assert!(endpoint("crm").previous_secret.is_none() && endpoint("data-lake").previous_secret.is_some());
    let report = report(&config);
    assert!(report.contains("webhooks.data-lake.url"), "{report}");
    assert!(report.contains("= all  [default]") || report.contains("= (all)  [default]"), "{report}");
    assert!(!report.contains("MfKQ") && !format!("{config:?}").contains("MfKQ"), "{report}");
}

#[test]
fn all_errors_of_endpoints_are_reported_at_once() {
    let text = format!(
        "[webhooks.crm]\nurl = \"https://127.0.0.1/hook\"\nsecret = \"s3cret\"\ntypes = [\"account.created\", \"x\"]\n\
         [webhooks.billing]\nurll = \"https://billing.example.com\"\nsecret = \"{SECRET}\"\n\
         [webhooks.Shop]\nurl = \"https://shop.example.com\"\n\
         [webhooks.plain]\nurl = \"http://plain.example.com\"\nsecret = \"{SECRET}\"\n"
    );
    let problems = problems(&text, &[("ACCOUNT_WEBHOOKS__CRM__PREVIOUS_SECERT", "x")]);
    let expected = [
        "webhooks.Shop.url (account.toml, line 9): a name is a lower-case letter and up to 39",
        "webhooks.billing.urll (account.toml, line 6): unknown setting; did you mean `webhooks.billing.url`",
        "ACCOUNT_WEBHOOKS__CRM__PREVIOUS_SECERT: unknown setting; did you mean \
         `ACCOUNT_WEBHOOKS__CRM__PREVIOUS_SECRET`",
        "webhooks.billing.url: required for each endpoint",
        "webhooks.crm.url (account.toml, line 2): points to this machine or a private network, which is not",
        "webhooks.crm.secret (account.toml, line 3): not allowed; allowed: `whsec_`",
        "webhooks.crm.types (account.toml, line 4): entry 2: not allowed",
        "webhooks.plain.url (account.toml, line 11): `http://` is only for private networks",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
        assert!(!problem.contains("s3cret"), "{problem}");
    }
}

#[test]
fn a_secret_can_be_in_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("secret");
    std::fs::write(&path, format!("{SECRET}\n")).unwrap();
    let text = format!("[webhooks.crm]\nurl = \"https://a.org\"\nsecret_file = \"{}\"\n", path.display());
    assert_eq!(read(&text, &[]).unwrap().webhooks.endpoints.len(), 1);
}

#[test]
fn only_scheme_host_and_port_of_a_url_are_shown() {
    let url = "https://hooks.example.com:8443/services/T0/the-path?a=the-query";
    let text = format!("[webhooks.chat]\nurl = \"{url}\"\nsecret = \"{SECRET}\"\n");
    let config = read(&text, &[]).unwrap();
    assert_eq!(shown(&config, "webhooks.chat.url"), "https://hooks.example.com:8443 [account.toml, line 2]");
    for text in [report(&config), format!("{config:?}")] {
        assert!(!text.contains("the-") && !text.contains("services"), "{text}");
    }
}

#[test]
fn plain_text_and_private_networks_are_risks() {
    let endpoint = |url: &str, allows: bool| {
        format!("[webhooks.crm]\nurl = \"{url}\"\nsecret = \"{SECRET}\"\nallow_private_networks = {allows}\n")
    };
    for (url, allows, expected) in [
        ("https://crm.example.com", false, &[][..]),
        ("https://crm.example.com", true, &["webhooks.crm.allow_private_networks"]),
        ("http://crm.internal", true, &["webhooks.crm.url", "webhooks.crm.allow_private_networks"]),
        ("http://127.0.0.1:9000", true, &["webhooks.crm.allow_private_networks"]),
    ] {
        assert_eq!(named(&read(&endpoint(url, allows), &[]).unwrap()), expected, "{url}");
    }
}
