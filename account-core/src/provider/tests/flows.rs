//! Flows: each works once, in its browser, with its provider.

use super::*;
use crate::organization::{ClientId, RegisteredClient};
use crate::testing::SeededEntropy;
use crate::violation::{Field, Rule, Violation};

#[tokio::test]
async fn a_state_of_one_browser_is_refused_in_another() {
    let scene = Scene::new();
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    let other = scene.begin_to_enter("google").await;
    for browser in [None, Some(other.browser), Some(SecretToken::generate(&SeededEntropy::new(5)))] {
        let request = FinishProviderRequest { browser, ..scene.back("google", &begun, back.clone()) };
        assert_eq!(why(scene.finish(request).await), "UnknownFlow");
    }
    assert!(scene.world.store.registrations().is_empty());
    // Nobody else can end the flow.
    scene.finish(scene.back("google", &begun, back)).await.unwrap();
}

#[tokio::test]
async fn an_answer_cannot_be_used_twice() {
    let scene = Scene::new();
    scene.account("google", owner(EMAIL)).await;
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    scene.finish(scene.back("google", &begun, back.clone())).await.unwrap();
    let sessions = scene.world.store.sessions().len();
    assert_eq!(why(scene.finish(scene.back("google", &begun, back)).await), "UnknownFlow");
    assert_eq!(scene.world.store.sessions().len(), sessions);
}

#[tokio::test]
async fn of_many_parallel_answers_one_is_used() {
    let scene = Arc::new(Scene::new());
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    let finishing = (0..50).map(|_| {
        let (scene, begun, back) = (Arc::clone(&scene), begun.clone(), back.clone());
        tokio::spawn(async move { scene.finish(scene.back("google", &begun, back)).await.is_ok() })
    });
    let mut finished = 0;
    for task in finishing.collect::<Vec<_>>() {
        finished += usize::from(task.await.unwrap());
    }
    assert_eq!((finished, scene.world.store.registrations().len()), (1, 1));
}

#[tokio::test]
async fn an_answer_of_another_provider_ends_the_flow() {
    let scene = Scene::new();
    let begun = scene.begin_to_enter("google").await;
    let other = scene.begin_to_enter("acme-sso").await;
    let own = scene.let_in("google", &begun, owner(EMAIL));
    let foreign = scene.let_in("acme-sso", &other, owner(EMAIL));
    let mixed = FakeReturn { state: own.state.clone(), ..foreign };
    assert_eq!(why(scene.finish(scene.back("acme-sso", &begun, mixed)).await), "UnknownFlow");
    assert_eq!(why(scene.finish(scene.back("google", &begun, own)).await), "UnknownFlow");
    assert!(scene.world.store.registrations().is_empty());
}

