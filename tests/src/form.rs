//! A form of a page.

use crate::browser::{Browser, Element};

/// A form of the page that a browser shows, found by where it is sent to: whatever else is on the page, and in whichever
/// language.
pub struct Form<'a> {
    browser: &'a Browser,
    css: String,
}

impl<'a> Form<'a> {
    /// The form that is sent to an address with that path, in the page's own part.
    #[must_use]
    pub fn to(browser: &'a Browser, path: &str) -> Self {
        Self { browser, css: format!("main form[action$='{path}']") }
    }

    /// The one among several that has such a hidden value.
    #[must_use]
    pub fn having(self, name: &str, value: &str) -> Self {
        let css = format!("{}:has([name='{name}'][value='{value}'])", self.css);
        Self { css, ..self }
    }

    /// A field of the form.
    pub async fn field(&self, name: &str) -> Element<'a> {
        self.browser.find(&format!("{} [name='{name}']", self.css)).await
    }

    /// Types into fields, in place of what is in them.
    pub async fn fill(&self, fields: &[(&str, &str)]) {
        for (name, text) in fields {
            let field = self.field(name).await;
            field.clear().await;
            field.type_text(text).await;
        }
    }

    /// Checks or clears a box.
    pub async fn tick(&self, name: &str) {
        self.field(name).await.click().await;
    }

    /// The button that sends the form: a button that does something else in the page is none.
    #[must_use]
    pub fn button(&self) -> String {
        format!("{} button:not([type=button])", self.css)
    }

    /// Sends the form, and waits for the page that answers.
    pub async fn send(&self) {
        self.browser.leave(self.browser.click(&self.button())).await;
    }
}
