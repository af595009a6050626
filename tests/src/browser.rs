//! A person's browser: Chromium, driven over the `WebDriver` protocol (<https://www.w3.org/TR/webdriver2/>).

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64ct::{Base64, Encoding};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::{patience::PATIENCE, wire};

pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// The pipe has every browser end with its driver, however that ends.
const ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
];

/// The preference that blocks scripts.
const JAVASCRIPT: &str = "profile.managed_default_content_settings.javascript";

/// Key of an element's reference (`WebDriver`, "web element identifier").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Whether a browser runs scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// It does.
    Run,
    /// Somebody has turned them off.
    Blocked,
}

impl Scripts {
    fn preferences(self) -> Map<String, Value> {
        let blocking = (self == Self::Blocked).then(|| (JAVASCRIPT.to_owned(), json!(2)));
        blocking.into_iter().collect()
    }
}

/// What opens browsers; they end with it.
pub struct Driver {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Driver {
    /// A driver that is ready.
    pub async fn start() -> Self {
        assert!(Path::new(CHROMIUM).exists(), "{CHROMIUM} is absent: install the package `chromium`");
        let folder = tempfile::tempdir().expect("a folder");
        let port = wire::free_port();
        let mut command = Command::new(CHROMEDRIVER);
        command.arg(format!("--port={port}")).env("TMPDIR", folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = match command.spawn() {
            Ok(process) => process,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                panic!("{CHROMEDRIVER} is absent: install the package `chromium-driver`")
            }
            Err(error) => panic!("{CHROMEDRIVER} does not start: {error}"),
        };
        let driver = Self { process, port, folder };
        driver.wait_until_ready().await;
        driver
    }

