//! What administrators do.

use account_core::audit::AuditEvent;
use account_core::outbox::OutboxState;
use account_core::ports::DeliveryError;

use super::*;

/// The events of the audit trail of that kind, with their details.
fn details(site: &Site, event: AuditEvent) -> Vec<Option<String>> {
    let entries = site.store.audit().into_iter().filter(|entry| entry.event == event);
    entries.map(|entry| entry.detail).collect()
}

#[tokio::test]
async fn an_account_is_disabled_and_enabled_with_a_reason() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await;
    let mut browser = signed_in(&site, Role::Admin).await;
    let page = format!("/admin/accounts/{john}");
    let long = "x".repeat(501);
    let refused = act(&mut browser, &page, &format!("{page}/disable"), &[("reason", &long)]).await;
    refused.is(422, "Nothing was changed:");
    refused.is(422, &format!("value=\"{long}\""));
    act(&mut browser, &page, &format!("{page}/disable"), &[("reason", " Sends spam ")])
        .await
        .is(200, "The account was disabled.");
    assert!(stored(&site, "john@acme.com").disabled_at.is_some());
    act(&mut browser, &page, &format!("{page}/enable"), &[]).await.is(200, "The account was enabled.");
    assert!(stored(&site, "john@acme.com").disabled_at.is_none());
    assert_eq!(details(&site, AuditEvent::AccountDisabled), [Some("Sends spam".to_owned())]);
    assert_eq!(details(&site, AuditEvent::AccountEnabled), [None]);
    browser.open(&page).await.is(200, "<bdi>Sends spam</bdi>");
}

#[tokio::test]
async fn sessions_are_ended_and_an_account_is_deleted() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await;
    let mut theirs = site.browser();
    theirs.sign_in("john@acme.com", PASSWORD).await;
    let mut browser = signed_in(&site, Role::Admin).await;
    let page = format!("/admin/accounts/{john}");
    let sessions = browser.open(&page).await;
    sessions.is(200, "<code dir=\"ltr\">page</code>");
    assert!(!sessions.html.contains("Nobody is signed in."));
    act(&mut browser, &page, &format!("{page}/sessions"), &[]).await.is(200, "The sessions of the account were ended.");
    assert!(site.store.sessions().iter().all(|session| session.account != john));
    browser.open(&page).await.is(200, "Nobody is signed in.");
    act(&mut browser, &page, &format!("{page}/delete"), &[]).await.is(200, "Deleted.");
    assert!(site.store.accounts().iter().all(|account| account.id != john));
    look(&mut browser, &page).await.is(404, "");
}

#[tokio::test]
async fn a_verification_email_is_sent_again() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    site.browser().register_with("jane@acme.com", PASSWORD).await;
    assert_eq!(site.mails().await.len(), 1);
    let action = "/admin/registrations/mail";
    browser.open("/admin/registrations?email=joe%40acme.com").await.is(200, "No registrations.");
    act(&mut browser, "/admin/registrations?state=pending&email=+Jane%40ACME.com", action, &[])
        .await
        .is(200, "Another email is on its way");
    assert_eq!(site.mails().await.len(), 1);
}

#[tokio::test]
async fn people_are_invited_again_and_no_more() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    let invite = [("email", " jane@acme.com "), ("role", "user"), ("organization_role", "member")];
    act(&mut browser, "/admin/invitations", "/admin/invitations", &invite)
        .await
        .is(200, "The invitation is on its way.");
    assert!(site.link().await.is_some());
    let again = act(&mut browser, "/admin/invitations", "/admin/invitations", &invite).await;
    again.is(409, "The address is already invited.");
    again.is(409, "value=\" jane@acme.com \"");
    act(&mut browser, "/admin/invitations", "/admin/invitations", &[("email", "x"), ("role", "user")])
        .await
        .is(422, "Enter a valid email address");
    let admin = [("email", "joe@acme.com"), ("role", "admin")];
    act(&mut browser, "/admin/invitations", "/admin/invitations", &admin)
        .await
        .is(403, "Your role does not allow this.");

    let page = browser.open("/admin/invitations").await;
    let action =
        |page: &Page, end: &str| page.forms().into_iter().find(|form| form.action.ends_with(end)).unwrap().action;
    let (resend, revoke) = (action(&page, "/mail"), action(&page, "/revoke"));
    act(&mut browser, "/admin/invitations", &resend, &[]).await.is(200, "The invitation is on its way.");
    assert!(site.link().await.is_some());
    act(&mut browser, "/admin/invitations", &revoke, &[]).await.is(200, "The invitation was revoked.");
    send(&mut browser, &page, &revoke, &[]).await.is(410, "The invitation has already ended.");
}

