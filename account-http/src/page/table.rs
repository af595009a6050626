//! The table of the pages' routes.

use poem::{IntoEndpoint, Route, RouteMethod, get, post};

/// Routes, and what `Allow` says of those that take other than GET alone.
#[derive(Default)]
pub(super) struct Table {
    pub(super) routes: Route,
    pub(super) methods: Vec<(String, String)>,
}

impl Table {
    /// What is only looked at.
    pub(super) fn page(self, path: &str, show: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        Self { routes: self.routes.at(path, get(show)), ..self }
    }

    /// What not every operator has.
    pub(super) fn optional(self, path: &str, show: Option<impl IntoEndpoint<Endpoint: 'static>>) -> Self {
        match show {
            Some(show) => self.page(path, show),
            None => self,
        }
    }

    /// A form of its own, and what sending it does.
    pub(super) fn form(
        self,
        path: &str,
        show: impl IntoEndpoint<Endpoint: 'static>,
        submit: impl IntoEndpoint<Endpoint: 'static>,
    ) -> Self {
        self.taking(path, "GET, HEAD, POST", get(show).post(submit))
    }

    /// What a form on another page does.
    pub(super) fn action(self, path: &str, submit: impl IntoEndpoint<Endpoint: 'static>) -> Self {
        self.taking(path, "POST", post(submit))
    }

    fn taking(mut self, path: &str, methods: &str, route: RouteMethod) -> Self {
        self.methods.push((path.to_owned(), methods.to_owned()));
        Self { routes: self.routes.at(path, route), ..self }
    }
}
