//! What the pages of the console are made of: lists, details and forms, as their templates take them.

use account_core::paging::PageRequest;
use account_core::session::SignedIn;
use account_core::translation::Arguments;
use serde::Serialize;
use url::form_urlencoded;

use super::super::form::Fields;
use super::super::templates::PageTemplate;
use super::super::visit::Visit;
use super::super::words::say;
use super::paths;

/// What every page of the console shows around its content.
#[derive(Serialize)]
pub(super) struct Around {
    title: String,
    menu: Vec<Entry>,
    /// The administrator's address.
    me: String,
    notice: Option<String>,
    alerts: Vec<String>,
    /// Whether the alerts say why an action was refused.
    is_refused: bool,
    /// Where the page is, or the list that it belongs to if it is the answer to a form.
    #[serde(skip)]
    here: String,
}

/// A part of the console, in the menu.
#[derive(Serialize)]
struct Entry {
    path: &'static str,
    label: String,
    is_current: bool,
}

/// What a page says about an action.
#[derive(Default)]
pub(super) struct Said {
    /// The key of what was done.
    pub(super) notice: Option<&'static str>,
    /// Why something was not done.
    pub(super) alerts: Vec<String>,
    /// What was typed into the form that was refused, and where that form goes.
    pub(super) typed: Option<(String, Fields)>,
    /// Whether somebody else changed it in the meantime: then the form shows what is saved now as well.
    pub(super) is_outdated: bool,
}

/// A list with a search above it.
#[derive(Serialize)]
pub(super) struct ListPage {
    pub(super) around: Around,
    pub(super) search: Option<FormView>,
    pub(super) table: Table,
    /// Forms that add to the list.
    pub(super) forms: Vec<FormView>,
}

impl PageTemplate for ListPage {
    const NAME: &'static str = "console/list.html";

    fn here(&self) -> Option<String> {
        Some(self.around.here())
    }
}

/// Everything about one thing.
#[derive(Serialize)]
pub(super) struct DetailsPage {
    pub(super) around: Around,
    pub(super) facts: Vec<Fact>,
    pub(super) links: Vec<LinkView>,
    pub(super) tables: Vec<Table>,
    pub(super) forms: Vec<FormView>,
}

impl PageTemplate for DetailsPage {
    const NAME: &'static str = "console/details.html";

    fn here(&self) -> Option<String> {
        Some(self.around.here())
    }
}

/// Something that is known.
#[derive(Serialize)]
pub(super) struct Fact {
    label: String,
    cell: Cell,
}

/// A link to another page of the console.
#[derive(Serialize)]
pub(super) struct LinkView {
    pub(super) path: String,
    pub(super) text: String,
}

/// Rows below columns. On a phone each row stands by itself, its values with the names of their columns.
#[derive(Serialize)]
pub(super) struct Table {
    pub(super) title: Option<String>,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Whether something can be done to any of them.
    has_forms: bool,
    /// What is said if there are no rows.
    pub(super) empty: String,
    /// Where the next part of the list is.
    pub(super) next: Option<String>,
    /// Where the list begins, if this is a later part of it.
    pub(super) first: Option<String>,
}

/// A row: as many cells as there are columns, and what can be done.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) forms: Vec<FormView>,
}

/// A value.
#[derive(Serialize)]
pub(super) struct Cell {
    text: String,
    path: Option<String>,
    /// How it looks: nothing, `code`, `quiet`, or as a state: `state good`, `state bad` or `state idle`.
    look: &'static str,
}

/// A form with one button.
#[derive(Serialize)]
pub(super) struct FormView {
    /// Where it goes; also what its fields are told apart by.
    action: String,
    /// Whether it only asks for a list.
    is_query: bool,
    title: Option<String>,
    hint: Option<String>,
    fields: Vec<FieldView>,
    button: String,
    /// What the button does and to what, where the same button stands on the page several times.
    label: Option<String>,
    /// How the button looks: nothing, `second` or `danger`.
    look: &'static str,
}