#[tokio::test]
async fn dead_letters_show_their_reason_and_are_put_back_or_dropped() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    for email in ["jane@acme.com", "joe@acme.com"] {
        site.browser().register_with(email, PASSWORD).await;
        site.fail_next_mail(DeliveryError::Permanent("550 no such <mailbox>".into()));
        assert_eq!(site.mails().await.len(), 0);
    }
    browser.open("/admin").await.is(200, "href=\"/admin/outbox?state=dead\"");
    let path = "/admin/outbox?state=dead";
    let page = browser.open(path).await;
    page.is(200, "550 no such &lt;mailbox&gt;");
    let actions: Vec<_> = page.forms().into_iter().map(|form| form.action).collect();
    let ending = |end: &str| actions.iter().filter(|action| action.ends_with(end)).cloned().collect::<Vec<_>>();
    let (redrive, discard) = (ending("/redrive"), ending("/drop"));
    assert_eq!((redrive.len(), discard.len()), (2, 2));
    act(&mut browser, path, &redrive[0], &[]).await.is(200, "The entry was put back.");
    assert_eq!(site.mails().await.len(), 1);
    act(&mut browser, path, &discard[1], &[]).await.is(200, "The entry was dropped.");
    let states: Vec<_> = site.store.outbox().into_iter().map(|entry| entry.state).collect();
    assert!(!states.contains(&OutboxState::Dead) && states.contains(&OutboxState::Dropped), "{states:?}");
    send(&mut browser, &page, &discard[1], &[]).await.is(409, "The state of the entry does not allow this.");
}

#[tokio::test]
async fn feature_flags_are_set_unless_somebody_else_was_faster() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    let old = browser.open("/admin/features").await;
    let action = "/admin/features/account-registration";
    let close = [("mode", "closed"), ("reason", "Until May"), ("refuses_pending", "off")];
    act(&mut browser, "/admin/features", action, &close).await.is(200, "Your changes were saved.");
    let page = site.browser().open("/authenticate/register").await;
    assert!(page.html.contains("Until May"), "{}", page.html);
    let invited = [("mode", "invitation_only"), ("reason", "Ask us"), ("refuses_pending", "off")];
    let late = send(&mut browser, &old, action, &invited).await;
    late.is(412, "Somebody else changed it in the meantime.");
    late.is(412, ">Now: Nobody</p>");
    late.is(412, ">Now: Until May</p>");
    late.is(412, "value=\"Ask us\"");
    assert_eq!(late.html.matches(">Now").count(), 2, "the others are the same");
    let again = send(&mut browser, &late, action, &invited).await;
    assert_eq!(again.location(), Some("/admin/features?done=saved".to_owned()));
    let wrong = [("mode", "restricted"), ("domains", "acme.com\r\n\r\nnot a domain")];
    let refused = act(&mut browser, "/admin/features", action, &wrong).await;
    refused.is(422, "not a domain</textarea>");
    refused.is(422, "One of the domains or IDs, or the reason, is not valid.");
    let unknown = [("mode", "restricted"), ("organizations", "0192f3a4-7c1e-7d3a-9b1f-2f6f0c1d2e3f")];
    act(&mut browser, "/admin/features", action, &unknown)
        .await
        .is(422, "There is no organization with one of the IDs.");
    let right = [("mode", "restricted"), ("domains", "acme.com\r\n\r\nexample.org\r\n")];
    let saved = act(&mut browser, "/admin/features", action, &right).await;
    saved.is(200, "acme.com\nexample.org</textarea>");
    let off = [("enabled", "off")];
    act(&mut browser, "/admin/features", "/admin/features/newsletter", &off).await.is(200, "saved");
    assert!(details(&site, AuditEvent::FeatureChanged).contains(&Some("newsletter off".to_owned())));
}