    async fn wait_until_ready(&self) {
        for _ in 0..PATIENCE.as_millis() / 20 {
            if wire::exchange(self.port, "GET", "/status", &[], "").await.is_ok_and(|reply| reply.status == 200) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{CHROMEDRIVER} does not become ready");
    }

    /// A browser that was never used before and runs no script.
    pub async fn browser(&self) -> Browser {
        self.browser_with(Scripts::Blocked.preferences()).await
    }

    /// The same, but it runs scripts.
    pub async fn browser_with_scripts(&self) -> Browser {
        self.browser_with(Scripts::Run.preferences()).await
    }

    /// A browser of somebody who reads that language.
    pub async fn browser_in(&self, language: &str, scripts: Scripts) -> Browser {
        let mut preferences = scripts.preferences();
        preferences.insert("intl.accept_languages".to_owned(), language.into());
        self.browser_with(preferences).await
    }

    async fn browser_with(&self, preferences: Map<String, Value>) -> Browser {
        let profile = tempfile::tempdir_in(self.folder.path()).expect("a folder").keep();
        let arguments = ARGUMENTS.map(str::to_owned).into_iter();
        let arguments: Vec<_> = arguments.chain([format!("--user-data-dir={}", profile.display())]).collect();
        let wanted = json!({
            "timeouts": {"implicit": 10_000, "pageLoad": 30_000},
            "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {"binary": CHROMIUM, "args": arguments, "prefs": preferences},
        });
        let request = json!({"capabilities": {"alwaysMatch": wanted}});
        let session = ask(self.port, "POST", "/session", &request).await.expect("a browser");
        let id = session.pointer("/sessionId").and_then(Value::as_str).expect("an identifier");
        Browser { port: self.port, path: format!("/session/{id}") }
    }

    fn shut_down(&self) -> std::io::Result<usize> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let request = format!("GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\n\r\n", self.port);
        stream.write_all(request.as_bytes())?;
        stream.read(&mut [0; 256])
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked to, it ends its browsers first, and they no longer write to the folder when that is removed.
        let _ = self.shut_down();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser with one window. Whatever it cannot do fails the test.
pub struct Browser {
    port: u16,
    path: String,
}

impl Browser {
    /// Goes to an address.
    pub async fn open(&self, url: &str) {
        self.post("/url", &json!({"url": url})).await;
    }

    /// Follows a link in an email that is read in this browser, on another site.
    pub async fn follow_from_elsewhere(&self, url: &str) {
        self.open(&format!("data:text/html,<a href=\"{url}\">{url}</a>")).await;
        self.click("a").await;
    }

    /// Whether there is an element that a selector fits, at this moment.
    pub async fn has(&self, css: &str) -> bool {
        self.run("return document.querySelector(arguments[0]) !== null;", json!([css])).await == true
    }

    /// Does what opens another page, and waits until that is there.
    pub async fn leave(&self, action: impl Future<Output = ()>) {
        self.run("window.isLeft = true;", json!([])).await;
        action.await;
        let is_there = json!({"script": "return !window.isLeft && document.readyState === 'complete';", "args": []});
        for _ in 0..PATIENCE.as_millis() / 20 {
            // While one page gives way to the next, no script can be run.
            if self.try_ask("POST", "/execute/sync", &is_there).await == Ok(json!(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{} stays", self.url().await);
    }

    /// The tab that the browser shows.
    pub async fn tab(&self) -> String {
        self.get("/window").await
    }

    /// Opens another tab, and shows that.
    pub async fn open_tab(&self) {
        let opened = self.post("/window/new", &json!({"type": "tab"})).await;
        self.go_to_tab(opened.get("handle").and_then(Value::as_str).expect("a tab")).await;
    }

    /// Shows another tab.
    pub async fn go_to_tab(&self, tab: &str) {
        self.post("/window", &json!({"handle": tab})).await;
    }

    /// Goes back to the page before.
    pub async fn back(&self) {
        self.post("/back", &json!({})).await;
    }

    /// The first element that a selector fits; waits for one.
    pub async fn find(&self, css: &str) -> Element<'_> {
        self.try_find(css).await.unwrap_or_else(|problem| panic!("{css}: {problem}"))
    }

    async fn try_find(&self, css: &str) -> Result<Element<'_>, String> {
        let found = self.try_ask("POST", "/element", &json!({"using": "css selector", "value": css})).await?;
        let id = found.get(ELEMENT).and_then(Value::as_str).ok_or("no element")?;
        Ok(Element { browser: self, path: format!("/element/{id}") })
    }

    /// Clicks the first element that a selector fits.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await;
    }

    /// Types into the first element that a selector fits.
    pub async fn type_into(&self, css: &str, text: &str) {
        self.find(css).await.type_text(text).await;
    }

    /// Presses keys where the focus is: characters, or keys by their code (`WebDriver`, "normalised key value").
    pub async fn press_keys(&self, keys: &str) {
        self.focused().await.type_text(keys).await;
    }

    /// The element that has the focus.
    pub async fn focused(&self) -> Element<'_> {
        let found = self.ask("GET", "/element/active", &Value::Null).await;
        let id = found.get(ELEMENT).and_then(Value::as_str).expect("an element");
        Element { browser: self, path: format!("/element/{id}") }
    }

    /// What a person reads on the page.
    pub async fn text(&self) -> String {
        self.find("body").await.text().await
    }

    /// Waits until a person reads that on the page.
    pub async fn wait_for_text(&self, wanted: &str) {
        let mut text = Ok(String::new());
        for _ in 0..PATIENCE.as_millis() / 100 {
            // While one page gives way to the next, there is nothing to read.
            text = self.try_text().await;
            if text.as_ref().is_ok_and(|text| text.contains(wanted)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} does not say {wanted:?}: {text:?}", self.url().await);
    }

    async fn try_text(&self) -> Result<String, String> {
        let body = self.try_find("body").await?;
        let text = self.try_ask("GET", &format!("{}/text", body.path), &Value::Null).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The page's title.
    pub async fn title(&self) -> String {
        self.get("/title").await
    }

    /// Where the browser is.
    pub async fn url(&self) -> String {
        self.get("/url").await
    }

    /// The page as HTML.
    pub async fn source(&self) -> String {
        self.get("/source").await
    }

    /// The cookies of the site that the browser is on, names and values.
    pub async fn cookies(&self) -> BTreeMap<String, String> {
        let cookies = self.ask("GET", "/cookie", &Value::Null).await;
        let text = |cookie: &Value, member: &str| cookie.get(member).and_then(Value::as_str).map(str::to_owned);
        let pair = |cookie| Some((text(cookie, "name")?, text(cookie, "value")?));
        cookies.as_array().into_iter().flatten().filter_map(pair).collect()
    }

    /// Drops the cookies of the site that the browser is on.
    pub async fn forget_cookies(&self) {
        self.ask("DELETE", "/cookie", &Value::Null).await;
    }

    /// Writes the whole page to a PNG file, also what lies below the window.
    pub async fn screenshot_of_page(&self, path: &Path) {
        let script = "return document.documentElement.scrollHeight > innerHeight;";
        // Chromium moves pages aside that are from right to left and no higher than the window.
        let is_higher = self.run(script, json!([])).await;
        let parameters = json!({"captureBeyondViewport": is_higher, "optimizeForSpeed": true});
        let command = json!({"cmd": "Page.captureScreenshot", "params": parameters});
        let answer = self.post("/goog/cdp/execute", &command).await;
        let data = answer.pointer("/data").and_then(Value::as_str).expect("a picture");
        std::fs::write(path, Base64::decode_vec(data).expect("base64")).expect("a file");
    }

    /// Gives the page the size of a device, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics});
        self.post("/goog/cdp/execute", &command).await;
    }

    /// Has the browser prefer dark or light colors.
    pub async fn prefer_colors(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let command = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}});
        self.post("/goog/cdp/execute", &command).await;
    }

