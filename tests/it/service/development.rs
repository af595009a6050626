//! The page from which developers start.

use account_tests::Service;
use account_tests::service::token_of;

const PAGE: &str = "/authenticate/development";

#[tokio::test]
async fn emails_are_listed_with_their_links_for_this_machine_alone() {
    let service = Service::start().await;
    let empty = service.request("GET", PAGE, &[], "").await;
    assert!(empty.status == 200 && empty.body.contains("There are none yet."), "{}", empty.body);
    service.register("john@acme.com").await;
    let token = token_of(&service.wait_for_mail_to("john@acme.com").await).unwrap();
    let page = service.request("GET", PAGE, &[], "").await;
    assert!(page.body.contains("Verify your email address, to john@acme.com"), "{}", page.body);
    assert!(page.body.contains(&format!("/l/{token}\">open the link</a>")), "{}", page.body);
    // A proxy on this machine passes on requests from anywhere.
    for passed_on in [("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"), ("Via", "1.1 proxy")] {
        let answer = service.request("GET", PAGE, &[passed_on], "").await;
        assert!(answer.status == 404 && !answer.body.contains(&token), "{passed_on:?}");
    }
}

#[tokio::test]
async fn a_service_for_others_has_no_such_page() {
    let service = Service::start_with(&[("HTTP__PUBLIC_URL", "https://accounts.example.com")]).await;
    assert_eq!(service.request("GET", PAGE, &[], "").await.status, 404);
}
