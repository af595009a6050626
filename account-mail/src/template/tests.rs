mod languages;
mod overrides;

use std::collections::BTreeSet;

use account_core::outbox::Notice;
use account_core::outbox::mail::{Mail, MailContent};

use super::*;
use crate::config::{Branding, ButtonColors};
use crate::testing::mails;

const TO: &str = "probe.7f3@acme.com";

/// The tags of all languages, English first.
const LANGUAGES: [&str; 5] = ["en", "de", "fr", "es", "ar"];

fn named() -> Letterhead {
    Letterhead { operator: Some("MikroCloud".to_owned()), ..Letterhead::default() }
}

fn rendered(mail: &Mail) -> Rendered {
    rendered_in("en", mail)
}

fn rendered_in(language: &str, mail: &Mail) -> Rendered {
    rendered_with(&named(), language, mail)
}

fn rendered_with(letterhead: &Letterhead, language: &str, mail: &Mail) -> Rendered {
    built_in_templates().for_language(Some(language)).render(mail, letterhead).unwrap()
}

/// The element tree of a document in one line: `p(a)`. Panics when a tag is not closed by its own.
fn tree(html: &str) -> String {
    let mut tree = String::new();
    let mut open = Vec::new();
    for piece in html.split('<').skip(1) {
        let tag = piece.split_once('>').unwrap().0;
        let name = tag.split(' ').next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            tree.push(')');
            continue;
        }
        if !tree.is_empty() && !tree.ends_with('(') {
            tree.push(' ');
        }
        tree.push_str(name);
        if !matches!(name, "!DOCTYPE" | "meta" | "br") {
            open.push(name);
            tree.push('(');
        }
    }
    assert!(open.is_empty(), "{html}");
    tree.replace("()", "")
}

/// The documents' common frame, with this in its middle.
fn framed(words: &str) -> String {
    format!("!DOCTYPE html(head(meta meta meta meta title style) body(div(h1 {words} p)))")
}

#[test]
fn english_is_the_fallback_language() {
    let templates = built_in_templates();
    let spoken = |language| templates.for_language(language).translator().tag();
    for language in [None, Some("en"), Some("en-GB"), Some("EN_us"), Some("tlh"), Some("den"), Some(""), Some("-")] {
        assert_eq!(spoken(language), "en", "{language:?}");
    }
    for (language, found) in
        [("de", "de"), ("de-AT", "de"), ("FR_ca", "fr"), ("es-419", "es"), ("ES", "es"), ("ar-EG", "ar")]
    {
        assert_eq!(spoken(Some(language)), found, "{language}");
    }
}

#[test]
fn every_html_document_has_exactly_the_elements_of_its_template() {
    let by_link = "p p(a) p(br span) p";
    let told = "p p(a)";
    for (mail, words) in [
        (mails::verify_address(TO), "p p(a) p p p(br span) p"),
        (mails::verify_address_without_code(TO), by_link),
        (mails::verify_address_of_account(TO), by_link),
        (mails::verify_address_of_account_with_code(TO), "p p(a) p p p(br span) p"),
        (mails::already_registered(TO), "p p(a) p(a)"),
        (mails::already_registered_to_be_deleted(TO), "p p p(a) p(a)"),
        (mails::provider_link_offer(TO), "p p p(a) p(a)"),
        (mails::provider_link_offer_to_be_deleted(TO), "p p p(a) p(a)"),
        (mails::reset_password(TO), by_link),
        (mails::confirm_new_address(TO), "p(strong) p(a) p(br span) p"),
        (mails::confirm_secondary_address(TO), by_link),
        (mails::address_in_use(TO), "p p p(a) p(a)"),
        (mails::invitation(TO), by_link),
        (mails::notice(Notice::PasswordChanged, TO), told),
        (mails::notice(Notice::PasswordReset, TO), "p p p(a)"),
        (mails::notice(Notice::AddressChanged, TO), "p p(a) p"),
        (mails::notice(Notice::AddressChangeRequested, TO), told),
        (mails::notice(Notice::SecondaryAddressConfirmed, TO), "p p(a) p"),
        (mails::notice(Notice::IdentityLinked, TO), "p p(a) p"),
        (mails::notice(Notice::IdentityUnlinked, TO), told),
        (mails::notice(Notice::SessionsEnded, TO), told),
        (mails::notice(Notice::DeletionRequested, TO), "p p p(a) p(a)"),
        (mails::notice(Notice::DeletionCancelled, TO), told),
        (mails::notice(Notice::BecameAdministrator, TO), told),
        (mails::notice(Notice::AccountDisabled, TO), "p p"),
        (mails::notice(Notice::AccountEnabled, TO), "p p(a) p(a)"),
    ] {
        assert_eq!(tree(&rendered(&mail).html), framed(words), "{:?}", mail.content);
    }
}

