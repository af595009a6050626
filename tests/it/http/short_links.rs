//! Emailed links on a short domain.

use account_core::outbox::mail::MailContent;
use account_tests::TestApp;
use poem::http::Method;

const SHORT: &str = "https://mk.example";

async fn link(app: &TestApp) -> String {
    let mails = app.mails().await;
    let Some(MailContent::VerifyAddress { link, .. }) = mails.first().map(|mail| &mail.content) else {
        panic!("another mail")
    };
    link.expose().to_owned()
}

#[tokio::test]
async fn a_link_on_the_short_domain_leads_to_the_page_at_the_public_url() {
    let app = TestApp::with(|_, http| http.link_url = Some(SHORT.parse().unwrap()));
    app.register("john@acme.com").await;
    let link = link(&app).await;
    let path = link.strip_prefix(SHORT).unwrap();
    assert!(path.starts_with("/l/"), "{link}");
    for host in ["mk.example", "accounts.example.com"] {
        let answer = app.call(Method::GET, path, &[("host", host)], ()).await;
        let token = path.trim_start_matches("/l/");
        let page = format!("https://accounts.example.com/authenticate/verify?token={token}");
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, page.as_str()), "{host}");
    }
}

#[tokio::test]
async fn the_short_domain_serves_nothing_else() {
    let app = TestApp::with(|_, http| http.link_url = Some(SHORT.parse().unwrap()));
    let at = async |host: &str, method: Method, path: &str| app.call(method, path, &[("host", host)], ()).await;
    for path in ["/", "/authenticate/register", "/openapi.json"] {
        let answer = at("mk.example", Method::GET, path).await;
        let start = "https://accounts.example.com/";
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, start), "{path}");
    }
    let answer = at("mk.example", Method::POST, "/authenticate/sign-in").await;
    assert_eq!(answer.code(), (404, "not_found".to_owned()));
    assert_eq!(at("mk.example", Method::GET, "/health/liveness").await.status, 204);
    assert_eq!(at("accounts.example.com", Method::GET, "/account/v1/password-policy").await.status, 200);
}
