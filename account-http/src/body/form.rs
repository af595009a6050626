//! Forms, url-encoded or multipart, as one map of fields.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use account_core::input::Input;
use poem::web::Multipart;
use poem::{Body, FromRequest, Request, RequestBody};
use poem_openapi::types::{ParseFromJSON, Type};
use serde_json::{Map, Value, json};

use super::{BodyError, Medium, Sent};
use crate::url_encoded;

pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
pub(super) const MULTIPART: &str = "multipart/form-data";
/// Maximum number of fields in a form.
const MAX_FIELDS: usize = 64;

/// The fields of a form, by name. Its `Debug` output shows no values.
///
/// A field has no text if it is a file, is not UTF-8, or was sent more than once: two readers might choose differently,
/// so none is chosen.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct FormFields(BTreeMap<String, Option<String>>);

/// A form; the documents describe its fields as a `T`. With another media type there are no fields; the dialect decides
/// whether that is an error.
pub(crate) struct AsForm<T>(PhantomData<T>);

/// The fields of a form, which the documents describe as a `T`.
pub(crate) struct AsFields<T>(PhantomData<T>);

/// A form read as a `T`: a field that is not a text counts as mistyped.
pub(crate) type FormBody<T> = Sent<AsForm<T>>;

impl<T: ParseFromJSON> Medium for AsForm<T> {
    type Content = T;
    type Schema = T;
    const MEDIA_TYPES: &'static [&'static str] = &[URL_ENCODED, MULTIPART];

    fn is_taken(_content_type: Option<&str>) -> bool {
        true
    }

    async fn read(request: &Request, bytes: &[u8]) -> Result<T, BodyError> {
        FormFields::read(request, bytes).await?.unwrap_or_default().parse()
    }
}

impl<T: Type> Medium for AsFields<T> {
    type Content = FormFields;
    type Schema = T;
    const MEDIA_TYPES: &'static [&'static str] = &[URL_ENCODED, MULTIPART];

    fn is_taken(_content_type: Option<&str>) -> bool {
        true
    }

    async fn read(request: &Request, bytes: &[u8]) -> Result<FormFields, BodyError> {
        Ok(FormFields::read(request, bytes).await?.unwrap_or_default())
    }
}

impl std::fmt::Debug for FormFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl FormFields {
    /// Reads the fields of a body; `None` if it is not a form.
    pub(super) async fn read(request: &Request, bytes: &[u8]) -> Result<Option<Self>, BodyError> {
        let essence = request.content_type().and_then(|name| name.split(';').next()).unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case(URL_ENCODED) {
            Self::url_encoded(bytes).map(Some)
        } else if essence.eq_ignore_ascii_case(MULTIPART) {
            Self::multipart(request, bytes.to_vec()).await.map(Some)
        } else {
            Ok(None)
        }
    }

    /// Returns a field as input for the core: anything but a single text counts as mistyped.
    pub(crate) fn input(&self, name: &str) -> Input {
        match self.0.get(name) {
            None => Input::Absent,
            Some(Some(text)) => Input::Given(text.clone()),
            Some(None) => Input::Mistyped,
        }
    }

    /// Returns the fields with lower-case names. Names that differ only in case count as repeated.
    pub(crate) fn with_lower_case_names(self) -> Self {
        let mut fields = Self::default();
        self.0.into_iter().for_each(|(name, field)| fields.add(&name.to_ascii_lowercase(), field));
        fields
    }

    /// Adds a field. A name that frameworks read as a list entry (`email[]`, `email[0]`) counts as a repetition, so
    /// that nobody can smuggle in a second value.
    fn add(&mut self, name: &str, text: Option<String>) {
        let (name, text) = match name.split_once('[') {
            Some((list, _)) if !list.is_empty() => (list, None),
            _ => (name, text),
        };
        self.0.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(text);
    }

