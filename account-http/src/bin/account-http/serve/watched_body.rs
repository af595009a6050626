//! The body of an answer, which reports when the whole answer has been queued for sending.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Frame, SizeHint};

use super::admission::Place;

/// A request that is being handled, as long as this value exists. In the end the body of its answer holds it.
pub(super) struct Answering(Arc<Place>);

impl Answering {
    pub(super) const fn new(place: Arc<Place>) -> Self {
        Self(place)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.answered();
    }
}

/// The body of an answer, with the request that it belongs to.
pub(super) struct WatchedBody<B> {
    body: B,
    _answering: Answering,
}

impl<B> WatchedBody<B> {
    pub(super) const fn new(body: B, answering: Answering) -> Self {
        Self { body, _answering: answering }
    }
}

impl<B: Body + Unpin> Body for WatchedBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
