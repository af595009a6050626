//! What is inferred about people who register.

use super::*;
use crate::account::details::ProfileEdits;
use crate::input::Edit;
use crate::organization::{ClientId, RegisteredClient};
use crate::ports::Location;
use crate::profile::Source;
use crate::testing::FixedLocations;

/// Values with their sources.
type Inferred = [Option<(String, Source)>; 3];

/// An address in Berlin.
const BERLIN: &str = "8.8.8.8";
/// An address somewhere in Austria.
const AUSTRIA: &str = "2001:4860:4860::8888";

fn world() -> World {
    let locations = [(BERLIN, "DE", Some("Europe/Berlin")), (AUSTRIA, "AT", None)];
    let locations = locations.into_iter().map(|(address, country, zone)| {
        let location = Location { country: Some(country.to_owned()), time_zone: zone.map(str::to_owned) };
        (address.parse().unwrap(), location)
    });
    World::with(|ports, settings| {
        ports.geo_locator = Arc::new(FixedLocations(locations.collect()));
        settings.challenge.mode = ChallengeMode::Off;
    })
}

/// A draft of a person whose browser says something of itself.
fn hinting() -> RegistrationDraft {
    RegistrationDraft {
        browser_language: Some("de-AT, en;q=0.5".to_owned()),
        browser_time_zone: Some("Europe/Vienna".to_owned()),
        ..draft(EMAIL, PASSWORD)
    }
}

/// Registers; returns country, language and time zone of the registration, each with its source.
async fn inferred(world: &World, channel: &'static str, draft: RegistrationDraft, client: Client) -> Inferred {
    let accepted = world.register_by(&RegistrationRules::native(channel), draft, client).await.unwrap();
    let mut stored = world.store.registrations().into_iter();
    let profile = stored.find(|stored| stored.id == accepted.registration).unwrap().choices.profile;
    let mut sources = profile.all_sources();
    let mut with_source = |name: &str, value: Option<String>| Some((value?, sources.remove(name).unwrap()));
    let values = [
        with_source("country", profile.country),
        with_source("language", profile.language),
        with_source("time_zone", profile.time_zone),
    ];
    assert!(sources.is_empty(), "a source without a value: {sources:?}");
    values
}

fn of(value: &str, source: Source) -> (String, Source) {
    (value.to_owned(), source)
}

#[tokio::test]
async fn every_channel_stores_what_is_inferred_with_its_source() {
    let world = world();
    let language = Some(of("de-AT", Source::AcceptLanguage));
    for channel in ["native", "page", "mikrocloud"] {
        assert_eq!(
            inferred(&world, channel, hinting(), client(BERLIN)).await,
            [Some(of("DE", Source::ClientAddress)), language.clone(), Some(of("Europe/Berlin", Source::ClientAddress))],
            "{channel}"
        );
        assert_eq!(
            inferred(&world, channel, hinting(), client(AUSTRIA)).await,
            [Some(of("AT", Source::ClientAddress)), language.clone(), Some(of("Europe/Vienna", Source::Browser))],
            "{channel}"
        );
    }
}

#[tokio::test]
async fn what_a_person_gives_is_never_replaced() {
    let draft = RegistrationDraft {
        country: "FR".into(),
        language: "fr".into(),
        time_zone: "Europe/Paris".into(),
        ..hinting()
    };
    let given = |value| Some(of(value, Source::Given));
    let all = inferred(&world(), "native", draft, client(BERLIN)).await;
    assert_eq!(all, [given("FR"), given("fr"), given("Europe/Paris")]);
}

#[tokio::test]
async fn emails_are_in_the_given_language_else_in_that_of_the_page_else_in_the_inferred_one() {
    let world = world();
    for (given, browser, shown_in, email) in [
        ("fr", "de", "es", Some("fr")),
        ("", "it, de;q=0.5", "de", Some("de")),
        ("", "it", "", Some("it")),
        ("", "", "es", Some("es")),
        ("", "", "not a language", None),
    ] {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let draft = RegistrationDraft {
            language: text(given).into(),
            browser_language: text(browser),
            shown_in: text(shown_in),
            ..draft(EMAIL, PASSWORD)
        };
        let accepted = world.register_by(&RegistrationRules::native("page"), draft, client(BERLIN)).await.unwrap();
        let stored = world.store.registrations().into_iter().find(|stored| stored.id == accepted.registration);
        let profile = stored.unwrap().choices.profile;
        assert_eq!(profile.email_language().as_deref(), email, "{given} {browser} {shown_in}");
        // What the page was shown in is no choice.
        let inferred = browser.split(',').next().filter(|tag| !tag.is_empty());
        assert_eq!(profile.language.as_deref(), text(given).as_deref().or(inferred), "{given} {browser} {shown_in}");
        assert_eq!(world.mail().await.language.as_deref(), email);
    }
}

