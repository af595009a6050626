//! Addresses that look misspelled, and domains that take no email.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use async_trait::async_trait;

use super::*;
use crate::input::Input;
use crate::ports::{MailDomain, MailDomainCheck};
use crate::registration::correct::CorrectRequest;
use crate::registration::draft::Spelling;

fn asking(email: &str, confirmed: Input) -> RegistrationDraft {
    RegistrationDraft { spelling: Spelling::Asked { confirmed }, ..draft(email, PASSWORD) }
}

/// Knows domains by their names, and counts what it is asked.
#[derive(Default)]
struct KnownDomains(AtomicUsize);

#[async_trait]
impl MailDomainCheck for KnownDomains {
    async fn check(&self, domain: &str) -> MailDomain {
        self.0.fetch_add(1, SeqCst);
        match domain {
            "nothing.example" => MailDomain::TakesNone,
            "slow.example" => MailDomain::Unknown,
            _ => MailDomain::TakesEmail,
        }
    }
}

fn world_with_look_ups() -> (World, Arc<KnownDomains>) {
    let domains = Arc::new(KnownDomains::default());
    let looked_up = Arc::clone(&domains);
    let world = World::with(|ports, settings| {
        ports.mail_domains = Some(looked_up);
        settings.challenge.mode = ChallengeMode::Off;
    });
    (world, domains)
}

#[tokio::test]
async fn a_person_is_asked_once_about_a_misspelled_domain() {
    let world = World::new();
    let register = async |draft| why(world.try_register(draft, Client::default()).await);
    let asked = register(asking("jane@gmial.com", Input::Absent)).await;
    assert!(asked.contains("Misspelled") && !asked.contains("Disposable"), "{asked}");
    assert_eq!(asking("jane@gmial.com", Input::Absent).suggested_address().unwrap().as_str(), "jane@gmail.com");
    assert!(world.store.registrations().is_empty());
    let other = register(asking("jane@gmial.com", "john@gmial.com".into())).await;
    assert!(other.contains("Misspelled"), "another address was confirmed: {other}");
    assert_eq!(register(asking("jane@gmial.com", "Jane@GMIAL.com ".into())).await, "it succeeded");
    assert_eq!(register(asking("jane@gmail.com", Input::Absent)).await, "it succeeded");
    assert_eq!(register(draft("joe@gmial.com", PASSWORD)).await, "it succeeded", "nobody is there to be asked");
}

#[tokio::test]
async fn the_question_comes_with_all_other_violations() {
    let world = World::new();
    let wrong = RegistrationDraft { country: "nowhere".into(), ..asking("jane@hotmial.com", Input::Absent) };
    let refused =
        why(world.try_register(RegistrationDraft { password: "short".into(), ..wrong }, Client::default()).await);
    for expected in ["Misspelled", "TooShort"] {
        assert!(refused.contains(expected), "{refused}");
    }
}

#[tokio::test]
async fn a_correction_can_be_asked_about_as_well() {
    let world = World::new();
    let accepted = world.register(EMAIL).await;
    let correct = async |confirmed: Input| {
        let request = CorrectRequest {
            registration: accepted.registration,
            continuation: accepted.continuation.clone(),
            email: "jane@gmail.con".into(),
            spelling: Spelling::Asked { confirmed },
            context: CallContext::by("page"),
        };
        why(world.service.correct_address(request).await)
    };
    assert!(correct(Input::Absent).await.contains("Misspelled"));
    assert_eq!(world.status(&accepted).await.address.as_str(), EMAIL);
    assert_eq!(correct("jane@gmail.con".into()).await, "it succeeded");
}

#[tokio::test]
async fn a_domain_without_email_is_said_before_an_email_is_lost() {
    let (world, domains) = world_with_look_ups();
    let register = async |email: &str| why(world.try_register(draft(email, PASSWORD), Client::default()).await);
    let refused = register("john@nothing.example").await;
    assert!(refused.contains("DomainWithoutMail"), "{refused}");
    assert_eq!(register("john@slow.example").await, "it succeeded", "what is not known is accepted");
    assert_eq!(register("john@acme.example").await, "it succeeded");
    assert_eq!(domains.0.load(SeqCst), 3);
    let refused = register("john@mailinator.com").await;
    assert!(refused.contains("DomainDisposable"), "{refused}");
    assert_eq!(domains.0.load(SeqCst), 3, "what is refused anyway is not looked up");
}

#[tokio::test]
async fn a_client_over_its_limit_causes_no_look_ups() {
    let (world, domains) = world_with_look_ups();
    let mut refused = 0;
    for number in 0..40 {
        let draft = draft(&format!("john{number}@acme.example"), PASSWORD);
        refused += usize::from(world.try_register(draft, client("192.0.2.7")).await.is_err());
    }
    assert_eq!(refused, 10, "thirty an hour");
    assert_eq!(domains.0.load(SeqCst), 30, "each of those that were accepted");
}