#[tokio::test]
async fn organizations_have_members() {
    let site = Site::new();
    let john = somebody(&site, "john@acme.com").await.to_string();
    let mut browser = signed_in(&site, Role::Admin).await;
    let lists = "/admin/organizations";
    let made = act(&mut browser, lists, lists, &[("code", "acme"), ("name", "Acme & Co")]).await;
    made.is(200, "<h1 id=\"content\">Acme &amp; Co</h1>");
    act(&mut browser, lists, lists, &[("code", "acme"), ("name", "Other")])
        .await
        .is(409, "Another organization has this code.");
    act(&mut browser, lists, lists, &[("code", ""), ("name", "")]).await.is(422, "Nothing was changed:");
    let id = stored_organization(&mut browser).await;
    let page = format!("{lists}/{id}");
    act(&mut browser, &page, &page, &[("name", "Acme Ltd")]).await.is(200, "Acme Ltd</h1>");
    let member = [("account", john.as_str()), ("role", "member")];
    let shown = act(&mut browser, &page, &format!("{page}/members"), &member).await;
    shown.is(200, "The membership was saved.");
    shown.is(200, "john@acme.com");
    for nobody in ["john@acme.com", id.as_str()] {
        let refused = [("account", nobody), ("role", "member")];
        let refused = act(&mut browser, &page, &format!("{page}/members"), &refused).await;
        refused.is(422, "Enter the ID of an account.");
        refused.is(422, &format!("value=\"{nobody}\""));
    }
    browser.open(&page).await.is(200, &format!("href=\"/admin/invitations?organization={id}\""));
    browser
        .open(&format!("/admin/invitations?organization={id}"))
        .await
        .is(200, &format!("name=\"organization\" type=\"text\" value=\"{id}\""));
    act(&mut browser, &page, &format!("{page}/delete"), &[]).await.is(409, "still has members");
    act(&mut browser, &page, &format!("{page}/remove-member"), &[]).await.is(200, "no longer a member");
    assert_eq!(stored(&site, "john@acme.com").organization, None);
    act(&mut browser, &page, &format!("{page}/delete"), &[]).await.is(200, "Deleted.");
}

/// The id of the one organization that is listed.
pub(super) async fn stored_organization(browser: &mut Browser<'_>) -> String {
    let page = browser.open("/admin/organizations").await;
    let link =
        page.addresses().into_iter().find_map(|link| link.strip_prefix("/admin/organizations/").map(str::to_owned));
    link.unwrap_or_else(|| panic!("no organization in {}", page.html))
}

#[tokio::test]
async fn clients_are_registered_changed_and_deleted() {
    let site = Site::new();
    let mut browser = signed_in(&site, Role::Admin).await;
    let (list, page) = ("/admin/clients", "/admin/clients/portal");
    let wrong = [("id", "portal"), ("name", "Portal"), ("networks", "everything")];
    act(&mut browser, list, list, &wrong).await.is(422, "everything</textarea>");
    let client = [("id", "portal"), ("name", "Portal"), ("networks", "203.0.113.0/24\r\n")];
    act(&mut browser, list, list, &client).await.is(200, "<h1 id=\"content\">Portal</h1>");
    act(&mut browser, list, list, &client).await.is(409, "Another client has this ID.");
    act(&mut browser, page, page, &[("name", "New portal"), ("networks", "")]).await.is(200, "New portal</h1>");
    act(&mut browser, page, &format!("{page}/delete"), &[]).await.is(200, "No clients.");
    look(&mut browser, page).await.is(404, "");
}