/// A field of a form.
#[derive(Serialize)]
pub(super) struct FieldView {
    id: String,
    name: &'static str,
    label: String,
    /// `text`, `email`, `lines`, `choice` or `hidden`.
    kind: &'static str,
    value: String,
    choices: Vec<Choice>,
    hint: Option<String>,
    is_required: bool,
    /// What is saved, where that is not what was typed.
    saved: Option<Saved>,
}

/// What is saved; nothing, if it is empty.
#[derive(Serialize)]
struct Saved {
    text: String,
}

/// What can be chosen.
#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
    is_chosen: bool,
}

impl Around {
    pub(super) fn new(visit: &Visit, me: &SignedIn, title: String, current: &str, said: &Said) -> Self {
        let words = visit.words();
        let entry =
            |(path, key): (&'static str, &str)| Entry { path, label: say(words, key), is_current: path == current };
        Self {
            title,
            menu: paths::MENU.into_iter().map(entry).collect(),
            me: me.account.address.to_string(),
            notice: said.notice.map(|key| say(words, key)),
            alerts: said.alerts.clone(),
            is_refused: said.typed.is_some(),
            here: visit.opened.as_deref().and_then(|opened| opened.split('?').next()).unwrap_or(current).to_owned(),
        }
    }

    /// Where the page can be opened again.
    pub(super) fn here(&self) -> String {
        self.here.clone()
    }
}

impl Fact {
    pub(super) fn new(visit: &Visit, key: &str, cell: Cell) -> Self {
        Self { label: say(visit.words(), key), cell }
    }
}

impl Table {
    pub(super) fn new(visit: &Visit, columns: &[&str], rows: Vec<Row>, empty: &str) -> Self {
        let words = visit.words();
        Self {
            title: None,
            columns: columns.iter().map(|key| say(words, key)).collect(),
            has_forms: rows.iter().any(|row| !row.forms.is_empty()),
            rows,
            empty: say(words, empty),
            next: None,
            first: None,
        }
    }

    pub(super) fn titled(self, visit: &Visit, title: &str) -> Self {
        Self { title: Some(say(visit.words(), title)), ..self }
    }

    /// Links the parts of a long list, which is at that path with those filters.
    pub(super) fn paged(self, path: &str, filters: &[(&str, &str)], cursor: &str, next: Option<String>) -> Self {
        let part = |cursor: &str| address(path, filters.iter().copied().chain([("cursor", cursor)]));
        Self { next: next.map(|next| part(&next)), first: (!cursor.is_empty()).then(|| part("")), ..self }
    }
}

impl Row {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, forms: Vec::new() }
    }
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), path: None, look: "" }
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self { look: "code", ..Self::text(text) }
    }

    pub(super) fn quiet(text: impl Into<String>) -> Self {
        Self { look: "quiet", ..Self::text(text) }
    }

    /// A state that is as it should be, or not.
    pub(super) fn state(text: impl Into<String>, is_good: Option<bool>) -> Self {
        let look = match is_good {
            Some(true) => "state good",
            Some(false) => "state bad",
            None => "state idle",
        };
        Self { look, ..Self::text(text) }
    }

    pub(super) fn leading_to(self, path: String) -> Self {
        Self { path: Some(path), ..self }
    }
}

impl FormView {
    /// A form that does what its button says.
    pub(super) fn new(visit: &Visit, action: String, button: &str) -> Self {
        Self {
            action,
            is_query: false,
            title: None,
            hint: None,
            fields: Vec::new(),
            button: say(visit.words(), button),
            label: None,
            look: "",
        }
    }

    /// A form that asks for a part of a list.
    pub(super) fn search(visit: &Visit, path: &str, fields: Vec<FieldView>) -> Self {
        Self { is_query: true, fields, look: "second", ..Self::new(visit, path.to_owned(), "console-search") }
    }

    pub(super) fn titled(self, visit: &Visit, title: &str, hint: Option<&str>) -> Self {
        let words = visit.words();
        Self { title: Some(say(words, title)), hint: hint.map(|key| say(words, key)), ..self }
    }

    /// Says what the button is about, for those who do not see what it stands beside.
    pub(super) fn about(self, what: &str) -> Self {
        Self { label: Some(format!("{}: {what}", self.button)), ..self }
    }

    pub(super) fn second(self) -> Self {
        Self { look: "second", ..self }
    }

