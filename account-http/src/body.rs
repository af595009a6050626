//! Reading request bodies: limited in size and time, lenient about the media type.

pub(crate) mod exact;
pub(crate) mod form;
pub(crate) mod form_or_json;
pub(crate) mod mail;
pub(crate) mod memory;
pub(crate) mod raw_json;

use std::marker::PhantomData;
use std::time::Duration;

use futures_util::StreamExt;
use poem::error::ResponseError;
use poem::http::{StatusCode, header};
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaMediaType, MetaRequest, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use self::memory::{ClientMemory, NoMemory};

/// Maximum size of a body in bytes.
pub(crate) const MAX_BODY_BYTES: usize = 65_536;
/// Maximum time for a body to arrive. Waiting for memory of ours does not count.
const MAX_BODY_TIME: Duration = Duration::from_secs(15);

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the body is too large")]
    TooLarge,
    #[error("the body has an unsupported media type")]
    MediaType,
    #[error("the body is not a JSON object")]
    Malformed,
    #[error("the body took too long to arrive")]
    TooSlow,
    #[error("there is no memory for the body")]
    NoMemory,
}

impl From<NoMemory> for BodyError {
    fn from(_: NoMemory) -> Self {
        Self::NoMemory
    }
}

impl ResponseError for BodyError {
    fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NoMemory => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// Reads a body of at most [`MAX_BODY_BYTES`] bytes.
pub(crate) async fn read_body(request: &Request, body: &mut RequestBody) -> Result<Vec<u8>, BodyError> {
    read_body_within(request, body, MAX_BODY_BYTES).await
}

/// Reads a body of at most `limit` bytes.
async fn read_body_within(request: &Request, body: &mut RequestBody, limit: usize) -> Result<Vec<u8>, BodyError> {
    let length = announced_length(request);
    if length.is_some_and(|length| length > limit) {
        return Err(BodyError::TooLarge);
    }
    let mut pieces = body.take().map_err(|_| BodyError::Malformed)?.into_bytes_stream();
    // The outermost layer adds it; a test of a single endpoint may not.
    let mut share = request.extensions().get::<ClientMemory>().map(|memory| memory.share(length));
    let mut deadline = Instant::now() + MAX_BODY_TIME;
    let mut bytes = Vec::new();
    while let Some(piece) = timeout_at(deadline, pieces.next()).await.map_err(|_| BodyError::TooSlow)? {
        let piece = piece.map_err(|_| BodyError::Malformed)?;
        let needed = bytes.len() + piece.len();
        if needed > limit {
            return Err(BodyError::TooLarge);
        }
        let granted = if let Some(share) = &mut share {
            let arrived = Instant::now();
            share.take(piece.len()).await?;
            deadline += arrived.elapsed();
            share.granted()
        } else {
            limit
        };
        if bytes.capacity() < needed {
            // Not twice what is needed, as vectors grow on their own.
            bytes.reserve_exact(length.unwrap_or(limit).min(granted).max(needed) - bytes.len());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// The length of a body, if it is announced.
fn announced_length(request: &Request) -> Option<usize> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Returns whether a `Content-Type` means JSON: `application/json`, `text/json`, `application/..+json`, with any
/// parameters.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json")
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The media type of JSON in the documents.
pub(crate) const JSON: &[&str] = &["application/json"];

/// Reads and documents one kind of body.
pub(crate) trait Medium: Send {
    /// The result of reading.
    type Content: Send;
    /// The type that the documents describe.
    type Schema: Type;
    /// The media types in the documents.
    const MEDIA_TYPES: &'static [&'static str];

    /// Whether a body with that `Content-Type` is accepted.
    fn is_taken(content_type: Option<&str>) -> bool {
        content_type.is_some_and(is_json)
    }

    /// Reads the bytes of a body.
    fn read(request: &Request, bytes: &[u8]) -> impl Future<Output = Result<Self::Content, BodyError>> + Send;
}

/// A body with its original bytes, which an idempotency key is bound to.
pub(crate) struct Sent<M: Medium> {
    pub(crate) value: M::Content,
    pub(crate) bytes: Vec<u8>,
}

/// A body, or why it was refused: the handler answers that in its own format.
pub(crate) struct Deferred<M: Medium>(pub(crate) Result<Sent<M>, BodyError>);

/// A JSON object.
pub(crate) struct AsJson<T>(PhantomData<T>);

/// A body with a JSON object.
pub(crate) type JsonBody<T> = Sent<AsJson<T>>;

impl<T: ParseFromJSON> Medium for AsJson<T> {
    type Content = T;
    type Schema = T;
    const MEDIA_TYPES: &'static [&'static str] = JSON;

    async fn read(_request: &Request, bytes: &[u8]) -> Result<T, BodyError> {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| BodyError::Malformed)?;
        T::parse_from_json(Some(value)).map_err(|_| BodyError::Malformed)
    }
}

impl<M: Medium> Sent<M> {
    async fn receive(request: &Request, body: &mut RequestBody) -> Result<Self, BodyError> {
        if !M::is_taken(request.content_type()) {
            return Err(BodyError::MediaType);
        }
        let bytes = read_body(request, body).await?;
        Ok(Self { value: M::read(request, &bytes).await?, bytes })
    }
}

impl<'a, M: Medium> ApiExtractor<'a> for Sent<M> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        M::Schema::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let media = |content_type| MetaMediaType { content_type, schema: M::Schema::schema_ref() };
        let content = M::MEDIA_TYPES.iter().copied().map(media).collect();
        Some(MetaRequest { description: None, content, required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        Ok(Self::receive(request, body).await?)
    }
}

impl<'a, M: Medium> ApiExtractor<'a> for Deferred<M> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        Sent::<M>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Sent::<M>::request_meta()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<Self::ParamType>,
    ) -> poem::Result<Self> {
        Ok(Self(Sent::receive(request, body).await))
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use account_core::Client;
    use futures_util::stream;
    use poem::Body;
    use tokio::time::sleep;

    use super::memory::BodyMemory;
    use super::*;
    use crate::problem::from_framework;

    /// Reads a body of which this many bytes arrive after that time, while there is that much memory.
    async fn read_late(bytes: usize, after: Duration, memory: usize) -> Result<usize, BodyError> {
        let piece = async move {
            sleep(after).await;
            Ok::<_, io::Error>(vec![b'x'; bytes])
        };
        let mut request = Request::builder().body(Body::from_bytes_stream(stream::once(piece)));
        request.extensions_mut().insert(BodyMemory::with(memory, None).of(&Client::at([192, 0, 2, 1].into())));
        let mut body = RequestBody::new(request.take_body());
        read_body(&request, &mut body).await.map(|bytes| bytes.len())
    }

    #[tokio::test(start_paused = true)]
    async fn only_the_clients_own_time_counts_against_it() {
        const LARGE: usize = 10_000;
        let almost = MAX_BODY_TIME.saturating_sub(Duration::from_secs(1));
        assert_eq!(read_late(LARGE, almost, usize::MAX / 2).await, Ok(LARGE));
        assert_eq!(read_late(LARGE, MAX_BODY_TIME * 2, usize::MAX / 2).await, Err(BodyError::TooSlow));
        assert_eq!(read_late(LARGE, almost, 0).await, Err(BodyError::NoMemory));
        assert_eq!(read_late(1_000, almost, 0).await, Ok(1_000));
    }

    #[test]
    fn a_request_without_memory_for_its_body_is_told_when_to_try_again() {
        let mut response = from_framework(BodyError::NoMemory.into());
        let problem = response.extensions_mut().remove::<crate::problem::Problem>().unwrap();
        assert_eq!(
            (problem.status(), problem.retry_after),
            (StatusCode::SERVICE_UNAVAILABLE, Some(Duration::from_secs(5)))
        );
        assert_eq!(BodyError::NoMemory.status(), problem.status());
    }

    #[test]
    fn json_goes_by_several_names() {
        for name in ["application/json", "Application/JSON; charset=UTF-8", "text/json", "application/ld+json"] {
            assert!(is_json(name), "{name}");
        }
        for name in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"] {
            assert!(!is_json(name), "{name}");
        }
    }
}
