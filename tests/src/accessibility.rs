//! What axe-core (<https://github.com/dequelabs/axe-core>) finds wrong with the page that a browser shows.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::browser::Browser;

/// What stylesheets load is not looked at: axe-core would ask for it again. Neither are the letters in pictures that are drawn
/// (SVG), which have a text of their own: axe-core cannot tell what is behind such letters.
///
/// A list to choose from has one entry meanwhile: hundreds take longer than the rest of the page, and are all alike.
const RUN: &str = "const [rules, done] = arguments; \
    const lists = [...document.querySelectorAll('select')].map((list) => [list, list.selectedIndex, [...list.childNodes]]); \
    for (const [list, index] of lists) { list.replaceChildren(list.options[index].cloneNode(true)); } \
    const end = (found) => { \
        for (const [list, index, entries] of lists) { list.replaceChildren(...entries); list.selectedIndex = index; } \
        done(found); \
    }; \
    const options = { preload: false, resultTypes: ['violations', 'incomplete'] }; \
    if (rules) { options.runOnly = { type: 'rule', values: rules }; } \
    axe.run({ exclude: ['svg[role=img] > text'] }, options).then(end, (error) => end(String(error)));";

/// Which rules a page is checked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// All but those that are experimental.
    All,
    /// Those that depend on colors: for a page that was checked in other colors.
    OfColors,
}

/// What axe-core finds wrong with the page as it is shown now: the rule, what it asks for, and the elements that break it.
/// It must also be sure of every color: text that it cannot compare with what is behind it counts as wrong.
///
/// axe-core has to run in the page, so scripts must not be blocked there.
pub async fn violations(browser: &Browser, rules: Rules) -> Vec<String> {
    if browser.run("return typeof axe;", json!([])).await == "undefined" {
        browser.run(&SOURCE, json!([])).await;
    }
    let rules = if rules == Rules::All { Value::Null } else { json!(["color-contrast", "link-in-text-block"]) };
    let found = browser.run_until_done(RUN, json!([rules])).await;
    let list = |member: &str| found.get(member).and_then(Value::as_array).cloned();
    let (Some(violations), Some(unsure)) = (list("violations"), list("incomplete")) else {
        panic!("axe-core does not run: {found}");
    };
    let unsure = unsure.into_iter().filter(|rule| text(rule, "id") == "color-contrast");
    violations.into_iter().chain(unsure).map(|rule| describe(&rule)).collect()
}

fn describe(rule: &Value) -> String {
    let nodes = rule.get("nodes").and_then(Value::as_array);
    let element = |node| format!("{} ({})", text(node, "html"), text(node, "failureSummary").replace('\n', " "));
    let nodes: Vec<_> = nodes.into_iter().flatten().map(element).collect();
    format!("{}: {}: {}", text(rule, "id"), text(rule, "help"), nodes.join(", "))
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// The folder of the npm packages that check pages, which `cargo xtask test` installs.
pub(crate) fn packages() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages/node_modules");
    assert!(folder.is_dir(), "{} is not there: run the tests by `cargo xtask test`", folder.display());
    folder
}

/// axe-core as one script.
static SOURCE: LazyLock<String> = LazyLock::new(|| {
    let path = packages().join("axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
});
