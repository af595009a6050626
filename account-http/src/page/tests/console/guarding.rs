//! Who may use the console.

use std::time::Duration;

use super::*;

/// Every action, for an account with that id.
fn actions(account: AccountId) -> Vec<String> {
    let accounts = ["disable", "enable", "sessions", "role", "mail", "delete"];
    let others = [
        "/admin/invitations",
        "/admin/invitations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/mail",
        "/admin/invitations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/revoke",
        "/admin/registrations/mail",
        "/admin/outbox/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/redrive",
        "/admin/outbox/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/drop",
        "/admin/features/newsletter",
        "/admin/organizations",
        "/admin/organizations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f",
        "/admin/organizations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/members",
        "/admin/organizations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/remove-member",
        "/admin/organizations/0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f/delete",
        "/admin/clients",
        "/admin/clients/portal",
        "/admin/clients/portal/delete",
    ];
    let accounts = accounts.into_iter().map(|action| format!("/admin/accounts/{account}/{action}"));
    accounts.chain(others.map(str::to_owned)).collect()
}

/// What a form of the browser's own has, and more than any action needs.
async fn fields(browser: &mut Browser<'_>) -> Vec<(&'static str, String)> {
    let token = browser.open("/authenticate/forgot").await.forms()[0].fields[0].1.clone();
    let account = "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f".to_owned();
    vec![
        ("csrf", token),
        ("email", "new@acme.com".to_owned()),
        ("role", "user".to_owned()),
        ("account", account),
        ("version", "1".to_owned()),
        ("code", "acme".to_owned()),
        ("id", "portal".to_owned()),
        ("name", "Acme".to_owned()),
        ("enabled", "off".to_owned()),
    ]
}

async fn post(browser: &mut Browser<'_>, path: &str, fields: &[(&'static str, String)]) -> Page {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn whoever_is_signed_out_signs_in_first_and_comes_back() {
    let site = Site::new();
    let account = somebody(&site, "john@acme.com").await;
    site.make(ADMIN, Role::Admin, Some(PASSWORD)).await;
    let mut browser = site.browser();
    for path in paths(account) {
        let page = look(&mut browser, &path).await;
        let next = format!("/authenticate/sign-in?next={}", path.replace('/', "%2F"));
        assert_eq!((page.status.as_u16(), page.location()), (303, Some(next)), "{path}");
    }
    let fields = fields(&mut browser).await;
    let rows = site.all_rows();
    for path in actions(account) {
        let answer = post(&mut browser, &path, &fields).await;
        let next = "/authenticate/sign-in?next=%2Fadmin&ended=1".to_owned();
        assert_eq!((answer.status.as_u16(), answer.location()), (303, Some(next)), "{path}");
    }
    assert_eq!(site.all_rows(), rows);
    let page = browser.open("/admin/outbox").await;
    let page = browser.press(&page, 0, &[("email", ADMIN), ("password", PASSWORD)]).await;
    page.is(200, "<h1 id=\"content\">Outbox</h1>");
}

#[tokio::test]
async fn there_is_no_console_for_others() {
    let site = Site::new();
    let account = somebody(&site, "john@acme.com").await;
    let mut browser = site.browser();
    browser.sign_in("john@acme.com", PASSWORD).await;
    let fields = fields(&mut browser).await;
    let rows = site.all_rows();
    for path in paths(account) {
        look(&mut browser, &path).await.is(404, "Page not found");
    }
    for path in actions(account) {
        post(&mut browser, &path, &fields).await.is(404, "Page not found");
    }
    assert_eq!(site.all_rows(), rows);
}

#[tokio::test]
async fn profiles_of_administrators_lead_to_the_console() {
    let site = Site::new();
    somebody(&site, "john@acme.com").await;
    for (email, leads) in [("john@acme.com", false), (ADMIN, true)] {
        if leads {
            site.make(email, Role::Admin, Some(PASSWORD)).await;
        }
        let mut browser = site.browser();
        browser.sign_in(email, PASSWORD).await;
        let page = browser.open("/authenticate/profile").await;
        assert_eq!(page.html.contains("<a href=\"/admin\">Open the console</a>"), leads, "{email}");
    }
}

#[tokio::test]
async fn administrators_of_an_organization_have_no_console() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await;
    let mut boss = signed_in(&site, Role::Admin).await;
    let lists = "/admin/organizations";
    act(&mut boss, lists, lists, &[("code", "acme"), ("name", "Acme")]).await.is(200, "Acme</h1>");
    let id = acting::stored_organization(&mut boss).await;
    let (page, member) =
        (format!("{lists}/{id}"), [("account", john.to_string()), ("role", "administrator".to_owned())]);
    let member = member.each_ref().map(|(name, value)| (*name, value.as_str()));
    act(&mut boss, &page, &format!("{page}/members"), &member).await.is(200, "Administrator of the organization");
    let mut browser = site.browser();
    browser.sign_in("john@acme.com", PASSWORD).await;
    for path in ["/admin", &page, &format!("/admin/accounts/{john}")] {
        look(&mut browser, path).await.is(404, "Page not found");
    }
}