#[tokio::test]
async fn what_cannot_be_understood_is_not_guessed() {
    let world = world();
    let wrong = RegistrationDraft { language: "?".into(), ..hinting() };
    assert!(matches!(world.try_register(wrong, client(BERLIN)).await, Err(RegisterError::Invalid(_))));
    let unknown = RegistrationDraft {
        browser_language: Some("*;q=x, \u{0}".to_owned()),
        browser_time_zone: Some("not a zone".repeat(1_000)),
        ..draft(EMAIL, PASSWORD)
    };
    assert_eq!(inferred(&world, "native", unknown, Client::default()).await, [None, None, None]);
}

#[tokio::test]
async fn an_address_that_is_not_the_persons_says_nothing() {
    let world = world();
    let browser = [None, Some(of("de-AT", Source::AcceptLanguage)), Some(of("Europe/Vienna", Source::Browser))];
    let proxy = Client { is_proxy: true, ..client(BERLIN) };
    for client in [client("10.0.0.1"), client("127.0.0.1"), client("192.0.2.7"), proxy, Client::default()] {
        assert_eq!(inferred(&world, "native", hinting(), client).await, browser, "{client:?}");
    }
    // The caller says that the person has another address, whether or not that is true.
    let claiming = RegistrationDraft { claimed_address: "192.0.2.7".into(), ..hinting() };
    assert_eq!(inferred(&world, "rpost", claiming, client(BERLIN)).await, browser);
}

#[tokio::test]
async fn nothing_is_inferred_where_a_back_end_registers_people() {
    const NOTHING: Inferred = [None, None, None];
    let world = world();
    let exempt = Client { is_exempt: true, ..client(BERLIN) };
    assert_eq!(inferred(&world, "native", hinting(), exempt).await, NOTHING);

    let now = world.service.now();
    let portal = RegisteredClient {
        id: ClientId::parse("portal").unwrap(),
        organization: None,
        name: "Portal".to_owned(),
        callback_origins: Vec::new(),
        redirect_uris: Vec::new(),
        networks: vec!["8.8.8.0/24".parse().unwrap()],
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let inserted = world.commit(async |unit| unit.insert_client(&portal).await.unwrap()).await;
    assert_eq!(inserted, Insert::Done);
    world.clock.advance(SECOND);
    assert_eq!(inferred(&world, "native", hinting(), client(BERLIN)).await, NOTHING, "it calls from its network");
    let named = RegistrationDraft { client_id: "portal".into(), ..hinting() };
    assert_eq!(inferred(&world, "rpost", named, client(AUSTRIA)).await, NOTHING, "it names itself");
    assert_ne!(inferred(&world, "rpost", hinting(), client(AUSTRIA)).await, NOTHING);
}

#[tokio::test]
async fn inferred_values_become_the_accounts_and_can_be_changed() {
    let world = world();
    let accepted = world.try_register(hinting(), client(BERLIN)).await.unwrap();
    let token = token_in(&world.mail().await);
    let completed = world.redeem(&token, continuation(&accepted)).await.unwrap();
    assert_eq!(completed.account.profile.sources.get("country"), Some(&Source::ClientAddress));

    let session = completed.session.unwrap().token;
    let caller = world.service.check_session(&session).await.unwrap().unwrap().verified().unwrap();
    let edits = ProfileEdits { country: "DE".into(), time_zone: Edit::Clear, ..ProfileEdits::default() };
    let profile = world.service.change_details(&caller, edits, None, &CallContext::default()).await.unwrap().profile;
    let sources = profile.all_sources();
    assert_eq!(sources.get("country"), Some(&Source::Given), "confirming a value makes it the person's");
    assert_eq!(sources.get("language"), Some(&Source::AcceptLanguage));
    assert_eq!((sources.get("time_zone"), profile.time_zone), (None, None), "what was removed is not inferred again");
}

#[tokio::test]
async fn whoever_takes_the_address_alone_gets_none_of_the_strangers_values() {
    let world = world();
    world.try_register(hinting(), client(BERLIN)).await.unwrap();
    let token = token_in(&world.mail().await);
    let account = world.redeem(&token, new_password(NEW_PASSWORD)).await.unwrap().account;
    assert_eq!(account.profile, Profile::default());
}
