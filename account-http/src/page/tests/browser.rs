//! The whole HTTP side over doubles, and a browser that keeps cookies and fills in forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use account_core::account::Role;
use account_core::challenge::ChallengeMode;
use account_core::feature::FeatureName;
use account_core::one_time_token::master_key::MasterKey;
use account_core::one_time_token::{OneTimeToken, SecretToken};
use account_core::operator::OperatorAccount;
use account_core::outbox::mail::{Link, MailContent};
use account_core::password::argon2::{Argon2Settings, Argon2Workers};
use account_core::password::policy::PasswordPolicy;
use account_core::ports::{DeliveryError, Store};
use account_core::reference_data::PublishedLists;
use account_core::testing::{FakeClock, MemoryStore, RecordingMailer, SeededEntropy};
use account_core::{AccountService, CallContext, Delivery, Links, Ports, Settings};
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, Method, StatusCode};
use poem::test::TestClient;
use poem::{EndpointExt, Response};
use url::form_urlencoded;

use super::{EMAIL, PASSWORD};
use crate::app_with_metrics;
use crate::metrics::Metrics;
use crate::page::Pages;
use crate::settings::HttpSettings;

pub(super) const PUBLIC_URL: &str = "https://accounts.example.com";

/// The whole HTTP side, and what is behind it.
pub(super) struct Site {
    pub(super) client: TestClient<BoxEndpoint<'static, Response>>,
    pub(super) store: Arc<MemoryStore>,
    pub(super) clock: Arc<FakeClock>,
    mailer: Arc<RecordingMailer>,
    delivery: Delivery,
    service: AccountService,
    master_key: MasterKey,
    http: HttpSettings,
    /// What the service counts.
    pub(super) metrics: Arc<Metrics>,
}

impl Site {
    pub(super) fn new() -> Self {
        Self::with(PUBLIC_URL, |_, _| ())
    }

    pub(super) fn with(public_url: &str, change: impl FnOnce(&mut Settings, &mut HttpSettings)) -> Self {
        let cheap =
            Argon2Settings { memory_kib: 64, iterations: 1, workers: 1, queue: 64, ..Argon2Settings::default() };
        let hasher = Arc::new(Argon2Workers::start(cheap).unwrap());
        let (store, clock) = (Arc::new(MemoryStore::new()), Arc::new(FakeClock::default()));
        let entropy = Arc::new(SeededEntropy::new(7));
        let master_key = MasterKey::generate(&*entropy);
        let mut settings = Settings::new(master_key.clone());
        settings.challenge.mode = ChallengeMode::Off;
        let mut http = HttpSettings::new(public_url.parse().unwrap());
        change(&mut settings, &mut http);
        let mut ports = Ports::new(Arc::clone(&store), hasher, Arc::clone(&clock) as _, entropy);
        ports.reference_data = Arc::new(PublishedLists);
        let service = AccountService::new(ports, settings);
        let mailer = Arc::new(RecordingMailer::default());
        let delivery = Delivery::new(&service, Arc::clone(&mailer) as _, Links::new(public_url));
        let metrics = Arc::default();
        let endpoint = app_with_metrics(&service, Arc::clone(&store) as _, &master_key, &http, &metrics, None);
        let endpoint = endpoint.map_to_response().boxed();
        Self { client: TestClient::new(endpoint), store, clock, mailer, delivery, service, master_key, http, metrics }
    }

    pub(super) fn pages(&self) -> Pages {
        Pages::new(&self.service, &self.master_key, &self.http, &self.metrics)
    }

