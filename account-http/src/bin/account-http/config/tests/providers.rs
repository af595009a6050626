//! Providers with whose accounts people register.

use account_http::outbound::Reach;

use super::*;

const KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgn1wuWxWk3oflePbK\n\
    YbknIp0xa5APaN9X5iLXcp19HRChRANCAASNd4JOVgXsosHPWD1ONR/7cfb7t6i/\n\
    8xXt5p0jDRR3J/wSqG40SHBRW4Ik5SzzzDxbZ4q0DlP7A9/ELMyNmrft\n\
    -----END PRIVATE KEY-----\n";

#[test]
fn by_default_there_are_none() {
    assert!(read("", &[]).unwrap().providers.is_empty());
}

#[test]
fn known_providers_need_a_client_and_its_secret_and_keep_the_order_of_the_file() {
    let text = "[providers.microsoft]\nclient_id = \"m\"\nclient_secret = \"s3cret\"\n\
                [providers.google]\nclient_id = \"g\"\nclient_secret = \"s3cret\"\ndisplay_name = \"Acme\"\n";
    let variables = [
        ("ACCOUNT_PROVIDERS__GITHUB__CLIENT_ID", "h"),
        ("ACCOUNT_PROVIDERS__GITHUB__CLIENT_SECRET", "s3cret"),
        ("ACCOUNT_PROVIDERS__GITHUB__TRUST_VERIFIED_EMAIL", "true"),
    ];
    let config = read(text, &variables).unwrap();
    let told: Vec<_> = config.providers.iter().map(|it| (&*it.title, &*it.client.client_id)).collect();
    assert_eq!(told, [("Microsoft", "m"), ("Acme", "g"), ("GitHub", "h")]);
    assert_eq!(config.providers.iter().map(|it| it.trusts_verified_email).collect::<Vec<_>>(), [false, false, true]);
    for text in [report(&config), format!("{config:?}")] {
        assert!(!text.contains("s3cret"), "{text}");
    }
}

#[test]
fn another_provider_is_configuration_only() {
    let text = "[providers.acme-id]\nissuer = \"https://id.acme.example\"\nclient_id = \"a\"\nclient_secret = \"b\"\n\
                scopes = [\"openid\", \"mail\"]\nclaims.address = \"mail\"\n[providers.acme-id.claims]\nverified = \"ok\"\n";
    // TOML does not let a table be opened twice, so one of both.
    let text = text.replace("claims.address = \"mail\"\n", "").replace("verified =", "address = \"mail\"\nverified =");
    let config = read(&text, &[]).unwrap();
    let provider = &config.providers[0];
    assert_eq!((&*provider.title, provider.client.reach), ("acme-id", Reach::Public));
    assert_eq!(provider.client.scopes, ["openid", "mail"]);
    assert_eq!((&*provider.client.claims.address, &*provider.client.claims.verified), ("mail", "ok"));
    assert_eq!(provider.client.claims.name, "name");
}

#[test]
fn apple_signs_its_secret_and_posts_its_answer() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("AuthKey.p8");
    std::fs::write(&path, KEY).unwrap();
    let text = format!(
        "[providers.apple]\nclient_id = \"a\"\nkey_id = \"K\"\nteam_id = \"T\"\nprivate_key_file = \"{}\"\n",
        path.display()
    );
    let config = read(&text, &[]).unwrap();
    assert!(config.providers[0].client.form_post);
    let problems = problems(&format!("{text}client_secret = \"s\"\n"), &[]);
    let expected =
        "providers.apple.client_secret (account.toml, line 6): not used, because the client signs its secrets";
    assert!(problems[0].starts_with(expected), "{problems:?}");
}

#[test]
fn everything_that_is_missing_or_wrong_is_reported_at_once() {
    let text = "[providers.google]\nclient_idd = \"g\"\n\
                [providers.acme]\nissuer = \"https://10.0.0.1\"\nclient_id = \"a b\"\nscopes = [\"mail\"]\n\
                private_key = \"s3cret\"\nresponse_mode = \"fragment\"\n\
                [providers.Acme]\nclient_id = \"a\"\n[providers.other]\nclient_id = \"a\"\nclient_secret = \"b\"\n\
                claims.mail = \"mail\"\n[providers.apple]\nclient_id = \"x\"\n";
    let problems = problems(text, &[("ACCOUNT_PROVIDERS__GITHUB__CLIENT_SECERT", "s3cret")]);
    let expected = [
        "providers.Acme.client_id (account.toml, line 10): a name is a lower-case letter and up to 39",
        "providers.google.client_idd (account.toml, line 2): unknown setting; did you mean `providers.google.client_id`",
        "providers.other.claims.mail (account.toml, line 14): unknown setting; did you mean `providers.other.claims.name`",
        "ACCOUNT_PROVIDERS__GITHUB__CLIENT_SECERT: unknown setting; did you mean \
         `ACCOUNT_PROVIDERS__GITHUB__CLIENT_SECRET`",
        "providers.acme.client_id (account.toml, line 5): not allowed",
        "providers.acme.issuer (account.toml, line 4): points to this machine or a private network",
        "providers.acme.private_key (account.toml, line 7): not an EC private key",
        "providers.acme.client_secret: required for this provider",
        "providers.acme.response_mode (account.toml, line 8): not allowed",
        "providers.acme.scopes (account.toml, line 6): `openid` must be one of them",
        "providers.other.issuer: required for this provider",
        "providers.apple.private_key: required for this provider",
        "providers.apple.key_id: required for this provider",
        "providers.apple.team_id: required for this provider",
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, expected) in problems.iter().zip(expected) {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
        assert!(!problem.contains("s3cret"), "{problem}");
    }
}

#[test]
fn trust_and_private_networks_are_risks() {
    let text = "[providers.google]\nclient_id = \"g\"\nclient_secret = \"s\"\n";
    assert!(named(&read(text, &[]).unwrap()).is_empty());
    let text = format!("{text}trust_verified_email = true\nallow_private_networks = true\n");
    let expected = ["providers.google.trust_verified_email", "providers.google.allow_private_networks"];
    assert_eq!(named(&read(&text, &[]).unwrap()), expected);
}
