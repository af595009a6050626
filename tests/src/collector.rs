//! A collector of traces: takes what the service exports, by OTLP over HTTP.

use std::sync::{Arc, Mutex, PoisonError};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use poem::listener::{Acceptor, Listener, TcpListener};
use poem::web::Data;
use poem::{EndpointExt, Route, Server, handler, post};
use prost::Message;
use prost::bytes::Bytes;
use tokio::task::JoinHandle;

type Spans = Arc<Mutex<Vec<Span>>>;

/// A collector on a port of its own.
pub struct Collector {
    url: String,
    spans: Spans,
    server: JoinHandle<()>,
}

impl Collector {
    /// Starts one.
    pub async fn start() -> Self {
        let spans = Spans::default();
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a port");
        let address = acceptor.local_addr().into_iter().next().and_then(|local| local.as_socket_addr().copied());
        let url = format!("http://{}/v1/traces", address.expect("an address"));
        let routes = Route::new().at("/v1/traces", post(take)).data(Arc::clone(&spans));
        let server =
            tokio::spawn(async move { Server::new_with_acceptor(acceptor).run(routes).await.expect("it runs") });
        Self { url, spans, server }
    }

    /// Where it takes traces.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The spans that have come so far.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        self.spans.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A text that the span has under that name; empty when there is none.
#[must_use]
pub fn attribute<'a>(span: &'a Span, name: &str) -> &'a str {
    let found = span.attributes.iter().find(|attribute| attribute.key == name);
    match found.and_then(|attribute| attribute.value.as_ref()?.value.as_ref()) {
        Some(Value::StringValue(text)) => text,
        _ => "",
    }
}

#[handler]
fn take(body: Vec<u8>, Data(spans): Data<&Spans>) {
    let request = ExportTraceServiceRequest::decode(Bytes::from(body)).expect("an export of spans");
    let scopes = request.resource_spans.into_iter().flat_map(|of_resource| of_resource.scope_spans);
    spans.lock().unwrap_or_else(PoisonError::into_inner).extend(scopes.flat_map(|of_scope| of_scope.spans));
}