    pub(super) fn browser(&self) -> Browser<'_> {
        let headers = vec![("sec-fetch-site", "same-origin".to_owned())];
        Browser { site: self, cookies: BTreeMap::new(), headers, preferences: Vec::new(), proxy: Proxy::Removes }
    }

    /// Delivers what is due; the paths of the verification links and the codes in it, oldest first.
    pub(super) async fn mails(&self) -> Vec<(String, String)> {
        self.delivery.run_until_idle().await.unwrap();
        let mails = self.mailer.take().into_iter().filter_map(|mail| match mail.content {
            MailContent::VerifyAddress { link, code: Some(code), .. } => {
                Some((self.path_of(&link), code.expose().to_owned()))
            }
            _ => None,
        });
        mails.collect()
    }

    /// Delivers what is due; the path of the newest link of another kind in it.
    pub(super) async fn link(&self) -> Option<String> {
        self.delivery.run_until_idle().await.unwrap();
        let mut links = self.mailer.take().into_iter().filter_map(|mail| match mail.content {
            MailContent::ResetPassword { link, .. }
            | MailContent::ConfirmNewAddress { link, .. }
            | MailContent::ConfirmSecondaryAddress { link, .. }
            | MailContent::Invitation { link, .. } => Some(self.path_of(&link)),
            _ => None,
        });
        links.next_back()
    }

    /// The path of an emailed link, which starts with the public URL.
    fn path_of(&self, link: &Link) -> String {
        let path = link.expose().strip_prefix(self.http.public_url.as_str()).unwrap();
        assert!(path.starts_with("/l/"));
        path.to_owned()
    }

    /// Has an account made with the address and the password of the tests.
    pub(super) async fn make_account(&self) {
        self.make(EMAIL, Role::User, Some(PASSWORD)).await;
    }

    /// Has an account made or, without a password, invited.
    pub(super) async fn make(&self, email: &str, role: Role, password: Option<&str>) {
        let wanted = OperatorAccount { email, role, password: password.map(str::to_owned) };
        let context = CallContext::by("operator");
        self.service.create_account_as_operator(wanted, PasswordPolicy::DEFAULT, &context).await.unwrap();
    }

    /// Has an administrator turn a switch.
    pub(super) async fn set_feature(&self, name: FeatureName, value: &str) {
        let email = "admin@acme.com";
        if !self.store.accounts().iter().any(|account| account.address.as_str() == email) {
            self.make(email, Role::Admin, Some(PASSWORD)).await;
        }
        let mut browser = self.browser();
        browser.sign_in(email, PASSWORD).await;
        let token = SecretToken::parse(browser.cookie("__Host-session").unwrap()).unwrap();
        let signed_in = self.service.check_session(&token).await.unwrap().unwrap();
        let admin = signed_in.verified().unwrap().administrator().unwrap();
        self.service.set_feature(&admin, name, value, None, &CallContext::by("native")).await.unwrap();
    }

    /// The next delivery fails like that.
    pub(super) fn fail_next_mail(&self, error: DeliveryError) {
        self.mailer.fail_next(error);
    }

    /// The one verification email that is due.
    pub(super) async fn mail(&self) -> (String, String) {
        let mut mails = self.mails().await;
        assert_eq!(mails.len(), 1, "one mail is due");
        mails.remove(0)
    }

    /// Everything that is written, as far as pages could have changed it.
    pub(super) async fn rows(&self, link: &str) -> String {
        let token = self.token(link).await;
        format!("{token:?} {}", self.all_rows())
    }

    /// The same without a token.
    pub(super) fn all_rows(&self) -> String {
        let (registrations, outbox, accounts) =
            (self.store.registrations(), self.store.outbox(), self.store.accounts());
        let (sessions, tokens, audit) = (self.store.sessions(), self.store.tokens(), self.store.audit());
        format!("{registrations:?} {outbox:?} {accounts:?} {sessions:?} {tokens:?} {audit:?}")
    }

    /// The stored half of a link's token.
    pub(super) async fn token(&self, link: &str) -> OneTimeToken {
        let token = SecretToken::parse(link.trim_start_matches("/l/")).unwrap();
        let mut unit = self.store.begin_read_only().await.unwrap();
        unit.find_token(&token.digest()).await.unwrap().unwrap()
    }
}

/// What a reverse proxy does with the public URL's path in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proxy {
    Removes,
    Keeps,
}

/// A browser: cookies, and the headers that it sends of itself with every form.
#[derive(Clone)]
pub(super) struct Browser<'a> {
    pub(super) site: &'a Site,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) headers: Vec<(&'static str, String)>,
    /// The headers that it sends with every request, such as the languages that it prefers.
    pub(super) preferences: Vec<(&'static str, String)>,
    /// What stands before the service, where that is below a path.
    pub(super) proxy: Proxy,
}

/// An answer, read to its end.
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) html: String,
}

impl Browser<'_> {
    pub(super) async fn send(&mut self, method: Method, path: &str, body: Option<String>) -> Page {
        let base = self.site.http.public_url.path();
        let own = path.strip_prefix(base).unwrap_or(path);
        let path = if self.proxy == Proxy::Keeps { format!("{base}{own}") } else { own.to_owned() };
        let mut request = self.site.client.request(method.clone(), path);
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header("cookie", cookies.join("; "));
        for (name, value) in &self.preferences {
            request = request.header(*name, value);
        }
        if method == Method::POST {
            for (name, value) in &self.headers {
                request = request.header(*name, value);
            }
        }
        if let Some(body) = body {
            request = request.content_type("application/x-www-form-urlencoded").body(body);
        }
        let response = request.send().await.0;
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let page = Page { status, headers, html: response.into_body().into_string().await.unwrap() };
        page.is_below(base);
        page
    }

    /// Opens a page, as far as it leads.
    pub(super) async fn open(&mut self, path: &str) -> Page {
        let mut page = self.send(Method::GET, path, None).await;
        while let Some(location) = page.location() {
            page = self.send(Method::GET, &location, None).await;
        }
        page
    }

    /// Sends a form without following where it leads.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, Some(body)).await
    }

    /// Fills in the form of a page at that place and presses its button.
    pub(super) async fn press(&mut self, page: &Page, form: usize, typed: &[(&str, &str)]) -> Page {
        let Form { action, mut fields } = page.forms().remove(form);
        for (name, value) in typed {
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some(field) => (*value).clone_into(&mut field.1),
                // A box that is not ticked is not sent.
                None if page.html.contains(&format!(" name=\"{name}\" type=\"checkbox\"")) => {
                    fields.push(((*name).to_owned(), (*value).to_owned()));
                }
                None => panic!("no field {name}"),
            }
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = self.post(&action, &fields).await;
        match answer.location() {
            Some(location) => self.open(&location).await,
            None => answer,
        }
    }

    /// Registers the address of the tests; the waiting page.
    pub(super) async fn register(&mut self) -> Page {
        self.register_with(EMAIL, PASSWORD).await
    }

    pub(super) async fn register_with(&mut self, email: &str, password: &str) -> Page {
        let page = self.open("/authenticate/register").await;
        let page = self.press(&page, 0, &[("email", email), ("password", password)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        page
    }

    /// Signs in by the form; where that leads.
    pub(super) async fn sign_in(&mut self, email: &str, password: &str) -> Page {
        let page = self.open("/authenticate/sign-in").await;
        self.press(&page, 0, &[("email", email), ("password", password)]).await
    }

    /// Presses the form of a page that has that action; an empty field stays as it is.
    pub(super) async fn press_action(&mut self, page: &Page, action: &str, typed: &[(&str, &str)]) -> Page {
        let form = page.forms().iter().position(|form| form.action == action);
        self.press(page, form.unwrap_or_else(|| panic!("no form for {action} in {}", page.html)), typed).await
    }

    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }
}