#[tokio::test]
async fn administrators_of_both_roles_see_every_page_and_change_nothing_by_that() {
    for role in [Role::Admin, Role::SuperAdmin] {
        let site = Site::new();
        let account = somebody(&site, "john@acme.com").await;
        let mut browser = signed_in(&site, role).await;
        site.browser().register_with("jane@acme.com", PASSWORD).await;
        let rows = site.all_rows();
        for path in paths(account) {
            let page = look(&mut browser, &path).await;
            page.is(200, "<h1 id=\"content\">");
            assert!(page.header("content-security-policy").contains("default-src 'none'"));
            assert!(!page.html.contains("style=") && !page.html.contains("<script"), "{}", page.html);
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(browser.send(Method::HEAD, &path, None).await.status, 200);
        }
        assert_eq!(site.all_rows(), rows);
    }
}

#[tokio::test]
async fn forms_of_other_sites_and_without_a_token_do_nothing() {
    let site = Site::new();
    let account = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::SuperAdmin).await;
    let fields = fields(&mut browser).await;
    let rows = site.all_rows();
    let foreign = [
        vec![("sec-fetch-site", "cross-site".to_owned()), ("origin", "https://evil.example".to_owned())],
        vec![("sec-fetch-site", "same-site".to_owned())],
        vec![("origin", "https://evil.example".to_owned())],
    ];
    for headers in foreign {
        let mut elsewhere = Browser { headers, ..browser.clone() };
        for path in actions(account) {
            post(&mut elsewhere, &path, &fields).await.is(403, "");
        }
    }
    for path in actions(account) {
        post(&mut browser, &path, &fields[1..]).await.is(403, "");
    }
    assert_eq!(site.all_rows(), rows);
}

#[tokio::test]
async fn a_stale_password_is_entered_once_more() {
    let site = Site::new();
    let account = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::SuperAdmin).await;
    site.clock.advance(Duration::from_mins(6));
    let (page, action) = (format!("/admin/accounts/{account}"), format!("/admin/accounts/{account}/role"));
    let asked = act(&mut browser, &page, &action, &[("role", "admin")]).await;
    asked.is(403, "Confirm your password");
    assert_eq!(stored(&site, "john@acme.com").role, Role::User);
    let wrong = send(&mut browser, &asked, &action, &[("confirm_password", "wrong")]).await;
    wrong.is(422, "Incorrect password.");
    assert!(!wrong.html.contains("value=\"wrong\""));
    let empty = send(&mut browser, &wrong, &action, &[]).await;
    empty.is(422, "Enter your password.");
    assert_eq!(stored(&site, "john@acme.com").role, Role::User);
    let before = browser.cookie("__Host-session").map(str::to_owned);
    let done = send(&mut browser, &empty, &action, &[("confirm_password", PASSWORD)]).await;
    assert_eq!(done.location(), Some(format!("{page}?done=role-set")));
    assert_ne!(browser.cookie("__Host-session").map(str::to_owned), before, "the session has a new token");
    assert_eq!(stored(&site, "john@acme.com").role, Role::Admin);
}

#[tokio::test]
async fn administrators_cannot_change_roles_or_other_administrators() {
    let site = Site::new();
    site.make("other@acme.com", Role::Admin, Some(PASSWORD)).await;
    let other = stored(&site, "other@acme.com").id;
    let john = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::Admin).await;
    let page = browser.open(&format!("/admin/accounts/{other}")).await;
    assert_eq!(page.forms().len(), 0, "no actions are offered");
    let fields = fields(&mut browser).await;
    for path in [
        format!("/admin/accounts/{other}/disable"),
        format!("/admin/accounts/{other}/sessions"),
        format!("/admin/accounts/{john}/role"),
    ] {
        post(&mut browser, &path, &fields).await.is(403, "Your role does not allow this.");
    }
    assert!(stored(&site, "other@acme.com").disabled_at.is_none());
    let mine = stored(&site, ADMIN).id;
    post(&mut browser, &format!("/admin/accounts/{mine}/disable"), &fields)
        .await
        .is(403, "Your role does not allow this.");
}

#[tokio::test]
async fn someone_who_lost_the_role_is_shut_out() {
    let site = Site::new();
    let mut boss = signed_in(&site, Role::SuperAdmin).await;
    site.make("other@acme.com", Role::Admin, Some(PASSWORD)).await;
    let other = stored(&site, "other@acme.com").id;
    let mut browser = site.browser();
    browser.sign_in("other@acme.com", PASSWORD).await;
    look(&mut browser, "/admin").await.is(200, "Dashboard");
    let page = format!("/admin/accounts/{other}");
    act(&mut boss, &page, &format!("{page}/role"), &[("role", "user")]).await.is(200, "The role was changed.");
    assert_eq!(look(&mut browser, "/admin").await.status, 303, "the session has ended");
    browser.sign_in("other@acme.com", PASSWORD).await;
    look(&mut browser, "/admin").await.is(404, "");
}