    /// Has requests fail whose addresses fit one of these patterns, as an extension of the browser may.
    pub async fn block(&self, patterns: &[&str]) {
        for (command, parameters) in
            [("Network.enable", json!({})), ("Network.setBlockedURLs", json!({"urls": patterns}))]
        {
            self.post("/goog/cdp/execute", &json!({"cmd": command, "params": parameters})).await;
        }
    }

    /// Runs a script in the page, and returns what it returns. A browser that runs no scripts runs this one.
    pub async fn run(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": arguments})).await
    }

    /// The same with a script that calls its last argument when it is done.
    pub async fn run_until_done(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/async", &json!({"script": script, "args": arguments})).await
    }

    /// Writes what the window shows to a PNG file.
    pub async fn screenshot(&self, path: &Path) {
        let picture = Base64::decode_vec(&self.get("/screenshot").await).expect("base64");
        assert_eq!(path.extension(), Some(OsStr::new("png")));
        std::fs::write(path, picture).expect("a file");
    }

    /// What the console has said since it was last asked: scripts' words, and what failed or was refused.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.post("/se/log", &json!({"type": "browser"})).await;
        let message = |entry: &Value| entry.pointer("/message").and_then(Value::as_str).map(str::to_owned);
        entries.as_array().into_iter().flatten().filter_map(message).collect()
    }

    async fn get(&self, path: &str) -> String {
        self.ask("GET", path, &Value::Null).await.as_str().expect("a text").to_owned()
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", path, body).await
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_ask(method, path, body).await.unwrap_or_else(|problem| panic!("{method} {path} {body}: {problem}"))
    }

    async fn try_ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        ask(self.port, method, &format!("{}{path}", self.path), body).await
    }
}

/// An element of the page that a browser shows.
pub struct Element<'a> {
    browser: &'a Browser,
    path: String,
}

impl Element<'_> {
    /// Clicks it, and waits for the page that this opens, if any.
    pub async fn click(&self) {
        self.browser.post(&format!("{}/click", self.path), &json!({})).await;
    }

    /// Types into it.
    pub async fn type_text(&self, text: &str) {
        self.browser.post(&format!("{}/value", self.path), &json!({"text": text})).await;
    }

    /// Takes away what is typed in it.
    pub async fn clear(&self) {
        self.browser.post(&format!("{}/clear", self.path), &json!({})).await;
    }

    /// What a person reads of it.
    pub async fn text(&self) -> String {
        self.browser.get(&format!("{}/text", self.path)).await
    }

    /// A property of its node, such as `value`.
    pub async fn property(&self, name: &str) -> Value {
        self.browser.ask("GET", &format!("{}/property/{name}", self.path), &Value::Null).await
    }
}

/// Sends a command, and takes the value out of its answer; or the words for why it failed.
async fn ask(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let headers = [("Content-Type", "application/json")];
    let exchange = tokio::time::timeout(PATIENCE, wire::exchange(port, method, path, &headers, &body));
    let reply = exchange.await.expect("an answer in time").expect("an answer");
    if reply.status != 200 {
        return Err(reply.text("/value/message"));
    }
    Ok(reply.json().pointer_mut("/value").map(Value::take).unwrap_or_default())
}