#[test]
fn every_subject_is_one_line_of_ascii_and_heads_the_document() {
    for mail in mails::every(TO) {
        let Rendered { subject, html, .. } = rendered(&mail);
        assert!(subject.bytes().all(|byte| byte == b' ' || byte.is_ascii_alphanumeric()), "{subject:?}");
        assert!(!subject.is_empty() && subject.len() <= 60 && subject.trim() == subject, "{subject:?}");
        assert!(html.contains(&format!("<title>{subject}</title>")), "{html}");
        assert!(html.contains(&format!(">{subject}</h1>")), "{html}");
    }
    let subjects: BTreeSet<_> = mails::every(TO).iter().map(|mail| rendered(mail).subject).collect();
    assert_eq!(subjects.len(), mails::every(TO).len() - 5, "five mails are of a kind with another");
}

#[test]
fn every_text_has_short_ascii_lines_and_nothing_about_the_recipient() {
    for mail in mails::every(TO) {
        let Rendered { text, html, .. } = rendered(&mail);
        assert!(text.is_ascii() && html.is_ascii(), "{text}");
        for line in text.lines() {
            assert!(line.len() <= 78 || line.starts_with("https://"), "{line}");
            assert_eq!(line.trim(), line);
        }
        assert!(text.starts_with("Hello,\n\n") && !text.contains("\n\n\n"), "{text}");
        assert!(text.ends_with(".\n") && html.ends_with("</html>\n"), "{text}{html}");
        assert!(!html.contains("\n\n") && !html.contains(" \n"), "{html}");
        assert!(!text.contains("probe") && !html.contains("probe"), "{text}");
    }
}

#[test]
fn every_mail_about_an_account_says_that_we_never_ask_for_its_password() {
    let has_code = |mail: &Mail| matches!(mail.content, MailContent::VerifyAddress { code: Some(_), .. });
    for mail in mails::every(TO).iter().filter(|mail| !has_code(mail)) {
        let Rendered { text, html, .. } = rendered(mail);
        for body in [text.replace('\n', " "), html] {
            assert!(body.contains("We will never ask you for your password."), "{body}");
        }
    }
}

#[test]
fn the_service_is_named_if_it_has_a_name() {
    for mail in mails::every(TO) {
        let named = rendered(&mail);
        assert!(
            named.text.replace('\n', " ").contains(" at MikroCloud") && named.html.contains(" at MikroCloud"),
            "{}",
            named.text
        );
        let plain = rendered_with(&Letterhead::default(), "en", &mail);
        let words = |body: &str| body.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        let without = |body: &str| words(body).replace(" at MikroCloud", "");
        assert_eq!((words(&plain.text), words(&plain.html)), (without(&named.text), without(&named.html)));
    }
}

#[test]
fn every_link_is_on_its_own_line_and_a_button() {
    for mail in mails::every(TO) {
        let Rendered { text, html, .. } = rendered(&mail);
        let (links, wanted) = match &mail.content {
            MailContent::VerifyAddress { link, .. }
            | MailContent::ResetPassword { link, .. }
            | MailContent::ConfirmNewAddress { link, .. }
            | MailContent::ConfirmSecondaryAddress { link, .. }
            | MailContent::AccountMade { link, .. }
            | MailContent::Invitation { link, .. } => ([link, link], 1),
            MailContent::Notice { notice: Notice::AccountDisabled, sign_in, forgot, .. } => ([sign_in, forgot], 0),
            MailContent::AlreadyRegistered { sign_in, forgot, .. }
            | MailContent::ProviderLinkOffer { sign_in, forgot, .. }
            | MailContent::AddressInUse { sign_in, forgot }
            | MailContent::Notice {
                notice: Notice::DeletionRequested | Notice::AccountEnabled, sign_in, forgot, ..
            } => ([sign_in, forgot], 2),
            MailContent::Notice { forgot, .. } => ([forgot, forgot], 1),
        };
        assert_eq!(text.matches("://").count(), wanted, "{text}");
        assert_eq!(html.matches(" href=").count(), wanted, "{html}");
        for link in links.into_iter().filter(|_| wanted > 0) {
            assert!(text.contains(&format!("\n\n{}\n\n", link.expose())), "{text}");
            assert!(html.contains(&format!("<a href=\"{}\"", link.expose())), "{html}");
        }
    }
}