#[tokio::test]
async fn a_foreign_code_or_issuer_is_refused() {
    let scene = Scene::new();
    let (begun, other) = (scene.begin_to_enter("google").await, scene.begin_to_enter("google").await);
    let (own, foreign) =
        (scene.let_in("google", &begun, owner(EMAIL)), scene.let_in("google", &other, stranger(EMAIL, Some(true))));
    // Login CSRF: the stranger's code with the victim's state needs the victim's verifier.
    let swapped = FakeReturn { code: foreign.code, ..own };
    let refused = scene.finish(scene.back("google", &begun, swapped)).await;
    assert_eq!(why(refused), r#"Provider(Refused { why: "invalid_grant" })"#);
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    let request = scene.back("google", &begun, back.clone());
    let issuer = Some("https://evil.example".to_owned());
    let answer = ProviderAnswer::Code { code: back.code, issuer, user: None };
    let refused = scene.finish(FinishProviderRequest { answer, ..request }).await;
    assert_eq!(why(refused), r#"Provider(Invalid { why: "the issuer of the answer is another one" })"#);
    assert!(scene.world.store.registrations().is_empty());
}

#[tokio::test]
async fn a_flow_ends_after_ten_minutes_and_is_removed() {
    let scene = Scene::new();
    for (waited, outcome) in
        [(FLOW_LASTS.saturating_sub(std::time::Duration::from_micros(1)), "it succeeded"), (FLOW_LASTS, "UnknownFlow")]
    {
        let begun = scene.begin_to_enter("google").await;
        let back = scene.let_in("google", &begun, owner(EMAIL));
        scene.world.clock.advance(waited);
        assert_eq!(why(scene.finish(scene.back("google", &begun, back)).await), outcome, "{waited:?}");
    }
    scene.begin_to_enter("google").await;
    scene.world.clock.advance(FLOW_LASTS * 2);
    let tidied = scene.world.service.housekeeping().tidy().await.unwrap();
    assert_eq!((tidied.count("provider_flows"), scene.world.store.provider_flows().len()), (1, 0));
}

#[tokio::test]
async fn who_is_not_let_in_leaves_nothing() {
    let scene = Scene::new();
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    let answer = ProviderAnswer::Error("access_denied".to_owned());
    let denied = FinishProviderRequest { answer, ..scene.back("google", &begun, back) };
    assert_eq!(why(scene.finish(denied).await), "Denied");
    let rows = scene.world.store.row_counts();
    assert_eq!((rows["registrations"], rows["provider_flows"]), (0, 0));
}

#[tokio::test]
async fn a_provider_that_fails_stores_nothing_and_harms_no_other() {
    let scene = Scene::new();
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    scene.providers["google"].fail_with(Some("a deadline"));
    let failed = scene.finish(scene.back("google", &begun, back)).await;
    assert_eq!(why(failed), r#"Provider(Unavailable { why: "a deadline", source: None })"#);
    let purpose = FlowPurpose::SignIn;
    assert!(matches!(scene.begin("google", purpose, None).await, Err(BeginProviderError::Provider(_))));
    let rows = scene.world.store.row_counts();
    assert_eq!((rows["registrations"], rows["provider_flows"]), (0, 0));
    scene.registered("github", owner(EMAIL)).await;
}

#[tokio::test]
async fn a_provider_that_was_switched_off_meanwhile_is_refused() {
    let scene = Scene::new();
    let begun = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &begun, owner(EMAIL));
    // Another instance that shares the store and no longer offers the provider.
    let mut settings = (*scene.world.service.settings).clone();
    settings.providers.remove(&named("google"));
    let ports = (*scene.world.service.ports).clone();
    let other = crate::service::AccountService::new(ports, settings);
    assert_eq!(why(other.finish_with_provider(scene.back("google", &begun, back)).await), "UnknownProvider");
    let rows = scene.world.store.row_counts();
    assert_eq!((rows["registrations"], rows["provider_flows"], rows["identities"]), (0, 0, 0));
    assert_eq!(other.offered_providers().len(), PROVIDERS.len() - 1);
}

#[tokio::test]
async fn starts_are_limited_by_network() {
    let scene = Scene::with(|_, settings| settings.limits.provider_starts = "2/h".parse().unwrap());
    let begin = |address: &'static str| {
        let scene = &scene;
        async move {
            let context = crate::account::tests::from(address);
            let (provider, purpose) = (named("google"), FlowPurpose::SignIn);
            let request = BeginProviderRequest { provider, purpose, browser: None, app: None, language: None, context };
            scene.world.service.begin_with_provider(request).await.is_ok()
        }
    };
    assert!(begin("192.0.2.1").await && begin("192.0.2.1").await);
    assert!(!begin("192.0.2.1").await);
    assert!(begin("198.51.100.1").await);
    assert_eq!(scene.world.store.provider_flows().len(), 3);
}

#[tokio::test]
async fn an_app_begins_and_finishes_with_a_secret_of_its_own() {
    let scene = Scene::new();
    let now = scene.world.service.now();
    let client = RegisteredClient {
        id: ClientId::parse("desktop").unwrap(),
        organization: None,
        name: "Desktop".to_owned(),
        callback_origins: Vec::new(),
        redirect_uris: vec!["http://127.0.0.1/callback".to_owned()],
        networks: Vec::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let _ = scene.world.commit(async |unit| unit.insert_client(&client).await.unwrap()).await;
    let by_app = |redirect_uri: &str, client_id: &str| {
        let app = AppReturn { client_id: client_id.to_owned(), redirect_uri: redirect_uri.to_owned() };
        let (provider, purpose) = (named("google"), FlowPurpose::SignIn);
        let (app, context) = (Some(app), by());
        let request = BeginProviderRequest { provider, purpose, browser: None, app, language: None, context };
        scene.world.service.begin_with_provider(request)
    };
    let redirect_uri = "http://127.0.0.1:51004/callback";
    for (uri, id) in [("https://evil.example/callback", "desktop"), (redirect_uri, "another"), (redirect_uri, "")] {
        assert_eq!(why(by_app(uri, id).await), "UnknownApp");
    }
    let begun = by_app(redirect_uri, "desktop").await.unwrap();
    let back = scene.let_in("google", &begun, owner(EMAIL));
    let found = scene.world.service.find_app_of_flow(&back.state, &named("google"), &by()).await.unwrap();
    assert_eq!(found.as_deref(), Some(redirect_uri));
    // A provider that sends its people on to another one does not get that one's codes by way of the app.
    let found = scene.world.service.find_app_of_flow(&back.state, &named("github"), &by()).await.unwrap();
    assert_eq!(found, None);
    let request = scene.back("google", &begun, back.clone());
    let intercepted = FinishProviderRequest { browser: None, ..scene.back("google", &begun, back) };
    assert_eq!(why(scene.finish(intercepted).await), "UnknownFlow");
    assert!(matches!(scene.finish(request).await, Ok(FinishedFlow::Registered { .. })));
    let own = scene.begin_to_enter("google").await;
    let back = scene.let_in("google", &own, owner(EMAIL));
    for state in [back.state.as_str(), "", "unknown"] {
        assert_eq!(scene.world.service.find_app_of_flow(state, &named("google"), &by()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn no_secret_of_a_flow_is_stored() {
    let scene = Scene::new();
    let begun = scene.begin_to_enter("google").await;
    let parameters: BTreeMap<String, String> = begun.url.query_pairs().into_owned().collect();
    let stored = format!("{:?}", scene.world.store.provider_flows());
    let [flow] = <[ProviderFlow; 1]>::try_from(scene.world.store.provider_flows()).unwrap();
    let bytes = [flow.state, flow.browser].map(|digest| serde_json::to_string(&digest).unwrap()).concat();
    for secret in ["state", "nonce", "code_challenge"].map(|name| parameters[name].as_str()) {
        assert!(!stored.contains(secret) && !bytes.contains(secret));
    }
    assert!(!bytes.contains(&**begun.browser.expose()));
    assert!(!format!("{begun:?}").contains(&**begun.browser.expose()));
}

#[tokio::test]
async fn a_name_that_is_too_long_is_told_before_anybody_goes_to_the_provider() {
    let scene = Scene::new();
    let draft = RegistrationDraft { name: "x".repeat(30_000).into(), ..RegistrationDraft::default() };
    let purpose = FlowPurpose::Register { draft: Box::new(draft), rules: &scene.rules };
    let refused = scene.begin("google", purpose, None).await;
    let Err(BeginProviderError::Invalid(violations)) = refused else { panic!("{refused:?}") };
    let is_too_long = |found: Violation| found.field == Field::Name && matches!(found.rule, Rule::TooLong { .. });
    assert!(violations.iter().any(is_too_long), "{violations:?}");
    assert_eq!(scene.world.store.row_counts()["provider_flows"], 0);
}
