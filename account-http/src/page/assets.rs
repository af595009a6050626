//! What pages load: stylesheets, scripts, the operator's images.

use poem::endpoint::make_sync;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{Endpoint, Response};

use crate::settings::{AccentColor, Image, Looks, Stylesheet};
use crate::static_content::StaticContent;

/// The built-in stylesheet.
const STYLE: &str = include_str!("../../templates/style.css");
/// An SVG document can have scripts and load other files. Nothing of that happens when somebody opens it by itself, either.
const POLICY_OF_IMAGES: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
const AN_HOUR: &str = "public, max-age=3600";

/// The stylesheet, with the operator's color.
pub(super) fn style(looks: &Looks) -> impl Endpoint + use<> {
    let accent = looks.accent.map(AccentColor::style).unwrap_or_default();
    css(format!("{STYLE}{accent}"))
}

/// What the console has beside that.
pub(super) fn console_style() -> impl Endpoint {
    css(include_str!("../../templates/console/console.css").to_owned())
}

/// The operator's stylesheet.
pub(super) fn own_style(style: &Stylesheet) -> impl Endpoint + use<> {
    css(style.as_str().to_owned())
}

fn css(text: String) -> impl Endpoint + use<> {
    StaticContent::new("text/css; charset=utf-8", text, None, None).kept(AN_HOUR).endpoint()
}

/// What makes forms more comfortable.
pub(super) fn script() -> impl Endpoint {
    javascript(include_str!("../../templates/page.js"))
}

/// What sends challenges with their answers.
pub(super) fn challenge_script() -> impl Endpoint {
    javascript(include_str!("../../templates/challenge.js"))
}

/// What solves challenges.
pub(super) fn challenge_worker() -> impl Endpoint {
    javascript(include_str!("../../templates/challenge_worker.js"))
}

fn javascript(text: &str) -> impl Endpoint + use<> {
    StaticContent::new("text/javascript; charset=utf-8", text.to_owned(), None, None).endpoint()
}

/// An image of the operator's.
pub(super) fn image(image: &Image) -> impl Endpoint + use<> {
    let image = image.clone();
    make_sync(move |_| answer(&image))
}

/// What browsers ask for by themselves.
pub(super) fn favicon(icon: Option<&Image>) -> impl Endpoint + use<> {
    let icon = icon.cloned();
    make_sync(move |_| {
        let none = || Response::builder().status(StatusCode::NO_CONTENT).finish();
        let mut response = icon.as_ref().map_or_else(none, answer);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
        response
    })
}

fn answer(image: &Image) -> Response {
    Response::builder()
        .content_type(image.media_type())
        .header(header::CONTENT_SECURITY_POLICY, POLICY_OF_IMAGES)
        .header(header::CACHE_CONTROL, AN_HOUR)
        .body(image.bytes())
}