#[test]
fn the_stated_lifetime_of_links_is_true() {
    for (mail, words, moment) in [
        (mails::verify_address(TO), "24 hours", "8 November 2023 at 05:31 UTC"),
        (mails::reset_password(TO), "1 hour", "7 November 2023 at 06:31 UTC"),
        (mails::confirm_new_address(TO), "1 hour", "7 November 2023 at 06:31 UTC"),
        (mails::confirm_secondary_address(TO), "1 hour", "7 November 2023 at 06:31 UTC"),
        (mails::invitation(TO), "7 days", "14 November 2023 at 05:31 UTC"),
    ] {
        let Rendered { text, html, .. } = rendered(&mail);
        for body in [text.replace('\n', " "), html] {
            assert!(body.contains(&format!(" within {words}")), "{body}");
            assert!(body.contains(&format!(" until {moment}.")), "{body}");
        }
    }
}

#[test]
fn every_notice_says_when_it_happened() {
    for notice in Notice::ALL {
        let Rendered { text, html, .. } = rendered(&mails::notice(notice, TO));
        assert!(text.contains("\n\nOn 7 November 2023 at 05:30 UTC, "), "{text}");
        assert!(html.contains("<p>On 7 November 2023 at 05:30 UTC, "), "{html}");
    }
}

