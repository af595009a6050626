//! An operator's logo, color, links, stylesheet and templates.

use super::browser::{PUBLIC_URL, Site};
use crate::open_page_templates;
use crate::settings::{Image, Looks, Stylesheet};

const REGISTER: &str = "/authenticate/register";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

fn image(text: &str) -> Image {
    Image::parse(text.as_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_without_branding_has_the_operators_name_and_no_links() {
    let site = Site::new();
    let page = site.browser().open(REGISTER).await;
    page.is(200, "<header class=\"top\">\n<p>Accounts</p>\n</header>");
    for absent in ["<img", "own.css", "<a href=\"https://"] {
        assert!(!page.html.contains(absent), "{absent}");
    }
    for absent in ["logo", "logo-dark", "own.css"] {
        assert_eq!(site.browser().open(&format!("/authenticate/{absent}")).await.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn images_are_served_so_that_no_script_in_them_runs() {
    let site = Site::with(PUBLIC_URL, |_, http| {
        http.looks = Looks {
            logo: Some(image(SVG)),
            dark_logo: Some(image("RIFF....WEBP")),
            favicon: Some(image(SVG)),
            ..Looks::default()
        };
    });
    let mut browser = site.browser();
    let page = browser.open(REGISTER).await;
    page.is(200, "<source srcset=\"/authenticate/logo-dark\" media=\"(prefers-color-scheme: dark)\">");
    page.is(200, "<img src=\"/authenticate/logo\" alt=\"Accounts\">");
    for (path, media_type) in [
        ("/authenticate/logo", "image/svg+xml"),
        ("/authenticate/logo-dark", "image/webp"),
        ("/favicon.ico", "image/svg+xml"),
    ] {
        let image = browser.open(path).await;
        assert_eq!((image.status.as_u16(), image.header("content-type")), (200, media_type));
        let policy = image.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
        assert!(!policy.contains("script"), "{policy}");
        assert_eq!(image.header("x-content-type-options"), "nosniff");
        assert!(image.set_cookies().is_empty());
    }
}

#[tokio::test]
async fn color_stylesheet_and_links_are_the_operators() {
    let site = Site::with(PUBLIC_URL, |_, http| {
        http.looks = Looks {
            accent: Some("#ffcc00".parse().unwrap()),
            stylesheet: Some(Stylesheet::parse(b"main { border: 0; }".to_vec()).unwrap()),
            terms_url: Some("https://example.com/terms?a=1&b=2".to_owned()),
            privacy_url: Some("https://example.com/privacy".to_owned()),
            support_url: Some("https://example.com/help".to_owned()),
            ..Looks::default()
        };
    });
    let mut browser = site.browser();
    let style = browser.open("/authenticate/style.css").await;
    style.is(200, ":root { --accent: #ffcc00; --on-accent: #000000;");
    let own = browser.open("/authenticate/own.css").await;
    assert_eq!((own.html.as_str(), own.header("content-type")), ("main { border: 0; }", "text/css; charset=utf-8"));
    let page = browser.open(REGISTER).await;
    page.is(200, "/authenticate/style.css\">\n<link rel=\"stylesheet\" href=\"/authenticate/own.css\">");
    page.is(200, "<a href=\"https://example.com/terms?a=1&amp;b=2\">Terms of service</a>");
    page.is(200, "<a href=\"https://example.com/privacy\">Privacy policy</a>");
    page.is(200, "<a href=\"https://example.com/help\">Support</a>");
}

#[tokio::test]
async fn an_operators_template_replaces_the_built_in_one() {
    let directory = tempfile::tempdir().unwrap();
    let text = "{% extends \"layout.html\" %}{% block title %}x{% endblock %}{% block content %}\
                <h1>Hello</h1>{{ t(\"forgot-sent-text\") }}{% endblock %}";
    std::fs::write(directory.path().join("forgot_sent.html"), text).unwrap();
    let templates = open_page_templates(directory.path()).unwrap();
    assert_eq!(templates.overridden(), 1);
    let site = Site::with(PUBLIC_URL, |_, http| http.page_templates = templates);
    let mut browser = site.browser();
    let page = browser.open("/authenticate/forgot").await;
    let sent = browser.press(&page, 0, &[("email", "john@acme.com")]).await;
    sent.is(200, "<h1>Hello</h1>If the address has an account, we emailed it a link to reset the password.");
}