    pub(super) fn danger(self) -> Self {
        Self { look: "danger", ..self }
    }

    /// With these fields, which hold what was typed before.
    pub(super) fn with(self, fields: Vec<FieldView>, said: &Said) -> Self {
        let typed = said.typed.as_ref().filter(|(action, _)| *action == self.action).map(|(_, typed)| typed);
        let fields = match typed {
            Some(typed) => fields.into_iter().map(|field| field.holding(typed, said.is_outdated)).collect(),
            None => fields,
        };
        // The same field can stand on a page several times.
        let place: String = self.action.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let fields =
            fields.into_iter().map(|field| FieldView { id: format!("{}{place}", field.name), ..field }).collect();
        Self { fields, ..self }
    }
}

impl FieldView {
    pub(super) fn text(visit: &Visit, name: &'static str, label: &str) -> Self {
        Self {
            id: name.to_owned(),
            name,
            label: say(visit.words(), label),
            kind: "text",
            value: String::new(),
            choices: Vec::new(),
            hint: None,
            is_required: false,
            saved: None,
        }
    }

    pub(super) fn email(visit: &Visit, name: &'static str, label: &str) -> Self {
        Self { kind: "email", ..Self::text(visit, name, label) }
    }

    /// Several lines of text.
    pub(super) fn lines(visit: &Visit, name: &'static str, label: &str) -> Self {
        Self { kind: "lines", ..Self::text(visit, name, label) }
    }

    pub(super) fn hidden(name: &'static str, value: String) -> Self {
        Self {
            id: name.to_owned(),
            name,
            label: String::new(),
            kind: "hidden",
            value,
            choices: Vec::new(),
            hint: None,
            is_required: false,
            saved: None,
        }
    }

    /// One of these values, with their texts.
    pub(super) fn choice(
        visit: &Visit,
        name: &'static str,
        label: &str,
        choices: impl IntoIterator<Item = (String, String)>,
        chosen: &str,
    ) -> Self {
        let choice = |(value, text): (String, String)| Choice { is_chosen: value == chosen, value, text };
        Self { kind: "choice", choices: choices.into_iter().map(choice).collect(), ..Self::text(visit, name, label) }
    }

    /// On or off.
    pub(super) fn switch(visit: &Visit, name: &'static str, label: &str, is_on: bool) -> Self {
        let words = visit.words();
        let choices =
            [("on", "console-on"), ("off", "console-off")].map(|(value, key)| (value.to_owned(), say(words, key)));
        Self::choice(visit, name, label, choices, if is_on { "on" } else { "off" })
    }

    pub(super) fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    pub(super) fn hinted(self, visit: &Visit, hint: &str) -> Self {
        Self { hint: Some(say(visit.words(), hint)), ..self }
    }

    pub(super) fn valued(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// Holds what was typed, beside what is saved if that is asked for.
    fn holding(mut self, typed: &Fields, with_saved: bool) -> Self {
        if self.kind == "hidden" {
            return self;
        }
        let (value, text) = match self.choices.iter().find(|choice| choice.is_chosen) {
            Some(choice) => (choice.value.clone(), choice.text.clone()),
            None => (self.value.clone(), self.value.clone()),
        };
        // Browsers end lines with CR and LF.
        let is_typed = typed.trimmed(self.name).replace("\r\n", "\n") == value;
        self.saved = (with_saved && !is_typed).then_some(Saved { text });
        typed.text(self.name).clone_into(&mut self.value);
        for choice in &mut self.choices {
            choice.is_chosen = choice.value == self.value;
        }
        self
    }
}

/// The part of a list that a query asks for.
pub(super) fn page_request(query: &Fields) -> PageRequest {
    let cursor = query.text("cursor");
    PageRequest { cursor: (!cursor.is_empty()).then(|| cursor.to_owned()), limit: None }
}

/// A path with a query of those values that are not empty.
pub(super) fn address<'a>(path: &str, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let values = values.into_iter().filter(|(_, value)| !value.is_empty());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A sentence with one value.
pub(super) fn sentence(visit: &Visit, key: &str, name: &str, value: impl Into<String>) -> String {
    visit.words().text(key, &Arguments::none().with(name, value.into()))
}