    /// Reads the fields as a `T`.
    pub(super) fn parse<T: ParseFromJSON>(&self) -> Result<T, BodyError> {
        let member = |text: &Option<String>| text.as_ref().map_or_else(|| json!({}), |text| text.as_str().into());
        let members: Map<_, _> = self.0.iter().map(|(name, text)| (name.clone(), member(text))).collect();
        T::parse_from_json(Some(Value::Object(members))).map_err(|_| BodyError::Malformed)
    }

    fn url_encoded(bytes: &[u8]) -> Result<Self, BodyError> {
        let mut fields = Self::default();
        for (count, (name, value)) in url_encoded::pairs(bytes).enumerate() {
            if count == MAX_FIELDS {
                return Err(BodyError::TooLarge);
            }
            let name = name.ok_or(BodyError::Malformed)?;
            fields.add(&name, value);
        }
        Ok(fields)
    }

    async fn multipart(request: &Request, bytes: Vec<u8>) -> Result<Self, BodyError> {
        let mut body = RequestBody::new(Body::from(bytes));
        let parts = <Multipart as FromRequest>::from_request(request, &mut body).await;
        let mut parts = parts.map_err(|_| BodyError::Malformed)?;
        let (mut fields, mut count) = (Self::default(), 0);
        while let Some(part) = parts.next_field().await.map_err(|_| BodyError::Malformed)? {
            if count == MAX_FIELDS {
                return Err(BodyError::TooLarge);
            }
            count += 1;
            // RFC 7578, 4.2: every part has a name.
            let name = part.name().ok_or(BodyError::Malformed)?.to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(|_| BodyError::Malformed)?;
            let text = String::from_utf8(bytes).ok().filter(|_| !is_file);
            fields.add(&name, text);
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use poem_openapi::{ApiExtractor, ExtractParamOptions, Object};

    use super::*;
    use crate::field::{Email, Required, Text};

    #[derive(Object)]
    #[oai(write_only_all)]
    struct Person {
        /// The address.
        email: Required<Email>,
        /// The name.
        name: Text<crate::field::Name>,
    }

    const FORM: &str = "multipart/form-data; boundary=XX";

    struct Received {
        value: Person,
        fields: FormFields,
        is_form: bool,
        bytes: Vec<u8>,
    }

    async fn read(content_type: &str, body: impl Into<Body>) -> Result<Received, BodyError> {
        let (request, mut body) = Request::builder().content_type(content_type).body(body).split();
        let read = FormBody::<Person>::from_request(&request, &mut body, ExtractParamOptions::default()).await;
        let Sent { value, bytes } = read.map_err(|error| *error.downcast_ref::<BodyError>().unwrap())?;
        let fields = FormFields::read(&request, &bytes).await?;
        let is_form = fields.is_some();
        Ok(Received { value, fields: fields.unwrap_or_default(), is_form, bytes })
    }

    /// A multipart body; each part as what follows `name=`, and its value.
    fn parts(parts: &[(&str, &str)]) -> String {
        let mut text = parts.iter().fold(String::new(), |mut text, (name, value)| {
            write!(text, "--XX\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n").unwrap();
            text
        });
        text.push_str("--XX--\r\n");
        text
    }

    #[tokio::test]
    async fn both_encodings_are_the_same_fields() {
        let url_encoded =
            read("Application/X-WWW-Form-Urlencoded; charset=utf-8", "email=a%40x.org&name=A+%26+B&other=").await;
        let multipart = read(FORM, parts(&[("\"email\"", "a@x.org"), ("\"name\"", "A & B"), ("other", "")])).await;
        let (url_encoded, multipart) = (url_encoded.unwrap(), multipart.unwrap());
        assert!(url_encoded.is_form && multipart.is_form);
        assert_eq!(url_encoded.fields, multipart.fields);
        assert_eq!(multipart.fields.input("email"), Input::Given("a@x.org".to_owned()));
        assert_eq!(multipart.fields.input("other"), Input::Given(String::new()));
        assert_eq!(multipart.fields.input("another"), Input::Absent);
        for form in [url_encoded, multipart] {
            assert_eq!(form.value.email.into_input(), Input::Given("a@x.org".to_owned()));
            assert_eq!(form.value.name.into_input(), Input::Given("A & B".to_owned()));
        }
    }

    #[tokio::test]
    async fn a_file_instead_of_a_text_has_the_wrong_type() {
        let form = read(FORM, parts(&[("\"email\"; filename=\"a.txt\"", "a@x.org")])).await.unwrap();
        assert_eq!(form.fields.input("email"), Input::Mistyped);
        assert_eq!(form.value.email.into_input(), Input::Mistyped);
    }

    #[tokio::test]
    async fn invalid_utf8_has_the_wrong_type() {
        let form = read(URL_ENCODED, "email=%FF&name=A").await.unwrap();
        assert_eq!(form.value.email.into_input(), Input::Mistyped);
        assert_eq!(form.value.name.into_input(), Input::Given("A".to_owned()));
    }

    #[tokio::test]
    async fn a_repeated_field_smuggles_no_second_value() {
        for body in
            ["email=a%40x.org&email=b%40x.org", "email=a%40x.org&email[]=b%40x.org", "email%5B0%5D=a&x=", "email[]="]
        {
            let form = read(URL_ENCODED, body).await.unwrap();
            assert_eq!(form.value.email.into_input(), Input::Mistyped, "{body}");
        }
        for second in ["email", "\"email[]\"", "\"email\"; filename=\"x\""] {
            let form = read(FORM, parts(&[("email", "a@x.org"), (second, "b@x.org")])).await.unwrap();
            assert_eq!(form.value.email.into_input(), Input::Mistyped, "{second}");
        }
        let fields = read(URL_ENCODED, "Email=a&EMAIL=b&Name=A").await.unwrap().fields.with_lower_case_names();
        assert_eq!((fields.input("email"), fields.input("name")), (Input::Mistyped, Input::Given("A".to_owned())));
    }

    #[tokio::test]
    async fn a_form_is_bounded() {
        let error = async |content_type: &str, body: String| read(content_type, body).await.err();
        assert_eq!(error(URL_ENCODED, format!("email={}", "x".repeat(65_536))).await, Some(BodyError::TooLarge));
        assert_eq!(error(FORM, parts(&[("email", &"x".repeat(65_536))])).await, Some(BodyError::TooLarge));
        assert_eq!(error(URL_ENCODED, "a=&".repeat(MAX_FIELDS)).await, None);
        assert_eq!(error(URL_ENCODED, "a=&".repeat(MAX_FIELDS + 1)).await, Some(BodyError::TooLarge));
        assert_eq!(error(FORM, parts(&[("a", ""); MAX_FIELDS])).await, None);
        assert_eq!(error(FORM, parts(&[("a", ""); MAX_FIELDS + 1])).await, Some(BodyError::TooLarge));
    }

    #[tokio::test]
    async fn a_broken_multipart_body_is_refused() {
        let whole = parts(&[("email", "a@x.org")]);
        let cut = whole.trim_end_matches("--XX--\r\n").to_owned();
        for (content_type, body) in [
            (FORM, cut),
            (FORM, "email=a".to_owned()),
            (FORM, whole.replace("; name=email", "")),
            ("multipart/form-data", whole),
        ] {
            assert_eq!(read(content_type, body.clone()).await.err(), Some(BodyError::Malformed), "{body}");
        }
    }

    #[tokio::test]
    async fn a_body_of_another_media_type_has_no_fields() {
        let form = read("application/json", r#"{"email":"a@x.org"}"#).await.unwrap();
        assert!(!form.is_form && form.fields == FormFields::default());
        assert_eq!(form.value.email.into_input(), Input::Absent);
        assert_eq!(form.bytes, br#"{"email":"a@x.org"}"#);
    }

    #[test]
    fn the_documents_list_both_media_types() {
        let meta = FormBody::<Person>::request_meta().unwrap();
        let names: Vec<_> = meta.content.iter().map(|media| media.content_type).collect();
        assert_eq!(names, [URL_ENCODED, MULTIPART]);
    }
}
