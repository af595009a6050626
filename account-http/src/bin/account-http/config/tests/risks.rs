//! Risks of the network, of files and of passwords.

use super::*;

/// What an operator writes who has thought of everything.
const GOOD: &str = r#"
[http]
public_url = "https://accounts.example.com"
trusted_proxies = ["10.0.0.5"]
[mail]
transport = "smtp"
smtp.url = "smtps://mail.example.com"
from = "no-reply@example.com"
[limits]
unchallenged_registrations = "60/h"
[dialects]
form.password_policy = "default"
mikrocloud.password_policy = "default"
rpost.enabled = false
waltid.password_policy = "default"
"#;

/// Lets only the owner read a file.
pub(super) fn for_owner_alone(path: &Path) {
    set_mode(path, 0o600);
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;

    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) {}

/// Names and messages of the risks.
fn told(config: &Config) -> Vec<(&'static str, String)> {
    risks(config).into_iter().map(|risk| (risk.name, risk.message.into_owned())).collect()
}

#[test]
fn a_good_configuration_has_no_risks() {
    let config = read(GOOD, &[]).unwrap();
    assert_eq!(told(&config), []);
    assert!(report(&config).ends_with("\nThe configuration is valid.\n"));
}

#[test]
fn https_without_a_known_proxy_makes_all_clients_one() {
    let config = read(&GOOD.replace("[\"10.0.0.5\"]", "[]"), &[]).unwrap();
    let [(name, message)] = &told(&config)[..] else { panic!("{:?}", told(&config)) };
    assert_eq!(*name, "http.trusted_proxies");
    assert!(message.contains("all clients look like it and share its limits"), "{message}");
    assert!(message.ends_with("List the addresses that the proxy connects from."), "{message}");
    let local = read("http.public_url = \"http://127.0.0.1:8080\"", &[]).unwrap();
    assert!(named(&local).is_empty());
}

#[test]
fn apis_with_weaker_passwords_are_named_with_the_rules_that_they_lack() {
    let mut told = told(&read("", &[]).unwrap());
    told.retain(|(name, _)| name.starts_with("dialects."));
    let named: Vec<_> = told.iter().map(|(name, _)| *name).collect();
    let expected = ["form", "mikrocloud", "rpost", "waltid"].map(|name| format!("dialects.{name}.password_policy"));
    assert_eq!(named, expected);
    assert_eq!(
        told[2].1,
        "the rpost API accepts passwords that the native API refuses: with fewer than 15 characters, that are repetitive, \
         that contain the person's address or name, that are easy to guess. Set `default`, or `enabled = false` if nobody \
         uses this API."
    );
}

#[test]
fn apis_that_cannot_ask_for_a_challenge_are_named_until_their_allowance_is_set() {
    let about = |text: &str| {
        let told = told(&read(text, &[]).unwrap()).into_iter();
        told.filter(|(name, _)| *name == "limits.unchallenged_registrations").map(|(_, message)| message).next()
    };
    let told = about("").unwrap();
    assert!(
        told.starts_with("these APIs cannot ask for a challenge: form, mikrocloud, rpost, waltid. While"),
        "{told}"
    );
    assert!(told.contains("share an allowance (60/h)"), "{told}");
    let always = about("registration.challenge = \"always\"\ndialects.form.enabled = false").unwrap();
    assert!(always.starts_with("these APIs cannot ask for a challenge: mikrocloud, rpost, waltid. All "), "{always}");
    assert_eq!(about("limits.unchallenged_registrations = \"30/h\""), None);
    assert_eq!(about("registration.challenge = \"off\""), None);
    let dialects = ["form", "mikrocloud", "rpost", "waltid"].map(|name| format!("dialects.{name}.enabled = false"));
    assert_eq!(about(&dialects.join("\n")), None);
}

#[test]
fn an_api_is_compared_with_the_policy_that_the_native_api_has() {
    let native = "[registration]\npassword_policy = \"mikrocloud\"\n";
    let of_dialects = |text: &str| -> Vec<String> {
        let told = told(&read(text, &[]).unwrap()).into_iter();
        told.filter(|(name, _)| name.starts_with("dialects.")).map(|(_, message)| message).collect()
    };
    let messages = of_dialects(native);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].starts_with("the form API") && messages[1].starts_with("the waltid API"), "{messages:?}");
    assert!(
        messages[0].contains(
            "refuses: without an uppercase letter, without a lowercase letter, without a digit or a special character. Set \
             `mikrocloud`"
        ),
        "{messages:?}"
    );
}

#[cfg(unix)]
#[test]
fn files_with_secrets_that_others_can_read_are_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        set_mode(&path, 0o644);
        path.display().to_string()
    };
    let master_key = file("master.key", "");
    let dkim = file("dkim", account_mail::testing::keys::ED25519);
    let token = file("token", "a-token-of-more-than-32-characters-x");
    let text = format!(
        "{GOOD}[store]\nmaster_key_file = \"{master_key}\"\n[metrics]\ntoken_file = \"{token}\"\n\
         [mail.dkim]\nselector = \"a\"\nprivate_key_file = \"{dkim}\"\n"
    );
    let of_files = || -> Vec<_> {
        let told = told(&read(&text, &[]).unwrap());
        told.into_iter().filter(|(_, message)| message.contains("chmod")).collect()
    };
    let expected = |name, path: &String| {
        let message = format!(
            "other users of this machine can read or change this secret: `{path}` has mode 644. Run `chmod 600 {path}`."
        );
        (name, message)
    };
    assert_eq!(
        of_files(),
        [
            expected("store.master_key_file", &master_key),
            expected("mail.dkim.private_key_file", &dkim),
            expected("metrics.token", &token),
        ]
    );
    for path in [&master_key, &dkim, &token] {
        set_mode(Path::new(path), 0o600);
    }
    assert_eq!(of_files(), []);
}

#[cfg(unix)]
#[test]
fn a_file_with_settings_is_one_with_secrets_if_it_contains_some() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.toml");
    let of_text = |text: &str| {
        std::fs::write(&path, text).unwrap();
        set_mode(&path, 0o644);
        let config = Config::read(&path, text, []).unwrap();
        named(&config)
    };
    let secrets = "metrics.token = \"a-token-of-more-than-32-characters-x\"\n\
                   [mail]\nsmtp.url = \"smtps://me:secret@mail.example.com\"\ntransport = \"smtp\"\nfrom = \"a@x.org\"\n";
    assert_eq!(of_text(secrets), ["mail.smtp.url"], "once for the file");
    assert!(of_text("mail.from = \"a@x.org\"\n").is_empty());
    let harmless = "[mail]\nsmtp.url = \"smtps://mail.example.com\"\ntransport = \"smtp\"\nfrom = \"a@x.org\"\n";
    assert!(of_text(harmless).is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_of_another_user_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    std::fs::write(&path, "").unwrap();
    for_owner_alone(&path);
    // Only root can give a file away.
    let is_given = std::os::unix::fs::chown(&path, Some(54_321), None).is_ok();
    let text = format!("{GOOD}[store]\nmaster_key_file = {path:?}\n");
    let told = told(&read(&text, &[]).unwrap());
    assert_eq!(told.len(), usize::from(is_given), "{told:?}");
    for (name, message) in told {
        assert_eq!(name, "store.master_key_file");
        assert!(message.starts_with("the user with id 54321 owns `"), "{message}");
    }
}