#[test]
fn every_document_has_colors_for_dark_screens() {
    for mail in mails::every(TO) {
        for language in LANGUAGES {
            let Rendered { html, .. } = rendered_in(language, &mail);
            assert!(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"), "{html}");
            assert!(html.contains("@media (prefers-color-scheme:dark){"), "{html}");
            // A button has colors of its own, so it needs them in the dark, too.
            assert_eq!(html.matches("display:inline-block").count(), html.matches(" class=\"button\"").count());
            for class in ["page", "card", "small"] {
                assert_eq!(html.matches(&format!(" class=\"{class}\"")).count(), 1, "{html}");
                assert!(html.contains(&format!(".{class}{{")), "{html}");
            }
        }
    }
}

#[test]
fn necessary_warnings_are_present() {
    for (mail, words) in [
        (mails::verify_address(TO), "Or enter this code where you registered:"),
        (mails::verify_address(TO), "no account is created until the address is verified. Please do"),
        (mails::verify_address_without_code(TO), "no account is created until the address is verified. Please do"),
        (
            mails::verify_address_of_account(TO),
            "the account stays restricted until the address is verified, and will be deleted. Please do",
        ),
        (
            mails::already_registered_to_be_deleted(TO),
            "will be deleted on 14 November 2023 at 05:31 UTC, as you requested",
        ),
        (mails::already_registered_to_be_deleted(TO), "sign in before then and choose \"Keep my account\""),
        (mails::confirm_new_address(TO), "in the browser in which you requested the change"),
        (
            mails::address_in_use(TO),
            "On 7 November 2023 at 05:31 UTC, someone asked to change the email address of their account",
        ),
        (mails::address_in_use(TO), "You already have an account with this address, so nothing was changed."),
        (mails::provider_link_offer(TO), "tried to register at MikroCloud with GitHub (octocat)."),
        (mails::provider_link_offer(TO), "do not link it: anyone who can use GitHub (octocat) could then sign in"),
        (mails::notice(Notice::IdentityLinked, TO), "GitHub (octocat) was linked to your account at MikroCloud."),
        (mails::notice(Notice::IdentityLinked, TO), "Then unlink it from your account."),
        (mails::notice(Notice::IdentityUnlinked, TO), "GitHub (octocat) was unlinked from your account"),
        (mails::invitation(TO), "You are invited to create an account at MikroCloud"),
        (mails::notice(Notice::PasswordReset, TO), "Change the password of your email account first"),
        (mails::notice(Notice::AddressChangeRequested, TO), "Nothing changes until the new address is verified."),
        (mails::notice(Notice::SecondaryAddressConfirmed, TO), "Then remove that address from your account."),
        (mails::notice(Notice::PasswordReset, TO), "it will still be deleted"),
        (mails::notice(Notice::DeletionRequested, TO), "sign in before then and choose \"Keep my account\""),
        (mails::notice(Notice::DeletionRequested, TO), " immediately, then choose \"Keep my account\""),
        (
            mails::notice(Notice::SessionsEnded, TO),
            "you or an administrator signed your account at MikroCloud out everywhere else.",
        ),
    ] {
        let Rendered { text, html, .. } = rendered(&mail);
        for body in [text, html].map(|body| body.replace('\n', " ").replace("&quot;", "\"")) {
            assert!(body.contains(words), "{body}");
        }
    }
    let by_link = rendered(&mails::verify_address_without_code(TO));
    assert!(!by_link.text.contains("code") && !by_link.html.contains("code"));
    let made = rendered(&mails::verify_address_of_account(TO));
    assert!(!made.text.contains("no account") && !made.html.contains("no account"));
    let plain = rendered(&mails::already_registered(TO));
    assert!(!plain.text.contains("deleted") && !plain.html.contains("deleted"));
    let deletion = rendered(&mails::notice(Notice::DeletionRequested, TO));
    for body in [deletion.text.replace('\n', " "), deletion.html] {
        assert!(body.contains("will be deleted on 14 November 2023 at 05:31 UTC."), "{body}");
    }
}

#[test]
fn links_that_would_break_out_are_refused_in_every_mail() {
    for mail in mails::every(TO) {
        let mail = mails::with_link(mail, "https://x.org/\r\n.\r\n");
        let result = built_in_templates().for_language(None).render(&mail, &named());
        assert!(matches!(result, Err(RenderError::Link)));
    }
}

#[test]
fn the_operators_colors_and_pages_are_in_every_mail() {
    let branding = Branding {
        button: Some(ButtonColors::new("#006644", "#fffffe").unwrap()),
        support_url: Some("mailto:help@acme.com".parse().unwrap()),
        terms_url: Some("https://acme.com/terms?a&b".parse().unwrap()),
        privacy_url: Some("https://acme.com/privacy".parse().unwrap()),
    };
    let letterhead = Letterhead { operator: Some("Acme".to_owned()), branding };
    for mail in mails::every(TO) {
        for language in LANGUAGES {
            let Rendered { text, html, .. } = rendered_with(&letterhead, language, &mail);
            let plain = rendered_in(language, &mail);
            assert_eq!(html.matches("background:#006644").count(), plain.html.matches("background:#1d4ed8").count());
            assert_eq!(html.matches("color:#fffffe").count(), html.matches("background:#006644").count(), "{html}");
            for link in ["mailto:help@acme.com", "https://acme.com/terms?a&amp;b", "https://acme.com/privacy"] {
                assert_eq!(html.matches(&format!("<a href=\"{link}\" ")).count(), 1, "{html}");
            }
            for link in ["https://acme.com/terms?a&b\n", "https://acme.com/privacy\n"] {
                assert_eq!(text.matches(&format!("\n{link}")).count(), 1, "{text}");
            }
            assert!(text.replace('\n', " ").contains(" mailto:help@acme.com "), "{text}");
            assert!(!text.contains("\n\n\n") && !html.contains("\n\n"), "{text}{html}");
        }
    }
    let support = Branding { support_url: letterhead.branding.support_url.clone(), ..Branding::default() };
    let letterhead = Letterhead { operator: None, branding: support };
    let Rendered { text, html, .. } = rendered_with(&letterhead, "en", &mails::verify_address(TO));
    assert!(text.ends_with("\n\nSupport mailto:help@acme.com\n"), "{text}");
    assert!(!text.contains("Privacy") && !html.contains("Privacy") && html.contains(">Support</a>"), "{html}");
}