/// A form of a page: where it goes, and its fields as they stand.
pub(super) struct Form {
    pub(super) action: String,
    pub(super) fields: Vec<(String, String)>,
}

impl Page {
    pub(super) fn location(&self) -> Option<String> {
        Some(self.headers.get("location")?.to_str().unwrap().to_owned())
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn set_cookies(&self) -> Vec<String> {
        self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    /// The forms of the page itself: not that of its footer, which chooses the language.
    pub(super) fn forms(&self) -> Vec<Form> {
        let content = self.html.split_once("<main>").map_or("", |(_, rest)| rest);
        let content = content.split_once("</main>").map_or("", |(content, _)| content);
        let forms = content.split("<form").skip(1).map(|rest| {
            let (html, _) = rest.split_once("</form>").unwrap();
            assert_eq!(html.matches("<button").count(), 1, "a form has one button");
            let inputs = html.split("<input").skip(1).filter_map(|rest| {
                let tag = rest.split_once('>').unwrap().0;
                let is_unticked = tag.contains(" type=\"checkbox\"") && !tag.contains(" checked");
                (!is_unticked).then(|| (attribute(tag, "name"), attribute(tag, "value")))
            });
            let texts = html.split("<textarea").skip(1).map(|rest| {
                let (tag, rest) = rest.split_once('>').unwrap();
                let text = rest.split_once("</textarea>").unwrap().0.trim_start_matches('\n');
                (attribute(tag, "name"), resolved(text))
            });
            let lists = html.split("<select").skip(1).map(|rest| {
                let (tag, rest) = rest.split_once('>').unwrap();
                let options = rest.split_once("</select>").unwrap().0;
                let chosen =
                    options.split("<option").find(|option| option.contains("\" selected>")).unwrap_or_default();
                (attribute(tag, "name"), attribute(chosen, "value"))
            });
            let fields = inputs.chain(texts).chain(lists).collect();
            Form { action: attribute(html.split_once('>').unwrap().0, "action"), fields }
        });
        forms.collect()
    }

    /// Every address that the page shows or leads to.
    pub(super) fn addresses(&self) -> Vec<String> {
        let in_html = ["href", "src", "action", "data-challenge", "data-worker"].into_iter().flat_map(|name| {
            let mark = format!(" {name}=\"");
            self.html.split(&mark).skip(1).map(|rest| resolved(rest.split_once('"').unwrap().0)).collect::<Vec<_>>()
        });
        in_html.chain(self.location()).collect()
    }

    /// Below a path of its host, a page leads nowhere else on that host, and its cookies are no other service's.
    fn is_below(&self, base: &str) {
        if base.is_empty() {
            return;
        }
        for address in self.addresses() {
            let is_elsewhere = address.starts_with("https://") || address.starts_with('#');
            assert!(is_elsewhere || address.starts_with(&format!("{base}/")), "{address} in {}", self.html);
        }
        let ending = format!("-{}=", base.trim_start_matches('/').replace('/', "."));
        for cookie in self.set_cookies() {
            assert!(
                cookie.starts_with("__Host-") && cookie.contains(&ending) && cookie.contains("; Path=/;"),
                "{cookie}"
            );
        }
    }

    #[track_caller]
    pub(super) fn is(&self, status: u16, text: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        assert!(self.html.contains(text), "{text:?} is not in {}", self.html);
    }
}

/// The value of a tag's attribute, its character references resolved.
fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split_once(&format!(" {name}=\"")).map_or("", |(_, rest)| rest.split_once('"').unwrap().0);
    resolved(value)
}

fn resolved(text: &str) -> String {
    let mut text = text.to_owned();
    for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(reference, character);
    }
    text
}
