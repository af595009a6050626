//! Forms: parsing them, and refusing those that did not come from our pages.

use std::collections::BTreeMap;

use account_core::id::RegistrationId;
use account_core::input::Input;
use poem::error::ResponseError;
use poem::http::StatusCode;
use poem::{FromRequest, Request, RequestBody};

use super::visit::Visit;
use crate::body::{BodyError, read_body};
use crate::cookie::CSRF;
use crate::url_encoded;

/// Name of the hidden input that carries the form's token.
pub(super) const TOKEN_INPUT: &str = "csrf";

/// Fields of a form or a query, by name (URL Standard, application/x-www-form-urlencoded).
#[derive(Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Reads them. `None` where a name stands twice, because two readers might choose differently, and where the
    /// bytes are no UTF-8, because they would have to be fixed.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = BTreeMap::new();
        for (name, value) in url_encoded::pairs(bytes) {
            if fields.insert(name?, value?).is_some() {
                return None;
            }
        }
        Some(Self(fields))
    }

    /// A field's text; empty when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A field's text, if it was sent.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A field as the core takes it.
    pub(super) fn input(&self, name: &str) -> Input {
        self.0.get(name).cloned().into()
    }

    /// A field's text without white space around it, as a person may have left it there.
    pub(super) fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// The fields' names and texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every field but those, in a form of which no two are alike.
    pub(super) fn without(&self, names: &[&str]) -> String {
        let kept: BTreeMap<_, _> = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).collect();
        format!("{kept:?}")
    }

    /// The registration that the form or query is about.
    pub(super) fn registration(&self) -> Option<RegistrationId> {
        self.text("registration").parse().ok()
    }
}

/// The form did not come from a page of ours.
#[derive(Debug, thiserror::Error)]
#[error("the form did not come from a page of this service")]
pub(super) struct Refused;

impl ResponseError for Refused {
    fn status(&self) -> StatusCode {
        StatusCode::FORBIDDEN
    }
}

/// A form that a page of ours sent: where it came from and its token are checked.
pub(super) struct Form(pub(super) Fields);

impl<'a> FromRequest<'a> for Form {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        if !Visit::of(request)?.pages.origin.may_be_sender(request.headers()) {
            return Err(Refused.into());
        }
        let AnyForm { fields, is_ours } = AnyForm::from_request(request, body).await?;
        if is_ours { Ok(Self(fields)) } else { Err(Refused.into()) }
    }
}

/// A form that a page of ours sent, or that another site had the browser send. The latter MUST NOT change anything.
pub(super) struct AnyForm {
    pub(super) fields: Fields,
    pub(super) is_ours: bool,
}

impl<'a> FromRequest<'a> for AnyForm {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let visit = Visit::of(request)?;
        let guard = &visit.pages.guard;
        if !request.content_type().is_some_and(is_form) {
            return Err(BodyError::MediaType.into());
        }
        let bytes = read_body(request, body).await?;
        let fields = Fields::parse(&bytes).ok_or(BodyError::Malformed)?;
        let secret = visit.pages.cookies.find(request.headers(), CSRF);
        let is_ours = visit.pages.origin.may_be_sender(request.headers())
            && secret.is_some_and(|secret| guard.is_token_of(secret, fields.text(TOKEN_INPUT)));
        Ok(Self { fields, is_ours })
    }
}

fn is_form(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// The fields of a query. An unreadable one counts as empty.
pub(super) struct Query(pub(super) Fields);

impl<'a> FromRequest<'a> for Query {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let query = request.uri().query().unwrap_or_default();
        Ok(Self(Fields::parse(query.as_bytes()).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        let fields = Fields::parse("a=1+2%2B3&&b&c==%3d&d=100%&e=%zz&%66=%C3%A4ö&empty=".as_bytes()).unwrap();
        for (name, value) in
            [("a", "1 2+3"), ("b", ""), ("c", "=="), ("d", "100%"), ("e", "%zz"), ("f", "äö"), ("empty", "")]
        {
            assert_eq!(fields.text(name), value, "{name}");
        }
        assert_eq!(fields.input("missing"), Input::Absent);
        assert_eq!(fields.input("b"), "".into());
    }

    #[test]
    fn ambiguous_bodies_are_refused() {
        for text in ["a=1&a=2", "a=1&%61=1", "a&a", "a=%FF", "%C3=x"] {
            assert!(Fields::parse(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn a_form_is_recognized_by_its_type() {
        assert!(is_form("Application/X-WWW-Form-Urlencoded; charset=UTF-8"));
        for other in ["", "text/plain", "multipart/form-data; boundary=x", "application/json"] {
            assert!(!is_form(other), "{other}");
        }
    }
}
