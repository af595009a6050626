//! The emailed link: it opens a page. Nothing is looked up for it, and nothing written but that it was counted.

use poem::{Request, Response, handler};
use url::form_urlencoded::byte_serialize;

use super::visit::Visit;
use crate::problem::Problem;
use crate::url_encoded::percent_decode;

/// Maximum size of a link's token that is passed on: longer than a token, so that a cut text is not a token.
const MAX_BYTES: usize = 128;

/// Where links of other kinds than the verification's lead.
const PAGES: [(&str, &str); 3] = [("reset/", "reset"), ("address/", "confirm-address"), ("invitation/", "invitation")];

/// Sends the browser on to the page for the link, with whatever the link says.
#[handler]
pub(super) async fn follow(visit: &Visit, request: &Request) -> Result<Response, Problem> {
    visit.pages.service.follow_mailed_link(&visit.context.client).await?;
    let path = request.uri().path().strip_prefix("/l/").unwrap_or_default();
    // A verification's token has no slash in it.
    let other = PAGES.iter().find_map(|(prefix, page)| Some((*page, path.strip_prefix(prefix)?)));
    let (page, text) = other.unwrap_or(("verify", path));
    let text = percent_decode(text.as_bytes());
    let text = text.get(..MAX_BYTES).unwrap_or(&text);
    let token: String = byte_serialize(text).collect();
    Ok(visit.see_other(&format!("/authenticate/{page}?token={token}")))
}
