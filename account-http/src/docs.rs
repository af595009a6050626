//! The viewer of the OpenAPI documents, and the page that describes the problems.

use std::fmt::Write;
use std::sync::Arc;

use account_core::AccountService;
use base64ct::{Base64, Encoding};
use poem::endpoint::make_sync;
use poem::http::header;
use poem::{Endpoint, Request, Response, Route, get};
use poem_openapi::OpenApiService;
use sha2::{Digest, Sha256};

use crate::api::NativeApi;
use crate::dialect::Mounted;
use crate::documents::merged;
use crate::openapi::below;
use crate::problem::ProblemKind;
use crate::public_url::PublicUrl;
use crate::sending_limit::SendingLimit;
use crate::static_content::StaticContent;

/// How many documents and viewers one client network is sent in a minute: they are large.
const DOCUMENTS_PER_MINUTE: u32 = 60;

/// Adds the documents and their viewers: of the native API, of each served dialect, and of all of them merged.
pub(crate) fn with_documents(
    routes: Route,
    service: &AccountService,
    native: &OpenApiService<NativeApi, ()>,
    native_document: String,
    dialects: &[Mounted],
    public_url: &PublicUrl,
) -> Route {
    let (html, spec) = (native.swagger_ui_html(), native.spec());
    let all = below(merged(&native_document, dialects), public_url);
    let native_document = below(native_document, public_url);
    let limit = &SendingLimit::per_minute("documents", DOCUMENTS_PER_MINUTE, service);
    let mut routes = routes
        .at("/docs", get(reader_endpoint(reader(&html, &spec, &native_document), limit)))
        .at("/docs/all", get(reader_endpoint(reader(&html, &spec, &all), limit)))
        .at("/openapi.json", get(document_endpoint(native_document, limit)))
        .at("/openapi/all.json", get(document_endpoint(all, limit)));
    for dialect in dialects {
        let document = below(dialect.document.clone(), public_url);
        routes = routes
            .at(
                format!("/docs/{}", dialect.name),
                get(reader_endpoint(reader(&dialect.html, &dialect.spec, &document), limit)),
            )
            .at(format!("/openapi/{}.json", dialect.name), get(document_endpoint(document, limit)));
    }
    routes
}

/// A document under its path.
fn document_endpoint(document: String, limit: &SendingLimit) -> impl Endpoint + use<> {
    StaticContent::new("application/json", document, None, Some(limit)).endpoint()
}

/// Returns the viewer's page for a document. poem-openapi's page contains its own version of the document; this
/// replaces it with ours. `</` cannot occur in a script, and need not in JSON.
fn reader(html: &str, spec: &str, document: &str) -> String {
    let viewport = "<head>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
    html.replacen(spec, &document.replace("</", "<\\/"), 1)
        .replacen("<html charset=\"UTF-8\">", "<!doctype html>\n<html lang=\"en\">", 1)
        .trim_start()
        .replacen("<head>", viewport, 1)
        .replacen("<title>Swagger UI</title>", "<title>API documents</title>", 1)
}

/// A reader's page.
fn reader_endpoint(html: String, limit: &SendingLimit) -> impl Endpoint + use<> {
    StaticContent::new("text/html; charset=utf-8", html, Some(reader_policy), Some(limit)).endpoint()
}

/// Returns the Content Security Policy of a viewer's page. Its scripts are compiled in and inline: each is allowed by
/// its digest, and nothing else is.
fn reader_policy(html: &str) -> String {
    format!(
        "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        script_digests(html)
    )
}

/// Returns the digests of the page's inline scripts, in the form of a Content Security Policy.
fn script_digests(html: &str) -> String {
    let mut digests = Vec::new();
    let mut rest = html;
    // A script may itself contain `<script`: what follows is looked for behind its end.
    while let Some((_, tag)) = rest.split_once("<script")
        && let Some((_, body)) = tag.split_once('>')
        && let Some((script, after)) = body.split_once("</script>")
    {
        digests.push(format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(script.as_bytes()))));
        rest = after;
    }
    digests.join(" ")
}

/// What each problem's `type` refers to.
pub(crate) fn problem_routes(public_url: &PublicUrl) -> Route {
    let html: Arc<str> = problems(public_url).into();
    let page = move |_: Request| {
        let response = Response::builder().content_type("text/html; charset=utf-8");
        response.header(header::CACHE_CONTROL, "no-cache").body(html.to_string())
    };
    Route::new().at("/problems", get(make_sync(page.clone()))).at("/problems/:code", get(make_sync(page)))
}

fn problems(public_url: &PublicUrl) -> String {
    let rows = ProblemKind::ALL.into_iter().fold(String::new(), |mut rows, kind| {
        let facts = kind.facts();
        // Writing to a String cannot fail.
        let _ = writeln!(
            rows,
            "<dt id=\"{0}\"><code>{0}</code>, status {1}</dt><dd>{2}. {3}</dd>",
            facts.code,
            facts.status,
            facts.title,
            kind.detail(public_url)
        );
        rows
    });
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Problems</title></head>\n\
         <body><h1>Problems</h1>\n<p>The errors that the API returns (RFC 9457), by \
         <code>code</code>.</p>\n<dl>\n{rows}</dl></body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_of_a_page_is_allowed_by_its_digest() {
        let digest = |script: &str| format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(script.as_bytes())));
        let inner = "x = '<script>'; y";
        assert_eq!(
            script_digests(&format!("<script>{inner}</script><script>b</script>")),
            format!("{} {}", digest(inner), digest("b"))
        );
        let digests = script_digests("<script charset=\"x\">a</script><p><script>b</script>");
        assert_eq!(
            digests,
            "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=' 'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0='"
        );
    }
}
